//! `time`: the types of Python's `datetime`.

use ferrule_cpython::calendar::{self, Clock, Date as Parts, Moment, Zoned};
use ferrule_cpython::shim::*;

use crate::plain::plain;
use crate::times::{number, out_of_range};

fn parts(date: time::Date) -> Parts {
    Parts {
        year: date.year(),
        month: date.month().into(),
        day: date.day(),
    }
}

fn date(Parts { year, month, day }: Parts) -> Option<time::Date> {
    time::Date::from_calendar_date(year, month.try_into().ok()?, day).ok()
}

fn time(clock: Clock) -> Option<time::Time> {
    time::Time::from_hms_micro(clock.hour, clock.minute, clock.second, clock.microsecond).ok()
}

pub(crate) fn datetime(moment: Moment) -> Option<time::PrimitiveDateTime> {
    let (date, time) = (date(moment.date()?)?, time(moment.clock())?);
    Some(time::PrimitiveDateTime::new(date, time))
}

fn nanoseconds(time: time::Time) -> u64 {
    let (hour, minute, second, nanosecond) = time.as_hms_nano();
    let minutes = u64::from(hour) * 60 + u64::from(minute);
    (minutes * 60 + u64::from(second)) * 1_000_000_000 + u64::from(nanosecond)
}

pub(crate) fn moment(date: time::Date, time: time::Time) -> Moment {
    Moment::new(parts(date), nanoseconds(time))
}

fn weekday(number: u8) -> time::Weekday {
    [
        time::Weekday::Monday,
        time::Weekday::Tuesday,
        time::Weekday::Wednesday,
        time::Weekday::Thursday,
        time::Weekday::Friday,
        time::Weekday::Saturday,
        time::Weekday::Sunday,
    ][usize::from(number)]
}

plain! {
    /// `Date`
    Date of time::Date, "date":
    lower(object, scope) {
        date(Parts::lower(object, scope.context())?).ok_or_else(|| out_of_range("Date", object))
    }
    lift(value, context) { parts(value).lift(context) }

    /// `Time`
    Time of time::Time, "time":
    lower(object, scope) {
        time(Clock::lower(object, scope.context())?).ok_or_else(|| out_of_range("Time", object))
    }
    lift(value, context) { Clock::of_nanoseconds(nanoseconds(value)).lift(context) }

    /// `PrimitiveDateTime`
    PrimitiveDateTime of time::PrimitiveDateTime, "datetime":
    lower(object, scope) {
        let moment = Moment::lower(object, scope.context())?;
        datetime(moment).ok_or_else(|| out_of_range("PrimitiveDateTime", object))
    }
    lift(value, context) { moment(value.date(), value.time()).lift(context) }

    /// `OffsetDateTime`
    OffsetDateTime of time::OffsetDateTime, "datetime with a time zone":
    lower(object, scope) {
        let zoned = Zoned::lower(object, scope.context())?;
        let offset = zoned.seconds().and_then(|seconds| time::UtcOffset::from_whole_seconds(seconds).ok());
        let value = match offset {
            Some(offset) => datetime(zoned.local).map(|local| local.assume_offset(offset)),
            None => datetime(zoned.utc()).map(time::PrimitiveDateTime::assume_utc),
        };
        value.ok_or_else(|| out_of_range("OffsetDateTime", object))
    }
    lift(value, context) {
        let zoned = Zoned {
            local: moment(value.date(), value.time()),
            offset: i64::from(value.offset().whole_seconds()) * 1_000_000,
        };
        zoned.lift(context)
    }

    /// `Duration`
    Duration of time::Duration, "timedelta":
    lower(object, scope) {
        let microseconds = calendar::lower_delta(object, scope.context())?;
        let seconds = i64::try_from(microseconds / 1_000_000).map_err(|_| out_of_range("Duration", object))?;
        Ok(time::Duration::new(seconds, (microseconds % 1_000_000) as i32 * 1000))
    }
    lift(value, context) { calendar::lift_delta(value.whole_nanoseconds(), context) }

    /// `UtcOffset`
    UtcOffset of time::UtcOffset, "timezone":
    lower(object, scope) {
        let seconds = calendar::lower_zone(object, scope.context())?;
        time::UtcOffset::from_whole_seconds(seconds).map_err(|_| out_of_range("UtcOffset", object))
    }
    lift(value, context) { calendar::lift_zone(value.whole_seconds().into(), context) }

    /// `Weekday`: its number, where Monday is 0
    Weekday of time::Weekday, "int":
    lower(object, scope) { number(object, scope, 0..=6).map(weekday) }
    lift(value, context) { c::Int::<u8>::lift(value.number_days_from_monday(), context) }

    /// `Month`: its number, where January is 1
    Month of time::Month, "int":
    lower(object, scope) {
        let month = number(object, scope, 1..=12)?;
        month.try_into().map_err(|_| out_of_range("Month", object))
    }
    lift(value, context) { c::Int::<u8>::lift(value.into(), context) }
}
