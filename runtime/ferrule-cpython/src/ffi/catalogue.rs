//! The declarations as data, so that a test can hold them against the headers.

/// A struct as we declare it.
pub struct Struct {
    /// The name in C.
    pub name: &'static str,
    pub size: usize,
    pub alignment: usize,
    /// Whether the declaration goes to the struct's end; else size and alignment say nothing.
    pub whole: bool,
    pub fields: &'static [Field],
}

/// A field of a struct.
pub struct Field {
    pub name: &'static str,
    pub offset: usize,
    pub size: usize,
}

/// An integer constant.
pub struct Constant {
    pub name: &'static str,
    pub value: i128,
}

/// The declarations of one file.
pub struct Topic {
    pub structs: &'static [Struct],
    pub constants: &'static [Constant],
    /// Functions and statics that the interpreter must export.
    pub symbols: &'static [&'static [&'static str]],
}

/// All files.
pub const TOPICS: &[Topic] = &[
    super::abstracts::TOPIC,
    super::buffer::TOPIC,
    super::bytes::TOPIC,
    super::call::TOPIC,
    super::class::TOPIC,
    super::datetime::TOPIC,
    super::dict::TOPIC,
    super::error::TOPIC,
    super::float::TOPIC,
    super::import::TOPIC,
    super::iterator::TOPIC,
    super::list::TOPIC,
    super::long::TOPIC,
    super::module::TOPIC,
    super::object::TOPIC,
    super::range::TOPIC,
    super::set::TOPIC,
    super::singleton::TOPIC,
    super::thread::TOPIC,
    super::tuple::TOPIC,
    super::types::TOPIC,
    super::unicode::TOPIC,
];

/// The size of the field that `select` reads.
pub const fn size_of_field<S, F>(_select: fn(&S) -> &F) -> usize {
    size_of::<F>()
}

/// Declares the structs, constants, functions and statics of one file, and its `TOPIC`.
///
/// `functions` may run Python code or take the GIL, and so may end the thread, which the guard around each prevents; `plain` ones
/// certainly do neither.
macro_rules! declare {
    (
        $(structs { $(
            $(#[$struct_attribute:meta])*
            $wholeness:ident $name:ident { $( $(#[$field_attribute:meta])* $field:ident : $type:ty ),* $(,)? }
        )* })?
        $(constants { $( $(#[$constant_attribute:meta])* $constant:ident : $constant_type:ty = $value:expr; )* })?
        $(functions { $( $(#[$function_attribute:meta])* fn $function:ident ( $($argument:ident : $argument_type:ty),* $(,)? ) $(-> $result:ty)?; )* })?
        $(plain { $( $(#[$plain_attribute:meta])* fn $plain:ident ( $($plain_argument:ident : $plain_argument_type:ty),* $(,)? ) $(-> $plain_result:ty)?; )* })?
        $(statics { $( $(#[$static_attribute:meta])* $static:ident : $static_type:ty; )* })?
    ) => {
        $($(
            #[repr(C)]
            $(#[$struct_attribute])*
            pub struct $name { $( $(#[$field_attribute])* pub $field: $type ),* }
        )*)?
        $($( $(#[$constant_attribute])* pub const $constant: $constant_type = $value; )*)?
        $(
            #[cfg(feature = "py314")]
            extern "C" {
                $( $(#[$function_attribute])* pub fn $function($($argument: $argument_type),*) $(-> $result)?; )*
            }
            #[cfg(not(feature = "py314"))]
            mod unguarded {
                #[allow(unused_imports)]
                use super::*;
                extern "C-unwind" {
                    $( $(#[$function_attribute])* pub fn $function($($argument: $argument_type),*) $(-> $result)?; )*
                }
            }
            $(
                #[cfg(not(feature = "py314"))]
                #[inline(always)]
                #[allow(clippy::missing_safety_doc)] // CPython's documentation says what a caller has to keep.
                $(#[$function_attribute])*
                pub unsafe fn $function($($argument: $argument_type),*) $(-> $result)? {
                    // SAFETY: the caller's promise is the same.
                    super::guard::guarded(|| unsafe { unguarded::$function($($argument),*) })
                }
            )*
        )?
        $(
            extern "C" {
                $( $(#[$plain_attribute])* pub fn $plain($($plain_argument: $plain_argument_type),*) $(-> $plain_result)?; )*
            }
        )?
        $(
            extern "C" {
                $( $(#[$static_attribute])* pub static mut $static: $static_type; )*
            }
        )?
        #[allow(unused_doc_comments)]
        pub(super) const TOPIC: super::catalogue::Topic = super::catalogue::Topic {
            structs: &[$($( $(#[$struct_attribute])* super::catalogue::Struct {
                name: stringify!($name),
                size: size_of::<$name>(),
                alignment: align_of::<$name>(),
                whole: super::catalogue::whole!($wholeness),
                fields: &[$( $(#[$field_attribute])* super::catalogue::Field {
                    name: stringify!($field),
                    offset: std::mem::offset_of!($name, $field),
                    size: super::catalogue::size_of_field(|value: &$name| &value.$field),
                } ),*],
            } ),*)?],
            constants: &[$($( $(#[$constant_attribute])* super::catalogue::Constant { name: stringify!($constant), value: $constant as i128 } ),*)?],
            symbols: &[
                $( &[$( $(#[$function_attribute])* stringify!($function) ),*], )?
                $( &[$( $(#[$plain_attribute])* stringify!($plain) ),*], )?
                $( &[$( $(#[$static_attribute])* stringify!($static) ),*], )?
            ],
        };
    };
}

/// Whether a struct is declared to its end.
macro_rules! whole {
    (whole) => {
        true
    };
    (partial) => {
        false
    };
}

pub(super) use declare;
pub(super) use whole;
