//! `setobject.h`: set, frozenset.

use std::ffi::c_int;

use super::{catalogue::declare, PyObject, PyTypeObject, Py_ssize_t};

declare! {
    functions "C" {
        fn PySet_New(iterable: *mut PyObject) -> *mut PyObject;
        fn PyFrozenSet_New(iterable: *mut PyObject) -> *mut PyObject;
        fn PySet_Size(set: *mut PyObject) -> Py_ssize_t;
        fn PySet_Add(set: *mut PyObject, value: *mut PyObject) -> c_int;
        fn PySet_Contains(set: *mut PyObject, value: *mut PyObject) -> c_int;
    }
    statics {
        PySet_Type: PyTypeObject;
        PyFrozenSet_Type: PyTypeObject;
    }
}
