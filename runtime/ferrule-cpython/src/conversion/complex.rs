//! Complex numbers, as their two parts.

use std::marker::PhantomData;

use super::float::too_large;
use super::{Conversion, Float, Floating, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// The real and the imaginary part, of `f32` or `f64`.
pub struct Complex<T>(PhantomData<T>);

impl<T: Floating> Conversion for Complex<T> {
    type Value<'a> = (T, T);
}

/// Whether the object is a complex number or can be made one.
unsafe fn is_complex(object: Object) -> bool {
    // SAFETY: attached, and both types are valid; a type is an object.
    unsafe {
        let class = object::type_of(object);
        ffi::PyType_IsSubtype(class, &raw mut ffi::PyComplex_Type) != 0
            || ffi::PyObject_HasAttrString(class.cast(), c"__complex__".as_ptr()) != 0
    }
}

/// The parts of a complex number, or a number without an imaginary part.
///
/// # Safety
/// As for [`Lower::lower`].
unsafe fn parts(object: Object, scope: &Scope) -> Result<(f64, f64), Fault> {
    // SAFETY: attached; after a failure an exception is pending.
    unsafe {
        if is_complex(object) {
            let value = ffi::PyComplex_AsCComplex(object);
            return Fault::pending().map_or(Ok((value.real, value.imag)), Err);
        }
        match Float::<f64>::lower(object, scope) {
            Ok(real) => Ok((real, 0.0)),
            Err(fault) if fault.is_wrong_type() => Err(Fault::wrong_type("complex", object)),
            Err(fault) => Err(fault),
        }
    }
}

// SAFETY: the value is a plain one; an exact complex is read without calling anything.
unsafe impl<T: Floating> Lower for Complex<T> {
    const EXPECTED: &'static str = "complex";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<(T, T), Fault> {
        // SAFETY: the caller's promise is the same.
        let (real, imag) = unsafe { parts(object, scope)? };
        let narrow = |part| T::narrow(part).ok_or_else(|| too_large(part));
        Ok((narrow(real)?, narrow(imag)?))
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: `object` is valid.
        unsafe { object::is_exactly(object, &raw mut ffi::PyComplex_Type) }
    }
}

impl<T: Floating> Lift for Complex<T> {
    unsafe fn lift<'a>((real, imag): (T, T), _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe {
            Owned::new(ffi::PyComplex_FromDoubles(real.into(), imag.into())).map(Owned::into_object)
        }
    }
}
