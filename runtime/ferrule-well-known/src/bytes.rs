//! `bytes`: bytes.

use ferrule_cpython::shim::*;

/// `Bytes` or `BytesMut`.
macro_rules! bytes {
    ($($name:ident from $content:ident: $make:expr;)*) => {$(
        #[doc = concat!("`", stringify!($name), "`")]
        pub struct $name;

        impl Conversion for $name {
            type Value<'a> = bytes::$name;
        }

        // SAFETY: the value is a copy; what is quiet is what the copy is made of.
        unsafe impl Lower for $name {
            const EXPECTED: &'static str = Copied::EXPECTED;
            const BORROWS: bool = false;

            unsafe fn lower<'a>(object: Object, scope: &'a Scope) -> Result<bytes::$name, Fault> {
                // SAFETY: the caller's promise is the same.
                let $content = unsafe { Copied::lower(object, scope)? };
                Ok($make)
            }

            unsafe fn is_quiet(object: Object) -> bool {
                // SAFETY: the caller's promise is the same.
                unsafe { Copied::is_quiet(object) }
            }
        }

        impl Lift for $name {
            unsafe fn lift<'a>(value: bytes::$name, context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { c::Bytes::lift(&value, context) }
            }
        }
    )*};
}

type Copied = c::ByteString<Vec<u8>>;

bytes! {
    Bytes from content: content.into();
    BytesMut from content: content.as_slice().into();
}
