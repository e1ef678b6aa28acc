//! Pointers to one value: `Box`, `Arc`, `Rc`, and a reference to a value that the scope keeps.

use std::marker::PhantomData;

use super::{Conversion, Lift, Lower, Row};
use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

macro_rules! pointer {
    ($(#[$document:meta])* $name:ident of $pointer:ident, $($bound:path)?; value $taken:ident: $value:expr) => {
        $(#[$document])*
        pub struct $name<C>(PhantomData<C>);

        impl<C: Conversion> Conversion for $name<C> {
            type Value<'a> = $pointer<C::Value<'a>>;
        }

        // SAFETY: the pointer owns a value of `C`; all promises are those of `C`.
        unsafe impl<C: Lower> Lower for $name<C> {
            const EXPECTED: &'static str = C::EXPECTED;
            const BORROWS: bool = C::BORROWS;
            const DIMENSIONS: Option<usize> = C::DIMENSIONS;

            #[inline(always)]
            unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { C::lower(object, scope).map($pointer::new) }
            }

            #[inline(always)]
            unsafe fn is_quiet(object: Object) -> bool {
                // SAFETY: the caller's promise is the same.
                unsafe { C::is_quiet(object) }
            }

            unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<Vec<Self::Value<'a>>, Fault> {
                // SAFETY: the caller's promise is the same.
                let values = unsafe { C::lower_row(row, scope)? };
                Ok(values.into_iter().map($pointer::new).collect())
            }
        }

        impl<C: for<'v> Lift<$(Value<'v>: $bound)?>> Lift for $name<C> {
            const LENDS: bool = C::LENDS;

            #[inline(always)]
            unsafe fn lift<'a>($taken: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { C::lift($value, context) }
            }

            unsafe fn lift_over<'a>($taken: Self::Value<'a>, existing: Object, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { C::lift_over($value, existing, context) }
            }

            unsafe fn claim(existing: Object, scope: &Scope) -> Result<(), Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { C::claim(existing, scope) }
            }

            unsafe fn store_row<'a>(values: Vec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { C::store_row(values.into_iter().map(|$taken| $value).collect(), row) }
            }
        }
    };
}

use std::boxed::Box as StdBox;
use std::rc::Rc as StdRc;
use std::sync::Arc as StdArc;

pointer! {
    /// `Box` of what `C` converts.
    Box of StdBox, ; value pointer: *pointer
}
pointer! {
    /// `Arc` of what `C` converts; a shared value is cloned on the way out.
    Arc of StdArc, Clone; value pointer: StdArc::unwrap_or_clone(pointer)
}
pointer! {
    /// `Rc` of what `C` converts; a shared value is cloned on the way out.
    Rc of StdRc, Clone; value pointer: StdRc::unwrap_or_clone(pointer)
}

/// `&T`: the value is kept in the scope, and cloned on the way out.
pub struct Ref<C>(PhantomData<C>);

impl<C: Conversion> Conversion for Ref<C> {
    type Value<'a> = &'a C::Value<'a>;
}

// SAFETY: the scope keeps the value of `C`, which borrows where `C` does.
unsafe impl<C: Lower> Lower for Ref<C> {
    const EXPECTED: &'static str = C::EXPECTED;
    const BORROWS: bool = C::BORROWS;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        Ok(scope.keep(unsafe { C::lower(object, scope)? }))
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { C::is_quiet(object) }
    }
}

impl<C: for<'v> Lift<Value<'v>: Clone>> Lift for Ref<C> {
    const LENDS: bool = C::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { C::lift(value.clone(), context) }
    }
}
