//! Integers without a limit, as their bytes: what conversions of big-integer types are made of.

use super::int::{index, sign_and_digits, DIGIT};
use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// An integer of any size in two's complement, the lowest byte first; no bytes are zero.
pub struct BigInt;

impl Conversion for BigInt {
    type Value<'a> = Vec<u8>;
}

/// The bytes of a number of 30-bit digits, with at least one bit to spare for the sign.
fn bytes((negative, digits): (bool, &[u32])) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len() * 4 + 1);
    let (mut pending, mut bits) = (0_u64, 0);
    for &digit in digits {
        pending |= u64::from(digit) << bits;
        bits += DIGIT;
        while bits >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            bits -= 8;
        }
    }
    bytes.extend([pending as u8, 0]);
    if negative {
        let mut carry = true;
        for byte in &mut bytes {
            (*byte, carry) = (!*byte).overflowing_add(carry.into());
        }
    }
    bytes
}

// SAFETY: the value is a copy of the digits; an exact int is read without calling anything.
unsafe impl Lower for BigInt {
    const EXPECTED: &'static str = "int";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Vec<u8>, Fault> {
        // SAFETY: the type is checked before the digits are read; `index` gives an int.
        let bytes = unsafe {
            if object::has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
                bytes(sign_and_digits(object))
            } else {
                bytes(sign_and_digits(index(object)?.object()))
            }
        };
        scope.add_size(bytes.len());
        Ok(bytes)
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: `object` is valid.
        unsafe { object::is_exactly(object, &raw mut ffi::PyLong_Type) }
    }
}

impl Lift for BigInt {
    unsafe fn lift<'a>(value: Vec<u8>, _context: &Context) -> Result<Object, Fault> {
        if value.is_empty() {
            // SAFETY: the caller is attached.
            return unsafe { Owned::new(ffi::PyLong_FromLongLong(0)).map(Owned::into_object) };
        }
        // SAFETY: attached; the bytes are passed with their length.
        #[cfg(feature = "py313")]
        unsafe {
            Owned::new(ffi::PyLong_FromNativeBytes(
                value.as_ptr().cast(),
                value.len(),
                ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN,
            ))
            .map(Owned::into_object)
        }
        // SAFETY: as above.
        #[cfg(not(feature = "py313"))]
        unsafe {
            Owned::new(ffi::_PyLong_FromByteArray(
                value.as_ptr(),
                value.len(),
                1,
                1,
            ))
            .map(Owned::into_object)
        }
    }
}
