//! Whether a function runs with or without the GIL.
//!
//! Letting go of the GIL and taking it back costs tens of nanoseconds, and milliseconds where other threads compute; it pays for work that is long. How long a
//! function works shows only by measuring, and depends on its input. So every function has a [`Gate`] that knows up to which input size it was seen to be fast
//! and from which size on it was seen to take `SLOW` or more. A call in between is measured, as is every so many-th call below, because the duration may depend
//! on values instead of sizes; calls above run without the GIL and are measured too. A call of a fast function pays for two loads, a store and two comparisons.

use std::cell::Cell;
use std::ffi::c_int;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::ffi;
use crate::scope::Scope;

/// From this duration on a function runs without the GIL.
const SLOW: Duration = Duration::from_micros(20);
/// An input of this size (bytes or elements) is taken to be slow until it was measured.
const LARGE: usize = 1 << 18;
/// One call in so many is measured although its size is known to be fast: at first often, later rarely (a look at the clock costs more than such a call).
const SAMPLED: std::ops::RangeInclusive<u32> = 16..=256;
/// After a slow call, so many fast ones must follow before the function is fast again.
const PATIENCE: u32 = 32;

/// What is known of a function's duration. Its fields are hints: a torn update costs time, never soundness.
pub struct Gate {
    /// Inputs smaller than this were fast.
    held_below: AtomicUsize,
    /// Inputs from this size on were slow.
    released_from: AtomicUsize,
    /// Calls until the next sample; zero unless the smallest inputs were fast.
    unsampled: AtomicU32,
    /// Calls between two samples.
    interval: AtomicU32,
    /// Fast calls without the GIL until it is held again.
    patience: AtomicU32,
}

impl Gate {
    /// A gate that knows nothing.
    #[allow(clippy::new_without_default)] // a gate is a static
    pub const fn new() -> Self {
        Self {
            held_below: AtomicUsize::new(0),
            released_from: AtomicUsize::new(LARGE),
            unsampled: AtomicU32::new(0),
            interval: AtomicU32::new(*SAMPLED.start()),
            patience: AtomicU32::new(0),
        }
    }

    /// Opens a session in which the user's function runs; its drop ends it, on panics too.
    #[inline(always)]
    pub(crate) fn enter(&self, scope: &Scope) -> Session<'_> {
        let size = scope.size();
        let unsampled = self.unsampled.load(Relaxed);
        if scope.is_pinned() {
            return Session { measured: None };
        }
        if scope.lets_go() {
            return Session {
                measured: Some(self.released()),
            };
        }
        if unsampled != 0 && (size == 0 || size < self.held_below.load(Relaxed)) {
            self.unsampled.store(unsampled - 1, Relaxed);
            return Session { measured: None };
        }
        Session {
            measured: Some(self.measure(size)),
        }
    }

    /// Starts a call without the GIL.
    #[cold]
    #[inline(never)]
    fn released(&self) -> Measured<'_> {
        Measured {
            gate: self,
            size: 0,
            start: Instant::now(),
            detached: Some(Detached::new()),
        }
    }

    /// Starts a measured call, without the GIL if the size is known to be slow.
    #[cold]
    #[inline(never)]
    fn measure(&self, size: usize) -> Measured<'_> {
        let detached = (size >= self.released_from.load(Relaxed)).then(Detached::new);
        Measured {
            gate: self,
            size,
            start: Instant::now(),
            detached,
        }
    }

    /// Remembers how long a call took.
    fn learn(&self, size: usize, elapsed: Duration, was_released: bool) {
        if elapsed >= SLOW {
            self.released_from.fetch_min(size, Relaxed);
            self.held_below.fetch_min(size, Relaxed);
            self.patience.store(PATIENCE, Relaxed);
            self.interval.store(*SAMPLED.start(), Relaxed);
            self.sample_again();
            return;
        }
        let interval = self.interval.load(Relaxed);
        self.interval
            .store((interval * 2).min(*SAMPLED.end()), Relaxed);
        let patience = self.patience.load(Relaxed);
        if was_released && patience > 0 {
            self.patience.store(patience - 1, Relaxed);
            return;
        }
        self.held_below.fetch_max(size.saturating_add(1), Relaxed);
        self.released_from
            .fetch_max(size.saturating_add(1), Relaxed);
        self.sample_again();
    }

    /// Lets calls of fast sizes pass until the next sample.
    fn sample_again(&self) {
        let any_is_fast = self.held_below.load(Relaxed) > 0;
        self.unsampled.store(
            if any_is_fast {
                self.interval.load(Relaxed)
            } else {
                0
            },
            Relaxed,
        );
    }
}

