//! How the error half of a `Result` becomes an exception.

mod boxed;
mod io;
mod standard;
mod text;

pub use boxed::{Boxed, BoxedError};
pub use standard::{Standard, Std};
pub use text::{Text, Unit};

pub(crate) use boxed::described;

use crate::fault::Fault;
use crate::state::Context;

/// A way for one error type to become an exception; the shim implements it for the user's own types.
pub trait ErrorConversion {
    /// The Rust type.
    type Value;

    /// The exception of an error. The thread is attached.
    fn fault(error: Self::Value, context: &Context) -> Fault;
}
