//! `tupleobject.h`: tuple.

use std::ffi::c_int;

#[cfg(feature = "py314")]
use super::Py_hash_t;
use super::{catalogue::declare, PyObject, PyTypeObject, PyVarObject, Py_ssize_t};

declare! {
    structs {
        /// A tuple; the last field goes on.
        whole PyTupleObject {
            ob_base: PyVarObject,
            #[cfg(feature = "py314")]
            ob_hash: Py_hash_t,
            ob_item: [*mut PyObject; 1],
        }
    }
    functions {
        fn PyTuple_New(size: Py_ssize_t) -> *mut PyObject;
        fn PyTuple_GetItem(tuple: *mut PyObject, index: Py_ssize_t) -> *mut PyObject;
        fn PyTuple_SetItem(tuple: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) -> c_int;
    }
    plain {
        fn PyTuple_Size(tuple: *mut PyObject) -> Py_ssize_t;
    }
    statics {
        PyTuple_Type: PyTypeObject;
    }
}
