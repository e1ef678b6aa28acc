//! A function per conversion that lowers its argument and lifts it again, functions that change their arguments, and those that are measured.

use std::collections;
use std::ffi::{CStr, OsStr, OsString};
use std::net;
use std::num;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use ferrule_cpython::object;
use ferrule_cpython::shim::*;

/// A name with its NUL, as C wants it.
const fn c_name(name: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(name.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a name has one NUL, at its end"),
    }
}

macro_rules! functions {
    ($($name:ident($call:ident $(, $parameter:ident: $conversion:ty)*) $body:block)*) => {
        $(
            unsafe extern "C" fn $name(module: Object, arguments: *const Object, count: isize, keywords: Object) -> Object {
                const COUNT: usize = [$(stringify!($parameter)),*].len();
                static SIGNATURE: Signature<COUNT> = Signature::new(stringify!($name), { let _index = 0; [$({ let _ = stringify!($parameter); parameter(stringify!($parameter)) }),*] });
                static GATE: Gate = Gate::new();
                // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
                unsafe {
                    call(&SIGNATURE, &GATE, module, arguments, count, keywords, |$call, [$($parameter),*]| {
                        let mut index = 0;
                        $(let $parameter = { index += 1; $call.lower::<$conversion>(index - 1, $parameter)? };)*
                        let _ = index;
                        $body
                    })
                }
            }
        )*
        static FUNCTIONS: &[Function] = &[
            $(Function::new(c_name(concat!(stringify!($name), "\0")), c"", Entry::Keywords($name)),)*
            $(IDENTITY)?
        ];
    };
}
