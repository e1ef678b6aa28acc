//! `datetime.h`, `pycapsule.h`: the types of `datetime`.

use std::ffi::{c_char, c_int, c_void};

use super::{catalogue::declare, PyObject, PyTypeObject};

declare! {
    structs {
        /// What the capsule `datetime.datetime_CAPI` points to.
        partial PyDateTime_CAPI {
            DateType: *mut PyTypeObject,
            DateTimeType: *mut PyTypeObject,
            TimeType: *mut PyTypeObject,
            DeltaType: *mut PyTypeObject,
            TZInfoType: *mut PyTypeObject,
            TimeZone_UTC: *mut PyObject,
        }
    }
    functions {
        fn PyCapsule_Import(name: *const c_char, no_block: c_int) -> *mut c_void;
    }
}
