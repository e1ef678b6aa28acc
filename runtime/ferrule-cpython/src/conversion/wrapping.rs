//! Numbers that wrap around.

use std::marker::PhantomData;

use super::{Cell, Conversion, Lift, Lower, Row};
use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

/// `std::num::Wrapping` of what `C` converts.
pub struct Wrapping<C>(PhantomData<C>);

impl<C: Conversion> Conversion for Wrapping<C> {
    type Value<'a> = std::num::Wrapping<C::Value<'a>>;
}

// SAFETY: `std::num::Wrapping` is transparent; all promises are those of `C`.
unsafe impl<C: Lower> Lower for Wrapping<C> {
    const EXPECTED: &'static str = C::EXPECTED;
    const BORROWS: bool = C::BORROWS;
    const DIMENSIONS: Option<usize> = C::DIMENSIONS;
    const CELL: Option<Cell> = C::CELL;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::lower(object, scope).map(std::num::Wrapping) }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { C::is_quiet(object) }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<Vec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let values = unsafe { C::lower_row(row, scope)? };
        Ok(values.into_iter().map(std::num::Wrapping).collect())
    }
}

impl<C: Lift> Lift for Wrapping<C> {
    const LENDS: bool = C::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::lift(value.0, context) }
    }

    #[inline(always)]
    unsafe fn lift_over<'a>(
        value: Self::Value<'a>,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::lift_over(value.0, existing, context) }
    }

    unsafe fn store_row<'a>(values: Vec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::store_row(values.into_iter().map(|value| value.0).collect(), row) }
    }
}
