//! Methods as Python sees them.

use std::cell::UnsafeCell;
use std::ffi::CStr;
use std::ptr::null;

use crate::ffi;
use crate::function::Entry;

pub use crate::call::{call as method, call_without_arguments as method_without_arguments};

/// A method of a class, as data.
#[repr(transparent)]
pub struct Method(ffi::PyMethodDef);

impl Method {
    /// A method. `doc` begins with the signature for `inspect`: `scale($self, /, factor=2.0)\n--\n\nDocs.`
    pub const fn new(name: &'static CStr, doc: &'static CStr, entry: Entry) -> Self {
        let (method, flags) = entry.parts();
        Self(ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: Some(method),
            ml_flags: flags,
            ml_doc: doc.as_ptr(),
        })
    }

    /// A class method: it gets the class in place of an instance. `doc` begins like `unit($type, /)\n--\n\nDocs.`
    pub const fn of_class(name: &'static CStr, doc: &'static CStr, entry: Entry) -> Self {
        let mut method = Self::new(name, doc, entry);
        method.0.ml_flags |= ffi::METH_CLASS;
        method
    }
}

/// The methods of one class, in a static: its address tells instances of the class from all other objects.
#[repr(C)]
pub struct Methods<const N: usize> {
    /// Interior mutability, so that no two of these statics can be merged.
    methods: UnsafeCell<[Method; N]>,
    end: ffi::PyMethodDef,
}

// SAFETY: nobody writes; the pointers are to statics.
unsafe impl<const N: usize> Sync for Methods<N> {}

impl<const N: usize> Methods<N> {
    /// The table of these methods.
    pub const fn new(methods: [Method; N]) -> Self {
        Self {
            methods: UnsafeCell::new(methods),
            end: ffi::PyMethodDef {
                ml_name: null(),
                ml_meth: None,
                ml_flags: 0,
                ml_doc: null(),
            },
        }
    }

    /// The table, of whatever length.
    pub const fn table(&'static self) -> MethodTable {
        MethodTable(&raw const *self as *mut ffi::PyMethodDef)
    }
}

/// A table of methods, up to an empty one.
#[derive(Clone, Copy)]
pub struct MethodTable(*mut ffi::PyMethodDef);

// SAFETY: nobody writes to the static behind.
unsafe impl Sync for MethodTable {}

impl MethodTable {
    /// The first method.
    #[inline(always)]
    pub(crate) fn pointer(self) -> *mut ffi::PyMethodDef {
        self.0
    }
}
