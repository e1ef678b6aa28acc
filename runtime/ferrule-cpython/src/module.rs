//! What a module offers, as data, and how it comes into being.

use std::ffi::{c_int, CStr, CString};
use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::class::{self, ClassDefinition};
use crate::enumeration::EnumDefinition;
use crate::error::Downcast;
use crate::exception::{done, ExceptionClass};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::function::Function;
use crate::gate::belongs_to_python;
use crate::literal::Literal;
use crate::object::{self, Object, Owned};
use crate::owners::Owners;
use crate::panic;
use crate::state::{self, at, gone, Context, State};
use crate::submodule;

/// A whole module.
pub struct Module {
    /// The names of all parameters.
    pub names: &'static [&'static str],
    /// The default arguments.
    pub defaults: &'static [Literal],
    /// The exception classes, parents before children.
    pub exceptions: &'static [ExceptionClass],
    /// The classes, bases before their variants.
    pub classes: &'static [&'static ClassDefinition],
    /// The enums without data.
    pub enums: &'static [&'static EnumDefinition],
    /// One for each own error type that is a std `Error`.
    pub downcasts: &'static [Downcast],
    /// The name of the class of panics: `PanicError`, or another when the crate has a `PanicError` of its own.
    pub panic_error: &'static CStr,
    /// What stands in the module.
    pub root: &'static Namespace,
}

/// What stands in one module.
pub struct Namespace {
    /// The last part of its name.
    pub name: &'static CStr,
    /// Its docs.
    pub doc: &'static CStr,
    /// Its functions.
    pub functions: &'static [Function],
    /// Its constants.
    pub constants: &'static [Constant],
    /// Its exception classes: name and place in `Module::exceptions`.
    pub exceptions: &'static [(&'static CStr, usize)],
    /// Its classes: name and place in `Module::classes`.
    pub classes: &'static [(&'static CStr, usize)],
    /// Its enums without data: name and place in `Module::enums`.
    pub enums: &'static [(&'static CStr, usize)],
    /// The modules inside.
    pub modules: &'static [&'static Namespace],
    /// Names for what stands elsewhere.
    pub aliases: &'static [Alias],
}

/// A constant; its value is made when the module is.
pub struct Constant {
    /// Its name.
    pub name: &'static CStr,
    /// Makes its value, a new reference. The thread is attached.
    pub value: unsafe fn(&Context) -> Result<Object, Fault>,
}

impl Constant {
    /// Makes the value, which borrows from nothing that could go.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn make(&self, context: &Context) -> Result<Object, Fault> {
        let none = Owners::default();
        // SAFETY: as the caller promises; constants are `'static`.
        unsafe { (self.value)(&context.with(&none)) }
    }
}

/// Another name for something in the module.
pub struct Alias {
    /// The name.
    pub name: &'static CStr,
    /// The way to it from the root: `[c"area", c"scale"]`.
    pub target: &'static [&'static CStr],
}

/// A module object that was made for a namespace.
pub(crate) struct Built {
    pub namespace: &'static Namespace,
    pub module: Owned,
    pub name: Owned,
}

impl Module {
    /// Fills a new module object: 0, or -1 with an exception.
    ///
    /// # Safety
    /// CPython calls the exec slot of a `Definition` with its new module.
    pub unsafe fn exec(&'static self, module: Object) -> c_int {
        ferrule_core::install(belongs_to_python);
        // SAFETY: CPython's module, as the caller promises.
        let context = unsafe { Context::new(module) };
        // SAFETY: attached, as every exec slot.
        let outcome = catch_unwind(AssertUnwindSafe(|| unsafe { self.fill(&context) }));
        // SAFETY: attached.
        unsafe {
            match outcome.unwrap_or_else(|payload| Err(panic::fault(payload, &context))) {
                Ok(()) => 0,
                Err(fault) => {
                    fault.raise("");
                    -1
                }
            }
        }
    }

    /// Everything that can fail comes before the submodules are registered, so that a failed import leaves nothing behind.
    unsafe fn fill(&'static self, context: &Context) -> Result<(), Fault> {
        // SAFETY: attached, as the caller promises.
        unsafe {
            let name = Owned::new(ffi::PyModule_GetNameObject(context.module()))?;
            state::install(context.module(), self.state(context, &name)?)?;
            self.create_enums(context)?;
            self.complete_classes(context)?;
            let panic = context
                .state()
                .and_then(|state| state.panic.as_ref())
                .ok_or_else(gone)?;
            add(context.module(), self.panic_error, panic.object())?;
            let mut built = vec![Built {
                namespace: self.root,
                module: Owned::of(context.module()),
                name,
            }];
            build_submodules(&mut built)?;
            for one in &built {
                one.namespace.fill(context, one)?;
            }
            for one in &built {
                one.namespace.add_aliases(context, one)?;
            }
            submodule::register(&built)
        }
    }

