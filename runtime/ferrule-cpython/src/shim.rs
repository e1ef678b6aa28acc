//! Everything that a shim names.

pub use crate::call::{call, call_without_arguments, Call, Parameter, Signature};
pub use crate::class::{Class, ClassDefinition};
pub use crate::construct::construct;
pub use crate::conversion as c;
pub use crate::conversion::{Conversion, Lift, Lower};
pub use crate::definition::Definition;
pub use crate::enumeration::{EnumDefinition, Enumeration, Members};
pub use crate::error as e;
pub use crate::error::{Downcast, ErrorConversion};
pub use crate::exception::{Base, Exception, ExceptionClass};
pub use crate::fault::Fault;
pub use crate::function::{Entry, Function};
pub use crate::gate::Gate;
pub use crate::host::HostObject;
pub use crate::instance::Layout;
pub use crate::kept::{self, KeptError};
pub use crate::literal::Literal;
pub use crate::method::{method, method_without_arguments, Method, Methods};
pub use crate::module::{Alias, Constant, Module, Namespace};
pub use crate::object::Object;
pub use crate::property::{get, set, Properties, Property, PropertyTable};
pub use crate::ready;
pub use crate::scope::Scope;
pub use crate::slot::{not_implemented, operator, slot, Slot};
pub use crate::state::Context;
pub use crate::{is_send, is_sync, sendable};
pub use std::ffi::{c_int, c_void};
