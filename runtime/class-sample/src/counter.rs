//! `user::Counter`, `user::Six`, `user::Local`, `user::Aligned`

use ferrule_cpython::shim::*;

use crate::{class, entry, property, special, user};

class!(CounterClass of user::Counter, "Counter" at 1, CLASS_Counter);

pub static CLASS_Counter: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Counter",
    doc: c"Counter(names)\n--\n\nA counter.",
    layout: Layout::of::<CounterClass>(),
    parent: None,
    constructor: Some(construct_Counter),
    methods: METHODS_Counter.table(),
    properties: PROPERTIES_Counter.table(),
    slots: &[Slot::iter(iter_Counter)],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Counter: Methods<7> = Methods::new([
    Method::new(
        c"increment",
        c"increment($self, /)\n--\n\n",
        Entry::Keywords(method_Counter_increment),
    ),
    Method::new(
        c"each",
        c"each($self, /, call)\n--\n\n",
        Entry::Keywords(method_Counter_each),
    ),
    Method::new(
        c"look",
        c"look($self, /, call)\n--\n\n",
        Entry::Keywords(method_Counter_look),
    ),
    Method::new(
        c"explode",
        c"explode($self, /)\n--\n\n",
        Entry::Keywords(method_Counter_explode),
    ),
    Method::new(
        c"slow",
        c"slow($self, /, milliseconds)\n--\n\n",
        Entry::Keywords(method_Counter_slow),
    ),
    Method::new(
        c"into_count",
        c"into_count($self, /)\n--\n\n",
        Entry::Keywords(method_Counter_into_count),
    ),
    Method::new(
        c"absorb",
        c"absorb($self, /, other)\n--\n\n",
        Entry::Keywords(method_Counter_absorb),
    ),
]);

static PROPERTIES_Counter: Properties<2> = Properties::new([
    Property::new(c"count", c"", get_count, Some(set_count)),
    Property::new(c"names", c"", get_names, Some(set_names)),
]);

property!(get_count set_count CounterClass c::Int<i64>, "Counter.count", count);
property!(get_names set_names CounterClass c::Vec<c::Text<String>>, "Counter.names", names);

entry!(construct construct_Counter "Counter" [names: 9] |call, class| {
    let names = call.lower::<c::Vec<c::Text<String>>>(0, names)?;
    let value = call.run(|| user::Counter::new(names));
    call.instance::<CounterClass>(class, value)
});
entry!(method method_Counter_increment "Counter.increment" [] |call, this| {
    let mut receiver = call.exclusive::<CounterClass>(this)?;
    let value = call.run(|| user::Counter::increment(&mut receiver));
    call.lift::<c::Int<i64>>(value)
});
entry!(method method_Counter_each "Counter.each" [function: 10] |call, this| {
    let function = call.lower::<c::Callback<(c::Int<i64>,), c::Int<i64>>>(0, function)?;
    let mut receiver = call.exclusive::<CounterClass>(this)?;
    let value = call.run(|| user::Counter::each(&mut receiver, |a| function.call(a)));
    call.lift::<c::Int<i64>>(value)
});
entry!(method method_Counter_look "Counter.look" [function: 10] |call, this| {
    let function = call.lower::<c::Callback<(c::Int<i64>,), c::Int<i64>>>(0, function)?;
    let receiver = call.shared::<CounterClass>(this)?;
    let value = call.run(|| user::Counter::look(&receiver, &|a| function.call(a)));
    call.lift::<c::Int<i64>>(value)
});
entry!(method method_Counter_explode "Counter.explode" [] |call, this| {
    let mut receiver = call.exclusive::<CounterClass>(this)?;
    call.run(|| user::Counter::explode(&mut receiver));
    call.lift::<c::Unit>(())
});
entry!(method method_Counter_slow "Counter.slow" [milliseconds: 11] |call, this| {
    let milliseconds = call.lower::<c::Int<u64>>(0, milliseconds)?;
    let mut receiver = call.exclusive::<CounterClass>(this)?;
    call.run(|| user::Counter::slow(&mut receiver, milliseconds));
    call.lift::<c::Unit>(())
});
entry!(method method_Counter_into_count "Counter.into_count" [] |call, this| {
    let receiver = call.taken::<CounterClass>(this)?;
    let value = call.run(|| user::Counter::into_count(receiver));
    call.lift::<c::Int<i64>>(value)
});
entry!(method method_Counter_absorb "Counter.absorb" [other: 3] |call, this| {
    call.movable::<CounterClass>(0, other)?;
    let other = call.lower::<c::Own<CounterClass>>(0, other)?;
    let mut receiver = call.exclusive::<CounterClass>(this)?;
    call.run(|| user::Counter::absorb(&mut receiver, other));
    call.lift::<c::Unit>(())
});
special!(iter_Counter "Counter.__iter__" [] -> Object, |call, this| {
    call.view::<CounterClass, c::Ref<c::Text<String>>, _>(this, |value| sendable!(value.iter()))
});

