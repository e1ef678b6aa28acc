//! `typeslots.h`, `descrobject.h`, `object.h`: making types.

use std::ffi::{c_char, c_int, c_uint, c_void};

use super::{catalogue::declare, PyObject, PyTypeObject};

/// `getter`
pub type getter =
    unsafe extern "C" fn(object: *mut PyObject, closure: *mut c_void) -> *mut PyObject;
/// `setter`; a null value deletes
pub type setter = unsafe extern "C" fn(
    object: *mut PyObject,
    value: *mut PyObject,
    closure: *mut c_void,
) -> c_int;
/// `vectorcallfunc`; the count carries a flag in its highest bit
pub type vectorcallfunc = unsafe extern "C" fn(
    callable: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    keywords: *mut PyObject,
) -> *mut PyObject;

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`: the callee may write to the place before the first argument.
pub const PY_VECTORCALL_ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

declare! {
    structs {
        /// A slot of a type that is to be made.
        whole PyType_Slot {
            slot: c_int,
            pfunc: *mut c_void,
        }
        /// A type, as data.
        whole PyType_Spec {
            name: *const c_char,
            basicsize: c_int,
            itemsize: c_int,
            flags: c_uint,
            slots: *mut PyType_Slot,
        }
        /// A property, as data.
        whole PyGetSetDef {
            name: *const c_char,
            get: Option<getter>,
            set: Option<setter>,
            doc: *const c_char,
            closure: *mut c_void,
        }
    }
    constants {
        Py_TPFLAGS_DEFAULT: std::ffi::c_ulong = if cfg!(feature = "py310") { 0 } else { 1 << 18 };
        Py_mp_ass_subscript: c_int = if cfg!(feature = "py315") { 90 } else { 3 };
        Py_mp_length: c_int = if cfg!(feature = "py315") { 91 } else { 4 };
        Py_mp_subscript: c_int = 5;
        Py_nb_absolute: c_int = 6;
        Py_nb_add: c_int = 7;
        Py_nb_and: c_int = 8;
        Py_nb_bool: c_int = 9;
        Py_nb_divmod: c_int = 10;
        Py_nb_floor_divide: c_int = 12;
        Py_nb_inplace_add: c_int = 14;
        Py_nb_inplace_and: c_int = 15;
        Py_nb_inplace_floor_divide: c_int = 16;
        Py_nb_inplace_lshift: c_int = 17;
        Py_nb_inplace_multiply: c_int = 18;
        Py_nb_inplace_or: c_int = 19;
        Py_nb_inplace_remainder: c_int = 21;
        Py_nb_inplace_rshift: c_int = 22;
        Py_nb_inplace_subtract: c_int = 23;
        Py_nb_inplace_true_divide: c_int = 24;
        Py_nb_inplace_xor: c_int = 25;
        Py_nb_invert: c_int = 27;
        Py_nb_lshift: c_int = 28;
        Py_nb_multiply: c_int = 29;
        Py_nb_negative: c_int = 30;
        Py_nb_or: c_int = 31;
        Py_nb_positive: c_int = 32;
        Py_nb_remainder: c_int = 34;
        Py_nb_rshift: c_int = 35;
        Py_nb_subtract: c_int = 36;
        Py_nb_true_divide: c_int = 37;
        Py_nb_xor: c_int = 38;
        Py_sq_contains: c_int = 41;
        Py_sq_item: c_int = 44;
        Py_sq_length: c_int = 45;
        Py_tp_call: c_int = 50;
        Py_tp_dealloc: c_int = 52;
        Py_tp_doc: c_int = 56;
        Py_tp_hash: c_int = 59;
        Py_tp_iter: c_int = 62;
        Py_tp_iternext: c_int = 63;
        Py_tp_methods: c_int = 64;
        Py_tp_new: c_int = 65;
        Py_tp_repr: c_int = 66;
        Py_tp_richcompare: c_int = 67;
        Py_tp_str: c_int = 70;
        Py_tp_getset: c_int = 73;
    }
    functions {
        fn PyType_FromModuleAndSpec(module: *mut PyObject, spec: *mut PyType_Spec, bases: *mut PyObject) -> *mut PyObject;
        fn PyObject_ClearWeakRefs(object: *mut PyObject);
        fn PyClassMethod_New(function: *mut PyObject) -> *mut PyObject;
        fn PyInstanceMethod_New(function: *mut PyObject) -> *mut PyObject;
        fn PyStaticMethod_New(function: *mut PyObject) -> *mut PyObject;
    }
    plain {
        fn PyType_GetModule(class: *mut PyTypeObject) -> *mut PyObject;
        fn PyObject_Init(memory: *mut PyObject, class: *mut PyTypeObject) -> *mut PyObject;
    }
}
