//! Slices that are read: `&[T]`, `Cow<[T]>`.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::buffer::in_place;
use super::list::{deeper, new_list};
use super::protocol::is_list_or_tuple;
use super::sequence::{collect, collect_list, collect_rows, is_buffer_of, rows_of};
use super::{Conversion, Expected, Lift, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object};
use crate::scope::Scope;
use crate::state::Context;

/// `&[T]`: a buffer is borrowed where its layout fits, all else is copied into the scope. Items are cloned on the way out.
pub struct Slice<C>(PhantomData<C>);

impl<C: Conversion> Conversion for Slice<C> {
    type Value<'a> = &'a [C::Value<'a>];
}

impl<C: Lower> Slice<C> {
    const TEXT: &'static Expected = &Expected::join(&["list of ", C::EXPECTED]);
}

/// # Safety
/// As for [`Lower::lower`].
#[inline(never)]
unsafe fn slice_of_other<'a, C: Lower>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<&'a [C::Value<'a>], Fault> {
    // SAFETY: `CELL` vouches that the numbers in memory are values; the export lives as long as the scope, and keeps the GIL because even a read-only one may
    // be a view of memory that is not.
    unsafe {
        let is_copied = C::CELL.is_none() || is_list_or_tuple(object) || scope.copies();
        if is_copied || !is_buffer_of::<C>(object) {
            return Ok(scope.keep_slice(collect::<C>(object, scope, expected)?));
        }
        let view = scope.buffer(object, ffi::PyBUF_RECORDS_RO)?;
        if let Some(values) = in_place(view, C::CELL) {
            scope.pin();
            return Ok(&*values);
        }
        let row = rows_of::<C>(view, false, expected)?;
        Ok(scope.keep_slice(C::lower_row(row, scope)?))
    }
}

// SAFETY: the value borrows from the scope or, by an export that the scope holds, from the object.
unsafe impl<C: Lower> Lower for Slice<C> {
    const EXPECTED: &'static str = Self::TEXT.text();
    const BORROWS: bool = C::BORROWS;
    const DIMENSIONS: Option<usize> = deeper(C::DIMENSIONS);

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the type is checked first; the rest is the caller's promise.
        unsafe {
            if object::is_exactly(object, &raw mut ffi::PyList_Type) {
                Ok(scope.keep_slice(collect_list::<C>(object, scope)?))
            } else {
                slice_of_other::<C>(object, scope, Self::EXPECTED)
            }
        }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<Vec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        let rows: &'a [Vec<C::Value<'a>>] = scope.keep_slice(rows);
        Ok(rows.iter().map(|row| &row[..]).collect())
    }
}

impl<C: for<'v> Lift<Value<'v>: Clone>> Lift for Slice<C> {
    const LENDS: bool = C::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new_list::<C>(value.iter().cloned(), context) }
    }
}

/// `Cow<[T]>`, borrowed from a buffer where its layout fits.
pub struct CowSlice<C>(PhantomData<C>);

impl<C: for<'v> Conversion<Value<'v>: Clone>> Conversion for CowSlice<C> {
    type Value<'a> = Cow<'a, [C::Value<'a>]>;
}

// SAFETY: as for `Slice`.
unsafe impl<C: for<'v> Lower<Value<'v>: Clone>> Lower for CowSlice<C> {
    const EXPECTED: &'static str = Slice::<C>::EXPECTED;
    const BORROWS: bool = C::BORROWS;
    const DIMENSIONS: Option<usize> = deeper(C::DIMENSIONS);

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the type is checked first; the rest is the caller's promise.
        unsafe {
            if object::is_exactly(object, &raw mut ffi::PyList_Type) {
                collect_list::<C>(object, scope).map(Cow::Owned)
            } else {
                slice_of_other::<C>(object, scope, Self::EXPECTED).map(Cow::Borrowed)
            }
        }
    }

    unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<Vec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        Ok(rows.into_iter().map(Cow::Owned).collect())
    }
}

impl<C: for<'v> Lift<Value<'v>: Clone>> Lift for CowSlice<C> {
    const LENDS: bool = C::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            match value {
                Cow::Borrowed(values) => new_list::<C>(values.iter().cloned(), context),
                Cow::Owned(values) => new_list::<C>(values.into_iter(), context),
            }
        }
    }
}