/// The time in which the user's function runs.
pub(crate) struct Session<'g> {
    measured: Option<Measured<'g>>,
}

struct Measured<'g> {
    gate: &'g Gate,
    size: usize,
    start: Instant,
    detached: Option<Detached>,
}

impl Drop for Session<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(measured) = &mut self.measured {
            measured.finish();
        }
    }
}

impl Measured<'_> {
    #[cold]
    #[inline(never)]
    fn finish(&mut self) {
        let elapsed = self.start.elapsed();
        let detached = self.detached.take();
        self.gate.learn(self.size, elapsed, detached.is_some());
        drop(detached);
    }
}

/// The thread has let go of the GIL; the drop takes it back.
pub(crate) struct Detached(*mut ffi::PyThreadState);

thread_local! {
    /// The state of a thread of Python's that has let go of the GIL, else null: the interpreter forgets its threads when it exits, and this one may panic after
    /// that.
    static DETACHED: Cell<*mut ffi::PyThreadState> = const { Cell::new(null_mut()) };
}

impl Detached {
    pub(crate) fn new() -> Self {
        // SAFETY: a call comes attached, and nothing of the interpreter is touched until the drop.
        let state = unsafe { ffi::PyEval_SaveThread() };
        DETACHED.set(state);
        Self(state)
    }
}

impl Drop for Detached {
    fn drop(&mut self) {
        resume(self.0);
        DETACHED.set(null_mut());
    }
}

/// Takes the GIL back, with the state that this thread let go of.
fn resume(state: *mut ffi::PyThreadState) {
    // SAFETY: the state that this thread let go of.
    unsafe { ffi::PyEval_RestoreThread(state) };
}

/// Lets go of the GIL after it was taken back for a while.
struct LetGoAgain(*mut ffi::PyThreadState);

impl Drop for LetGoAgain {
    fn drop(&mut self) {
        DETACHED.set(self.0);
        // SAFETY: attached, with this state.
        unsafe { ffi::PyEval_SaveThread() };
    }
}

/// Runs `work` attached, whoever let go of the GIL: this runtime, or nobody ever took it on a thread of Rust's own.
///
/// On such a foreign thread the main interpreter is entered.
pub(crate) fn attached<R>(work: impl FnOnce() -> R) -> R {
    struct Leave(c_int);
    impl Drop for Leave {
        fn drop(&mut self) {
            // SAFETY: entered below, on this thread.
            unsafe { ffi::PyGILState_Release(self.0) };
        }
    }
    let state = DETACHED.get();
    if !state.is_null() {
        resume(state);
        DETACHED.set(null_mut());
        let _again = LetGoAgain(state);
        return work();
    }
    // SAFETY: callable from any thread at any time.
    if !unsafe { ffi::PyGILState_GetThisThreadState() }.is_null() {
        return work();
    }
    // SAFETY: the interpreter is initialised, since it loaded this library.
    let _leave = Leave(unsafe { ffi::PyGILState_Ensure() });
    work()
}

/// Whether the running thread is one of Python's, attached or not.
pub(crate) fn belongs_to_python() -> bool {
    // SAFETY: callable from any thread at any time; null where Python knows nothing of the thread.
    !DETACHED.get().is_null() || !unsafe { ffi::PyGILState_GetThisThreadState() }.is_null()
}
