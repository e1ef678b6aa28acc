//! `__reduce__`: what pickle keeps of a value, which is a function and its arguments.

use std::ffi::CStr;
use std::fmt::Display;
use std::str::FromStr;

use crate::call::Call;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};

impl Call<'_> {
    /// The class of the instance, or a method of it, and the arguments that make the value again.
    ///
    /// # Safety
    /// The thread is attached; `this` is an instance of a class of ours.
    pub unsafe fn rebuilt<const N: usize>(
        &self,
        this: Object,
        by: Option<&CStr>,
        parts: [Result<Object, Fault>; N],
    ) -> Result<Object, Fault> {
        // SAFETY: as the caller promises; each handle owns what it holds.
        unsafe {
            let parts = parts.map(|part| part.and_then(|object| Owned::new(object)));
            let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
            let arguments: Vec<Object> = parts.iter().map(Owned::object).collect();
            let arguments = object::tuple(&arguments)?;
            let class: Object = object::type_of(this).cast();
            let maker = match by {
                Some(name) => Owned::new(ffi::PyObject_GetAttrString(class, name.as_ptr()))?,
                None => Owned::of(class),
            };
            Ok(object::tuple(&[maker.object(), arguments.object()])?.into_object())
        }
    }

    /// The class method that reads the text which the value shows, if it reads the same value.
    ///
    /// # Safety
    /// As of [`Call::rebuilt`].
    pub unsafe fn rebuilt_by_text<T: Display + FromStr>(
        &self,
        this: Object,
        by: &CStr,
        value: &T,
        is_same: impl FnOnce(&T, &T) -> bool,
    ) -> Result<Object, Fault> {
        let text = value.to_string();
        // SAFETY: as the caller promises.
        unsafe {
            match text.parse::<T>() {
                Ok(again) if is_same(&again, value) => {
                    let text = object::text(&text).map(Owned::into_object);
                    self.rebuilt(this, Some(by), [text])
                }
                _ => Err(cannot_pickle(
                    this,
                    "its text is not read as the same value",
                )),
            }
        }
    }

    /// What pickle is told of a variant that has more than can be read, or that cannot be made.
    ///
    /// # Safety
    /// As of [`Call::rebuilt`].
    pub unsafe fn unpicklable(&self, this: Object) -> Fault {
        // SAFETY: as the caller promises.
        unsafe { cannot_pickle(this, REASON) }
    }
}

const REASON: &str =
    "it cannot be made again from public fields, nor from a text (Display and FromStr)";

#[cold]
unsafe fn cannot_pickle(this: Object, reason: &str) -> Fault {
    // SAFETY: every type has a name.
    let name = unsafe { CStr::from_ptr((*object::type_of(this)).tp_name) }.to_string_lossy();
    Fault::builtin(Builtin::Type, format!("cannot pickle '{name}': {reason}"))
}

/// `__reduce__` of a class whose values cannot be made again.
///
/// # Safety
/// CPython calls this method with an instance of a class of ours.
pub unsafe extern "C" fn unpicklable(
    this: Object,
    _arguments: *const Object,
    _count: isize,
) -> Object {
    // SAFETY: attached, as every method.
    unsafe { cannot_pickle(this, REASON).raise("") };
    std::ptr::null_mut()
}
