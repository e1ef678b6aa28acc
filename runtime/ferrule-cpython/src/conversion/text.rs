//! Text: `&str` borrows the interpreter's UTF-8.
//!
//! A compact ASCII str is its own UTF-8; of others the interpreter makes it once and keeps it in the str object, so it lives as long as that. A lone surrogate
//! has no UTF-8: the interpreter's UnicodeEncodeError comes out unchanged.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// The UTF-8 of a str, borrowed from it.
///
/// # Safety
/// The thread is attached; `object` is a valid reference that lives as long as `'a`.
#[inline(always)]
pub(super) unsafe fn utf8<'a>(object: Object) -> Result<&'a str, Fault> {
    // SAFETY: the type is checked before the object is read as a str.
    unsafe {
        if !object::is_exactly(object, &raw mut ffi::PyUnicode_Type) {
            return utf8_of_any(object);
        }
        match ascii(object) {
            Some(text) => Ok(text),
            None => utf8_made(object),
        }
    }
}

/// The characters of a compact ASCII str.
///
/// # Safety
/// `object` is a str or of a subclass, and lives as long as `'a`.
#[inline(always)]
pub(super) unsafe fn ascii<'a>(object: Object) -> Option<&'a str> {
    const COMPACT_ASCII: u32 = ffi::STATE_COMPACT | ffi::STATE_ASCII;
    // SAFETY: every str begins with this header; where the state says so, `length` ASCII characters follow it, and they never change.
    unsafe {
        let text = object.cast::<ffi::PyASCIIObject>();
        if (*text).state & COMPACT_ASCII != COMPACT_ASCII {
            return None;
        }
        let characters =
            std::slice::from_raw_parts(text.add(1).cast::<u8>(), (*text).length as usize);
        Some(std::str::from_utf8_unchecked(characters))
    }
}

#[inline(never)]
unsafe fn utf8_made<'a>(object: Object) -> Result<&'a str, Fault> {
    let mut size = 0;
    // SAFETY: `object` is a str; what comes back is valid UTF-8 of that size, kept in the object. Making an exception may collect garbage and so run Python
    // code, which must not take the object away meanwhile.
    unsafe {
        let _held = Owned::of(object);
        let start = ffi::PyUnicode_AsUTF8AndSize(object, &mut size);
        if start.is_null() {
            return Err(Fault::raised());
        }
        Ok(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
            start.cast(),
            size as usize,
        )))
    }
}

#[cold]
unsafe fn utf8_of_any<'a>(object: Object) -> Result<&'a str, Fault> {
    // SAFETY: a subclass of str has its layout.
    unsafe {
        if !object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
            return Err(Fault::wrong_type("str", object));
        }
        utf8_made(object)
    }
}

/// A new str.
///
/// # Safety
/// The thread is attached.
#[inline(always)]
pub(super) unsafe fn new(text: &str) -> Result<Object, Fault> {
    // SAFETY: a compact ASCII str of that length is made, nobody else has it yet, and it is filled with as many ASCII bytes. Texts of a character or none are
    // objects that the interpreter shares, so they are not written to.
    unsafe {
        let size = text.len() as isize;
        if size < 2 || !text.is_ascii() {
            return Owned::new(ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), size))
                .map(Owned::into_object);
        }
        let object = Owned::new(ffi::PyUnicode_New(size, 127))?.into_object();
        let characters = object.cast::<ffi::PyASCIIObject>().add(1).cast::<u8>();
        std::ptr::copy_nonoverlapping(text.as_ptr(), characters, text.len());
        Ok(object)
    }
}

/// The same object where it says the same already, else a new str.
///
/// # Safety
/// The thread is attached; `existing` is a valid reference.
unsafe fn new_over(text: &str, existing: Object) -> Result<Object, Fault> {
    // SAFETY: the type is checked before the object is read as a str.
    unsafe {
        let same = object::is_exactly(existing, &raw mut ffi::PyUnicode_Type)
            && ascii(existing) == Some(text);
        if same {
            Ok(object::new_reference(existing))
        } else {
            new(text)
        }
    }
}

/// Whether reading the object as text runs no Python code.
///
/// # Safety
/// `object` is a valid reference.
#[inline(always)]
unsafe fn is_str(object: Object) -> bool {
    // SAFETY: as the caller promises.
    unsafe { object::is_exactly(object, &raw mut ffi::PyUnicode_Type) }
}

/// Up to this length the work that a text makes is not worth counting.
const SHORT: usize = 256;

/// `&str`, borrowed from the interpreter.
pub struct Str;

impl Conversion for Str {
    type Value<'a> = &'a str;
}

// SAFETY: strs are read without running Python code; the value borrows, as the default says.
unsafe impl Lower for Str {
    const EXPECTED: &'static str = "str";

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a str, Fault> {
        // SAFETY: the caller's promise is the same.
        let text = unsafe { utf8(object)? };
        // A sum that is stored for every item of a list would be the slowest part of reading it.
        if text.len() > SHORT {
            scope.add_size(text.len());
        }
        Ok(text)
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { is_str(object) }
    }
}

impl Lift for Str {
    #[inline(always)]
    unsafe fn lift<'a>(value: &'a str, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(value) }
    }

    unsafe fn lift_over<'a>(
        value: &'a str,
        existing: Object,
        _context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new_over(value, existing) }
    }
}

/// Owned text: `String`, `Box<str>`, `Arc<str>`, `Rc<str>`.
pub struct Text<T>(PhantomData<T>);

impl<T: 'static> Conversion for Text<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a copy; strs are read without running Python code.
unsafe impl<T: for<'t> From<&'t str> + 'static> Lower for Text<T> {
    const EXPECTED: &'static str = "str";
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the text is copied at once.
        unsafe { Str::lower(object, scope).map(T::from) }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { is_str(object) }
    }
}

impl<T: AsRef<str> + 'static> Lift for Text<T> {
    #[inline(always)]
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(value.as_ref()) }
    }

    unsafe fn lift_over<'a>(
        value: T,
        existing: Object,
        _context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new_over(value.as_ref(), existing) }
    }
}

/// `Cow<str>`, borrowed from the interpreter.
pub struct CowStr;

impl Conversion for CowStr {
    type Value<'a> = Cow<'a, str>;
}

// SAFETY: as for `Str`.
unsafe impl Lower for CowStr {
    const EXPECTED: &'static str = "str";

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Cow<'a, str>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Str::lower(object, scope).map(Cow::Borrowed) }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { is_str(object) }
    }
}

impl Lift for CowStr {
    #[inline(always)]
    unsafe fn lift<'a>(value: Cow<'a, str>, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(&value) }
    }
}

/// `char`: a str of one character.
pub struct Char;

impl Conversion for Char {
    type Value<'a> = char;
}

#[cold]
fn not_one(text: &str) -> Fault {
    Fault::value(format!(
        "expected str of length 1, got length {}",
        text.chars().count()
    ))
}

// SAFETY: the value is a copy; strs are read without running Python code.
unsafe impl Lower for Char {
    const EXPECTED: &'static str = "str of length 1";
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<char, Fault> {
        // SAFETY: the text is read before anything else happens.
        let text = unsafe { utf8(object)? };
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(not_one(text)),
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { is_str(object) }
    }
}

impl Lift for Char {
    #[inline(always)]
    unsafe fn lift<'a>(value: char, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { new(value.encode_utf8(&mut [0; 4])) }
    }
}
