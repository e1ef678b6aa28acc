//! Properties: public fields as attributes.

use std::ffi::{c_int, CStr};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::{null, null_mut};

use crate::borrow::{Exclusive, Shared};
use crate::call::conclude;
use crate::class::Class;
use crate::conversion::{Lift, Lower};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::instance;
use crate::object::Object;
use crate::panic;
use crate::scope::Scope;
use crate::state::Context;

/// A property of a class, as data.
#[repr(transparent)]
pub struct Property(#[allow(dead_code)] ffi::PyGetSetDef); // CPython reads it

impl Property {
    /// A property; without a setter it cannot be changed.
    pub const fn new(
        name: &'static CStr,
        doc: &'static CStr,
        get: ffi::getter,
        set: Option<ffi::setter>,
    ) -> Self {
        Self(ffi::PyGetSetDef {
            name: name.as_ptr(),
            get: Some(get),
            set,
            doc: doc.as_ptr(),
            closure: null_mut(),
        })
    }
}

/// The properties of one class, in a static.
#[repr(C)]
pub struct Properties<const N: usize> {
    properties: [Property; N],
    end: ffi::PyGetSetDef,
}

// SAFETY: nobody writes; the pointers are to statics.
unsafe impl<const N: usize> Sync for Properties<N> {}

impl<const N: usize> Properties<N> {
    /// The table of these properties.
    pub const fn new(properties: [Property; N]) -> Self {
        Self {
            properties,
            end: ffi::PyGetSetDef {
                name: null(),
                get: None,
                set: None,
                doc: null(),
                closure: null_mut(),
            },
        }
    }

    /// The table, of whatever length.
    pub const fn table(&'static self) -> PropertyTable {
        PropertyTable(&raw const *self as *mut ffi::PyGetSetDef)
    }
}

/// A table of properties, up to an empty one.
#[derive(Clone, Copy)]
pub struct PropertyTable(*mut ffi::PyGetSetDef);

// SAFETY: nobody writes to the static behind.
unsafe impl Sync for PropertyTable {}

impl PropertyTable {
    /// The first property.
    pub(crate) fn pointer(self) -> *mut ffi::PyGetSetDef {
        self.0
    }
}

/// Reads a property.
///
/// # Safety
/// CPython calls the getter of a property of `K`.
#[inline(always)]
pub unsafe fn get<K: Class, C: Lift>(
    this: Object,
    read: impl for<'v> FnOnce(&'v K::Value) -> C::Value<'v>,
) -> Object {
    // SAFETY: CPython passes an instance of the class, attached.
    unsafe {
        let context = Context::new(this);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let value = Shared::<K>::new(this)?;
            if C::LENDS {
                let owners = instance::owners_of::<K>(this);
                return C::lift(read(&value), &context.with(&owners));
            }
            C::lift(read(&value), &context)
        }));
        match outcome {
            Ok(Ok(object)) => object,
            outcome => conclude("", context, outcome, Ok(())),
        }
    }
}

/// Writes a property; `name` is what it is called in errors: `Point.x`. A null `new` is `del point.x`, which is refused.
///
/// # Safety
/// CPython calls the setter of a property of `K`.
#[inline(always)]
pub unsafe fn set<K: Class, C: Lower>(
    this: Object,
    new: Object,
    name: &'static str,
    write: impl for<'v> FnOnce(&mut K::Value, C::Value<'v>),
) -> c_int {
    // SAFETY: CPython passes an instance of the class, attached.
    let scope = Scope::new(unsafe { Context::new(this) });
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        if new.is_null() {
            return Err(cannot_delete(name));
        }
        // SAFETY: as above. Lowering may run Python code, so the value is borrowed after it.
        unsafe {
            let new = C::lower(new, &scope).map_err(|fault| fault.in_parameter(name))?;
            write(&mut *Exclusive::<K>::new(this)?, new);
        }
        Ok(())
    }));
    match outcome {
        Ok(Ok(())) if !scope.is_used() => 0,
        // SAFETY: attached, and no borrow of the scope is left.
        outcome => unsafe { finish(&scope, outcome) },
    }
}

#[cold]
fn cannot_delete(name: &str) -> Fault {
    Fault::builtin(Builtin::Attribute, format!("{name} cannot be deleted"))
}

/// The end of an assignment that borrowed something or failed.
#[cold]
#[inline(never)]
pub(crate) unsafe fn finish(
    scope: &Scope,
    outcome: Result<Result<(), Fault>, Box<dyn std::any::Any + Send>>,
) -> c_int {
    // SAFETY: attached, as the callers promise; the panic is read first, for what follows may panic too.
    unsafe {
        let outcome = outcome.unwrap_or_else(|payload| Err(panic::fault(payload, scope.context())));
        match outcome.and(scope.finish()) {
            Ok(()) => 0,
            Err(fault) => {
                fault.raise("");
                -1
            }
        }
    }
}
