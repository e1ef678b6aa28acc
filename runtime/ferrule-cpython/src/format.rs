//! `format(a, ">10")`: of the text of an object, as `str` does it; and of numbers, by the letters that Rust has traits for.

use std::fmt::{self, Display, Formatter};

use crate::borrow::Shared;
use crate::class::Class;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, Object, Owned};
use crate::ready::run;

/// `__format__` of what has a text alone.
///
/// # Safety
/// CPython calls the method with an instance of ours and the arguments of METH_FASTCALL.
pub unsafe extern "C" fn format(this: Object, arguments: *const Object, count: isize) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            let specification = argument(arguments, count)?;
            format_text(this, specification)
        })
    }
}

/// `__format__` of what has letters too: `shape` writes the value as the letter says.
///
/// # Safety
/// CPython calls the method with an instance of `K` and the arguments of METH_FASTCALL.
pub unsafe fn format_with<K: Class>(
    this: Object,
    arguments: *const Object,
    count: isize,
    letters: &str,
    shape: impl Fn(&K::Value, char, &mut Formatter<'_>) -> fmt::Result,
) -> Object {
    // SAFETY: as the caller promises.
    unsafe {
        run(this, |_| {
            let specification = argument(arguments, count)?;
            let text = utf8(specification)?;
            let Some(letter) = text
                .chars()
                .next_back()
                .filter(|last| letters.contains(*last))
            else {
                return format_text(this, specification);
            };
            let layout = Layout::parse(&text[..text.len() - letter.len_utf8()])
                .ok_or_else(|| Fault::value(format!("Invalid format specifier '{text}'")))?;
            let value = Shared::<K>::new(this)?;
            let shown = layout.apply(Shaped(|formatter: &mut Formatter<'_>| {
                shape(&value, letter, formatter)
            }));
            object::text(&shown).map(Owned::into_object)
        })
    }
}

/// What writes itself by a function.
struct Shaped<F>(F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Display for Shaped<F> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(formatter)
    }
}

/// `[[fill]align][sign][#][0][width][.precision]`
#[derive(Debug, Default, PartialEq)]
struct Layout {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Layout {
    fn parse(text: &str) -> Option<Self> {
        let is_align = |letter: &char| "<>=^".contains(*letter);
        let mut layout = Self::default();
        let mut rest = text.chars();
        let mut ahead = text.chars();
        let (first, second) = (ahead.next(), ahead.next());
        if second.as_ref().is_some_and(is_align) {
            (layout.fill, layout.align) = (first, second);
            rest = ahead;
        } else if first.as_ref().is_some_and(is_align) {
            layout.align = first;
            rest.next();
        }
        let mut rest = rest.as_str();
        if let Some(sign) = rest.chars().next().filter(|letter| "+- ".contains(*letter)) {
            layout.sign = Some(sign);
            rest = &rest[1..];
        }
        (layout.alternate, rest) = flag(rest, '#');
        (layout.zero, rest) = flag(rest, '0');
        if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
            let (width, after) = number(rest);
            layout.width = width?;
            rest = after;
        }
        let rest = match rest.strip_prefix('.') {
            None => rest,
            Some(rest) => {
                let (precision, rest) = number(rest);
                layout.precision = Some(precision?);
                rest
            }
        };
        rest.is_empty().then_some(layout)
    }

    fn apply(&self, value: impl Display) -> String {
        let mut text = match (self.alternate, self.precision) {
            (false, None) => format!("{value}"),
            (true, None) => format!("{value:#}"),
            (false, Some(precision)) => format!("{value:.precision$}"),
            (true, Some(precision)) => format!("{value:#.precision$}"),
        };
        if let Some(sign) = self.sign.filter(|sign| *sign != '-') {
            if !text.starts_with(['-', '+']) {
                text.insert(0, sign);
            }
        }
        let missing = self.width.saturating_sub(text.chars().count());
        let (fill, align) = match (self.fill, self.align) {
            (None, None) if self.zero => ('0', '='),
            (fill, align) => (
                fill.unwrap_or(if self.zero { '0' } else { ' ' }),
                align.unwrap_or('>'),
            ),
        };
        let before = match align {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        let place = if align == '=' { digits(&text) } else { 0 };
        let pad = |count: usize| std::iter::repeat_n(fill, count).collect::<String>();
        text.insert_str(place, &pad(before));
        text + &pad(missing - before)
    }
}

/// Where the digits begin: after a sign and a prefix such as `0x`.
fn digits(text: &str) -> usize {
    let sign = text.len() - text.trim_start_matches(['+', '-', ' ']).len();
    let prefix = text.as_bytes().get(sign..sign + 2);
    let has_prefix = matches!(prefix, Some([b'0', letter]) if letter.is_ascii_alphabetic());
    sign + if has_prefix { 2 } else { 0 }
}

fn flag(text: &str, letter: char) -> (bool, &str) {
    match text.strip_prefix(letter) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

/// Rust's widths and precisions are no larger.
fn number(text: &str) -> (Option<usize>, &str) {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    (
        text[..end].parse::<u16>().ok().map(usize::from),
        &text[end..],
    )
}

/// The one argument, a str.
unsafe fn argument(arguments: *const Object, count: isize) -> Result<Object, Fault> {
    if count != 1 {
        return Err(Fault::builtin(
            Builtin::Type,
            format!("__format__() takes exactly one argument ({count} given)"),
        ));
    }
    // SAFETY: CPython's arguments, as the caller promises.
    unsafe {
        let specification = *arguments;
        if !object::has_flag(specification, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
            return Err(Fault::wrong_type("str", specification).in_parameter("format_spec"));
        }
        Ok(specification)
    }
}

unsafe fn utf8<'a>(text: Object) -> Result<&'a str, Fault> {
    let mut size = 0;
    // SAFETY: a str, as the caller promises; its UTF-8 lives as long as it, and CPython holds it during the call.
    unsafe {
        let bytes = ffi::PyUnicode_AsUTF8AndSize(text, &mut size);
        if bytes.is_null() {
            return Err(Fault::raised());
        }
        Ok(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
            bytes.cast(),
            size as usize,
        )))
    }
}

/// `format(str(a), specification)`
unsafe fn format_text(this: Object, specification: Object) -> Result<Object, Fault> {
    // SAFETY: attached, as the caller promises.
    unsafe {
        let text = Owned::new(ffi::PyObject_Str(this))?;
        Owned::new(ffi::PyObject_Format(text.object(), specification)).map(Owned::into_object)
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    fn shown(specification: &str) -> Option<String> {
        Layout::parse(specification).map(|layout| layout.apply("0x2a"))
    }

    #[test]
    fn a_layout_pads_and_signs_as_python_does() {
        assert_eq!(shown("").as_deref(), Some("0x2a"));
        assert_eq!(shown("6").as_deref(), Some("  0x2a"));
        assert_eq!(shown("<6").as_deref(), Some("0x2a  "));
        assert_eq!(shown("*^7").as_deref(), Some("*0x2a**"));
        assert_eq!(shown("08").as_deref(), Some("0x00002a"));
        assert_eq!(shown("+08").as_deref(), Some("+0x0002a"));
        assert_eq!(shown("x").as_deref(), None);
        assert_eq!(shown("65536").as_deref(), None);
    }
}
