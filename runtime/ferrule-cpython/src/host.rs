//! Python's own objects as Rust values: what a generic container holds.
//!
//! Comparing, hashing and showing ask Python. What that raises unwinds the Rust code up to the surrounding call and comes out of it unchanged.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

use std::cmp::Ordering;
use std::ffi::c_int;
use std::fmt::{Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ptr::NonNull;

use crate::conversion::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::gate::attached;
use crate::held;
use crate::object::{self, decref, incref, Object, Owned};
use crate::panic::unwind;
use crate::scope::Scope;
use crate::state::Context;

/// A Python object of any type.
///
/// It may go to another thread, where it is used under the GIL. It is not Sync, so the runtime keeps the GIL in calls with a type that holds such values.
pub struct HostObject {
    object: NonNull<ffi::PyObject>,
    _not_sync: PhantomData<std::cell::Cell<()>>,
}

// SAFETY: every use attaches the thread first.
unsafe impl Send for HostObject {}

impl HostObject {
    /// Holds an object.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn of(object: Object) -> Self {
        // SAFETY: as the caller promises; a valid object is not null.
        unsafe {
            incref(object);
            held::begin();
            Self {
                object: NonNull::new_unchecked(object),
                _not_sync: PhantomData,
            }
        }
    }

    /// The object, borrowed.
    pub fn object(&self) -> Object {
        self.object.as_ptr()
    }

    fn compare(&self, other: &Self, operation: c_int) -> bool {
        let answer = attached(|| {
            // SAFETY: attached; both objects are held.
            unsafe {
                let answer =
                    ffi::PyObject_RichCompareBool(self.object(), other.object(), operation);
                crate::exception::done(answer).map(|()| answer == 1)
            }
        });
        answer.unwrap_or_else(|fault| unwind(fault))
    }

    fn text(&self, make: impl FnOnce(Object) -> Object) -> String {
        let text = attached(|| {
            // SAFETY: attached; the object is held, and the UTF-8 lives as long as its str.
            unsafe {
                let text = Owned::new(make(self.object()))?;
                let mut size = 0;
                let bytes = ffi::PyUnicode_AsUTF8AndSize(text.object(), &mut size);
                if bytes.is_null() {
                    return Err(Fault::raised());
                }
                let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), size as usize);
                Ok(std::str::from_utf8_unchecked(bytes).to_owned())
            }
        });
        text.unwrap_or_else(|fault| unwind(fault))
    }
}

impl Clone for HostObject {
    fn clone(&self) -> Self {
        // SAFETY: attached; the object is held.
        attached(|| unsafe { Self::of(self.object()) })
    }
}

impl Drop for HostObject {
    fn drop(&mut self) {
        // SAFETY: attached; the reference is ours.
        attached(|| unsafe { decref(self.object()) });
        held::end();
    }
}

/// `None`
impl Default for HostObject {
    fn default() -> Self {
        // SAFETY: attached; a static of the interpreter.
        attached(|| unsafe { Self::of(object::none()) })
    }
}

impl PartialEq for HostObject {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other, ffi::Py_EQ)
    }
}

impl Eq for HostObject {}

#[allow(clippy::non_canonical_partial_ord_impl)] // objects may be unordered, such as NaN
impl PartialOrd for HostObject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.compare(other, ffi::Py_LT) {
            Some(Ordering::Less)
        } else if self.compare(other, ffi::Py_EQ) {
            Some(Ordering::Equal)
        } else {
            self.compare(other, ffi::Py_GT).then_some(Ordering::Greater)
        }
    }

    fn lt(&self, other: &Self) -> bool {
        self.compare(other, ffi::Py_LT)
    }

    fn le(&self, other: &Self) -> bool {
        self.compare(other, ffi::Py_LE)
    }

    fn gt(&self, other: &Self) -> bool {
        self.compare(other, ffi::Py_GT)
    }

    fn ge(&self, other: &Self) -> bool {
        self.compare(other, ffi::Py_GE)
    }
}

/// As Python sorts: only `<` is asked.
impl Ord for HostObject {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.compare(other, ffi::Py_LT) {
            Ordering::Less
        } else if other.compare(self, ffi::Py_LT) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

impl Hash for HostObject {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let hash = attached(|| {
            // SAFETY: attached; the object is held.
            unsafe {
                match ffi::PyObject_Hash(self.object()) {
                    -1 => Err(Fault::raised()),
                    hash => Ok(hash),
                }
            }
        });
        state.write_isize(hash.unwrap_or_else(|fault| unwind(fault)));
    }
}

/// `repr`
impl Debug for HostObject {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        // SAFETY: `text` calls this attached, with the live object.
        formatter.write_str(&self.text(|object| unsafe { ffi::PyObject_Repr(object) }))
    }
}

/// `str`
impl Display for HostObject {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        // SAFETY: `text` calls this attached, with the live object.
        formatter.pad(&self.text(|object| unsafe { ffi::PyObject_Str(object) }))
    }
}

/// Any object, as it is.
pub struct Host;

impl Conversion for Host {
    type Value<'a> = HostObject;
}

// SAFETY: the value owns a reference. Nothing of Python runs.
unsafe impl Lower for Host {
    const EXPECTED: &'static str = "object";
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<HostObject, Fault> {
        scope.pin();
        scope.set_beside_code();
        // SAFETY: attached, as the caller promises.
        Ok(unsafe { HostObject::of(object) })
    }

    #[inline(always)]
    unsafe fn is_quiet(_object: Object) -> bool {
        true
    }
}

impl Lift for Host {
    #[inline(always)]
    unsafe fn lift<'a>(value: HostObject, _context: &Context) -> Result<Object, Fault> {
        held::end();
        Ok(std::mem::ManuallyDrop::new(value).object())
    }
}
