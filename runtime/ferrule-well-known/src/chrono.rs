//! `chrono`: the types of Python's `datetime`.

use std::marker::PhantomData;

use chrono::{Datelike, Offset, TimeZone, Timelike};
use ferrule_cpython::calendar::{self, Clock, Date, Moment, Zoned};
use ferrule_cpython::shim::*;

use crate::plain::plain;
use crate::times::{number, out_of_range, NANOSECONDS};

fn parts(date: impl Datelike) -> Date {
    Date {
        year: date.year(),
        month: date.month() as u8,
        day: date.day() as u8,
    }
}

fn date(Date { year, month, day }: Date) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(year, month.into(), day.into())
}

fn time(clock: Clock) -> Option<chrono::NaiveTime> {
    let (hour, minute, second) = (clock.hour, clock.minute, clock.second);
    chrono::NaiveTime::from_hms_micro_opt(
        hour.into(),
        minute.into(),
        second.into(),
        clock.microsecond,
    )
}

fn datetime(moment: Moment) -> Option<chrono::NaiveDateTime> {
    Some(date(moment.date()?)?.and_time(time(moment.clock())?))
}

/// A leap second is a second with more than its nanoseconds.
fn nanoseconds(time: impl Timelike) -> Result<u64, Fault> {
    match time.nanosecond() {
        nanosecond @ 0..=999_999_999 => {
            Ok(u64::from(time.num_seconds_from_midnight()) * 1_000_000_000 + u64::from(nanosecond))
        }
        _ => Err(Fault::value("a leap second has no counterpart in datetime")),
    }
}

fn moment(value: impl Datelike + Timelike + Copy) -> Result<Moment, Fault> {
    Ok(Moment::new(parts(value), nanoseconds(value)?))
}

fn delta(microseconds: i128) -> Option<chrono::Duration> {
    let distance = microseconds.unsigned_abs();
    let seconds = u64::try_from(distance / 1_000_000).ok()?;
    let distance = std::time::Duration::new(seconds, (distance % 1_000_000) as u32 * 1000);
    let distance = chrono::Duration::from_std(distance).ok()?;
    Some(if microseconds < 0 {
        -distance
    } else {
        distance
    })
}

fn weekday(number: u8) -> chrono::Weekday {
    [
        chrono::Weekday::Mon,
        chrono::Weekday::Tue,
        chrono::Weekday::Wed,
        chrono::Weekday::Thu,
        chrono::Weekday::Fri,
        chrono::Weekday::Sat,
        chrono::Weekday::Sun,
    ][usize::from(number)]
}

plain! {
    /// `NaiveDate`
    NaiveDate of chrono::NaiveDate, "date":
    lower(object, scope) {
        date(Date::lower(object, scope.context())?).ok_or_else(|| out_of_range("NaiveDate", object))
    }
    lift(value, context) { parts(value).lift(context) }

    /// `NaiveTime`
    NaiveTime of chrono::NaiveTime, "time":
    lower(object, scope) {
        time(Clock::lower(object, scope.context())?).ok_or_else(|| out_of_range("NaiveTime", object))
    }
    lift(value, context) { Clock::of_nanoseconds(nanoseconds(value)?).lift(context) }

    /// `NaiveDateTime`
    NaiveDateTime of chrono::NaiveDateTime, "datetime":
    lower(object, scope) {
        let moment = Moment::lower(object, scope.context())?;
        datetime(moment).ok_or_else(|| out_of_range("NaiveDateTime", object))
    }
    lift(value, context) { moment(value)?.lift(context) }

    /// `Duration`, which is called `TimeDelta` too
    Duration of chrono::Duration, "timedelta":
    lower(object, scope) {
        let microseconds = calendar::lower_delta(object, scope.context())?;
        delta(microseconds).ok_or_else(|| out_of_range("Duration", object))
    }
    lift(value, context) {
        let seconds = value.num_seconds();
        let rest = value - chrono::Duration::seconds(seconds);
        let nanoseconds = i128::from(rest.num_nanoseconds().unwrap_or_default());
        calendar::lift_delta(i128::from(seconds) * NANOSECONDS + nanoseconds, context)
    }

    /// `FixedOffset`
    FixedOffset of chrono::FixedOffset, "timezone":
    lower(object, scope) {
        let seconds = calendar::lower_zone(object, scope.context())?;
        chrono::FixedOffset::east_opt(seconds).ok_or_else(|| out_of_range("FixedOffset", object))
    }
    lift(value, context) { calendar::lift_zone(value.local_minus_utc().into(), context) }

    /// `Utc`
    Utc of chrono::Utc, "timezone.utc":
    lower(object, scope) {
        match calendar::lower_zone(object, scope.context())? {
            0 => Ok(chrono::Utc),
            _ => Err(Fault::value("expected timezone.utc, got another one")),
        }
    }
    lift(_value, context) { calendar::lift_zone(0, context) }

    /// `Weekday`: its number, where Monday is 0
    Weekday of chrono::Weekday, "int":
    lower(object, scope) { number(object, scope, 0..=6).map(weekday) }
    lift(value, context) { c::Int::<u32>::lift(value.num_days_from_monday(), context) }

    /// `Month`: its number, where January is 1
    Month of chrono::Month, "int":
    lower(object, scope) {
        let month = number(object, scope, 1..=12)?;
        chrono::Month::try_from(month).map_err(|_| out_of_range("Month", object))
    }
    lift(value, context) { c::Int::<u32>::lift(value.number_from_month(), context) }
}

/// `DateTime` of `Utc`, `FixedOffset` or `Local`
pub struct DateTime<Z>(PhantomData<Z>);

impl<Z: TimeZone + 'static> Conversion for DateTime<Z> {
    type Value<'a> = chrono::DateTime<Z>;
}

// SAFETY: the value is a plain one.
unsafe impl<Z: TimeZone + 'static> Lower for DateTime<Z>
where
    chrono::DateTime<Z>: From<chrono::DateTime<chrono::FixedOffset>>,
{
    const EXPECTED: &'static str = "datetime with a time zone";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<chrono::DateTime<Z>, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe {
            let zoned = Zoned::lower(object, scope.context())?;
            // An offset with a fraction of a second has no counterpart; then the same time in UTC does.
            let offset = zoned.seconds().and_then(chrono::FixedOffset::east_opt);
            let offset = offset.or_else(|| chrono::FixedOffset::east_opt(0));
            let value = datetime(zoned.utc()).zip(offset);
            let (utc, offset) = value.ok_or_else(|| out_of_range("DateTime", object))?;
            Ok(offset.from_utc_datetime(&utc).into())
        }
    }
}

impl<Z: TimeZone + 'static> Lift for DateTime<Z> {
    unsafe fn lift<'a>(value: chrono::DateTime<Z>, context: &Context) -> Result<Object, Fault> {
        let offset = i64::from(value.offset().fix().local_minus_utc()) * 1_000_000;
        let utc = moment(value.naive_utc())?;
        let zoned = Zoned {
            local: Moment(utc.0 + i128::from(offset)),
            offset,
        };
        // SAFETY: the caller's promise is the same.
        unsafe { zoned.lift(context) }
    }
}
