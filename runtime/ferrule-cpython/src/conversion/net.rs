//! Internet addresses: objects of Python's `ipaddress`, or their text.

use std::marker::PhantomData;
use std::net;

use super::bytes::content;
use super::{Conversion, Lift, Lower, Str};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::scope::Scope;
use crate::state::{Context, Import};

static V4: Import = Import {
    module: c"ipaddress",
    name: c"IPv4Address",
};
static V6: Import = Import {
    module: c"ipaddress",
    name: c"IPv6Address",
};

static INTERFACE_V4: Import = Import {
    module: c"ipaddress",
    name: c"IPv4Interface",
};
static INTERFACE_V6: Import = Import {
    module: c"ipaddress",
    name: c"IPv6Interface",
};

/// `IpAddr`, `Ipv4Addr` or `Ipv6Addr`.
pub struct IpAddr<T>(PhantomData<T>);

/// The three types of `std::net`; sealed.
pub trait Address: Copy + private::Sealed + 'static {
    /// What an error expects.
    const EXPECTED: &'static str;
    /// `None` for an address of the other version.
    fn narrow(address: net::IpAddr) -> Option<Self>;
    /// The address, of either version.
    fn widen(self) -> net::IpAddr;
}

mod private {
    pub trait Sealed {}
}

impl private::Sealed for net::IpAddr {}
impl Address for net::IpAddr {
    const EXPECTED: &'static str = "IPv4Address, IPv6Address or str";
    fn narrow(address: net::IpAddr) -> Option<Self> {
        Some(address)
    }
    fn widen(self) -> net::IpAddr {
        self
    }
}

impl private::Sealed for net::Ipv4Addr {}
impl Address for net::Ipv4Addr {
    const EXPECTED: &'static str = "IPv4Address or str";
    fn narrow(address: net::IpAddr) -> Option<Self> {
        match address {
            net::IpAddr::V4(address) => Some(address),
            net::IpAddr::V6(_) => None,
        }
    }
    fn widen(self) -> net::IpAddr {
        self.into()
    }
}

impl private::Sealed for net::Ipv6Addr {}
impl Address for net::Ipv6Addr {
    const EXPECTED: &'static str = "IPv6Address or str";
    fn narrow(address: net::IpAddr) -> Option<Self> {
        match address {
            net::IpAddr::V4(_) => None,
            net::IpAddr::V6(address) => Some(address),
        }
    }
    fn widen(self) -> net::IpAddr {
        self.into()
    }
}

impl<T: Address> Conversion for IpAddr<T> {
    type Value<'a> = T;
}

/// The address that the text writes.
unsafe fn parsed<T: Address>(object: Object, scope: &Scope) -> Result<T, Fault> {
    // SAFETY: the text is read before anything else happens.
    let text = unsafe { Str::lower(object, scope)? };
    text.parse()
        .ok()
        .and_then(T::narrow)
        .ok_or_else(|| Fault::value(format!("expected {}, got {text:?}", T::EXPECTED)))
}

/// The address of an object of `ipaddress`; none of another class.
unsafe fn address(object: Object) -> Result<Option<net::IpAddr>, Fault> {
    let is = |import: &'static Import| -> Result<bool, Fault> {
        // SAFETY: attached; what we import under these names is a class.
        unsafe {
            Ok(
                ffi::PyType_IsSubtype(object::type_of(object), import.object()?.object().cast())
                    != 0,
            )
        }
    };
    // An interface is an address to Python, but has a network, which would get lost.
    let is_address = is(&V4)? && !is(&INTERFACE_V4)? || is(&V6)? && !is(&INTERFACE_V6)?;
    if !is_address {
        return Ok(None);
    }
    // SAFETY: attached; the attributes are ours while they are read.
    unsafe {
        let packed = Owned::new(ffi::PyObject_GetAttrString(object, c"packed".as_ptr()))?;
        let bytes = content(packed.object()).unwrap_or_default();
        if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
            return Ok(Some(bytes.into()));
        }
        let Ok(bytes) = <[u8; 16]>::try_from(bytes) else {
            return Ok(None);
        };
        let scope_id = Owned::new(ffi::PyObject_GetAttrString(object, c"scope_id".as_ptr()))?;
        if scope_id.object() != object::none() {
            return Err(Fault::value("expected an address without a scope"));
        }
        Ok(Some(bytes.into()))
    }
}

// SAFETY: the value is a plain one.
unsafe impl<T: Address> Lower for IpAddr<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<T, Fault> {
        // SAFETY: the type is checked first; the rest is the caller's promise.
        unsafe {
            if object::has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                return parsed(object, scope);
            }
            address(object)?
                .and_then(T::narrow)
                .ok_or_else(|| Fault::wrong_type(T::EXPECTED, object))
        }
    }
}

impl<T: Address> Lift for IpAddr<T> {
    unsafe fn lift<'a>(value: T, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; the bytes are passed with their length, and the bytes object is ours during the call.
        unsafe {
            let make = |import: &'static Import, bytes: &[u8]| {
                let bytes = Owned::new(ffi::PyBytes_FromStringAndSize(
                    bytes.as_ptr().cast(),
                    bytes.len() as isize,
                ))?;
                object::call(import.object()?.object(), &[bytes.object()]).map(Owned::into_object)
            };
            match value.widen() {
                net::IpAddr::V4(address) => make(&V4, &address.octets()),
                net::IpAddr::V6(address) => make(&V6, &address.octets()),
            }
        }
    }
}
