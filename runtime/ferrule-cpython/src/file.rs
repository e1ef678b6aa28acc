//! File-like objects of Python as streams of Rust.
//!
//! What `read` or `write` raises becomes an `io::Error` that carries the exception: it may pass through any code, also through a drop that writes, which must not unwind. It comes out again
//! where the error is turned into an exception; and a call that was given the file raises it at its end, whatever became of the error in Rust.

use std::cell::RefCell;
use std::ffi::CStr;
use std::fmt;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::rc::Rc;

use crate::fault::{shown, Builtin, Fault};
use crate::ffi;
use crate::gate::attached;
use crate::held;
use crate::object::{self, Object, Owned};
use crate::scope::with_buffer;

/// A file-like object: `impl Read`, `BufRead`, `Write` (of bytes, or of text for `fmt::Write`), `Seek`.
///
/// It is not Send, so it stays on its thread.
pub struct HostFile {
    /// Taken by the drop.
    file: Option<Owned>,
    raised: Raised,
    /// What was read ahead for `BufRead`, and how much of it is consumed.
    ahead: Vec<u8>,
    consumed: usize,
}

/// The exception that the file raised first, for the call that was given it.
#[derive(Clone, Default)]
pub(crate) struct Raised(Rc<RefCell<Option<Owned>>>);

impl Raised {
    /// The exception, once.
    pub(crate) fn take(&self) -> Option<Fault> {
        self.0.take().map(Fault::exception)
    }
}

/// As much is read ahead, and by `read_to_end` at once.
const CHUNK: usize = 1 << 16;

impl HostFile {
    /// Holds a file-like object.
    ///
    /// # Safety
    /// The thread is attached; `file` is a valid object.
    pub(crate) unsafe fn of(file: Object) -> Self {
        held::begin();
        Self {
            // SAFETY: as the caller promises; the drop attaches.
            file: Some(unsafe { Owned::of(file) }),
            raised: Raised::default(),
            ahead: Vec::new(),
            consumed: 0,
        }
    }

    /// The object, borrowed.
    pub(crate) fn object(&self) -> Object {
        self.file
            .as_ref()
            .map_or(std::ptr::null_mut(), Owned::object)
    }

    /// Where its first exception will be.
    pub(crate) fn raised(&self) -> Raised {
        self.raised.clone()
    }

    /// Calls a method of the file, and `read`s what it gives, attached.
    fn call<R>(
        &self,
        method: &CStr,
        arguments: impl FnOnce() -> Result<Vec<Owned>, Fault>,
        read: impl FnOnce(Owned) -> Result<R, Fault>,
    ) -> io::Result<R> {
        attached(|| {
            // SAFETY: attached; the file is ours.
            let outcome = unsafe {
                Owned::new(ffi::PyObject_GetAttrString(self.object(), method.as_ptr())).and_then(
                    |method| {
                        let arguments = arguments()?;
                        let objects: Vec<Object> = arguments.iter().map(Owned::object).collect();
                        object::call(method.object(), &objects)
                    },
                )
            };
            outcome.and_then(read).map_err(|fault| self.failed(fault))
        })
    }

    /// An error that carries the exception. The thread is attached.
    #[cold]
    fn failed(&self, fault: Fault) -> io::Error {
        // SAFETY: attached, as the caller says.
        let (exception, text) = unsafe {
            let exception = fault.into_exception();
            let text = shown(exception.object());
            self.raised
                .0
                .borrow_mut()
                .get_or_insert_with(|| Owned::of(exception.object()));
            (exception, text)
        };
        io::Error::other(HostError {
            exception: Some(exception),
            text,
        })
    }

    /// At most `most` bytes.
    fn read_some(&mut self, most: usize) -> io::Result<Vec<u8>> {
        self.call(
            c"read",
            || {
                // SAFETY: attached, as `call` says.
                let most = unsafe { Owned::new(ffi::PyLong_FromSsize_t(most as isize))? };
                Ok(vec![most])
            },
            |given| {
                // SAFETY: as above. Nothing of Python runs while the bytes are copied.
                unsafe {
                    if given.object() == object::none() {
                        return Err(would_block());
                    }
                    if object::has_flag(given.object(), ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                        return Err(Fault::builtin(
                            Builtin::Type,
                            "read() of the file gave str, not bytes: open it in binary mode",
                        ));
                    }
                    let bytes = with_buffer(given.object(), ffi::PyBUF_SIMPLE, |view| {
                        let length = usize::try_from(view.len).unwrap_or(0);
                        Ok(match length {
                            0 => Vec::new(),
                            _ => std::slice::from_raw_parts(view.buf.cast::<u8>(), length).to_vec(),
                        })
                    })?;
                    if bytes.len() > most {
                        return Err(Fault::builtin(
                            Builtin::Value,
                            format!("read({most}) of the file gave {} bytes", bytes.len()),
                        ));
                    }
                    Ok(bytes)
                }
            },
        )
    }

    /// Bytes that were read ahead.
    fn rest(&self) -> &[u8] {
        self.ahead.get(self.consumed..).unwrap_or(&[])
    }
}

