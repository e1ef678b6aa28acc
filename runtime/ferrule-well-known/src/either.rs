//! `either`: one of two types.

use std::marker::PhantomData;

use either::Either::{Left, Right};
use ferrule_cpython::conversion::Expected;
use ferrule_cpython::shim::*;

/// `Either<L, R>`; what both types take is on the left.
pub struct Either<L, R>(PhantomData<(L, R)>);

impl<L: Conversion, R: Conversion> Conversion for Either<L, R> {
    type Value<'a> = either::Either<L::Value<'a>, R::Value<'a>>;
}

// SAFETY: the value is one of the two and borrows where they do.
unsafe impl<L: Lower, R: Lower> Lower for Either<L, R> {
    const EXPECTED: &'static str =
        const { &Expected::join(&[L::EXPECTED, " or ", R::EXPECTED]) }.text();
    const BORROWS: bool = L::BORROWS || R::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            let left = match L::lower(object, scope) {
                Ok(value) => return Ok(Left(value)),
                Err(fault) if fault.is_exception() => return Err(fault),
                Err(fault) => fault,
            };
            match R::lower(object, scope) {
                Ok(value) => Ok(Right(value)),
                Err(right) if right.is_exception() => Err(right),
                Err(right) if left.is_wrong_type() && right.is_wrong_type() => {
                    Err(Fault::wrong_type(Self::EXPECTED, object))
                }
                Err(right) if left.is_wrong_type() => Err(right),
                Err(_) => Err(left),
            }
        }
    }

    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { L::is_quiet(object) && R::is_quiet(object) }
    }
}

impl<L: Lift, R: Lift> Lift for Either<L, R> {
    const LENDS: bool = L::LENDS || R::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            match value {
                Left(value) => L::lift(value, context),
                Right(value) => R::lift(value, context),
            }
        }
    }
}
