//! What went wrong, while it travels.
//!
//! A [`Fault`] is one pointer wide, so that `Result<i64, Fault>` fits two registers, and is made only when something went wrong. While it travels nothing is
//! raised in the interpreter; it becomes an exception in one place, at the end of the call ([`Fault::raise`]), which knows function and parameter.

use std::borrow::Cow;
use std::ffi::CStr;
use std::fmt::Write;

use crate::conversion::int;
use crate::ffi;
use crate::object::{self, Object, Owned};

/// A failure: what was wrong, where in the argument, and in which parameter.
pub struct Fault(Box<Report>);

struct Report {
    kind: Kind,
    /// From the innermost step outwards: it is filled on the way out.
    path: Vec<Step>,
    parameter: Option<&'static str>,
}

enum Kind {
    WrongType {
        expected: Cow<'static, str>,
        got: String,
    },
    Builtin {
        class: Builtin,
        message: Cow<'static, str>,
    },
    /// A Python exception, not pending while we carry it.
    Exception(Owned),
}

enum Step {
    Index(usize),
    Key(String),
    InKey(String),
}

/// The builtin exception classes that Rust errors become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// `ArithmeticError`
    Arithmetic,
    /// `AttributeError`
    Attribute,
    /// `Exception`
    Exception,
    /// `IndexError`
    Index,
    /// `KeyError`
    Key,
    /// `LookupError`
    Lookup,
    /// `MemoryError`
    Memory,
    /// `OSError`
    Os,
    /// `OverflowError`
    Overflow,
    /// `RecursionError`
    Recursion,
    /// `RuntimeError`
    Runtime,
    /// `TypeError`
    Type,
    /// `ValueError`
    Value,
    /// `ZeroDivisionError`
    ZeroDivision,
}

impl Builtin {
    /// The class, borrowed.
    ///
    /// # Safety
    /// The interpreter is initialised.
    pub unsafe fn class(self) -> Object {
        // SAFETY: the interpreter fills these statics before it loads an extension and never changes them.
        unsafe {
            match self {
                Self::Arithmetic => ffi::PyExc_ArithmeticError,
                Self::Attribute => ffi::PyExc_AttributeError,
                Self::Exception => ffi::PyExc_Exception,
                Self::Index => ffi::PyExc_IndexError,
                Self::Key => ffi::PyExc_KeyError,
                Self::Lookup => ffi::PyExc_LookupError,
                Self::Memory => ffi::PyExc_MemoryError,
                Self::Os => ffi::PyExc_OSError,
                Self::Overflow => ffi::PyExc_OverflowError,
                Self::Recursion => ffi::PyExc_RecursionError,
                Self::Runtime => ffi::PyExc_RuntimeError,
                Self::Type => ffi::PyExc_TypeError,
                Self::Value => ffi::PyExc_ValueError,
                Self::ZeroDivision => ffi::PyExc_ZeroDivisionError,
            }
        }
    }
}

impl Fault {
    #[cold]
    fn new(kind: Kind) -> Self {
        Self(Box::new(Report {
            kind,
            path: Vec::new(),
            parameter: None,
        }))
    }

    /// `object` is of a type that the conversion does not take: `expected list of int, got str`.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    #[cold]
    pub unsafe fn wrong_type(expected: impl Into<Cow<'static, str>>, object: Object) -> Self {
        // SAFETY: as the caller promises.
        let got = unsafe { type_name(object) };
        Self::new(Kind::WrongType {
            expected: expected.into(),
            got,
        })
    }

    /// `object` is a number outside of what the Rust type holds (OverflowError): `expected int in 0..=255, got 300`. `expected` is the text before the comma.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    #[cold]
    pub unsafe fn out_of_range(expected: &str, object: Object) -> Self {
        // SAFETY: as the caller promises.
        let got = unsafe { shown(object) };
        Self::builtin(Builtin::Overflow, format!("expected {expected}, got {got}"))
    }

    /// The value has the right type and is still wrong (ValueError).
    #[cold]
    pub fn value(message: impl Into<Cow<'static, str>>) -> Self {
        Self::builtin(Builtin::Value, message)
    }

