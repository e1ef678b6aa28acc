//! Lists, and everything that is read like one.
//!
//! Reading never trusts a list to stay as it is while Python code may run: items that run none are read in a stretch straight from the list's storage; around
//! every other item the storage is looked up again and the item held. For values that borrow from their items the scope keeps every item.

use super::buffer::{in_place, memory, refused, reserved};
use super::protocol::{is_byte_string, is_list, is_sequence, list_items, tuple_items};
use super::{Cell, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::{exports_buffer, with_buffer, Scope};

/// Whether the object offers numbers in a buffer that `C` reads: bytes do so only for bytes, so that no text is taken for numbers.
///
/// # Safety
/// `object` is a valid reference.
pub(super) unsafe fn is_buffer_of<C: Lower>(object: Object) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        C::DIMENSIONS.is_some()
            && exports_buffer(object)
            && (matches!(C::CELL, Some(Cell::U8 | Cell::I8)) || !is_byte_string(object))
    }
}

/// The whole of an export as values of `C`.
///
/// # Safety
/// `view` is a live export with format, shape and strides, without suboffsets.
pub(super) unsafe fn rows_of<'v, C: Lower>(
    view: &'v ffi::Py_buffer,
    is_written_back: bool,
    expected: &'static str,
) -> Result<Row<'v>, Fault> {
    // SAFETY: the caller's promise is the same.
    unsafe {
        match Row::outermost(view, is_written_back) {
            Some(row)
                if C::DIMENSIONS.is_some_and(|dimensions| view.ndim as usize == dimensions + 1) =>
            {
                Ok(row)
            }
            _ => Err(refused(expected, view)),
        }
    }
}

/// Appends to a vector that has room.
///
/// # Safety
/// `values.len() < values.capacity()`.
#[inline(always)]
unsafe fn push_within<T>(values: &mut Vec<T>, value: T) {
    let length = values.len();
    // SAFETY: there is room for one more, as the caller promises.
    unsafe {
        values.as_mut_ptr().add(length).write(value);
        values.set_len(length + 1);
    }
}

/// Reads a sequence, for whatever collection.
///
/// # Safety
/// As for [`Lower::lower`].
#[inline(always)]
pub(super) unsafe fn collect<'a, C: Lower>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: the types are checked first; the rest is the caller's promise.
    unsafe {
        if object::is_exactly(object, &raw mut ffi::PyList_Type) {
            collect_list::<C>(object, scope)
        } else if object::is_exactly(object, &raw mut ffi::PyTuple_Type) {
            collect_tuple::<C>(object, scope)
        } else {
            collect_other::<C>(object, scope, expected)
        }
    }
}

/// # Safety
/// `list` is a list or of a subclass; else as for [`Lower::lower`].
#[inline(never)]
pub(super) unsafe fn collect_list<'a, C: Lower>(
    list: Object,
    scope: &'a Scope,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: the list is valid. In the stretch no Python code runs, so its storage stays; an item that may run some is held. There is room for every value,
    // because items beyond the first length are not read.
    unsafe {
        if C::BORROWS {
            return collect_held::<C>(list, scope);
        }
        let length = list_items(list).len();
        scope.add_size(length);
        let mut values = reserved(length)?;
        loop {
            let items = list_items(list);
            let end = items.len().min(length);
            for &item in items.get(values.len()..end).unwrap_or_default() {
                if !C::is_quiet(item) {
                    break;
                }
                match C::lower(item, scope) {
                    Ok(value) => push_within(&mut values, value),
                    Err(fault) => return Err(fault.at_index(values.len())),
                }
            }
            let index = values.len();
            if index >= end {
                return Ok(values);
            }
            let item = Owned::of(items[index]);
            match C::lower(item.object(), scope) {
                Ok(value) => push_within(&mut values, value),
                Err(fault) => return Err(fault.at_index(index)),
            }
        }
    }
}

/// Values that borrow from their items: the scope keeps every item, because the list may lose them while Rust still reads.
///
/// # Safety
/// `list` is a list or of a subclass; else as for [`Lower::lower`].
#[inline(never)]
unsafe fn collect_held<'a, C: Lower>(
    list: Object,
    scope: &'a Scope,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: the list is valid. Every item is held before it is lowered. In the stretch no Python code runs, so the list's storage stays; around every other
    // item it is looked up again. There is room for every item and value, because items beyond the first length are not read, and lengths are set to what was
    // written. If an item fails, the values go before the items.
    unsafe {
        let length = list_items(list).len();
        scope.add_size(length);
        let mut held = reserved::<Owned>(length)?;
        let mut values = reserved::<C::Value<'a>>(length)?;
        let (held_slots, value_slots) = (held.as_mut_ptr(), values.as_mut_ptr());
        let mut index = 0;
        loop {
            let items = list_items(list);
            let end = items.len().min(length);
            let mut failed = None;
            for &item in items.get(index..end).unwrap_or_default() {
                if !C::is_quiet(item) {
                    break;
                }
                held_slots.add(index).write(Owned::of(item));
                match C::lower(item, scope) {
                    Ok(value) => value_slots.add(index).write(value),
                    Err(fault) => {
                        failed = Some(fault);
                        break;
                    }
                }
                index += 1;
            }
            values.set_len(index);
            held.set_len(index + usize::from(failed.is_some()));
            if let Some(fault) = failed {
                return Err(fault.at_index(index));
            }
            if index >= end {
                scope.keep_slice(held);
                return Ok(values);
            }
            let item = items[index];
            push_within(&mut held, Owned::of(item));
            match C::lower(item, scope) {
                Ok(value) => push_within(&mut values, value),
                Err(fault) => return Err(fault.at_index(index)),
            }
            index += 1;
        }
    }
}

