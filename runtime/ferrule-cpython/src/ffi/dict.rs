//! `dictobject.h`: dict.

use std::ffi::{c_char, c_int};

use super::{catalogue::declare, PyObject, PyTypeObject, Py_ssize_t};

declare! {
    functions {
        fn PyDict_New() -> *mut PyObject;
        fn _PyDict_NewPresized(size: Py_ssize_t) -> *mut PyObject;
        fn PyDict_Keys(dict: *mut PyObject) -> *mut PyObject;
        fn PyDict_Values(dict: *mut PyObject) -> *mut PyObject;
        fn PyDict_GetItemWithError(dict: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
        fn PyDict_GetItemString(dict: *mut PyObject, key: *const c_char) -> *mut PyObject;
        fn PyDict_SetItem(dict: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int;
        fn PyDict_SetItemString(dict: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int;
        fn PyDict_DelItem(dict: *mut PyObject, key: *mut PyObject) -> c_int;
        fn PyDict_Clear(dict: *mut PyObject);
        fn PyDict_Contains(dict: *mut PyObject, key: *mut PyObject) -> c_int;
        fn PyDict_Copy(dict: *mut PyObject) -> *mut PyObject;
    }
    plain {
        fn PyDict_Size(dict: *mut PyObject) -> Py_ssize_t;
        fn PyDict_Next(dict: *mut PyObject, position: *mut Py_ssize_t, key: *mut *mut PyObject, value: *mut *mut PyObject) -> c_int;
    }
    statics {
        PyDict_Type: PyTypeObject;
    }
}
