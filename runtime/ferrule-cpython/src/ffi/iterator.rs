//! Iteration, of `abstract.h`.

use super::{catalogue::declare, PyObject};

declare! {
    functions {
        fn PyObject_GetIter(object: *mut PyObject) -> *mut PyObject;
        fn PyIter_Next(iterator: *mut PyObject) -> *mut PyObject;
    }
}
