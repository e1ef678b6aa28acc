//! `indexmap`: dict and set, a dict in the order of the map.

use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use ferrule_cpython::shim::*;

/// `IndexMap<K, V, S>`
pub struct IndexMap<K, V, S>(PhantomData<(K, V, S)>);

impl<K: Conversion, V: Conversion, S: 'static> Conversion for IndexMap<K, V, S> {
    type Value<'a> = indexmap::IndexMap<K::Value<'a>, V::Value<'a>, S>;
}

// SAFETY: the map owns keys and values and borrows where they do.
unsafe impl<K, V, S> Lower for IndexMap<K, V, S>
where
    K: for<'v> Lower<Value<'v>: Eq + Hash>,
    V: Lower,
    S: BuildHasher + Default + 'static,
{
    const EXPECTED: &'static str = c::Entries::<K, V>::EXPECTED;
    const BORROWS: bool = c::Entries::<K, V>::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let entries = unsafe { c::Entries::<K, V>::lower(object, scope)? };
        Ok(entries.into_iter().collect())
    }
}

impl<K: Lift, V: Lift, S: 'static> Lift for IndexMap<K, V, S> {
    const LENDS: bool = K::LENDS || V::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Entries::<K, V>::lift(value.into_iter().collect(), context) }
    }
}

/// `IndexSet<T, S>`
pub struct IndexSet<C, S>(PhantomData<(C, S)>);

impl<C: Conversion, S: 'static> Conversion for IndexSet<C, S> {
    type Value<'a> = indexmap::IndexSet<C::Value<'a>, S>;
}

// SAFETY: the set owns its members and borrows where they do.
unsafe impl<C, S> Lower for IndexSet<C, S>
where
    C: for<'v> Lower<Value<'v>: Eq + Hash>,
    S: BuildHasher + Default + 'static,
{
    const EXPECTED: &'static str = c::Members::<C>::EXPECTED;
    const BORROWS: bool = C::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        let members = unsafe { c::Members::<C>::lower(object, scope)? };
        Ok(members.into_iter().collect())
    }
}

impl<C: Lift, S: 'static> Lift for IndexSet<C, S> {
    const LENDS: bool = C::LENDS;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { c::Members::<C>::lift(value.into_iter().collect(), context) }
    }
}
