//! Times: `Duration` and timedelta, `SystemTime` and aware datetimes.
//!
//! Python counts microseconds, Rust nanoseconds: on the way out the nearest microsecond is taken.

use std::time;

use super::{Conversion, Int, Lift, Lower};
use crate::fault::{shown, Builtin, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::Context;

const MICROSECONDS: i128 = 1_000_000;
const SECONDS_PER_DAY: i128 = 86_400;
/// The largest that a timedelta holds, in either direction.
const MOST_DAYS: i128 = 999_999_999;

/// Whether the object is of the class or of a subclass.
unsafe fn is_instance(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: both are valid.
    unsafe { ffi::PyType_IsSubtype(object::type_of(object), class) != 0 }
}

/// The microseconds of a timedelta.
unsafe fn microseconds(delta: Object, scope: &Scope) -> Result<i128, Fault> {
    let field = |name: &std::ffi::CStr| -> Result<i128, Fault> {
        // SAFETY: attached; the attribute is ours while it is read.
        unsafe {
            let value = Owned::new(ffi::PyObject_GetAttrString(delta, name.as_ptr()))?;
            Int::<i64>::lower(value.object(), scope).map(i128::from)
        }
    };
    Ok(
        (field(c"days")? * SECONDS_PER_DAY + field(c"seconds")?) * MICROSECONDS
            + field(c"microseconds")?,
    )
}

/// A new timedelta.
unsafe fn timedelta(microseconds: i128, context: &Context) -> Result<Owned, Fault> {
    let seconds = microseconds.div_euclid(MICROSECONDS);
    let days = seconds.div_euclid(SECONDS_PER_DAY);
    if days.abs() > MOST_DAYS {
        return Err(Fault::builtin(
            Builtin::Overflow,
            "the time is out of the range of timedelta",
        ));
    }
    // SAFETY: attached; the arguments are ours during the call.
    unsafe {
        let int = |value: i128| Owned::new(ffi::PyLong_FromLongLong(value as i64));
        let arguments = [
            int(days)?,
            int(seconds.rem_euclid(SECONDS_PER_DAY))?,
            int(microseconds.rem_euclid(MICROSECONDS))?,
        ];
        object::call(
            context.datetime()?.DeltaType.cast(),
            &arguments.each_ref().map(Owned::object),
        )
    }
}

/// To the nearest microsecond.
fn rounded(duration: time::Duration) -> i128 {
    let nanoseconds = duration.as_nanos();
    // A duration has fewer than 2^94 nanoseconds.
    ((nanoseconds + 500) / 1000) as i128
}

fn duration(microseconds: u128) -> Option<time::Duration> {
    let (seconds, rest) = (
        microseconds / MICROSECONDS as u128,
        microseconds % MICROSECONDS as u128,
    );
    Some(time::Duration::new(
        seconds.try_into().ok()?,
        rest as u32 * 1000,
    ))
}

/// `std::time::Duration`.
pub struct Duration;

impl Conversion for Duration {
    type Value<'a> = time::Duration;
}

// SAFETY: the value is a plain one.
unsafe impl Lower for Duration {
    const EXPECTED: &'static str = "timedelta";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<time::Duration, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            if !is_instance(object, scope.context().datetime()?.DeltaType) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let microseconds = microseconds(object, scope)?;
            let duration = microseconds.try_into().ok().and_then(duration);
            duration.ok_or_else(|| Fault::out_of_range("timedelta that is not negative", object))
        }
    }
}

impl Lift for Duration {
    unsafe fn lift<'a>(value: time::Duration, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { timedelta(rounded(value), context).map(Owned::into_object) }
    }
}

/// `std::time::SystemTime`.
pub struct SystemTime;

impl Conversion for SystemTime {
    type Value<'a> = time::SystemTime;
}

/// 1970-01-01 00:00 UTC.
unsafe fn epoch(context: &Context) -> Result<Owned, Fault> {
    // SAFETY: attached; the arguments are ours during the call.
    unsafe {
        let types = context.datetime()?;
        let (year, one, zero) = (
            Owned::new(ffi::PyLong_FromLongLong(1970))?,
            Owned::new(ffi::PyLong_FromLongLong(1))?,
            Owned::new(ffi::PyLong_FromLongLong(0))?,
        );
        let [one, zero] = [one.object(), zero.object()];
        object::call(
            types.DateTimeType.cast(),
            &[
                year.object(),
                one,
                one,
                zero,
                zero,
                zero,
                zero,
                types.TimeZone_UTC,
            ],
        )
    }
}

// SAFETY: the value is a plain one.
unsafe impl Lower for SystemTime {
    const EXPECTED: &'static str = "datetime with a time zone";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<time::SystemTime, Fault> {
        // SAFETY: the caller's promise is the same; what methods return is ours while it is read.
        unsafe {
            if !is_instance(object, scope.context().datetime()?.DateTimeType) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let utcoffset = Owned::new(ffi::PyObject_GetAttrString(object, c"utcoffset".as_ptr()))?;
            if object::call(utcoffset.object(), &[])?.object() == object::none() {
                return Err(Fault::value(format!(
                    "expected {}, got {}",
                    Self::EXPECTED,
                    shown(object)
                )));
            }
            let since = Owned::new(ffi::PyNumber_Subtract(
                object,
                epoch(scope.context())?.object(),
            ))?;
            if !is_instance(since.object(), scope.context().datetime()?.DeltaType) {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            let microseconds = microseconds(since.object(), scope)?;
            let time = duration(microseconds.unsigned_abs()).and_then(|distance| {
                if microseconds < 0 {
                    time::UNIX_EPOCH.checked_sub(distance)
                } else {
                    time::UNIX_EPOCH.checked_add(distance)
                }
            });
            time.ok_or_else(|| Fault::out_of_range("datetime that the system can express", object))
        }
    }
}

impl Lift for SystemTime {
    unsafe fn lift<'a>(value: time::SystemTime, context: &Context) -> Result<Object, Fault> {
        let microseconds = match value.duration_since(time::UNIX_EPOCH) {
            Ok(after) => rounded(after),
            Err(before) => -rounded(before.duration()),
        };
        // SAFETY: attached. A sum beyond the year 9999 is the interpreter's own OverflowError.
        unsafe {
            let since = timedelta(microseconds, context)?;
            Owned::new(ffi::PyNumber_Add(epoch(context)?.object(), since.object()))
                .map(Owned::into_object)
        }
    }
}
