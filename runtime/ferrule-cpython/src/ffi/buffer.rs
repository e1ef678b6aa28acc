//! `pybuffer.h` (`object.h` before 3.11), PEP 3118: memory that an object exports.

use std::ffi::{c_char, c_int, c_void};

use super::{catalogue::declare, PyObject, Py_ssize_t};

declare! {
    structs {
        /// An export. Its address must not change while it lives: exporters point into it.
        whole Py_buffer {
            buf: *mut c_void,
            obj: *mut PyObject,
            len: Py_ssize_t,
            itemsize: Py_ssize_t,
            readonly: c_int,
            ndim: c_int,
            format: *mut c_char,
            shape: *mut Py_ssize_t,
            strides: *mut Py_ssize_t,
            suboffsets: *mut Py_ssize_t,
            internal: *mut c_void,
        }
    }
    constants {
        PyBUF_SIMPLE: c_int = 0;
        PyBUF_WRITABLE: c_int = 1;
        PyBUF_FORMAT: c_int = 4;
        PyBUF_ND: c_int = 8;
        PyBUF_STRIDES: c_int = 0x10 | PyBUF_ND;
        PyBUF_C_CONTIGUOUS: c_int = 0x20 | PyBUF_STRIDES;
        PyBUF_ANY_CONTIGUOUS: c_int = 0x80 | PyBUF_STRIDES;
        PyBUF_INDIRECT: c_int = 0x100 | PyBUF_STRIDES;
        PyBUF_RECORDS: c_int = PyBUF_STRIDES | PyBUF_WRITABLE | PyBUF_FORMAT;
        PyBUF_RECORDS_RO: c_int = PyBUF_STRIDES | PyBUF_FORMAT;
        PyBUF_FULL: c_int = PyBUF_INDIRECT | PyBUF_WRITABLE | PyBUF_FORMAT;
        PyBUF_FULL_RO: c_int = PyBUF_INDIRECT | PyBUF_FORMAT;
    }
    functions {
        fn PyObject_GetBuffer(object: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int;
        fn PyBuffer_Release(view: *mut Py_buffer);
        fn PyBuffer_ToContiguous(memory: *mut c_void, view: *const Py_buffer, len: Py_ssize_t, order: c_char) -> c_int;
        fn PyBuffer_FromContiguous(view: *const Py_buffer, memory: *const c_void, len: Py_ssize_t, order: c_char) -> c_int;
    }
    plain {
        fn PyObject_CheckBuffer(object: *mut PyObject) -> c_int;
        fn PyBuffer_IsContiguous(view: *const Py_buffer, order: c_char) -> c_int;
    }
}
