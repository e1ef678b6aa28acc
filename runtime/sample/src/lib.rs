//! A shim written by hand, in the shape that Ferrule emits: the runtime's own test.

#![allow(
    clippy::let_unit_value,
    clippy::redundant_closure,
    clippy::result_unit_err
)] // every function in the same shape

mod user;

use ferrule_cpython::shim::*;

/// `user::Negative`: no std `Error`, so its Debug text is the message.
struct NegativeError;
impl ErrorConversion for NegativeError {
    type Value = user::Negative;

    fn fault(error: &Self::Value, call: &Context) -> Fault {
        Exception::new(&format!("{error:?}")).raise(call, 0)
    }
}

/// `user::ParseError`
struct ParseError;
impl ErrorConversion for ParseError {
    type Value = user::ParseError;

    fn fault(error: &Self::Value, call: &Context) -> Fault {
        let exception = Exception::new(&error.to_string());
        match error {
            user::ParseError::Empty => exception.raise(call, 2),
            user::ParseError::Digits { position, source } => exception
                .attribute::<c::Int<i64>>(call, c"position", *position)
                .attribute::<c::Failure<e::Std<std::num::ParseIntError>>>(call, c"source", source)
                .raise(call, 3),
        }
    }

    fn source(error: &Self::Value) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(error)
    }
}

/// `user::area::ScaleError`
struct ScaleError;
impl ErrorConversion for ScaleError {
    type Value = user::area::ScaleError;

    fn fault(error: &Self::Value, call: &Context) -> Fault {
        let exception = Exception::new(&format!("{error:?}"));
        match error {
            user::area::ScaleError::Empty => exception.raise(call, 4),
            user::area::ScaleError::Factor { value } => exception
                .attribute::<c::Float<f64>>(call, c"value", *value)
                .raise(call, 4),
        }
    }
}

unsafe extern "C" fn noop(module: Object, arguments: *const Object, count: isize) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("noop", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let value = call.run(|| user::noop());
            call.lift::<c::Unit>(value)
        })
    }
}

