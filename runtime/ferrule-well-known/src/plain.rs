//! What most modules are: types without parameters, whose values own what they have.

/// Conversions of types without parameters: how each is read and made, and what an error expects. Calling them runs Python code or not: containers are not told.
macro_rules! plain {
    ($(
        $(#[$attribute:meta])*
        $name:ident of $type:ty, $expected:literal:
        lower($object:ident, $scope:ident) $lower:block
        lift($value:ident, $context:ident) $lift:block
    )*) => {$(
        $(#[$attribute])*
        pub struct $name;

        impl Conversion for $name {
            type Value<'a> = $type;
        }

        // SAFETY: the value owns what it has.
        unsafe impl Lower for $name {
            const EXPECTED: &'static str = $expected;
            const BORROWS: bool = false;

            unsafe fn lower<'a>($object: Object, $scope: &'a Scope) -> Result<$type, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { $lower }
            }
        }

        impl Lift for $name {
            unsafe fn lift<'a>($value: $type, $context: &Context) -> Result<Object, Fault> {
                // SAFETY: the caller's promise is the same.
                unsafe { $lift }
            }
        }
    )*};
}

pub(crate) use plain;
