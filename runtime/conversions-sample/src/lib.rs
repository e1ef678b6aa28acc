//! A function per conversion that lowers its argument and lifts it again, functions that change their arguments, and those that are measured.

// Impls write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

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

const FIRST: Parameter = Parameter::optional("value", 0);
const SECOND: Parameter = Parameter::required("other", 1);

/// Functions of one or two parameters. The body has the call and the values; it runs outside of the user's function.
macro_rules! functions {
    ($($name:ident($call:ident, $first:ident: $lower:ty $(, $second:ident: $other:ty)?) -> $lift:ty $body:block)*) => {
        $(
            unsafe extern "C" fn $name(module: Object, arguments: *const Object, count: isize, keywords: Object) -> Object {
                static SIGNATURE: Signature<{ 1 $(+ !stringify!($second).is_empty() as usize)? }> =
                    Signature::new(stringify!($name), [FIRST $(, { let _ = stringify!($second); SECOND })?]);
                static GATE: Gate = Gate::new();
                // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
                unsafe {
                    call(&SIGNATURE, &GATE, module, arguments, count, keywords, |$call, [$first $(, $second)?]| {
                        let $first = $call.lower::<$lower>(0, $first)?;
                        $(let $second = $call.lower::<$other>(1, $second)?;)?
                        let result = $body;
                        $call.lift::<$lift>(result)
                    })
                }
            }
        )*
        static FUNCTIONS: &[Function] = &[$(Function::new(c_name(concat!(stringify!($name), "\0")), c"", Entry::Keywords($name))),*];
    };
}

/// Identity functions, and others as above.
macro_rules! identities {
    (identities { $($name:ident $conversion:ty;)* } others { $($others:tt)* }) => {
        functions! { $($name(call, value: $conversion) -> $conversion { call.run(|| value) })* $($others)* }
    };
}

type Ints = c::Vec<c::Int<i64>>;
type Floats = c::Vec<c::Float<f64>>;

/// The argument itself: a reference of its own to whatever comes.
struct Any;
impl Conversion for Any {
    type Value<'a> = Object;
}
// SAFETY: the value borrows, as the default says.
unsafe impl Lower for Any {
    const EXPECTED: &'static str = "object";
    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<Object, Fault> {
        Ok(object)
    }
}

/// Runs Python code in the middle of a call.
unsafe fn run_hook(hook: Object) -> Result<(), Fault> {
    // SAFETY: attached: the callers do not let go of the GIL.
    unsafe { object::call(hook, &[]).map(drop) }
}