unsafe extern "C" fn inc(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new("inc", [Parameter::required("value", 0)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [value]| {
                let value = call.lower::<c::Int<i64>>(0, value)?;
                let value = call.run(|| user::inc(value));
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn add(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "add",
        [Parameter::required("a", 1), Parameter::required("b", 2)],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [a, b]| {
                let a = call.lower::<c::Int<i64>>(0, a)?;
                let b = call.lower::<c::Int<i64>>(1, b)?;
                let value = call.run(|| user::add(a, b));
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn checked(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new("checked", [Parameter::required("value", 0)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [value]| {
                let value = call.lower::<c::Int<i64>>(0, value)?;
                let result = call.run(|| user::checked(value));
                let value = call.ok::<NegativeError, _>(result)?;
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn scaled(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "scaled",
        [
            Parameter::required("value", 0),
            Parameter::with_default("factor", 3, 0),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [value, factor]| {
                let value = call.lower::<c::Float<f64>>(0, value)?;
                let factor = call.lower::<c::Float<f64>>(1, factor)?;
                let value = call.run(|| user::scaled(value, factor));
                call.lift::<c::Float<f64>>(value)
            },
        )
    }
}

unsafe extern "C" fn greet(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "greet",
        [
            Parameter::optional("name", 4),
            Parameter::with_default("greeting", 5, 1),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [name, greeting]| {
                let name = call.lower::<c::Option<c::Str>>(0, name)?;
                let greeting = call.lower::<c::Str>(1, greeting)?;
                let value = call.run(|| user::greet(name, greeting));
                call.lift::<c::Text<String>>(value)
            },
        )
    }
}

unsafe extern "C" fn parse(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new("parse", [Parameter::required("text", 6)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [text]| {
                let text = call.lower::<c::Str>(0, text)?;
                let result = call.run(|| user::parse(text));
                let value = call.ok::<ParseError, _>(result)?;
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn panics(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "panics",
        [
            Parameter::required("kind", 7),
            Parameter::with_default("zero", 8, 2),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [kind, zero]| {
                let kind = call.lower::<c::Str>(0, kind)?;
                let zero = call.lower::<c::Int<i64>>(1, zero)?;
                let value = call.run(|| user::panics(kind, zero));
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn bad_error(module: Object, arguments: *const Object, count: isize) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("bad_error", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let result = call.run(|| user::bad_error());
            let value = call.ok::<e::Text<user::Bad>, _>(result)?;
            call.lift::<c::Unit>(value)
        })
    }
}

unsafe extern "C" fn io_error(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new("io_error", [Parameter::required("code", 9)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [code]| {
                let code = call.lower::<c::Int<i64>>(0, code)?;
                let result = call.run(|| user::io_error(code));
                let value = call.ok::<e::Std<std::io::Error>, _>(result)?;
                call.lift::<c::Unit>(value)
            },
        )
    }
}

unsafe extern "C" fn utf8_error(module: Object, arguments: *const Object, count: isize) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("utf8_error", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let result = call.run(|| user::utf8_error());
            let value = call.ok::<e::Std<std::string::FromUtf8Error>, _>(result)?;
            call.lift::<c::Unit>(value)
        })
    }
}

unsafe extern "C" fn text_error(module: Object, arguments: *const Object, count: isize) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("text_error", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let result = call.run(|| user::text_error());
            let value = call.ok::<e::Text<&'static str>, _>(result)?;
            call.lift::<c::Unit>(value)
        })
    }
}

unsafe extern "C" fn unit_error(module: Object, arguments: *const Object, count: isize) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("unit_error", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let result = call.run(|| user::unit_error());
            let value = call.ok::<e::Unit, _>(result)?;
            call.lift::<c::Unit>(value)
        })
    }
}

unsafe extern "C" fn boxed_error(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("boxed_error", [Parameter::required("kind", 7)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [kind]| {
                let kind = call.lower::<c::Str>(0, kind)?;
                let result = call.run(|| user::boxed_error(kind));
                let value =
                    call.ok::<e::Boxed<Box<dyn std::error::Error + Send + Sync>>, _>(result)?;
                call.lift::<c::Unit>(value)
            },
        )
    }
}

/// Pointers to `dyn Error` that are errors too.
const fn is_boxed_error<T: e::BoxedError>() {}
const _: () = {
    is_boxed_error::<Box<dyn std::error::Error + Sync>>();
    is_boxed_error::<std::sync::Arc<dyn std::error::Error>>();
    is_boxed_error::<std::rc::Rc<dyn std::error::Error>>();
};

unsafe extern "C" fn spin(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("spin", [Parameter::required("microseconds", 10)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [microseconds]| {
                let microseconds = call.lower::<c::Int<i64>>(0, microseconds)?;
                let value = call.run(|| user::spin(microseconds));
                call.lift::<c::Int<i64>>(value)
            },
        )
    }
}

unsafe extern "C" fn sleep(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("sleep", [Parameter::required("milliseconds", 11)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [milliseconds]| {
                let milliseconds = call.lower::<c::Int<i64>>(0, milliseconds)?;
                let value = call.run(|| user::sleep(milliseconds));
                call.lift::<c::Unit>(value)
            },
        )
    }
}

unsafe extern "C" fn sleep_then_panic(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new(
        "sleep_then_panic",
        [Parameter::required("milliseconds", 11)],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [milliseconds]| {
                let milliseconds = call.lower::<c::Int<i64>>(0, milliseconds)?;
                let value = call.run(|| user::sleep_then_panic(milliseconds));
                call.lift::<c::Unit>(value)
            },
        )
    }
}

unsafe extern "C" fn panics_elsewhere(
    module: Object,
    arguments: *const Object,
    count: isize,
) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("panics_elsewhere", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
    unsafe {
        call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
            let value = call.run(|| user::panics_elsewhere());
            call.lift::<c::Bool>(value)
        })
    }
}

unsafe extern "C" fn area_scale(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "scale",
        [
            Parameter::required("points", 12),
            Parameter::with_default("factor", 3, 0),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [points, factor]| {
                let points = call.lower::<c::SliceMut<c::Float<f64>>>(0, points)?;
                let factor = call.lower::<c::Float<f64>>(1, factor)?;
                let result = call.run(|| user::area::scale(points, factor));
                let value = call.ok::<ScaleError, _>(result)?;
                call.lift::<c::Unit>(value)
            },
        )
    }
}

unsafe extern "C" fn area_swap(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "swap",
        [
            Parameter::required("one", 13),
            Parameter::required("other", 14),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [one, other]| {
                let one = call.lower::<c::SliceMut<c::Float<f64>>>(0, one)?;
                let other = call.lower::<c::SliceMut<c::Float<f64>>>(1, other)?;
                let value = call.run(|| user::area::swap(one, other));
                call.lift::<c::Unit>(value)
            },
        )
    }
}

unsafe extern "C" fn area_copy(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "copy",
        [
            Parameter::required("target", 15),
            Parameter::required("source", 16),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [target, source]| {
                let target = call.lower::<c::BytesMut>(0, target)?;
                let source = call.lower::<c::Bytes>(1, source)?;
                let value = call.run(|| user::area::copy(target, source));
                call.lift::<c::Int<usize>>(value)
            },
        )
    }
}

