//! Objects of Python's `datetime` as numbers: what conversions of calendar types are made of.
//!
//! Python counts microseconds: on the way out the nearest one is taken.

use std::ffi::c_int;

use crate::fault::{shown, Builtin, Fault};
use crate::ffi;
use crate::object::{self, none, Object, Owned};
use crate::state::Context;

/// What a timedelta holds at most, in either direction.
const MOST_DAYS: i128 = 999_999_999;
const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;

/// A day of the calendar that Python has: proleptic Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// As astronomers count.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// What a clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59: there are no leap seconds.
    pub second: u8,
    /// 0 to 999 999.
    pub microsecond: u32,
}

/// A day and what a clock shows then, as microseconds since the beginning of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i128);

/// What a clock shows somewhere, and how many microseconds it is ahead of UTC.
#[derive(Clone, Copy, Debug)]
pub struct Zoned {
    /// There.
    pub local: Moment,
    /// East of Greenwich it is positive.
    pub offset: i64,
}

/// A date and a time of day with nanoseconds, rounded.
fn nearest(nanoseconds: i128) -> i128 {
    (nanoseconds + 500).div_euclid(1000)
}

impl Date {
    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        // Years begin with March, so that the leap day is the last; an era is 400 years.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The reverse of [`Date::days`]; none where the year is beyond 32 bits.
    pub fn of_days(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Some(Self {
            year: year.try_into().ok()?,
            month: month as u8,
            day: day as u8,
        })
    }

    /// Reads a date that is no datetime.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn lower(object: Object, context: &Context) -> Result<Self, Fault> {
        // SAFETY: attached; the type is checked before the object is read as a date.
        unsafe {
            let types = context.datetime()?;
            if !is(object, types.DateType) || is(object, types.DateTimeType) {
                return Err(Fault::wrong_type("date", object));
            }
            Ok(Self::of_bytes(
                (*object.cast::<ffi::PyDateTime_Date>()).data,
            ))
        }
    }

    fn of_bytes([high, low, month, day]: [u8; 4]) -> Self {
        Self {
            year: u16::from_be_bytes([high, low]).into(),
            month,
            day,
        }
    }

    /// Whether Python has a date for it.
    fn checked(self) -> Result<Self, Fault> {
        match self.year {
            1..=9999 => Ok(self),
            year => Err(Fault::builtin(
                Builtin::Overflow,
                format!("the year {year} is out of the range of datetime"),
            )),
        }
    }

    /// Makes a new date.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn lift(self, context: &Context) -> Result<Object, Fault> {
        let Self { year, month, day } = self.checked()?;
        // SAFETY: attached; making an object of the type itself runs no Python code.
        unsafe {
            let types = context.datetime()?;
            let made = (types.Date_FromDate)(year, month.into(), day.into(), types.DateType);
            Owned::new(made).map(Owned::into_object)
        }
    }
}

impl Clock {
    /// Of nanoseconds since midnight; what would be rounded to the next midnight stays before it.
    pub fn of_nanoseconds(nanoseconds: u64) -> Self {
        Self::of(nearest(nanoseconds.into()).min(DAY - 1))
    }

    fn of(microseconds: i128) -> Self {
        let seconds = microseconds / SECOND;
        Self {
            hour: (seconds / 3600) as u8,
            minute: (seconds / 60 % 60) as u8,
            second: (seconds % 60) as u8,
            microsecond: (microseconds % SECOND) as u32,
        }
    }

    fn microseconds(self) -> i128 {
        let minutes = i128::from(self.hour) * 60 + i128::from(self.minute);
        (minutes * 60 + i128::from(self.second)) * SECOND + i128::from(self.microsecond)
    }

    fn of_bytes([hour, minute, second, high, middle, low]: [u8; 6]) -> Self {
        Self {
            hour,
            minute,
            second,
            microsecond: u32::from_be_bytes([0, high, middle, low]),
        }
    }

    /// Reads a time without a time zone.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn lower(object: Object, context: &Context) -> Result<Self, Fault> {
        // SAFETY: attached; the type is checked before the object is read as a time.
        unsafe {
            if !is(object, context.datetime()?.TimeType) {
                return Err(Fault::wrong_type("time", object));
            }
            let time = object.cast::<ffi::PyDateTime_Time>();
            if (*time).hastzinfo != 0 {
                return Err(unfit("time without a time zone", object));
            }
            Ok(Self::of_bytes((*time).data))
        }
    }

    /// Makes a new time.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn lift(self, context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; making an object of the type itself runs no Python code.
        unsafe {
            let types = context.datetime()?;
            let made = (types.Time_FromTime)(
                self.hour.into(),
                self.minute.into(),
                self.second.into(),
                self.microsecond as c_int,
                none(),
                types.TimeType,
            );
            Owned::new(made).map(Owned::into_object)
        }
    }
}

impl Moment {
    /// Of nanoseconds since the beginning of 1970, rounded.
    pub fn of_nanoseconds(nanoseconds: i128) -> Self {
        Self(nearest(nanoseconds))
    }

