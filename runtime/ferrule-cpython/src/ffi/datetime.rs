//! `datetime.h`, `pycapsule.h`: the types of `datetime`.

use std::ffi::{c_char, c_int, c_void};

use super::{catalogue::declare, PyObject, PyTypeObject, Py_hash_t};

/// What makes a date, of year, month and day.
pub type DateFromDate =
    unsafe extern "C" fn(c_int, c_int, c_int, *mut PyTypeObject) -> *mut PyObject;
/// What makes a datetime, of year, month, day, hour, minute, second, microsecond and tzinfo.
pub type DateTimeFromDateAndTime = unsafe extern "C" fn(
    c_int,
    c_int,
    c_int,
    c_int,
    c_int,
    c_int,
    c_int,
    *mut PyObject,
    *mut PyTypeObject,
) -> *mut PyObject;
/// What makes a time, of hour, minute, second, microsecond and tzinfo.
pub type TimeFromTime = unsafe extern "C" fn(
    c_int,
    c_int,
    c_int,
    c_int,
    *mut PyObject,
    *mut PyTypeObject,
) -> *mut PyObject;
/// What makes a timedelta, of days, seconds and microseconds, and whether they have to be normalised.
pub type DeltaFromDelta =
    unsafe extern "C" fn(c_int, c_int, c_int, c_int, *mut PyTypeObject) -> *mut PyObject;
/// What makes a timezone, of an offset and a name.
pub type TimeZoneFromTimeZone = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;

declare! {
    structs {
        /// What the capsule `datetime.datetime_CAPI` points to.
        partial PyDateTime_CAPI {
            DateType: *mut PyTypeObject,
            DateTimeType: *mut PyTypeObject,
            TimeType: *mut PyTypeObject,
            DeltaType: *mut PyTypeObject,
            TZInfoType: *mut PyTypeObject,
            TimeZone_UTC: *mut PyObject,
            Date_FromDate: DateFromDate,
            DateTime_FromDateAndTime: DateTimeFromDateAndTime,
            Time_FromTime: TimeFromTime,
            Delta_FromDelta: DeltaFromDelta,
            TimeZone_FromTimeZone: TimeZoneFromTimeZone,
        }
        /// A date: two bytes of year, the higher first, then month and day.
        whole PyDateTime_Date {
            ob_base: PyObject,
            hashcode: Py_hash_t,
            hastzinfo: c_char,
            data: [u8; 4],
        }
        /// A time: hour, minute, second, and three bytes of microseconds, the highest first.
        whole PyDateTime_Time {
            ob_base: PyObject,
            hashcode: Py_hash_t,
            hastzinfo: c_char,
            data: [u8; 6],
            fold: u8,
            tzinfo: *mut PyObject,
        }
        /// A datetime: the bytes of a date, then those of a time.
        whole PyDateTime_DateTime {
            ob_base: PyObject,
            hashcode: Py_hash_t,
            hastzinfo: c_char,
            data: [u8; 10],
            fold: u8,
            tzinfo: *mut PyObject,
        }
        /// A timedelta.
        whole PyDateTime_Delta {
            ob_base: PyObject,
            hashcode: Py_hash_t,
            days: c_int,
            seconds: c_int,
            microseconds: c_int,
        }
    }
    functions {
        fn PyCapsule_Import(name: *const c_char, no_block: c_int) -> *mut c_void;
    }
}
