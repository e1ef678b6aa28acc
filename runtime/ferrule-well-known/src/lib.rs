//! Conversions for types of crates that many crates use. A shim links only the modules of crates whose types stand in its interface, against the very versions
//! that the user's crate has, and turns on none of their features.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod plain;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod times;

#[cfg(feature = "bytes")]
pub mod bytes;
#[cfg(feature = "chrono")]
pub mod chrono;
#[cfg(feature = "jiff")]
pub mod jiff;
#[cfg(feature = "num_bigint")]
pub mod num_bigint;
#[cfg(feature = "num_complex")]
pub mod num_complex;
#[cfg(feature = "ordered_float")]
pub mod ordered_float;
#[cfg(feature = "time")]
pub mod time;
#[cfg(feature = "time_utc")]
pub mod time_utc;
#[cfg(feature = "uuid")]
pub mod uuid;

/// The crates themselves, for a shim that writes their types.
pub mod crates {
    #[cfg(feature = "bytes")]
    pub use bytes;
    #[cfg(feature = "chrono")]
    pub use chrono;
    #[cfg(feature = "jiff")]
    pub use jiff;
    #[cfg(feature = "num_bigint")]
    pub use num_bigint;
    #[cfg(feature = "num_complex")]
    pub use num_complex;
    #[cfg(feature = "ordered_float")]
    pub use ordered_float;
    #[cfg(feature = "time")]
    pub use time;
    #[cfg(feature = "uuid")]
    pub use uuid;
}
