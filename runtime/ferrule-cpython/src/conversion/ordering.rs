//! `std::cmp::Ordering`: -1, 0 or 1.

use std::cmp;

use super::{Conversion, Int, Lift, Lower};
use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

/// `std::cmp::Ordering`.
pub struct Ordering;

impl Conversion for Ordering {
    type Value<'a> = cmp::Ordering;
}

// SAFETY: the value is a plain one; objects are read as those of `Int`.
unsafe impl Lower for Ordering {
    const EXPECTED: &'static str = "-1, 0 or 1";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<cmp::Ordering, Fault> {
        // SAFETY: the caller's promise is the same.
        match unsafe { Int::<i128>::lower(object, scope) } {
            Ok(-1) => Ok(cmp::Ordering::Less),
            Ok(0) => Ok(cmp::Ordering::Equal),
            Ok(1) => Ok(cmp::Ordering::Greater),
            Ok(other) => Err(Fault::value(format!("expected -1, 0 or 1, got {other}"))),
            Err(fault) => Err(fault),
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::<i128>::is_quiet(object) }
    }
}

impl Lift for Ordering {
    unsafe fn lift<'a>(value: cmp::Ordering, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { Int::<i8>::lift(value as i8, context) }
    }
}
