//! Sets, from sets and every other iterable that is no text and no mapping.

use std::collections;
use std::hash::{BuildHasher, Hash, RandomState};
use std::marker::PhantomData;

use super::buffer::memory;
use super::protocol::{is_byte_string, is_mapping};
use super::sequence::{collect, collect_iterable};
use super::{Conversion, Expected, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// Reads the members of a set or another iterable, in its order.
///
/// # Safety
/// As for [`Lower::lower`].
unsafe fn members<'a, C: Lower>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<Vec<C::Value<'a>>, Fault> {
    // SAFETY: attached; the types are checked first. A set is read from a tuple of its members, which the scope keeps if values borrow from them.
    unsafe {
        if object::is_exactly(object, &raw mut ffi::PySet_Type)
            || object::is_exactly(object, &raw mut ffi::PyFrozenSet_Type)
        {
            let snapshot = Owned::new(ffi::PySequence_Tuple(object))?;
            if C::BORROWS {
                return collect::<C>(scope.keep_object(snapshot), scope, expected);
            }
            return collect::<C>(snapshot.object(), scope, expected);
        }
        if !is_iterable(object)? {
            return Err(Fault::wrong_type(expected, object));
        }
        collect_iterable::<C>(object, scope)
    }
}

#[cold]
unsafe fn is_iterable(object: Object) -> Result<bool, Fault> {
    // SAFETY: attached; slots of a ready type are null or valid.
    unsafe {
        let is_text =
            object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) || is_byte_string(object);
        let is_iterable =
            !(*object::type_of(object)).tp_iter.is_null() || ffi::PySequence_Check(object) != 0;
        Ok(is_iterable
            && !is_text
            && !object::has_flag(object, ffi::Py_TPFLAGS_DICT_SUBCLASS)
            && !is_mapping(object)?)
    }
}

/// A new set.
///
/// # Safety
/// The thread is attached.
unsafe fn lift<'a, C: Lift>(
    members: impl Iterator<Item = C::Value<'a>>,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: attached; the set takes references of its own.
    unsafe {
        let set = Owned::new(ffi::PySet_New(std::ptr::null_mut()))?;
        for member in members {
            let member = Owned::new(C::lift(member, context)?)?;
            if ffi::PySet_Add(set.object(), member.object()) != 0 {
                return Err(Fault::raised());
            }
        }
        Ok(set.into_object())
    }
}

/// `HashSet`; `S` is its hasher.
pub struct HashSet<C, S = RandomState>(PhantomData<(C, S)>);

impl<C: Conversion, S: 'static> Conversion for HashSet<C, S> {
    type Value<'a> = collections::HashSet<C::Value<'a>, S>;
}

/// `BTreeSet`.
pub struct BTreeSet<C>(PhantomData<C>);

impl<C: Conversion> Conversion for BTreeSet<C> {
    type Value<'a> = collections::BTreeSet<C::Value<'a>>;
}

// SAFETY: the set owns its members and borrows where they do.
unsafe impl<C: for<'v> Lower<Value<'v>: Eq + Hash>, S: BuildHasher + Default + 'static> Lower
    for HashSet<C, S>
{
    const EXPECTED: &'static str = const { &Expected::join(&["set of ", C::EXPECTED]) }.text();
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let members = unsafe { members::<C>(object, scope, Self::EXPECTED)? };
        let mut set = Self::Value::default();
        set.try_reserve(members.len()).map_err(|_| memory())?;
        set.extend(members);
        Ok(set)
    }
}

// SAFETY: as for `HashSet`.
unsafe impl<C: for<'v> Lower<Value<'v>: Ord>> Lower for BTreeSet<C> {
    const EXPECTED: &'static str = const { &Expected::join(&["set of ", C::EXPECTED]) }.text();
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let members = unsafe { members::<C>(object, scope, Self::EXPECTED)? };
        Ok(members.into_iter().collect())
    }
}

impl<C: Lift, S: 'static> Lift for HashSet<C, S> {
    const LENDS: bool = C::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<C>(value.into_iter(), context) }
    }
}

impl<C: Lift> Lift for BTreeSet<C> {
    const LENDS: bool = C::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<C>(value.into_iter(), context) }
    }
}

/// The members of a set or another iterable in its order, for conversions of other sets: `Vec<T>`.
pub struct Members<C>(PhantomData<C>);

impl<C: Conversion> Conversion for Members<C> {
    type Value<'a> = Vec<C::Value<'a>>;
}

// SAFETY: as for `HashSet`.
unsafe impl<C: Lower> Lower for Members<C> {
    const EXPECTED: &'static str = const { &Expected::join(&["set of ", C::EXPECTED]) }.text();
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { members::<C>(object, scope, Self::EXPECTED) }
    }
}

impl<C: Lift> Lift for Members<C> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<C>(value.into_iter(), context) }
    }
}
