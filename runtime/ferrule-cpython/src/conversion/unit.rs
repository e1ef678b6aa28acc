//! Results without a value.

use std::convert::Infallible;

use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::object::{self, Object};
use crate::scope::Scope;
use crate::state::Context;

/// `()`: None.
pub struct Unit;

impl Conversion for Unit {
    type Value<'a> = ();
}

impl Lift for Unit {
    #[inline(always)]
    unsafe fn lift<'a>((): (), _context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; None lives as long as the interpreter.
        Ok(unsafe { object::new_reference(object::none()) })
    }
}

/// `()` as the result of a callback: whatever it is, nobody looks.
pub struct Ignored;

impl Conversion for Ignored {
    type Value<'a> = ();
}

// SAFETY: there is no value.
unsafe impl Lower for Ignored {
    const EXPECTED: &'static str = "anything";
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(_object: Object, _scope: &'a Scope) -> Result<(), Fault> {
        Ok(())
    }
}

/// `!`, which coerces to its value's type: it never comes.
pub struct Never;

impl Conversion for Never {
    type Value<'a> = Infallible;
}

impl Lift for Never {
    unsafe fn lift<'a>(value: Infallible, _context: &Context) -> Result<Object, Fault> {
        match value {}
    }
}
