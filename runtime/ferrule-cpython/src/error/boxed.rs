//! Errors behind `dyn Error`: as the std error that they are, else RuntimeError.

use std::error::Error;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{standard, ErrorConversion};
use crate::exception::{with_cause, Cause};
use crate::fault::{Builtin, Fault};
use crate::state::Context;

/// `Box<dyn Error>` and its neighbours.
pub struct Boxed<T>(PhantomData<T>);

/// A pointer to an error of an unknown type.
pub trait BoxedError {
    /// The error.
    fn error(&self) -> &(dyn Error + 'static);
}

impl BoxedError for Box<dyn Error> {
    fn error(&self) -> &(dyn Error + 'static) {
        &**self
    }
}

impl BoxedError for Box<dyn Error + Send> {
    fn error(&self) -> &(dyn Error + 'static) {
        &**self
    }
}

impl BoxedError for Box<dyn Error + Send + Sync> {
    fn error(&self) -> &(dyn Error + 'static) {
        &**self
    }
}

impl BoxedError for Arc<dyn Error + Send + Sync> {
    fn error(&self) -> &(dyn Error + 'static) {
        &**self
    }
}

impl<T: BoxedError> ErrorConversion for Boxed<T> {
    type Value = T;

    fn fault(error: T, _context: &Context) -> Fault {
        let error = error.error();
        with_cause(described(error), Cause::starting_at(error.source()))
    }
}

/// One error, without its chain.
pub(crate) fn described(error: &(dyn Error + 'static)) -> Fault {
    standard::known(error).unwrap_or_else(|| Fault::builtin(Builtin::Runtime, error.to_string()))
}
