//! The reference that travels everywhere, and its count.

use std::ffi::{c_ulong, CStr};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::fault::Fault;
use crate::ffi;

/// A pointer to a Python object, borrowed or owned as its place says.
pub type Object = *mut ffi::PyObject;

/// Counts one more reference.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
#[inline(always)]
pub unsafe fn incref(object: Object) {
    // SAFETY: a valid object has a count, which only the attached thread changes (builds with a GIL).
    unsafe { count::increment(object) }
}

/// Counts one reference less; at zero the object goes, which may run Python code.
///
/// # Safety
/// The thread is attached; the caller owns a reference to `object` and gives it up.
#[inline(always)]
pub unsafe fn decref(object: Object) {
    // SAFETY: as above; the reference that is given up is the caller's.
    unsafe { count::decrement(object) }
}

/// Counts one more reference and hands the object on.
///
/// # Safety
/// As of [`incref`].
#[inline(always)]
pub unsafe fn new_reference(object: Object) -> Object {
    // SAFETY: as the caller promises.
    unsafe { incref(object) };
    object
}

/// Interpreters with `Py_DEBUG` also keep a total, which only their own functions know.
#[cfg(feature = "debug")]
mod count {
    use super::{ffi, Object};

    pub unsafe fn increment(object: Object) {
        // SAFETY: as the caller promises.
        unsafe { ffi::Py_IncRef(object) }
    }

    pub unsafe fn decrement(object: Object) {
        // SAFETY: as the caller promises.
        unsafe { ffi::Py_DecRef(object) }
    }
}

#[cfg(all(not(feature = "debug"), not(feature = "py312")))]
mod count {
    use super::{ffi, Object};

    #[inline(always)]
    pub unsafe fn increment(object: Object) {
        // SAFETY: as the caller promises.
        unsafe { (*object).ob_refcnt = (*object).ob_refcnt.wrapping_add(1) }
    }

    #[inline(always)]
    pub unsafe fn decrement(object: Object) {
        // SAFETY: as the caller promises; at zero nobody else holds the object.
        unsafe {
            (*object).ob_refcnt = (*object).ob_refcnt.wrapping_sub(1);
            if (*object).ob_refcnt == 0 {
                ffi::_Py_Dealloc(object);
            }
        }
    }
}

/// PEP 683: immortal objects have the upper half of the 32-bit count set and are never counted. 3.12 and 3.13 store a word but compare 32 bits, 3.14 stores
/// 32 bits and keeps flags beside them. On 32 bits the marks differ, so we let the interpreter count.
#[cfg(all(not(feature = "debug"), feature = "py312", target_pointer_width = "64"))]
mod count {
    use super::{ffi, Object};

    #[inline(always)]
    unsafe fn is_immortal(object: Object) -> bool {
        // SAFETY: as the caller promises.
        unsafe { ((*object).ob_refcnt as i32) < 0 }
    }

    #[inline(always)]
    pub unsafe fn increment(object: Object) {
        // SAFETY: as the caller promises.
        unsafe {
            if !is_immortal(object) {
                (*object).ob_refcnt = (*object).ob_refcnt.wrapping_add(1);
            }
        }
    }

    #[inline(always)]
    pub unsafe fn decrement(object: Object) {
        // SAFETY: as the caller promises; at zero nobody else holds the object.
        unsafe {
            if is_immortal(object) {
                return;
            }
            (*object).ob_refcnt = (*object).ob_refcnt.wrapping_sub(1);
            if (*object).ob_refcnt == 0 {
                ffi::_Py_Dealloc(object);
            }
        }
    }
}

#[cfg(all(
    not(feature = "debug"),
    feature = "py312",
    not(target_pointer_width = "64")
))]
mod count {
    use super::{ffi, Object};

    pub unsafe fn increment(object: Object) {
        // SAFETY: as the caller promises.
        unsafe { ffi::Py_IncRef(object) }
    }

    pub unsafe fn decrement(object: Object) {
        // SAFETY: as the caller promises.
        unsafe { ffi::Py_DecRef(object) }
    }
}

/// A reference that is ours: counted down when it goes.
pub struct Owned(NonNull<ffi::PyObject>);

