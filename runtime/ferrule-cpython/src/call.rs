//! One call of one function: arguments bound to parameters, converted, the user's function run, its result converted, everything given back.
//!
//! The path that matters is positional arguments in the exact number: it is inlined into the shim. Keywords, defaults and errors are out of line.

use std::any::Any;
use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::null_mut;

use crate::arguments::{bind, Heading};
use crate::conversion::{Lift, Lower};
use crate::error::ErrorConversion;
use crate::exception::{self, done};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::gate::Gate;
use crate::object::{decref, Object};
use crate::panic;
use crate::scope::Scope;
use crate::state::Context;

/// A function's name and parameters.
pub struct Signature<const N: usize> {
    name: &'static str,
    parameters: [Parameter; N],
}

impl<const N: usize> Signature<N> {
    /// The signature of the function that Python calls `name`.
    pub const fn new(name: &'static str, parameters: [Parameter; N]) -> Self {
        Self { name, parameters }
    }

    /// The function's name.
    #[inline(always)]
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// A parameter: its name, its place in `Module::names`, and what stands for a missing argument.
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: usize,
    pub(crate) missing: Missing,
}

/// What stands for a missing argument.
pub(crate) enum Missing {
    /// Nothing: it is an error.
    Refused,
    /// What the conversion says (`Lower::missing`), such as `None`.
    Converted,
    /// A place in `Module::defaults`.
    Default(usize),
}

impl Parameter {
    /// A parameter that every call must give.
    pub const fn required(name: &'static str, place: usize) -> Self {
        Self {
            name,
            place,
            missing: Missing::Refused,
        }
    }

    /// A parameter whose conversion knows a value for a missing argument.
    pub const fn optional(name: &'static str, place: usize) -> Self {
        Self {
            name,
            place,
            missing: Missing::Converted,
        }
    }

    /// A parameter with a default of `Module::defaults`.
    pub const fn with_default(name: &'static str, place: usize, default: usize) -> Self {
        Self {
            name,
            place,
            missing: Missing::Default(default),
        }
    }
}

/// A call that is going on.
///
/// Its parts lie apart on the stack, and cold paths get what they need by value: so the optimiser sees that a function of scalars never uses its scope, and leaves
/// it out (2.4 ns of 12).
pub struct Call<'c> {
    pub(crate) name: &'static str,
    pub(crate) scope: &'c Scope,
    context: &'c Context,
    gate: &'static Gate,
    parameters: &'static [Parameter],
}

impl<'c> Call<'c> {
    /// Converts the argument of the parameter at `index`; a null `object` is a missing one.
    ///
    /// # Safety
    /// The thread is attached; `object` is null or a valid object that outlives the call.
    #[inline(always)]
    pub unsafe fn lower<C: Lower>(
        &self,
        index: usize,
        object: Object,
    ) -> Result<C::Value<'c>, Fault> {
        if object.is_null() {
            return self.missing::<C>(index);
        }
        if C::IS_WRITTEN_BACK {
            let parameter = self.parameters.get(index);
            self.scope
                .set_parameter(parameter.map_or("", |parameter| parameter.name));
        }
        // SAFETY: as the caller promises.
        match unsafe { C::lower(object, self.scope) } {
            Ok(value) => Ok(value),
            Err(fault) => Err(blame(self.parameters, index, fault)),
        }
    }

    /// Copies what Python code could change, instead of lending it to Rust: one of the arguments lets Rust run such code.
    #[inline(always)]
    pub fn beside_code(&self) {
        self.scope.set_beside_code();
    }

    /// The value of an argument that was not passed.
    #[inline(always)]
    pub(crate) fn missing<'a, C: Lower>(&self, index: usize) -> Result<C::Value<'a>, Fault> {
        C::missing().ok_or_else(|| missing(self.parameters, index))
    }

    /// A call of a special method.
    #[inline(always)]
    pub(crate) fn of_slot<const N: usize>(
        scope: &'c Scope,
        context: &'c Context,
        gate: &'static Gate,
        signature: &'static Signature<N>,
    ) -> Self {
        Self {
            name: signature.name,
            scope,
            context,
            gate,
            parameters: &signature.parameters,
        }
    }

    /// A fault of the parameter at `index`.
    #[cold]
    pub(crate) fn blame(&self, index: usize, fault: Fault) -> Fault {
        blame(self.parameters, index, fault)
    }

    /// Runs the user's function, without the GIL when that pays.
    #[inline(always)]
    pub fn run<R>(&self, function: impl FnOnce() -> R) -> R {
        self.scope.enter();
        let _session = self.gate.enter(self.scope);
        function()
    }

    /// The value of a `Result`, or its error as a fault.
    #[inline(always)]
    pub fn ok<E: ErrorConversion, T>(&self, result: Result<T, E::Value>) -> Result<T, Fault> {
        match result {
            Ok(value) => Ok(value),
            Err(_) if E::SILENT => Err(Fault::builtin(
                Builtin::Runtime,
                format!("{}() failed, and says no more", self.scope.name()),
            )),
            Err(error) => Err(exception::raise::<E>(error, self.context)),
        }
    }

    /// Converts the result.
    ///
    /// # Safety
    /// The thread is attached.
    #[inline(always)]
    pub unsafe fn lift<'a, C: Lift>(&self, value: C::Value<'a>) -> Result<Object, Fault> {
        // SAFETY: as the caller promises. What the value borrows from was lowered by this call.
        unsafe {
            if C::LENDS {
                let owners = self.scope.owners();
                C::lift(value, &self.context.with(&owners))
            } else {
                C::lift(value, self.context)
            }
        }
    }

    /// Warns that the function is deprecated; a fault when the warning is turned into an error.
    ///
    /// # Safety
    /// The thread is attached.
    #[cold]
    pub unsafe fn deprecated(&self, message: &'static CStr) -> Result<(), Fault> {
        // SAFETY: attached; the class is a static of the interpreter. A C function has no frame, so level 1 is the caller's line.
        unsafe {
            done(ffi::PyErr_WarnEx(
                ffi::PyExc_DeprecationWarning,
                message.as_ptr(),
                1,
            ))
        }
    }

    /// The module that is being called.
    #[inline(always)]
    pub fn context(&self) -> &Context {
        self.context
    }
}

