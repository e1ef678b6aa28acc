//! Lists, and everything that is read like one.
//!
//! Reading never trusts a list to stay as it is while Python code may run: items that run none are read in a stretch straight from the list's storage; around
//! every other item the storage is looked up again and the item held. Values that borrow from their items are read from a tuple of them that the scope keeps.

use std::borrow::Cow;
use std::collections;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::{rc, sync};

use super::buffer::{in_place, memory, refused, reserved};
use super::{Cell, Conversion, Expected, Lift, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::{exports_buffer, with_buffer, Scope};
use crate::state::Context;

type StdVec<T> = std::vec::Vec<T>;

/// The items of a tuple.
///
/// # Safety
/// `tuple` is a tuple or of a subclass, and lives as long as `'a`.
#[inline(always)]
pub(super) unsafe fn tuple_items<'a>(tuple: Object) -> &'a [Object] {
    // SAFETY: `ob_size` items follow the header and never change.
    unsafe {
        let tuple = tuple.cast::<ffi::PyTupleObject>();
        std::slice::from_raw_parts(
            (&raw const (*tuple).ob_item).cast::<Object>(),
            (*tuple).ob_base.ob_size as usize,
        )
    }
}

/// The items of a list as they are now.
///
/// # Safety
/// `list` is a list or of a subclass. No Python code runs as long as the slice is used.
#[inline(always)]
pub(super) unsafe fn list_items<'a>(list: Object) -> &'a [Object] {
    // SAFETY: `ob_size` items lie at `ob_item`, which is null for an empty list.
    unsafe {
        let list = list.cast::<ffi::PyListObject>();
        match (*list).ob_base.ob_size {
            0 => &[],
            size => std::slice::from_raw_parts((*list).ob_item, size as usize),
        }
    }
}

/// # Safety
/// `object` is a valid reference.
#[inline(always)]
pub(super) unsafe fn is_list(object: Object) -> bool {
    // SAFETY: as the caller promises.
    unsafe { object::has_flag(object, ffi::Py_TPFLAGS_LIST_SUBCLASS) }
}

/// # Safety
/// `object` is a valid reference.
#[inline(always)]
pub(super) unsafe fn is_list_or_tuple(object: Object) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        object::has_flag(
            object,
            ffi::Py_TPFLAGS_LIST_SUBCLASS | ffi::Py_TPFLAGS_TUPLE_SUBCLASS,
        )
    }
}

/// Whether the object is bytes or bytearray, which are sequences of ints only for bytes.
///
/// # Safety
/// `object` is a valid reference.
pub(super) unsafe fn is_byte_string(object: Object) -> bool {
    // SAFETY: as the caller promises.
    unsafe { object::has_flag(object, ffi::Py_TPFLAGS_BYTES_SUBCLASS) || is_byte_array(object) }
}

/// # Safety
/// `object` is a valid reference.
#[inline(always)]
pub(super) unsafe fn is_byte_array(object: Object) -> bool {
    let bytearray = &raw mut ffi::PyByteArray_Type;
    // SAFETY: types are valid; a type without a base class but `object` needs no search.
    unsafe {
        let class = object::type_of(object);
        class == bytearray
            || ((*class).tp_base != &raw mut ffi::PyBaseObject_Type
                && ffi::PyType_IsSubtype(class, bytearray) != 0)
    }
}

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
unsafe fn push_within<T>(values: &mut StdVec<T>, value: T) {
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
) -> Result<StdVec<C::Value<'a>>, Fault> {
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
unsafe fn collect_list<'a, C: Lower>(
    list: Object,
    scope: &'a Scope,
) -> Result<StdVec<C::Value<'a>>, Fault> {
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
) -> Result<StdVec<C::Value<'a>>, Fault> {
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
) -> Result<StdVec<C::Value<'a>>, Fault> {
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
) -> Result<StdVec<C::Value<'a>>, Fault> {
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
        if !is_sequence(object, scope.context())? {
            return Err(Fault::wrong_type(expected, object));
        }
        let mut values = StdVec::new();
        iterate::<C>(object, scope, |value| {
            values.try_reserve(1).map_err(|_| memory())?;
            values.push(value);
            Ok(())
        })?;
        scope.add_size(values.len());
        Ok(values)
    }
}

/// Lowers what an iterator gives, one after the other.
///
/// # Safety
/// As for [`Lower::lower`].
pub(super) unsafe fn iterate<'a, C: Lower>(
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

