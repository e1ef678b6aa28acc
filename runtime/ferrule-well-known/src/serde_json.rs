//! `serde_json`: None, bool, int, float, str, lists and dicts of them.

use ferrule_cpython::fault::Builtin;
use ferrule_cpython::ffi;
use ferrule_cpython::object::{self, none, Owned};
use ferrule_cpython::shim::*;

use crate::plain::plain;

/// How deep lists and dicts may lie in each other: a list that holds itself is deeper.
const MOST_DEPTH: usize = 512;

const EXPECTED: &str = "JSON value: None, bool, int, float, str, list or dict";

#[cold]
fn too_deep() -> Fault {
    Fault::builtin(
        Builtin::Recursion,
        format!("the value is more than {MOST_DEPTH} levels deep"),
    )
}

fn below(depth: usize) -> Result<usize, Fault> {
    depth.checked_sub(1).ok_or_else(too_deep)
}

unsafe fn has(object: Object, flag: std::ffi::c_ulong) -> bool {
    // SAFETY: valid, as the callers promise.
    unsafe { object::has_flag(object, flag) }
}

/// # Safety
/// As for [`Lower::lower`].
unsafe fn lower(object: Object, scope: &Scope, depth: usize) -> Result<serde_json::Value, Fault> {
    // SAFETY: as the caller promises; the types are checked first.
    unsafe {
        if object == none() {
            return Ok(serde_json::Value::Null);
        }
        if has(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
            return c::Text::<String>::lower(object, scope).map(serde_json::Value::String);
        }
        if object::is_exactly(object, &raw mut ffi::PyBool_Type) {
            return c::Bool::lower(object, scope).map(serde_json::Value::Bool);
        }
        if let Some(number) = number(object, scope)? {
            return Ok(serde_json::Value::Number(number));
        }
        if has(
            object,
            ffi::Py_TPFLAGS_LIST_SUBCLASS | ffi::Py_TPFLAGS_TUPLE_SUBCLASS,
        ) {
            return list(object, scope, below(depth)?).map(serde_json::Value::Array);
        }
        match entries(object, scope, depth) {
            Err(fault) if fault.is_wrong_type() => Err(Fault::wrong_type(EXPECTED, object)),
            entries => entries.map(serde_json::Value::Object),
        }
    }
}

/// A number; none for anything else.
unsafe fn number(object: Object, scope: &Scope) -> Result<Option<serde_json::Number>, Fault> {
    // SAFETY: as the caller promises; the types are checked first.
    unsafe {
        if has(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
            if let Ok(number) = c::Int::<u64>::lower(object, scope) {
                return Ok(Some(number.into()));
            }
            return c::Int::<i64>::lower(object, scope).map(|number| Some(number.into()));
        }
        if ffi::PyType_IsSubtype(object::type_of(object), &raw mut ffi::PyFloat_Type) == 0 {
            return Ok(None);
        }
        let value = c::Float::<f64>::lower(object, scope)?;
        let number = serde_json::Number::from_f64(value);
        let fault = || Fault::value(format!("JSON has no number for {value}"));
        number.ok_or_else(fault).map(Some)
    }
}

/// The items of a list or tuple, read from a copy that nobody changes.
unsafe fn list(
    object: Object,
    scope: &Scope,
    depth: usize,
) -> Result<Vec<serde_json::Value>, Fault> {
    // SAFETY: attached; the copy is ours while it is read.
    unsafe {
        let items = Owned::new(ffi::PySequence_Tuple(object))?;
        let count = ffi::PyTuple_Size(items.object());
        let item = |index: isize| ffi::PyTuple_GetItem(items.object(), index);
        let read = |index: isize| {
            lower(item(index), scope, depth).map_err(|fault| fault.at_index(index as usize))
        };
        (0..count).map(read).collect()
    }
}

/// The entries of a mapping.
unsafe fn entries(
    object: Object,
    scope: &Scope,
    depth: usize,
) -> Result<serde_json::Map<String, serde_json::Value>, Fault> {
    // SAFETY: as the caller promises. The entries hold their objects while they are read.
    unsafe {
        let entries = c::Entries::<c::Text<String>, Held>::lower(object, scope)?;
        let depth = below(depth)?;
        let read = |(key, value): (String, Owned)| match lower(value.object(), scope, depth) {
            Ok(value) => Ok((key, value)),
            Err(fault) => {
                let key = object::text(&key)?;
                Err(fault.at_key(key.object()))
            }
        };
        entries.into_iter().map(read).collect()
    }
}