unsafe extern "C" fn area_total(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<3> = Signature::new(
        "total",
        [
            Parameter::required("one", 13),
            Parameter::required("two", 17),
            Parameter::required("three", 18),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [one, two, three]| {
                let one = call.lower::<c::Bytes>(0, one)?;
                let two = call.lower::<c::Bytes>(1, two)?;
                let three = call.lower::<c::Bytes>(2, three)?;
                let value = call.run(|| user::area::total(one, two, three));
                call.lift::<c::Int<usize>>(value)
            },
        )
    }
}

static AREA: Namespace = Namespace {
    name: c"area",
    doc: c"Areas.",
    functions: &[
        Function::new(
            c"scale",
            c"scale($module, /, points, factor=2.0)\n--\n\nCalls `user::area::scale`.",
            Entry::Keywords(area_scale),
        ),
        Function::new(
            c"swap",
            c"swap($module, /, one, other)\n--\n\nCalls `user::area::swap`.",
            Entry::Keywords(area_swap),
        ),
        Function::new(
            c"copy",
            c"copy($module, /, target, source)\n--\n\nCalls `user::area::copy`.",
            Entry::Keywords(area_copy),
        ),
        Function::new(
            c"total",
            c"total($module, /, one, two, three)\n--\n\nCalls `user::area::total`.",
            Entry::Keywords(area_total),
        ),
    ],
    constants: &[],
    exceptions: &[(c"ScaleError", 4)],
    classes: &[],
    enums: &[],
    modules: &[&DEEP],
    aliases: &[Alias {
        name: c"plus",
        target: &[c"add"],
    }],
};

static DEEP: Namespace = Namespace {
    name: c"deep",
    doc: c"Deeper.",
    functions: &[],
    constants: &[Constant {
        name: c"LIMIT",
        // SAFETY: attached, as the runtime promises.
        value: |context| unsafe { c::Int::<i64>::lift(user::LIMIT, context) },
    }],
    exceptions: &[],
    classes: &[],
    enums: &[],
    modules: &[],
    aliases: &[],
};

static MODULE: Module = Module {
    names: &["value", "a", "b", "factor", "name", "greeting", "text", "kind", "zero", "code", "microseconds", "milliseconds", "points", "one", "other", "target", "source", "two", "three"],
    defaults: &[Literal::Float(2.0), Literal::Str("Hello"), Literal::Int(0)],
    exceptions: &[
        ExceptionClass { module: c"ferrule_sample", name: c"NegativeError", parent: None, base: Base::Value, doc: c"`NegativeError`", methods: &[], functions: &[], constants: &[] },
        ExceptionClass { module: c"ferrule_sample", name: c"ParseError", parent: None, base: Base::Exception, doc: c"`ParseError`", methods: &[], functions: &[], constants: &[] },
        ExceptionClass { module: c"ferrule_sample", name: c"ParseError.Empty", parent: Some(1), base: Base::Exception, doc: c"`ParseError.Empty`", methods: &[], functions: &[], constants: &[] },
        ExceptionClass { module: c"ferrule_sample", name: c"ParseError.Digits", parent: Some(1), base: Base::Exception, doc: c"`ParseError.Digits`", methods: &[], functions: &[], constants: &[] },
        ExceptionClass { module: c"ferrule_sample.area", name: c"ScaleError", parent: None, base: Base::Exception, doc: c"`ScaleError`", methods: &[], functions: &[], constants: &[] },
    ],
    classes: &[],
    enums: &[],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_sample",
        doc: c"The sample.",
        functions: &[
            Function::new(c"noop", c"noop($module, /)\n--\n\nCalls `user::noop`.", Entry::Positional(noop)),
            Function::new(c"inc", c"inc($module, /, value)\n--\n\nCalls `user::inc`.", Entry::Keywords(inc)),
            Function::new(c"add", c"add($module, /, a, b)\n--\n\nCalls `user::add`.", Entry::Keywords(add)),
            Function::new(c"checked", c"checked($module, /, value)\n--\n\nCalls `user::checked`.", Entry::Keywords(checked)),
            Function::new(c"scaled", c"scaled($module, /, value, factor=2.0)\n--\n\nCalls `user::scaled`.", Entry::Keywords(scaled)),
            Function::new(c"greet", c"greet($module, /, name=None, greeting='Hello')\n--\n\nCalls `user::greet`.", Entry::Keywords(greet)),
            Function::new(c"parse", c"parse($module, /, text)\n--\n\nCalls `user::parse`.", Entry::Keywords(parse)),
            Function::new(c"panics", c"panics($module, /, kind, zero=0)\n--\n\nCalls `user::panics`.", Entry::Keywords(panics)),
            Function::new(c"bad_error", c"bad_error($module, /)\n--\n\nCalls `user::bad_error`.", Entry::Positional(bad_error)),
            Function::new(c"io_error", c"io_error($module, /, code)\n--\n\nCalls `user::io_error`.", Entry::Keywords(io_error)),
            Function::new(c"utf8_error", c"utf8_error($module, /)\n--\n\nCalls `user::utf8_error`.", Entry::Positional(utf8_error)),
            Function::new(c"text_error", c"text_error($module, /)\n--\n\nCalls `user::text_error`.", Entry::Positional(text_error)),
            Function::new(c"unit_error", c"unit_error($module, /)\n--\n\nCalls `user::unit_error`.", Entry::Positional(unit_error)),
            Function::new(c"boxed_error", c"boxed_error($module, /, kind)\n--\n\nCalls `user::boxed_error`.", Entry::Keywords(boxed_error)),
            Function::new(c"spin", c"spin($module, /, microseconds)\n--\n\nCalls `user::spin`.", Entry::Keywords(spin)),
            Function::new(c"sleep", c"sleep($module, /, milliseconds)\n--\n\nCalls `user::sleep`.", Entry::Keywords(sleep)),
            Function::new(c"sleep_then_panic", c"sleep_then_panic($module, /, milliseconds)\n--\n\nCalls `user::sleep_then_panic`.", Entry::Keywords(sleep_then_panic)),
            Function::new(c"panics_elsewhere", c"panics_elsewhere($module, /)\n--\n\nCalls `user::panics_elsewhere`.", Entry::Positional(panics_elsewhere)),
        ],
        constants: &[Constant { name: c"LIMIT", // SAFETY: attached, as the runtime promises.
        value: |context| unsafe { c::Int::<i64>::lift(user::LIMIT, context) } }],
        exceptions: &[(c"NegativeError", 0), (c"ParseError", 1)],
        classes: &[],
        enums: &[],
        modules: &[&AREA],
        aliases: &[Alias { name: c"scale", target: &[c"area", c"scale"] }],
    },
};

