//! What the modules about time have in common.

use ferrule_cpython::fault::{shown, Builtin};
use ferrule_cpython::shim::*;

pub(crate) const NANOSECONDS: i128 = 1_000_000_000;

/// Python's object has a counterpart in principle, but not this one.
///
/// # Safety
/// The thread is attached; `object` is a valid object.
#[cold]
pub(crate) unsafe fn out_of_range(name: &str, object: Object) -> Fault {
    // SAFETY: as the caller promises.
    let got = unsafe { shown(object) };
    let message = format!("expected a value in the range of {name}, got {got}");
    Fault::builtin(Builtin::Overflow, message)
}

/// A number of a weekday, where Monday is 0, or of a month, where January is 1.
///
/// # Safety
/// As for [`Lower::lower`].
pub(crate) unsafe fn number(
    object: Object,
    scope: &Scope,
    range: std::ops::RangeInclusive<u8>,
) -> Result<u8, Fault> {
    // SAFETY: the caller's promise is the same.
    let number = unsafe { c::Int::<i64>::lower(object, scope)? };
    let (first, last) = (*range.start(), *range.end());
    let found = u8::try_from(number)
        .ok()
        .filter(|number| range.contains(number));
    found.ok_or_else(|| Fault::value(format!("expected {first} to {last}, got {number}")))
}
