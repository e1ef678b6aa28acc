//! Floats: exact ones read in place, everything with `__float__` or `__index__` out of line.

use std::marker::PhantomData;

use super::{Cell, Conversion, Lift, Lower, Row};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// `f32` or `f64`.
pub struct Float<T>(PhantomData<T>);

/// `f32` and `f64`; sealed.
pub trait Floating: Copy + Into<f64> + private::Sealed + 'static {
    /// The machine number in a buffer.
    const CELL: Cell;
    /// Narrows; `None` where a finite number would become infinite.
    fn narrow(value: f64) -> Option<Self>;
}

mod private {
    pub trait Sealed {}
}

impl private::Sealed for f32 {}
impl Floating for f32 {
    const CELL: Cell = Cell::F32;
    #[inline(always)]
    fn narrow(value: f64) -> Option<Self> {
        let narrow = value as f32;
        (narrow.is_finite() || !value.is_finite()).then_some(narrow)
    }
}

impl private::Sealed for f64 {}
impl Floating for f64 {
    const CELL: Cell = Cell::F64;
    #[inline(always)]
    fn narrow(value: f64) -> Option<Self> {
        Some(value)
    }
}

impl<T: Floating> Conversion for Float<T> {
    type Value<'a> = T;
}

/// The value of an exact float.
///
/// # Safety
/// `object` is a valid reference.
#[inline(always)]
unsafe fn exact(object: Object) -> Option<f64> {
    // SAFETY: the type is checked before the object is read as a float.
    unsafe {
        object::is_exactly(object, &raw mut ffi::PyFloat_Type)
            .then(|| (*object.cast::<ffi::PyFloatObject>()).ob_fval)
    }
}

/// Everything but an exact float. User code runs in `__float__` and `__index__`, and what it raises comes out unchanged.
///
/// # Safety
/// As for [`Lower::lower`].
#[cold]
#[inline(never)]
unsafe fn any(object: Object) -> Result<f64, Fault> {
    // SAFETY: the type's slots are null or valid. `PyFloat_AsDouble` is called only where one of them is there, `PyLong_AsDouble` only on ints, where it can
    // fail in one way.
    unsafe {
        let value = if object::has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
            // Raising may collect garbage and so run Python code.
            let _held = Owned::of(object);
            let value = ffi::PyLong_AsDouble(object);
            if value == -1.0 && !ffi::PyErr_Occurred().is_null() {
                ffi::PyErr_Clear();
                return Err(Fault::out_of_range("int in the range of float", object));
            }
            value
        } else {
            let slots = (*object::type_of(object)).tp_as_number;
            let is_number =
                !(slots.is_null() || (*slots).nb_float.is_null() && (*slots).nb_index.is_null());
            if !is_number
                && ffi::PyType_IsSubtype(object::type_of(object), &raw mut ffi::PyFloat_Type) == 0
            {
                return Err(Fault::wrong_type("float", object));
            }
            ffi::PyFloat_AsDouble(object)
        };
        if value == -1.0 && !ffi::PyErr_Occurred().is_null() {
            return Err(Fault::raised());
        }
        Ok(value)
    }
}

#[cold]
pub(super) fn too_large(value: f64) -> Fault {
    Fault::builtin(
        Builtin::Overflow,
        format!("expected float in the range of 32 bits, got {value:?}"),
    )
}

// SAFETY: the value is a plain number, and `CELL` names exactly its type; exact floats and ints are read without running Python code.
unsafe impl<T: Floating> Lower for Float<T> {
    const EXPECTED: &'static str = "float";
    const BORROWS: bool = false;
    const DIMENSIONS: Option<usize> = Some(0);
    const CELL: Option<Cell> = Some(T::CELL);

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the caller's promise is the same.
        let value = unsafe {
            match exact(object) {
                Some(value) => value,
                None => any(object)?,
            }
        };
        T::narrow(value).ok_or_else(|| too_large(value))
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        // SAFETY: `object` is valid.
        unsafe {
            object::is_exactly(object, &raw mut ffi::PyFloat_Type)
                || object::is_exactly(object, &raw mut ffi::PyLong_Type)
        }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, _scope: &'a Scope) -> Result<Vec<T>, Fault> {
        // SAFETY: the row is within its buffer; `CELL` vouches for the layout.
        unsafe {
            if let Some(values) = row.copied::<T>(Self::CELL)? {
                return Ok(values);
            }
            if row.cell().is_integer() && row.is_written_back() {
                return Err(row.refused("float"));
            }
            let values = row.floats()?.into_iter().enumerate();
            values
                .map(|(index, value)| {
                    T::narrow(value).ok_or_else(|| too_large(value).at_index(index))
                })
                .collect()
        }
    }
}

impl<T: Floating> Lift for Float<T> {
    #[inline(always)]
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller is attached.
        unsafe { Owned::new(ffi::PyFloat_FromDouble(value.into())).map(Owned::into_object) }
    }

    #[inline(always)]
    unsafe fn lift_over<'a>(
        value: T,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: `existing` is valid and held by the caller.
        unsafe {
            match exact(existing) {
                // By bits: 0.0 is not -0.0, and a NaN stays the NaN it was.
                Some(old) if old.to_bits() == value.into().to_bits() => {
                    Ok(object::new_reference(existing))
                }
                _ => Self::lift(value, context),
            }
        }
    }

    unsafe fn store_row<'a>(values: Vec<T>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the row is within its writable buffer; `CELL` vouches for the layout.
        unsafe {
            if row.store::<T>(Self::CELL, &values)? {
                return Ok(());
            }
            row.stored(values, |place, value| row.set_float(place, value.into()))
        }
    }
}
