//! Maps: dicts are walked directly as long as no Python code runs between the steps, all else over a snapshot of its items.

use std::collections;
use std::hash::{BuildHasher, Hash, RandomState};
use std::marker::PhantomData;

use super::buffer::memory;
use super::protocol::{list_items, tuple_items};
use super::{Conversion, Expected, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// What the two maps have in common.
trait Collect<K, V>: Default {
    fn reserve(&mut self, additional: usize) -> Result<(), Fault>;
    fn put(&mut self, key: K, value: V);
}

impl<K: Eq + Hash, V, S: BuildHasher + Default> Collect<K, V> for collections::HashMap<K, V, S> {
    fn reserve(&mut self, additional: usize) -> Result<(), Fault> {
        self.try_reserve(additional).map_err(|_| memory())
    }

    #[inline(always)]
    fn put(&mut self, key: K, value: V) {
        self.insert(key, value);
    }
}

impl<K: Ord, V> Collect<K, V> for collections::BTreeMap<K, V> {
    fn reserve(&mut self, _additional: usize) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn put(&mut self, key: K, value: V) {
        self.insert(key, value);
    }
}

impl<K, V> Collect<K, V> for Vec<(K, V)> {
    fn reserve(&mut self, additional: usize) -> Result<(), Fault> {
        self.try_reserve(additional).map_err(|_| memory())
    }

    #[inline(always)]
    fn put(&mut self, key: K, value: V) {
        self.push((key, value));
    }
}

/// Walks an exact dict; `None` as soon as an item might run Python code, which could change the dict under the walk.
///
/// # Safety
/// `dict` is an exact dict; else as for [`Lower::lower`].
unsafe fn walk<'a, K: Lower, V: Lower, M: Collect<K::Value<'a>, V::Value<'a>>>(
    dict: Object,
    scope: &'a Scope,
) -> Result<Option<M>, Fault> {
    let mut held = Vec::new();
    let mut map = M::default();
    // SAFETY: attached. As long as items are lowered no Python code runs, so the dict stays as it is; that an item fails may run some, after which the walk is
    // over. Every key and value is held before it is lowered, and goes to the scope in the end if one of the two borrows; `map` goes before what it borrows from.
    unsafe {
        let length = ffi::PyDict_Size(dict) as usize;
        let (mut position, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        let mut is_reserved = false;
        while ffi::PyDict_Next(dict, &mut position, &mut key, &mut value) != 0 {
            if !(K::is_quiet(key) && V::is_quiet(value)) {
                return Ok(None);
            }
            if !is_reserved {
                map.reserve(length)?;
                if K::BORROWS || V::BORROWS {
                    held.try_reserve_exact(length).map_err(|_| memory())?;
                }
                is_reserved = true;
            }
            let item = (Owned::of(key), Owned::of(value));
            let item = if K::BORROWS || V::BORROWS {
                held.push(item);
                None
            } else {
                Some(item)
            };
            let lowered = K::lower(key, scope).map_err(|fault| fault.in_key(key))?;
            map.put(
                lowered,
                V::lower(value, scope).map_err(|fault| fault.at_key(key))?,
            );
            drop(item);
        }
        if K::BORROWS || V::BORROWS {
            scope.keep_slice(held);
        }
        scope.add_size(length);
    }
    Ok(Some(map))
}

/// Reads the items that a mapping gives as pairs.
///
/// # Safety
/// As for [`Lower::lower`].
#[inline(never)]
unsafe fn read_items<'a, K: Lower, V: Lower, M: Collect<K::Value<'a>, V::Value<'a>>>(
    mapping: Object,
    scope: &'a Scope,
) -> Result<M, Fault> {
    let mut map = M::default();
    // SAFETY: attached. The list is new and nobody else knows it; it holds the pairs, which hold keys and values.
    unsafe {
        let items = Owned::new(ffi::PyMapping_Items(mapping))?;
        let kept;
        let items = if K::BORROWS || V::BORROWS {
            scope.keep_object(items)
        } else {
            kept = items;
            kept.object()
        };
        let length = list_items(items).len();
        map.reserve(length)?;
        scope.add_size(length);
        for &item in list_items(items) {
            let pair: &[Object] = if object::is_exactly(item, &raw mut ffi::PyTuple_Type) {
                tuple_items(item)
            } else {
                &[]
            };
            let &[key, value] = pair else {
                return Err(Fault::wrong_type("pair of key and value", item));
            };
            let lowered = K::lower(key, scope).map_err(|fault| fault.in_key(key))?;
            map.put(
                lowered,
                V::lower(value, scope).map_err(|fault| fault.at_key(key))?,
            );
        }
    }
    Ok(map)
}