identities! {
    identities {
        bool c::Bool;
        i8 c::Int<i8>;
        i16 c::Int<i16>;
        i32 c::Int<i32>;
        i64 c::Int<i64>;
        i128 c::Int<i128>;
        isize c::Int<isize>;
        u8 c::Int<u8>;
        u16 c::Int<u16>;
        u32 c::Int<u32>;
        u64 c::Int<u64>;
        u128 c::Int<u128>;
        usize c::Int<usize>;
        non_zero_u8 c::NonZero<num::NonZeroU8>;
        non_zero_i64 c::NonZero<num::NonZeroI64>;
        wrapping_u8 c::Wrapping<c::Int<u8>>;
        f32 c::Float<f32>;
        f64 c::Float<f64>;
        char c::Char;
        str c::Str;
        string c::Text<String>;
        box_str c::Text<Box<str>>;
        arc_str c::Text<Arc<str>>;
        rc_str c::Text<Rc<str>>;
        cow_str c::CowStr;
        bytes c::Bytes;
        byte_vec c::ByteString<Vec<u8>>;
        box_bytes c::ByteString<Box<[u8]>>;
        arc_bytes c::ByteString<Arc<[u8]>>;
        cow_bytes c::CowBytes;
        bytes_4 c::ByteArray<4>;
        slice_i64 c::Slice<c::Int<i64>>;
        slice_u8 c::Slice<c::Int<u8>>;
        slice_i32 c::Slice<c::Int<i32>>;
        slice_f64 c::Slice<c::Float<f64>>;
        slice_f32 c::Slice<c::Float<f32>>;
        slice_bool c::Slice<c::Bool>;
        slice_str c::Slice<c::Str>;
        slice_slice_i64 c::Slice<c::Slice<c::Int<i64>>>;
        vec_i64 Ints;
        vec_i32 c::Vec<c::Int<i32>>;
        vec_u8 c::Vec<c::Int<u8>>;
        vec_i128 c::Vec<c::Int<i128>>;
        vec_non_zero c::Vec<c::NonZero<num::NonZeroU32>>;
        vec_wrapping c::Vec<c::Wrapping<c::Int<i64>>>;
        vec_f64 Floats;
        vec_f32 c::Vec<c::Float<f32>>;
        vec_bool c::Vec<c::Bool>;
        vec_str c::Vec<c::Str>;
        vec_string c::Vec<c::Text<String>>;
        vec_bytes c::Vec<c::Bytes>;
        vec_vec_f64 c::Vec<Floats>;
        vec_vec_i64 c::Vec<Ints>;
        vec_vec_str c::Vec<c::Vec<c::Str>>;
        vec_vec_vec_u8 c::Vec<c::Vec<c::Vec<c::Int<u8>>>>;
        vec_option c::Vec<c::Option<c::Int<i64>>>;
        vec_pair c::Vec<(c::Float<f64>, c::Float<f64>)>;
        vec_pair_str c::Vec<(c::Str, c::Int<i64>)>;
        vec_array c::Vec<c::Array<c::Float<f64>, 2>>;
        vec_deque c::VecDeque<c::Int<i64>>;
        linked_list c::LinkedList<c::Int<i64>>;
        binary_heap c::BinaryHeap<c::Int<i64>>;
        box_slice c::BoxSlice<c::Int<i64>>;
        arc_slice c::ArcSlice<c::Int<i64>>;
        rc_slice c::RcSlice<c::Text<String>>;
        cow_slice c::CowSlice<c::Float<f64>>;
        array_3 c::Array<c::Int<i64>, 3>;
        array_str c::Array<c::Text<String>, 2>;
        tuple_1 (c::Int<i64>,);
        pair (c::Int<i64>, c::Str);
        triple (c::Bool, c::Float<f64>, c::Option<c::Text<String>>);
        tuple_12 (c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>, c::Int<i64>);
        map_str_i64 c::HashMap<c::Str, c::Int<i64>>;
        map_string_i64 c::HashMap<c::Text<String>, c::Int<i64>>;
        map_i64_str c::BTreeMap<c::Int<i64>, c::Str>;
        map_string_vec c::BTreeMap<c::Text<String>, Ints>;
        map_str_vec_str c::BTreeMap<c::Str, c::Vec<c::Str>>;
        map_bytes_i64 c::HashMap<c::ByteString<Vec<u8>>, c::Int<i64>>;
        set_i64 c::HashSet<c::Int<i64>>;
        set_str c::BTreeSet<c::Str>;
        set_pair c::HashSet<(c::Int<i64>, c::Text<String>)>;
        option_i64 c::Option<c::Int<i64>>;
        option_str c::Option<c::Str>;
        option_vec c::Option<Ints>;
        boxed c::Box<c::Int<i64>>;
        arc c::Arc<c::Text<String>>;
        rc c::Rc<Ints>;
        reference c::Ref<c::Text<String>>;
        duration c::Duration;
        system_time c::SystemTime;
        path c::Path;
        path_buf c::PathText<PathBuf>;
        box_path c::PathText<Box<Path>>;
        os_str c::OsStr;
        os_string c::OsText<OsString>;
        arc_os_str c::OsText<Arc<OsStr>>;
        vec_path c::Vec<c::Path>;
        ip c::IpAddr<net::IpAddr>;
        ipv4 c::IpAddr<net::Ipv4Addr>;
        ipv6 c::IpAddr<net::Ipv6Addr>;
        ordering c::Ordering;
        range c::Range<usize>;
        range_i64 c::Range<i64>;
        range_inclusive c::RangeInclusive<u8>;
        range_from c::RangeFrom<usize>;
        range_to c::RangeTo<usize>;
        range_to_inclusive c::RangeToInclusive<i64>;
    }
    others {
        unit(call, _value: c::Int<i64>) -> c::Unit { call.run(|| ()) }

        // What a result looks like that no argument brings.
        big_duration(call, seconds: c::Int<u64>, nanoseconds: c::Int<u32>) -> c::Duration { std::time::Duration::new(seconds, nanoseconds) }
        late_time(call, seconds: c::Int<u64>) -> c::SystemTime { std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds) }
        odd_path(call, bytes: c::Bytes) -> c::Path { Path::new(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)) }

        range_ends(call, range: c::RangeInclusive<u8>) -> (c::Int<u8>, c::Int<u8>) { (*range.start(), *range.end()) }

        // In place. A negative number is an error, 999 a panic, and both come after a change.
        double(call, values: c::SliceMut<c::Int<i64>>) -> c::Unit {
            call.ok::<e::Text<&str>, _>(call.run(|| {
                for value in values {
                    if *value == 999 { panic!("999") }
                    if *value < 0 { return Err("negative") }
                    *value *= 2;
                }
                Ok(())
            }))?
        }
        double_f64(call, values: c::SliceMut<c::Float<f64>>) -> c::Unit { call.run(|| values.iter_mut().for_each(|value| *value *= 2.0)) }
        double_f32(call, values: c::SliceMut<c::Float<f32>>) -> c::Unit { call.run(|| values.iter_mut().for_each(|value| *value *= 2.0)) }
        double_i32(call, values: c::SliceMut<c::Int<i32>>) -> c::Unit { call.run(|| values.iter_mut().for_each(|value| *value *= 2)) }
        flip(call, values: c::SliceMut<c::Bool>) -> c::Unit { call.run(|| values.iter_mut().for_each(|value| *value = !*value)) }
        upper(call, values: c::SliceMut<c::Text<String>>) -> c::Unit { call.run(|| values.iter_mut().for_each(|value| *value = value.to_uppercase())) }
        sort_strs(call, values: c::SliceMut<c::Str>) -> c::Unit { call.run(|| values.sort()) }
        push(call, values: c::VecMut<c::Int<i64>>, count: c::Int<usize>) -> c::Unit { call.run(|| values.extend(std::iter::repeat_n(7, count))) }
        pop(call, values: c::VecMut<c::Int<i64>>) -> c::Option<c::Int<i64>> { call.run(|| values.pop()) }
        grow_inner(call, rows: c::VecMut<Ints>) -> c::Unit { call.run(|| rows.iter_mut().for_each(|row| row.push(1))) }
        double_rows(call, rows: c::SliceMut<Ints>) -> c::Unit { call.run(|| rows.iter_mut().flatten().for_each(|value| *value *= 2)) }
        push_to_both(call, rows: c::VecMut<Ints>, row: c::VecMut<c::Int<i64>>) -> c::Unit { call.run(|| { rows.iter_mut().for_each(|row| row.push(1)); row.push(1) }) }
        push_to_either(call, row: c::VecMut<c::Int<i64>>, rows: c::VecMut<Ints>) -> c::Unit { call.run(|| { rows.iter_mut().for_each(|row| row.push(1)); row.push(1) }) }
        add_row(call, rows: c::VecMut<Ints>) -> c::Unit { call.run(|| rows.push(vec![])) }
        fill(call, bytes: c::BytesMut, with: c::Int<u8>) -> c::Unit { call.run(|| bytes.fill(with)) }
        append(call, bytes: c::ByteVecMut, more: c::Bytes) -> c::Unit { call.run(|| bytes.extend(more)) }
        swap(call, left: c::SliceMut<c::Int<i64>>, right: c::SliceMut<c::Int<i64>>) -> c::Unit { call.run(|| left.swap_with_slice(right)) }
        add_to(call, target: c::SliceMut<c::Float<f64>>, source: c::Slice<c::Float<f64>>) -> c::Unit {
            call.run(|| target.iter_mut().zip(source).for_each(|(target, source)| *target += source))
        }
        meddle(call, values: c::SliceMut<c::Int<i64>>, hook: Any) -> c::Unit { call.run(|| values.fill(5)); run_hook(hook)? }
        meddle_vec(call, values: c::VecMut<c::Int<i64>>, hook: Any) -> c::Unit { call.run(|| values.push(5)); run_hook(hook)? }
        meddle_bytes(call, bytes: c::ByteVecMut, hook: Any) -> c::Unit { call.run(|| bytes.push(5)); run_hook(hook)? }
        meddle_strs(call, values: c::Slice<c::Str>, hook: Any) -> c::Slice<c::Str> { run_hook(hook)?; values }
        meddle_map(call, values: c::HashMap<c::Str, c::Str>, hook: Any) -> c::HashMap<c::Str, c::Str> { run_hook(hook)?; values }
        meddle_set(call, values: c::BTreeSet<c::Str>, hook: Any) -> c::BTreeSet<c::Str> { run_hook(hook)?; values }

        // Where the memory is: equal to the argument's address if nothing was copied.
        address_f64(call, values: c::Slice<c::Float<f64>>) -> c::Int<usize> { values.as_ptr() as usize }
        address_mut_f64(call, values: c::SliceMut<c::Float<f64>>) -> c::Int<usize> { values.as_ptr() as usize }
        address_bytes(call, values: c::Bytes) -> c::Int<usize> { values.as_ptr() as usize }

        // Measured.
        inc(call, value: c::Int<i64>) -> c::Int<i64> { call.run(|| value.wrapping_add(1)) }
        sum_ints(call, values: Ints) -> c::Int<i64> { call.run(|| values.iter().copied().fold(0, i64::wrapping_add)) }
        sum_slice(call, values: c::Slice<c::Int<i64>>) -> c::Int<i64> { call.run(|| values.iter().copied().fold(0, i64::wrapping_add)) }
        sum_floats(call, values: Floats) -> c::Float<f64> { call.run(|| values.iter().sum::<f64>()) }
        sum_array(call, values: c::Slice<c::Float<f64>>) -> c::Float<f64> { call.run(|| values.iter().sum::<f64>()) }
        strings_len(call, values: c::Vec<c::Text<String>>) -> c::Int<usize> { call.run(|| values.iter().map(|text| text.len()).sum()) }
        strs_len(call, values: c::Slice<c::Str>) -> c::Int<usize> { call.run(|| values.iter().map(|text| text.len()).sum()) }
        dict_sum(call, values: c::HashMap<c::Text<String>, c::Int<i64>>) -> c::Int<i64> { call.run(|| values.values().sum()) }
        dict_sum_strs(call, values: c::HashMap<c::Str, c::Int<i64>>) -> c::Int<i64> { call.run(|| values.values().sum()) }
        pairs_sum(call, values: c::Vec<(c::Float<f64>, c::Float<f64>)>) -> c::Float<f64> { call.run(|| values.iter().map(|(a, b)| a + b).sum::<f64>()) }
        ret_ints(call, count: c::Int<i64>) -> Ints { call.run(|| (0..count).map(|value| value * 1000).collect()) }
        ret_floats(call, count: c::Int<i64>) -> Floats { call.run(|| (0..count).map(|value| value as f64 * 0.5).collect()) }
        ret_dict(call, count: c::Int<i64>) -> c::HashMap<c::Str, c::Int<i64>> {
            static TABLE: std::sync::OnceLock<collections::HashMap<String, i64>> = std::sync::OnceLock::new();
            let table = TABLE.get_or_init(|| (0..count).map(|value| (format!("key{value}"), value * 1000)).collect());
            table.iter().map(|(key, value)| (key.as_str(), *value)).collect()
        }
        upper_text(call, text: c::Str) -> c::Text<String> { call.run(|| text.to_ascii_uppercase()) }
        str_len(call, text: c::Str) -> c::Int<usize> { call.run(|| text.len()) }
        bytes_len(call, bytes: c::Bytes) -> c::Int<usize> { call.run(|| bytes.len()) }
    }
}

static MODULE: Module = Module {
    names: &["value", "other"],
    defaults: &[],
    exceptions: &[],
    classes: &[],
    enums: &[],
    downcasts: &[],
    panic_error: c"PanicError",
    root: &Namespace {
        name: c"ferrule_conversions",
        doc: c"",
        functions: FUNCTIONS,
        constants: &[],
        exceptions: &[],
        classes: &[],
        enums: &[],
        modules: &[],
        aliases: &[],
    },
};
static DEFINITION: Definition = Definition::new(c"ferrule_conversions", c"", exec);

unsafe extern "C" fn exec(module: Object) -> c_int {
    // SAFETY: CPython calls this with its new module.
    unsafe { MODULE.exec(module) }
}

/// CPython's entry.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferrule_conversions() -> Object {
    DEFINITION.init()
}
