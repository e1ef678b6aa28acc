//! Conversions for types of crates that many crates use. A shim links only the modules of crates whose types stand in its interface, against the very versions
//! that the user's crate has, and turns on none of their features.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

#[cfg(feature = "bytes")]
pub mod bytes;
#[cfg(feature = "num_bigint")]
pub mod num_bigint;
#[cfg(feature = "num_complex")]
pub mod num_complex;
#[cfg(feature = "ordered_float")]
pub mod ordered_float;
#[cfg(feature = "uuid")]
pub mod uuid;

/// The crates themselves, for a shim that writes their types.
pub mod crates {
    #[cfg(feature = "bytes")]
    pub use bytes;
    #[cfg(feature = "num_bigint")]
    pub use num_bigint;
    #[cfg(feature = "num_complex")]
    pub use num_complex;
    #[cfg(feature = "ordered_float")]
    pub use ordered_float;
    #[cfg(feature = "uuid")]
    pub use uuid;
}