/// Whether to read the object by its items: text, bytes and mappings have items too, but are no lists.
///
/// # Safety
/// The thread is attached; `object` is a valid reference.
pub(super) unsafe fn is_sequence(object: Object, context: &Context) -> Result<bool, Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        let is_text =
            object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) || is_byte_string(object);
        Ok(!is_text && ffi::PySequence_Check(object) != 0 && !is_mapping(object, context)?)
    }
}

/// Whether the object is a mapping by its own word; dicts are not asked here.
#[cfg(feature = "py310")]
pub(super) unsafe fn is_mapping(object: Object, _context: &Context) -> Result<bool, Fault> {
    // SAFETY: as the caller promises.
    unsafe { Ok(object::has_flag(object, ffi::Py_TPFLAGS_MAPPING)) }
}

/// Whether the object is a mapping by its own word; dicts are not asked here.
#[cfg(not(feature = "py310"))]
pub(super) unsafe fn is_mapping(object: Object, context: &Context) -> Result<bool, Fault> {
    static MAPPING: crate::state::Import = crate::state::Import {
        module: c"collections.abc",
        name: c"Mapping",
    };
    // SAFETY: attached; both are valid objects.
    unsafe {
        match ffi::PyObject_IsInstance(object, context.import(&MAPPING)?) {
            -1 => Err(Fault::raised()),
            answer => Ok(answer == 1),
        }
    }
}

/// The rows of an array as vectors.
///
/// # Safety
/// As for [`Lower::lower_row`], with one dimension more.
unsafe fn collect_rows<'a, C: Lower>(
    row: Row<'_>,
    scope: &'a Scope,
) -> Result<StdVec<StdVec<C::Value<'a>>>, Fault> {
    let mut rows = reserved(row.len())?;
    // SAFETY: the caller's promise is the same, of one dimension less.
    for (index, row) in unsafe { row.rows() }.enumerate() {
        // SAFETY: as above.
        rows.push(unsafe { C::lower_row(row, scope) }.map_err(|fault| fault.at_index(index))?);
    }
    Ok(rows)
}

/// Writes vectors into the rows of an array.
///
/// # Safety
/// As for [`Lift::store_row`], with one dimension more.
unsafe fn store_rows<'a, C: Lift>(
    values: impl ExactSizeIterator<Item = StdVec<C::Value<'a>>>,
    row: Row<'_>,
) -> Result<(), Fault> {
    row.check_length(values.len())?;
    // SAFETY: the caller's promise is the same, of one dimension less.
    for ((index, row), values) in unsafe { row.rows() }.enumerate().zip(values) {
        // SAFETY: as above.
        unsafe { C::store_row(values, row) }.map_err(|fault| fault.at_index(index))?;
    }
    Ok(())
}

/// A new list, of a known length and filled by slot. What was made goes with it if an item fails.
///
/// # Safety
/// The thread is attached.
#[inline(always)]
unsafe fn new_list<'a, C: Lift>(
    values: impl ExactSizeIterator<Item = C::Value<'a>>,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: attached. The list has as many empty slots as there are values, each is filled once, and nobody else knows the list yet.
    unsafe {
        let list = Owned::new(ffi::PyList_New(values.len() as isize))?;
        let slots = (*list.object().cast::<ffi::PyListObject>()).ob_item;
        for (index, value) in values.enumerate() {
            *slots.add(index) = C::lift(value, context)?;
        }
        Ok(list.into_object())
    }
}

/// The values for a place that holds `existing`: a list there stays the same list and takes them.
///
/// # Safety
/// As for [`Lift::lift_over`].
unsafe fn new_list_over<'a, C: Lift>(
    values: impl ExactSizeIterator<Item = C::Value<'a>>,
    existing: Object,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: the type is checked first; the rest is the caller's promise.
    unsafe {
        if !is_list(existing) {
            return new_list::<C>(values, context);
        }
        replace_items::<C>(existing, values, context)?;
        Ok(object::new_reference(existing))
    }
}

