//! The runtime that a CPython module made by Ferrule links. `docs/design/runtime.md` of the repository describes the contract with the emitted shim.

mod arguments;
pub mod call;
pub mod conversion;
pub mod definition;
pub mod error;
pub mod exception;
pub mod fault;
pub mod ffi;
pub mod function;
pub mod gate;
pub mod literal;
pub mod module;
pub mod object;
mod panic;
pub mod scope;
pub mod shim;
pub mod state;
mod submodule;
