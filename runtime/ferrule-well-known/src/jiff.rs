//! `jiff`: the types of Python's `datetime`, with the zones of `zoneinfo`.

use ferrule_cpython::calendar::{self, Clock, Date, Moment, Zoned as At};
use ferrule_cpython::ffi;
use ferrule_cpython::object::{self, Owned};
use ferrule_cpython::shim::*;
use ferrule_cpython::state::Import;
use jiff::tz::TimeZone;

use crate::plain::plain;
use crate::times::out_of_range;

static ZONE_INFO: Import = Import {
    module: c"zoneinfo",
    name: c"ZoneInfo",
};

fn timestamp(moment: Moment) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_microsecond(moment.0.try_into().ok()?).ok()
}

/// jiff's own zone of a datetime: that of the same name for one of `zoneinfo`, else a fixed distance from UTC.
unsafe fn zone(object: Object, at: At, scope: &Scope) -> Result<TimeZone, Fault> {
    // SAFETY: attached, and a datetime, as the caller has seen; what is imported is a class, and the key is ours while it is read.
    unsafe {
        let zone = calendar::zone(object);
        let class = ZONE_INFO.object()?;
        if ffi::PyType_IsSubtype(object::type_of(zone), class.object().cast()) != 0 {
            let key = Owned::new(ffi::PyObject_GetAttrString(zone, c"key".as_ptr()))?;
            if key.object() != object::none() {
                let name = c::Text::<String>::lower(key.object(), scope)?;
                return TimeZone::get(&name).map_err(|error| Fault::value(error.to_string()));
            }
        }
        let seconds = at
            .seconds()
            .and_then(|seconds| jiff::tz::Offset::from_seconds(seconds).ok());
        seconds
            .map(TimeZone::fixed)
            .ok_or_else(|| out_of_range("Zoned", object))
    }
}

plain! {
    /// `Timestamp`
    Timestamp of jiff::Timestamp, "datetime with a time zone":
    lower(object, scope) {
        let moment = At::lower(object, scope.context())?.utc();
        timestamp(moment).ok_or_else(|| out_of_range("Timestamp", object))
    }
    lift(value, context) { Moment::of_nanoseconds(value.as_nanosecond()).lift_utc(context) }

    /// `Zoned`
    Zoned of jiff::Zoned, "datetime with a time zone":
    lower(object, scope) {
        let at = At::lower(object, scope.context())?;
        let timestamp = timestamp(at.utc()).ok_or_else(|| out_of_range("Zoned", object))?;
        Ok(timestamp.to_zoned(zone(object, at, scope)?))
    }
    lift(value, context) {
        let moment = Moment::of_nanoseconds(value.timestamp().as_nanosecond());
        let offset = i64::from(value.offset().seconds()) * 1_000_000;
        let Some(name) = value.time_zone().iana_name().filter(|name| *name != "UTC") else {
            let local = Moment(moment.0 + i128::from(offset));
            return At { local, offset }.lift(context);
        };
        let name = object::text(name)?;
        let zone = object::call(ZONE_INFO.object()?.object(), &[name.object()])?;
        let utc = Owned::new(moment.lift_utc(context)?)?;
        calendar::in_zone(utc.object(), zone.object())
    }

    /// `SignedDuration`
    SignedDuration of jiff::SignedDuration, "timedelta":
    lower(object, scope) {
        let microseconds = calendar::lower_delta(object, scope.context())?;
        let seconds = i64::try_from(microseconds / 1_000_000).map_err(|_| out_of_range("SignedDuration", object))?;
        Ok(jiff::SignedDuration::new(seconds, (microseconds % 1_000_000) as i32 * 1000))
    }
    lift(value, context) { calendar::lift_delta(value.as_nanos(), context) }
}

/// Types of `jiff::civil`
pub mod civil {
    use super::{out_of_range, plain, Clock, Date as Parts, Moment};
    use crate::times::number;
    use ferrule_cpython::shim::*;
    use jiff::civil;

    fn parts(date: civil::Date) -> Parts {
        Parts {
            year: date.year().into(),
            month: date.month() as u8,
            day: date.day() as u8,
        }
    }

    fn date(Parts { year, month, day }: Parts) -> Option<civil::Date> {
        civil::Date::new(year.try_into().ok()?, month as i8, day as i8).ok()
    }

    fn time(clock: Clock) -> Option<civil::Time> {
        civil::Time::new(
            clock.hour as i8,
            clock.minute as i8,
            clock.second as i8,
            clock.microsecond as i32 * 1000,
        )
        .ok()
    }

    fn nanoseconds(time: civil::Time) -> u64 {
        let minutes = time.hour() as u64 * 60 + time.minute() as u64;
        (minutes * 60 + time.second() as u64) * 1_000_000_000 + time.subsec_nanosecond() as u64
    }

    fn weekday(number: u8) -> Option<civil::Weekday> {
        civil::Weekday::from_monday_zero_offset(number as i8).ok()
    }

    plain! {
        /// `Date`
        Date of civil::Date, "date":
        lower(object, scope) {
            date(Parts::lower(object, scope.context())?).ok_or_else(|| out_of_range("Date", object))
        }
        lift(value, context) { parts(value).lift(context) }

        /// `Time`
        Time of civil::Time, "time":
        lower(object, scope) {
            time(Clock::lower(object, scope.context())?).ok_or_else(|| out_of_range("Time", object))
        }
        lift(value, context) { Clock::of_nanoseconds(nanoseconds(value)).lift(context) }

        /// `DateTime`
        DateTime of civil::DateTime, "datetime":
        lower(object, scope) {
            let moment = Moment::lower(object, scope.context())?;
            let parts = moment.date().and_then(date).zip(time(moment.clock()));
            let (date, time) = parts.ok_or_else(|| out_of_range("DateTime", object))?;
            Ok(civil::DateTime::from_parts(date, time))
        }
        lift(value, context) { Moment::new(parts(value.date()), nanoseconds(value.time())).lift(context) }

        /// `Weekday`: its number, where Monday is 0
        Weekday of civil::Weekday, "int":
        lower(object, scope) {
            let number = number(object, scope, 0..=6)?;
            weekday(number).ok_or_else(|| out_of_range("Weekday", object))
        }
        lift(value, context) { c::Int::<i8>::lift(value.to_monday_zero_offset(), context) }
    }
}

/// Types of `jiff::tz`
pub mod tz {
    use super::{calendar, out_of_range, plain};
    use ferrule_cpython::shim::*;

    plain! {
        /// `Offset`
        Offset of jiff::tz::Offset, "timezone":
        lower(object, scope) {
            let seconds = calendar::lower_zone(object, scope.context())?;
            jiff::tz::Offset::from_seconds(seconds).map_err(|_| out_of_range("Offset", object))
        }
        lift(value, context) { calendar::lift_zone(value.seconds().into(), context) }
    }
}
