//! How many callables, files and objects of Python the module's Rust values hold: whatever Rust runs then may run Python code, which may change memory that is
//! lent to Rust meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};

static HELD: AtomicUsize = AtomicUsize::new(0);

/// One more is held.
#[inline(always)]
pub(crate) fn begin() {
    HELD.fetch_add(1, Ordering::Relaxed);
}

/// One fewer is held.
#[inline(always)]
pub(crate) fn end() {
    HELD.fetch_sub(1, Ordering::Relaxed);
}

/// Whether any is held. Those that the thread can reach were counted before, under the GIL.
pub(crate) fn any() -> bool {
    HELD.load(Ordering::Relaxed) != 0
}