    /// Of a day and nanoseconds since its beginning, rounded.
    pub fn new(date: Date, nanoseconds: u64) -> Self {
        Self(i128::from(date.days()) * DAY + nearest(nanoseconds.into()))
    }

    /// The day; none where the year is beyond 32 bits.
    pub fn date(self) -> Option<Date> {
        Date::of_days(self.0.div_euclid(DAY).try_into().ok()?)
    }

    /// What the clock shows.
    pub fn clock(self) -> Clock {
        Clock::of(self.0.rem_euclid(DAY))
    }

    /// Reads a datetime without a time zone.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn lower(object: Object, context: &Context) -> Result<Self, Fault> {
        // SAFETY: attached; the type is checked before the object is read as a datetime.
        unsafe {
            if !is(object, context.datetime()?.DateTimeType) {
                return Err(Fault::wrong_type("datetime", object));
            }
            if (*object.cast::<ffi::PyDateTime_DateTime>()).hastzinfo != 0 {
                return Err(unfit("datetime without a time zone", object));
            }
            Ok(Self::shown_by(object))
        }
    }

    /// What a datetime shows, wherever it is.
    unsafe fn shown_by(object: Object) -> Self {
        // SAFETY: the caller has checked the type.
        let [y, z, month, day, clock @ ..] =
            unsafe { (*object.cast::<ffi::PyDateTime_DateTime>()).data };
        let days = Date::of_bytes([y, z, month, day]).days();
        Self(i128::from(days) * DAY + Clock::of_bytes(clock).microseconds())
    }

    /// Makes a new datetime without a time zone.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn lift(self, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.made(none(), context) }
    }

    /// Makes a new datetime in UTC of a moment there.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn lift_utc(self, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same; the zone lives as long as the interpreter.
        unsafe { self.made(context.datetime()?.TimeZone_UTC, context) }
    }

    unsafe fn made(self, zone: Object, context: &Context) -> Result<Object, Fault> {
        let Some(date) = self.date() else {
            let message = "the year is out of the range of datetime";
            return Err(Fault::builtin(Builtin::Overflow, message));
        };
        let (Date { year, month, day }, clock) = (date.checked()?, self.clock());
        // SAFETY: attached; making an object of the type itself runs no Python code.
        unsafe {
            let types = context.datetime()?;
            let made = (types.DateTime_FromDateAndTime)(
                year,
                month.into(),
                day.into(),
                clock.hour.into(),
                clock.minute.into(),
                clock.second.into(),
                clock.microsecond as c_int,
                zone,
                types.DateTimeType,
            );
            Owned::new(made).map(Owned::into_object)
        }
    }
}

impl Zoned {
    /// At the same time in UTC.
    pub fn utc(self) -> Moment {
        Moment(self.local.0 - i128::from(self.offset))
    }

    /// The offset in seconds; none where it is not a whole number of them.
    pub fn seconds(self) -> Option<i32> {
        whole_seconds(self.offset.into())
    }

    /// Reads a datetime with a time zone.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn lower(object: Object, context: &Context) -> Result<Self, Fault> {
        const EXPECTED: &str = "datetime with a time zone";
        // SAFETY: attached; the type is checked before the object is read as a datetime, and what methods return is ours while it is read.
        unsafe {
            if !is(object, context.datetime()?.DateTimeType) {
                return Err(Fault::wrong_type(EXPECTED, object));
            }
            let offset = if zone(object) == context.datetime()?.TimeZone_UTC {
                Some(0)
            } else {
                utc_offset(object, &[], context)?
            };
            match offset {
                Some(offset) => Ok(Self {
                    local: Moment::shown_by(object),
                    offset: offset as i64,
                }),
                None => Err(unfit(EXPECTED, object)),
            }
        }
    }

    /// Makes a new datetime at a fixed distance from UTC.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn lift(self, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same; the zone is ours during the call.
        unsafe {
            let zone = Owned::new(lift_zone(self.offset / SECOND as i64, context)?)?;
            self.local.made(zone.object(), context)
        }
    }
}

/// The zone of a datetime with one; `None` for that of another object.
///
/// # Safety
/// The thread is attached; `object` is a datetime.
pub unsafe fn zone(object: Object) -> Object {
    // SAFETY: the field is there where the flag says so.
    unsafe {
        let datetime = object.cast::<ffi::PyDateTime_DateTime>();
        match (*datetime).hastzinfo {
            0 => none(),
            _ => (*datetime).tzinfo,
        }
    }
}

/// The same time as a datetime in UTC shows, in another zone.
///
/// # Safety
/// The thread is attached; both are valid objects.
pub unsafe fn in_zone(datetime: Object, zone: Object) -> Result<Object, Fault> {
    // SAFETY: as the caller promises; what comes of a datetime's method is ours.
    unsafe {
        let method = Owned::new(ffi::PyObject_GetAttrString(
            datetime,
            c"astimezone".as_ptr(),
        ))?;
        object::call(method.object(), &[zone]).map(Owned::into_object)
    }
}

