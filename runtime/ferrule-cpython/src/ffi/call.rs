//! Calling, of `abstract.h`, and `methodobject.h`: functions that Python can call.

use std::ffi::{c_char, c_int};

use super::{catalogue::declare, PyObject, PyTypeObject, Py_ssize_t};

/// The type of [`PyMethodDef::ml_meth`]; the true signature depends on the flags.
pub type PyCFunction =
    unsafe extern "C" fn(receiver: *mut PyObject, argument: *mut PyObject) -> *mut PyObject;
/// A function of `METH_FASTCALL`.
pub type PyCFunctionFast = unsafe extern "C" fn(
    receiver: *mut PyObject,
    arguments: *const *mut PyObject,
    count: Py_ssize_t,
) -> *mut PyObject;
/// A function of `METH_FASTCALL | METH_KEYWORDS`.
pub type PyCFunctionFastWithKeywords = unsafe extern "C" fn(
    receiver: *mut PyObject,
    arguments: *const *mut PyObject,
    count: Py_ssize_t,
    keywords: *mut PyObject,
) -> *mut PyObject;

declare! {
    structs {
        /// A function or method, as data.
        whole PyMethodDef {
            ml_name: *const c_char,
            ml_meth: Option<PyCFunction>,
            ml_flags: c_int,
            ml_doc: *const c_char,
        }
    }
    constants {
        METH_VARARGS: c_int = 0x01;
        METH_KEYWORDS: c_int = 0x02;
        METH_NOARGS: c_int = 0x04;
        METH_O: c_int = 0x08;
        METH_CLASS: c_int = 0x10;
        METH_STATIC: c_int = 0x20;
        METH_FASTCALL: c_int = 0x80;
        METH_METHOD: c_int = 0x200;
    }
    functions {
        fn PyCFunction_NewEx(definition: *mut PyMethodDef, receiver: *mut PyObject, module: *mut PyObject) -> *mut PyObject;
        fn PyObject_Call(callable: *mut PyObject, arguments: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject;
        fn PyObject_CallNoArgs(callable: *mut PyObject) -> *mut PyObject;
        fn PyObject_CallObject(callable: *mut PyObject, arguments: *mut PyObject) -> *mut PyObject;
        fn PyObject_VectorcallDict(callable: *mut PyObject, arguments: *const *mut PyObject, count: usize, keywords: *mut PyObject) -> *mut PyObject;
        fn PyObject_VectorcallMethod(name: *mut PyObject, arguments: *const *mut PyObject, count: usize, keywords: *mut PyObject) -> *mut PyObject;
    }
    plain {
        fn PyCallable_Check(object: *mut PyObject) -> c_int;
    }
    statics {
        PyCFunction_Type: PyTypeObject;
    }
}
