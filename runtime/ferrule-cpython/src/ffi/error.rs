//! `pyerrors.h`: exceptions.

use std::ffi::{c_char, c_int};

use super::{catalogue::declare, PyObject};

declare! {
    functions {
        #[cfg(feature = "py312")]
        fn PyErr_GetRaisedException() -> *mut PyObject;
        #[cfg(feature = "py312")]
        fn PyErr_SetRaisedException(exception: *mut PyObject);
        #[cfg(not(feature = "py312"))]
        fn PyErr_Fetch(class: *mut *mut PyObject, value: *mut *mut PyObject, traceback: *mut *mut PyObject);
        #[cfg(not(feature = "py312"))]
        fn PyErr_NormalizeException(class: *mut *mut PyObject, value: *mut *mut PyObject, traceback: *mut *mut PyObject);
        #[cfg(not(feature = "py312"))]
        fn PyErr_Restore(class: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject);
        fn PyErr_Clear();
        fn PyErr_SetString(class: *mut PyObject, message: *const c_char);
        fn PyErr_SetObject(class: *mut PyObject, value: *mut PyObject);
        fn PyErr_SetNone(class: *mut PyObject);
        fn PyErr_NoMemory() -> *mut PyObject;
        fn PyErr_ExceptionMatches(class: *mut PyObject) -> c_int;
        fn PyErr_GivenExceptionMatches(exception: *mut PyObject, class: *mut PyObject) -> c_int;
        fn PyErr_NewExceptionWithDoc(name: *const c_char, doc: *const c_char, base: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
        fn PyErr_WarnEx(category: *mut PyObject, message: *const c_char, stack_level: isize) -> c_int;
        fn PyErr_WriteUnraisable(object: *mut PyObject);
        fn PyErr_CheckSignals() -> c_int;
        fn PyException_GetTraceback(exception: *mut PyObject) -> *mut PyObject;
        fn PyException_SetTraceback(exception: *mut PyObject, traceback: *mut PyObject) -> c_int;
        fn PyException_SetCause(exception: *mut PyObject, cause: *mut PyObject);
        fn PyException_SetContext(exception: *mut PyObject, context: *mut PyObject);
    }
    plain {
        fn PyErr_Occurred() -> *mut PyObject;
    }
    statics {
        PyExc_BaseException: *mut PyObject;
        PyExc_Exception: *mut PyObject;
        PyExc_ArithmeticError: *mut PyObject;
        PyExc_AssertionError: *mut PyObject;
        PyExc_AttributeError: *mut PyObject;
        PyExc_BlockingIOError: *mut PyObject;
        PyExc_BrokenPipeError: *mut PyObject;
        PyExc_BufferError: *mut PyObject;
        PyExc_ConnectionAbortedError: *mut PyObject;
        PyExc_ConnectionError: *mut PyObject;
        PyExc_ConnectionRefusedError: *mut PyObject;
        PyExc_ConnectionResetError: *mut PyObject;
        PyExc_DeprecationWarning: *mut PyObject;
        PyExc_EOFError: *mut PyObject;
        PyExc_FileExistsError: *mut PyObject;
        PyExc_FileNotFoundError: *mut PyObject;
        PyExc_IndexError: *mut PyObject;
        PyExc_InterruptedError: *mut PyObject;
        PyExc_IsADirectoryError: *mut PyObject;
        PyExc_KeyError: *mut PyObject;
        PyExc_LookupError: *mut PyObject;
        PyExc_MemoryError: *mut PyObject;
        PyExc_NotADirectoryError: *mut PyObject;
        PyExc_NotImplementedError: *mut PyObject;
        PyExc_OSError: *mut PyObject;
        PyExc_OverflowError: *mut PyObject;
        PyExc_PermissionError: *mut PyObject;
        PyExc_RecursionError: *mut PyObject;
        PyExc_RuntimeError: *mut PyObject;
        PyExc_RuntimeWarning: *mut PyObject;
        PyExc_StopIteration: *mut PyObject;
        PyExc_SystemError: *mut PyObject;
        PyExc_TimeoutError: *mut PyObject;
        PyExc_TypeError: *mut PyObject;
        PyExc_UnicodeDecodeError: *mut PyObject;
        PyExc_UnicodeEncodeError: *mut PyObject;
        PyExc_ValueError: *mut PyObject;
        PyExc_ZeroDivisionError: *mut PyObject;
    }
}
