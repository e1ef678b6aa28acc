//! Functions that an argument chooses between.

use crate::call::Call;
use crate::conversion::Lower;
use crate::fault::Fault;
use crate::object::Object;

impl<'c> Call<'c> {
    /// Converts the argument of the parameter at `index`; none if it is of a type that the conversion does not take, so that another may be tried.
    ///
    /// # Safety
    /// The thread is attached; `object` is null or a valid object that outlives the call.
    #[inline(always)]
    pub unsafe fn offered<C: Lower>(
        &self,
        index: usize,
        object: Object,
    ) -> Result<Option<C::Value<'c>>, Fault> {
        if object.is_null() {
            // SAFETY: a missing argument is converted without an object.
            return unsafe { self.lower::<C>(index, object).map(Some) };
        }
        // SAFETY: as the caller promises.
        match unsafe { C::lower(object, self.scope) } {
            Ok(value) => Ok(Some(value)),
            Err(fault) if fault.is_wrong_type() => Ok(None),
            Err(fault) => Err(self.blame(index, fault)),
        }
    }

    /// The TypeError of an argument that nothing takes.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    #[cold]
    pub unsafe fn expected(&self, index: usize, expected: &'static str, object: Object) -> Fault {
        // SAFETY: as the caller promises.
        self.blame(index, unsafe { Fault::wrong_type(expected, object) })
    }
}
