//! How values cross between Python and Rust.
//!
//! A conversion is a zero-sized type named like the Rust type it converts (`Vec<Int<i64>>`); the shim composes them. They are own types and not traits on the
//! user's types because a shim may implement neither foreign traits for foreign types nor two conversions for one type.
//!
//! Three questions decide how containers read their items, and each conversion answers them by constants:
//!
//! * Does the value borrow from the object ([`Lower::BORROWS`])? Then somebody must keep the object alive as long as the call: a container that Python code
//!   could change has its items kept by the scope.
//! * Does reading this very object run Python code ([`Lower::is_quiet`])? If not, a list or dict cannot change meanwhile and is read without counting references.
//! * Can the value be read from a buffer ([`Lower::DIMENSIONS`], [`Lower::CELL`])? Then whole arrays are taken over at once, without a copy where the layout fits.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

mod array;
mod big_int;
mod bool;
mod buffer;
mod bytes;
mod callback;
mod cell;
mod complex;
mod eternal;
mod expected;
mod failure;
mod float;
mod in_place;
pub(crate) mod int;
mod iterable;
mod list;
mod map;
mod net;
mod non_zero;
mod option;
mod ordering;
mod own;
mod path;
mod pointer;
mod protocol;
mod range;
mod sequence;
mod set;
mod slice;
mod stream;
mod text;
mod time;
mod tuple;
mod unit;
mod wrapping;

pub use array::Array;
pub use big_int::BigInt;
pub use bool::{Bool, Truth};
pub use buffer::Row;
pub use bytes::{ByteArray, ByteString, Bytes, CowBytes};
pub use callback::{Callable, Callback, KeptCallable, KeptCallback};
pub use cell::Cell;
pub use complex::Complex;
pub use eternal::OwnStatic;
pub use expected::Expected;
pub use failure::Failure;
pub use float::{Float, Floating};
pub use in_place::{ByteVecMut, BytesMut, SliceMut, VecMut};
pub use int::{Int, Integer};
pub use iterable::{IterIn, Iterated};
pub use list::{ArcSlice, BinaryHeap, BoxSlice, LinkedList, RcSlice, Vec, VecDeque};
pub use map::{BTreeMap, Entries, HashMap};
pub use net::{Address, IpAddr};
pub use non_zero::{NonZero, NonZeroInteger};
pub use option::Option;
pub use ordering::Ordering;
pub(crate) use own::{take_with_owners, Held};
pub use own::{Own, OwnClone, OwnMut, OwnRef};
pub use path::{OsStr, OsText, Path, PathText};
pub use pointer::{Arc, Box, Rc, Ref};
pub use range::{Bounds, Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};
pub use set::{BTreeSet, HashSet, Members};
pub use slice::{CowSlice, Slice};
pub use stream::Stream;
pub use text::{Char, CowStr, Str, Text};
pub use time::{Duration, SystemTime};
pub use unit::{Ignored, Never, Unit};
pub use wrapping::Wrapping;

pub use crate::enumeration::EnumMember;
pub use crate::host::Host;
pub use crate::iterator::{Fallible, Iter, SendIter};
pub use crate::kept::{Outcome, Thrown, ThrownClone, ThrownRef};
pub use crate::view::{View, ViewMut};

use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

/// A way for one Rust type to cross the boundary.
pub trait Conversion {
    /// The Rust type; `'a` is the call that borrows from its arguments, or the value that a result borrows from.
    type Value<'a>: 'a;
}

/// Host value to Rust.
///
/// # Safety
/// [`Lower::CELL`] is set only where every `Value<'a>` has exactly the layout of that machine number, every bit pattern included. [`Lower::BORROWS`] is false
/// only where a value stays valid when its object dies. [`Lower::is_quiet`] is true only where `lower` runs no Python code.
pub unsafe trait Lower: Conversion {
    /// What a caller should pass, as it stands in an error: `int`, `list of str`.
    const EXPECTED: &'static str;

    /// Whether the value borrows from the object, so that a container has to keep the object alive.
    const BORROWS: bool = true;

    /// How many dimensions of a buffer make one value: none for a number, one more for every list around it. `None` where buffers do not hold such values.
    const DIMENSIONS: std::option::Option<usize> = None;

    /// The machine number that a value is in memory, for slices that borrow a buffer.
    const CELL: std::option::Option<Cell> = None;

    /// Reads `object`. Never raises: what is wrong comes back as a [`Fault`].
    ///
    /// # Safety
    /// The thread is attached to the interpreter; `object` is a valid borrowed reference that lives as long as the call, as long as `'a` if the value borrows.
    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Self::Value<'a>, Fault>;

    /// Whether lowering this very object certainly runs no Python code, so that nothing else can change meanwhile.
    ///
    /// # Safety
    /// `object` is a valid borrowed reference and the thread is attached.
    #[inline(always)]
    unsafe fn is_quiet(_object: Object) -> bool {
        false
    }

    /// Reads a row of values out of a buffer that has [`Lower::DIMENSIONS`] dimensions left below this one.
    ///
    /// # Safety
    /// The row lies within an exported buffer of that many dimensions; the thread is attached.
    unsafe fn lower_row<'a>(
        row: Row<'_>,
        _scope: &'a Scope,
    ) -> Result<std::vec::Vec<Self::Value<'a>>, Fault> {
        Err(row.refused(Self::EXPECTED))
    }

    /// Whether the value is written back when the call ends.
    const IS_WRITTEN_BACK: bool = false;

    /// The value of a parameter that was not passed and has no default.
    #[inline(always)]
    fn missing<'a>() -> std::option::Option<Self::Value<'a>> {
        None
    }
}

/// Rust value to host.
pub trait Lift: Conversion {
    /// Whether instances of classes that borrow are among what is made, so that their owners have to be known. Containers hand on what their items say.
    const LENDS: bool = false;

    /// Makes a new reference.
    ///
    /// # Safety
    /// The thread is attached to the interpreter.
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault>;

    /// Makes a new reference for the place that holds `existing`: the same object, brought up to date where it can be changed or is equal anyway, else a new one.
    ///
    /// # Safety
    /// The thread is attached; `existing` is a valid reference that the caller holds.
    #[inline(always)]
    unsafe fn lift_over<'a>(
        value: Self::Value<'a>,
        existing: Object,
        context: &Context,
    ) -> Result<Object, Fault> {
        let _ = existing;
        // SAFETY: the caller's promise is the same.
        unsafe { Self::lift(value, context) }
    }

    /// Claims what `lift_over` would change inside of `existing`: nothing, except for lists.
    ///
    /// # Safety
    /// The thread is attached; `existing` is a valid reference. No Python code runs.
    #[inline(always)]
    unsafe fn claim(_existing: Object, _scope: &Scope) -> Result<(), Fault> {
        Ok(())
    }

    /// Writes values into a row of a writable buffer. Only conversions with [`Lower::DIMENSIONS`] can.
    ///
    /// # Safety
    /// As for [`Lower::lower_row`], and the buffer is writable.
    unsafe fn store_row<'a>(
        _values: std::vec::Vec<Self::Value<'a>>,
        row: Row<'_>,
    ) -> Result<(), Fault> {
        Err(row.refused("values that a buffer can hold"))
    }
}
