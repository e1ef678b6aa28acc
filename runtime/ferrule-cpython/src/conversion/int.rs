//! Integers: read from the digits of the int object, ranges checked by comparison, `__index__` out of line.
//!
//! The layout of int objects is that of `longintrepr.h`: 30-bit digits on every 64-bit build; since 3.12 sign and count of digits share `lv_tag`.

use std::marker::PhantomData;

use super::{Cell, Conversion, Lift, Lower, Row};
use crate::fault::{Builtin, Fault};
use crate::ffi::{self, PyLong_FromLongLong, PyLong_FromUnsignedLongLong};
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// A primitive integer: `i8` to `i128`, `u8` to `u128`, `isize`, `usize`.
pub struct Int<T>(PhantomData<T>);

/// An integer that fits no narrower type: sign and magnitude.
#[derive(Clone, Copy)]
pub struct Wide {
    negative: bool,
    magnitude: u128,
}

/// The primitive integers; sealed.
pub trait Integer: Copy + Ord + private::Sealed + 'static {
    /// The machine number in a buffer, where there is one.
    const CELL: Option<Cell>;
    /// What an error expects when the range is at fault.
    const RANGE: &'static str;
    /// The same for a number that is not zero: it begins at 1 where zero is the smallest.
    const RANGE_WITHOUT_ZERO: &'static str;
    /// Narrows an int of 64 bits.
    fn from_compact(value: i64) -> Option<Self>;
    /// Narrows any int.
    fn from_wide(value: Wide) -> Option<Self>;
    /// Widens.
    fn to_wide(self) -> Wide;
    /// Makes a new int object; null is an exception.
    ///
    /// # Safety
    /// The thread is attached to the interpreter.
    unsafe fn to_object(self) -> Object;
    /// The value, if one digit of an int object holds it.
    fn to_compact(self) -> Option<i64>;
}

pub(super) mod private {
    pub trait Sealed {}
}

macro_rules! integer {
    ($($type:ident $cell:expr, $lowest:literal $lowest_but_zero:literal $highest:literal, $make:ident as $wide:ty;)*) => {$(
        impl private::Sealed for $type {}
        impl Integer for $type {
            const CELL: Option<Cell> = $cell;
            const RANGE: &'static str = concat!("int in ", $lowest, "..=", $highest);
            const RANGE_WITHOUT_ZERO: &'static str = concat!("int in ", $lowest_but_zero, "..=", $highest);
            #[inline(always)]
            fn from_compact(value: i64) -> Option<Self> {
                value.try_into().ok()
            }
            fn from_wide(value: Wide) -> Option<Self> {
                if value.negative {
                    // The magnitude of the smallest i128 is one more than the largest.
                    let value = if value.magnitude == 1 << 127 { i128::MIN } else { -i128::try_from(value.magnitude).ok()? };
                    value.try_into().ok()
                } else {
                    value.magnitude.try_into().ok()
                }
            }
            #[allow(unused_comparisons)]
            fn to_wide(self) -> Wide {
                let negative = self < 0;
                // Sign extension keeps the two's complement, of which a negative number is the negation.
                let bits = self as u128;
                Wide { negative, magnitude: if negative { bits.wrapping_neg() } else { bits } }
            }
            #[inline(always)]
            unsafe fn to_object(self) -> Object {
                // SAFETY: the caller is attached.
                unsafe { $make(self as $wide) }
            }
            #[inline(always)]
            fn to_compact(self) -> Option<i64> {
                self.try_into().ok().filter(|value: &i64| value.unsigned_abs() < 1 << DIGIT)
            }
        }
    )*};
}

integer! {
    i8 Some(Cell::I8), "-128" "-128" "127", PyLong_FromLongLong as i64;
    i16 Some(Cell::I16), "-32768" "-32768" "32767", PyLong_FromLongLong as i64;
    i32 Some(Cell::I32), "-2147483648" "-2147483648" "2147483647", PyLong_FromLongLong as i64;
    i64 Some(Cell::I64), "-9223372036854775808" "-9223372036854775808" "9223372036854775807", PyLong_FromLongLong as i64;
    isize Some(Cell::ISIZE), "-9223372036854775808" "-9223372036854775808" "9223372036854775807", PyLong_FromLongLong as i64;
    i128 None, "-170141183460469231731687303715884105728" "-170141183460469231731687303715884105728" "170141183460469231731687303715884105727", from_i128 as i128;
    u8 Some(Cell::U8), "0" "1" "255", PyLong_FromLongLong as i64;
    u16 Some(Cell::U16), "0" "1" "65535", PyLong_FromLongLong as i64;
    u32 Some(Cell::U32), "0" "1" "4294967295", PyLong_FromLongLong as i64;
    u64 Some(Cell::U64), "0" "1" "18446744073709551615", PyLong_FromUnsignedLongLong as u64;
    usize Some(Cell::USIZE), "0" "1" "18446744073709551615", PyLong_FromUnsignedLongLong as u64;
    u128 None, "0" "1" "340282366920938463463374607431768211455", from_u128 as u128;
}

