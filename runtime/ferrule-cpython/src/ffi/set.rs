//! `setobject.h`: set, frozenset.

use std::ffi::c_int;

use super::{catalogue::declare, PyObject, PyTypeObject, Py_ssize_t};

declare! {
    functions {
        fn PySet_New(iterable: *mut PyObject) -> *mut PyObject;
        fn PyFrozenSet_New(iterable: *mut PyObject) -> *mut PyObject;
        fn PySet_Add(set: *mut PyObject, value: *mut PyObject) -> c_int;
        fn PySet_Contains(set: *mut PyObject, value: *mut PyObject) -> c_int;
    }
    plain {
        fn PySet_Size(set: *mut PyObject) -> Py_ssize_t;
    }
    statics {
        PySet_Type: PyTypeObject;
        PyFrozenSet_Type: PyTypeObject;
    }
}
