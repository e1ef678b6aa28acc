//! Arrays of a fixed length.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::list::{claim_list, deeper, new_list, new_list_over, store_rows};
use super::protocol::{list_items, tuple_items};
use super::sequence::{collect, collect_rows};
use super::{Conversion, Expected, Lift, Lower, Row};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object};
use crate::scope::Scope;
use crate::state::Context;

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

fn array_of<T, const N: usize>(values: Vec<T>) -> Result<[T; N], Fault> {
    values
        .try_into()
        .map_err(|values: Vec<T>| wrong_length(N, values.len()))
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

    unsafe fn lower_row<'a>(row: Row<'_>, scope: &'a Scope) -> Result<Vec<Self::Value<'a>>, Fault> {
        // SAFETY: the caller's promise is the same.
        let rows = unsafe { collect_rows::<C>(row, scope)? };
        rows.into_iter()
            .enumerate()
            .map(|(index, values)| array_of(values).map_err(|fault| fault.at_index(index)))
            .collect()
    }
}

impl<C: Lift, const N: usize> Lift for Array<C, N> {
    const LENDS: bool = C::LENDS;

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

    unsafe fn claim(existing: Object, scope: &Scope) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { claim_list::<C>(existing, scope) }
    }

    unsafe fn store_row<'a>(values: Vec<Self::Value<'a>>, row: Row<'_>) -> Result<(), Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            store_rows::<C>(
                values.into_iter().map(|array| array.into_iter().collect()),
                row,
            )
        }
    }
}