    /// A fault of a builtin class.
    #[cold]
    pub fn builtin(class: Builtin, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Builtin {
            class,
            message: message.into(),
        })
    }

    /// The exception that a C function has just raised; it is no longer pending.
    ///
    /// # Safety
    /// The thread is attached.
    #[cold]
    pub unsafe fn raised() -> Self {
        // SAFETY: as the caller promises.
        match unsafe { fetch() } {
            Some(exception) => Self::new(Kind::Exception(exception)),
            None => Self::builtin(Builtin::Runtime, "a C function failed without an exception"),
        }
    }

    /// The exception that is pending, if there is one; it no longer is.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn pending() -> Option<Self> {
        // SAFETY: as the caller promises.
        unsafe {
            if ffi::PyErr_Occurred().is_null() {
                return None;
            }
            Some(Self::raised())
        }
    }

    /// An exception instance that is to be raised; anything else is a TypeError.
    #[cold]
    pub fn exception(exception: Owned) -> Self {
        // SAFETY: the object is ours.
        let is_exception =
            unsafe { object::has_flag(exception.object(), ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS) };
        if !is_exception {
            // SAFETY: as above.
            let got = unsafe { type_name(exception.object()) };
            return Self::builtin(
                Builtin::Type,
                format!("exceptions must derive from BaseException, not {got}"),
            );
        }
        Self::new(Kind::Exception(exception))
    }

    /// Whether an object was of a type that the conversion does not take, the object itself and not something in it.
    pub fn is_wrong_type(&self) -> bool {
        matches!(self.0.kind, Kind::WrongType { .. }) && self.0.path.is_empty()
    }

    /// Whether the value, or one in it, is of a type that the conversion does not take, or (`larger`) too large for it.
    pub(crate) fn is_no_fit(&self, larger: bool) -> bool {
        match self.0.kind {
            Kind::WrongType { .. } => true,
            Kind::Builtin { class, .. } => {
                class == Builtin::Type || (larger && class == Builtin::Overflow)
            }
            Kind::Exception(_) => false,
        }
    }

    /// Whether it carries an exception that Python code raised.
    pub fn is_exception(&self) -> bool {
        matches!(self.0.kind, Kind::Exception(_))
    }

    /// Whether it carries an exception of that class.
    ///
    /// # Safety
    /// The thread is attached; `class` is an exception class.
    pub(crate) unsafe fn is_instance_of(&self, class: Object) -> bool {
        match &self.0.kind {
            // SAFETY: as the caller promises.
            Kind::Exception(exception) => unsafe {
                ffi::PyErr_GivenExceptionMatches(exception.object(), class) != 0
            },
            _ => false,
        }
    }

    /// What a callable returned is wrong: `result of key(): expected int, got str`. An exception stays as it is.
    #[cold]
    pub(crate) fn in_result(mut self, callable: &str) -> Self {
        let at = format!("result of {callable}()");
        let report = &mut self.0;
        let path = std::mem::take(&mut report.path);
        let (class, message) = match &report.kind {
            Kind::WrongType { expected, got } => {
                (Builtin::Type, format!("expected {expected}, got {got}"))
            }
            Kind::Builtin { class, message } => (*class, message.to_string()),
            Kind::Exception(_) => return self,
        };
        Self::builtin(class, place("", Some(&at), &path, &message))
    }

    /// `None` would have been right as well.
    #[cold]
    pub fn or_none(mut self) -> Self {
        if let (Kind::WrongType { expected, .. }, true) = (&mut self.0.kind, self.0.path.is_empty())
        {
            expected.to_mut().push_str(" or None");
        }
        self
    }

    /// On the way out of an element.
    #[cold]
    pub fn at_index(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// On the way out of a mapping's value or key.
    ///
    /// # Safety
    /// The thread is attached; `key` is a valid object.
    #[cold]
    pub unsafe fn at_key(mut self, key: Object) -> Self {
        // SAFETY: as the caller promises.
        let shown = unsafe { shown(key) };
        self.0.path.push(Step::Key(shown));
        self
    }

    /// On the way out of a mapping's key itself.
    ///
    /// # Safety
    /// The thread is attached; `key` is a valid object.
    #[cold]
    pub unsafe fn in_key(mut self, key: Object) -> Self {
        // SAFETY: as the caller promises.
        let shown = unsafe { shown(key) };
        self.0.path.push(Step::InKey(shown));
        self
    }

    /// The outermost step: the parameter that was being lowered.
    #[cold]
    pub(crate) fn in_parameter(mut self, name: &'static str) -> Self {
        self.0.parameter = Some(name);
        self
    }

    /// Makes the fault the pending exception of the thread.
    ///
    /// # Safety
    /// The thread is attached.
    #[cold]
    pub unsafe fn raise(self, function: &str) {
        let Report {
            kind,
            path,
            parameter,
        } = *self.0;
        // SAFETY: attached; classes and messages are valid, and an exception that we carry is an owned instance.
        unsafe {
            match kind {
                Kind::Exception(exception) => restore(exception),
                Kind::WrongType { expected, got } => {
                    let message = format!("expected {expected}, got {got}");
                    set(Builtin::Type, &place(function, parameter, &path, &message));
                }
                Kind::Builtin { class, message } => {
                    set(class, &place(function, parameter, &path, &message))
                }
            }
        }
    }

    /// The fault as an exception instance, not raised.
    ///
    /// # Safety
    /// The thread is attached and has no pending exception.
    #[cold]
    pub unsafe fn into_exception(self) -> Owned {
        // SAFETY: `raise` leaves an exception, MemoryError at the least, of which the interpreter keeps instances.
        unsafe {
            self.raise("");
            let raised = fetch().or_else(|| {
                ffi::PyErr_NoMemory();
                fetch()
            });
            raised.expect("MemoryError was raised")
        }
    }
}

