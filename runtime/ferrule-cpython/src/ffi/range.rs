//! `rangeobject.h`, `sliceobject.h`: range, slice.

use super::{catalogue::declare, PyObject, PyTypeObject};

declare! {
    structs {
        /// A slice.
        whole PySliceObject {
            ob_base: PyObject,
            start: *mut PyObject,
            stop: *mut PyObject,
            step: *mut PyObject,
        }
    }
    functions {
        fn PySlice_New(start: *mut PyObject, stop: *mut PyObject, step: *mut PyObject) -> *mut PyObject;
    }
    statics {
        PyRange_Type: PyTypeObject;
        PySlice_Type: PyTypeObject;
    }
}
