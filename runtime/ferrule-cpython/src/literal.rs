//! Default arguments as data.

use std::ffi::CStr;

use crate::fault::Fault;
use crate::ffi;
use crate::object::{self, Owned};

/// A value that the shim writes down and each module makes an object of.
#[derive(Clone, Copy, Debug)]
pub enum Literal {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An int of 64 bits.
    Int(i64),
    /// Any int, in decimal digits.
    BigInt(&'static CStr),
    /// A float.
    Float(f64),
    /// A str.
    Str(&'static str),
    /// bytes
    Bytes(&'static [u8]),
    /// A list. Functions see a copy of its items, never change it.
    List(&'static [Literal]),
    /// A tuple.
    Tuple(&'static [Literal]),
}

impl Literal {
    /// The object.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn object(&self) -> Result<Owned, Fault> {
        // SAFETY: attached; every branch makes a new reference, or null with an exception.
        unsafe {
            match *self {
                Self::None => Ok(Owned::of(object::none())),
                Self::Bool(true) => Ok(Owned::of((&raw mut ffi::_Py_TrueStruct).cast())),
                Self::Bool(false) => Ok(Owned::of((&raw mut ffi::_Py_FalseStruct).cast())),
                Self::Int(value) => Owned::new(ffi::PyLong_FromLongLong(value)),
                Self::BigInt(digits) => Owned::new(ffi::PyLong_FromString(
                    digits.as_ptr(),
                    std::ptr::null_mut(),
                    10,
                )),
                Self::Float(value) => Owned::new(ffi::PyFloat_FromDouble(value)),
                Self::Str(text) => object::text(text),
                Self::Bytes(bytes) => Owned::new(ffi::PyBytes_FromStringAndSize(
                    bytes.as_ptr().cast(),
                    bytes.len() as isize,
                )),
                Self::List(items) => list(items),
                Self::Tuple(items) => tuple(items),
            }
        }
    }
}

unsafe fn list(items: &[Literal]) -> Result<Owned, Fault> {
    // SAFETY: attached; the new list has a free slot for each item, and takes the reference.
    unsafe {
        let list = Owned::new(ffi::PyList_New(items.len() as isize))?;
        for (index, item) in items.iter().enumerate() {
            ffi::PyList_SetItem(list.object(), index as isize, item.object()?.into_object());
        }
        Ok(list)
    }
}

unsafe fn tuple(items: &[Literal]) -> Result<Owned, Fault> {
    // SAFETY: as above; nobody else holds the new tuple.
    unsafe {
        let tuple = Owned::new(ffi::PyTuple_New(items.len() as isize))?;
        for (index, item) in items.iter().enumerate() {
            ffi::PyTuple_SetItem(tuple.object(), index as isize, item.object()?.into_object());
        }
        Ok(tuple)
    }
}
