//! `floatobject.h`, `complexobject.h`: float.

use super::{catalogue::declare, PyObject, PyTypeObject};

declare! {
    structs {
        /// A float.
        whole PyFloatObject {
            ob_base: PyObject,
            ob_fval: f64,
        }
    }
    functions {
        fn PyFloat_AsDouble(object: *mut PyObject) -> f64;
    }
    plain {
        fn PyFloat_FromDouble(value: f64) -> *mut PyObject;
    }
    statics {
        PyFloat_Type: PyTypeObject;
        PyComplex_Type: PyTypeObject;
    }
}
