//! `time::UtcDateTime`, which only newer versions have.

use ferrule_cpython::calendar::Zoned;
use ferrule_cpython::shim::*;

use crate::plain::plain;
use crate::time::{datetime, moment};
use crate::times::out_of_range;

plain! {
    /// `UtcDateTime`
    UtcDateTime of time::UtcDateTime, "datetime with a time zone":
    lower(object, scope) {
        let utc = datetime(Zoned::lower(object, scope.context())?.utc());
        utc.map(time::PrimitiveDateTime::as_utc).ok_or_else(|| out_of_range("UtcDateTime", object))
    }
    lift(value, context) { moment(value.date(), value.time()).lift_utc(context) }
}
