//! Errors that are only text, or nothing: RuntimeError.

use std::marker::PhantomData;

use super::ErrorConversion;
use crate::fault::{Builtin, Fault};
use crate::state::Context;

/// `String`, `&str`, `Cow<str>`, `Box<str>`, ...
pub struct Text<T>(PhantomData<T>);

impl<T: AsRef<str>> ErrorConversion for Text<T> {
    type Value = T;

    fn fault(error: &T, _context: &Context) -> Fault {
        Fault::builtin(Builtin::Runtime, error.as_ref().to_owned())
    }
}

/// `()`
pub struct Unit;

impl ErrorConversion for Unit {
    type Value = ();

    const SILENT: bool = true;

    fn fault(_error: &(), _context: &Context) -> Fault {
        Fault::builtin(Builtin::Runtime, "the function failed")
    }
}
