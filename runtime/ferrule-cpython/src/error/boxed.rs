//! Errors behind `dyn Error`: as the own or std error that they are, else RuntimeError.

use std::error::Error;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{standard, ErrorConversion};
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

    fn fault(error: &T, context: &Context) -> Fault {
        described(error.error(), context)
    }

    fn source(error: &T) -> Option<&(dyn Error + 'static)> {
        error.error().source()
    }
}

/// One error, without its chain.
pub(crate) fn described(error: &(dyn Error + 'static), context: &Context) -> Fault {
    own(error, context)
        .or_else(|| standard::known(error))
        .unwrap_or_else(|| Fault::builtin(Builtin::Runtime, error.to_string()))
}

fn own(error: &(dyn Error + 'static), context: &Context) -> Option<Fault> {
    // SAFETY: errors are converted at the end of a call, attached; the reference does not outlive this function.
    let downcasts = unsafe { context.state() }?.downcasts;
    downcasts
        .iter()
        .find_map(|downcast| downcast(error, context))
}
