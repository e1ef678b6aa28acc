//! Bytes: borrowed from bytes, bytearray, memoryview and every other buffer of bytes; lists and tuples of ints are taken too.

use std::borrow::Cow;
use std::ffi::c_int;
use std::marker::PhantomData;

use super::protocol::is_list_or_tuple;
use super::sequence::collect;
use super::{buffer, Conversion, Int, Lift, Lower};
use crate::fault::Fault;
use crate::ffi::{self, Py_buffer};
use crate::object::{self, Object, Owned};
use crate::scope::{exports_buffer, with_buffer, Scope};
use crate::state::Context;

const EXPECTED: &str = "bytes";

/// The content of a bytes object.
///
/// # Safety
/// `object` is a valid reference that lives as long as `'a`.
#[inline(always)]
pub(super) unsafe fn content<'a>(object: Object) -> Option<&'a [u8]> {
    // SAFETY: the flag says that the object has the layout of bytes, whose `ob_size` bytes never change.
    unsafe {
        if !object::has_flag(object, ffi::Py_TPFLAGS_BYTES_SUBCLASS) {
            return None;
        }
        let bytes = object.cast::<ffi::PyBytesObject>();
        let start = (&raw const (*bytes).ob_sval).cast::<u8>();
        Some(std::slice::from_raw_parts(
            start,
            (*bytes).ob_base.ob_size as usize,
        ))
    }
}

/// Whether the export holds single bytes, of whatever meaning.
///
/// # Safety
/// As for [`buffer::format`].
pub(super) unsafe fn is_bytes(view: &Py_buffer) -> bool {
    // SAFETY: the caller's promise is the same.
    let format = unsafe { buffer::format(view) };
    // An empty ctypes array says that its items are empty.
    (view.itemsize == 1 || view.len == 0)
        && matches!(
            format,
            [b'B' | b'b' | b'c' | b'?']
                | [b'@' | b'=' | b'<' | b'>' | b'!', b'B' | b'b' | b'c' | b'?']
        )
}

/// The memory of an export, if its bytes lie one behind the other.
///
/// # Safety
/// `view` is a live export of bytes.
pub(super) unsafe fn contiguous(view: &Py_buffer) -> Option<*mut [u8]> {
    // SAFETY: the view is live.
    if unsafe { ffi::PyBuffer_IsContiguous(view, b'C' as _) } == 0 {
        return None;
    }
    let start = if view.buf.is_null() {
        std::ptr::dangling_mut()
    } else {
        view.buf.cast()
    };
    Some(std::ptr::slice_from_raw_parts_mut(start, view.len as usize))
}

/// A copy of bytes that lie apart.
///
/// # Safety
/// `view` is a live export of bytes.
pub(super) unsafe fn gathered(view: &Py_buffer) -> Result<Vec<u8>, Fault> {
    let mut bytes: Vec<u8> = buffer::reserved(view.len as usize)?;
    // SAFETY: there is room for the `len` bytes that are gathered.
    unsafe {
        if ffi::PyBuffer_ToContiguous(bytes.as_mut_ptr().cast(), view, view.len, b'C' as _) != 0 {
            return Err(Fault::raised());
        }
        bytes.set_len(view.len as usize);
    }
    Ok(bytes)
}

const FLAGS: c_int = ffi::PyBUF_RECORDS_RO;

/// Everything but a bytes object, borrowed.
#[cold]
unsafe fn borrowed<'a>(object: Object, scope: &'a Scope) -> Result<&'a [u8], Fault> {
    // SAFETY: the caller's promise is the same. The export lives as long as the scope, and as its memory may change it keeps the GIL even if it is read-only
    // here: it may be a view of something that is not.
    unsafe {
        if is_list_or_tuple(object) {
            return Ok(scope.keep_slice(collect::<Int<u8>>(object, scope, EXPECTED)?));
        }
        if !exports_buffer(object) {
            return Err(Fault::wrong_type(EXPECTED, object));
        }
        if scope.copies() {
            return Ok(scope.keep_slice(copied::<Vec<u8>>(object, scope)?));
        }
        let view = scope.buffer(object, FLAGS)?;
        scope.pin();
        if !is_bytes(view) {
            return Err(buffer::refused(EXPECTED, view));
        }
        match contiguous(view) {
            Some(bytes) => Ok(&*bytes),
            None => Ok(scope.keep_slice(gathered(view)?)),
        }
    }
}

