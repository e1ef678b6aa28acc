//! Modules inside the module: real module objects that `import demo.area` finds in `sys.modules`.

use std::ffi::CStr;

use crate::exception::done;
use crate::fault::Fault;
use crate::ffi;
use crate::module::{add, Built, Namespace};
use crate::object::{self, Object, Owned};

/// Makes the module object of a namespace in `parent`.
///
/// # Safety
/// The thread is attached.
pub(crate) unsafe fn create(
    namespace: &'static Namespace,
    parent: &Built,
    root: &Built,
) -> Result<Built, Fault> {
    // SAFETY: attached, as the caller promises; each handle owns what it holds.
    unsafe {
        let name = joined(&parent.name, namespace.name)?;
        let module = Owned::new(ffi::PyModule_NewObject(name.object()))?;
        done(ffi::PyModule_SetDocString(
            module.object(),
            namespace.doc.as_ptr(),
        ))?;
        let package = if namespace.modules.is_empty() {
            &parent.name
        } else {
            &name
        };
        add(module.object(), c"__package__", package.object())?;
        if let Some(spec) = spec(&name, root)? {
            add(module.object(), c"__spec__", spec.object())?;
        }
        Ok(Built {
            namespace,
            module,
            name,
        })
    }
}

/// `parent.name`
unsafe fn joined(parent: &Owned, name: &CStr) -> Result<Owned, Fault> {
    let mut size = 0;
    // SAFETY: attached; a module's name is a str, whose UTF-8 lives as long as it.
    unsafe {
        let bytes = ffi::PyUnicode_AsUTF8AndSize(parent.object(), &mut size);
        if bytes.is_null() {
            return Err(Fault::raised());
        }
        let parent =
            std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(size).unwrap_or(0));
        object::text(&format!(
            "{}.{}",
            String::from_utf8_lossy(parent),
            name.to_string_lossy()
        ))
    }
}

/// A spec for the submodule like the root's: `type(spec)(name, spec.loader, origin=spec.origin)`. None if the root has none: it was not imported the usual way.
unsafe fn spec(name: &Owned, root: &Built) -> Result<Option<Owned>, Fault> {
    // SAFETY: attached; each handle owns what it holds, and the borrowed spec lives in the root's dict.
    unsafe {
        let of_root = ffi::PyDict_GetItemString(
            ffi::PyModule_GetDict(root.module.object()),
            c"__spec__".as_ptr(),
        );
        if of_root.is_null() || of_root == object::none() {
            return Ok(None);
        }
        let of_root = Owned::of(of_root);
        let loader = Owned::new(ffi::PyObject_GetAttrString(
            of_root.object(),
            c"loader".as_ptr(),
        ))?;
        let origin = Owned::new(ffi::PyObject_GetAttrString(
            of_root.object(),
            c"origin".as_ptr(),
        ))?;
        let keywords = Owned::new(ffi::PyDict_New())?;
        done(ffi::PyDict_SetItemString(
            keywords.object(),
            c"origin".as_ptr(),
            origin.object(),
        ))?;
        let class: Object = object::type_of(of_root.object()).cast();
        let arguments = [name.object(), loader.object()];
        Owned::new(ffi::PyObject_VectorcallDict(
            class,
            arguments.as_ptr(),
            arguments.len(),
            keywords.object(),
        ))
        .map(Some)
    }
}

/// Puts all but the root into `sys.modules`, or none.
///
/// # Safety
/// The thread is attached.
pub(crate) unsafe fn register(built: &[Built]) -> Result<(), Fault> {
    // SAFETY: attached, as the caller promises; `sys.modules` is borrowed.
    unsafe {
        let modules = ffi::PyImport_GetModuleDict();
        for (index, one) in built.iter().enumerate().skip(1) {
            if ffi::PyDict_SetItem(modules, one.name.object(), one.module.object()) != 0 {
                let fault = Fault::raised();
                withdraw(modules, &built[1..index]);
                return Err(fault);
            }
        }
    }
    Ok(())
}

unsafe fn withdraw(modules: Object, registered: &[Built]) {
    for one in registered {
        // SAFETY: attached; what is not there any more needs no withdrawal.
        unsafe {
            if ffi::PyDict_DelItem(modules, one.name.object()) != 0 {
                ffi::PyErr_Clear();
            }
        }
    }
}