static DEFINITION: Definition = Definition::new(c"ferrule_sample", c"The sample.", exec);

unsafe extern "C" fn exec(module: Object) -> c_int {
    // SAFETY: CPython calls the exec slot with its new module.
    unsafe { MODULE.exec(module) }
}

/// The entry that `import` looks for.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferrule_sample() -> Object {
    DEFINITION.init()
}

/// A module with a constant that Python cannot express.
static PARTIAL: Module = Module {
    names: &[],
    defaults: &[],
    exceptions: &[],
    classes: &[],
    enums: &[],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_partial",
        doc: c"",
        functions: &[],
        constants: &[Constant {
            name: c"FOREVER",
            // SAFETY: attached, as the runtime promises.
            value: |context| unsafe { c::Duration::lift(std::time::Duration::MAX, context) },
        }],
        exceptions: &[],
        classes: &[],
        enums: &[],
        modules: &[&DEEP],
        aliases: &[],
    },
};

static PARTIAL_DEFINITION: Definition = Definition::new(c"ferrule_partial", c"", exec_partial);

unsafe extern "C" fn exec_partial(module: Object) -> c_int {
    // SAFETY: CPython calls the exec slot with its new module.
    unsafe { PARTIAL.exec(module) }
}

/// The entry that `import` looks for.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferrule_partial() -> Object {
    PARTIAL_DEFINITION.init()
}

/// A module whose import fails at its last constant: nothing of it may stay.
static BROKEN: Module = Module {
    names: &["name"],
    defaults: &[Literal::List(&[
        Literal::BigInt(c"123456789012345678901234567890"),
        Literal::Tuple(&[Literal::Bytes(b"x"), Literal::Bool(true), Literal::None]),
    ])],
    exceptions: &[],
    classes: &[],
    enums: &[],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_broken",
        doc: c"Broken.",
        functions: &[],
        constants: &[Constant {
            name: c"BROKEN",
            value: |_| panic!("broken constant"),
        }],
        exceptions: &[],
        classes: &[],
        enums: &[],
        modules: &[&DEEP],
        aliases: &[],
    },
};

static BROKEN_DEFINITION: Definition = Definition::new(c"ferrule_broken", c"Broken.", exec_broken);

unsafe extern "C" fn exec_broken(module: Object) -> c_int {
    // SAFETY: CPython calls the exec slot with its new module.
    unsafe { BROKEN.exec(module) }
}

/// The entry of the broken module.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferrule_broken() -> Object {
    BROKEN_DEFINITION.init()
}
