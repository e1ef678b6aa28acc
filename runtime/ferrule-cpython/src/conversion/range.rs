//! Ranges of integers: `range` objects of step 1, or slices. Python's end is always exclusive.

use std::marker::PhantomData;
use std::ops;

use super::{Conversion, Int, Integer, Lift, Lower};
use crate::fault::{shown, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

/// The ends of a range or slice; `None` for one that is open.
struct Ends {
    start: Option<Owned>,
    stop: Option<Owned>,
}

/// Reads a range or a slice.
unsafe fn ends(object: Object, expected: &'static str, takes_range: bool) -> Result<Ends, Fault> {
    let field = |name: &std::ffi::CStr| -> Result<Option<Owned>, Fault> {
        // SAFETY: attached; the attribute is a new reference.
        let value = unsafe { Owned::new(ffi::PyObject_GetAttrString(object, name.as_ptr()))? };
        Ok(Some(value).filter(|value| value.object() != object::none()))
    };
    // SAFETY: attached. Neither type can be subclassed; the step of a range is an int, that of a slice may be anything.
    unsafe {
        let is_range = takes_range && object::is_exactly(object, &raw mut ffi::PyRange_Type);
        if !is_range && !object::is_exactly(object, &raw mut ffi::PySlice_Type) {
            return Err(Fault::wrong_type(expected, object));
        }
        if let Some(step) = field(c"step")? {
            let one = Owned::new(ffi::PyLong_FromLongLong(1))?;
            match ffi::PyObject_RichCompareBool(step.object(), one.object(), ffi::Py_EQ) {
                1 => {}
                0 => {
                    return Err(Fault::value(format!(
                        "expected {expected} of step 1, got {}",
                        shown(object)
                    )))
                }
                _ => return Err(Fault::raised()),
            }
        }
        Ok(Ends {
            start: field(c"start")?,
            stop: field(c"stop")?,
        })
    }
}

/// The start, which is 0 unless it is given.
unsafe fn start<T: Integer>(ends: &Ends, scope: &Scope) -> Result<T, Fault> {
    match &ends.start {
        // SAFETY: attached; the end is ours.
        Some(start) => unsafe { Int::<T>::lower(start.object(), scope) },
        None => T::from_compact(0).ok_or_else(|| Fault::value("expected a range with a start")),
    }
}

/// The stop, which has to be given.
unsafe fn stop(ends: &Ends) -> Result<&Owned, Fault> {
    ends.stop
        .as_ref()
        .ok_or_else(|| Fault::value("expected a range that ends, got an open one"))
}

/// The number beside one, computed by Python so that no width is too narrow.
unsafe fn beside(number: Object, step: i64) -> Result<Owned, Fault> {
    // SAFETY: attached; both are valid objects.
    unsafe {
        let step = Owned::new(ffi::PyLong_FromLongLong(step))?;
        Owned::new(ffi::PyNumber_Add(number, step.object()))
    }
}

/// A new range.
unsafe fn new_range<T: Integer>(start: T, stop: Owned) -> Result<Object, Fault> {
    // SAFETY: attached; both ends are ours during the call.
    unsafe {
        let start = Owned::new(start.to_object())?;
        object::call(
            (&raw mut ffi::PyRange_Type).cast(),
            &[start.object(), stop.object()],
        )
        .map(Owned::into_object)
    }
}

/// A new slice; `None` for an end that is open.
unsafe fn new_slice(start: Option<Owned>, stop: Option<Owned>) -> Result<Object, Fault> {
    let end = |end: &Option<Owned>| end.as_ref().map_or(object::none(), Owned::object);
    // SAFETY: attached; the slice takes references of its own.
    unsafe {
        Owned::new(ffi::PySlice_New(end(&start), end(&stop), object::none()))
            .map(Owned::into_object)
    }
}

macro_rules! range {
    (
        $(#[$document:meta])* $name:ident of $range:ty, expected $expected:literal, takes range $takes_range:literal;
        lower $ends:ident $scope:ident: $lower:expr; lift $value:ident: $lift:expr
    ) => {
        $(#[$document])*
        pub struct $name<T>(PhantomData<T>);

        impl<T: Integer> Conversion for $name<T> {
            type Value<'a> = $range;
        }

        // SAFETY: the value is a plain one.
        unsafe impl<T: Integer> Lower for $name<T> {
            const EXPECTED: &'static str = $expected;
            const BORROWS: bool = false;

            unsafe fn lower<'a>(object: Object, $scope: &'a Scope) -> Result<$range, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe {
                    let $ends = ends(object, $expected, $takes_range)?;
                    $lower
                }
            }
        }

        impl<T: Integer> Lift for $name<T> {
            unsafe fn lift<'a>($value: $range, _context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { $lift }
            }
        }
    };
}