    /// Enums are made of what a state imports, so it is there.
    unsafe fn create_enums(&self, context: &Context) -> Result<(), Fault> {
        for definition in self.enums {
            // SAFETY: attached, as the caller promises. Making an enum runs Python code, so the list is borrowed only after it.
            unsafe {
                let known = definition.create(context)?;
                state::add_enum(context.module(), known)?;
            }
        }
        Ok(())
    }

    /// What a class has inside may be instances of others, so all of them exist by now.
    unsafe fn complete_classes(&self, context: &Context) -> Result<(), Fault> {
        // SAFETY: attached, as the caller promises; nothing takes the state from a module that is being executed.
        unsafe {
            let State {
                classes,
                enums,
                exceptions,
                ..
            } = context.state().ok_or_else(gone)?;
            for (definition, class) in self.exceptions.iter().zip(exceptions) {
                definition.complete(context, class)?;
            }
            for (definition, known) in self.enums.iter().zip(enums) {
                definition.complete(context, &known.class)?;
            }
            for (definition, class) in self.classes.iter().zip(classes) {
                definition.complete(context, class)?;
            }
            let is_base =
                |place: usize| self.classes.iter().any(|other| other.parent == Some(place));
            for (place, class) in classes.iter().enumerate() {
                if is_base(place) {
                    class::close(context, class)?;
                }
                class::seal(class, is_base(place));
            }
        }
        Ok(())
    }

    unsafe fn state(&self, context: &Context, name: &Owned) -> Result<State, Fault> {
        let mut state = State::default();
        state.downcasts = self.downcasts;
        // SAFETY: attached, as the caller promises.
        unsafe {
            for name in self.names {
                state.names.push(interned(name)?);
            }
            for literal in self.defaults {
                state.defaults.push(literal.object()?);
            }
            for class in self.exceptions {
                let class = class.create(&state.exceptions)?;
                state.exceptions.push(class);
            }
            for definition in self.classes {
                let class = definition.create(context, &state.classes)?;
                state.classes.push(class);
            }
            state.panic = Some(panic_class(self.panic_error, name)?);
        }
        Ok(state)
    }
}

impl Namespace {
    unsafe fn fill(&self, context: &Context, built: &Built) -> Result<(), Fault> {
        let module = built.module.object();
        // SAFETY: attached, as the caller promises; each handle owns what it holds.
        unsafe {
            for function in self.functions {
                let object = function.object(context, &built.name)?;
                add(module, function.name(), object.object())?;
            }
            for constant in self.constants {
                match constant.make(context) {
                    Ok(value) => add(module, constant.name, Owned::new(value)?.object())?,
                    Err(fault) => missing(&built.name, constant.name, fault)?,
                }
            }
            let state = context.state().ok_or_else(gone)?;
            for (name, place) in self.exceptions {
                add(module, name, at(&state.exceptions, *place)?)?;
            }
            for (name, place) in self.enums {
                let known = state.enums.get(*place).ok_or_else(gone)?;
                add(module, name, known.class.object())?;
            }
            for (name, place) in self.classes {
                add(module, name, at(&state.classes, *place)?)?;
            }
        }
        Ok(())
    }

    unsafe fn add_aliases(&self, context: &Context, built: &Built) -> Result<(), Fault> {
        for alias in self.aliases {
            // SAFETY: attached, as the caller promises.
            unsafe {
                let mut target = Owned::of(context.module());
                for name in alias.target {
                    target =
                        Owned::new(ffi::PyObject_GetAttrString(target.object(), name.as_ptr()))?;
                }
                add(built.module.object(), alias.name, target.object())?;
            }
        }
        Ok(())
    }
}

