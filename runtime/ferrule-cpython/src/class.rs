//! Classes: Rust types with a type object in every module that offers them.
//!
//! A class is described by a static [`ClassDefinition`]. Each module makes its own type object of it (heap types, so that interpreters share nothing), and keeps
//! it in its state under the class's place.

use std::ffi::{c_int, c_uint, c_void, CStr, CString};
use std::ptr::null_mut;

use crate::construct;
use crate::exception::done;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::function::{Entry, Function};
use crate::instance::{Layout, WEAK_OFFSET};
use crate::method::MethodTable;
use crate::module::{self, Constant};
use crate::object::{self, Object, Owned};
use crate::property::PropertyTable;
use crate::slot::Slot;
use crate::state::{at, gone, Context};

/// A Rust type whose values live in Python objects. The shim implements it for a zero-sized type of its own.
///
/// # Safety
/// `definition()` always returns the same static, which no other `Class` returns, and whose layout is `Layout::of::<Self>()`, as is that of all variants.
/// Variants have the methods of their base. [`Class::BORROWS`] is true where the type has a lifetime. [`Class::SEND`] and [`Class::SYNC`] are true only where `Value` is `Send` and `Sync`, as `is_send!` and `is_sync!` tell.
pub unsafe trait Class: 'static {
    /// The Rust type.
    type Value: 'static;

    /// Its name, as it stands in errors: `Point`.
    const NAME: &'static str;
    /// Its place in `Module::classes`.
    const PLACE: usize;
    /// Whether values may be used on every thread.
    const SEND: bool;
    /// Whether several threads may share a value without the GIL.
    const SYNC: bool;
    /// Whether it is an enum with data, whose instances are of a class per variant.
    const VARIANTS: bool = false;
    /// Whether the type has a lifetime, so that its instances keep what their values borrow from; `Value` says `'static`.
    const BORROWS: bool = false;
    /// Whether there are views of values of the type: instances that refer to a value inside of another one.
    const VIEWED: bool = false;

    /// The class as data.
    fn definition() -> &'static ClassDefinition;

    /// The place of the class that an instance with this value has: for an enum with data that of the variant.
    #[inline(always)]
    fn place(_value: &Self::Value) -> usize {
        Self::PLACE
    }
}

/// Whether a type is `Send`, as a constant that rustc decides.
#[macro_export]
macro_rules! is_send {
    ($type:ty) => {{
        $crate::implements!($type: ::std::marker::Send)
    }};
}

/// Whether a type is `Sync`, as a constant that rustc decides.
#[macro_export]
macro_rules! is_sync {
    ($type:ty) => {{
        $crate::implements!($type: ::std::marker::Sync)
    }};
}

/// Whether a type implements a trait: an inherent constant, which is there only if it does, goes before that of a trait which all types have.
#[doc(hidden)]
#[macro_export]
macro_rules! implements {
    ($type:ty : $trait:path) => {{
        trait Otherwise {
            const ANSWER: bool = false;
        }
        impl<T: ?Sized> Otherwise for T {}
        struct Asked<T: ?Sized>(::std::marker::PhantomData<T>);
        #[allow(dead_code)]
        impl<T: ?Sized + $trait> Asked<T> {
            const ANSWER: bool = true;
        }
        <Asked<$type>>::ANSWER
    }};
}

/// A class of a module, as data.
pub struct ClassDefinition {
    /// The Python module it lives in: `demo.area`.
    pub module: &'static CStr,
    /// Its qualified name: `Point`, or `Shape.Circle` for a variant.
    pub name: &'static CStr,
    /// Its docs, which begin with the signature for `inspect`: `Point(x, y)\n--\n\nDocs.`
    pub doc: &'static CStr,
    /// `Layout::of::<PointClass>()`
    pub layout: Layout,
    /// For a variant the class that it derives from and is an attribute of, as a place in `Module::classes` before this one.
    pub parent: Option<usize>,
    /// What a call of the class does; without it the class cannot be instantiated from Python.
    pub constructor: Option<ffi::vectorcallfunc>,
    /// Its methods and class methods.
    pub methods: MethodTable,
    /// Its properties.
    pub properties: PropertyTable,
    /// Its special methods.
    pub slots: &'static [Slot],
    /// Its static functions, which are called like functions of the module.
    pub functions: &'static [Function],
    /// Its constants, which are made when all classes are.
    pub constants: &'static [Constant],
    /// `__match_args__`
    pub match_args: Option<&'static [&'static CStr]>,
}

