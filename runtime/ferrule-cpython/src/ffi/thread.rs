//! `ceval.h`, `pystate.h`: threads and the GIL.

use std::ffi::c_int;

use super::catalogue::declare;

/// A thread's state, opaque.
#[repr(C)]
pub struct PyThreadState {
    _opaque: [u8; 0],
}

/// An interpreter's state, opaque.
#[repr(C)]
pub struct PyInterpreterState {
    _opaque: [u8; 0],
}

declare! {
    functions {
        fn PyGILState_Ensure() -> c_int;
        fn PyGILState_Release(state: c_int);
        fn PyEval_RestoreThread(state: *mut PyThreadState);
    }
    plain {
        fn PyInterpreterState_Get() -> *mut PyInterpreterState;
        fn PyInterpreterState_GetID(interpreter: *mut PyInterpreterState) -> i64;
        fn PyEval_SaveThread() -> *mut PyThreadState;
        fn PyGILState_GetThisThreadState() -> *mut PyThreadState;
    }
}
