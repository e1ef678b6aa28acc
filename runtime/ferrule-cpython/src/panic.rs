//! Panics as exceptions.

use std::any::Any;
use std::cell::Cell;

use ferrule_core::{Class, Panic, Place};

use crate::exception::made;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::gate;
use crate::object::{self, Object, Owned};
use crate::state::{gone, Context};

/// The fault of a caught panic: a builtin class for what Python has one for, else the module's `PanicError`.
///
/// # Safety
/// The thread is attached.
#[cold]
pub(crate) unsafe fn fault(payload: Box<dyn Any + Send>, context: &Context) -> Fault {
    let payload = match payload.downcast::<Raised>() {
        Ok(raised) => return raised.into_fault(),
        Err(payload) => payload,
    };
    let panic = ferrule_core::caught(payload);
    let text = text(&panic);
    match panic.class {
        Class::Overflow => Fault::builtin(Builtin::Overflow, text),
        Class::Index => Fault::builtin(Builtin::Index, text),
        Class::DivisionByZero => Fault::builtin(Builtin::ZeroDivision, text),
        // SAFETY: attached, as the caller promises.
        Class::Other => match unsafe { instance(&text, panic.place.as_ref(), context) } {
            Ok(exception) => Fault::exception(exception),
            Err(fault) => fault,
        },
    }
}

/// `message (src/lib.rs:3)`
fn text(panic: &Panic) -> String {
    match &panic.place {
        Some(place) => format!("{} ({}:{})", panic.message, place.file, place.line),
        None => panic.message.clone(),
    }
}

/// A `PanicError` with `file` and `line`, which are None where nobody knows.
unsafe fn instance(text: &str, place: Option<&Place>, context: &Context) -> Result<Owned, Fault> {
    // SAFETY: attached, as the caller promises; every handle owns what it holds.
    unsafe {
        let class = context
            .state()
            .and_then(|state| state.panic.as_ref())
            .ok_or_else(gone)?
            .object();
        let text = object::text(text)?;
        let exception = made(class, text)?;
        let (file, line) = match place {
            Some(place) => (
                object::text(&place.file)?,
                Owned::new(ffi::PyLong_FromLongLong(place.line.into()))?,
            ),
            None => (Owned::of(object::none()), Owned::of(object::none())),
        };
        set(&exception, c"file", file.object())?;
        set(&exception, c"line", line.object())?;
        Ok(exception)
    }
}

unsafe fn set(exception: &Owned, name: &std::ffi::CStr, value: Object) -> Result<(), Fault> {
    // SAFETY: attached; all three are valid.
    if unsafe { ffi::PyObject_SetAttrString(exception.object(), name.as_ptr(), value) } != 0 {
        // SAFETY: attached.
        return Err(unsafe { Fault::raised() });
    }
    Ok(())
}

thread_local! {
    /// Exceptions on their way through Rust frames of this thread.
    static UNWINDING: Cell<usize> = const { Cell::new(0) };
}

/// An exception that unwinds the user's Rust code: no panic, so nothing is printed and nothing poisoned.
struct Raised(Option<Fault>);

// SAFETY: an exception is touched only by an attached thread: the drop attaches.
unsafe impl Send for Raised {}

impl Raised {
    fn into_fault(mut self) -> Fault {
        let fault = self.0.take();
        fault.unwrap_or_else(|| Fault::builtin(Builtin::Runtime, "the exception is gone"))
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        let _ = UNWINDING.try_with(|unwinding| unwinding.set(unwinding.get().saturating_sub(1)));
        if let Some(fault) = self.0.take() {
            gate::attached(|| drop(fault));
        }
    }
}

/// Whether a caught payload is an exception, not a panic.
pub(crate) fn is_raised(payload: &(dyn Any + Send)) -> bool {
    payload.is::<Raised>()
}

/// Whether what unwinds this thread is an exception, not a panic.
pub(crate) fn is_exception() -> bool {
    UNWINDING.try_with(Cell::get).unwrap_or(0) != 0
}

/// Leaves the user's Rust code with an exception, which comes out of the surrounding call unchanged.
#[cold]
pub(crate) fn unwind(fault: Fault) -> ! {
    UNWINDING.with(|unwinding| unwinding.set(unwinding.get() + 1));
    std::panic::resume_unwind(Box::new(Raised(Some(fault))))
}