/// Reads a tzinfo that is always as far from UTC, in whole seconds.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
pub unsafe fn lower_zone(object: Object, context: &Context) -> Result<i32, Fault> {
    // SAFETY: attached; the type is checked first.
    unsafe {
        if !is(object, context.datetime()?.TZInfoType) {
            return Err(Fault::wrong_type("timezone", object));
        }
        let offset = utc_offset(object, &[none()], context)?;
        offset
            .and_then(whole_seconds)
            .ok_or_else(|| unfit("timezone with a fixed offset of whole seconds", object))
    }
}

/// Makes a new timezone.
///
/// # Safety
/// The thread is attached.
pub unsafe fn lift_zone(seconds: i64, context: &Context) -> Result<Object, Fault> {
    // SAFETY: attached; making an object of the type itself runs no Python code. The name is none.
    unsafe {
        let types = context.datetime()?;
        if seconds == 0 {
            return Ok(object::new_reference(types.TimeZone_UTC));
        }
        let offset = Owned::new(lift_delta(i128::from(seconds) * SECOND * 1000, context)?)?;
        let made = (types.TimeZone_FromTimeZone)(offset.object(), std::ptr::null_mut());
        Owned::new(made).map(Owned::into_object)
    }
}

fn whole_seconds(microseconds: i128) -> Option<i32> {
    (microseconds % SECOND == 0).then_some((microseconds / SECOND) as i32)
}

/// What `utcoffset` says, in microseconds; none for an object without a time zone.
unsafe fn utc_offset(
    object: Object,
    arguments: &[Object],
    context: &Context,
) -> Result<Option<i128>, Fault> {
    // SAFETY: attached, as the caller promises; what the method returns is ours while it is read.
    unsafe {
        let method = Owned::new(ffi::PyObject_GetAttrString(object, c"utcoffset".as_ptr()))?;
        let offset = object::call(method.object(), arguments)?;
        if offset.object() == none() {
            return Ok(None);
        }
        lower_delta(offset.object(), context).map(Some)
    }
}

/// Reads a timedelta, as microseconds.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
pub unsafe fn lower_delta(object: Object, context: &Context) -> Result<i128, Fault> {
    // SAFETY: attached; the type is checked before the object is read as a timedelta.
    unsafe {
        if !is(object, context.datetime()?.DeltaType) {
            return Err(Fault::wrong_type("timedelta", object));
        }
        let delta = object.cast::<ffi::PyDateTime_Delta>();
        let seconds = i128::from((*delta).days) * 86_400 + i128::from((*delta).seconds);
        Ok(seconds * SECOND + i128::from((*delta).microseconds))
    }
}

/// Makes a new timedelta of nanoseconds, rounded.
///
/// # Safety
/// The thread is attached.
pub unsafe fn lift_delta(nanoseconds: i128, context: &Context) -> Result<Object, Fault> {
    let microseconds = nearest(nanoseconds);
    let (days, rest) = (microseconds.div_euclid(DAY), microseconds.rem_euclid(DAY));
    if days.abs() > MOST_DAYS {
        let message = "the time is out of the range of timedelta";
        return Err(Fault::builtin(Builtin::Overflow, message));
    }
    // SAFETY: attached; making an object of the type itself runs no Python code.
    unsafe {
        let types = context.datetime()?;
        let (seconds, microseconds) = (rest / SECOND, rest % SECOND);
        let made = (types.Delta_FromDelta)(
            days as c_int,
            seconds as c_int,
            microseconds as c_int,
            0,
            types.DeltaType,
        );
        Owned::new(made).map(Owned::into_object)
    }
}

/// Whether the object is of the class or of a subclass.
unsafe fn is(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: both are valid, as the callers promise.
    unsafe { ffi::PyType_IsSubtype(object::type_of(object), class) != 0 }
}

/// The type is right, and the object still unfit.
unsafe fn unfit(expected: &str, object: Object) -> Fault {
    // SAFETY: attached and valid, as the callers promise.
    let got = unsafe { shown(object) };
    Fault::value(format!("expected {expected}, got {got}"))
}

#[cfg(test)]
mod tests {
    use super::{Clock, Date, Moment};

    #[test]
    fn days_count_from_1970() {
        for (year, month, day, days) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (1, 1, 1, -719_162),
            (9999, 12, 31, 2_932_896),
            (-1, 3, 1, -719_834),
        ] {
            let date = Date { year, month, day };
            assert_eq!(date.days(), days);
            assert_eq!(Date::of_days(days), Some(date));
        }
    }

    #[test]
    fn the_nearest_microsecond_is_taken() {
        assert_eq!(Clock::of_nanoseconds(1_500).microsecond, 2);
        assert_eq!(
            Clock::of_nanoseconds(86_399_999_999_999).microsecond,
            999_999
        );
        assert_eq!(Moment::of_nanoseconds(-1_499), Moment(-1));
    }
}