/// Everything but a bytes object, copied by `make`.
#[cold]
unsafe fn copied<T: for<'t> From<&'t [u8]>>(object: Object, scope: &Scope) -> Result<T, Fault> {
    // SAFETY: the caller's promise is the same; the export ends with the closure, which runs no Python code.
    unsafe {
        if is_list_or_tuple(object) {
            return Ok(T::from(&collect::<Int<u8>>(object, scope, EXPECTED)?));
        }
        if !exports_buffer(object) {
            return Err(Fault::wrong_type(EXPECTED, object));
        }
        with_buffer(object, FLAGS, |view| {
            if !is_bytes(view) {
                return Err(buffer::refused(EXPECTED, view));
            }
            scope.add_size(view.len as usize);
            match contiguous(view) {
                Some(bytes) => Ok(T::from(&*bytes)),
                None => Ok(T::from(&gathered(view)?)),
            }
        })
    }
}

/// A new bytes object.
unsafe fn new(bytes: &[u8]) -> Result<Object, Fault> {
    // SAFETY: attached; the bytes are passed with their length, which fits an isize.
    unsafe {
        Owned::new(ffi::PyBytes_FromStringAndSize(
            bytes.as_ptr().cast(),
            bytes.len() as isize,
        ))
        .map(Owned::into_object)
    }
}

/// `&[u8]`, borrowed.
pub struct Bytes;

impl Conversion for Bytes {
    type Value<'a> = &'a [u8];
}

// SAFETY: a bytes object is read without running Python code; the value borrows, as the default says.
unsafe impl Lower for Bytes {
    const EXPECTED: &'static str = EXPECTED;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a [u8], Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            match content(object) {
                Some(bytes) => {
                    scope.add_size(bytes.len());
                    Ok(bytes)
                }
                None => borrowed(object, scope),
            }
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: `object` is valid.
        unsafe { object::has_flag(object, ffi::Py_TPFLAGS_BYTES_SUBCLASS) }
    }
}

impl Lift for Bytes {
    #[inline(always)]
    unsafe fn lift<'a>(value: &'a [u8], _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(value) }
    }
}

/// Owned bytes: `Vec<u8>`, `Box<[u8]>`, `Arc<[u8]>`, `Rc<[u8]>`.
pub struct ByteString<T>(PhantomData<T>);

impl<T: 'static> Conversion for ByteString<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a copy; a bytes object is read without running Python code.
unsafe impl<T: for<'t> From<&'t [u8]> + 'static> Lower for ByteString<T> {
    const EXPECTED: &'static str = EXPECTED;
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the content is copied at once.
        unsafe {
            match content(object) {
                Some(bytes) => {
                    scope.add_size(bytes.len());
                    Ok(T::from(bytes))
                }
                None => copied(object, scope),
            }
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { Bytes::is_quiet(object) }
    }
}

impl<T: AsRef<[u8]> + 'static> Lift for ByteString<T> {
    #[inline(always)]
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(value.as_ref()) }
    }
}

/// `Cow<[u8]>`, borrowed.
pub struct CowBytes;

impl Conversion for CowBytes {
    type Value<'a> = Cow<'a, [u8]>;
}

// SAFETY: as for `Bytes`.
unsafe impl Lower for CowBytes {
    const EXPECTED: &'static str = EXPECTED;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Cow<'a, [u8]>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Bytes::lower(object, scope).map(Cow::Borrowed) }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { Bytes::is_quiet(object) }
    }
}

impl Lift for CowBytes {
    #[inline(always)]
    unsafe fn lift<'a>(value: Cow<'a, [u8]>, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(&value) }
    }
}

/// `[u8; N]`.
pub struct ByteArray<const N: usize>;

impl<const N: usize> Conversion for ByteArray<N> {
    type Value<'a> = [u8; N];
}

/// As many bytes as there are, or the fault that says how many there were.
struct Exactly<const N: usize>(Result<[u8; N], Fault>);

impl<const N: usize> From<&[u8]> for Exactly<N> {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.try_into().map_err(|_| {
            Fault::value(format!(
                "expected bytes of length {N}, got length {}",
                bytes.len()
            ))
        }))
    }
}

// SAFETY: as for `ByteString`.
unsafe impl<const N: usize> Lower for ByteArray<N> {
    const EXPECTED: &'static str = EXPECTED;
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<[u8; N], Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { ByteString::<Exactly<N>>::lower(object, scope)?.0 }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { Bytes::is_quiet(object) }
    }
}

impl<const N: usize> Lift for ByteArray<N> {
    #[inline(always)]
    unsafe fn lift<'a>(value: [u8; N], _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(&value) }
    }
}
