//! Special methods: `repr`, `==`, `+`, `[]`, iteration.

use std::ffi::{c_int, c_void};

use crate::ffi;

/// A slot of a class, as data.
pub struct Slot {
    slot: c_int,
    function: *const c_void,
}

// SAFETY: a pointer to a function.
unsafe impl Sync for Slot {}

impl Slot {
    /// The entry of the table that CPython reads.
    pub(crate) fn entry(&self) -> ffi::PyType_Slot {
        ffi::PyType_Slot {
            slot: self.slot,
            pfunc: self.function.cast_mut(),
        }
    }
}
