//! Callbacks in: any callable as a value that Rust calls.
//!
//! An exception inside leaves the user's Rust code by unwinding, and comes out of the surrounding call unchanged.

use std::marker::PhantomData;

use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::gate;
use crate::held;
use crate::object::{Object, Owned};
use crate::panic::unwind;
use crate::scope::Scope;
use crate::state::Context;

/// A callable for the time of the call, on its thread. `A` is the tuple of the arguments' conversions, `R` that of the result.
pub struct Callback<A, R>(PhantomData<(A, R)>);

/// A callable that Rust may keep, and call from other threads.
pub struct KeptCallback<A, R>(PhantomData<(A, R)>);

/// What [`Callback`] is lowered to: `call(a, b)`.
pub struct Callable<'a, A, R> {
    callable: Object,
    scope: &'a Scope,
    _conversion: PhantomData<(A, R)>,
}

/// What [`KeptCallback`] is lowered to: `call(a, b)`.
pub struct KeptCallable<A, R> {
    /// Taken by the drop.
    callable: Option<Owned>,
    /// The module, which the call belongs to.
    module: Option<Owned>,
    _conversion: PhantomData<fn(A) -> R>,
}

// SAFETY: whoever calls or drops it is attached first.
unsafe impl<A, R> Send for KeptCallable<A, R> {}
// SAFETY: as above; nothing of it changes.
unsafe impl<A, R> Sync for KeptCallable<A, R> {}

impl<A: 'static, R: 'static> Conversion for Callback<A, R> {
    type Value<'a> = Callable<'a, A, R>;
}

impl<A: 'static, R: 'static> Conversion for KeptCallback<A, R> {
    type Value<'a> = KeptCallable<A, R>;
}

/// # Safety
/// As for [`Lower::lower`].
unsafe fn check(object: Object) -> Result<(), Fault> {
    // SAFETY: the object is valid.
    unsafe {
        match ffi::PyCallable_Check(object) {
            0 => Err(Fault::wrong_type("callable", object)),
            _ => Ok(()),
        }
    }
}

// SAFETY: the value borrows the callable, which lives as long as the call. The GIL stays held.
unsafe impl<A: 'static, R: 'static> Lower for Callback<A, R> {
    const EXPECTED: &'static str = "callable";

    #[inline]
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { check(object)? };
        scope.pin();
        scope.set_beside_code();
        Ok(Callable {
            callable: object,
            scope,
            _conversion: PhantomData,
        })
    }

    #[inline(always)]
    unsafe fn is_quiet(_object: Object) -> bool {
        true
    }
}

// SAFETY: the value owns references.
unsafe impl<A: 'static, R: 'static> Lower for KeptCallback<A, R> {
    const EXPECTED: &'static str = "callable";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            check(object)?;
            scope.let_go();
            scope.set_beside_code();
            held::begin();
            let module = scope.context().module();
            Ok(KeptCallable {
                callable: Some(Owned::of(object)),
                module: (!module.is_null()).then(|| Owned::of(module)),
                _conversion: PhantomData,
            })
        }
    }

    #[inline(always)]
    unsafe fn is_quiet(_object: Object) -> bool {
        true
    }
}

impl<A, R> Clone for KeptCallable<A, R> {
    fn clone(&self) -> Self {
        // SAFETY: attached; the objects are ours.
        let again = |held: &Owned| unsafe { Owned::of(held.object()) };
        held::begin();
        gate::attached(|| Self {
            callable: self.callable.as_ref().map(again),
            module: self.module.as_ref().map(again),
            _conversion: PhantomData,
        })
    }
}

impl<A, R> Drop for KeptCallable<A, R> {
    fn drop(&mut self) {
        let objects = (self.callable.take(), self.module.take());
        gate::attached(|| drop(objects));
        held::end();
    }
}

