//! Booleans: True and False themselves, and numpy's.

use std::ffi::CStr;

use super::{Cell, Conversion, Lift, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object};
use crate::scope::Scope;
use crate::state::Context;

/// `bool`.
pub struct Bool;

impl Conversion for Bool {
    type Value<'a> = bool;
}

fn python(value: bool) -> Object {
    if value {
        (&raw mut ffi::_Py_TrueStruct).cast()
    } else {
        (&raw mut ffi::_Py_FalseStruct).cast()
    }
}

/// `numpy.bool_`, known by its name so that numpy is not imported; anything else is wrong.
///
/// # Safety
/// As for [`Lower::lower`].
#[cold]
unsafe fn numpy(object: Object) -> Result<bool, Fault> {
    // SAFETY: a ready type has a name. Only static types carry their module in it, so no Python class can take this one.
    unsafe {
        let class = object::type_of(object);
        let name = CStr::from_ptr((*class).tp_name);
        if (*class).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE != 0
            || (name != c"numpy.bool" && name != c"numpy.bool_")
        {
            return Err(Fault::wrong_type("bool", object));
        }
        match ffi::PyObject_IsTrue(object) {
            -1 => Err(Fault::raised()),
            truth => Ok(truth == 1),
        }
    }
}

// SAFETY: the value borrows nothing. There is no `CELL`: a byte of a buffer may be neither 0 nor 1, which a `bool` must not be.
unsafe impl Lower for Bool {
    const EXPECTED: &'static str = "bool";
    const BORROWS: bool = false;
    const DIMENSIONS: Option<usize> = Some(0);

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<bool, Fault> {
        if object == python(true) {
            Ok(true)
        } else if object == python(false) {
            Ok(false)
        } else {
            // SAFETY: the caller's promise is the same.
            unsafe { numpy(object) }
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(object: Object) -> bool {
        object == python(true) || object == python(false)
    }

    unsafe fn lower_row<'a>(row: Row<'_>, _scope: &'a Scope) -> Result<Vec<bool>, Fault> {
        if row.cell() != Cell::Bool {
            return Err(row.refused(Self::EXPECTED));
        }
        // SAFETY: the row is within its buffer, whose numbers are single bytes.
        row.collected(|place| Ok(unsafe { *place } != 0))
    }
}

impl Lift for Bool {
    #[inline(always)]
    unsafe fn lift<'a>(value: bool, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; both objects live as long as the interpreter.
        Ok(unsafe { object::new_reference(python(value)) })
    }

    unsafe fn store_row<'a>(values: Vec<bool>, row: Row<'_>) -> Result<(), Fault> {
        row.check_length(values.len())?;
        row.stored(values, |place, value| {
            // SAFETY: the row is within its writable buffer, whose numbers are single bytes: it was lowered from there.
            unsafe { *place = u8::from(value) };
            Ok(())
        })
    }
}

/// `bool` as the result of a callback: what Python's `if` would say.
pub struct Truth;

impl Conversion for Truth {
    type Value<'a> = bool;
}

// SAFETY: the value borrows nothing.
unsafe impl Lower for Truth {
    const EXPECTED: &'static str = "a truth value";
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<bool, Fault> {
        // SAFETY: attached; the object is valid.
        match unsafe { ffi::PyObject_IsTrue(object) } {
            // SAFETY: attached.
            -1 => Err(unsafe { Fault::raised() }),
            truth => Ok(truth == 1),
        }
    }
}
