//! Iterators in: any Python iterable as a Rust iterator that asks for items as Rust does.

use std::marker::PhantomData;

use super::{Conversion, Lower};
use crate::fault::Fault;
use crate::ffi;
use crate::object::{Object, Owned};
use crate::panic::unwind;
use crate::scope::Scope;

/// `impl Iterator<Item = T>`: any iterable. What it raises, and an item of a wrong type, leaves the user's function as an exception.
pub struct IterIn<C>(PhantomData<C>);

/// An iterator over the items of a Python iterable; it is bound to the call.
pub struct Iterated<'a, C> {
    /// None after the last item.
    iterator: Option<Owned>,
    index: usize,
    scope: &'a Scope,
    _conversion: PhantomData<C>,
}

impl<C: Lower + 'static> Conversion for IterIn<C> {
    type Value<'a> = Iterated<'a, C>;
}

// SAFETY: the value owns the iterator; the scope keeps items that are borrowed from. The GIL stays held.
unsafe impl<C: Lower + 'static> Lower for IterIn<C> {
    const EXPECTED: &'static str = "iterable";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<Iterated<'a, C>, Fault> {
        scope.pin();
        scope.set_beside_code();
        // SAFETY: attached, as the caller promises.
        unsafe {
            let iterator =
                Owned::new(ffi::PyObject_GetIter(object)).map_err(|fault| {
                    match fault.is_instance_of(ffi::PyExc_TypeError) {
                        true => Fault::wrong_type(Self::EXPECTED, object),
                        false => fault,
                    }
                })?;
            Ok(Iterated {
                iterator: Some(iterator),
                index: 0,
                scope,
                _conversion: PhantomData,
            })
        }
    }
}

impl<'a, C: Lower> Iterator for Iterated<'a, C> {
    type Item = C::Value<'a>;

    fn next(&mut self) -> Option<C::Value<'a>> {
        let iterator = self.iterator.as_ref()?;
        // SAFETY: the call is pinned, so the thread is attached: the value cannot leave it. An item lives as long as its value, by the scope where that borrows.
        let lowered = unsafe {
            let item = ffi::PyIter_Next(iterator.object());
            if item.is_null() {
                self.iterator = None;
                return Fault::pending().map(|fault| unwind(fault));
            }
            let item = match Owned::new(item) {
                Ok(item) => item,
                Err(fault) => unwind(fault),
            };
            if C::BORROWS {
                C::lower(self.scope.keep_object(item), self.scope)
            } else {
                C::lower(item.object(), self.scope)
            }
        };
        let index = self.index;
        self.index += 1;
        match lowered {
            Ok(value) => Some(value),
            Err(fault) => unwind(fault.at_index(index).in_parameter("item")),
        }
    }
}
