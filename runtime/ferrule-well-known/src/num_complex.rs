//! `num-complex`: complex.

use std::marker::PhantomData;

use ferrule_cpython::conversion::Floating;
use ferrule_cpython::shim::*;

/// `Complex<f32>` or `Complex<f64>`
pub struct Complex<T>(PhantomData<T>);

impl<T: Floating> Conversion for Complex<T> {
    type Value<'a> = num_complex::Complex<T>;
}

// SAFETY: the value is a plain one; what is quiet is what the parts are read of.
unsafe impl<T: Floating> Lower for Complex<T> {
    const EXPECTED: &'static str = c::Complex::<T>::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(
        object: Object,
        scope: &'a Scope,
    ) -> Result<num_complex::Complex<T>, Fault> {
        // SAFETY: the caller's promise is the same.
        let (re, im) = unsafe { c::Complex::<T>::lower(object, scope)? };
        Ok(num_complex::Complex { re, im })
    }

    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Complex::<T>::is_quiet(object) }
    }
}

impl<T: Floating> Lift for Complex<T> {
    unsafe fn lift<'a>(value: num_complex::Complex<T>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Complex::<T>::lift((value.re, value.im), context) }
    }
}
