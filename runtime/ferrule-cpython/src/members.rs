//! Methods of classes that are not ours, of enums without data and of exceptions: functions of the module that get the object as their first argument.
//!
//! Such a class has no place for a module, so `instancemethod` binds the object to a function that knows its module.

use std::ffi::CStr;

use crate::exception::done;
use crate::fault::Fault;
use crate::ffi;
use crate::function::Function;
use crate::object::{self, Owned};
use crate::state::Context;

/// Adds methods and static functions to a class.
///
/// # Safety
/// The thread is attached; all classes of the module exist, and `class` is one of it.
pub(crate) unsafe fn add(
    context: &Context,
    home: &CStr,
    class: &Owned,
    methods: &'static [Function],
    functions: &'static [Function],
) -> Result<(), Fault> {
    // SAFETY: attached; each handle owns what it holds.
    unsafe {
        let module = object::text_of(home)?;
        for method in methods {
            let callable = method.object(context, &module)?;
            let callable = Owned::new(ffi::PyInstanceMethod_New(callable.object()))?;
            set(class, method.name(), &callable)?;
        }
        for function in functions {
            let callable = function.object(context, &module)?;
            let callable = Owned::new(ffi::PyStaticMethod_New(callable.object()))?;
            set(class, function.name(), &callable)?;
        }
    }
    Ok(())
}

/// `class.name = value`
///
/// # Safety
/// The thread is attached.
pub(crate) unsafe fn set(class: &Owned, name: &CStr, value: &Owned) -> Result<(), Fault> {
    // SAFETY: attached, as the caller promises.
    unsafe {
        done(ffi::PyObject_SetAttrString(
            class.object(),
            name.as_ptr(),
            value.object(),
        ))
    }
}
