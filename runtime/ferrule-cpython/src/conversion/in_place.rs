//! Arguments that Rust changes: `&mut [T]`, `&mut Vec<T>`, `&mut [u8]`, `&mut Vec<u8>`.
//!
//! Memory that fits is changed where it is, unless Rust may run Python code meanwhile. All else is copied in and written back when the call ends, on success,
//! error and panic alike; the GIL stays held until then, so that other threads do not change what is about to be replaced. What Python regards as
//! unchangeable is refused before anything runs.

use std::marker::PhantomData;

use super::buffer::{in_place, refused, reserved};
use super::bytes::{contiguous, gathered, is_bytes};
use super::list::{claim_items, replace_items};
use super::protocol::{is_byte_array, is_list, list_items};
use super::sequence::{collect, is_buffer_of, rows_of};
use super::{Conversion, Expected, Int, Lift, Lower, Row};
use crate::fault::{type_name, Builtin, Fault};
use crate::ffi::{self, Py_buffer};
use crate::object::{Object, Owned};
use crate::scope::{exports_buffer, with_buffer, Scope, WriteBack};
use crate::state::Context;

/// A list whose items are replaced.
struct ListChange<'a, C: Lift> {
    list: Owned,
    values: Vec<C::Value<'a>>,
    keeps_length: bool,
    context: Context,
}

impl<C: Lift> WriteBack for ListChange<'_, C> {
    unsafe fn write_back(&mut self) -> Result<(), Fault> {
        let values = std::mem::take(&mut self.values);
        // SAFETY: attached; the list is ours, and no Python code runs while its length is read.
        unsafe {
            if self.keeps_length && list_items(self.list.object()).len() != values.len() {
                return Err(Fault::builtin(
                    Builtin::Runtime,
                    "the list changed its length during the call, and was left as it is",
                ));
            }
            replace_items::<C>(self.list.object(), values.into_iter(), &self.context)
        }
    }
}

/// A buffer whose numbers Rust sees in another layout.
struct BufferChange<'a, C: Lift> {
    row: Row<'a>,
    values: Vec<C::Value<'a>>,
}

impl<C: Lift> WriteBack for BufferChange<'_, C> {
    unsafe fn write_back(&mut self) -> Result<(), Fault> {
        self.row.check_length(self.values.len())?;
        // SAFETY: attached; the scope holds the export, which is writable, until everything is written back.
        unsafe { C::store_row(std::mem::take(&mut self.values), self.row) }
    }
}

/// Copies a list in.
#[allow(clippy::mut_from_ref)] // the scope hands each change out once
unsafe fn list_change<'a, C: Lower + Lift + 'static>(
    list: Object,
    scope: &'a Scope,
    expected: &'static str,
    keeps_length: bool,
) -> Result<&'a mut Vec<C::Value<'a>>, Fault> {
    // SAFETY: the caller's promise is the same.
    unsafe {
        scope.pin();
        // Items that do not fit leave the list unclaimed: another instantiation of the function may take them.
        let values = collect::<C>(list, scope, expected)?;
        scope.claim(list)?;
        claim_items::<C>(list, scope)?;
        let change = ListChange::<'a, C> {
            list: Owned::of(list),
            values,
            keeps_length,
            context: *scope.context(),
        };
        Ok(&mut scope.write_back(change).values)
    }
}

/// Copies numbers in.
#[allow(clippy::mut_from_ref)] // the scope hands each change out once
unsafe fn buffer_change<'a, C: Lower + Lift + 'static>(
    row: Row<'a>,
    scope: &'a Scope,
) -> Result<&'a mut Vec<C::Value<'a>>, Fault> {
    // SAFETY: the row is the outermost of a live export of the right depth.
    let values = unsafe { C::lower_row(row, scope)? };
    Ok(&mut scope
        .write_back(BufferChange::<'a, C> { row, values })
        .values)
}

/// Exports memory for writing; read-only memory is of the wrong type.
unsafe fn writable<'a>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<&'a Py_buffer, Fault> {
    // SAFETY: the caller's promise is the same.
    unsafe {
        scope.buffer(object, ffi::PyBUF_RECORDS).map_err(|fault| {
            // Exporters refuse in their own words, and not all with the same exception.
            match with_buffer(object, ffi::PyBUF_RECORDS_RO, |view| Ok(view.readonly != 0)) {
                Ok(true) => Fault::builtin(
                    Builtin::Type,
                    format!("expected {expected}, got read-only {}", type_name(object)),
                ),
                _ => fault,
            }
        })
    }
}

/// `&mut [T]`: a list, or a writable buffer.
pub struct SliceMut<C>(PhantomData<C>);

impl<C: Conversion> Conversion for SliceMut<C> {
    type Value<'a> = &'a mut [C::Value<'a>];
}

impl<C: Lower> SliceMut<C> {
    const TEXT: &'static Expected = &if C::DIMENSIONS.is_some() {
        Expected::join(&["list of ", C::EXPECTED, " or writable buffer"])
    } else {
        Expected::join(&["list of ", C::EXPECTED])
    };
}

// SAFETY: the value borrows from the scope or, by an exclusive export that the scope holds, from the object.
unsafe impl<C: Lower + Lift + 'static> Lower for SliceMut<C> {
    const EXPECTED: &'static str = Self::TEXT.text();
    const IS_WRITTEN_BACK: bool = true;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the types are checked first. `CELL` vouches that the numbers in memory are values; the scope refuses to export them twice, and the GIL stays
        // held because the memory is writable.
        unsafe {
            if is_list(object) {
                return Ok(list_change::<C>(object, scope, Self::EXPECTED, true)?);
            }
            if !is_buffer_of::<C>(object) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let view = writable(object, scope, Self::EXPECTED)?;
            match in_place(view, C::CELL) {
                Some(values) if !scope.copies() => return Ok(&mut *values),
                _ => {}
            }
            Ok(buffer_change::<C>(
                rows_of::<C>(view, true, Self::EXPECTED)?,
                scope,
            )?)
        }
    }
}

