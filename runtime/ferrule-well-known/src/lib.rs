//! Conversions for types of crates that many crates use. A shim links only the modules of crates whose types stand in its interface, against the very versions
//! that the user's crate has, and turns on none of their features.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "serde_json",
    feature = "time"
))]
mod plain;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod times;

#[cfg(feature = "anyhow")]
pub mod anyhow;
#[cfg(feature = "arrayvec")]
pub mod arrayvec;
#[cfg(feature = "bytes")]
pub mod bytes;
#[cfg(feature = "chrono")]
pub mod chrono;
#[cfg(feature = "either")]
pub mod either;
#[cfg(feature = "hashbrown")]
pub mod hashbrown;
#[cfg(feature = "indexmap")]
pub mod indexmap;
#[cfg(feature = "jiff")]
pub mod jiff;
#[cfg(feature = "num_bigint")]
pub mod num_bigint;
#[cfg(feature = "num_complex")]
pub mod num_complex;
#[cfg(feature = "ordered_float")]
pub mod ordered_float;
#[cfg(feature = "rust_decimal")]
pub mod rust_decimal;
#[cfg(feature = "serde_json")]
pub mod serde_json;
#[cfg(feature = "smallvec")]
pub mod smallvec;
#[cfg(feature = "time")]
pub mod time;
#[cfg(feature = "time_utc")]
pub mod time_utc;
#[cfg(feature = "uuid")]
pub mod uuid;

/// The crates themselves, for a shim that writes their types.
pub mod crates {
    #[cfg(feature = "anyhow")]
    pub use anyhow;
    #[cfg(feature = "arrayvec")]
    pub use arrayvec;
    #[cfg(feature = "bytes")]
    pub use bytes;
    #[cfg(feature = "chrono")]
    pub use chrono;
    #[cfg(feature = "either")]
    pub use either;
    #[cfg(feature = "hashbrown")]
    pub use hashbrown;
    #[cfg(feature = "indexmap")]
    pub use indexmap;
    #[cfg(feature = "jiff")]
    pub use jiff;
    #[cfg(feature = "num_bigint")]
    pub use num_bigint;
    #[cfg(feature = "num_complex")]
    pub use num_complex;
    #[cfg(feature = "ordered_float")]
    pub use ordered_float;
    #[cfg(feature = "rust_decimal")]
    pub use rust_decimal;
    #[cfg(feature = "serde_json")]
    pub use serde_json;
    #[cfg(feature = "smallvec")]
    pub use smallvec;
    #[cfg(feature = "time")]
    pub use time;
    #[cfg(feature = "uuid")]
    pub use uuid;
}