/// Replaces all items of a list at once, after all new ones are there; those that can be brought up to date stay the same objects.
///
/// # Safety
/// The thread is attached; `list` is a list or of a subclass that the caller holds.
pub(super) unsafe fn replace_items<'a, C: Lift>(
    list: Object,
    values: impl ExactSizeIterator<Item = C::Value<'a>>,
    context: &Context,
) -> Result<(), Fault> {
    // SAFETY: as in `new_list`. Lifting may run Python code that changes `list`, so each old item is looked up when it is needed, and held.
    unsafe {
        let items = Owned::new(ffi::PyList_New(values.len() as isize))?;
        let slots = (*items.object().cast::<ffi::PyListObject>()).ob_item;
        for (index, value) in values.enumerate() {
            let old = list_items(list).get(index).map(|&item| Owned::of(item));
            *slots.add(index) = match old {
                Some(old) => C::lift_over(value, old.object(), context)?,
                None => C::lift(value, context)?,
            };
        }
        match ffi::PyList_SetSlice(list, 0, isize::MAX, items.object()) {
            0 => Ok(()),
            _ => Err(Fault::raised()),
        }
    }
}

/// One collection that owns its items: how it is made of a vector, and how it gives its items out.
macro_rules! owning {
    ($(#[$document:meta])* $name:ident of $collection:ty, $($bound:path)?; from $values:ident: $make:expr; items $taken:ident: $items:expr) => {
        $(#[$document])*
        pub struct $name<C>(PhantomData<C>);

        impl<C: Conversion> Conversion for $name<C> {
            type Value<'a> = $collection;
        }

        impl<C: Lower> $name<C> {
            const TEXT: &'static Expected = &Expected::join(&["list of ", C::EXPECTED]);
        }

        // SAFETY: the collection owns values of `C` and borrows where they do.
        unsafe impl<C: for<'v> Lower<$(Value<'v>: $bound)?>> Lower for $name<C> {
            const EXPECTED: &'static str = Self::TEXT.text();
            const BORROWS: bool = C::BORROWS;
            const DIMENSIONS: Option<usize> = deeper(C::DIMENSIONS);

            #[inline(always)]
            unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
                // SAFETY: the caller's promise is the same.
                let $values = unsafe { collect::<C>(object, scope, Self::EXPECTED)? };
                Ok($make)
            }

            unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<StdVec<Self::Value<'a>>, Fault> {
                // SAFETY: the caller's promise is the same.
                let rows = unsafe { collect_rows::<C>(row, scope)? };
                Ok(rows.into_iter().map(|$values| $make).collect())
            }
        }

        impl<C: for<'v> Lift<$(Value<'v>: $bound)?>> Lift for $name<C> {
            #[inline(always)]
            unsafe fn lift<'a>($taken: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { new_list::<C>($items, context) }
            }

            unsafe fn lift_over<'a>($taken: Self::Value<'a>, existing: Object, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { new_list_over::<C>($items, existing, context) }
            }

            unsafe fn store_row<'a>(values: StdVec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { store_rows::<C>(values.into_iter().map(|$taken| $items.collect()), row) }
            }
        }
    };
}

const fn deeper(dimensions: Option<usize>) -> Option<usize> {
    match dimensions {
        Some(dimensions) => Some(dimensions + 1),
        None => None,
    }
}

owning! {
    /// `Vec`.
    Vec of StdVec<C::Value<'a>>, ; from values: values; items values: values.into_iter()
}
owning! {
    /// `VecDeque`.
    VecDeque of collections::VecDeque<C::Value<'a>>, ; from values: values.into(); items values: values.into_iter()
}
owning! {
    /// `LinkedList`.
    LinkedList of collections::LinkedList<C::Value<'a>>, ; from values: values.into_iter().collect(); items values: values.into_iter()
}
owning! {
    /// `BinaryHeap`; as a list it comes out greatest first, in the order of its `pop`.
    BinaryHeap of collections::BinaryHeap<C::Value<'a>>, Ord; from values: values.into(); items values: values.into_sorted_vec().into_iter().rev()
}
owning! {
    /// `Box<[T]>`.
    BoxSlice of Box<[C::Value<'a>]>, ; from values: values.into(); items values: values.into_vec().into_iter()
}
owning! {
    /// `Arc<[T]>`; its items are cloned on the way out.
    ArcSlice of sync::Arc<[C::Value<'a>]>, Clone; from values: values.into(); items values: values.iter().cloned()
}
owning! {
    /// `Rc<[T]>`; its items are cloned on the way out.
    RcSlice of rc::Rc<[C::Value<'a>]>, Clone; from values: values.into(); items values: values.iter().cloned()
}

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
        if C::CELL.is_none() || !is_buffer_of::<C>(object) || is_list_or_tuple(object) {
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

    unsafe fn lower_row<'a>(
        row: Row<'_>,
        scope: &'a Scope,
    ) -> Result<StdVec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        let rows: &'a [StdVec<C::Value<'a>>] = scope.keep_slice(rows);
        Ok(rows.iter().map(|row| &row[..]).collect())
    }
}

