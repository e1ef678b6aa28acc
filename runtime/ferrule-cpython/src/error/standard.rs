//! The error types of std, each with the exception that a Python person expects.

use std::convert::Infallible;
use std::error::Error;
use std::marker::PhantomData;
use std::string::FromUtf8Error;

use super::{io, ErrorConversion};
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::Owned;
use crate::state::Context;

/// An error type of std.
pub struct Std<T>(PhantomData<T>);

/// What std's error types become.
pub trait Standard: Error {
    /// The fault, without the chain behind it.
    fn described(&self) -> Fault;
}

impl<T: Standard> ErrorConversion for Std<T> {
    type Value = T;

    fn fault(error: &T, _context: &Context) -> Fault {
        error.described()
    }

    fn source(error: &T) -> Option<&(dyn Error + 'static)> {
        error.source()
    }
}

/// Types whose text is the message of one builtin class; and all of them in one list, for errors behind `dyn Error`.
macro_rules! standard {
    ($($class:ident: $($type:ty),+;)+) => {
        $($(
            impl Standard for $type {
                fn described(&self) -> Fault {
                    Fault::builtin(Builtin::$class, self.to_string())
                }
            }
        )+)+

        /// The fault of an error if its type is one of std.
        pub(super) fn known(error: &(dyn Error + 'static)) -> Option<Fault> {
            $($(
                if let Some(error) = error.downcast_ref::<$type>() {
                    return Some(error.described());
                }
            )+)+
            error
                .downcast_ref::<std::io::Error>()
                .map(Standard::described)
                .or_else(|| error.downcast_ref::<FromUtf8Error>().map(Standard::described))
        }
    };
}

standard! {
    Value:
        std::num::ParseIntError,
        std::num::ParseFloatError,
        std::str::ParseBoolError,
        std::str::Utf8Error,
        std::string::FromUtf16Error,
        std::char::ParseCharError,
        std::char::CharTryFromError,
        std::char::TryFromCharError,
        std::char::DecodeUtf16Error,
        std::array::TryFromSliceError,
        std::net::AddrParseError,
        std::time::SystemTimeError,
        std::ffi::NulError,
        std::ffi::FromBytesWithNulError,
        std::ffi::FromVecWithNulError,
        std::ffi::FromBytesUntilNulError,
        std::ffi::IntoStringError,
        std::path::StripPrefixError,
        std::env::JoinPathsError,
        std::alloc::LayoutError;
    Overflow:
        std::num::TryFromIntError,
        std::time::TryFromFloatSecsError;
    Lookup:
        std::env::VarError;
    Memory:
        std::collections::TryReserveError;
    Runtime:
        std::fmt::Error,
        std::cell::BorrowError,
        std::cell::BorrowMutError,
        std::sync::mpsc::RecvError,
        std::sync::mpsc::TryRecvError,
        std::sync::mpsc::RecvTimeoutError,
        std::thread::AccessError;
}

impl Standard for Infallible {
    fn described(&self) -> Fault {
        match *self {}
    }
}

impl Standard for std::io::Error {
    fn described(&self) -> Fault {
        io::described(self)
    }
}

/// The bytes are known, so Python itself can say where they are no UTF-8.
impl Standard for FromUtf8Error {
    fn described(&self) -> Fault {
        let bytes = self.as_bytes();
        // SAFETY: errors are converted at the end of a call, attached; pointer and length are those of a slice.
        let decoded = unsafe {
            Owned::new(ffi::PyUnicode_DecodeUTF8(
                bytes.as_ptr().cast(),
                bytes.len() as isize,
                c"strict".as_ptr(),
            ))
        };
        match decoded {
            Err(fault) => fault,
            Ok(_) => Fault::value(self.to_string()),
        }
    }
}
