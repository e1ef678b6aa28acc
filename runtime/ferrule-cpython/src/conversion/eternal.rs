//! `&'static T` of an own type, as a parameter.
//!
//! What Rust may keep for ever has to be there for ever: the instance that is passed is never freed and never changed again. It costs one instance, however often it is passed.

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use super::{Conversion, Lower};
use crate::borrow::Shared;
use crate::class::Class;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::instance;
use crate::object::{incref, Object};
use crate::scope::Scope;

/// `&'static T`: the instance stays as it is from now on.
pub struct OwnStatic<K>(PhantomData<K>);

impl<K: Class> Conversion for OwnStatic<K> {
    type Value<'a> = &'static K::Value;
}

/// Addresses of the instances that are kept already.
static KEPT: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

// SAFETY: the value is in an instance that is kept for ever. Nothing of Python runs.
unsafe impl<K: Class> Lower for OwnStatic<K> {
    const EXPECTED: &'static str = K::NAME;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<&'static K::Value, Fault> {
        // SAFETY: attached, as the caller promises, and the type is checked before the value is used. A reference that is never given up and a shared borrow that never ends
        // keep the value where it is: the memory of the main interpreter's objects is not taken back when it ends, that of others is.
        unsafe {
            if !instance::is::<K>(object) {
                return Err(Fault::wrong_type(K::NAME, object));
            }
            if K::SEND && !K::SYNC {
                let message = format!(
                    "{} is kept for ever here and can be used by other threads, which it is not made for (it is not Sync)",
                    K::NAME
                );
                return Err(Fault::builtin(Builtin::Type, message));
            }
            if !K::SYNC {
                scope.pin();
            }
            if ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) != 0 {
                let message = format!(
                    "{} is kept for ever here, which only the main interpreter can",
                    K::NAME
                );
                return Err(Fault::builtin(Builtin::Runtime, message));
            }
            // Each time: a value that was moved out, or is at home on another thread, is refused.
            let shared = Shared::<K>::new(object)?;
            let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.insert(object as usize) {
                incref(shared.into_object());
            }
            Ok(&*instance::value::<K>(object))
        }
    }
}
