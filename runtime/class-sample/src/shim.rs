//! What every entry point has around its body: Ferrule emits this whole, here a macro stands for it.

/// `entry!(name "Title" [parameter: place, ...] with helper; first; |call, ...| body)`
#[macro_export]
macro_rules! entry {
    ($kind:ident $name:ident $title:literal [$($parameter:ident: $place:literal),*] |$call:ident, $first:ident| $body:block) => {
        #[allow(unused_variables)]
        pub unsafe extern "C" fn $name(
            $first: Object,
            arguments: *const Object,
            count: $crate::entry!(@count $kind),
            keywords: Object,
        ) -> Object {
            static SIGNATURE: Signature<{ 0 $(+ { let _ = $place; 1 })* }> =
                Signature::new($title, [$(Parameter::required(stringify!($parameter), $place)),*]);
            static GATE: Gate = Gate::new();
            // SAFETY: CPython calls this with the arguments of its convention, and the anchor that the entry was made with.
            unsafe {
                $kind(&SIGNATURE, &GATE, $first, arguments, count, keywords, |$call, [$($parameter),*]| $body)
            }
        }
    };
    (@count construct) => { usize };
    (@count $other:ident) => { isize };
}

/// A special method.
#[macro_export]
macro_rules! special {
    ($name:ident $title:literal [$($argument:ident),*] -> $answer:ty, |$call:ident, $first:ident| $body:block) => {
        #[allow(unused_variables)]
        pub unsafe extern "C" fn $name($first: Object $(, $argument: Object)*) -> $answer {
            static SIGNATURE: Signature<{ 0 $(+ { let _ = stringify!($argument); 1 })* }> =
                Signature::new($title, [$(Parameter::required(stringify!($argument), 0)),*]);
            static GATE: Gate = Gate::new();
            // SAFETY: CPython calls the slot with an instance of the class.
            unsafe { slot(&SIGNATURE, &GATE, $first, [$($argument),*], |$call, [$($argument),*]| $body) }
        }
    };
}

/// A class without anything but what is named.
#[macro_export]
macro_rules! class {
    ($class:ident of $value:ty, $name:literal at $place:literal, $definition:ident $(, variants $place_of:expr)?) => {
        pub struct $class;

        // SAFETY: the definition is of this class alone, with its layout; rustc tells what is Send and Sync.
        unsafe impl Class for $class {
            type Value = $value;
            const NAME: &'static str = $name;
            const PLACE: usize = $place;
            const SEND: bool = is_send!($value);
            const SYNC: bool = is_sync!($value);
            $(
                const VARIANTS: bool = true;

                fn place(value: &Self::Value) -> usize {
                    ($place_of)(value)
                }
            )?

            fn definition() -> &'static ClassDefinition {
                &$definition
            }
        }
    };
}

/// A getter, and a setter.
#[macro_export]
macro_rules! property {
    ($get:ident $set:ident $class:ident $conversion:ty, $title:literal, $field:ident) => {
        unsafe extern "C" fn $get(this: Object, _closure: *mut c_void) -> Object {
            // SAFETY: CPython calls the getter with an instance of the class.
            unsafe { get::<$class, c::Ref<$conversion>>(this, |value| &value.$field) }
        }

        unsafe extern "C" fn $set(this: Object, new: Object, _closure: *mut c_void) -> c_int {
            // SAFETY: CPython calls the setter with an instance of the class.
            unsafe {
                set::<$class, $conversion>(this, new, $title, |value, new| value.$field = new)
            }
        }
    };
}
