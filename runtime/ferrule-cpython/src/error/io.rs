//! `io::Error` as the subclass of OSError that Python has for it.

use std::io::{Error, ErrorKind};

use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::file::HostError;
use crate::object::{self, Object, Owned};

/// With a code of the system, OSError picks its subclass and has `errno` and `strerror`; without one, the kind picks it and `errno` is None.
pub(super) fn described(error: &Error) -> Fault {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<HostError>());
    // SAFETY: errors are converted at the end of a call, attached.
    if let Some(fault) = inner.and_then(|inner| unsafe { inner.fault() }) {
        return fault;
    }
    // SAFETY: errors are converted at the end of a call, attached.
    let instance = unsafe {
        match error.raw_os_error() {
            Some(code) => with_code(code, error),
            None => object::text(&error.to_string())
                .and_then(|text| object::call(class(error.kind()), &[text.object()])),
        }
    };
    match instance {
        Ok(exception) => Fault::exception(exception),
        Err(fault) => fault,
    }
}

/// `OSError(code, text)`; on Windows the code is the system's own, `OSError(0, text, None, code)`.
unsafe fn with_code(code: i32, error: &Error) -> Result<Owned, Fault> {
    let text = error.to_string();
    let text = text
        .strip_suffix(&format!(" (os error {code})"))
        .unwrap_or(&text);
    // SAFETY: attached, as the caller promises; each handle owns what it holds.
    unsafe {
        let text = object::text(text)?;
        let code = Owned::new(ffi::PyLong_FromLongLong(code.into()))?;
        if cfg!(windows) {
            let zero = Owned::new(ffi::PyLong_FromLongLong(0))?;
            return object::call(
                Builtin::Os.class(),
                &[zero.object(), text.object(), object::none(), code.object()],
            );
        }
        object::call(Builtin::Os.class(), &[code.object(), text.object()])
    }
}

/// The class of a kind, borrowed.
unsafe fn class(kind: ErrorKind) -> Object {
    // SAFETY: the interpreter fills these statics before it loads an extension and never changes them.
    unsafe {
        match kind {
            ErrorKind::NotFound => ffi::PyExc_FileNotFoundError,
            ErrorKind::PermissionDenied => ffi::PyExc_PermissionError,
            ErrorKind::AlreadyExists => ffi::PyExc_FileExistsError,
            ErrorKind::ConnectionRefused => ffi::PyExc_ConnectionRefusedError,
            ErrorKind::ConnectionReset => ffi::PyExc_ConnectionResetError,
            ErrorKind::ConnectionAborted => ffi::PyExc_ConnectionAbortedError,
            ErrorKind::NotConnected => ffi::PyExc_ConnectionError,
            ErrorKind::BrokenPipe => ffi::PyExc_BrokenPipeError,
            ErrorKind::WouldBlock => ffi::PyExc_BlockingIOError,
            ErrorKind::TimedOut => ffi::PyExc_TimeoutError,
            ErrorKind::Interrupted => ffi::PyExc_InterruptedError,
            ErrorKind::IsADirectory => ffi::PyExc_IsADirectoryError,
            ErrorKind::NotADirectory => ffi::PyExc_NotADirectoryError,
            _ => ffi::PyExc_OSError,
        }
    }
}