range! {
    /// `Range` of an integer.
    Range of ops::Range<T>, expected "range or slice", takes range true;
    lower ends scope: Ok(start(&ends, scope)?..Int::<T>::lower(stop(&ends)?.object(), scope)?);
    lift value: new_range(value.start, Owned::new(value.end.to_object())?)
}
range! {
    /// `RangeInclusive` of an integer: `range(a, b)` is `a..=b-1`.
    RangeInclusive of ops::RangeInclusive<T>, expected "range or slice", takes range true;
    lower ends scope: {
        let (start, stop) = (start::<T>(&ends, scope)?, stop(&ends)?.object());
        let first = Owned::new(start.to_object())?;
        match ffi::PyObject_RichCompareBool(stop, first.object(), ffi::Py_LE) {
            // An empty range ends before its start, where there is such a number.
            1 => match Int::<T>::lower(beside(first.object(), -1)?.object(), scope) {
                Ok(last) => Ok(start..=last),
                Err(_) => Ok(T::from_compact(1).zip(T::from_compact(0)).map_or(start..=start, |(one, zero)| one..=zero)),
            },
            0 => Ok(start..=Int::<T>::lower(beside(stop, -1)?.object(), scope)?),
            _ => Err(Fault::raised()),
        }
    };
    lift value: {
        let start = *value.start();
        if value.is_empty() {
            return new_range(start, Owned::new(start.to_object())?);
        }
        let last = Owned::new(value.end().to_object())?;
        new_range(start, beside(last.object(), 1)?)
    }
}
range! {
    /// `RangeFrom` of an integer: `slice(a, None)`.
    RangeFrom of ops::RangeFrom<T>, expected "slice", takes range false;
    lower ends scope: match ends.stop {
        None => Ok(start(&ends, scope)?..),
        Some(_) => Err(Fault::value("expected a slice without an end")),
    };
    lift value: new_slice(Some(Owned::new(value.start.to_object())?), None)
}
range! {
    /// `RangeTo` of an integer: `slice(None, b)`.
    RangeTo of ops::RangeTo<T>, expected "slice", takes range false;
    lower ends scope: match ends.start {
        None => Ok(..Int::<T>::lower(stop(&ends)?.object(), scope)?),
        Some(_) => Err(Fault::value("expected a slice without a start")),
    };
    lift value: new_slice(None, Some(Owned::new(value.end.to_object())?))
}
range! {
    /// `RangeToInclusive` of an integer: `slice(None, b)` is `..=b-1`.
    RangeToInclusive of ops::RangeToInclusive<T>, expected "slice", takes range false;
    lower ends scope: match ends.start {
        None => Ok(..=Int::<T>::lower(beside(stop(&ends)?.object(), -1)?.object(), scope)?),
        Some(_) => Err(Fault::value("expected a slice without a start")),
    };
    lift value: {
        let last = Owned::new(value.end.to_object())?;
        new_slice(None, Some(beside(last.object(), 1)?))
    }
}
range! {
    /// `RangeBounds` of an integer: a range, or a slice that may be open.
    Bounds of (ops::Bound<T>, ops::Bound<T>), expected "range or slice", takes range true;
    lower ends scope: {
        let start = match &ends.start {
            Some(start) => ops::Bound::Included(Int::<T>::lower(start.object(), scope)?),
            None => ops::Bound::Unbounded,
        };
        let stop = match &ends.stop {
            Some(stop) => ops::Bound::Excluded(Int::<T>::lower(stop.object(), scope)?),
            None => ops::Bound::Unbounded,
        };
        Ok((start, stop))
    };
    lift value: {
        let end = |bound, beside_included, beside_excluded| -> Result<Option<Owned>, Fault> {
            Ok(Some(match bound {
                ops::Bound::Unbounded => return Ok(None),
                ops::Bound::Included(number) => beside(Owned::new(T::to_object(number))?.object(), beside_included)?,
                ops::Bound::Excluded(number) => beside(Owned::new(T::to_object(number))?.object(), beside_excluded)?,
            }))
        };
        new_slice(end(value.0, 0, 1)?, end(value.1, 1, 0)?)
    }
}
