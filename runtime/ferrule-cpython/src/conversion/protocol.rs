//! What an object is, and what lies in a list or tuple: looked up without running Python code or raising, except where a class has to be asked.

use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object};

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

/// Whether to read the object by its items: text, bytes and mappings have items too, but are no lists.
///
/// # Safety
/// The thread is attached; `object` is a valid reference.
pub(super) unsafe fn is_sequence(object: Object) -> Result<bool, Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        let is_text =
            object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) || is_byte_string(object);
        Ok(!is_text && ffi::PySequence_Check(object) != 0 && !is_mapping(object)?)
    }
}

/// Whether the object is a mapping by its own word; dicts are not asked here.
#[cfg(feature = "py310")]
pub(super) unsafe fn is_mapping(object: Object) -> Result<bool, Fault> {
    // SAFETY: as the caller promises.
    unsafe { Ok(object::has_flag(object, ffi::Py_TPFLAGS_MAPPING)) }
}

/// Whether the object is a mapping by its own word; dicts are not asked here.
#[cfg(not(feature = "py310"))]
pub(super) unsafe fn is_mapping(object: Object) -> Result<bool, Fault> {
    static MAPPING: crate::state::Import = crate::state::Import {
        module: c"collections.abc",
        name: c"Mapping",
    };
    // SAFETY: attached; both are valid objects.
    unsafe {
        match ffi::PyObject_IsInstance(object, MAPPING.object()?.object()) {
            -1 => Err(Fault::raised()),
            answer => Ok(answer == 1),
        }
    }
}
