//! `object.h`, `object.h` of `cpython/`, `objimpl.h`: the head of every object.

use std::ffi::{c_char, c_int, c_void};

use super::{catalogue::declare, PyTypeObject, Py_hash_t, Py_ssize_t};

declare! {
    structs {
        /// The head of every object. From 3.14 on, on 64 bits, the count is 32 bits wide and flags share its word.
        whole PyObject {
            #[cfg(not(all(feature = "py314", target_pointer_width = "64")))]
            ob_refcnt: Py_ssize_t,
            #[cfg(all(feature = "py314", target_pointer_width = "64", target_endian = "little"))]
            ob_refcnt: u32,
            #[cfg(all(feature = "py314", target_pointer_width = "64"))]
            ob_overflow: u16,
            #[cfg(all(feature = "py314", target_pointer_width = "64"))]
            ob_flags: u16,
            #[cfg(all(feature = "py314", target_pointer_width = "64", target_endian = "big"))]
            ob_refcnt: u32,
            ob_type: *mut PyTypeObject,
        }
        /// The head of an object with a variable part.
        whole PyVarObject {
            ob_base: PyObject,
            ob_size: Py_ssize_t,
        }
    }
    constants {
        Py_LT: c_int = 0;
        Py_LE: c_int = 1;
        Py_EQ: c_int = 2;
        Py_NE: c_int = 3;
        Py_GT: c_int = 4;
        Py_GE: c_int = 5;
    }
    functions {
        fn Py_DecRef(object: *mut PyObject);
        fn _Py_Dealloc(object: *mut PyObject);
        fn PyObject_Repr(object: *mut PyObject) -> *mut PyObject;
        fn PyObject_Str(object: *mut PyObject) -> *mut PyObject;
        fn PyObject_Format(object: *mut PyObject, specification: *mut PyObject) -> *mut PyObject;
        fn PyObject_RichCompare(left: *mut PyObject, right: *mut PyObject, operation: c_int) -> *mut PyObject;
        fn PyObject_RichCompareBool(left: *mut PyObject, right: *mut PyObject, operation: c_int) -> c_int;
        fn PyObject_Hash(object: *mut PyObject) -> Py_hash_t;
        fn Py_GenericAlias(origin: *mut PyObject, arguments: *mut PyObject) -> *mut PyObject;
        fn PyObject_IsTrue(object: *mut PyObject) -> c_int;
        fn PyObject_GetAttr(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject;
        fn PyObject_GetAttrString(object: *mut PyObject, name: *const c_char) -> *mut PyObject;
        fn PyObject_SetAttr(object: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int;
        fn PyObject_SetAttrString(object: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int;
        fn PyObject_HasAttrString(object: *mut PyObject, name: *const c_char) -> c_int;
        fn PyObject_IsInstance(object: *mut PyObject, class: *mut PyObject) -> c_int;
    }
    plain {
        fn Py_IncRef(object: *mut PyObject);
        fn PyObject_Malloc(size: usize) -> *mut c_void;
        fn PyObject_Free(memory: *mut c_void);
    }
}
