//! Exception classes of the user's own error types, and their instances.

use std::error::Error;
use std::ffi::{CStr, CString};

use crate::conversion::Lift;
use crate::error::{described, ErrorConversion};
use crate::fault::{shown, Builtin, Fault};
use crate::ffi;
use crate::function::Function;
use crate::members;
use crate::module::{self, Constant};
use crate::object::{self, Object, Owned};
use crate::state::{at, gone, Context};

/// The builtin class that an exception class derives from.
pub type Base = Builtin;

/// An exception class of a module, as data.
pub struct ExceptionClass {
    /// The Python module it lives in: `demo.area`.
    pub module: &'static CStr,
    /// Its qualified name: `ParseError`, or `ParseError.Empty` for a variant.
    pub name: &'static CStr,
    /// The class it derives from and is an attribute of, as a place in `Module::exceptions` before this one.
    pub parent: Option<usize>,
    /// What it derives from without a parent.
    pub base: Base,
    /// Its docs.
    pub doc: &'static CStr,
    /// Methods: each gets the exception as its first argument.
    pub methods: &'static [Function],
    /// Static functions.
    pub functions: &'static [Function],
    /// Constants, which are made when all classes are.
    pub constants: &'static [Constant],
}

impl ExceptionClass {
    /// Makes the class, and hangs it into its parent.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn create(&self, earlier: &[Owned]) -> Result<Owned, Fault> {
        let qualified = self.name.to_bytes();
        let last = qualified
            .rsplit(|byte| *byte == b'.')
            .next()
            .unwrap_or(qualified);
        let path = CString::new([self.module.to_bytes(), b".", last].concat()).unwrap_or_default();
        // SAFETY: attached; the names are valid, a parent was made before its children, and each handle owns what it holds.
        unsafe {
            let parent = self.parent.map(|place| at(earlier, place)).transpose()?;
            let base = parent.unwrap_or_else(|| self.base.class());
            let dict = Owned::new(ffi::PyDict_New())?;
            let name = Owned::new(ffi::PyUnicode_FromStringAndSize(
                self.name.as_ptr(),
                qualified.len() as isize,
            ))?;
            done(ffi::PyDict_SetItemString(
                dict.object(),
                c"__qualname__".as_ptr(),
                name.object(),
            ))?;
            let class = Owned::new(ffi::PyErr_NewExceptionWithDoc(
                path.as_ptr(),
                self.doc.as_ptr(),
                base,
                dict.object(),
            ))?;
            if let Some(parent) = parent {
                let attribute = CString::new(last).unwrap_or_default();
                done(ffi::PyObject_SetAttrString(
                    parent,
                    attribute.as_ptr(),
                    class.object(),
                ))?;
            }
            Ok(class)
        }
    }
}

impl ExceptionClass {
    /// Adds methods, functions and constants.
    ///
    /// # Safety
    /// The thread is attached; all classes of the module exist, and `class` was made of this definition.
    pub(crate) unsafe fn complete(
        &'static self,
        context: &Context,
        class: &Owned,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            members::add(context, self.module, class, self.methods, self.functions)?;
            module::add_constants(context, self.module, self.name, class, self.constants)
        }
    }
}

/// `-1` is the exception that a C function raised.
///
/// # Safety
/// The thread is attached.
pub(crate) unsafe fn done(result: std::ffi::c_int) -> Result<(), Fault> {
    if result < 0 {
        // SAFETY: attached, as the caller promises.
        return Err(unsafe { Fault::raised() });
    }
    Ok(())
}

/// Links of a chain that are followed; one that is a circle would never end.
const LONGEST_CHAIN: usize = 100;

/// The exception of an error, with the chain behind it as `__cause__`s.
#[cold]
pub(crate) fn fault_of<E: ErrorConversion>(error: &E::Value, context: &Context) -> Fault {
    let fault = E::fault(error, context);
    match E::source(error) {
        // SAFETY: errors are converted at the end of a call, attached and with nothing pending.
        Some(source) => unsafe { with_cause(fault, chain(source, context)) },
        None => fault,
    }
}

