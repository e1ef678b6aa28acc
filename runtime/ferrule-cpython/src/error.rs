//! How the error half of a `Result` becomes an exception.

mod boxed;
mod foreign;
mod io;
mod standard;
mod text;
mod value;

pub use boxed::{known, Boxed, BoxedError};
pub use foreign::{base, Base, Foreign};
pub use standard::{Standard, Std};
pub use text::{Text, Unit};
pub use value::{Pointed, Value};

pub(crate) use boxed::described;

use std::error::Error;

use crate::fault::Fault;
use crate::state::Context;

/// A way for one error type to become an exception; the shim implements it for the user's own types.
pub trait ErrorConversion {
    /// The Rust type.
    type Value;

    /// The exception of an error, without what it came from. The thread is attached.
    fn fault(error: &Self::Value, context: &Context) -> Fault;

    /// Whether the error says nothing, so that all there is to say is which function failed.
    const SILENT: bool = false;

    /// What becomes of the error itself when its exception is made: nothing, or it is kept in the exception.
    fn keep(_error: Self::Value, fault: Fault, _context: &Context) -> Fault
    where
        Self: Sized,
    {
        fault
    }

    /// What it came from, which becomes the exception's `__cause__`.
    fn source(_error: &Self::Value) -> Option<&(dyn Error + 'static)> {
        None
    }
}

/// The exception of an error behind `dyn Error`, if it is of one own type; the shim has one such function for each.
pub type Downcast = fn(&(dyn Error + 'static), &Context) -> Option<Fault>;

/// The error of a type, or one in a `Box`, behind `dyn Error`.
fn of_type<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let boxed = || error.downcast_ref::<Box<T>>().map(|error| &**error);
    error.downcast_ref().or_else(boxed)
}

/// The [`Downcast`] of a type.
pub fn behind<E: ErrorConversion<Value: Error + 'static>>(
    error: &(dyn Error + 'static),
    context: &Context,
) -> Option<Fault> {
    of_type::<E::Value>(error).map(|error| E::fault(error, context))
}

/// The [`Downcast`] of a Clone type whose exceptions keep the error.
pub fn behind_clone<E: ErrorConversion<Value: Error + Clone + 'static>>(
    error: &(dyn Error + 'static),
    context: &Context,
) -> Option<Fault> {
    of_type::<E::Value>(error)
        .map(|error| E::keep(error.clone(), E::fault(error, context), context))
}
