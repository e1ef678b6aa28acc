//! Arguments that do not come by position in the exact number: keywords, defaults, and the errors of both, in CPython's words.

use crate::call::{Missing, Parameter};
use crate::fault::{shown, Builtin, Fault};
use crate::ffi;
use crate::object::Object;
use crate::state::{at, gone, Context, State};

/// A signature whose length is no longer in its type.
pub(crate) struct Heading {
    pub name: &'static str,
    pub parameters: &'static [Parameter],
}

/// Fills `bound`, one place per parameter; null where the conversion has a value for a missing argument.
///
/// # Safety
/// The thread is attached; the arguments are those of a call with `METH_FASTCALL | METH_KEYWORDS`.
#[cold] // keeps the code of the usual call in one line
#[inline(never)]
pub(crate) unsafe fn bind(
    heading: &Heading,
    context: Context,
    arguments: *const Object,
    count: isize,
    keywords: Object,
    bound: &mut [Object],
) -> Result<(), Fault> {
    let count = usize::try_from(count).unwrap_or(0);
    if count > bound.len() {
        return Err(too_many(heading, count));
    }
    for (index, place) in bound.iter_mut().take(count).enumerate() {
        // SAFETY: `count` arguments lie there.
        *place = unsafe { *arguments.add(index) };
    }
    // SAFETY: attached; the reference does not outlive this call, in which the caller holds the module.
    let state = unsafe { context.state() }.ok_or_else(gone)?;
    if !keywords.is_null() {
        // SAFETY: the values of keywords follow the positional arguments.
        unsafe { bind_keywords(heading, state, arguments.add(count), keywords, bound)? };
    }
    fill_defaults(heading, state, bound)
}

/// Binds the values at `values` to the names in the tuple `keywords`.
unsafe fn bind_keywords(
    heading: &Heading,
    state: &State,
    values: *const Object,
    keywords: Object,
    bound: &mut [Object],
) -> Result<(), Fault> {
    // SAFETY: `keywords` is a tuple of str, with as many values.
    unsafe {
        let tuple = keywords.cast::<ffi::PyTupleObject>();
        let names = (&raw const (*tuple).ob_item).cast::<Object>();
        for index in 0..usize::try_from((*tuple).ob_base.ob_size).unwrap_or(0) {
            let keyword = *names.add(index);
            let place =
                find(heading, state, keyword).ok_or_else(|| unexpected(heading, keyword))?;
            if !bound[place].is_null() {
                return Err(doubled(heading, place));
            }
            bound[place] = *values.add(index);
        }
    }
    Ok(())
}

/// The parameter of that name: names at call sites are interned, as ours are, so the pointer mostly tells.
unsafe fn find(heading: &Heading, state: &State, keyword: Object) -> Option<usize> {
    let name =
        |parameter: &Parameter| at(&state.names, parameter.place).unwrap_or(std::ptr::null_mut());
    heading
        .parameters
        .iter()
        .position(|parameter| name(parameter) == keyword)
        .or_else(|| {
            // SAFETY: attached; a keyword is a str.
            heading
                .parameters
                .iter()
                .position(|parameter| unsafe { is_text(keyword, parameter.name) })
        })
}

/// Whether the str has this content.
unsafe fn is_text(object: Object, text: &str) -> bool {
    let mut size = 0;
    // SAFETY: attached; the UTF-8 lives as long as the str. A str without UTF-8 is no name of ours, and its exception is dropped.
    unsafe {
        let bytes = ffi::PyUnicode_AsUTF8AndSize(object, &mut size);
        if bytes.is_null() {
            ffi::PyErr_Clear();
            return false;
        }
        std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(size).unwrap_or(0))
            == text.as_bytes()
    }
}

/// Puts defaults where nothing was given.
fn fill_defaults(heading: &Heading, state: &State, bound: &mut [Object]) -> Result<(), Fault> {
    for (parameter, place) in heading.parameters.iter().zip(bound.iter_mut()) {
        if !place.is_null() {
            continue;
        }
        match parameter.missing {
            Missing::Default(default) => *place = at(&state.defaults, default)?,
            Missing::Converted => {}
            Missing::Refused => return Err(missing(heading, bound)),
        }
    }
    Ok(())
}

/// `f() takes from 1 to 2 positional arguments but 3 were given`
#[cold]
fn too_many(heading: &Heading, count: usize) -> Fault {
    let most = heading.parameters.len();
    let least = heading
        .parameters
        .iter()
        .filter(|parameter| matches!(parameter.missing, Missing::Refused))
        .count();
    let takes = if least == most {
        format!("{most}")
    } else {
        format!("from {least} to {most}")
    };
    let noun = if most == 1 { "argument" } else { "arguments" };
    let were = if count == 1 { "was" } else { "were" };
    Fault::builtin(
        Builtin::Type,
        format!(
            "{}() takes {takes} positional {noun} but {count} {were} given",
            heading.name
        ),
    )
}

/// `f() missing 2 required positional arguments: 'a' and 'b'`
#[cold]
fn missing(heading: &Heading, bound: &[Object]) -> Fault {
    let lacking = heading
        .parameters
        .iter()
        .zip(bound)
        .filter(|(parameter, value)| {
            value.is_null() && matches!(parameter.missing, Missing::Refused)
        });
    let names: Vec<String> = lacking
        .map(|(parameter, _)| format!("'{}'", parameter.name))
        .collect();
    let noun = if names.len() == 1 {
        "argument"
    } else {
        "arguments"
    };
    Fault::builtin(
        Builtin::Type,
        format!(
            "{}() missing {} required positional {noun}: {}",
            heading.name,
            names.len(),
            listed(&names)
        ),
    )
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`
fn listed(names: &[String]) -> String {
    match names {
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] if !first.is_empty() => format!("{}, and {last}", first.join(", ")),
        names => names.join(""),
    }
}

/// `f() got an unexpected keyword argument 'c'`
#[cold]
unsafe fn unexpected(heading: &Heading, keyword: Object) -> Fault {
    // SAFETY: attached; a keyword is a valid object.
    let keyword = unsafe { shown(keyword) };
    Fault::builtin(
        Builtin::Type,
        format!(
            "{}() got an unexpected keyword argument {keyword}",
            heading.name
        ),
    )
}

/// `f() got multiple values for argument 'a'`
#[cold]
fn doubled(heading: &Heading, place: usize) -> Fault {
    let name = heading.parameters[place].name;
    Fault::builtin(
        Builtin::Type,
        format!(
            "{}() got multiple values for argument '{name}'",
            heading.name
        ),
    )
}