/// Any object, held.
struct Held;

impl Conversion for Held {
    type Value<'a> = Owned;
}

// SAFETY: the value is a reference of its own.
unsafe impl Lower for Held {
    const EXPECTED: &'static str = "JSON value";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, _scope: &'a Scope) -> Result<Owned, Fault> {
        // SAFETY: attached and valid, as the caller promises.
        Ok(unsafe { Owned::of(object) })
    }

    unsafe fn is_quiet(_object: Object) -> bool {
        true
    }
}

/// # Safety
/// The thread is attached.
unsafe fn lift(value: serde_json::Value, context: &Context, depth: usize) -> Result<Object, Fault> {
    // SAFETY: attached; lists and dicts take what is made for them.
    unsafe {
        match value {
            serde_json::Value::Null => Ok(object::new_reference(none())),
            serde_json::Value::Bool(value) => c::Bool::lift(value, context),
            serde_json::Value::Number(number) => lift_number(&number, context),
            serde_json::Value::String(text) => c::Text::<String>::lift(text, context),
            serde_json::Value::Array(values) => {
                let depth = below(depth)?;
                let list = Owned::new(ffi::PyList_New(0))?;
                for value in values {
                    let item = Owned::new(lift(value, context, depth)?)?;
                    done(ffi::PyList_Append(list.object(), item.object()))?;
                }
                Ok(list.into_object())
            }
            serde_json::Value::Object(entries) => lift_entries(entries, context, depth),
        }
    }
}

/// What a C function says: 0, or -1 after an exception.
unsafe fn done(status: c_int) -> Result<(), Fault> {
    match status {
        0 => Ok(()),
        // SAFETY: attached, as the callers promise.
        _ => Err(unsafe { Fault::raised() }),
    }
}

unsafe fn lift_entries(
    entries: serde_json::Map<String, serde_json::Value>,
    context: &Context,
    depth: usize,
) -> Result<Object, Fault> {
    let depth = below(depth)?;
    // SAFETY: attached; the dict takes references of its own.
    unsafe {
        let dict = Owned::new(ffi::PyDict_New())?;
        for (key, value) in entries {
            let (key, value) = (
                object::text(&key)?,
                Owned::new(lift(value, context, depth)?)?,
            );
            done(ffi::PyDict_SetItem(
                dict.object(),
                key.object(),
                value.object(),
            ))?;
        }
        Ok(dict.into_object())
    }
}

unsafe fn lift_number(number: &serde_json::Number, context: &Context) -> Result<Object, Fault> {
    // SAFETY: attached; the text ends with NUL.
    unsafe {
        if let Some(number) = number.as_i64() {
            return c::Int::<i64>::lift(number, context);
        }
        if let Some(number) = number.as_u64() {
            return c::Int::<u64>::lift(number, context);
        }
        // With the crate's feature arbitrary_precision a number has any size.
        let text = number.to_string();
        if text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit())
        {
            let text = std::ffi::CString::new(text).unwrap_or_default();
            let made = ffi::PyLong_FromString(text.as_ptr(), std::ptr::null_mut(), 10);
            return Owned::new(made).map(Owned::into_object);
        }
        let float = number.as_f64().or_else(|| text.parse().ok());
        c::Float::<f64>::lift(float.unwrap_or(f64::NAN), context)
    }
}

plain! {
    /// `Value`: any JSON value
    Value of serde_json::Value, "JSON value: None, bool, int, float, str, list or dict":
    lower(object, scope) { lower(object, scope, MOST_DEPTH) }
    lift(value, context) { lift(value, context, MOST_DEPTH) }

    /// `Number`
    Number of serde_json::Number, "int or float":
    lower(object, scope) {
        number(object, scope)?.ok_or_else(|| Fault::wrong_type(Self::EXPECTED, object))
    }
    lift(value, context) { lift_number(&value, context) }

    /// `Map<String, Value>`
    Map of serde_json::Map<String, serde_json::Value>, "dict of str to JSON value":
    lower(object, scope) { entries(object, scope, MOST_DEPTH) }
    lift(value, context) { lift_entries(value, context, MOST_DEPTH) }
}