#[cold]
fn missing(parameters: &[Parameter], index: usize) -> Fault {
    let name = parameters.get(index).map_or("", |parameter| parameter.name);
    Fault::builtin(
        Builtin::Type,
        format!("missing required argument: '{name}'"),
    )
}

#[cold]
fn blame(parameters: &[Parameter], index: usize, fault: Fault) -> Fault {
    match parameters.get(index) {
        Some(parameter) => fault.in_parameter(parameter.name),
        None => fault,
    }
}

/// Calls a function of `METH_FASTCALL | METH_KEYWORDS`: binds the arguments and runs `body`, which converts and calls.
///
/// # Safety
/// CPython calls: the thread is attached, and the arguments are those that it passed for this convention to a function of `module`.
#[inline(always)]
pub unsafe fn call<const N: usize>(
    signature: &'static Signature<N>,
    gate: &'static Gate,
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
    body: impl FnOnce(&Call<'_>, [Object; N]) -> Result<Object, Fault>,
) -> Object {
    // SAFETY: CPython passed the module that the function was made with.
    let context = unsafe { Context::new(module) };
    let scope = Scope::of_function(context, signature.name);
    let call = Call {
        name: signature.name,
        scope: &scope,
        context: &context,
        gate,
        parameters: &signature.parameters,
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut bound = MaybeUninit::<[Object; N]>::uninit();
        let mut source = arguments.cast::<[Object; N]>();
        if count != N as isize || !keywords.is_null() {
            let heading = Heading {
                name: signature.name,
                parameters: &signature.parameters,
            };
            // SAFETY: CPython's arguments, as the caller promises.
            unsafe {
                bind(
                    &heading,
                    context,
                    arguments,
                    count,
                    keywords,
                    bound.write([null_mut(); N]),
                )?
            };
            source = bound.as_ptr();
        }
        // One place of call, so that the body is inlined. SAFETY: `N` arguments lie there: CPython's or the bound ones.
        body(&call, unsafe { *source })
    }));
    match outcome {
        Ok(Ok(object)) if !scope.is_used() => object,
        // SAFETY: attached; the body is over, and with it all borrows of the scope.
        outcome if scope.is_used() => unsafe { settle(signature.name, &scope, outcome) },
        // SAFETY: attached.
        outcome => unsafe { conclude(signature.name, context, outcome, Ok(())) },
    }
}

/// Calls a function of `METH_FASTCALL` that takes no arguments.
///
/// # Safety
/// As of [`call`].
#[inline(always)]
pub unsafe fn call_without_arguments(
    signature: &'static Signature<0>,
    gate: &'static Gate,
    module: Object,
    arguments: *const Object,
    count: isize,
    body: impl FnOnce(&Call<'_>) -> Result<Object, Fault>,
) -> Object {
    // SAFETY: as the caller promises; the convention has no keywords.
    unsafe {
        call(
            signature,
            gate,
            module,
            arguments,
            count,
            null_mut(),
            |call, []| body(call),
        )
    }
}

type Outcome = Result<Result<Object, Fault>, Box<dyn Any + Send>>;

/// The end of a call that borrowed something: gives back what the scope holds.
#[inline(never)]
unsafe fn settle(name: &'static str, scope: &Scope, outcome: Outcome) -> Object {
    let context = *scope.context();
    // SAFETY: attached, and the body is over. The panic is read first: what follows may panic too.
    unsafe {
        if let Err(payload) = &outcome {
            if !panic::is_raised(&**payload) {
                scope.set_panicked();
            }
        }
        let outcome = match (told(outcome, context), scope.take_raised()) {
            (Ok(object), Some(fault)) => {
                decref(object);
                Err(fault)
            }
            (outcome, raised) => raised.map_or(outcome, Err),
        };
        let finished = scope.finish();
        conclude(name, context, Ok(outcome), finished)
    }
}

/// A panic as the fault that it is.
unsafe fn told(outcome: Outcome, context: Context) -> Result<Object, Fault> {
    // SAFETY: attached, as the caller promises.
    outcome.unwrap_or_else(|payload| Err(unsafe { panic::fault(payload, &context) }))
}

/// The result, or null with an exception; if both the call and what was given back fail, the call's own failure is told.
#[cold]
#[inline(never)]
pub(crate) unsafe fn conclude(
    name: &'static str,
    context: Context,
    outcome: Outcome,
    finished: Result<(), Fault>,
) -> Object {
    // SAFETY: attached, as the caller promises; an object that is not returned is ours to drop.
    unsafe {
        let fault = match (told(outcome, context), finished) {
            (Ok(object), Ok(())) => return object,
            (Ok(object), Err(fault)) => {
                decref(object);
                fault
            }
            (Err(fault), _) => fault,
        };
        fault.raise(name);
        null_mut()
    }
}