pub(super) const DIGIT: u32 = ffi::PyLong_SHIFT as u32;

/// The value of an exact int of at most one digit.
///
/// # Safety
/// `object` is a valid reference.
#[inline(always)]
unsafe fn compact(object: Object) -> Option<i64> {
    // SAFETY: the type is checked before the object is read as an int; one digit is always allocated, and it is masked by the count where it may be uninitialised.
    unsafe {
        if !object::is_exactly(object, &raw mut ffi::PyLong_Type) {
            return None;
        }
        let int = object.cast::<ffi::PyLongObject>();
        #[cfg(feature = "py312")]
        {
            let tag = (*int).long_value.lv_tag;
            (tag < 2 << ffi::_PyLong_NON_SIZE_BITS).then(|| {
                (1 - (tag & ffi::_PyLong_SIGN_MASK) as i64)
                    * i64::from((*int).long_value.ob_digit[0])
            })
        }
        #[cfg(not(feature = "py312"))]
        match (*int).ob_base.ob_size {
            1 => Some(i64::from((*int).ob_digit[0])),
            0 => Some(0),
            -1 => Some(-i64::from((*int).ob_digit[0])),
            _ => None,
        }
    }
}

/// The value of any int; `None` beyond 128 bits.
///
/// # Safety
/// `object` is a valid int object or one of a subclass.
unsafe fn digits(object: Object) -> Option<Wide> {
    // SAFETY: the caller's promise is the same.
    let (negative, digits) = unsafe { sign_and_digits(object) };
    let mut magnitude: u128 = 0;
    for (index, &digit) in digits.iter().enumerate() {
        let digit = u128::from(digit);
        let shift = DIGIT * u32::try_from(index).ok()?;
        if shift >= 128 || (digit << shift) >> shift != digit {
            return None;
        }
        magnitude |= digit << shift;
    }
    Some(Wide {
        negative,
        magnitude,
    })
}

/// The sign of an int object, and its digits, the lowest first.
///
/// # Safety
/// `object` is a valid int object or one of a subclass, and lives as long as `'a`.
pub(super) unsafe fn sign_and_digits<'a>(object: Object) -> (bool, &'a [u32]) {
    let int = object.cast::<ffi::PyLongObject>();
    // SAFETY: the caller promises an int object, of which `count` digits follow the header.
    #[cfg(feature = "py312")]
    unsafe {
        let tag = (*int).long_value.lv_tag;
        let first = (&raw const (*int).long_value.ob_digit).cast::<u32>();
        (
            tag & ffi::_PyLong_SIGN_MASK == 2,
            std::slice::from_raw_parts(first, tag >> ffi::_PyLong_NON_SIZE_BITS),
        )
    }
    // SAFETY: as above.
    #[cfg(not(feature = "py312"))]
    unsafe {
        let size = (*int).ob_base.ob_size;
        let first = (&raw const (*int).ob_digit).cast::<u32>();
        (
            size < 0,
            std::slice::from_raw_parts(first, size.unsigned_abs()),
        )
    }
}

/// Whether the object is an int so long that writing it takes long, runs Python code or is refused by the interpreter.
///
/// # Safety
/// `object` is a valid reference.
pub(crate) unsafe fn is_huge(object: Object) -> bool {
    // SAFETY: the type is checked before the digits are read.
    unsafe {
        object::has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS)
            && sign_and_digits(object).1.len() > 64
    }
}

/// Ints of several digits, subclasses, `__index__`, and everything that is wrong.
///
/// # Safety
/// As for [`Lower::lower`].
#[inline(never)]
unsafe fn lower_any<T: Integer>(object: Object) -> Result<T, Fault> {
    // SAFETY: the caller's promise is the same.
    unsafe { lower(object, T::RANGE) }
}

/// Reads any int; `range` is what an error expects.
///
/// # Safety
/// As for [`Lower::lower`].
pub(super) unsafe fn lower<T: Integer>(object: Object, range: &'static str) -> Result<T, Fault> {
    // SAFETY: the type is checked before the digits are read; `PyNumber_Index` gives an int or raises.
    unsafe {
        if object::has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
            return digits(object)
                .and_then(T::from_wide)
                .ok_or_else(|| Fault::out_of_range(range, object));
        }
        let index = index(object)?;
        digits(index.object())
            .and_then(T::from_wide)
            .ok_or_else(|| Fault::out_of_range(range, index.object()))
    }
}

