//! Tuples, up to twelve items.

use super::protocol::{is_list, is_sequence, tuple_items};
use super::{Conversion, Expected, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

#[cold]
fn wrong_length(expected: usize, got: usize) -> Fault {
    Fault::value(format!(
        "expected tuple of length {expected}, got length {got}"
    ))
}

/// A tuple of the items of a list or another sequence of that length, or a tuple's subclass as it is.
///
/// # Safety
/// As for [`Lower::lower`].
#[cold]
#[inline(never)]
unsafe fn tuple_of(object: Object, length: usize, expected: &'static str) -> Result<Owned, Fault> {
    // SAFETY: attached; the types are checked first. The new tuple has `length` empty slots, each is filled once, and nobody else knows it yet.
    unsafe {
        if object::has_flag(object, ffi::Py_TPFLAGS_TUPLE_SUBCLASS) {
            return Ok(Owned::of(object));
        }
        if is_list(object) {
            return Owned::new(ffi::PyList_AsTuple(object));
        }
        if !is_sequence(object)? {
            return Err(Fault::wrong_type(expected, object));
        }
        let size = ffi::PySequence_Size(object);
        if size < 0 {
            return Err(Fault::raised());
        }
        if size as usize != length {
            return Err(wrong_length(length, size as usize));
        }
        let tuple = Owned::new(ffi::PyTuple_New(size))?;
        for index in 0..size {
            *slots(tuple.object()).add(index as usize) =
                Owned::new(ffi::PySequence_GetItem(object, index))?.into_object();
        }
        Ok(tuple)
    }
}

/// The slots of a new tuple.
#[inline(always)]
unsafe fn slots(tuple: Object) -> *mut Object {
    // SAFETY: the caller passes a tuple.
    unsafe { (&raw mut (*tuple.cast::<ffi::PyTupleObject>()).ob_item).cast() }
}

macro_rules! tuple {
    ($count:literal: $first:ident 0 $first_value:ident $(, $rest:ident $index:literal $value:ident)*) => {
        impl<$first: Conversion $(, $rest: Conversion)*> Conversion for ($first, $($rest,)*) {
            type Value<'a> = ($first::Value<'a>, $($rest::Value<'a>,)*);
        }

        // SAFETY: the tuple owns its values and borrows where one of them does; it is quiet only if it is an exact tuple of quiet items.
        unsafe impl<$first: Lower $(, $rest: Lower)*> Lower for ($first, $($rest,)*) {
            const EXPECTED: &'static str = const { &Expected::join(&["tuple of (", $first::EXPECTED, $(", ", $rest::EXPECTED,)* ")"]) }.text();
            const BORROWS: bool = $first::BORROWS $(|| $rest::BORROWS)*;

            #[inline(always)]
            unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
                // SAFETY: items live as long as their tuple: the caller's, or one that is kept as long as values borrow from it.
                unsafe {
                    let made;
                    let tuple = if object::is_exactly(object, &raw mut ffi::PyTuple_Type) {
                        object
                    } else {
                        let other = tuple_of(object, $count, Self::EXPECTED)?;
                        if Self::BORROWS {
                            scope.keep_object(other)
                        } else {
                            made = other;
                            made.object()
                        }
                    };
                    let items = tuple_items(tuple);
                    if items.len() != $count {
                        return Err(wrong_length($count, items.len()));
                    }
                    Ok((
                        $first::lower(items[0], scope).map_err(|fault| fault.at_index(0))?,
                        $($rest::lower(items[$index], scope).map_err(|fault| fault.at_index($index))?,)*
                    ))
                }
            }

            #[inline(always)]
            unsafe fn is_quiet(object: Object) -> bool {
                // SAFETY: the type is checked first.
                unsafe {
                    if !object::is_exactly(object, &raw mut ffi::PyTuple_Type) {
                        return false;
                    }
                    let items = tuple_items(object);
                    items.len() == $count && $first::is_quiet(items[0]) $(&& $rest::is_quiet(items[$index]))*
                }
            }
        }

        impl<$first: Lift $(, $rest: Lift)*> Lift for ($first, $($rest,)*) {
            const LENDS: bool = $first::LENDS $(|| $rest::LENDS)*;

            #[inline(always)]
            unsafe fn lift<'a>(($first_value, $($value,)*): Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
                // SAFETY: attached. Each slot of the new tuple is filled once, and nobody else knows it yet; it goes with what was made if an item fails.
                unsafe {
                    let tuple = Owned::new(ffi::PyTuple_New($count))?;
                    let slots = slots(tuple.object());
                    *slots = $first::lift($first_value, context)?;
                    $(*slots.add($index) = $rest::lift($value, context)?;)*
                    Ok(tuple.into_object())
                }
            }
        }
    };
}

tuple!(1: A 0 a);
tuple!(2: A 0 a, B 1 b);
tuple!(3: A 0 a, B 1 b, C 2 c);
tuple!(4: A 0 a, B 1 b, C 2 c, D 3 d);
tuple!(5: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e);
tuple!(6: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f);
tuple!(7: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g);
tuple!(8: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h);
tuple!(9: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h, I 8 i);
tuple!(10: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h, I 8 i, J 9 j);
tuple!(11: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h, I 8 i, J 9 j, K 10 k);
tuple!(12: A 0 a, B 1 b, C 2 c, D 3 d, E 4 e, F 5 f, G 6 g, H 7 h, I 8 i, J 9 j, K 10 k, L 11 l);