/// `scale(): points[3]: message`; `Point.x: message` for an attribute, which is no parameter of a function; the message alone when nothing is to blame.
fn place(function: &str, parameter: Option<&str>, path: &[Step], message: &str) -> String {
    let Some(parameter) = parameter else {
        return message.to_owned();
    };
    let mut text = match function {
        "" => parameter.to_owned(),
        function => format!("{function}(): {parameter}"),
    };
    for step in path.iter().rev() {
        let _ = match step {
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Key(key) => write!(text, "[{key}]"),
            Step::InKey(key) => write!(text, " key {key}"),
        };
    }
    text.push_str(": ");
    text.push_str(message);
    text
}

/// Raises a builtin class with a text.
unsafe fn set(class: Builtin, message: &str) {
    // SAFETY: attached, as the callers promise; without memory for the text MemoryError stays pending.
    unsafe {
        let text =
            ffi::PyUnicode_FromStringAndSize(message.as_ptr().cast(), message.len() as isize);
        if !text.is_null() {
            ffi::PyErr_SetObject(class.class(), text);
            object::decref(text);
        }
    }
}

/// Takes the pending exception.
#[cfg(feature = "py312")]
unsafe fn fetch() -> Option<Owned> {
    // SAFETY: attached; the result is owned or null.
    unsafe {
        let exception = ffi::PyErr_GetRaisedException();
        (!exception.is_null())
            .then(|| Owned::new(exception).ok())
            .flatten()
    }
}

/// Takes the pending exception, as an instance that knows its traceback.
#[cfg(not(feature = "py312"))]
unsafe fn fetch() -> Option<Owned> {
    let (mut class, mut value, mut traceback) = (
        std::ptr::null_mut(),
        std::ptr::null_mut(),
        std::ptr::null_mut(),
    );
    // SAFETY: attached; the three results are owned or null, and normalising leaves an instance in `value`.
    unsafe {
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        if class.is_null() {
            return None;
        }
        ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback);
        if !traceback.is_null() {
            ffi::PyException_SetTraceback(value, traceback);
            object::decref(traceback);
        }
        object::decref(class);
        (!value.is_null()).then(|| Owned::new(value).ok()).flatten()
    }
}

/// Makes an instance the pending exception, with the traceback that it has.
#[cfg(feature = "py312")]
unsafe fn restore(exception: Owned) {
    // SAFETY: attached; the function takes our reference.
    unsafe { ffi::PyErr_SetRaisedException(exception.into_object()) }
}

/// Makes an instance the pending exception, with the traceback that it has.
#[cfg(not(feature = "py312"))]
unsafe fn restore(exception: Owned) {
    // SAFETY: attached; `PyErr_Restore` takes the three references, and a null traceback is none.
    unsafe {
        let traceback = ffi::PyException_GetTraceback(exception.object());
        let class = object::new_reference(object::type_of(exception.object()).cast());
        ffi::PyErr_Restore(class, exception.into_object(), traceback);
    }
}

/// `type(object).__name__`.
///
/// # Safety
/// `object` is a valid object.
pub unsafe fn type_name(object: Object) -> String {
    // SAFETY: every type has a name that lives as long as it; builtin ones carry their module before a dot.
    let name = unsafe { CStr::from_ptr((*object::type_of(object)).tp_name) }.to_string_lossy();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

/// The content of a str; its repr where that has no UTF-8.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
pub(crate) unsafe fn spoken(object: Object) -> String {
    // SAFETY: attached, as the caller promises; the type is checked first, and the UTF-8 lives as long as the str.
    unsafe {
        if object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
            let mut size = 0;
            let bytes = ffi::PyUnicode_AsUTF8AndSize(object, &mut size);
            if !bytes.is_null() {
                let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), size as usize);
                return std::str::from_utf8_unchecked(bytes).to_owned();
            }
            ffi::PyErr_Clear();
        }
        shown(object)
    }
}

/// The longest `repr` that stands in a message.
const SHOWN: usize = 60;

/// `repr(object)`, shortened; the type's name where that fails. Leaves no exception. May run Python code, even for an exact int, so nothing that was only
/// borrowed from a container is there afterwards.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
pub unsafe fn shown(object: Object) -> String {
    // SAFETY: attached; the object is held while its repr may run Python code. The repr is ours, and its UTF-8 lives as long as it.
    unsafe {
        let _held = Owned::of(object);
        if int::is_huge(object) {
            return "an int too long to show".to_owned();
        }
        let Ok(repr) = Owned::new(ffi::PyObject_Repr(object)) else {
            return type_name(object);
        };
        let mut size = 0;
        let bytes = ffi::PyUnicode_AsUTF8AndSize(repr.object(), &mut size);
        if bytes.is_null() {
            ffi::PyErr_Clear();
            return type_name(object);
        }
        let text =
            std::str::from_utf8_unchecked(std::slice::from_raw_parts(bytes.cast(), size as usize));
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}...", &text[..end]),
            None => text.to_owned(),
        }
    }
}