impl<C: for<'v> Lift<Value<'v>: Clone>> Lift for Slice<C> {
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

    unsafe fn lower_row<'a>(
        row: Row<'_>,
        scope: &'a Scope,
    ) -> Result<StdVec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        Ok(rows.into_iter().map(Cow::Owned).collect())
    }
}

impl<C: for<'v> Lift<Value<'v>: Clone>> Lift for CowSlice<C> {
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

/// `[T; N]`.
pub struct Array<C, const N: usize>(PhantomData<C>);

impl<C: Conversion, const N: usize> Conversion for Array<C, N> {
    type Value<'a> = [C::Value<'a>; N];
}

impl<C: Lower, const N: usize> Array<C, N> {
    const TEXT: &'static Expected = &Expected::join(&["list of ", C::EXPECTED]);
}

/// An array that is being filled from the front; what is there goes if the rest fails.
struct Filling<T, const N: usize> {
    items: [MaybeUninit<T>; N],
    filled: usize,
}

impl<T, const N: usize> Filling<T, N> {
    fn new() -> Self {
        Self {
            items: [const { MaybeUninit::uninit() }; N],
            filled: 0,
        }
    }

    fn push(&mut self, value: T) {
        self.items[self.filled].write(value);
        self.filled += 1;
    }

    /// `None` if it is not full.
    fn finish(mut self) -> Option<[T; N]> {
        if self.filled != N {
            return None;
        }
        self.filled = 0;
        // SAFETY: all are filled, and `self` no longer drops them.
        Some(unsafe { (&raw const self.items).cast::<[T; N]>().read() })
    }
}

impl<T, const N: usize> Drop for Filling<T, N> {
    fn drop(&mut self) {
        for item in &mut self.items[..self.filled] {
            // SAFETY: the first `filled` items are initialised, and are dropped once.
            unsafe { item.assume_init_drop() };
        }
    }
}

#[cold]
fn wrong_length(expected: usize, got: usize) -> Fault {
    Fault::value(format!(
        "expected list of length {expected}, got length {got}"
    ))
}

fn array_of<T, const N: usize>(values: StdVec<T>) -> Result<[T; N], Fault> {
    values
        .try_into()
        .map_err(|values: StdVec<T>| wrong_length(N, values.len()))
}

// SAFETY: the array owns values of `C` and borrows where they do.
unsafe impl<C: Lower, const N: usize> Lower for Array<C, N> {
    const EXPECTED: &'static str = Self::TEXT.text();
    const BORROWS: bool = C::BORROWS;
    const DIMENSIONS: Option<usize> = deeper(C::DIMENSIONS);

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the types are checked first. Items of a tuple stay; those of a list stay because none of them runs Python code, and are not borrowed from.
        unsafe {
            let items = if object::is_exactly(object, &raw mut ffi::PyTuple_Type) {
                Some(tuple_items(object))
            } else if !C::BORROWS && object::is_exactly(object, &raw mut ffi::PyList_Type) {
                Some(list_items(object))
                    .filter(|items| items.len() == N && items.iter().all(|&item| C::is_quiet(item)))
            } else {
                None
            };
            let Some(items) = items.filter(|items| items.len() == N) else {
                return array_of(collect::<C>(object, scope, Self::EXPECTED)?);
            };
            let mut array = Filling::<C::Value<'a>, N>::new();
            for (index, &item) in items.iter().enumerate() {
                array.push(C::lower(item, scope).map_err(|fault| fault.at_index(index))?);
            }
            array.finish().ok_or_else(|| wrong_length(N, items.len()))
        }
    }

    unsafe fn lower_row<'a>(
        row: Row<'_>,
        scope: &'a Scope,
    ) -> Result<StdVec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        rows.into_iter()
            .enumerate()
            .map(|(index, values)| array_of(values).map_err(|fault| fault.at_index(index)))
            .collect()
    }
}

impl<C: Lift, const N: usize> Lift for Array<C, N> {
    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new_list::<C>(value.into_iter(), context) }
    }

    unsafe fn lift_over<'a>(
        value: Self::Value<'a>,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { new_list_over::<C>(value.into_iter(), existing, context) }
    }

    unsafe fn store_row<'a>(values: StdVec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            store_rows::<C>(
                values.into_iter().map(|array| array.into_iter().collect()),
                row,
            )
        }
    }
}
