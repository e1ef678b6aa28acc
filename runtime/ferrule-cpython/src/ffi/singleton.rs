//! None, True, False, NotImplemented.

use super::{catalogue::declare, PyLongObject, PyObject};

declare! {
    statics {
        _Py_NoneStruct: PyObject;
        _Py_NotImplementedStruct: PyObject;
        _Py_TrueStruct: PyLongObject;
        _Py_FalseStruct: PyLongObject;
    }
}
