//! `ordered-float`: float.

use std::marker::PhantomData;

use ferrule_cpython::conversion::Floating;
use ferrule_cpython::shim::*;

/// `OrderedFloat<f32>` or `OrderedFloat<f64>`
pub struct OrderedFloat<T>(PhantomData<T>);

impl<T: Floating> Conversion for OrderedFloat<T> {
    type Value<'a> = ordered_float::OrderedFloat<T>;
}

// SAFETY: the value is a plain one; what is quiet is what the number is read of.
unsafe impl<T: Floating> Lower for OrderedFloat<T> {
    const EXPECTED: &'static str = "float";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(
        object: Object,
        scope: &'a Scope,
    ) -> Result<ordered_float::OrderedFloat<T>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Float::<T>::lower(object, scope).map(ordered_float::OrderedFloat) }
    }

    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Float::<T>::is_quiet(object) }
    }
}

impl<T: Floating> Lift for OrderedFloat<T> {
    unsafe fn lift<'a>(
        value: ordered_float::OrderedFloat<T>,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Float::<T>::lift(value.0, context) }
    }
}

/// `NotNan<f32>` or `NotNan<f64>`
pub struct NotNan<T>(PhantomData<T>);

/// The two types, not by a bound: what `NotNan::new` asks of its number differs between versions.
macro_rules! not_nan {
    ($($type:ident)*) => {$(
        impl Conversion for NotNan<$type> {
            type Value<'a> = ordered_float::NotNan<$type>;
        }

        // SAFETY: as for `OrderedFloat`.
        unsafe impl Lower for NotNan<$type> {
            const EXPECTED: &'static str = "float that is not NaN";
            const BORROWS: bool = false;

            unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<ordered_float::NotNan<$type>, Fault> {
                // SAFETY: the caller's promise is the same.
                let value = unsafe { c::Float::<$type>::lower(object, scope)? };
                ordered_float::NotNan::new(value).map_err(|_| Fault::value("expected float that is not NaN, got nan"))
            }

            unsafe fn is_quiet(object: Object) -> bool {
                // SAFETY: the caller's promise is the same.
                unsafe { c::Float::<$type>::is_quiet(object) }
            }
        }

        impl Lift for NotNan<$type> {
            unsafe fn lift<'a>(value: ordered_float::NotNan<$type>, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { c::Float::<$type>::lift(value.into_inner(), context) }
            }
        }
    )*};
}

not_nan! { f32 f64 }
