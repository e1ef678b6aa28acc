//! What keeps an exiting interpreter from unwinding through Rust.
//!
//! Before 3.14 it ends a thread that asks for the GIL by `pthread_exit`, which unwinds through frames of Rust that must neither be skipped nor run their drops
//! without the GIL, and which `catch_unwind` must not see. The innermost frame of Rust hangs the thread instead, as 3.14 does it itself. That costs nothing
//! unless it happens.

/// Calls a function of the interpreter that may take the GIL, as everything does that runs Python code.
///
/// Neither this nor the function declared around it is `extern "C"`: in such a frame a forced unwinding skips the clean-up.
#[inline(always)]
pub(super) fn guarded<R>(function: impl FnOnce() -> R) -> R {
    let hang = Hang;
    let result = function();
    std::mem::forget(hang);
    result
}

/// Stops the thread when it is unwound: the process is about to end.
struct Hang;

impl Drop for Hang {
    #[cold]
    fn drop(&mut self) {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(3600));
        }
    }
}
