//! Iterators, callbacks, and a container of Python's own objects.

use ferrule_cpython::shim::*;

use crate::{class, entry, special, user};

class!(IntsClass of user::Ints, "Ints" at 9, CLASS_Ints);

pub static CLASS_Ints: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Ints",
    doc: c"Ints(end)\n--\n\nAn iterator.",
    layout: Layout::of::<IntsClass>(),
    parent: None,
    constructor: Some(construct_Ints),
    methods: METHODS_Ints.table(),
    properties: PROPERTIES_None.table(),
    slots: &[
        Slot::iter(ready::itself),
        Slot::next(ready::next::<IntsClass, c::Int<i64>>),
    ],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Ints: Methods<0> = Methods::new([]);
static PROPERTIES_None: Properties<0> = Properties::new([]);

entry!(construct construct_Ints "Ints" [end: 21] |call, class| {
    let end = call.lower::<c::Int<i64>>(0, end)?;
    call.instance::<IntsClass>(class, user::Ints { next: 0, end })
});

entry!(call evens "evens" [end: 21] |call, module| {
    let end = call.lower::<c::Int<i64>>(0, end)?;
    let value = call.run(|| user::evens(end));
    call.iterator::<c::Int<i64>, _>(sendable!(value))
});
entry!(call locals "locals" [end: 21] |call, module| {
    let end = call.lower::<c::Int<i64>>(0, end)?;
    let value = call.run(|| user::locals(end));
    call.lift::<c::Iter<c::Int<i64>>>(value)
});
entry!(call total "total" [values: 22] |call, module| {
    let values = call.lower::<c::IterIn<c::Int<i64>>>(0, values)?;
    let value = call.run(|| user::total(values));
    call.lift::<c::Int<i64>>(value)
});
entry!(call longest "longest" [values: 22] |call, module| {
    let values = call.lower::<c::IterIn<c::Str>>(0, values)?;
    let value = call.run(|| user::longest(values));
    call.lift::<c::Int<usize>>(value)
});
entry!(call call_many "call_many" [function: 10, count: 23] |call, module| {
    let function = call.lower::<c::Callback<(c::Int<i64>,), c::Int<i64>>>(0, function)?;
    let count = call.lower::<c::Int<i64>>(1, count)?;
    let value = call.run(|| user::call_many(|a| function.call(a), count));
    call.lift::<c::Int<i64>>(value)
});
entry!(call call_elsewhere "call_elsewhere" [function: 10, threads: 24] |call, module| {
    let function = call.lower::<c::KeptCallback<(c::Int<i64>,), c::Text<String>>>(0, function)?;
    let threads = call.lower::<c::Int<i64>>(1, threads)?;
    let value = call.run(|| user::call_elsewhere(Box::new(move |a| function.call(a)), threads));
    call.lift::<c::Vec<c::Text<String>>>(value)
});
entry!(call mapped "mapped" [values: 22, function: 10] |call, module| {
    let values = call.lower::<c::Vec<c::Int<i64>>>(0, values)?;
    let function = call.lower::<c::KeptCallback<(c::Int<i64>,), c::Int<i64>>>(1, function)?;
    let value = call.run(|| user::mapped(values, move |a| function.call(a)));
    call.iterator::<c::Int<i64>, _>(sendable!(value))
});
entry!(call living "living" [] |call, module| {
    call.lift::<c::Int<i64>>(user::LIVING.load(std::sync::atomic::Ordering::Relaxed))
});

class!(StackClass of user::Stack<HostObject>, "Stack" at 10, CLASS_Stack);

pub static CLASS_Stack: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Stack",
    doc: c"Stack()\n--\n\nA stack.",
    layout: Layout::of::<StackClass>(),
    parent: None,
    constructor: Some(construct_Stack),
    methods: METHODS_Stack.table(),
    properties: PROPERTIES_None.table(),
    slots: &[
        Slot::repr(ready::debug::<StackClass>),
        Slot::compare(ready::equal::<StackClass>),
        Slot::length(length_Stack),
        Slot::contains(contains_Stack),
        Slot::subscript(subscript_Stack),
    ],
    functions: &[],
    constants: &[],
    match_args: None,
};

static METHODS_Stack: Methods<5> = Methods::new([
    Method::new(
        c"push",
        c"push($self, /, item)\n--\n\n",
        Entry::Keywords(method_Stack_push),
    ),
    Method::new(
        c"pop",
        c"pop($self, /)\n--\n\n",
        Entry::Keywords(method_Stack_pop),
    ),
    Method::new(
        c"sort",
        c"sort($self, /)\n--\n\n",
        Entry::Keywords(method_Stack_sort),
    ),
    Method::new(
        c"distinct",
        c"distinct($self, /)\n--\n\n",
        Entry::Keywords(method_Stack_distinct),
    ),
    Method::new(
        c"__copy__",
        c"__copy__($self, /)\n--\n\n",
        Entry::Keywords(method_Stack_copy),
    ),
]);

entry!(construct construct_Stack "Stack" [] |call, class| {
    let value = call.run(user::Stack::new);
    call.instance::<StackClass>(class, value)
});
entry!(method method_Stack_push "Stack.push" [item: 25] |call, this| {
    let item = call.lower::<c::Host>(0, item)?;
    let mut receiver = call.exclusive::<StackClass>(this)?;
    call.run(|| receiver.push(item));
    call.lift::<c::Unit>(())
});
entry!(method method_Stack_pop "Stack.pop" [] |call, this| {
    let mut receiver = call.exclusive::<StackClass>(this)?;
    let value = call.run(|| receiver.pop());
    call.lift::<c::Option<c::Host>>(value)
});
entry!(method method_Stack_sort "Stack.sort" [] |call, this| {
    let mut receiver = call.exclusive::<StackClass>(this)?;
    call.run(|| receiver.sort());
    call.lift::<c::Unit>(())
});
entry!(method method_Stack_distinct "Stack.distinct" [] |call, this| {
    let receiver = call.shared::<StackClass>(this)?;
    let value = call.run(|| receiver.distinct());
    call.lift::<c::Int<usize>>(value)
});
entry!(method method_Stack_copy "Stack.__copy__" [] |call, this| {
    let receiver = call.cloned::<StackClass>(this)?;
    call.lift::<c::Own<StackClass>>(receiver)
});
special!(length_Stack "Stack.__len__" [] -> isize, |call, this| {
    Ok(call.shared::<StackClass>(this)?.len() as isize)
});
special!(contains_Stack "Stack.__contains__" [item] -> c_int, |call, this| {
    let Some(item) = call.operand::<c::Ref<c::Host>>(item)? else { return Ok(0) };
    Ok(call.shared::<StackClass>(this)?.contains(item).into())
});
special!(subscript_Stack "Stack.__getitem__" [key] -> Object, |call, this| {
    let receiver = call.shared::<StackClass>(this)?;
    let index = call.index(key, receiver.len())?;
    match receiver.get(index) {
        Some(item) => call.lift::<c::Ref<c::Host>>(item),
        None => Err(call.no_such_key(key)),
    }
});
