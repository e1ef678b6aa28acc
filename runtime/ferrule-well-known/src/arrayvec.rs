//! `arrayvec`: lists, text and bytes that are not too long.

use std::marker::PhantomData;

use ferrule_cpython::shim::*;

/// More than there is room for.
#[cold]
fn too_many(what: &str, most: usize, count: usize) -> Fault {
    Fault::value(format!("expected at most {most} {what}, got {count}"))
}

/// `ArrayVec<T, N>`
pub struct ArrayVec<C, const N: usize>(PhantomData<C>);

impl<C: Conversion, const N: usize> Conversion for ArrayVec<C, N> {
    type Value<'a> = arrayvec::ArrayVec<C::Value<'a>, N>;
}

// SAFETY: the vector owns values of `C` and borrows where they do.
unsafe impl<C: Lower, const N: usize> Lower for ArrayVec<C, N> {
    const EXPECTED: &'static str = c::Vec::<C>::EXPECTED;
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let values = unsafe { c::Vec::<C>::lower(object, scope)? };
        if values.len() > N {
            return Err(too_many("items", N, values.len()));
        }
        Ok(values.into_iter().collect())
    }
}

impl<C: Lift, const N: usize> Lift for ArrayVec<C, N> {
    const LENDS: bool = C::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Vec::<C>::lift(value.into_iter().collect(), context) }
    }
}

/// `ArrayVec<u8, N>`
pub struct ByteArrayVec<const N: usize>;

impl<const N: usize> Conversion for ByteArrayVec<N> {
    type Value<'a> = arrayvec::ArrayVec<u8, N>;
}

// SAFETY: the value is a copy.
unsafe impl<const N: usize> Lower for ByteArrayVec<N> {
    const EXPECTED: &'static str = c::Bytes::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let bytes = unsafe { c::Bytes::lower(object, scope)? };
        bytes
            .try_into()
            .map_err(|_| too_many("bytes", N, bytes.len()))
    }
}

impl<const N: usize> Lift for ByteArrayVec<N> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Bytes::lift(&value, context) }
    }
}

/// `ArrayString<N>`
pub struct ArrayString<const N: usize>;

impl<const N: usize> Conversion for ArrayString<N> {
    type Value<'a> = arrayvec::ArrayString<N>;
}

// SAFETY: the value is a copy.
unsafe impl<const N: usize> Lower for ArrayString<N> {
    const EXPECTED: &'static str = c::Str::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let text = unsafe { c::Str::lower(object, scope)? };
        let fault = |_| too_many("bytes of UTF-8", N, text.len());
        arrayvec::ArrayString::from(text).map_err(fault)
    }
}

impl<const N: usize> Lift for ArrayString<N> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Str::lift(value.as_str(), context) }
    }
}