impl ClassDefinition {
    /// Makes the type object, and hangs it into its parent. It can still be changed until [`ClassDefinition::complete`].
    ///
    /// # Safety
    /// The thread is attached; `context` is of the module that is being executed.
    pub(crate) unsafe fn create(
        &self,
        context: &Context,
        earlier: &[Owned],
    ) -> Result<Owned, Fault> {
        let qualified = self.name.to_bytes();
        let last = qualified
            .rsplit(|byte| *byte == b'.')
            .next()
            .unwrap_or(qualified);
        let path = CString::new([self.module.to_bytes(), b".", last].concat()).unwrap_or_default();
        let path = kept(path);
        let mut slots = self.slots();
        let mut spec = ffi::PyType_Spec {
            name: path.as_ptr(),
            basicsize: self.layout.size,
            itemsize: 0,
            // A base has to say so when its variants are made; `complete` takes it back.
            flags: (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as c_uint,
            slots: slots.as_mut_ptr(),
        };
        // SAFETY: attached; the spec and what it points to live through the call, tables and functions forever. A type object is ours until it is sealed.
        unsafe {
            let parent = self.parent.map(|place| at(earlier, place)).transpose()?;
            let bases = match parent {
                Some(parent) => Some(object::tuple(&[parent])?),
                None => None,
            };
            let bases = bases.as_ref().map_or(null_mut(), Owned::object);
            let class = Owned::new(ffi::PyType_FromModuleAndSpec(
                context.module(),
                &mut spec,
                bases,
            ))?;
            let this = class.object().cast::<ffi::PyTypeObject>();
            (*this).tp_weaklistoffset = WEAK_OFFSET;
            (*this).tp_vectorcall = self
                .constructor
                .map_or(std::ptr::null(), |constructor| constructor as *const c_void);
            set(&class, c"__module__", &object::text_of(self.module)?)?;
            set(&class, c"__qualname__", &object::text_of(self.name)?)?;
            if let Some(names) = self.match_args {
                let names = names.iter().map(|name| object::text_of(name));
                let names = names.collect::<Result<Vec<_>, _>>()?;
                let names: Vec<Object> = names.iter().map(Owned::object).collect();
                set(&class, c"__match_args__", &object::tuple(&names)?)?;
            }
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

    fn slots(&self) -> Vec<ffi::PyType_Slot> {
        let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
        let mut slots = vec![
            slot(ffi::Py_tp_dealloc, self.layout.dealloc as *mut c_void),
            slot(ffi::Py_tp_new, construct::new as *mut c_void),
            slot(ffi::Py_tp_doc, self.doc.as_ptr().cast_mut().cast()),
            slot(ffi::Py_tp_methods, self.methods.pointer().cast()),
            slot(ffi::Py_tp_getset, self.properties.pointer().cast()),
        ];
        slots.extend(self.slots.iter().map(Slot::entry));
        slots.push(slot(0, null_mut()));
        slots
    }

    /// Adds static functions and constants.
    ///
    /// # Safety
    /// The thread is attached; all classes of the module exist, and `class` was made of this definition.
    pub(crate) unsafe fn complete(
        &'static self,
        context: &Context,
        class: &Owned,
    ) -> Result<(), Fault> {
        // SAFETY: attached, as the caller promises; each handle owns what it holds.
        unsafe {
            let module = object::text_of(self.module)?;
            for function in self.functions {
                let callable = function.object(context, &module)?;
                let callable = Owned::new(ffi::PyStaticMethod_New(callable.object()))?;
                set(class, function.name(), &callable)?;
            }
            module::add_constants(context, self.module, self.name, class, self.constants)?;
        }
        Ok(())
    }
}

/// What a class statement runs that names the base of variants as its base. A base that cannot have subclasses at all would be final, which type checkers do not
/// believe of the base of variants.
static CLOSED: Function = Function::new(
    c"__init_subclass__",
    c"__init_subclass__($module, cls, /)\n--\n\n",
    Entry::Keywords(refuse_subclass),
);

/// Gives the base of variants an `__init_subclass__` that refuses: there are no variants but those of Rust.
///
/// # Safety
/// The thread is attached; `class` is a type object of ours, not sealed yet.
pub(crate) unsafe fn close(context: &Context, class: &Owned) -> Result<(), Fault> {
    // SAFETY: attached, as the caller promises; each handle owns what it holds.
    unsafe {
        let module = object::text_of(c"ferrule")?;
        let callable = CLOSED.object(context, &module)?;
        let callable = Owned::new(ffi::PyClassMethod_New(callable.object()))?;
        set(class, CLOSED.name(), &callable)
    }
}

unsafe extern "C" fn refuse_subclass(
    _module: Object,
    arguments: *const Object,
    count: isize,
    _keywords: Object,
) -> Object {
    // SAFETY: CPython calls this with the new class, whose base is ours; every type has a name.
    unsafe {
        let name = match count {
            0 => None,
            _ => base_of(*arguments).map(|base| CStr::from_ptr((*base).tp_name).to_string_lossy()),
        };
        let name = name.as_deref().unwrap_or("the class");
        let message = format!(
            "{name} cannot be extended: it has the variants of the Rust enum, and no others"
        );
        Fault::builtin(Builtin::Runtime, message).raise("");
    }
    null_mut()
}

unsafe fn base_of(class: Object) -> Option<*mut ffi::PyTypeObject> {
    // SAFETY: a valid object; a type object has a base or null.
    unsafe {
        let is_type = object::has_flag(class, ffi::Py_TPFLAGS_TYPE_SUBCLASS);
        let base = if is_type {
            (*class.cast::<ffi::PyTypeObject>()).tp_base
        } else {
            null_mut()
        };
        (!base.is_null()).then_some(base)
    }
}

/// The class is complete: final unless it is the base of variants, and immutable where the version knows that.
///
/// # Safety
/// The thread is attached; `class` is a type object of ours, which nobody uses yet.
pub(crate) unsafe fn seal(class: &Owned, is_base: bool) {
    let class = class.object().cast::<ffi::PyTypeObject>();
    // SAFETY: as the caller promises.
    unsafe {
        if !is_base {
            (*class).tp_flags &= !ffi::Py_TPFLAGS_BASETYPE;
        }
        #[cfg(feature = "py310")]
        {
            (*class).tp_flags |= ffi::Py_TPFLAGS_IMMUTABLETYPE;
        }
        ffi::PyType_Modified(class);
    }
}

/// Before 3.12 a type does not copy its name, so it is given one for good.
fn kept(path: CString) -> KeptName {
    #[cfg(not(feature = "py312"))]
    {
        Box::leak(path.into_boxed_c_str())
    }
    #[cfg(feature = "py312")]
    {
        path
    }
}

#[cfg(not(feature = "py312"))]
type KeptName = &'static CStr;
#[cfg(feature = "py312")]
type KeptName = CString;

unsafe fn set(class: &Owned, name: &CStr, value: &Owned) -> Result<(), Fault> {
    // SAFETY: attached, as the callers promise.
    unsafe {
        done(ffi::PyObject_SetAttrString(
            class.object(),
            name.as_ptr(),
            value.object(),
        ))
    }
}

impl Context {
    /// The type object at that place of `Module::classes`, borrowed from the state.
    ///
    /// # Safety
    /// The thread is attached.
    #[inline]
    pub(crate) unsafe fn class(&self, place: usize) -> Result<*mut ffi::PyTypeObject, Fault> {
        // SAFETY: attached; the state lives as long as the module.
        let state = unsafe { self.state() }.ok_or_else(gone)?;
        at(&state.classes, place).map(Object::cast)
    }
}
