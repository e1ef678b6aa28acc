//! `smallvec`: lists and bytes.

use std::marker::PhantomData;

use ferrule_cpython::shim::*;
use smallvec::Array;

/// `SmallVec<A>` of values that `C` converts
pub struct SmallVec<C, A>(PhantomData<(C, A)>);

impl<C: Conversion, A: Array + 'static> Conversion for SmallVec<C, A> {
    type Value<'a> = smallvec::SmallVec<A>;
}

// SAFETY: the vector owns its values, which borrow from nothing, as they are of one type for all calls.
unsafe impl<C, A: Array + 'static> Lower for SmallVec<C, A>
where
    C: for<'v> Lower<Value<'v> = A::Item>,
{
    const EXPECTED: &'static str = c::Vec::<C>::EXPECTED;
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Vec::<C>::lower(object, scope).map(smallvec::SmallVec::from_vec) }
    }
}

impl<C, A: Array + 'static> Lift for SmallVec<C, A>
where
    C: for<'v> Lift<Value<'v> = A::Item>,
{
    const LENDS: bool = C::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Vec::<C>::lift(value.into_vec(), context) }
    }
}

/// `SmallVec<A>` of bytes
pub struct ByteSmallVec<A>(PhantomData<A>);

impl<A: Array<Item = u8> + 'static> Conversion for ByteSmallVec<A> {
    type Value<'a> = smallvec::SmallVec<A>;
}

// SAFETY: the value is a copy.
unsafe impl<A: Array<Item = u8> + 'static> Lower for ByteSmallVec<A> {
    const EXPECTED: &'static str = c::Bytes::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Bytes::lower(object, scope).map(smallvec::SmallVec::from_slice) }
    }
}

impl<A: Array<Item = u8> + 'static> Lift for ByteSmallVec<A> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Bytes::lift(&value, context) }
    }
}
