//! Errors that are values: RuntimeError with the value as its argument.

use std::marker::PhantomData;

use super::ErrorConversion;
use crate::conversion::Lift;
use crate::fault::{Builtin, Fault};
use crate::object::{self, Owned};
use crate::state::Context;

/// The value that `C` converts.
pub struct Value<C>(PhantomData<C>);

impl<C: Lift<Value<'static>: Clone>> ErrorConversion for Value<C> {
    type Value = C::Value<'static>;

    fn fault(error: &Self::Value, context: &Context) -> Fault {
        // SAFETY: errors are converted at the end of a call, attached; the argument is ours during it.
        let exception = unsafe {
            C::lift(error.clone(), context)
                .and_then(|value| Owned::new(value))
                .and_then(|value| object::call(Builtin::Runtime.class(), &[value.object()]))
        };
        exception.map_or_else(|fault| fault, Fault::exception)
    }
}
