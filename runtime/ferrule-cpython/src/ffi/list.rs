//! `listobject.h`: list.

use std::ffi::c_int;

use super::{catalogue::declare, PyObject, PyTypeObject, PyVarObject, Py_ssize_t};

declare! {
    structs {
        /// A list.
        whole PyListObject {
            ob_base: PyVarObject,
            ob_item: *mut *mut PyObject,
            allocated: Py_ssize_t,
        }
    }
    functions {
        fn PyList_New(size: Py_ssize_t) -> *mut PyObject;
        fn PyList_AsTuple(list: *mut PyObject) -> *mut PyObject;
        fn PyList_GetItem(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject;
        fn PyList_SetItem(list: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) -> c_int;
        fn PyList_Append(list: *mut PyObject, value: *mut PyObject) -> c_int;
        fn PyList_GetSlice(list: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject;
        fn PyList_SetSlice(list: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t, values: *mut PyObject) -> c_int;
    }
    plain {
        fn PyList_Size(list: *mut PyObject) -> Py_ssize_t;
    }
    statics {
        PyList_Type: PyTypeObject;
    }
}
