//! `moduleobject.h`: modules and their definitions.

use std::ffi::{c_char, c_int, c_void};

use super::{
    catalogue::declare, freefunc, inquiry, traverseproc, PyMethodDef, PyObject, PyTypeObject,
    Py_ssize_t,
};

declare! {
    structs {
        /// The head of a definition.
        whole PyModuleDef_Base {
            ob_base: PyObject,
            m_init: Option<unsafe extern "C" fn() -> *mut PyObject>,
            m_index: Py_ssize_t,
            m_copy: *mut PyObject,
        }
        /// A step of a module's initialisation (PEP 489).
        whole PyModuleDef_Slot {
            slot: c_int,
            value: *mut c_void,
        }
        /// A module, as data.
        whole PyModuleDef {
            m_base: PyModuleDef_Base,
            m_name: *const c_char,
            m_doc: *const c_char,
            m_size: Py_ssize_t,
            m_methods: *mut PyMethodDef,
            m_slots: *mut PyModuleDef_Slot,
            m_traverse: Option<traverseproc>,
            m_clear: Option<inquiry>,
            m_free: Option<freefunc>,
        }
    }
    constants {
        /// 3.15 numbers the slots anew and still takes the old numbers in a `PyModuleDef`; we use its own.
        Py_mod_exec: c_int = if cfg!(feature = "py315") { 85 } else { 2 };
        #[cfg(feature = "py312")]
        Py_mod_multiple_interpreters: c_int = if cfg!(feature = "py315") { 86 } else { 3 };
        #[cfg(feature = "py312")]
        Py_MOD_PER_INTERPRETER_GIL_SUPPORTED: usize = 2;
        #[cfg(feature = "py313")]
        Py_mod_gil: c_int = if cfg!(feature = "py315") { 87 } else { 4 };
        #[cfg(feature = "py313")]
        Py_MOD_GIL_NOT_USED: usize = 1;
    }
    functions {
        fn PyModule_NewObject(name: *mut PyObject) -> *mut PyObject;
        fn PyModule_GetNameObject(module: *mut PyObject) -> *mut PyObject;
        fn PyModule_SetDocString(module: *mut PyObject, doc: *const c_char) -> c_int;
    }
    plain {
        fn PyModuleDef_Init(definition: *mut PyModuleDef) -> *mut PyObject;
        fn PyModule_GetDict(module: *mut PyObject) -> *mut PyObject;
        fn PyModule_GetState(module: *mut PyObject) -> *mut c_void;
    }
    statics {
        PyModule_Type: PyTypeObject;
    }
}
