//! `cpython/object.h`: types.

use std::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{catalogue::declare, PyNumberMethods, PyObject, PyVarObject, Py_buffer, Py_ssize_t};

/// `visitproc`
pub type visitproc = unsafe extern "C" fn(object: *mut PyObject, argument: *mut c_void) -> c_int;
/// `traverseproc`
pub type traverseproc =
    unsafe extern "C" fn(object: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int;
/// `inquiry`
pub type inquiry = unsafe extern "C" fn(object: *mut PyObject) -> c_int;
/// `freefunc`
pub type freefunc = unsafe extern "C" fn(memory: *mut c_void);
/// `getbufferproc`
pub type getbufferproc =
    unsafe extern "C" fn(object: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int;
/// `releasebufferproc`
pub type releasebufferproc = unsafe extern "C" fn(object: *mut PyObject, view: *mut Py_buffer);

declare! {
    structs {
        /// A type, as far as all versions agree.
        partial PyTypeObject {
            ob_base: PyVarObject,
            tp_name: *const c_char,
            tp_basicsize: Py_ssize_t,
            tp_itemsize: Py_ssize_t,
            tp_dealloc: *const c_void,
            tp_vectorcall_offset: Py_ssize_t,
            tp_getattr: *const c_void,
            tp_setattr: *const c_void,
            tp_as_async: *const c_void,
            tp_repr: *const c_void,
            tp_as_number: *const PyNumberMethods,
            tp_as_sequence: *const c_void,
            tp_as_mapping: *const c_void,
            tp_hash: *const c_void,
            tp_call: *const c_void,
            tp_str: *const c_void,
            tp_getattro: *const c_void,
            tp_setattro: *const c_void,
            tp_as_buffer: *const PyBufferProcs,
            tp_flags: c_ulong,
            tp_doc: *const c_char,
            tp_traverse: Option<traverseproc>,
            tp_clear: Option<inquiry>,
            tp_richcompare: *const c_void,
            tp_weaklistoffset: Py_ssize_t,
            tp_iter: *const c_void,
            tp_iternext: *const c_void,
            tp_methods: *mut c_void,
            tp_members: *mut c_void,
            tp_getset: *mut c_void,
            tp_base: *mut PyTypeObject,
            tp_dict: *mut PyObject,
            tp_descr_get: *const c_void,
            tp_descr_set: *const c_void,
            tp_dictoffset: Py_ssize_t,
            tp_init: *const c_void,
            tp_alloc: *const c_void,
            tp_new: *const c_void,
            tp_free: *const c_void,
            tp_is_gc: *const c_void,
            tp_bases: *mut PyObject,
            tp_mro: *mut PyObject,
            tp_cache: *mut PyObject,
            tp_subclasses: *mut c_void,
            tp_weaklist: *mut PyObject,
            tp_del: *const c_void,
            tp_version_tag: c_uint,
            tp_finalize: *const c_void,
            tp_vectorcall: *const c_void,
        }
        /// The buffer slots of a type.
        whole PyBufferProcs {
            bf_getbuffer: Option<getbufferproc>,
            bf_releasebuffer: Option<releasebufferproc>,
        }
    }
    constants {
        Py_TPFLAGS_HEAPTYPE: c_ulong = 1 << 9;
        Py_TPFLAGS_BASETYPE: c_ulong = 1 << 10;
        Py_TPFLAGS_HAVE_GC: c_ulong = 1 << 14;
        #[cfg(feature = "py310")]
        Py_TPFLAGS_SEQUENCE: c_ulong = 1 << 5;
        #[cfg(feature = "py310")]
        Py_TPFLAGS_MAPPING: c_ulong = 1 << 6;
        #[cfg(feature = "py310")]
        Py_TPFLAGS_DISALLOW_INSTANTIATION: c_ulong = 1 << 7;
        #[cfg(feature = "py310")]
        Py_TPFLAGS_IMMUTABLETYPE: c_ulong = 1 << 8;
        Py_TPFLAGS_LONG_SUBCLASS: c_ulong = 1 << 24;
        Py_TPFLAGS_LIST_SUBCLASS: c_ulong = 1 << 25;
        Py_TPFLAGS_TUPLE_SUBCLASS: c_ulong = 1 << 26;
        Py_TPFLAGS_BYTES_SUBCLASS: c_ulong = 1 << 27;
        Py_TPFLAGS_UNICODE_SUBCLASS: c_ulong = 1 << 28;
        Py_TPFLAGS_DICT_SUBCLASS: c_ulong = 1 << 29;
        Py_TPFLAGS_BASE_EXC_SUBCLASS: c_ulong = 1 << 30;
        Py_TPFLAGS_TYPE_SUBCLASS: c_ulong = 1 << 31;
    }
    functions {
        fn PyType_Modified(class: *mut PyTypeObject);
    }
    plain {
        fn PyType_IsSubtype(class: *mut PyTypeObject, ancestor: *mut PyTypeObject) -> c_int;
        fn PyType_GetFlags(class: *mut PyTypeObject) -> c_ulong;
    }
    statics {
        PyType_Type: PyTypeObject;
        PyBaseObject_Type: PyTypeObject;
    }
}
