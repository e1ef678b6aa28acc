//! Views: instances that refer to a value inside of another one, or to a static.
//!
//! `fn child(&self) -> &Node` of a type that is not Clone becomes an instance of `Node` that holds no value, but the place of one. Its owners keep the other instance alive and shared, or for
//! `&mut Node` exclusively borrowed, so the value neither moves nor is changed behind the back of the view.

use std::marker::PhantomData;
use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::call::{conclude, Call};
use crate::class::Class;
use crate::conversion::{Conversion, Held, Lift, OwnRef};
use crate::fault::Fault;
use crate::instance;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

/// `&T`, only out: a view that is read.
pub struct View<K>(PhantomData<K>);

/// `&mut T`, only out: a view that is changed.
pub struct ViewMut<K>(PhantomData<K>);

impl<K: Class> Conversion for View<K> {
    type Value<'a> = &'static K::Value;
}

impl<K: Class> Conversion for ViewMut<K> {
    type Value<'a> = &'static mut K::Value;
}

impl<K: Class> Lift for View<K> {
    const LENDS: bool = true;

    unsafe fn lift<'a>(value: &'static K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same; what is lent out of an instance is kept by the owners, all else is a static.
        unsafe { view::<K>(value, true, context) }
    }
}

impl<K: Class> Lift for ViewMut<K> {
    const LENDS: bool = true;

    unsafe fn lift<'a>(value: &'static mut K::Value, context: &Context) -> Result<Object, Fault> {
        // SAFETY: as above; the instance is lent for changing.
        unsafe { view::<K>(value, false, context) }
    }
}

/// # Safety
/// As of [`instance::create_view`].
unsafe fn view<K: Class>(
    place: *const K::Value,
    is_shared: bool,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: as the caller promises; the module made the type of the definition.
    unsafe {
        let class = context.class(K::place(&*place))?;
        instance::create_view::<K>(class, place.cast_mut(), is_shared, context.owners()?)
    }
}

/// Reads a property whose value is no copy: a view of the field, which keeps the instance.
///
/// # Safety
/// CPython calls the getter of a property of `K`.
pub unsafe fn get_view<K: Class, F: Class>(
    this: Object,
    read: impl for<'v> FnOnce(&'v K::Value) -> &'v F::Value,
) -> Object {
    // SAFETY: CPython passes an instance of the class, attached.
    unsafe {
        let context = Context::new(this);
        let scope = Scope::new(context);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let value = scope.lend::<OwnRef<K>>(this)?;
            let owners = scope.owners();
            view::<F>(read(value), true, &context.with(&owners))
        }));
        let finished = scope.finish();
        conclude("", context, outcome, finished)
    }
}

impl Call<'_> {
    /// What `&mut self -> &mut Self` returns: the object itself, or a view of a part of it.
    ///
    /// # Safety
    /// The thread is attached; `this` is the receiver of this call, an instance of `K` that is no longer borrowed. `part` is what the method returned, which borrows from the receiver alone.
    #[inline]
    pub unsafe fn part<K: Class>(
        &self,
        this: Object,
        part: *mut K::Value,
    ) -> Result<Object, Fault> {
        // SAFETY: as the caller promises. Nobody has used the instance since the method returned.
        unsafe {
            if std::ptr::eq(part, instance::value::<K>(this)) {
                return self.same(this);
            }
            self.lend::<Held<K>>(usize::MAX, this)?;
            self.lift::<ViewMut<K>>(&mut *part)
        }
    }
}
