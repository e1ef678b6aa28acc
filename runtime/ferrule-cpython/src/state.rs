//! What a module keeps in the interpreter: interned names, default arguments, exception classes.
//!
//! It lives in the module object (`m_size` bytes that CPython zeroes), one per interpreter. Functions get the module as `self`, so they reach it through
//! [`Context`]; only cold paths do.

use std::cell::OnceCell;
use std::ffi::{c_int, c_void, CStr};
use std::ptr::null;

use crate::enumeration::Enum;
use crate::error::Downcast;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::owners::Owners;

/// The module that a call belongs to: found only when it is needed, so that a method which needs nothing of it pays nothing.
#[derive(Clone, Copy)]
pub struct Context {
    /// The module itself, one of its type objects, or an instance of one.
    anchor: Object,
    /// What instances of classes that borrow are made with; null where nobody says, and then none can be made.
    owners: *const Owners,
}

/// An attribute of a Python module that a conversion needs, such as `pathlib.Path`; looked up whenever it is needed, since others may replace it for a while.
pub struct Import {
    /// The module to import.
    pub module: &'static CStr,
    /// Its attribute.
    pub name: &'static CStr,
}

/// The objects of one module in one interpreter.
#[derive(Default)]
pub struct State {
    /// Parameter names, interned, as listed in `Module::names`.
    pub(crate) names: Vec<Owned>,
    /// Default arguments, as listed in `Module::defaults`.
    pub(crate) defaults: Vec<Owned>,
    /// Exception classes, as listed in `Module::exceptions`.
    pub(crate) exceptions: Vec<Owned>,
    /// Type objects, as listed in `Module::classes`.
    pub(crate) classes: Vec<Owned>,
    /// Enums, as listed in `Module::enums`.
    pub(crate) enums: Vec<Enum>,
    /// The class of lazy iterators, made on demand.
    pub(crate) iterator: OnceCell<Owned>,
    /// `PanicError`.
    pub(crate) panic: Option<Owned>,
    /// How own errors are recognised behind `dyn Error`, as listed in `Module::downcasts`.
    pub(crate) downcasts: &'static [Downcast],
    /// The C API of Python's `datetime`, null until it is needed: its types are the true ones, whoever replaces `datetime.datetime`.
    datetime: std::cell::Cell<*const ffi::PyDateTime_CAPI>,
}

impl Context {
    /// The context of a module that has a [`State`].
    ///
    /// # Safety
    /// `anchor` is the module object of a `Definition`, a type object that the module made, or an instance of such a type. It outlives the context.
    #[inline(always)]
    pub unsafe fn new(anchor: Object) -> Self {
        let owners = null();
        Self { anchor, owners }
    }

    /// The same context, for making instances that have these owners.
    ///
    /// # Safety
    /// The owners outlive the context, and are all that the values of those instances borrow from.
    #[inline(always)]
    pub(crate) unsafe fn with(self, owners: &Owners) -> Self {
        Self { owners, ..self }
    }

    /// The owners of an instance of a class that borrows.
    pub(crate) fn owners(&self) -> Result<Owners, Fault> {
        // SAFETY: null, or what outlives the context.
        let owners = unsafe { self.owners.as_ref() };
        owners.cloned().ok_or_else(without_owners)
    }

    /// The module object, borrowed; null after the collector has taken it from its types.
    #[inline]
    pub fn module(&self) -> Object {
        // SAFETY: one of the three, as `new` was promised.
        unsafe {
            let class = object::type_of(self.anchor);
            if class == &raw mut ffi::PyModule_Type {
                return self.anchor;
            }
            if object::has_flag(self.anchor, ffi::Py_TPFLAGS_TYPE_SUBCLASS) {
                return module_of(self.anchor.cast());
            }
            module_of(class)
        }
    }

    /// The module's state; none before its initialisation and after the collector cleared it.
    ///
    /// # Safety
    /// The thread is attached, and stays so while the reference lives.
    pub unsafe fn state(&self) -> Option<&State> {
        // SAFETY: the module is one of a `Definition`, whose memory holds null or our boxed state.
        unsafe { cell(self.module()).and_then(|cell| (*cell).as_deref()) }
    }

    /// The types of `datetime`.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn datetime(&self) -> Result<&ffi::PyDateTime_CAPI, Fault> {
        // SAFETY: attached; the reference does not outlive this call.
        let state = unsafe { self.state() }.ok_or_else(gone)?;
        if state.datetime.get().is_null() {
            // SAFETY: attached. A capsule of this name points to a struct that lives as long as the interpreter.
            unsafe {
                let found = ffi::PyCapsule_Import(c"datetime.datetime_CAPI".as_ptr(), 0);
                if found.is_null() {
                    return Err(Fault::raised());
                }
                state.datetime.set(found.cast());
            }
        }
        // SAFETY: as above.
        Ok(unsafe { &*state.datetime.get() })
    }
}

