//! `unicodeobject.h`, `cpython/unicodeobject.h`: str.

use std::ffi::{c_char, c_int, c_uint, c_void};

use super::{catalogue::declare, PyObject, PyTypeObject, Py_hash_t, Py_ssize_t};

/// `Py_UCS4`: a code point.
pub type Py_UCS4 = u32;

/// The bits of `PyASCIIObject::state` that hold the kind (1, 2 or 4 bytes per character).
pub const STATE_KIND: c_uint = 7 << STATE_KIND_SHIFT;
/// The place of the kind in `PyASCIIObject::state`.
pub const STATE_KIND_SHIFT: c_uint = 2;
/// The bit of `PyASCIIObject::state` that says that the characters follow the struct.
pub const STATE_COMPACT: c_uint = 1 << 5;
/// The bit of `PyASCIIObject::state` that says that all characters are ASCII.
pub const STATE_ASCII: c_uint = 1 << 6;

declare! {
    structs {
        /// A str; of a compact ASCII one the characters follow.
        whole PyASCIIObject {
            ob_base: PyObject,
            length: Py_ssize_t,
            hash: Py_hash_t,
            /// Bit fields, see `STATE_COMPACT` and its neighbours.
            state: c_uint,
            #[cfg(not(feature = "py312"))]
            wstr: *mut c_void,
        }
        /// A str; of a compact one that is not ASCII the characters follow.
        whole PyCompactUnicodeObject {
            _base: PyASCIIObject,
            utf8_length: Py_ssize_t,
            utf8: *mut c_char,
            #[cfg(not(feature = "py312"))]
            wstr_length: Py_ssize_t,
        }
    }
    constants {
        PyUnicode_1BYTE_KIND: c_int = 1;
        PyUnicode_2BYTE_KIND: c_int = 2;
        PyUnicode_4BYTE_KIND: c_int = 4;
    }
    functions {
        fn PyUnicode_FromString(text: *const c_char) -> *mut PyObject;
        fn PyUnicode_FromKindAndData(kind: c_int, data: *const c_void, size: Py_ssize_t) -> *mut PyObject;
        fn PyUnicode_AsUTF8AndSize(object: *mut PyObject, size: *mut Py_ssize_t) -> *const c_char;
        fn PyUnicode_AsEncodedString(object: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
        fn PyUnicode_AsUTF8String(object: *mut PyObject) -> *mut PyObject;
        fn PyUnicode_DecodeUTF8(text: *const c_char, size: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
        fn PyUnicode_EncodeFSDefault(object: *mut PyObject) -> *mut PyObject;
        fn PyUnicode_DecodeFSDefaultAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject;
        fn PyUnicode_GetLength(object: *mut PyObject) -> Py_ssize_t;
        fn PyUnicode_ReadChar(object: *mut PyObject, index: Py_ssize_t) -> Py_UCS4;
        fn PyUnicode_Substring(object: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject;
        fn PyUnicode_InternFromString(text: *const c_char) -> *mut PyObject;
        fn PyUnicode_InternInPlace(object: *mut *mut PyObject);
        fn PyUnicode_Compare(left: *mut PyObject, right: *mut PyObject) -> c_int;
        fn PyOS_FSPath(object: *mut PyObject) -> *mut PyObject;
    }
    plain {
        fn PyUnicode_New(size: Py_ssize_t, largest: Py_UCS4) -> *mut PyObject;
        fn PyUnicode_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    }
    statics {
        PyUnicode_Type: PyTypeObject;
    }
}