/// # Safety
/// `tuple` is a tuple or of a subclass; else as for [`Lower::lower`].
#[inline(never)]
unsafe fn collect_tuple<'a, C: Lower>(
    tuple: Object,
    scope: &'a Scope,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: the items live as long as the tuple and never change.
    unsafe {
        let items = tuple_items(tuple);
        scope.add_size(items.len());
        let mut values = reserved(items.len())?;
        for &item in items {
            match C::lower(item, scope) {
                Ok(value) => push_within(&mut values, value),
                Err(fault) => return Err(fault.at_index(values.len())),
            }
        }
        Ok(values)
    }
}

/// # Safety
/// As for [`Lower::lower`].
#[inline(never)]
unsafe fn collect_other<'a, C: Lower>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: the types are checked first; an export ends with the closure, which reads numbers only. `CELL` vouches that those in place are values, which are plain
    // ones that may be copied.
    unsafe {
        if is_buffer_of::<C>(object) {
            return with_buffer(object, ffi::PyBUF_RECORDS_RO, |view| {
                scope.add_size(view.len as usize);
                if let Some(values) = in_place::<C::Value<'a>>(view, C::CELL) {
                    let mut copy = reserved(values.len())?;
                    std::ptr::copy_nonoverlapping(values.cast(), copy.as_mut_ptr(), values.len());
                    copy.set_len(values.len());
                    return Ok(copy);
                }
                C::lower_row(rows_of::<C>(view, false, expected)?, scope)
            });
        }
        if is_list(object) {
            return collect_list::<C>(object, scope);
        }
        if object::has_flag(object, ffi::Py_TPFLAGS_TUPLE_SUBCLASS) {
            return collect_tuple::<C>(object, scope);
        }
        if !is_sequence(object)? {
            return Err(Fault::wrong_type(expected, object));
        }
        collect_iterable::<C>(object, scope)
    }
}

/// Collects what an iterator gives. As in `list()`, what is longer than memory fails at once where it tells its length; signals are handled meanwhile, because
/// it may never end.
///
/// # Safety
/// As for [`Lower::lower`].
pub(super) unsafe fn collect_iterable<'a, C: Lower>(
    iterable: Object,
    scope: &'a Scope,
) -> Result<Vec<C::Value<'a>>, Fault> {
    let mut values = Vec::new();
    // SAFETY: attached; the rest is the caller's promise.
    unsafe {
        let hint = ffi::PyObject_LengthHint(iterable, 0);
        let hint = usize::try_from(hint).map_err(|_| Fault::raised())?;
        values.try_reserve(hint).map_err(|_| memory())?;
        iterate::<C>(iterable, scope, |value| {
            if values.len() % SIGNALS == SIGNALS - 1 && ffi::PyErr_CheckSignals() != 0 {
                return Err(Fault::raised());
            }
            values.try_reserve(1).map_err(|_| memory())?;
            values.push(value);
            Ok(())
        })?;
    }
    scope.add_size(values.len());
    Ok(values)
}

/// So many items between two looks at signals, such as that of Ctrl-C.
const SIGNALS: usize = 4096;

/// Lowers what an iterator gives, one after the other.
///
/// # Safety
/// As for [`Lower::lower`].
unsafe fn iterate<'a, C: Lower>(
    iterable: Object,
    scope: &'a Scope,
    mut sink: impl FnMut(C::Value<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    // SAFETY: attached; each item is ours while it is lowered, and the scope's where the value borrows from it.
    unsafe {
        let iterator = Owned::new(ffi::PyObject_GetIter(iterable))?;
        for index in 0.. {
            let item = ffi::PyIter_Next(iterator.object());
            if item.is_null() {
                break;
            }
            let item = Owned::new(item)?;
            let value = if C::BORROWS {
                C::lower(scope.keep_object(item), scope)
            } else {
                C::lower(item.object(), scope)
            };
            sink(value.map_err(|fault| fault.at_index(index))?)?;
        }
        if ffi::PyErr_Occurred().is_null() {
            Ok(())
        } else {
            Err(Fault::raised())
        }
    }
}

/// The rows of an array as vectors.
///
/// # Safety
/// As for [`Lower::lower_row`], with one dimension more.
pub(super) unsafe fn collect_rows<'a, C: Lower>(
    row: Row<'_>,
    scope: &'a Scope,
) -> Result<Vec<Vec<C::Value<'a>>>, Fault> {
    let mut rows = reserved(row.len())?;
    // SAFETY: the caller's promise is the same, of one dimension less.
    for (index, row) in unsafe { row.rows() }.enumerate() {
        // SAFETY: as above.
        rows.push(unsafe { C::lower_row(row, scope) }.map_err(|fault| fault.at_index(index))?);
    }
    Ok(rows)
}
