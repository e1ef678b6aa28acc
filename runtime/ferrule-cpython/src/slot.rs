//! Special methods: `repr`, `==`, `+`, `[]`, `in`, iteration.
//!
//! [`slot`] is to a special method what `call` is to a function: it catches panics, gives the body a [`Call`] to convert with, and turns faults into exceptions. What derives from a
//! Rust trait alone stands ready in [`ready`](crate::ready).

use std::any::Any;
use std::ffi::{c_int, c_void};
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::ptr::null_mut;

use crate::call::{Call, Signature};
use crate::class::Class;
use crate::conversion::Lower;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::gate::Gate;
use crate::instance;
use crate::object::{self, new_reference, Object, Owned};
use crate::panic;
use crate::scope::Scope;
use crate::state::Context;

/// A slot of a class, as data.
pub struct Slot {
    slot: c_int,
    function: *const c_void,
}

// SAFETY: a pointer to a function.
unsafe impl Sync for Slot {}

/// `repr(a)`, `-a`
pub type Unary = unsafe extern "C" fn(Object) -> Object;
/// `a + b`, `a[b]`
pub type Binary = unsafe extern "C" fn(Object, Object) -> Object;
/// `hash(a)`, `len(a)`
pub type Size = unsafe extern "C" fn(Object) -> isize;
/// `bool(a)`
pub type Question = unsafe extern "C" fn(Object) -> c_int;
/// `b in a`
pub type Contains = unsafe extern "C" fn(Object, Object) -> c_int;
/// `a[b] = c`, with null `del a[b]`
pub type Assign = unsafe extern "C" fn(Object, Object, Object) -> c_int;
/// `a < b`
pub type Compare = unsafe extern "C" fn(Object, Object, c_int) -> Object;
/// `a[2]` of the sequence protocol
pub type Item = unsafe extern "C" fn(Object, isize) -> Object;

