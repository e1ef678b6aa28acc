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
pub use value::Value;

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

    /// What it came from, which becomes the exception's `__cause__`.
    fn source(_error: &Self::Value) -> Option<&(dyn Error + 'static)> {
        None
    }
}

/// The exception of an error behind `dyn Error`, if it is of one own type; the shim has one such function for each.
pub type Downcast = fn(&(dyn Error + 'static), &Context) -> Option<Fault>;
