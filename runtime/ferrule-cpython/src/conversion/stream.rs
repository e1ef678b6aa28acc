//! Streams: file-like objects in, and out again.

use super::{Conversion, Lift, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::file::HostFile;
use crate::object::{new_reference, Object};
use crate::scope::Scope;
use crate::state::Context;

/// A file-like object that has to be readable, writable, or any of the two.
pub struct Stream<const READS: bool, const WRITES: bool>;

impl<const READS: bool, const WRITES: bool> Conversion for Stream<READS, WRITES> {
    type Value<'a> = HostFile;
}

// SAFETY: the value owns a reference. The GIL stays held.
unsafe impl<const READS: bool, const WRITES: bool> Lower for Stream<READS, WRITES> {
    const EXPECTED: &'static str = match (READS, WRITES) {
        (true, false) => "readable file",
        (false, true) => "writable file",
        _ => "file",
    };
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<HostFile, Fault> {
        // SAFETY: attached; the object is valid.
        unsafe {
            let has =
                |name: &std::ffi::CStr| ffi::PyObject_HasAttrString(object, name.as_ptr()) != 0;
            let is_file = match (READS, WRITES) {
                (true, false) => has(c"read"),
                (false, true) => has(c"write"),
                _ => has(c"read") || has(c"write"),
            };
            if !is_file {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            scope.pin();
            scope.set_beside_code();
            let file = HostFile::of(object);
            scope.watch(file.raised());
            Ok(file)
        }
    }
}

impl<const READS: bool, const WRITES: bool> Lift for Stream<READS, WRITES> {
    unsafe fn lift<'a>(value: HostFile, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached, as the caller promises; the file holds the object.
        Ok(unsafe { new_reference(value.object()) })
    }
}