class!(SixClass of user::Six, "Six" at 2, CLASS_Six);

pub static CLASS_Six: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Six",
    doc: c"Six(a, b, c, d, e, f)\n--\n\nSix numbers.",
    layout: Layout::of::<SixClass>(),
    parent: None,
    constructor: Some(construct_Six),
    methods: METHODS_Six.table(),
    properties: PROPERTIES_None.table(),
    slots: &[
        Slot::repr(ready::debug::<SixClass>),
        Slot::hash(ready::hash::<SixClass>),
        Slot::compare(ready::ordered::<SixClass>),
    ],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Six: Methods<1> = Methods::new([Method::new(
    c"sum",
    c"sum($self, /)\n--\n\n",
    Entry::Positional(method_Six_sum),
)]);
static PROPERTIES_None: Properties<0> = Properties::new([]);

entry!(construct construct_Six "Six" [a: 4, b: 5, c: 12, d: 13, e: 14, f: 15] |call, class| {
    let value = user::Six {
        a: call.lower::<c::Int<u16>>(0, a)?,
        b: call.lower::<c::Int<i32>>(1, b)?,
        c: call.lower::<c::Int<u32>>(2, c)?,
        d: call.lower::<c::Int<i64>>(3, d)?,
        e: call.lower::<c::Int<u64>>(4, e)?,
        f: call.lower::<c::Int<i8>>(5, f)?,
    };
    call.instance::<SixClass>(class, value)
});

unsafe extern "C" fn method_Six_sum(
    this: Object,
    arguments: *const Object,
    count: isize,
) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("Six.sum", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this method of `Six` with an instance and the arguments of METH_FASTCALL.
    unsafe {
        method_without_arguments(&SIGNATURE, &GATE, this, arguments, count, |call| {
            let receiver = call.cloned::<SixClass>(this)?;
            let value = call.run(|| user::Six::sum(&receiver));
            call.lift::<c::Int<i64>>(value)
        })
    }
}

class!(LocalClass of user::Local, "Local" at 3, CLASS_Local);

pub static CLASS_Local: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Local",
    doc: c"Local(value)\n--\n\nNot Send.",
    layout: Layout::of::<LocalClass>(),
    parent: None,
    constructor: Some(construct_Local),
    methods: METHODS_Local.table(),
    properties: PROPERTIES_Local.table(),
    slots: &[],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Local: Methods<0> = Methods::new([]);
static PROPERTIES_Local: Properties<1> =
    Properties::new([Property::new(c"value", c"", get_value, None)]);

unsafe extern "C" fn get_value(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter with an instance of the class.
    unsafe { get::<LocalClass, c::Int<i64>>(this, |value| *value.value) }
}

entry!(construct construct_Local "Local" [value: 16] |call, class| {
    let value = call.lower::<c::Int<i64>>(0, value)?;
    call.instance::<LocalClass>(class, user::Local { value: value.into() })
});

class!(AlignedClass of user::Aligned, "Aligned" at 4, CLASS_Aligned);

pub static CLASS_Aligned: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Aligned",
    doc: c"Aligned(value)\n--\n\nOf large alignment.",
    layout: Layout::of::<AlignedClass>(),
    parent: None,
    constructor: Some(construct_Aligned),
    methods: METHODS_Aligned.table(),
    properties: PROPERTIES_Aligned.table(),
    slots: &[Slot::bool(bool_Aligned)],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Aligned: Methods<0> = Methods::new([]);
static PROPERTIES_Aligned: Properties<1> =
    Properties::new([Property::new(c"value", c"", get_aligned, Some(set_aligned))]);

property!(get_aligned set_aligned AlignedClass c::Int<i64>, "Aligned.value", value);

entry!(construct construct_Aligned "Aligned" [value: 16] |call, class| {
    let value = call.lower::<c::Int<i64>>(0, value)?;
    call.instance::<AlignedClass>(class, user::Aligned { value })
});
special!(bool_Aligned "Aligned.__bool__" [] -> c_int, |call, this| {
    Ok(call.shared::<AlignedClass>(this)?.is_aligned().into())
});
