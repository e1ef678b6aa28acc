//! Errors behind `dyn Error`: as the own or std error that they are, else RuntimeError.

use std::error::Error;
use std::marker::PhantomData;
use std::rc::Rc;
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

/// Every pointer to `dyn Error` that can be the error half of a `Result`.
macro_rules! boxed_errors {
    ($($type:ty),* $(,)?) => {$(
        impl BoxedError for $type {
            fn error(&self) -> &(dyn Error + 'static) {
                &**self
            }
        }
    )*};
}

boxed_errors! {
    Box<dyn Error>,
    Box<dyn Error + Send>,
    Box<dyn Error + Sync>,
    Box<dyn Error + Send + Sync>,
    Arc<dyn Error>,
    Arc<dyn Error + Send>,
    Arc<dyn Error + Sync>,
    Arc<dyn Error + Send + Sync>,
    Rc<dyn Error>,
    Rc<dyn Error + Send>,
    Rc<dyn Error + Sync>,
    Rc<dyn Error + Send + Sync>,
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
    known(error, context).unwrap_or_else(|| Fault::builtin(Builtin::Runtime, error.to_string()))
}

/// The fault of an error that is of an own type or of one of std.
pub fn known(error: &(dyn Error + 'static), context: &Context) -> Option<Fault> {
    own(error, context).or_else(|| standard::known(error))
}

fn own(error: &(dyn Error + 'static), context: &Context) -> Option<Fault> {
    // SAFETY: errors are converted at the end of a call, attached; the reference does not outlive this function.
    let downcasts = unsafe { context.state() }?.downcasts;
    downcasts
        .iter()
        .find_map(|downcast| downcast(error, context))
}
