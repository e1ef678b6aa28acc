//! Errors that are values, and errors behind a pointer.

use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use super::ErrorConversion;
use crate::conversion::Lift;
use crate::exception::done;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, Owned};
use crate::state::Context;

/// What is no error by itself, such as what a function could not use and gives back: RuntimeError with the value as its argument, and as `value`.
pub struct Value<C>(PhantomData<C>);

impl<C: Lift> ErrorConversion for Value<C> {
    type Value = C::Value<'static>;

    fn fault(_error: &Self::Value, _context: &Context) -> Fault {
        Fault::builtin(Builtin::Runtime, "the function failed with a value")
    }

    fn keep(error: Self::Value, _fault: Fault, context: &Context) -> Fault {
        // SAFETY: errors are converted at the end of a call, attached and with nothing pending; each handle owns what it holds.
        let outcome = unsafe {
            C::lift(error, context)
                .and_then(|object| Owned::new(object))
                .and_then(|value| with_value(&value))
        };
        outcome.map_or_else(|fault| fault, Fault::exception)
    }
}

/// `RuntimeError(value)` with the value as an attribute too.
unsafe fn with_value(value: &Owned) -> Result<Owned, Fault> {
    // SAFETY: attached, as the caller promises.
    unsafe {
        let exception = object::call(Builtin::Runtime.class(), &[value.object()])?;
        done(ffi::PyObject_SetAttrString(
            exception.object(),
            c"value".as_ptr(),
            value.object(),
        ))?;
        Ok(exception)
    }
}

/// `Box<E>`, `Arc<E>`, `Rc<E>` of an error.
pub struct Pointed<E, P>(PhantomData<(E, P)>);

/// A pointer that may give up what it points to.
pub trait Pointer: Deref<Target: Sized> {
    /// What it points to, unless others share it.
    fn given_up(self) -> Option<Self::Target>;
}

impl<T> Pointer for Box<T> {
    fn given_up(self) -> Option<T> {
        Some(*self)
    }
}

impl<T> Pointer for Arc<T> {
    fn given_up(self) -> Option<T> {
        Arc::into_inner(self)
    }
}

impl<T> Pointer for Rc<T> {
    fn given_up(self) -> Option<T> {
        Rc::into_inner(self)
    }
}

impl<E: ErrorConversion<Value: 'static>, P: Pointer<Target = E::Value>> ErrorConversion
    for Pointed<E, P>
{
    type Value = P;

    fn fault(error: &P, context: &Context) -> Fault {
        E::fault(error, context)
    }

    fn keep(error: P, fault: Fault, context: &Context) -> Fault {
        match error.given_up() {
            Some(error) => E::keep(error, fault, context),
            None => fault,
        }
    }

    fn source(error: &P) -> Option<&(dyn std::error::Error + 'static)> {
        E::source(error)
    }
}
