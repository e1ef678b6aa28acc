//! The module definition that `PyInit_...` hands to CPython (PEP 489, multi-phase).

use std::cell::UnsafeCell;
use std::ffi::{c_int, c_void, CStr};
use std::ptr::null_mut;
#[cfg(feature = "py312")]
use std::ptr::without_provenance_mut;
use std::sync::Once;

use crate::ffi;
use crate::object::Object;
use crate::state;

/// Fills a new module object.
pub type Exec = unsafe extern "C" fn(module: Object) -> c_int;

/// A module's definition, in a static: CPython writes its index into it.
pub struct Definition {
    definition: UnsafeCell<ffi::PyModuleDef>,
    slots: UnsafeCell<[ffi::PyModuleDef_Slot; SLOTS]>,
    linked: Once,
}

/// Exec, what the version knows of, and the end.
const SLOTS: usize = 2 + cfg!(feature = "py312") as usize + cfg!(feature = "py313") as usize;

// SAFETY: `init` writes once under `linked`; after that only CPython writes, under its own locks.
unsafe impl Sync for Definition {}

impl Definition {
    /// The definition of the module that is imported as `name`.
    pub const fn new(name: &'static CStr, doc: &'static CStr, exec: Exec) -> Self {
        Self {
            definition: UnsafeCell::new(ffi::PyModuleDef {
                m_base: ffi::PyModuleDef_Base {
                    ob_base: HEAD,
                    m_init: None,
                    m_index: 0,
                    m_copy: null_mut(),
                },
                m_name: name.as_ptr(),
                m_doc: doc.as_ptr(),
                m_size: state::SIZE,
                m_methods: null_mut(),
                m_slots: null_mut(),
                m_traverse: Some(state::traverse),
                m_clear: Some(state::clear),
                m_free: Some(state::free),
            }),
            slots: UnsafeCell::new(slots(exec)),
            linked: Once::new(),
        }
    }

    /// What `PyInit_...` returns.
    pub fn init(&'static self) -> Object {
        let definition = self.definition.get();
        // SAFETY: a static, so the pointers stay valid; written once, before CPython sees it.
        self.linked
            .call_once(|| unsafe { (*definition).m_slots = self.slots.get().cast() });
        // SAFETY: CPython calls `PyInit_...`, which calls this, attached.
        unsafe { ffi::PyModuleDef_Init(definition) }
    }
}

/// `PyModuleDef_HEAD_INIT`: one reference, no type yet.
#[cfg(not(all(feature = "py314", target_pointer_width = "64")))]
const HEAD: ffi::PyObject = ffi::PyObject {
    ob_refcnt: 1,
    ob_type: null_mut(),
};

/// `PyModuleDef_HEAD_INIT`: immortal and statically allocated, no type yet.
#[cfg(all(feature = "py314", target_pointer_width = "64"))]
const HEAD: ffi::PyObject = ffi::PyObject {
    ob_refcnt: 3 << 30,
    ob_overflow: 0,
    ob_flags: 5,
    ob_type: null_mut(),
};

const fn slots(exec: Exec) -> [ffi::PyModuleDef_Slot; SLOTS] {
    [
        ffi::PyModuleDef_Slot {
            slot: ffi::Py_mod_exec,
            value: exec as *mut c_void,
        },
        #[cfg(feature = "py312")]
        ffi::PyModuleDef_Slot {
            slot: ffi::Py_mod_multiple_interpreters,
            value: without_provenance_mut(ffi::Py_MOD_PER_INTERPRETER_GIL_SUPPORTED),
        },
        #[cfg(feature = "py313")]
        ffi::PyModuleDef_Slot {
            slot: ffi::Py_mod_gil,
            value: without_provenance_mut(ffi::Py_MOD_GIL_NOT_USED),
        },
        ffi::PyModuleDef_Slot {
            slot: 0,
            value: null_mut(),
        },
    ]
}