impl Clone for HostFile {
    /// The same file.
    fn clone(&self) -> Self {
        held::begin();
        attached(|| Self {
            // SAFETY: attached; the object is ours.
            file: self
                .file
                .as_ref()
                .map(|file| unsafe { Owned::of(file.object()) }),
            raised: self.raised.clone(),
            ahead: self.ahead.clone(),
            consumed: self.consumed,
        })
    }
}

impl Drop for HostFile {
    fn drop(&mut self) {
        let file = self.file.take();
        let raised = std::mem::take(&mut self.raised);
        attached(|| drop((file, raised)));
        held::end();
    }
}

impl fmt::Debug for HostFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HostFile")
    }
}

fn would_block() -> Fault {
    // SAFETY: attached, as the caller is; the class is a static of the interpreter.
    let made = unsafe {
        object::text("the file has no data yet")
            .and_then(|text| object::call(ffi::PyExc_BlockingIOError, &[text.object()]))
    };
    made.map_or_else(|fault| fault, Fault::exception)
}

impl Read for HostFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if !self.rest().is_empty() {
            let count = self.rest().read(buffer)?;
            self.consumed += count;
            return Ok(count);
        }
        let bytes = self.read_some(buffer.len().min(isize::MAX as usize))?;
        bytes.as_slice().read(buffer)
    }

    fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let before = buffer.len();
        buffer.extend_from_slice(self.rest());
        self.consumed = self.ahead.len();
        loop {
            let bytes = self.read_some(CHUNK)?;
            if bytes.is_empty() {
                return Ok(buffer.len() - before);
            }
            buffer.extend_from_slice(&bytes);
        }
    }
}

impl BufRead for HostFile {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.rest().is_empty() {
            self.ahead = self.read_some(CHUNK)?;
            self.consumed = 0;
        }
        Ok(self.rest())
    }

    fn consume(&mut self, count: usize) {
        self.consumed = (self.consumed + count).min(self.ahead.len());
    }
}

impl Write for HostFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let size = bytes.len();
        self.call(
            c"write",
            || {
                let start = bytes.as_ptr().cast();
                // SAFETY: attached, as `call` says; pointer and length are those of a slice.
                let bytes =
                    unsafe { Owned::new(ffi::PyBytes_FromStringAndSize(start, size as isize))? };
                Ok(vec![bytes])
            },
            |given| {
                // SAFETY: as above.
                unsafe {
                    // Files of one's own often say nothing.
                    if ffi::PyIndex_Check(given.object()) == 0 {
                        return Ok(size);
                    }
                    let count = ffi::PyNumber_AsSsize_t(given.object(), ffi::PyExc_OverflowError);
                    if let Some(fault) = Fault::pending() {
                        return Err(fault);
                    }
                    Ok(usize::try_from(count).unwrap_or(0).min(size))
                }
            },
        )
    }

    fn flush(&mut self) -> io::Result<()> {
        // SAFETY: attached; the file is ours.
        let has_flush =
            attached(|| unsafe { ffi::PyObject_HasAttrString(self.object(), c"flush".as_ptr()) });
        match has_flush {
            0 => Ok(()),
            _ => self.call(c"flush", || Ok(Vec::new()), |_| Ok(())),
        }
    }
}

impl fmt::Write for HostFile {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // SAFETY: attached, as `call` says.
        self.call(
            c"write",
            || Ok(vec![unsafe { object::text(text)? }]),
            |_| Ok(()),
        )
        .map_err(|_| fmt::Error)
    }
}

impl Seek for HostFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (offset, whence) = match to {
            SeekFrom::Start(offset) => (i64::try_from(offset).unwrap_or(i64::MAX), 0),
            SeekFrom::Current(offset) => (offset - self.rest().len() as i64, 1),
            SeekFrom::End(offset) => (offset, 2),
        };
        self.ahead.clear();
        self.consumed = 0;
        self.call(
            c"seek",
            || {
                // SAFETY: attached, as `call` says.
                unsafe {
                    let offset = Owned::new(ffi::PyLong_FromLongLong(offset))?;
                    Ok(vec![offset, Owned::new(ffi::PyLong_FromLongLong(whence))?])
                }
            },
            |given| {
                // SAFETY: as above.
                unsafe {
                    let place = ffi::PyLong_AsUnsignedLongLong(given.object());
                    match Fault::pending() {
                        Some(fault) => Err(fault),
                        None => Ok(place),
                    }
                }
            },
        )
    }
}

/// What is inside of an `io::Error` that an exception became.
pub(crate) struct HostError {
    /// Taken by the drop.
    exception: Option<Owned>,
    text: String,
}

// SAFETY: the exception is used only attached: the drop attaches.
unsafe impl Send for HostError {}
// SAFETY: as above; nothing of it changes.
unsafe impl Sync for HostError {}

impl HostError {
    /// The exception, as it was raised.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn fault(&self) -> Option<Fault> {
        let exception = self.exception.as_ref()?;
        // SAFETY: as the caller promises; the object is ours.
        Some(Fault::exception(unsafe { Owned::of(exception.object()) }))
    }
}

impl fmt::Debug for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for HostError {}

impl Drop for HostError {
    fn drop(&mut self) {
        let exception = self.exception.take();
        attached(|| drop(exception));
    }
}
