//! `longobject.h`, `cpython/longintrepr.h`: int.

use std::ffi::{c_char, c_int, c_longlong, c_ulonglong};

use super::{catalogue::declare, PyObject, PyTypeObject, Py_ssize_t};

/// `digit`: 30 bits of an int, on every platform we build for.
pub type digit = u32;

declare! {
    structs {
        /// The number: tag and digits. `lv_tag` is the number of digits << 3 | flags | sign (0 positive, 1 zero, 2 negative).
        #[cfg(feature = "py312")]
        whole _PyLongValue {
            lv_tag: usize,
            ob_digit: [digit; 1],
        }
        /// An int.
        #[cfg(feature = "py312")]
        whole PyLongObject {
            ob_base: PyObject,
            long_value: _PyLongValue,
        }
        /// An int. `ob_size` is the number of digits, negative for a negative number.
        #[cfg(not(feature = "py312"))]
        whole PyLongObject {
            ob_base: super::PyVarObject,
            ob_digit: [digit; 1],
        }
    }
    constants {
        PyLong_SHIFT: c_int = 30;
        #[cfg(feature = "py312")]
        _PyLong_SIGN_MASK: usize = 3;
        #[cfg(feature = "py312")]
        _PyLong_NON_SIZE_BITS: usize = 3;
        #[cfg(feature = "py313")]
        Py_ASNATIVEBYTES_LITTLE_ENDIAN: c_int = 1;
        #[cfg(feature = "py313")]
        Py_ASNATIVEBYTES_NATIVE_ENDIAN: c_int = 3;
        #[cfg(feature = "py313")]
        Py_ASNATIVEBYTES_UNSIGNED_BUFFER: c_int = 4;
        #[cfg(feature = "py313")]
        Py_ASNATIVEBYTES_REJECT_NEGATIVE: c_int = 8;
    }
    functions {
        #[cfg(feature = "py313")]
        fn PyLong_AsNativeBytes(object: *mut PyObject, buffer: *mut std::ffi::c_void, size: Py_ssize_t, flags: c_int) -> Py_ssize_t;
        #[cfg(not(feature = "py313"))]
        fn _PyLong_AsByteArray(object: *mut PyLongObject, bytes: *mut u8, size: usize, little_endian: c_int, is_signed: c_int) -> c_int;
        fn PyLong_AsLongLong(object: *mut PyObject) -> c_longlong;
        fn PyLong_AsLongLongAndOverflow(object: *mut PyObject, overflow: *mut c_int) -> c_longlong;
        fn PyLong_AsUnsignedLongLong(object: *mut PyObject) -> c_ulonglong;
        fn PyLong_AsSsize_t(object: *mut PyObject) -> Py_ssize_t;
        fn PyLong_AsDouble(object: *mut PyObject) -> f64;
        fn PyLong_FromString(text: *const c_char, end: *mut *mut c_char, base: c_int) -> *mut PyObject;
    }
    plain {
        #[cfg(feature = "py313")]
        fn PyLong_FromNativeBytes(buffer: *const std::ffi::c_void, size: usize, flags: c_int) -> *mut PyObject;
        #[cfg(feature = "py313")]
        fn PyLong_FromUnsignedNativeBytes(buffer: *const std::ffi::c_void, size: usize, flags: c_int) -> *mut PyObject;
        #[cfg(not(feature = "py313"))]
        fn _PyLong_FromByteArray(bytes: *const u8, size: usize, little_endian: c_int, is_signed: c_int) -> *mut PyObject;
        fn PyLong_FromLongLong(value: c_longlong) -> *mut PyObject;
        fn PyLong_FromUnsignedLongLong(value: c_ulonglong) -> *mut PyObject;
        fn PyLong_FromSsize_t(value: Py_ssize_t) -> *mut PyObject;
    }
    statics {
        PyLong_Type: PyTypeObject;
        PyBool_Type: PyTypeObject;
    }
}