/// The int that an object stands for by its `__index__`.
///
/// # Safety
/// As for [`Lower::lower`].
#[cold]
pub(super) unsafe fn index(object: Object) -> Result<Owned, Fault> {
    // SAFETY: `object` is valid and the thread attached; `PyNumber_Index` is called only where the slot exists, so that it raises only what user code raises.
    unsafe {
        if ffi::PyIndex_Check(object) == 0 {
            return Err(Fault::wrong_type("int", object));
        }
        Owned::new(ffi::PyNumber_Index(object))
    }
}

/// Makes an int of 128 bits; null is an exception.
///
/// # Safety
/// The thread is attached.
unsafe fn from_i128(value: i128) -> Object {
    match i64::try_from(value) {
        // SAFETY: attached.
        Ok(value) => unsafe { PyLong_FromLongLong(value) },
        // SAFETY: attached.
        Err(_) => unsafe { from_bytes(&value.to_ne_bytes(), true) },
    }
}

/// Makes an int of 128 bits; null is an exception.
///
/// # Safety
/// The thread is attached.
unsafe fn from_u128(value: u128) -> Object {
    match u64::try_from(value) {
        // SAFETY: attached.
        Ok(value) => unsafe { PyLong_FromUnsignedLongLong(value) },
        // SAFETY: attached.
        Err(_) => unsafe { from_bytes(&value.to_ne_bytes(), false) },
    }
}

#[cfg(feature = "py313")]
unsafe fn from_bytes(bytes: &[u8; 16], signed: bool) -> Object {
    let (start, size, flags) = (
        bytes.as_ptr().cast(),
        bytes.len(),
        ffi::Py_ASNATIVEBYTES_NATIVE_ENDIAN,
    );
    // SAFETY: attached; the bytes are passed with their length.
    unsafe {
        if signed {
            ffi::PyLong_FromNativeBytes(start, size, flags)
        } else {
            ffi::PyLong_FromUnsignedNativeBytes(start, size, flags)
        }
    }
}

#[cfg(not(feature = "py313"))]
unsafe fn from_bytes(bytes: &[u8; 16], signed: bool) -> Object {
    let little_endian = i32::from(cfg!(target_endian = "little"));
    // SAFETY: attached; the bytes are passed with their length.
    unsafe { ffi::_PyLong_FromByteArray(bytes.as_ptr(), bytes.len(), little_endian, signed.into()) }
}

/// Reads a row of ints; `range` is what an error expects.
///
/// # Safety
/// As for [`Lower::lower_row`].
pub(super) unsafe fn lower_row<T: Integer>(
    row: Row<'_>,
    range: &'static str,
) -> Result<Vec<T>, Fault> {
    // SAFETY: the row is within its buffer; `CELL` vouches for the layout.
    unsafe {
        if let Some(values) = row.copied::<T>(T::CELL)? {
            return Ok(values);
        }
        if !row.cell().is_integer() || (row.cell() == Cell::Bool && row.is_written_back()) {
            return Err(row.refused("int"));
        }
        row.narrowed(T::from_compact, |place| {
            let value = row.integer(place);
            T::from_wide(value.to_wide()).ok_or_else(|| {
                Fault::builtin(
                    Builtin::Overflow,
                    format!("expected {}, got {value}", range),
                )
            })
        })
    }
}

impl<T: Integer> Conversion for Int<T> {
    type Value<'a> = T;
}

// SAFETY: the value is a plain number, and `CELL` names exactly its type; exact ints are read without calling anything.
unsafe impl<T: Integer> Lower for Int<T> {
    const EXPECTED: &'static str = "int";
    const BORROWS: bool = false;
    const DIMENSIONS: Option<usize> = if T::CELL.is_some() { Some(0) } else { None };
    const CELL: Option<Cell> = T::CELL;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            match compact(object).and_then(T::from_compact) {
                Some(value) => Ok(value),
                None => lower_any(object),
            }
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: `object` is valid.
        unsafe { object::is_exactly(object, &raw mut ffi::PyLong_Type) }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, _scope: &'a Scope) -> Result<Vec<T>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lower_row(row, T::RANGE) }
    }
}

impl<T: Integer> Lift for Int<T> {
    #[inline(always)]
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { Owned::new(value.to_object()).map(Owned::into_object) }
    }

    #[inline(always)]
    unsafe fn lift_over<'a>(
        value: T,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: `existing` is valid and held by the caller.
        unsafe {
            match compact(existing) {
                Some(old) if value.to_compact() == Some(old) => Ok(object::new_reference(existing)),
                _ => Self::lift(value, context),
            }
        }
    }

    unsafe fn store_row<'a>(values: Vec<T>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the row is within its writable buffer; `CELL` vouches for the layout.
        unsafe {
            if row.store::<T>(T::CELL, &values)? {
                return Ok(());
            }
            // What a buffer holds is at most 64 bits wide, and so is what came from one.
            row.stored(values, |place, value| {
                row.set_integer(place, i128::from_wide(value.to_wide()).unwrap_or(i128::MAX))
            })
        }
    }
}
