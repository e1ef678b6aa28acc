//! `rust_decimal`: Decimal of Python's `decimal`.

use ferrule_cpython::fault::{shown, Builtin};
use ferrule_cpython::ffi;
use ferrule_cpython::object::{self, Owned};
use ferrule_cpython::shim::*;
use ferrule_cpython::state::Import;

static CLASS: Import = Import {
    module: c"decimal",
    name: c"Decimal",
};

/// `Decimal`
pub struct Decimal;

impl Conversion for Decimal {
    type Value<'a> = rust_decimal::Decimal;
}

// SAFETY: the value is a plain one.
unsafe impl Lower for Decimal {
    const EXPECTED: &'static str = "Decimal or int";
    const BORROWS: bool = false;

    unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<rust_decimal::Decimal, Fault> {
        // SAFETY: attached; what is imported is a class, and the text is ours while it is read.
        unsafe {
            let is_int = object::has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS);
            let class = CLASS.object()?;
            let is_decimal =
                ffi::PyType_IsSubtype(object::type_of(object), class.object().cast()) != 0;
            if !is_int && !is_decimal {
                return Err(Fault::wrong_type(Self::EXPECTED, object));
            }
            // Without an exponent; an int has none.
            let plain = object::text(if is_int { "d" } else { "f" })?;
            let text = Owned::new(ffi::PyObject_Format(object, plain.object()))?;
            let text = c::Text::<String>::lower(text.object(), scope)?;
            rust_decimal::Decimal::from_str_exact(&text).map_err(|_| unfit(&text, object))
        }
    }
}

/// Too large, of too many digits behind the point, or no number at all.
#[cold]
unsafe fn unfit(text: &str, object: Object) -> Fault {
    let whole = text.trim_start_matches('-').split('.').next();
    let whole = whole.unwrap_or_default().bytes();
    // SAFETY: attached and valid, as in `lower`.
    let got = unsafe { shown(object) };
    if whole.clone().all(|byte| byte.is_ascii_digit()) && whole.len() > 28 {
        return Fault::builtin(
            Builtin::Overflow,
            format!("expected a number below 2**96, got {got}"),
        );
    }
    Fault::value(format!(
        "expected a finite number of at most 28 digits behind the point, got {got}"
    ))
}

impl Lift for Decimal {
    unsafe fn lift<'a>(value: rust_decimal::Decimal, _context: &Context) -> Result<Object, Fault> {
        // SAFETY: attached; the text is ours during the call.
        unsafe {
            let text = object::text(&value.to_string())?;
            object::call(CLASS.object()?.object(), &[text.object()]).map(Owned::into_object)
        }
    }
}
