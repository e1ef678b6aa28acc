//! Values of own types, which live in instances: by value (moved or cloned), by reference, by mutable reference.

use std::marker::PhantomData;

use super::{Conversion, Lift, Lower};
use crate::borrow::{self, Exclusive, Shared};
use crate::class::Class;
use crate::fault::Fault;
use crate::instance;
use crate::object::{decref, new_reference, Object};
use crate::scope::Scope;
use crate::state::Context;

/// `T`, moved out of the instance, which is empty afterwards; out as a new instance.
pub struct Own<K>(PhantomData<K>);

/// `T` of a Clone type, cloned out of the instance; out as a new instance.
pub struct OwnClone<K>(PhantomData<K>);

/// `&T`: the instance's value is borrowed until the call ends; cloned on the way out.
pub struct OwnRef<K>(PhantomData<K>);

/// `&mut T`: the instance's value is borrowed until the call ends, and nobody else can use it.
pub struct OwnMut<K>(PhantomData<K>);

/// The borrow of `OwnMut` without the value, to which there is a reference already.
pub(crate) struct Held<K>(PhantomData<K>);

impl<K: Class> Conversion for Held<K> {
    type Value<'a> = ();
}

impl<K: Class> Conversion for Own<K> {
    type Value<'a> = K::Value;
}

impl<K: Class> Conversion for OwnClone<K> {
    type Value<'a> = K::Value;
}

impl<K: Class> Conversion for OwnRef<K> {
    type Value<'a> = &'a K::Value;
}

impl<K: Class> Conversion for OwnMut<K> {
    type Value<'a> = &'a mut K::Value;
}

/// # Safety
/// As for [`Lower::lower`].
#[inline(always)]
unsafe fn check<K: Class>(object: Object, scope: &Scope) -> Result<(), Fault> {
    // SAFETY: the object is valid.
    unsafe {
        if !instance::is::<K>(object) {
            return Err(Fault::wrong_type(K::NAME, object));
        }
    }
    if !K::SYNC {
        scope.pin();
    }
    Ok(())
}

/// Moves the value out; the scope gets its owners.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K`.
pub(crate) unsafe fn take_with_owners<K: Class>(
    object: Object,
    scope: &Scope,
    mover: &'static str,
) -> Result<K::Value, Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        let value = borrow::take::<K>(object, mover)?;
        if K::BORROWS {
            scope.adopt(std::mem::take(instance::owners(object)));
        }
        Ok(value)
    }
}

// SAFETY: the value is the instance's own, which gives it up. Nothing of Python runs.
unsafe impl<K: Class> Lower for Own<K> {
    const EXPECTED: &'static str = K::NAME;
    const BORROWS: bool = false;

    #[inline]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<K::Value, Fault> {
        // SAFETY: an instance, as checked.
        unsafe {
            check::<K>(object, scope)?;
            take_with_owners::<K>(object, scope, scope.name())
        }
    }
}

// SAFETY: the value is a clone.
unsafe impl<K: Class<Value: Clone>> Lower for OwnClone<K> {
    const EXPECTED: &'static str = K::NAME;
    const BORROWS: bool = false;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<K::Value, Fault> {
        // SAFETY: an instance, as checked.
        unsafe {
            check::<K>(object, scope)?;
            let value = (*Shared::<K>::new(object)?).clone();
            scope.adopt(instance::owners_of::<K>(object));
            Ok(value)
        }
    }
}

// SAFETY: the value belongs to the instance, which lives as long as the call: the caller holds it. The scope keeps the borrow.
unsafe impl<K: Class> Lower for OwnRef<K> {
    const EXPECTED: &'static str = K::NAME;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a K::Value, Fault> {
        // SAFETY: an instance, as checked; the scope ends the borrow.
        unsafe {
            check::<K>(object, scope)?;
            let shared = Shared::<K>::new(object)?.into_object();
            scope.keep_borrow(new_reference(shared), |object, _| {
                borrow::unshare(object);
                decref(object);
            });
            if scope.lasts() {
                borrow::view::<K>(object);
            }
            scope.adopt(instance::owners_of::<K>(object));
            Ok(&*instance::value::<K>(object))
        }
    }
}

// SAFETY: as for `OwnRef`; nobody else uses the value meanwhile.
unsafe impl<K: Class> Lower for OwnMut<K> {
    const EXPECTED: &'static str = K::NAME;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'a mut K::Value, Fault> {
        // SAFETY: the caller's promise is the same; nobody else has a reference to the value.
        unsafe {
            Held::<K>::lower(object, scope)?;
            Ok(&mut *instance::value::<K>(object))
        }
    }
}

// SAFETY: as for `OwnMut`, but that there is no reference.
unsafe impl<K: Class> Lower for Held<K> {
    const EXPECTED: &'static str = K::NAME;

    #[inline(always)]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<(), Fault> {
        // SAFETY: an instance, as checked; the scope ends the borrow.
        unsafe {
            check::<K>(object, scope)?;
            let exclusive = Exclusive::<K>::new(object)?.into_object();
            scope.keep_borrow(new_reference(exclusive), |object, panicked| {
                borrow::release::<K>(object, panicked);
                decref(object);
            });
            if K::BORROWS {
                scope.adopt(instance::owners(object).clone());
                scope.owe(object);
            }
            Ok(())
        }
    }
}

/// # Safety
/// The thread is attached.
#[inline(always)]
unsafe fn lift<K: Class>(value: K::Value, context: &Context) -> Result<Object, Fault> {
    // SAFETY: attached; the module made the type of the definition.
    unsafe { instance::create::<K>(context.class(K::place(&value))?, value, context) }
}

/// Puts the value into the instance that is there, if it is one that nobody uses.
///
/// # Safety
/// As for [`Lift::lift_over`].
unsafe fn lift_over<K: Class>(
    value: K::Value,
    existing: Object,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: as the caller promises.
    unsafe {
        if !instance::is::<K>(existing) {
            return lift::<K>(value, context);
        }
        if K::BORROWS {
            let owners = context.owners()?;
            instance::owners(existing).join(owners);
        }
        *Exclusive::<K>::new(existing)? = value;
        Ok(new_reference(existing))
    }
}

impl<K: Class> Lift for Own<K> {
    const LENDS: bool = K::BORROWS;

    #[inline(always)]
    unsafe fn lift<'a>(value: K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K>(value, context) }
    }

    unsafe fn lift_over<'a>(
        value: K::Value,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift_over::<K>(value, existing, context) }
    }
}

impl<K: Class> Lift for OwnClone<K> {
    const LENDS: bool = K::BORROWS;

    #[inline(always)]
    unsafe fn lift<'a>(value: K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K>(value, context) }
    }

    unsafe fn lift_over<'a>(
        value: K::Value,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift_over::<K>(value, existing, context) }
    }
}

impl<K: Class<Value: Clone>> Lift for OwnRef<K> {
    const LENDS: bool = K::BORROWS;

    #[inline(always)]
    unsafe fn lift<'a>(value: &'a K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { lift::<K>(value.clone(), context) }
    }
}