/// Adds the constants of a class; one whose value Python cannot express is left out, with a warning.
///
/// # Safety
/// The thread is attached; all classes of the module exist.
pub(crate) unsafe fn add_constants(
    context: &Context,
    home: &CStr,
    name: &CStr,
    class: &Owned,
    constants: &[Constant],
) -> Result<(), Fault> {
    for constant in constants {
        // SAFETY: attached, as the caller promises; each handle owns what it holds.
        unsafe {
            match constant.make(context) {
                Ok(value) => done(ffi::PyObject_SetAttrString(
                    class.object(),
                    constant.name.as_ptr(),
                    Owned::new(value)?.object(),
                ))?,
                Err(fault) => {
                    let owner = [home.to_bytes(), b".", name.to_bytes()].concat();
                    let owner = object::text(&String::from_utf8_lossy(&owner))?;
                    missing(&owner, constant.name, fault)?;
                }
            }
        }
    }
    Ok(())
}

/// Warns of a constant whose value Python cannot express, and which the module does without.
unsafe fn missing(module: &Owned, name: &CStr, fault: Fault) -> Result<(), Fault> {
    // SAFETY: attached, as the caller promises, and nothing is pending; the class is a static of the interpreter.
    unsafe {
        let reason = fault.into_exception();
        if ffi::PyErr_GivenExceptionMatches(reason.object(), ffi::PyExc_Exception) == 0 {
            return Err(Fault::exception(reason));
        }
        let reason = Owned::new(ffi::PyObject_Str(reason.object()))?;
        let mut message = Vec::new();
        for part in [module, &reason] {
            message.push(ffi::PyUnicode_AsUTF8AndSize(part.object(), &mut 0));
        }
        let [module, reason] = message[..] else {
            return Ok(());
        };
        if module.is_null() || reason.is_null() {
            return Err(Fault::raised());
        }
        let message = [
            CStr::from_ptr(module).to_bytes(),
            b".",
            name.to_bytes(),
            b" is left out: ",
            CStr::from_ptr(reason).to_bytes(),
        ];
        let message = CString::new(message.concat()).unwrap_or_default();
        done(ffi::PyErr_WarnEx(
            ffi::PyExc_RuntimeWarning,
            message.as_ptr(),
            1,
        ))
    }
}

/// Makes the module objects of all namespaces below those in the list, breadth first, and puts each into its parent.
unsafe fn build_submodules(built: &mut Vec<Built>) -> Result<(), Fault> {
    let mut next = 0;
    while next < built.len() {
        for namespace in built[next].namespace.modules {
            // SAFETY: attached, as the caller promises.
            let one = unsafe { submodule::create(namespace, &built[next], &built[0])? };
            // SAFETY: both are modules.
            unsafe {
                add(
                    built[next].module.object(),
                    namespace.name,
                    one.module.object(),
                )?
            };
            built.push(one);
        }
        next += 1;
    }
    Ok(())
}

/// `module.name = value`
///
/// # Safety
/// The thread is attached; `module` is a module object.
pub(crate) unsafe fn add(module: Object, name: &CStr, value: Object) -> Result<(), Fault> {
    // SAFETY: as the caller promises; a module has a dict, borrowed here.
    unsafe {
        done(ffi::PyDict_SetItemString(
            ffi::PyModule_GetDict(module),
            name.as_ptr(),
            value,
        ))
    }
}

unsafe fn interned(name: &str) -> Result<Owned, Fault> {
    // SAFETY: attached, as the caller promises; the function swaps our reference for one to the interned str.
    unsafe {
        let mut name = object::text(name)?.into_object();
        ffi::PyUnicode_InternInPlace(&mut name);
        Owned::new(name)
    }
}

/// `class PanicError(RuntimeError)` of this module.
unsafe fn panic_class(name: &CStr, module: &Owned) -> Result<Owned, Fault> {
    let doc = c"The Rust code panicked, which is a bug in it. file and line tell where.";
    // SAFETY: attached, as the caller promises.
    unsafe {
        let dict = Owned::new(ffi::PyDict_New())?;
        done(ffi::PyDict_SetItemString(
            dict.object(),
            c"__module__".as_ptr(),
            module.object(),
        ))?;
        for attribute in [c"file", c"line"] {
            done(ffi::PyDict_SetItemString(
                dict.object(),
                attribute.as_ptr(),
                object::none(),
            ))?;
        }
        let base = Builtin::Runtime.class();
        let path = CString::new([b"ferrule.", name.to_bytes()].concat()).unwrap_or_default();
        Owned::new(ffi::PyErr_NewExceptionWithDoc(
            path.as_ptr(),
            doc.as_ptr(),
            base,
            dict.object(),
        ))
    }
}
