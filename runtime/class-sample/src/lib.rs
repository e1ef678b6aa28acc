//! A shim with classes, written by hand in the shape that Ferrule emits: the runtime's own test.

#![allow(non_snake_case, non_upper_case_globals)] // private names under one prefix, as Ferrule emits them

mod point;
mod user;

use ferrule_cpython::shim::*;

static MODULE: Module = Module {
    names: &["x", "y", "factor", "other", "a", "b", "points", "by"],
    defaults: &[],
    exceptions: &[],
    classes: &[&point::CLASS_Point],
    enums: &[],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_classes",
        doc: c"The sample of classes.",
        functions: &[
            Function::new(
                c"centroid",
                c"centroid($module, /, points)\n--\n\nCalls `user::centroid`.",
                Entry::Keywords(point::centroid),
            ),
            Function::new(
                c"shift",
                c"shift($module, /, points, by)\n--\n\nCalls `user::shift`.",
                Entry::Keywords(point::shift),
            ),
        ],
        constants: &[],
        exceptions: &[],
        classes: &[(c"Point", 0)],
        enums: &[],
        modules: &[],
        aliases: &[],
    },
};

static DEFINITION: Definition =
    Definition::new(c"ferrule_classes", c"The sample of classes.", exec);

unsafe extern "C" fn exec(module: Object) -> c_int {
    // SAFETY: CPython calls the exec slot with its new module.
    unsafe { MODULE.exec(module) }
}

/// The entry that `import` looks for.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferrule_classes() -> Object {
    DEFINITION.init()
}
