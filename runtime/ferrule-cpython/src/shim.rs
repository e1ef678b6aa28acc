//! Everything that a shim names.

pub use crate::call::{call, call_without_arguments, Call, Parameter, Signature};
pub use crate::conversion as c;
pub use crate::conversion::{Conversion, Lift, Lower};
pub use crate::definition::Definition;
pub use crate::error as e;
pub use crate::error::{Downcast, ErrorConversion};
pub use crate::exception::{Base, Exception, ExceptionClass};
pub use crate::fault::Fault;
pub use crate::function::{Entry, Function};
pub use crate::gate::Gate;
pub use crate::literal::Literal;
pub use crate::module::{Alias, Constant, Module, Namespace};
pub use crate::object::Object;
pub use crate::scope::Scope;
pub use crate::state::Context;
pub use std::ffi::c_int;
