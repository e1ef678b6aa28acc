//! `abstract.h`: the number, sequence and mapping protocols.

use std::ffi::{c_int, c_void};

use super::{catalogue::declare, PyObject, Py_ssize_t};

declare! {
    structs {
        /// The number slots of a type.
        whole PyNumberMethods {
            nb_add: *const c_void,
            nb_subtract: *const c_void,
            nb_multiply: *const c_void,
            nb_remainder: *const c_void,
            nb_divmod: *const c_void,
            nb_power: *const c_void,
            nb_negative: *const c_void,
            nb_positive: *const c_void,
            nb_absolute: *const c_void,
            nb_bool: *const c_void,
            nb_invert: *const c_void,
            nb_lshift: *const c_void,
            nb_rshift: *const c_void,
            nb_and: *const c_void,
            nb_xor: *const c_void,
            nb_or: *const c_void,
            nb_int: *const c_void,
            nb_reserved: *const c_void,
            nb_float: *const c_void,
            nb_inplace_add: *const c_void,
            nb_inplace_subtract: *const c_void,
            nb_inplace_multiply: *const c_void,
            nb_inplace_remainder: *const c_void,
            nb_inplace_power: *const c_void,
            nb_inplace_lshift: *const c_void,
            nb_inplace_rshift: *const c_void,
            nb_inplace_and: *const c_void,
            nb_inplace_xor: *const c_void,
            nb_inplace_or: *const c_void,
            nb_floor_divide: *const c_void,
            nb_true_divide: *const c_void,
            nb_inplace_floor_divide: *const c_void,
            nb_inplace_true_divide: *const c_void,
            nb_index: *const c_void,
            nb_matrix_multiply: *const c_void,
            nb_inplace_matrix_multiply: *const c_void,
        }
    }
    functions {
        fn PyNumber_Index(object: *mut PyObject) -> *mut PyObject;
        fn PyNumber_AsSsize_t(object: *mut PyObject, exception: *mut PyObject) -> Py_ssize_t;
        fn PyNumber_Add(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
        fn PyNumber_Subtract(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
        fn PyNumber_Long(object: *mut PyObject) -> *mut PyObject;
        fn PyNumber_Float(object: *mut PyObject) -> *mut PyObject;
        fn PySequence_Size(object: *mut PyObject) -> Py_ssize_t;
        fn PySequence_GetItem(object: *mut PyObject, index: Py_ssize_t) -> *mut PyObject;
        fn PySequence_SetItem(object: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) -> c_int;
        fn PySequence_List(object: *mut PyObject) -> *mut PyObject;
        fn PySequence_Tuple(object: *mut PyObject) -> *mut PyObject;
        fn PyMapping_Size(object: *mut PyObject) -> Py_ssize_t;
        fn PyMapping_Keys(object: *mut PyObject) -> *mut PyObject;
        fn PyMapping_Items(object: *mut PyObject) -> *mut PyObject;
        fn PyObject_Size(object: *mut PyObject) -> Py_ssize_t;
        fn PyObject_LengthHint(object: *mut PyObject, default: Py_ssize_t) -> Py_ssize_t;
        fn PyObject_GetItem(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
        fn PyObject_SetItem(object: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int;
    }
    plain {
        fn PyIndex_Check(object: *mut PyObject) -> c_int;
        fn PySequence_Check(object: *mut PyObject) -> c_int;
        fn PyMapping_Check(object: *mut PyObject) -> c_int;
    }
}
