//! `import.h`.

use std::ffi::c_char;

use super::{catalogue::declare, PyObject};

declare! {
    functions {
        fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject;
        fn PyImport_GetModuleDict() -> *mut PyObject;
    }
}
