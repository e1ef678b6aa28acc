//! `floatobject.h`, `complexobject.h`: float, complex.

use super::{catalogue::declare, PyObject, PyTypeObject};

declare! {
    structs {
        /// A float.
        whole PyFloatObject {
            ob_base: PyObject,
            ob_fval: f64,
        }
        /// A complex number outside of an object.
        whole Py_complex {
            real: f64,
            imag: f64,
        }
    }
    functions {
        fn PyFloat_AsDouble(object: *mut PyObject) -> f64;
        fn PyComplex_AsCComplex(object: *mut PyObject) -> Py_complex;
    }
    plain {
        fn PyFloat_FromDouble(value: f64) -> *mut PyObject;
        fn PyComplex_FromDoubles(real: f64, imag: f64) -> *mut PyObject;
    }
    statics {
        PyFloat_Type: PyTypeObject;
        PyComplex_Type: PyTypeObject;
    }
}