/// The exception of an error that nobody else needs, as [`fault_of`]; it may keep the error.
#[cold]
pub(crate) fn raise<E: ErrorConversion>(error: E::Value, context: &Context) -> Fault {
    let fault = fault_of::<E>(&error, context);
    E::keep(error, fault, context)
}

/// The first link as an exception, with the others as its `__cause__`s.
unsafe fn chain(first: &(dyn Error + 'static), context: &Context) -> Option<Owned> {
    let links = std::iter::successors(Some(first), |error: &&(dyn Error + 'static)| {
        (*error).source()
    })
    .take(LONGEST_CHAIN);
    let faults: Vec<Fault> = links.map(|error| described(error, context)).collect();
    faults.into_iter().rev().fold(None, |cause, fault| {
        // SAFETY: attached, and nothing is pending.
        let exception = unsafe { fault.into_exception() };
        // SAFETY: both are instances of exceptions.
        unsafe { set_cause(&exception, cause) };
        Some(exception)
    })
}

unsafe fn set_cause(exception: &Owned, cause: Option<Owned>) {
    if let Some(cause) = cause {
        // SAFETY: an instance of an exception; the function takes the reference to the cause.
        unsafe { ffi::PyException_SetCause(exception.object(), cause.into_object()) };
    }
}

unsafe fn with_cause(fault: Fault, cause: Option<Owned>) -> Fault {
    // SAFETY: as the caller promises: attached, and nothing is pending.
    unsafe {
        let exception = fault.into_exception();
        set_cause(&exception, cause);
        Fault::exception(exception)
    }
}

/// A new exception of a class that Python code can change, so that what it makes may be anything.
///
/// # Safety
/// The thread is attached; `class` is a valid object.
pub(crate) unsafe fn made(class: Object, message: Owned) -> Result<Owned, Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        let exception = object::call(class, &[message.object()])?;
        if object::has_flag(exception.object(), ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS) {
            return Ok(exception);
        }
        Err(Fault::builtin(
            Builtin::Type,
            format!(
                "calling {} should have returned an instance of BaseException, not {}",
                shown(class),
                shown(exception.object())
            ),
        ))
    }
}

/// An exception that is being put together.
pub struct Exception {
    message: String,
    attributes: Vec<(&'static CStr, Result<Owned, Fault>)>,
}

impl Exception {
    /// An exception with that text.
    #[cold]
    pub fn new(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            attributes: Vec::new(),
        }
    }

    /// Gives it an attribute, which lives in the instance's `__dict__`.
    #[cold]
    pub fn attribute<'a, C: Lift>(
        mut self,
        context: &Context,
        name: &'static CStr,
        value: C::Value<'a>,
    ) -> Self {
        // SAFETY: errors are converted at the end of a call, attached.
        let value = unsafe { C::lift(value, context).and_then(|object| Owned::new(object)) };
        self.attributes.push((name, value));
        self
    }

    /// The fault that raises it as an instance of the class at that place of `Module::exceptions`.
    #[cold]
    pub fn raise(self, context: &Context, class: usize) -> Fault {
        // SAFETY: errors are converted at the end of a call, attached.
        match unsafe { self.instance(context, class) } {
            Ok(exception) => Fault::exception(exception),
            Err(fault) => fault,
        }
    }

    unsafe fn instance(self, context: &Context, class: usize) -> Result<Owned, Fault> {
        // SAFETY: attached; each handle owns what it holds.
        unsafe {
            let class = at(&context.state().ok_or_else(gone)?.exceptions, class)?;
            let message = object::text(&self.message)?;
            let exception = made(class, message)?;
            for (name, value) in self.attributes {
                done(ffi::PyObject_SetAttrString(
                    exception.object(),
                    name.as_ptr(),
                    value?.object(),
                ))?;
            }
            Ok(exception)
        }
    }
}
