//! Enums without data: classes of Python's own `enum`, whose members stand for the variants.
//!
//! A member carries nothing of ours, so it is recognised by its class and found by identity. Methods are functions of the module that get the member as their first
//! argument (`instancemethod` binds it), because such a class has no place for a module.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

use std::ffi::CStr;
use std::marker::PhantomData;

use crate::conversion::{Conversion, Lift, Lower};
use crate::exception::done;
use crate::fault::Fault;
use crate::ffi;
use crate::function::Function;
use crate::members;
use crate::module::{self, Constant};
use crate::object::{self, new_reference, Object, Owned};
use crate::scope::Scope;
use crate::state::{at, gone, Context, Import};

/// An enum without data. The shim implements it for a zero-sized type of its own.
pub trait Enumeration: 'static {
    /// The Rust type.
    type Value: 'static;

    /// Its name, as it stands in errors: `Color`.
    const NAME: &'static str;
    /// Its place in `Module::enums`.
    const PLACE: usize;

    /// The variant's place in `EnumDefinition::members`.
    fn index(value: &Self::Value) -> usize;

    /// The variant at that place; none behind the last.
    fn value(index: usize) -> Option<Self::Value>;
}

/// An enum of a module, as data.
pub struct EnumDefinition {
    /// The Python module it lives in: `demo.area`.
    pub module: &'static CStr,
    /// Its name: `Color`.
    pub name: &'static CStr,
    /// Its docs.
    pub doc: &'static CStr,
    /// Its variants in the order of the source, with their discriminants; with discriminants it is an `IntEnum`.
    pub members: Members,
    /// Methods, special ones (`__str__`) included: each gets the member as its first argument.
    pub methods: &'static [Function],
    /// Static functions.
    pub functions: &'static [Function],
    /// Constants, which are made when all classes are.
    pub constants: &'static [Constant],
}

/// The members of an enum.
pub enum Members {
    /// `enum.Enum`, with values from 1.
    Plain(&'static [&'static CStr]),
    /// `enum.IntEnum`, with these discriminants in decimal: an `i128` and a `u128` fit.
    Int(&'static [(&'static CStr, &'static CStr)]),
}

/// A class that was made of a definition.
pub(crate) struct Enum {
    pub class: Owned,
    pub members: Vec<Owned>,
}

static ENUM: Import = Import {
    module: c"enum",
    name: c"Enum",
};
static INT_ENUM: Import = Import {
    module: c"enum",
    name: c"IntEnum",
};

impl EnumDefinition {
    /// Makes the class by the functional API: `IntEnum("Color", [("Red", 1), ...], module="demo")`.
    ///
    /// # Safety
    /// The thread is attached; `context` is of the module that is being executed.
    pub(crate) unsafe fn create(&self, _context: &Context) -> Result<Enum, Fault> {
        // SAFETY: attached; each handle owns what it holds.
        unsafe {
            let (base, names) = match self.members {
                Members::Plain(names) => (&ENUM, names.to_vec()),
                Members::Int(members) => {
                    (&INT_ENUM, members.iter().map(|(name, _)| *name).collect())
                }
            };
            let items = Owned::new(ffi::PyList_New(0))?;
            for (index, name) in names.iter().enumerate() {
                let value = match self.members {
                    Members::Plain(_) => Owned::new(ffi::PyLong_FromLongLong(index as i64 + 1))?,
                    Members::Int(members) => Owned::new(ffi::PyLong_FromString(
                        members[index].1.as_ptr(),
                        std::ptr::null_mut(),
                        10,
                    ))?,
                };
                let pair = object::tuple(&[object::text_of(name)?.object(), value.object()])?;
                done(ffi::PyList_Append(items.object(), pair.object()))?;
            }
            let name = object::text_of(self.name)?;
            let module = object::text_of(self.module)?;
            let keywords = Owned::new(ffi::PyDict_New())?;
            done(ffi::PyDict_SetItemString(
                keywords.object(),
                c"module".as_ptr(),
                module.object(),
            ))?;
            let arguments = [name.object(), items.object()];
            let class = Owned::new(ffi::PyObject_VectorcallDict(
                base.object()?.object(),
                arguments.as_ptr(),
                arguments.len(),
                keywords.object(),
            ))?;
            members::set(&class, c"__doc__", &object::text_of(self.doc)?)?;
            let members = names
                .iter()
                .map(|name| Owned::new(ffi::PyObject_GetAttrString(class.object(), name.as_ptr())));
            let members = members.collect::<Result<Vec<_>, _>>()?;
            Ok(Enum { class, members })
        }
    }

    /// Adds methods, functions and constants.
    ///
    /// # Safety
    /// The thread is attached; all classes of the module exist, and `class` was made of this definition.
    pub(crate) unsafe fn complete(
        &'static self,
        context: &Context,
        class: &Owned,
    ) -> Result<(), Fault> {
        // SAFETY: attached; each handle owns what it holds.
        unsafe {
            members::add(context, self.module, class, self.methods, self.functions)?;
            if self
                .methods
                .iter()
                .any(|method| method.name() == c"__str__")
            {
                // The format of an IntEnum is that of its number, unless it is told otherwise.
                let base = ENUM.object()?;
                let format = ffi::PyObject_GetAttrString(base.object(), c"__format__".as_ptr());
                members::set(class, c"__format__", &Owned::new(format)?)?;
            }
            module::add_constants(context, self.module, self.name, class, self.constants)?;
        }
        Ok(())
    }
}

/// An enum without data: its member.
pub struct EnumMember<K>(PhantomData<K>);

impl<K: Enumeration> Conversion for EnumMember<K> {
    type Value<'a> = K::Value;
}

// SAFETY: a value is made of an index, and borrows nothing. Nothing of Python runs.
unsafe impl<K: Enumeration> Lower for EnumMember<K> {
    const EXPECTED: &'static str = K::NAME;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<K::Value, Fault> {
        // SAFETY: attached, as the caller promises.
        unsafe {
            let state = scope.context().state().ok_or_else(gone)?;
            let known = state.enums.get(K::PLACE).ok_or_else(gone)?;
            if object::type_of(object) == known.class.object().cast() {
                let is_member = |member: &Owned| member.object() == object;
                if let Some(value) = known.members.iter().position(is_member).and_then(K::value) {
                    return Ok(value);
                }
            }
            Err(Fault::wrong_type(K::NAME, object))
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(_object: Object) -> bool {
        true
    }
}

impl<K: Enumeration> Lift for EnumMember<K> {
    unsafe fn lift<'a>(value: K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached, as the caller promises; the state holds the member.
        unsafe {
            let state = context.state().ok_or_else(gone)?;
            let known = state.enums.get(K::PLACE).ok_or_else(gone)?;
            at(&known.members, K::index(&value)).map(|member| new_reference(member))
        }
    }
}
