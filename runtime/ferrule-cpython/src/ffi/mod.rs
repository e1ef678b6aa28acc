//! Our own declarations of the CPython C API: what the runtime uses, for 3.9 to 3.15 on builds with a GIL.
//!
//! Every declaration also goes into a [`catalogue`], from which `runtime/layout` checks sizes, offsets, constants and symbols against the headers of an
//! installed interpreter. Nothing here is code but the guards around functions: inline functions of the headers are written in Rust where they are used.
#![allow(
    clippy::missing_safety_doc,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs
)]

pub mod catalogue;

mod abstracts;
mod buffer;
mod bytes;
mod call;
mod class;
mod datetime;
mod dict;
mod error;
mod float;
#[cfg(not(feature = "py314"))]
mod guard;
mod import;
mod iterator;
mod list;
mod long;
mod module;
mod object;
mod range;
mod set;
mod singleton;
mod thread;
mod tuple;
mod types;
mod unicode;

pub use abstracts::*;
pub use buffer::*;
pub use bytes::*;
pub use call::*;
pub use class::*;
pub use datetime::*;
pub use dict::*;
pub use error::*;
pub use float::*;
pub use import::*;
pub use iterator::*;
pub use list::*;
pub use long::*;
pub use module::*;
pub use object::*;
pub use range::*;
pub use set::*;
pub use singleton::*;
pub use thread::*;
pub use tuple::*;
pub use types::*;
pub use unicode::*;

/// `Py_ssize_t`.
pub type Py_ssize_t = isize;
/// `Py_hash_t`.
pub type Py_hash_t = isize;
