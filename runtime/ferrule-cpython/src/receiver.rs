//! What a method gets as `self`.

use crate::borrow::{self, Exclusive, Shared};
use crate::call::Call;
use crate::class::Class;
use crate::conversion::take_with_owners;
use crate::fault::Fault;
use crate::instance;
use crate::object::{new_reference, Object};

impl<'c> Call<'c> {
    /// `&self`
    ///
    /// # Safety
    /// The thread is attached; `this` is the receiver of this call, an instance of `K`.
    #[inline(always)]
    pub unsafe fn shared<K: Class>(&self, this: Object) -> Result<Shared<'c, K>, Fault> {
        self.pin_unless_sync::<K>();
        // SAFETY: as the caller promises; CPython holds the receiver during the call.
        unsafe {
            let shared = Shared::new(this)?;
            self.scope.adopt(instance::owners_of::<K>(this));
            Ok(shared)
        }
    }

    /// `&mut self`
    ///
    /// # Safety
    /// As of [`Call::shared`].
    #[inline(always)]
    pub unsafe fn exclusive<K: Class>(&self, this: Object) -> Result<Exclusive<'c, K>, Fault> {
        // SAFETY: as the caller promises; CPython holds the receiver during the call.
        unsafe {
            let exclusive = self.apart::<K>(this)?;
            self.owing::<K>(this);
            Ok(exclusive)
        }
    }

    /// `&mut self` of a method that stores nothing of what other arguments lend: their lifetimes have nothing to do with those of the receiver.
    ///
    /// # Safety
    /// As of [`Call::shared`].
    #[inline(always)]
    pub unsafe fn apart<K: Class>(&self, this: Object) -> Result<Exclusive<'c, K>, Fault> {
        self.pin_unless_sync::<K>();
        // SAFETY: as the caller promises; CPython holds the receiver during the call.
        unsafe {
            let exclusive = Exclusive::new(this)?;
            self.scope.adopt(instance::owners_of::<K>(this));
            Ok(exclusive)
        }
    }

    /// `self` of a type that is not Clone: afterwards the object is empty. To be called when all other arguments are converted, so that nothing is lost when one
    /// of them is wrong.
    ///
    /// # Safety
    /// As of [`Call::shared`].
    #[inline]
    pub unsafe fn taken<K: Class>(&self, this: Object) -> Result<K::Value, Fault> {
        self.pin_unless_sync::<K>();
        // SAFETY: as the caller promises.
        unsafe { take_with_owners::<K>(this, self.scope, self.name) }
    }

    /// `self` of a type that is Clone: the object keeps its value.
    ///
    /// # Safety
    /// As of [`Call::shared`].
    #[inline(always)]
    pub unsafe fn cloned<K: Class<Value: Clone>>(&self, this: Object) -> Result<K::Value, Fault> {
        // SAFETY: as the caller promises.
        Ok((*unsafe { self.shared::<K>(this)? }).clone())
    }

    /// Whether the argument of the parameter at `index` can be moved out of its instance, before anything is: to be asked for every parameter of [`Own`], so
    /// that nothing is lost when another argument is wrong.
    ///
    /// [`Own`]: crate::conversion::Own
    ///
    /// # Safety
    /// The thread is attached; `object` is null or a valid object that outlives the call.
    #[inline]
    pub unsafe fn movable<K: Class>(&self, index: usize, object: Object) -> Result<(), Fault> {
        // SAFETY: as the caller promises; a missing argument is told by `lower`.
        unsafe {
            if object.is_null() {
                return Ok(());
            }
            if !instance::is::<K>(object) {
                return Err(self.blame(index, Fault::wrong_type(K::NAME, object)));
            }
            borrow::check_movable::<K>(object)
        }
    }

    /// The receiver itself as the result: of `&mut self -> &mut Self`, or `__iter__`.
    ///
    /// # Safety
    /// As of [`Call::shared`].
    #[inline(always)]
    pub unsafe fn same(&self, this: Object) -> Result<Object, Fault> {
        // SAFETY: as the caller promises.
        Ok(unsafe { new_reference(this) })
    }

    /// Two calls without the GIL must not share what is not Sync.
    #[inline(always)]
    fn pin_unless_sync<K: Class>(&self) {
        if !K::SYNC {
            self.scope.pin();
        }
    }
}
