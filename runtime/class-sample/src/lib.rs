//! A shim with classes, written by hand in the shape that Ferrule emits: the runtime's own test.

#![allow(non_snake_case, non_upper_case_globals)] // private names under one prefix, as Ferrule emits them
#![allow(clippy::macro_metavars_in_unsafe, clippy::just_underscores_and_digits)] // the macros stand for what Ferrule writes out

mod counter;
mod functions;
mod point;
mod shapes;
mod shim;
mod user;

use ferrule_cpython::shim::*;

static MODULE: Module = Module {
    names: &["x", "y", "factor", "other", "a", "b", "points", "by"],
    defaults: &[],
    exceptions: &[],
    classes: &[
        &point::CLASS_Point,
        &counter::CLASS_Counter,
        &counter::CLASS_Six,
        &counter::CLASS_Local,
        &counter::CLASS_Aligned,
        &shapes::CLASS_Shape,
        &shapes::CLASS_Circle,
        &shapes::CLASS_Rect,
        &shapes::CLASS_Empty,
        &functions::CLASS_Ints,
        &functions::CLASS_Stack,
    ],
    enums: &[&shapes::ENUM_Color, &shapes::ENUM_Level],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_classes",
        doc: c"The sample of classes.",
        functions: &[
            Function::new(
                c"level",
                c"level($module, /, value)\n--\n\nCalls `user::level`.",
                Entry::Keywords(shapes::level),
            ),
            Function::new(
                c"evens",
                c"evens($module, /, end)\n--\n\nCalls `user::evens`.",
                Entry::Keywords(functions::evens),
            ),
            Function::new(
                c"locals",
                c"locals($module, /, end)\n--\n\nCalls `user::locals`.",
                Entry::Keywords(functions::locals),
            ),
            Function::new(
                c"total",
                c"total($module, /, values)\n--\n\nCalls `user::total`.",
                Entry::Keywords(functions::total),
            ),
            Function::new(
                c"longest",
                c"longest($module, /, values)\n--\n\nCalls `user::longest`.",
                Entry::Keywords(functions::longest),
            ),
            Function::new(
                c"call_many",
                c"call_many($module, /, function, count)\n--\n\nCalls `user::call_many`.",
                Entry::Keywords(functions::call_many),
            ),
            Function::new(
                c"call_elsewhere",
                c"call_elsewhere($module, /, function, threads)\n--\n\nCalls `user::call_elsewhere`.",
                Entry::Keywords(functions::call_elsewhere),
            ),
            Function::new(
                c"mapped",
                c"mapped($module, /, values, function)\n--\n\nCalls `user::mapped`.",
                Entry::Keywords(functions::mapped),
            ),
            Function::new(
                c"living",
                c"living($module, /)\n--\n\nCalls `user::living`.",
                Entry::Keywords(functions::living),
            ),
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
        classes: &[
            (c"Point", 0),
            (c"Counter", 1),
            (c"Six", 2),
            (c"Local", 3),
            (c"Aligned", 4),
            (c"Shape", 5),
            (c"Ints", 9),
            (c"Stack", 10),
        ],
        enums: &[(c"Color", 0), (c"Level", 1)],
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
