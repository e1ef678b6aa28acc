//! Construction: a call of the class.

use std::ptr::null_mut;

use crate::call::{call, Call, Signature};
use crate::class::Class;
use crate::exception::done;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::gate::Gate;
use crate::instance;
use crate::object::{self, Object, Owned};

/// Calls a constructor, which CPython finds in `tp_vectorcall`: binds the arguments and runs `body`, which makes the instance.
///
/// # Safety
/// CPython calls: the thread is attached, and the arguments are those that it passed for this convention to a type object of ours.
#[inline(always)]
pub unsafe fn construct<const N: usize>(
    signature: &'static Signature<N>,
    gate: &'static Gate,
    class: Object,
    arguments: *const Object,
    count: usize,
    keywords: Object,
    body: impl FnOnce(&Call<'_>, [Object; N]) -> Result<Object, Fault>,
) -> Object {
    let count = (count & !ffi::PY_VECTORCALL_ARGUMENTS_OFFSET) as isize;
    // SAFETY: as the caller promises.
    unsafe { call(signature, gate, class, arguments, count, keywords, body) }
}

impl Call<'_> {
    /// Makes the instance that a constructor returns.
    ///
    /// # Safety
    /// The thread is attached; `class` is the type object whose constructor is being called, of `K` or of a variant.
    #[inline(always)]
    pub unsafe fn instance<K: Class>(
        &self,
        class: Object,
        value: K::Value,
    ) -> Result<Object, Fault> {
        // SAFETY: as the caller promises.
        unsafe {
            if K::BORROWS {
                let owners = self.scope.owners();
                return instance::create::<K>(class.cast(), value, &self.context().with(&owners));
            }
            instance::create::<K>(class.cast(), value, self.context())
        }
    }
}

/// `tp_new`: what `Point.__new__(Point, ...)` calls, and a call of a class without a constructor.
pub(crate) unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    arguments: Object,
    keywords: Object,
) -> Object {
    // SAFETY: CPython calls this attached, with a type of ours (they are final), a tuple, and a dict or null.
    unsafe {
        match call_constructor(class, arguments, keywords) {
            Ok(instance) => instance,
            Err(fault) => {
                fault.raise("");
                null_mut()
            }
        }
    }
}

/// Passes tuple and dict on in the convention of `tp_vectorcall`.
unsafe fn call_constructor(
    class: *mut ffi::PyTypeObject,
    arguments: Object,
    keywords: Object,
) -> Result<Object, Fault> {
    // SAFETY: the slot of a type of ours is null or its constructor. Tuple and dict belong to the caller, and nothing runs that could change the dict.
    unsafe {
        let Some(constructor) = std::mem::transmute::<
            *const std::ffi::c_void,
            Option<ffi::vectorcallfunc>,
        >((*class).tp_vectorcall) else {
            return Err(cannot_create(class));
        };
        let mut all: Vec<Object> = Vec::new();
        for index in 0..ffi::PyTuple_Size(arguments) {
            all.push(ffi::PyTuple_GetItem(arguments, index));
        }
        let count = all.len();
        let mut names: Vec<Object> = Vec::new();
        if !keywords.is_null() {
            let (mut position, mut key, mut value) = (0, null_mut(), null_mut());
            while ffi::PyDict_Next(keywords, &mut position, &mut key, &mut value) != 0 {
                names.push(key);
                all.push(value);
            }
        }
        let names = match names.is_empty() {
            true => None,
            false => Some(object::tuple(&names)?),
        };
        let names = names.as_ref().map_or(null_mut(), Owned::object);
        let instance = constructor(class.cast(), all.as_ptr(), count, names);
        done(if instance.is_null() { -1 } else { 0 })?;
        Ok(instance)
    }
}

#[cold]
unsafe fn cannot_create(class: *mut ffi::PyTypeObject) -> Fault {
    // SAFETY: every type has a name.
    let name = unsafe { std::ffi::CStr::from_ptr((*class).tp_name) }.to_string_lossy();
    Fault::builtin(Builtin::Type, format!("cannot create '{name}' instances"))
}
