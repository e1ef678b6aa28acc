//! `bytesobject.h`, `bytearrayobject.h`: bytes, bytearray.

use std::ffi::{c_char, c_int};

use super::{catalogue::declare, PyObject, PyTypeObject, PyVarObject, Py_hash_t, Py_ssize_t};

declare! {
    structs {
        /// bytes; the last field goes on, with a NUL behind it.
        whole PyBytesObject {
            ob_base: PyVarObject,
            ob_shash: Py_hash_t,
            ob_sval: [c_char; 1],
        }
    }
    functions {
        fn PyBytes_AsStringAndSize(object: *mut PyObject, bytes: *mut *mut c_char, size: *mut Py_ssize_t) -> c_int;
        fn PyByteArray_FromStringAndSize(bytes: *const c_char, size: Py_ssize_t) -> *mut PyObject;
        fn PyByteArray_Resize(object: *mut PyObject, size: Py_ssize_t) -> c_int;
    }
    plain {
        fn PyBytes_FromStringAndSize(bytes: *const c_char, size: Py_ssize_t) -> *mut PyObject;
        fn PyByteArray_AsString(object: *mut PyObject) -> *mut c_char;
        fn PyByteArray_Size(object: *mut PyObject) -> Py_ssize_t;
    }
    statics {
        PyBytes_Type: PyTypeObject;
        PyByteArray_Type: PyTypeObject;
        PyMemoryView_Type: PyTypeObject;
    }
}
