//! Times: `Duration` and timedelta, `SystemTime` and aware datetimes.

use std::time;

use super::{Conversion, Lift, Lower};
use crate::calendar::{self, Moment, Zoned};
use crate::fault::Fault;
use crate::object::Object;
use crate::scope::Scope;
use crate::state::Context;

const SECOND: u128 = 1_000_000;

fn duration(microseconds: u128) -> Option<time::Duration> {
    let seconds = (microseconds / SECOND).try_into().ok()?;
    Some(time::Duration::new(
        seconds,
        (microseconds % SECOND) as u32 * 1000,
    ))
}

/// A duration has fewer than 2^94 nanoseconds.
fn nanoseconds(duration: time::Duration) -> i128 {
    duration.as_nanos() as i128
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
            let microseconds = calendar::lower_delta(object, scope.context())?;
            let duration = microseconds.try_into().ok().and_then(duration);
            duration.ok_or_else(|| Fault::out_of_range("timedelta that is not negative", object))
        }
    }
}

impl Lift for Duration {
    unsafe fn lift<'a>(value: time::Duration, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { calendar::lift_delta(nanoseconds(value), context) }
    }
}

/// `std::time::SystemTime`.
pub struct SystemTime;

impl Conversion for SystemTime {
    type Value<'a> = time::SystemTime;
}

// SAFETY: the value is a plain one.
unsafe impl Lower for SystemTime {
    const EXPECTED: &'static str = "datetime with a time zone";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<time::SystemTime, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            let Moment(microseconds) = Zoned::lower(object, scope.context())?.utc();
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
        let since = match value.duration_since(time::UNIX_EPOCH) {
            Ok(after) => nanoseconds(after),
            Err(before) => -nanoseconds(before.duration()),
        };
        // SAFETY: the caller's promise is the same.
        unsafe { Moment::of_nanoseconds(since).lift_utc(context) }
    }
}
