//! `num-bigint`: int.

use ferrule_cpython::fault::Builtin;
use ferrule_cpython::shim::*;
use num_bigint::Sign;

/// `BigInt`
pub struct BigInt;

impl Conversion for BigInt {
    type Value<'a> = num_bigint::BigInt;
}

// SAFETY: the value is a copy; what is quiet is what the copy is made of.
unsafe impl Lower for BigInt {
    const EXPECTED: &'static str = c::BigInt::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<num_bigint::BigInt, Fault> {
        // SAFETY: the caller's promise is the same.
        let bytes = unsafe { c::BigInt::lower(object, scope)? };
        Ok(num_bigint::BigInt::from_signed_bytes_le(&bytes))
    }

    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { c::BigInt::is_quiet(object) }
    }
}

impl Lift for BigInt {
    unsafe fn lift<'a>(value: num_bigint::BigInt, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::BigInt::lift(value.to_signed_bytes_le(), context) }
    }
}

/// `BigUint`
pub struct BigUint;

impl Conversion for BigUint {
    type Value<'a> = num_bigint::BigUint;
}

// SAFETY: as for `BigInt`.
unsafe impl Lower for BigUint {
    const EXPECTED: &'static str = "int";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<num_bigint::BigUint, Fault> {
        // SAFETY: the caller's promise is the same.
        let value = unsafe { BigInt::lower(object, scope)? };
        match value.into_parts() {
            (Sign::Minus, magnitude) => Err(Fault::builtin(
                Builtin::Overflow,
                negative(magnitude.bits(), &magnitude),
            )),
            (_, magnitude) => Ok(magnitude),
        }
    }

    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: the caller's promise is the same.
        unsafe { BigInt::is_quiet(object) }
    }
}

/// What is wrong with a negative number; one of many digits is not shown.
fn negative(bits: u64, magnitude: &num_bigint::BigUint) -> String {
    match bits {
        0..=256 => format!("expected int in 0.., got -{magnitude}"),
        _ => "expected int in 0.., got a negative one".to_owned(),
    }
}

impl Lift for BigUint {
    unsafe fn lift<'a>(value: num_bigint::BigUint, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { BigInt::lift(value.into(), context) }
    }
}
