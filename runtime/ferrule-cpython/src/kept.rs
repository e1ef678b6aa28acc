//! Errors whose exceptions keep the Rust value, so that functions can take it back and methods can be called on it.
//!
//! The value lies in an instance of a class that nobody sees, which is an attribute of the exception. Borrows, moves and threads are those of every other class.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

use std::ffi::CStr;
use std::marker::PhantomData;

use crate::class::Class;
use crate::conversion::{Conversion, Lift, Lower, Own, OwnRef};
use crate::error::ErrorConversion;
use crate::exception::{self, done};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::instance;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::{at, gone, Context};

/// An error whose exception keeps the value.
pub trait KeptError: ErrorConversion<Value = <Self::Class as Class>::Value> {
    /// The class that holds values; it stands in no namespace.
    type Class: Class;
    /// The exception's place in `Module::exceptions`.
    const PLACE: usize;
}

const ATTRIBUTE: &CStr = c"__rust__";

/// Puts the value into its exception.
#[cold]
pub fn keep<E: KeptError>(error: E::Value, fault: Fault, context: &Context) -> Fault {
    // SAFETY: errors are converted at the end of a call, attached and with nothing pending.
    unsafe {
        let exception = fault.into_exception();
        let holder = Own::<E::Class>::lift(error, context).and_then(|object| Owned::new(object));
        let outcome = holder.and_then(|holder| {
            done(ffi::PyObject_SetAttrString(
                exception.object(),
                ATTRIBUTE.as_ptr(),
                holder.object(),
            ))
        });
        match outcome {
            Ok(()) => Fault::exception(exception),
            Err(fault) => fault,
        }
    }
}

/// The instance that holds the value of an exception.
unsafe fn holder<E: KeptError>(object: Object, context: &Context) -> Result<Owned, Fault> {
    // SAFETY: attached, as the callers promise; a valid object.
    unsafe {
        let class = at(&context.state().ok_or_else(gone)?.exceptions, E::PLACE)?;
        match ffi::PyObject_IsInstance(object, class) {
            0 => return Err(Fault::wrong_type(E::Class::NAME, object)),
            1 => {}
            _ => return Err(Fault::raised()),
        }
        let holder = Owned::new(ffi::PyObject_GetAttrString(object, ATTRIBUTE.as_ptr()));
        match holder {
            Ok(holder) if instance::is::<E::Class>(holder.object()) => Ok(holder),
            _ => Err(made_in_python(E::Class::NAME)),
        }
    }
}

#[cold]
fn made_in_python(name: &str) -> Fault {
    let message = format!("this {name} was not made by Rust, so it holds no value of Rust");
    Fault::builtin(Builtin::Type, message)
}

/// `__reduce__` of the class that holds values: a copy of the exception goes without.
///
/// # Safety
/// CPython calls this method of METH_FASTCALL attached.
pub unsafe extern "C" fn reduce(_this: Object, _arguments: *const Object, _count: isize) -> Object {
    // SAFETY: attached; None is an object of the interpreter, whose type makes it again.
    unsafe {
        let nothing: Object = object::type_of(object::none()).cast();
        let pair = object::tuple(&[]).and_then(|empty| object::tuple(&[nothing, empty.object()]));
        match pair {
            Ok(pair) => pair.into_object(),
            Err(fault) => {
                fault.raise("");
                std::ptr::null_mut()
            }
        }
    }
}

/// An error as a value: out as an exception that is not raised, in by taking the value out of the exception.
pub struct Thrown<E>(PhantomData<E>);

/// As [`Thrown`], of a Clone type: in by cloning.
pub struct ThrownClone<E>(PhantomData<E>);

/// `&E::Value`: in as a borrow of the value in the exception; out as an exception that is told of the error, but has none of it.
pub struct ThrownRef<E>(PhantomData<E>);

impl<E: ErrorConversion<Value: 'static>> Conversion for Thrown<E> {
    type Value<'a> = E::Value;
}

impl<E: ErrorConversion<Value: 'static>> Conversion for ThrownClone<E> {
    type Value<'a> = E::Value;
}

impl<E: ErrorConversion<Value: 'static>> Conversion for ThrownRef<E> {
    type Value<'a> = &'a E::Value;
}

// SAFETY: the value is the holder's own, which gives it up.
unsafe impl<E: KeptError> Lower for Thrown<E> {
    const EXPECTED: &'static str = E::Class::NAME;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<E::Value, Fault> {
        // SAFETY: the caller's promise is the same; the holder lives through the call.
        unsafe {
            let holder = scope.keep_object(holder::<E>(object, scope.context())?);
            Own::<E::Class>::lower(holder, scope)
        }
    }
}

// SAFETY: the value is a clone.
unsafe impl<E: KeptError> Lower for ThrownClone<E>
where
    E::Value: Clone,
{
    const EXPECTED: &'static str = E::Class::NAME;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<E::Value, Fault> {
        // SAFETY: the caller's promise is the same; the holder lives through the call.
        unsafe {
            let holder = scope.keep_object(holder::<E>(object, scope.context())?);
            Ok(OwnRef::<E::Class>::lower(holder, scope)?.clone())
        }
    }
}

// SAFETY: the scope keeps the holder, and the borrow of its value.
unsafe impl<E: KeptError> Lower for ThrownRef<E> {
    const EXPECTED: &'static str = E::Class::NAME;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a E::Value, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            let holder = scope.keep_object(holder::<E>(object, scope.context())?);
            OwnRef::<E::Class>::lower(holder, scope)
        }
    }
}

/// The exception, which is not raised.
unsafe fn lift<E: ErrorConversion>(value: E::Value, context: &Context) -> Result<Object, Fault> {
    // SAFETY: attached, as the callers promise, and nothing is pending while a value is lifted.
    Ok(unsafe { exception::raise::<E>(value, context).into_exception() }.into_object())
}

impl<E: ErrorConversion<Value: 'static>> Lift for Thrown<E> {
    unsafe fn lift<'a>(value: E::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<E>(value, context) }
    }
}

impl<E: ErrorConversion<Value: 'static>> Lift for ThrownClone<E> {
    unsafe fn lift<'a>(value: E::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<E>(value, context) }
    }
}

impl<E: ErrorConversion<Value: 'static>> Lift for ThrownRef<E> {
    unsafe fn lift<'a>(value: &'a E::Value, context: &Context) -> Result<Object, Fault> {
        let fault = exception::fault_of::<E>(value, context);
        // SAFETY: attached, as the caller promises, and nothing is pending while a value is lifted.
        Ok(unsafe { fault.into_exception() }.into_object())
    }
}

/// A `Result` inside another value: the value, or an exception that is not raised.
pub struct Outcome<C, E>(PhantomData<(C, E)>);

impl<C: Conversion, E: ErrorConversion<Value: 'static>> Conversion for Outcome<C, E> {
    type Value<'a> = Result<C::Value<'a>, E::Value>;
}

impl<C: Lift, E: ErrorConversion<Value: 'static>> Lift for Outcome<C, E> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            match value {
                Ok(value) => C::lift(value, context),
                Err(error) => lift::<E>(error, context),
            }
        }
    }
}
