//! `uuid`: UUID of Python's `uuid`.

use ferrule_cpython::ffi;
use ferrule_cpython::object::{self, Owned};
use ferrule_cpython::shim::*;
use ferrule_cpython::state::Import;

static CLASS: Import = Import {
    module: c"uuid",
    name: c"UUID",
};

/// `Uuid`
pub struct Uuid;

impl Conversion for Uuid {
    type Value<'a> = uuid::Uuid;
}

// SAFETY: the value is a plain one.
unsafe impl Lower for Uuid {
    const EXPECTED: &'static str = "UUID";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<uuid::Uuid, Fault> {
        // SAFETY: attached; what is imported is a class, and the number is ours while it is read.
        unsafe {
            let class = CLASS.object()?;
            if ffi::PyType_IsSubtype(object::type_of(object), class.object().cast()) == 0 {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let number = Owned::new(ffi::PyObject_GetAttrString(object, c"int".as_ptr()))?;
            c::Int::<u128>::lower(number.object(), scope).map(uuid::Uuid::from_u128)
        }
    }
}

impl Lift for Uuid {
    unsafe fn lift<'a>(value: uuid::Uuid, context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; the arguments are ours during the call, whose parameters are hex, bytes, bytes_le, fields and int.
        unsafe {
            let number = Owned::new(c::Int::<u128>::lift(value.as_u128(), context)?)?;
            let none = object::none();
            object::call(
                CLASS.object()?.object(),
                &[none, none, none, none, number.object()],
            )
            .map(Owned::into_object)
        }
    }
}
