//! Lists out, and the collections that own their items.

use std::collections;
use std::marker::PhantomData;
use std::{rc, sync};

use super::protocol::{is_list, list_items};
use super::sequence::{collect, collect_rows};
use super::{Conversion, Expected, Lift, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

type StdVec<T> = std::vec::Vec<T>;

/// Writes vectors into the rows of an array.
///
/// # Safety
/// As for [`Lift::store_row`], with one dimension more.
pub(super) unsafe fn store_rows<'a, C: Lift>(
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
pub(super) unsafe fn new_list<'a, C: Lift>(
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
pub(super) unsafe fn new_list_over<'a, C: Lift>(
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

/// Claims a list that stands in a list whose items are replaced, and the lists in it.
///
/// # Safety
/// As for [`Lift::claim`].
pub(super) unsafe fn claim_list<C: Lift>(existing: Object, scope: &Scope) -> Result<(), Fault> {
    // SAFETY: the type is checked first; no Python code runs.
    unsafe {
        if !is_list(existing) {
            return Ok(());
        }
        scope.claim(existing)?;
        claim_items::<C>(existing, scope)
    }
}

/// Claims the lists in a list.
///
/// # Safety
/// As for [`Lift::claim`]; `list` is a list or of a subclass.
pub(super) unsafe fn claim_items<C: Lift>(list: Object, scope: &Scope) -> Result<(), Fault> {
    // SAFETY: no Python code runs, so the items stay.
    for (index, &item) in unsafe { list_items(list) }.iter().enumerate() {
        // SAFETY: as above.
        unsafe { C::claim(item, scope) }.map_err(|fault| fault.at_index(index))?;
    }
    Ok(())
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
            const LENDS: bool = C::LENDS;

            #[inline(always)]
            unsafe fn lift<'a>($taken: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { new_list::<C>($items, context) }
            }

            unsafe fn lift_over<'a>($taken: Self::Value<'a>, existing: Object, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { new_list_over::<C>($items, existing, context) }
            }

            unsafe fn claim(existing: Object, scope: &Scope) -> Result<(), Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { claim_list::<C>(existing, scope) }
            }

            unsafe fn store_row<'a>(values: StdVec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { store_rows::<C>(values.into_iter().map(|$taken| $items.collect()), row) }
            }
        }
    };
}

/// One dimension more.
pub(super) const fn deeper(dimensions: Option<usize>) -> Option<usize> {
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