/// Reads a dict or another mapping.
///
/// # Safety
/// As for [`Lower::lower`].
#[inline(always)]
unsafe fn lower<'a, K: Lower, V: Lower, M: Collect<K::Value<'a>, V::Value<'a>>>(
    object: Object,
    scope: &'a Scope,
    expected: &'static str,
) -> Result<M, Fault> {
    // SAFETY: the type is checked first; the rest is the caller's promise.
    unsafe {
        if object::is_exactly(object, &raw mut ffi::PyDict_Type) {
            if let Some(map) = walk::<K, V, M>(object, scope)? {
                return Ok(map);
            }
        } else if !is_mapping(object) {
            return Err(Fault::wrong_type(expected, object));
        }
        read_items::<K, V, M>(object, scope)
    }
}

/// Whether the object is a dict's subclass or has what a mapping has, by its type.
#[cold]
unsafe fn is_mapping(object: Object) -> bool {
    // SAFETY: attached; a type is an object.
    unsafe {
        if object::has_flag(object, ffi::Py_TPFLAGS_DICT_SUBCLASS) {
            return true;
        }
        let class = object::type_of(object).cast();
        ffi::PyMapping_Check(object) != 0
            && ffi::PyObject_HasAttrString(class, c"keys".as_ptr()) != 0
            && ffi::PyObject_HasAttrString(class, c"items".as_ptr()) != 0
    }
}

/// A new dict, sized before it is filled.
///
/// # Safety
/// The thread is attached.
#[inline(always)]
unsafe fn lift<'a, K: Lift, V: Lift>(
    entries: impl ExactSizeIterator<Item = (K::Value<'a>, V::Value<'a>)>,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: attached; the dict takes references of its own.
    unsafe {
        let dict = Owned::new(ffi::_PyDict_NewPresized(entries.len() as isize))?;
        for (key, value) in entries {
            let key = Owned::new(K::lift(key, context)?)?;
            let value = Owned::new(V::lift(value, context)?)?;
            if ffi::PyDict_SetItem(dict.object(), key.object(), value.object()) != 0 {
                return Err(Fault::raised());
            }
        }
        Ok(dict.into_object())
    }
}

/// `HashMap`; `S` is its hasher.
pub struct HashMap<K, V, S = RandomState>(PhantomData<(K, V, S)>);

impl<K: Conversion, V: Conversion, S: 'static> Conversion for HashMap<K, V, S> {
    type Value<'a> = collections::HashMap<K::Value<'a>, V::Value<'a>, S>;
}

/// `BTreeMap`.
pub struct BTreeMap<K, V>(PhantomData<(K, V)>);

impl<K: Conversion, V: Conversion> Conversion for BTreeMap<K, V> {
    type Value<'a> = collections::BTreeMap<K::Value<'a>, V::Value<'a>>;
}

const fn expected(key: &str, value: &str) -> Expected {
    Expected::join(&["dict of ", key, " to ", value])
}

// SAFETY: the map owns its keys and values and borrows where they do.
unsafe impl<K, V, S> Lower for HashMap<K, V, S>
where
    K: for<'v> Lower<Value<'v>: Eq + Hash>,
    V: Lower,
    S: BuildHasher + Default + 'static,
{
    const EXPECTED: &'static str = const { &expected(K::EXPECTED, V::EXPECTED) }.text();
    const BORROWS: bool = K::BORROWS || V::BORROWS;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lower::<K, V, _>(object, scope, Self::EXPECTED) }
    }
}

// SAFETY: as for `HashMap`.
unsafe impl<K: for<'v> Lower<Value<'v>: Ord>, V: Lower> Lower for BTreeMap<K, V> {
    const EXPECTED: &'static str = const { &expected(K::EXPECTED, V::EXPECTED) }.text();
    const BORROWS: bool = K::BORROWS || V::BORROWS;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lower::<K, V, _>(object, scope, Self::EXPECTED) }
    }
}

impl<K: Lift, V: Lift, S: 'static> Lift for HashMap<K, V, S> {
    const LENDS: bool = K::LENDS || V::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K, V>(value.into_iter(), context) }
    }
}

impl<K: Lift, V: Lift> Lift for BTreeMap<K, V> {
    const LENDS: bool = K::LENDS || V::LENDS;

    #[inline(always)]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K, V>(value.into_iter(), context) }
    }
}

/// The entries of a map in its order, for conversions of other maps: `Vec<(K, V)>`.
pub struct Entries<K, V>(PhantomData<(K, V)>);

impl<K: Conversion, V: Conversion> Conversion for Entries<K, V> {
    type Value<'a> = Vec<(K::Value<'a>, V::Value<'a>)>;
}

// SAFETY: as for `HashMap`.
unsafe impl<K: Lower, V: Lower> Lower for Entries<K, V> {
    const EXPECTED: &'static str = const { &expected(K::EXPECTED, V::EXPECTED) }.text();
    const BORROWS: bool = K::BORROWS || V::BORROWS;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lower::<K, V, _>(object, scope, Self::EXPECTED) }
    }
}

impl<K: Lift, V: Lift> Lift for Entries<K, V> {
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K, V>(value.into_iter(), context) }
    }
}
