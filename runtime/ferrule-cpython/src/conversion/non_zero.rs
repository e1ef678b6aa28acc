//! Integers that are not zero.

use std::marker::PhantomData;

use super::int::{self, private};
use super::{Conversion, Int, Integer, Lift, Lower, Row};
use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

/// An integer that is not zero: `T` is `std::num::NonZeroU8` and so on.
pub struct NonZero<T>(PhantomData<T>);

/// The twelve types of `std::num`; sealed.
pub trait NonZeroInteger: Copy + private::Sealed + 'static {
    /// The integer within.
    type Inner: Integer;
    /// `None` for zero.
    fn new(value: Self::Inner) -> Option<Self>;
    /// The integer within.
    fn get(self) -> Self::Inner;
}

macro_rules! non_zero {
    ($($type:ident $inner:ident)*) => {$(
        impl private::Sealed for std::num::$type {}
        impl NonZeroInteger for std::num::$type {
            type Inner = $inner;
            #[inline(always)]
            fn new(value: $inner) -> Option<Self> {
                Self::new(value)
            }
            #[inline(always)]
            fn get(self) -> $inner {
                self.get()
            }
        }
    )*};
}
non_zero! {
    NonZeroI8 i8 NonZeroI16 i16 NonZeroI32 i32 NonZeroI64 i64 NonZeroI128 i128 NonZeroIsize isize
    NonZeroU8 u8 NonZeroU16 u16 NonZeroU32 u32 NonZeroU64 u64 NonZeroU128 u128 NonZeroUsize usize
}

impl<T: NonZeroInteger> Conversion for NonZero<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a plain number; objects are read as those of `Int`.
unsafe impl<T: NonZeroInteger> Lower for NonZero<T> {
    const EXPECTED: &'static str = "int";
    const BORROWS: bool = false;
    const DIMENSIONS: Option<usize> = Int::<T::Inner>::DIMENSIONS;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the caller's promise is the same.
        T::new(unsafe { int::lower(object, T::Inner::RANGE_WITHOUT_ZERO)? }).ok_or_else(zero)
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::<T::Inner>::is_quiet(object) }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, _scope: &'a Scope) -> Result<Vec<T>, Fault> {
        // SAFETY: the caller's promise is the same.
        let values = unsafe { int::lower_row(row, T::Inner::RANGE_WITHOUT_ZERO)? };
        values
            .into_iter()
            .enumerate()
            .map(|(index, value)| T::new(value).ok_or_else(|| zero().at_index(index)))
            .collect()
    }
}

impl<T: NonZeroInteger> Lift for NonZero<T> {
    #[inline(always)]
    unsafe fn lift<'a>(value: T, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::lift(value.get(), context) }
    }

    #[inline(always)]
    unsafe fn lift_over<'a>(
        value: T,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::lift_over(value.get(), existing, context) }
    }

    unsafe fn store_row<'a>(values: Vec<T>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::store_row(values.into_iter().map(T::get).collect(), row) }
    }
}

#[cold]
fn zero() -> Fault {
    Fault::value("expected int other than 0, got 0")
}