impl Owned {
    /// Takes the new reference that a C function returned; null is the exception that it raised.
    ///
    /// # Safety
    /// The thread is attached, also when the value is dropped. `object` is null with an exception set, or a reference that the caller owns.
    #[inline(always)]
    pub unsafe fn new(object: Object) -> Result<Self, Fault> {
        match NonNull::new(object) {
            Some(object) => Ok(Self(object)),
            // SAFETY: attached, as the caller promises.
            None => Err(unsafe { Fault::raised() }),
        }
    }

    /// Takes a reference of its own to a borrowed object.
    ///
    /// # Safety
    /// The thread is attached, also when the value is dropped; `object` is a valid object.
    #[inline(always)]
    pub unsafe fn of(object: Object) -> Self {
        // SAFETY: a valid object is not null.
        unsafe {
            incref(object);
            Self(NonNull::new_unchecked(object))
        }
    }

    /// The object, borrowed from this handle.
    #[inline(always)]
    pub fn object(&self) -> Object {
        self.0.as_ptr()
    }

    /// Gives the reference away.
    #[inline(always)]
    pub fn into_object(self) -> Object {
        ManuallyDrop::new(self).0.as_ptr()
    }
}

impl Drop for Owned {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the reference is ours, and the thread is attached, as whoever made the handle promised.
        unsafe { decref(self.0.as_ptr()) }
    }
}

/// `None`, borrowed.
#[inline(always)]
pub fn none() -> Object {
    &raw mut ffi::_Py_NoneStruct
}

/// The type of an object, borrowed.
///
/// # Safety
/// `object` is a valid object.
#[inline(always)]
pub unsafe fn type_of(object: Object) -> *mut ffi::PyTypeObject {
    // SAFETY: every object has a type.
    unsafe { (*object).ob_type }
}

/// Whether the object's type is `class` itself, not a subclass.
///
/// # Safety
/// `object` is a valid object.
#[inline(always)]
pub unsafe fn is_exactly(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: as the caller promises.
    unsafe { type_of(object) == class }
}

/// Whether the object's type has the flag, such as `Py_TPFLAGS_LONG_SUBCLASS`.
///
/// # Safety
/// `object` is a valid object.
#[inline(always)]
pub unsafe fn has_flag(object: Object, flag: c_ulong) -> bool {
    // SAFETY: as the caller promises; flags of a ready type that tell builtin bases never change.
    unsafe { (*type_of(object)).tp_flags & flag != 0 }
}

/// Calls `callable` with positional arguments.
///
/// # Safety
/// The thread is attached; all are valid objects.
pub unsafe fn call(callable: Object, arguments: &[Object]) -> Result<Owned, Fault> {
    // SAFETY: the arguments are valid for the call; the result is a new reference or null with an exception.
    unsafe {
        Owned::new(ffi::PyObject_VectorcallDict(
            callable,
            arguments.as_ptr(),
            arguments.len(),
            std::ptr::null_mut(),
        ))
    }
}

/// A new tuple of these objects, which it holds.
///
/// # Safety
/// The thread is attached; all are valid objects.
pub unsafe fn tuple(items: &[Object]) -> Result<Owned, Fault> {
    // SAFETY: attached; the tuple takes a reference of its own to each item, in a slot that is there.
    unsafe {
        let tuple = Owned::new(ffi::PyTuple_New(items.len() as isize))?;
        for (index, item) in items.iter().enumerate() {
            let _ = ffi::PyTuple_SetItem(tuple.object(), index as isize, new_reference(*item));
        }
        Ok(tuple)
    }
}

/// A new str of a C string in UTF-8.
///
/// # Safety
/// The thread is attached.
pub unsafe fn text_of(content: &CStr) -> Result<Owned, Fault> {
    // SAFETY: as the caller promises.
    unsafe { text(&content.to_string_lossy()) }
}

/// A new str.
///
/// # Safety
/// The thread is attached.
pub unsafe fn text(text: &str) -> Result<Owned, Fault> {
    // SAFETY: pointer and length are those of a str, whose length fits an isize.
    unsafe {
        Owned::new(ffi::PyUnicode_FromStringAndSize(
            text.as_ptr().cast(),
            text.len() as isize,
        ))
    }
}