/// `&mut Vec<T>`: a list, which may change its length, or a writable buffer, which may not.
pub struct VecMut<C>(PhantomData<C>);

impl<C: Conversion> Conversion for VecMut<C> {
    type Value<'a> = &'a mut Vec<C::Value<'a>>;
}

// SAFETY: the value borrows from the scope.
unsafe impl<C: Lower + Lift + 'static> Lower for VecMut<C> {
    const EXPECTED: &'static str = SliceMut::<C>::EXPECTED;
    const IS_WRITTEN_BACK: bool = true;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the types are checked first; the rest is the caller's promise.
        unsafe {
            if is_list(object) {
                return list_change::<C>(object, scope, Self::EXPECTED, false);
            }
            if !is_buffer_of::<C>(object) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let row = rows_of::<C>(
                writable(object, scope, Self::EXPECTED)?,
                true,
                Self::EXPECTED,
            )?;
            buffer_change::<C>(row, scope)
        }
    }
}

/// `&mut [u8]`: a bytearray or another writable buffer of bytes, in place; a list of ints, written back.
pub struct BytesMut;

impl Conversion for BytesMut {
    type Value<'a> = &'a mut [u8];
}

/// Bytes of a writable export that lie apart.
struct ScatteredChange<'a> {
    view: &'a Py_buffer,
    bytes: Vec<u8>,
}

impl WriteBack for ScatteredChange<'_> {
    unsafe fn write_back(&mut self) -> Result<(), Fault> {
        // SAFETY: the scope holds the writable export, which has as many bytes as were gathered: a slice keeps its length.
        match unsafe {
            ffi::PyBuffer_FromContiguous(
                self.view,
                self.bytes.as_ptr().cast(),
                self.bytes.len() as isize,
                b'C' as _,
            )
        } {
            0 => Ok(()),
            // SAFETY: attached.
            _ => Err(unsafe { Fault::raised() }),
        }
    }
}

// SAFETY: the value borrows from the scope or, by an exclusive export that the scope holds, from the object.
unsafe impl Lower for BytesMut {
    const EXPECTED: &'static str = "bytearray or writable buffer of bytes";
    const IS_WRITTEN_BACK: bool = true;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a mut [u8], Fault> {
        // SAFETY: the types are checked first; the scope refuses to export the memory twice, and the GIL stays held because it is writable.
        unsafe {
            if is_list(object) {
                return Ok(list_change::<Int<u8>>(object, scope, Self::EXPECTED, true)?);
            }
            if !exports_buffer(object) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let view = writable(object, scope, Self::EXPECTED)?;
            if !is_bytes(view) {
                return Err(refused(Self::EXPECTED, view));
            }
            match contiguous(view) {
                Some(bytes) if !scope.copies() => Ok(&mut *bytes),
                _ => {
                    let bytes = gathered(view)?;
                    Ok(&mut scope.write_back(ScatteredChange { view, bytes }).bytes)
                }
            }
        }
    }
}

/// `&mut Vec<u8>`: a bytearray, which grows and shrinks, or a list of ints.
pub struct ByteVecMut;

impl Conversion for ByteVecMut {
    type Value<'a> = &'a mut Vec<u8>;
}

/// A bytearray whose content is replaced.
struct ByteArrayChange {
    array: Owned,
    bytes: Vec<u8>,
}

/// The memory of a bytearray.
///
/// # Safety
/// `array` is a bytearray or of a subclass. Nothing resizes it as long as the slice is used.
unsafe fn array_content<'a>(array: Object) -> &'a mut [u8] {
    // SAFETY: a bytearray has memory, if only for a NUL, and the size that it says.
    unsafe {
        std::slice::from_raw_parts_mut(
            ffi::PyByteArray_AsString(array).cast(),
            ffi::PyByteArray_Size(array) as usize,
        )
    }
}

impl WriteBack for ByteArrayChange {
    unsafe fn write_back(&mut self) -> Result<(), Fault> {
        // SAFETY: attached; the bytearray is ours and has the size of `bytes` when it is written. Resizing one that is exported raises BufferError.
        unsafe {
            let array = self.array.object();
            let changes_size = array_content(array).len() != self.bytes.len();
            if changes_size && ffi::PyByteArray_Resize(array, self.bytes.len() as isize) != 0 {
                return Err(Fault::raised());
            }
            array_content(array).copy_from_slice(&self.bytes);
        }
        Ok(())
    }
}

// SAFETY: the value borrows from the scope.
unsafe impl Lower for ByteVecMut {
    const EXPECTED: &'static str = "bytearray";
    const IS_WRITTEN_BACK: bool = true;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a mut Vec<u8>, Fault> {
        // SAFETY: the type is checked first, and the content is copied before anything else runs.
        unsafe {
            if !is_byte_array(object) {
                return if is_list(object) || exports_buffer(object) {
                    VecMut::<Int<u8>>::lower(object, scope)
                } else {
                    Err(Fault::wrong_type(Self::EXPECTED, object))
                };
            }
            scope.claim(object)?;
            scope.pin();
            let content = array_content(object);
            scope.add_size(content.len());
            let mut bytes = reserved(content.len())?;
            bytes.extend_from_slice(content);
            Ok(&mut scope
                .write_back(ByteArrayChange {
                    array: Owned::of(object),
                    bytes,
                })
                .bytes)
        }
    }
}