macro_rules! slots {
    ($( $(#[$document:meta])* $name:ident: $kind:ty = $slot:ident; )*) => {
        impl Slot {
            $(
                $(#[$document])*
                pub const fn $name(function: $kind) -> Self {
                    Self { slot: ffi::$slot, function: function as *const c_void }
                }
            )*
        }
    };
}

slots! {
    /// `repr(a)`
    repr: Unary = Py_tp_repr;
    /// `str(a)`
    str: Unary = Py_tp_str;
    /// `hash(a)`
    hash: Size = Py_tp_hash;
    /// `==`, `<`, ...; a class with it and without `hash` has no hash.
    compare: Compare = Py_tp_richcompare;
    /// `iter(a)`
    iter: Unary = Py_tp_iter;
    /// `next(a)`: null without an exception is the end.
    next: Unary = Py_tp_iternext;
    /// `a(...)`
    call: unsafe extern "C" fn(Object, Object, Object) -> Object = Py_tp_call;
    /// `len(a)`
    length: Size = Py_mp_length;
    /// `a[b]`
    subscript: Binary = Py_mp_subscript;
    /// `a[b] = c`
    assign: Assign = Py_mp_ass_subscript;
    /// `a[0]`, `a[1]`, ... up to an IndexError: makes a sequence of it, which Python can iterate.
    item: Item = Py_sq_item;
    /// `b in a`
    contains: Contains = Py_sq_contains;
    /// `bool(a)`
    bool: Question = Py_nb_bool;
    /// `-a`
    negative: Unary = Py_nb_negative;
    /// `+a`
    positive: Unary = Py_nb_positive;
    /// `~a`
    invert: Unary = Py_nb_invert;
    /// `abs(a)`
    absolute: Unary = Py_nb_absolute;
    /// `a + b`
    add: Binary = Py_nb_add;
    /// `a - b`
    subtract: Binary = Py_nb_subtract;
    /// `a * b`
    multiply: Binary = Py_nb_multiply;
    /// `a / b`
    divide: Binary = Py_nb_true_divide;
    /// `a // b`
    floor_divide: Binary = Py_nb_floor_divide;
    /// `a % b`
    remainder: Binary = Py_nb_remainder;
    /// `a & b`
    and: Binary = Py_nb_and;
    /// `a | b`
    or: Binary = Py_nb_or;
    /// `a ^ b`
    xor: Binary = Py_nb_xor;
    /// `a << b`
    shift_left: Binary = Py_nb_lshift;
    /// `a >> b`
    shift_right: Binary = Py_nb_rshift;
    /// `a += b`
    add_assign: Binary = Py_nb_inplace_add;
    /// `a -= b`
    subtract_assign: Binary = Py_nb_inplace_subtract;
    /// `a *= b`
    multiply_assign: Binary = Py_nb_inplace_multiply;
    /// `a /= b`
    divide_assign: Binary = Py_nb_inplace_true_divide;
    /// `a //= b`
    floor_divide_assign: Binary = Py_nb_inplace_floor_divide;
    /// `a %= b`
    remainder_assign: Binary = Py_nb_inplace_remainder;
    /// `a &= b`
    and_assign: Binary = Py_nb_inplace_and;
    /// `a |= b`
    or_assign: Binary = Py_nb_inplace_or;
    /// `a ^= b`
    xor_assign: Binary = Py_nb_inplace_xor;
    /// `a <<= b`
    shift_left_assign: Binary = Py_nb_inplace_lshift;
    /// `a >>= b`
    shift_right_assign: Binary = Py_nb_inplace_rshift;
}

impl Slot {
    /// The entry of the table that CPython reads.
    pub(crate) fn entry(&self) -> ffi::PyType_Slot {
        ffi::PyType_Slot {
            slot: self.slot,
            pfunc: self.function.cast_mut(),
        }
    }
}

/// What a slot returns: an object, a truth, a size; and what tells of an exception.
pub trait Answer: Copy + private::Sealed {
    /// There is an exception.
    const FAILED: Self;

    /// Gives up an answer that is not given.
    ///
    /// # Safety
    /// The thread is attached; the answer is ours.
    unsafe fn forget(self) {}
}

mod private {
    pub trait Sealed {}
    impl Sealed for super::Object {}
    impl Sealed for std::ffi::c_int {}
    impl Sealed for isize {}
}

impl Answer for Object {
    const FAILED: Self = null_mut();

    unsafe fn forget(self) {
        if !self.is_null() {
            // SAFETY: as the caller promises.
            unsafe { object::decref(self) }
        }
    }
}

impl Answer for c_int {
    const FAILED: Self = -1;
}

impl Answer for isize {
    const FAILED: Self = -1;
}

/// Runs a special method of the instance `this`: `body` converts and calls.
///
/// # Safety
/// CPython calls the slot: the thread is attached, `this` is an instance of a class of ours, and the arguments are valid objects, or null where CPython says so.
#[inline(always)]
pub unsafe fn slot<A: Answer, const N: usize>(
    signature: &'static Signature<N>,
    gate: &'static Gate,
    this: Object,
    arguments: [Object; N],
    body: impl FnOnce(&Call<'_>, [Object; N]) -> Result<A, Fault>,
) -> A {
    // SAFETY: an instance of ours, as the caller promises.
    let context = unsafe { Context::new(this) };
    let scope = Scope::of_function(context, signature.name());
    let call = Call::of_slot(&scope, &context, gate, signature);
    let outcome = catch_unwind(AssertUnwindSafe(|| body(&call, arguments)));
    match outcome {
        Ok(Ok(answer)) if !scope.is_used() => answer,
        // SAFETY: attached; the body is over, and with it all borrows of the scope.
        outcome => unsafe { conclude(signature.name(), &scope, outcome) },
    }
}

/// Runs an operator, of which either operand may be the instance of `K`.
///
/// # Safety
/// As of [`slot`], but for that.
#[inline(always)]
pub unsafe fn operator<K: Class>(
    signature: &'static Signature<2>,
    gate: &'static Gate,
    left: Object,
    right: Object,
    body: impl FnOnce(&Call<'_>, [Object; 2]) -> Result<Object, Fault>,
) -> Object {
    // SAFETY: CPython calls the slot because one of the two has it.
    unsafe {
        let this = if instance::is::<K>(left) { left } else { right };
        slot(signature, gate, this, [left, right], body)
    }
}

#[cold]
#[inline(never)]
unsafe fn conclude<A: Answer>(
    name: &'static str,
    scope: &Scope,
    outcome: Result<Result<A, Fault>, Box<dyn Any + Send>>,
) -> A {
    // SAFETY: attached, as the caller promises; the panic is read first, for what follows may panic too.
    unsafe {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(payload) => {
                if !panic::is_raised(&*payload) {
                    scope.set_panicked();
                }
                Err(panic::fault(payload, scope.context()))
            }
        };
        let fault = match (outcome, scope.finish()) {
            (Ok(answer), Ok(())) => return answer,
            (Ok(answer), Err(fault)) => {
                answer.forget();
                fault
            }
            (Err(fault), _) => fault,
        };
        fault.raise(name);
        A::FAILED
    }
}

/// `NotImplemented`, a new reference: the operands are not ours to handle.
///
/// # Safety
/// The thread is attached.
#[inline]
pub unsafe fn not_implemented() -> Object {
    // SAFETY: attached; a static of the interpreter.
    unsafe { new_reference(&raw mut ffi::_Py_NotImplementedStruct) }
}

impl<'c> Call<'c> {
    /// Converts an operand; none if it is of a type that the conversion does not take, so that another may be tried.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object that outlives the call.
    #[inline(always)]
    pub unsafe fn operand<C: Lower>(&self, object: Object) -> Result<Option<C::Value<'c>>, Fault> {
        // SAFETY: as the caller promises.
        match unsafe { C::lower(object, self.scope) } {
            Ok(value) => Ok(Some(value)),
            Err(fault) if fault.is_wrong_type() => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Converts an argument for one of several instantiations of a function; none if a value in it, at any depth, is of another type, so that the next may be tried.
    /// With `LARGER` the next takes larger numbers, and one that is out of range is left to it.
    ///
    /// # Safety
    /// The thread is attached; `object` is null or a valid object that outlives the call.
    pub unsafe fn candidate<C: Lower, const LARGER: bool>(
        &self,
        index: usize,
        object: Object,
    ) -> Result<Option<C::Value<'c>>, Fault> {
        if object.is_null() {
            // SAFETY: as the caller promises.
            return unsafe { self.lower::<C>(index, object).map(Some) };
        }
        // SAFETY: as the caller promises.
        match unsafe { C::lower(object, self.scope) } {
            Ok(value) => Ok(Some(value)),
            Err(fault) if fault.is_no_fit(LARGER) => Ok(None),
            Err(fault) => Err(self.blame(index, fault)),
        }
    }

    /// What a key leads to. Rust's `Index` panics where there is nothing; to Python that is a KeyError, and nothing has changed.
    ///
    /// # Safety
    /// The thread is attached; `key` is a valid object.
    pub unsafe fn at<R>(&self, key: Object, find: impl FnOnce() -> R) -> Result<R, Fault> {
        match catch_unwind(AssertUnwindSafe(|| self.run(find))) {
            Ok(found) => Ok(found),
            Err(payload) if panic::is_raised(&*payload) => resume_unwind(payload),
            Err(payload) => {
                drop(ferrule_core::caught(payload));
                // SAFETY: as the caller promises.
                Err(unsafe { self.no_such_key(key) })
            }
        }
    }

    /// An index within `length`: a negative one counts from the end. Else an IndexError.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn index(&self, object: Object, length: usize) -> Result<usize, Fault> {
        // SAFETY: as the caller promises; what does not fit is an IndexError as well.
        unsafe {
            if ffi::PyIndex_Check(object) == 0 {
                return Err(self.blame(0, Fault::wrong_type("int", object)));
            }
            let index = ffi::PyNumber_AsSsize_t(object, ffi::PyExc_IndexError);
            if index == -1 {
                if let Some(fault) = Fault::pending() {
                    return Err(fault);
                }
            }
            let place = match index {
                0.. => Some(index as usize),
                _ => length.checked_sub(index.unsigned_abs()),
            };
            place
                .filter(|place| *place < length)
                .ok_or_else(|| self.no_such_index())
        }
    }

    /// The IndexError of an index that is not there.
    #[cold]
    pub fn no_such_index(&self) -> Fault {
        let class = self.name.split('.').next().unwrap_or_default();
        Fault::builtin(Builtin::Index, format!("{class} index out of range"))
    }

    /// The KeyError of a key that is not there.
    ///
    /// # Safety
    /// The thread is attached; `key` is a valid object.
    #[cold]
    pub unsafe fn no_such_key(&self, key: Object) -> Fault {
        // SAFETY: as the caller promises.
        unsafe {
            match object::call(Builtin::Key.class(), &[key]) {
                Ok(exception) => Fault::exception(exception),
                Err(fault) => fault,
            }
        }
    }

    /// The TypeError of `del a[b]` where only assignment is possible.
    #[cold]
    pub fn cannot_delete_item(&self) -> Fault {
        let class = self.name.split('.').next().unwrap_or_default();
        Fault::builtin(
            Builtin::Type,
            format!("'{class}' object doesn't support item deletion"),
        )
    }

    /// `Point(x=1.0, y=2.0)`: a repr in Python's style, of fields that were converted already; a field without a name stands alone.
    ///
    /// # Safety
    /// The thread is attached; the objects are new references, which are taken.
    pub unsafe fn represent<const N: usize>(
        &self,
        name: &str,
        fields: [(&str, Result<Object, Fault>); N],
    ) -> Result<Object, Fault> {
        let mut text = format!("{name}(");
        let fields = fields.map(|(name, value)| {
            // SAFETY: as the caller promises.
            (name, value.and_then(|object| unsafe { Owned::new(object) }))
        });
        for (index, (name, value)) in fields.into_iter().enumerate() {
            if index != 0 {
                text.push_str(", ");
            }
            if !name.is_empty() {
                text.push_str(name);
                text.push('=');
            }
            // SAFETY: attached, as the caller promises; the UTF-8 lives as long as the str.
            unsafe {
                let shown = Owned::new(ffi::PyObject_Repr(value?.object()))?;
                let mut size = 0;
                let bytes = ffi::PyUnicode_AsUTF8AndSize(shown.object(), &mut size);
                if bytes.is_null() {
                    return Err(Fault::raised());
                }
                text.push_str(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
                    bytes.cast(),
                    size as usize,
                )));
            }
        }
        text.push(')');
        // SAFETY: attached.
        unsafe { object::text(&text).map(Owned::into_object) }
    }
}