impl Import {
    /// The attribute, as it is now.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn object(&self) -> Result<Owned, Fault> {
        // SAFETY: attached; each handle owns what it holds, and `modules` is borrowed from the interpreter.
        unsafe {
            let modules = ffi::PyImport_GetModuleDict();
            let loaded = ffi::PyDict_GetItemString(modules, self.module.as_ptr());
            if !loaded.is_null() {
                let loaded = Owned::of(loaded);
                let found = ffi::PyObject_GetAttrString(loaded.object(), self.name.as_ptr());
                if let Ok(found) = Owned::new(found) {
                    return Ok(found);
                }
            }
            // Not there yet, or another thread is still importing it.
            let module = Owned::new(ffi::PyImport_ImportModule(self.module.as_ptr()))?;
            Owned::new(ffi::PyObject_GetAttrString(
                module.object(),
                self.name.as_ptr(),
            ))
        }
    }
}

/// The module that made a type; null if it is gone.
unsafe fn module_of(class: *mut ffi::PyTypeObject) -> Object {
    // SAFETY: a type of ours, as the caller promises. Contexts are used attached.
    unsafe {
        let module = ffi::PyType_GetModule(class);
        if module.is_null() {
            ffi::PyErr_Clear();
        }
        module
    }
}

/// The module was torn down, and somebody still calls into it.
#[cold]
pub(crate) fn gone() -> Fault {
    Fault::builtin(Builtin::Runtime, "the module is no longer loaded")
}

/// What may borrow is not made into an instance where its owners are not known.
#[cold]
fn without_owners() -> Fault {
    Fault::builtin(Builtin::Runtime, "a value that borrows cannot be kept here")
}

/// What the module's memory holds: null (none) as CPython zeroes it, or the state.
type Cell = Option<Box<State>>;

/// The size of the module's memory.
pub(crate) const SIZE: isize = size_of::<Cell>() as isize;

unsafe fn cell(module: Object) -> Option<*mut Cell> {
    if module.is_null() {
        return None;
    }
    // SAFETY: a module of a `Definition`; its memory is null before exec, else as large as a `Cell`, of which zeroes are `None`.
    let memory = unsafe { ffi::PyModule_GetState(module) }.cast::<Cell>();
    (!memory.is_null()).then_some(memory)
}

/// Puts the state into the module.
///
/// # Safety
/// The thread is attached; `module` is being executed.
pub(crate) unsafe fn install(module: Object, state: State) -> Result<(), Fault> {
    // SAFETY: as the caller promises; nobody borrows from a state that is not there yet.
    unsafe {
        let cell = cell(module).ok_or_else(gone)?;
        *cell = Some(Box::new(state));
    }
    Ok(())
}

/// Adds an enum to the state.
///
/// # Safety
/// The thread is attached; `module` is being executed, and nobody borrows from its enums.
pub(crate) unsafe fn add_enum(module: Object, known: Enum) -> Result<(), Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        let state = cell(module).and_then(|cell| (*cell).as_deref_mut());
        state.ok_or_else(gone)?.enums.push(known);
    }
    Ok(())
}

/// Visits what the state holds, for the cycle collector (`m_traverse`).
pub(crate) unsafe extern "C" fn traverse(
    module: Object,
    visit: ffi::visitproc,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: the collector calls this with a module of a `Definition`, while nothing runs that could change its state.
    unsafe {
        let context = Context::new(module);
        let Some(state) = context.state() else {
            return 0;
        };
        let lists = state
            .names
            .iter()
            .chain(&state.defaults)
            .chain(&state.exceptions)
            .chain(&state.classes)
            .chain(
                state
                    .enums
                    .iter()
                    .flat_map(|known| known.members.iter().chain([&known.class])),
            )
            .chain(state.iterator.get())
            .chain(&state.panic);
        for owned in lists {
            let result = visit(owned.object(), argument);
            if result != 0 {
                return result;
            }
        }
    }
    0
}

/// Gives up what the state holds (`m_clear`).
pub(crate) unsafe extern "C" fn clear(module: Object) -> c_int {
    // SAFETY: attached, as the collector is. The state is taken out first: what goes may run Python code.
    unsafe {
        if let Some(cell) = cell(module) {
            drop((*cell).take());
        }
    }
    0
}

/// The end of the module (`m_free`).
pub(crate) unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: CPython passes the module object.
    unsafe { clear(module.cast()) };
}

/// Borrowed from the list, with the fault that the module is gone.
pub(crate) fn at(list: &[Owned], index: usize) -> Result<Object, Fault> {
    list.get(index).map(Owned::object).ok_or_else(gone)
}