/// Calls with arguments that are ours; the place before them is the callee's to write to.
#[inline(always)]
unsafe fn invoke<const N: usize>(
    callable: Object,
    arguments: [Result<Object, Fault>; N],
) -> Result<Owned, Fault> {
    /// The place before the arguments, and the arguments as far as they are there.
    #[repr(C)]
    struct Frame<const N: usize> {
        free: Object,
        arguments: [Object; N],
    }
    impl<const N: usize> Drop for Frame<N> {
        #[inline(always)]
        fn drop(&mut self) {
            for object in self.arguments {
                if !object.is_null() {
                    // SAFETY: attached, as the caller promises; the reference is ours.
                    unsafe { crate::object::decref(object) };
                }
            }
        }
    }
    let mut frame = Frame {
        free: std::ptr::null_mut(),
        arguments: [std::ptr::null_mut(); N],
    };
    let mut failed = None;
    for (place, argument) in frame.arguments.iter_mut().zip(arguments) {
        match argument {
            Ok(object) => *place = object,
            Err(fault) => failed = Some(fault),
        }
    }
    if let Some(fault) = failed {
        return Err(fault);
    }
    // SAFETY: attached; the arguments live in the frame until the call is over.
    unsafe {
        Owned::new(ffi::PyObject_VectorcallDict(
            callable,
            (&raw mut frame).cast::<Object>().add(1),
            N | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET,
            std::ptr::null_mut(),
        ))
    }
}

#[cold]
unsafe fn wrong_result(callable: Object, fault: Fault) -> Fault {
    // SAFETY: attached, as the caller promises.
    unsafe {
        let name = Owned::new(ffi::PyObject_GetAttrString(
            callable,
            c"__qualname__".as_ptr(),
        ))
        .ok()
        .map_or_else(
            || crate::fault::shown(callable),
            |name| crate::fault::spoken(name.object()),
        );
        fault.in_result(&name)
    }
}

macro_rules! arities {
    ($($count:literal: $($conversion:ident $value:ident),*;)*) => {$(
        impl<'a, $($conversion: Lift + 'static,)* R: Lower + 'static> Callable<'a, ($($conversion,)*), R> {
            /// Calls the callable. What it raises unwinds the Rust code up to the surrounding call.
            #[allow(clippy::too_many_arguments)]
            #[inline(always)]
            pub fn call(&self, $($value: $conversion::Value<'_>),*) -> R::Value<'a> {
                #[allow(unused_variables)] // without arguments
                let context = self.scope.context();
                // SAFETY: the call is pinned, so the thread is attached: the value cannot leave it. The callable lives as long as the call, and a result that is
                // borrowed from is kept by the scope.
                let result = unsafe {
                    invoke::<$count>(self.callable, [$($conversion::lift($value, context)),*]).and_then(|result| {
                        let result = if R::BORROWS {
                            let result = self.scope.keep_object(result);
                            R::lower(result, self.scope)
                        } else {
                            R::lower(result.object(), self.scope)
                        };
                        result.map_err(|fault| wrong_result(self.callable, fault))
                    })
                };
                match result {
                    Ok(value) => value,
                    Err(fault) => unwind(fault),
                }
            }
        }

        impl<$($conversion: Lift + 'static,)* R: Lower + 'static> KeptCallable<($($conversion,)*), R> {
            /// Calls the callable, from whatever thread. What it raises unwinds the Rust code up to the surrounding call.
            #[allow(clippy::too_many_arguments)]
            pub fn call<T>(&self, $($value: $conversion::Value<'_>),*) -> T
            where
                R: for<'x> Conversion<Value<'x> = T>,
            {
                let (Some(callable), Some(module)) = (&self.callable, &self.module) else {
                    unwind(crate::state::gone())
                };
                let callable = callable.object();
                let result = gate::attached(|| {
                    // SAFETY: attached; the module is ours.
                    let scope = Scope::new(unsafe { Context::new(module.object()) });
                    // SAFETY: attached; the callable is ours. The value does not borrow: it is of one type for all lifetimes, and its scope is over.
                    unsafe {
                        #[allow(unused_variables)] // without arguments
                        let context = scope.context();
                        let result = invoke::<$count>(callable, [$($conversion::lift($value, context)),*]);
                        let value = result.and_then(|result| {
                            R::lower(result.object(), &scope).map_err(|fault| wrong_result(callable, fault))
                        });
                        match scope.finish() {
                            Ok(()) => value,
                            Err(fault) => Err(fault),
                        }
                    }
                });
                match result {
                    Ok(value) => value,
                    Err(fault) => unwind(fault),
                }
            }
        }
    )*};
}

arities! {
    0: ;
    1: A a;
    2: A a, B b;
    3: A a, B b, C c;
    4: A a, B b, C c, D d;
    5: A a, B b, C c, D d, E e;
    6: A a, B b, C c, D d, E e, F f;
}
