//! Special methods that derive from a Rust trait alone: the shim names them in its slots, `Slot::hash(ready::hash::<PointClass>)`.

use std::cmp::Ordering;
use std::ffi::c_int;
use std::fmt::{Debug, Display};
use std::hash::{Hash, Hasher};
use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::borrow::{Exclusive, Shared};
use crate::call;
use crate::class::Class;
use crate::conversion::Lift;
use crate::fault::{Builtin, Fault};
use crate::ffi;
pub use crate::format::{format, format_with};
use crate::instance;
use crate::object::{self, new_reference, Object, Owned};
use crate::slot::{not_implemented, Answer};
use crate::state::Context;

pub use crate::pickle::unpicklable;

/// Runs what needs neither arguments nor a scope.
#[inline(always)]
pub(crate) unsafe fn run<A: Answer>(
    this: Object,
    body: impl FnOnce(&Context) -> Result<A, Fault>,
) -> A {
    // SAFETY: an instance of ours, as the caller promises.
    let context = unsafe { Context::new(this) };
    match catch_unwind(AssertUnwindSafe(|| body(&context))) {
        Ok(Ok(answer)) => answer,
        outcome => {
            let outcome = outcome.map(|outcome| outcome.map(|_| Object::FAILED));
            // SAFETY: attached, as the caller promises.
            unsafe { call::conclude("", context, outcome, Ok(())) };
            A::FAILED
        }
    }
}

/// `repr(a)` as `{:?}`
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn debug<K: Class<Value: Debug>>(this: Object) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            let text = format!("{:?}", *Shared::<K>::new(this)?);
            object::text(&text).map(Owned::into_object)
        })
    }
}

/// `str(a)` as `{}`
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn display<K: Class<Value: Display>>(this: Object) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            let text = Shared::<K>::new(this)?.to_string();
            object::text(&text).map(Owned::into_object)
        })
    }
}

/// `hash(a)`: of what `Hash` says.
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn hash<K: Class<Value: Hash>>(this: Object) -> isize {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            let mut mixer = Mixer(0);
            Shared::<K>::new(this)?.hash(&mut mixer);
            Ok(hash_of(mixer.finish()))
        })
    }
}

/// A hash as Python wants it: -1 tells of an exception.
#[inline(always)]
pub fn hash_of(hash: u64) -> isize {
    match hash as isize {
        -1 => -2,
        hash => hash,
    }
}

/// A quick hash: Python's tables look at the low bits first, and are not open to the world's input.
struct Mixer(u64);

impl Mixer {
    #[inline(always)]
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    #[inline(always)]
    fn write_u8(&mut self, value: u8) {
        self.add(value.into());
    }

    #[inline(always)]
    fn write_u16(&mut self, value: u16) {
        self.add(value.into());
    }

    #[inline(always)]
    fn write_u32(&mut self, value: u32) {
        self.add(value.into());
    }

    #[inline(always)]
    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    #[inline(always)]
    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    /// The product's high bits know of all words: they are folded onto the low ones.
    #[inline(always)]
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// `==` and `!=`; an object of another type is not ours to compare.
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn equal<K: Class<Value: PartialEq>>(
    this: Object,
    other: Object,
    operation: c_int,
) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            if !instance::is::<K>(other) || !matches!(operation, ffi::Py_EQ | ffi::Py_NE) {
                return Ok(not_implemented());
            }
            let equal = *Shared::<K>::new(this)? == *Shared::<K>::new(other)?;
            Ok(truth(equal == (operation == ffi::Py_EQ)))
        })
    }
}

/// `==`, `!=`, `<`, `<=`, `>`, `>=`; an object of another type is not ours to compare.
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn ordered<K: Class<Value: PartialOrd>>(
    this: Object,
    other: Object,
    operation: c_int,
) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            if !instance::is::<K>(other) {
                return Ok(not_implemented());
            }
            let (this, other) = (Shared::<K>::new(this)?, Shared::<K>::new(other)?);
            Ok(truth(match operation {
                ffi::Py_EQ => *this == *other,
                ffi::Py_NE => *this != *other,
                ffi::Py_LT => *this < *other,
                ffi::Py_LE => *this <= *other,
                ffi::Py_GT => *this > *other,
                _ => *this >= *other,
            }))
        })
    }
}

/// The answer of `==` and `!=` between objects of two types; no other comparison is ours to do.
///
/// # Safety
/// The thread is attached.
pub unsafe fn equality(operation: c_int, equal: impl FnOnce() -> bool) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        match operation {
            ffi::Py_EQ => truth(equal()),
            ffi::Py_NE => truth(!equal()),
            _ => not_implemented(),
        }
    }
}

/// The answer of `==`, `!=`, `<`, `<=`, `>`, `>=` between objects of two types.
///
/// # Safety
/// The thread is attached.
pub unsafe fn order(
    operation: c_int,
    equal: impl FnOnce() -> bool,
    order: impl FnOnce() -> Option<Ordering>,
) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        truth(match operation {
            ffi::Py_EQ => equal(),
            ffi::Py_NE => !equal(),
            ffi::Py_LT => order().is_some_and(Ordering::is_lt),
            ffi::Py_LE => order().is_some_and(Ordering::is_le),
            ffi::Py_GT => order().is_some_and(Ordering::is_gt),
            _ => order().is_some_and(Ordering::is_ge),
        })
    }
}

/// `True` or `False`, a new reference.
///
/// # Safety
/// The thread is attached.
#[inline(always)]
pub unsafe fn truth(truth: bool) -> Object {
    let object = if truth {
        &raw mut ffi::_Py_TrueStruct
    } else {
        &raw mut ffi::_Py_FalseStruct
    };
    // SAFETY: attached; statics of the interpreter.
    unsafe { new_reference(object.cast()) }
}

/// `iter(a)` of an iterator: itself.
///
/// # Safety
/// CPython calls the slot of an instance.
pub unsafe extern "C" fn itself(this: Object) -> Object {
    // SAFETY: as the caller promises.
    unsafe { new_reference(this) }
}

/// `next(a)` of a type that is an `Iterator`, whose items `C` converts.
///
/// # Safety
/// CPython calls the slot of an instance of `K`.
pub unsafe extern "C" fn next<K, C>(this: Object) -> Object
where
    C: Lift,
    K: Class<Value: Iterator<Item = C::Value<'static>>>,
{
    // SAFETY: as the caller promises. The borrow is over before the item is converted, which may run Python code.
    unsafe {
        run(this, |context| {
            let item = Exclusive::<K>::new(this)?.next();
            match item {
                Some(item) if C::LENDS => {
                    let owners = instance::owners_of::<K>(this);
                    C::lift(item, &context.with(&owners))
                }
                Some(item) => C::lift(item, context),
                None => Ok(Object::FAILED),
            }
        })
    }
}

/// `Stack[int]`: the class with arguments, for annotations (PEP 585).
///
/// # Safety
/// CPython calls this class method with the class and `count` arguments.
pub unsafe extern "C" fn generic_alias(
    class: Object,
    arguments: *const Object,
    count: isize,
) -> Object {
    // SAFETY: attached; the arguments are valid, and there is one.
    unsafe {
        if count != 1 {
            Fault::builtin(
                Builtin::Type,
                format!("__class_getitem__() takes exactly one argument ({count} given)"),
            )
            .raise("");
            return std::ptr::null_mut();
        }
        ffi::Py_GenericAlias(class, *arguments)
    }
}
