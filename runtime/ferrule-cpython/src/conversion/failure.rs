//! An error as a value: what a caught exception would be.

use std::marker::PhantomData;

use super::{Conversion, Lift};
use crate::error::ErrorConversion;
use crate::exception;
use crate::fault::Fault;
use crate::object::Object;
use crate::state::Context;

/// `&E::Value`, only out: a new instance of its exception, with the chain behind it as `__cause__`s.
pub struct Failure<E>(PhantomData<E>);

impl<E: ErrorConversion> Conversion for Failure<E>
where
    E::Value: 'static,
{
    type Value<'a> = &'a E::Value;
}

impl<E: ErrorConversion> Lift for Failure<E>
where
    E::Value: 'static,
{
    unsafe fn lift<'a>(value: &'a E::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached, and nothing is pending while a value is lifted.
        Ok(unsafe { exception::fault_of::<E>(value, context).into_exception() }.into_object())
    }
}
