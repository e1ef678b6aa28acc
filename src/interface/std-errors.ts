/** Errors of std. */

/** Error types of std that every host maps to an exception of its own: definition -> path to write in Rust. */
export const STD_ERRORS: Readonly<Record<string, string>> = {
  'core::num::error::ParseIntError': 'std::num::ParseIntError',
  'core::num::dec2flt::ParseFloatError': 'std::num::ParseFloatError',
  'core::num::imp::dec2flt::ParseFloatError': 'std::num::ParseFloatError',
  'core::num::float_parse::ParseFloatError': 'std::num::ParseFloatError',
  'core::num::error::TryFromIntError': 'std::num::TryFromIntError',
  'core::str::error::ParseBoolError': 'std::str::ParseBoolError',
  'core::str::error::Utf8Error': 'std::str::Utf8Error',
  'core::char::convert::ParseCharError': 'std::char::ParseCharError',
  'core::char::convert::CharTryFromError': 'std::char::CharTryFromError',
  'core::char::TryFromCharError': 'std::char::TryFromCharError',
  'core::array::TryFromSliceError': 'std::array::TryFromSliceError',
  'alloc::string::FromUtf8Error': 'std::string::FromUtf8Error',
  'alloc::string::FromUtf16Error': 'std::string::FromUtf16Error',
  'std::io::error::Error': 'std::io::Error',
  'core::fmt::Error': 'std::fmt::Error',
  'std::time::SystemTimeError': 'std::time::SystemTimeError',
  'core::net::parser::AddrParseError': 'std::net::AddrParseError',
  'std::env::VarError': 'std::env::VarError',
  'alloc::collections::TryReserveError': 'std::collections::TryReserveError',
  'core::convert::Infallible': 'std::convert::Infallible',
};
