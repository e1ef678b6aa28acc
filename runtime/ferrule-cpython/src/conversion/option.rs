//! `Option`: None, or a value.

use std::marker::PhantomData;

use super::{Conversion, Expected, Lift, Lower};
use crate::fault::Fault;
use crate::object::{self, Object};
use crate::scope::Scope;
use crate::state::Context;

type StdOption<T> = std::option::Option<T>;

/// `Option` of what `C` converts; a parameter that is missing is None.
pub struct Option<C>(PhantomData<C>);

impl<C: Conversion> Conversion for Option<C> {
    type Value<'a> = StdOption<C::Value<'a>>;
}

impl<C: Lower> Option<C> {
    const TEXT: &'static Expected = &Expected::join(&[C::EXPECTED, " or None"]);
}

// SAFETY: None borrows nothing and runs nothing; all else is `C`'s.
unsafe impl<C: Lower> Lower for Option<C> {
    const EXPECTED: &'static str = Self::TEXT.text();
    const BORROWS: bool = C::BORROWS;
    const IS_WRITTEN_BACK: bool = C::IS_WRITTEN_BACK;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        if object == object::none() {
            return Ok(None);
        }
        // SAFETY: the caller's promise is the same.
        match unsafe { C::lower(object, scope) } {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(fault.or_none()),
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        object == object::none() || unsafe { C::is_quiet(object) }
    }

    #[inline(always)]
    fn missing<'a>() -> StdOption<Self::Value<'a>> {
        Some(None)
    }
}

impl<C: Lift> Lift for Option<C> {
    const LENDS: bool = C::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        match value {
            // SAFETY: the caller's promise is the same.
            Some(value) => unsafe { C::lift(value, context) },
            // SAFETY: attached; None lives as long as the interpreter.
            None => Ok(unsafe { object::new_reference(object::none()) }),
        }
    }

    unsafe fn claim(existing: Object, scope: &Scope) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::claim(existing, scope) }
    }

    unsafe fn lift_over<'a>(
        value: Self::Value<'a>,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        match value {
            // SAFETY: the caller's promise is the same.
            Some(value) => unsafe { C::lift_over(value, existing, context) },
            // SAFETY: attached; None lives as long as the interpreter.
            None => Ok(unsafe { object::new_reference(object::none()) }),
        }
    }
}
