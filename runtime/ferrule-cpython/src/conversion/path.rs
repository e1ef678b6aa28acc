//! Paths and other text of the operating system, as `os.fsencode` and `os.fsdecode` have it: on Unix any bytes, which Python writes with surrogates.

use std::ffi;
use std::marker::PhantomData;
use std::path;

use super::bytes::content;
use super::text::ascii;
use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi as c;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::{Context, Import};

static PATH: Import = Import {
    module: c"pathlib",
    name: c"Path",
};

const EXPECTED: &str = "str or os.PathLike";

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> Result<&ffi::OsStr, Fault> {
    Ok(std::os::unix::ffi::OsStrExt::from_bytes(bytes))
}

/// Elsewhere the encoding is UTF-8; what is none has no counterpart that we could borrow.
#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> Result<&ffi::OsStr, Fault> {
    std::str::from_utf8(bytes)
        .map(ffi::OsStr::new)
        .map_err(|_| Fault::value("expected a path without lone surrogates"))
}

/// An ASCII str or a bytes object that holds what the argument says.
unsafe fn encoded(object: Object) -> Result<Owned, Fault> {
    // SAFETY: attached; the types are checked before they are relied on.
    unsafe {
        if object::has_flag(object, c::Py_TPFLAGS_UNICODE_SUBCLASS) {
            return if ascii(object).is_some() {
                Ok(Owned::of(object))
            } else {
                Owned::new(c::PyUnicode_EncodeFSDefault(object))
            };
        }
        if object::has_flag(object, c::Py_TPFLAGS_BYTES_SUBCLASS) {
            return Ok(Owned::of(object));
        }
        if c::PyObject_HasAttrString(object::type_of(object).cast(), c"__fspath__".as_ptr()) == 0 {
            return Err(Fault::wrong_type(EXPECTED, object));
        }
        // Gives str or bytes, or raises.
        encoded(Owned::new(c::PyOS_FSPath(object))?.object())
    }
}

/// What such an object holds.
///
/// # Safety
/// `object` comes from [`encoded`] and lives as long as `'a`.
unsafe fn os_str<'a>(object: Object) -> Result<&'a ffi::OsStr, Fault> {
    // SAFETY: it is a bytes object, or else an ASCII str.
    unsafe {
        match content(object) {
            Some(bytes) => from_bytes(bytes),
            None => Ok(ffi::OsStr::new(ascii(object).unwrap_or_default())),
        }
    }
}

/// Borrows from the argument, or from what the scope keeps.
unsafe fn borrowed<'a>(object: Object, scope: &'a Scope) -> Result<&'a ffi::OsStr, Fault> {
    // SAFETY: the caller's promise is the same.
    unsafe {
        if object::is_exactly(object, &raw mut c::PyUnicode_Type) {
            if let Some(text) = ascii(object) {
                return Ok(ffi::OsStr::new(text));
            }
        }
        os_str(scope.keep_object(encoded(object)?))
    }
}

/// A new `pathlib.Path`.
unsafe fn new(path: &ffi::OsStr) -> Result<Object, Fault> {
    let bytes = path.as_encoded_bytes();
    // SAFETY: attached; the bytes are passed with their length.
    unsafe {
        let text = Owned::new(c::PyUnicode_DecodeFSDefaultAndSize(
            bytes.as_ptr().cast(),
            bytes.len() as isize,
        ))?;
        object::call(PATH.object()?.object(), &[text.object()]).map(Owned::into_object)
    }
}

/// `&Path`.
pub struct Path;

impl Conversion for Path {
    type Value<'a> = &'a path::Path;
}

// SAFETY: the value borrows, as the default says.
unsafe impl Lower for Path {
    const EXPECTED: &'static str = EXPECTED;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a path::Path, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { borrowed(object, scope).map(path::Path::new) }
    }
}

impl Lift for Path {
    unsafe fn lift<'a>(value: &'a path::Path, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new(value.as_os_str()) }
    }
}

/// Owned paths: `PathBuf`, `Box<Path>`, `Arc<Path>`, `Rc<Path>`.
pub struct PathText<T>(PhantomData<T>);

impl<T: 'static> Conversion for PathText<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a copy.
unsafe impl<T: for<'t> From<&'t path::Path> + 'static> Lower for PathText<T> {
    const EXPECTED: &'static str = EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: what was encoded is held while it is copied.
        unsafe {
            let encoded = encoded(object)?;
            Ok(T::from(path::Path::new(os_str(encoded.object())?)))
        }
    }
}

impl<T: AsRef<path::Path> + 'static> Lift for PathText<T> {
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new(value.as_ref().as_os_str()) }
    }
}

/// `&OsStr`.
pub struct OsStr;

impl Conversion for OsStr {
    type Value<'a> = &'a ffi::OsStr;
}

// SAFETY: the value borrows, as the default says.
unsafe impl Lower for OsStr {
    const EXPECTED: &'static str = EXPECTED;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a ffi::OsStr, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { borrowed(object, scope) }
    }
}

impl Lift for OsStr {
    unsafe fn lift<'a>(value: &'a ffi::OsStr, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new(value) }
    }
}

/// Owned text of the operating system: `OsString`, `Box<OsStr>`, `Arc<OsStr>`, `Rc<OsStr>`.
pub struct OsText<T>(PhantomData<T>);

impl<T: 'static> Conversion for OsText<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a copy.
unsafe impl<T: for<'t> From<&'t ffi::OsStr> + 'static> Lower for OsText<T> {
    const EXPECTED: &'static str = EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: what was encoded is held while it is copied.
        unsafe {
            let encoded = encoded(object)?;
            Ok(T::from(os_str(encoded.object())?))
        }
    }
}

impl<T: AsRef<ffi::OsStr> + 'static> Lift for OsText<T> {
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new(value.as_ref()) }
    }
}
