//! Functions as Python sees them.

use std::ffi::{c_int, CStr};

use crate::fault::Fault;
use crate::ffi;
use crate::object::Owned;
use crate::state::Context;

/// A function of a module, as data.
pub struct Function {
    name: &'static CStr,
    definition: ffi::PyMethodDef,
}

/// The C function, by its calling convention.
#[derive(Clone, Copy)]
pub enum Entry {
    /// `METH_FASTCALL`: functions without parameters.
    Positional(ffi::PyCFunctionFast),
    /// `METH_FASTCALL | METH_KEYWORDS`: all others.
    Keywords(ffi::PyCFunctionFastWithKeywords),
}

// SAFETY: the pointers are to statics, and nobody writes through them.
unsafe impl Sync for Function {}

impl Function {
    /// A function. `doc` begins with the signature for `inspect`: `scale($module, /, points, factor=2.0)\n--\n\nDocs.`
    pub const fn new(name: &'static CStr, doc: &'static CStr, entry: Entry) -> Self {
        let (method, flags) = entry.parts();
        Self {
            name,
            definition: ffi::PyMethodDef {
                ml_name: name.as_ptr(),
                ml_meth: Some(method),
                ml_flags: flags,
                ml_doc: doc.as_ptr(),
            },
        }
    }

    /// Its name.
    pub(crate) fn name(&self) -> &'static CStr {
        self.name
    }

    /// The function object, bound to the root module and living in the module called `module`.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn object(
        &'static self,
        context: &Context,
        module: &Owned,
    ) -> Result<Owned, Fault> {
        let definition = (&raw const self.definition).cast_mut();
        // SAFETY: attached; the definition is a static, which CPython only reads.
        unsafe {
            Owned::new(ffi::PyCFunction_NewEx(
                definition,
                context.module(),
                module.object(),
            ))
        }
    }
}

impl Entry {
    /// The pointer as `PyMethodDef` holds it, and the flags that tell CPython its true type.
    pub(crate) const fn parts(self) -> (ffi::PyCFunction, c_int) {
        match self {
            Self::Positional(function) => {
                // SAFETY: both are pointers to C functions; CPython goes by the flags.
                let method = unsafe {
                    std::mem::transmute::<ffi::PyCFunctionFast, ffi::PyCFunction>(function)
                };
                (method, ffi::METH_FASTCALL)
            }
            Self::Keywords(function) => {
                // SAFETY: as above.
                let method = unsafe {
                    std::mem::transmute::<ffi::PyCFunctionFastWithKeywords, ffi::PyCFunction>(
                        function,
                    )
                };
                (method, ffi::METH_FASTCALL | ffi::METH_KEYWORDS)
            }
        }
    }
}
