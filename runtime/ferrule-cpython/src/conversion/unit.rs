//! Results without a value.

use std::convert::Infallible;

use super::{Conversion, Lift};
use crate::fault::Fault;
use crate::object::{self, Object};
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
