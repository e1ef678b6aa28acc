//! Errors of other crates, of which only the text is known.

use std::fmt::Display;
use std::marker::PhantomData;

use super::ErrorConversion;
use crate::fault::{Builtin, Fault};
use crate::state::Context;

/// An error type of another crate: its text as a builtin exception, which is one of [`base`].
pub struct Foreign<T, B>(PhantomData<(T, B)>);

/// The builtin exception that an error becomes.
pub trait Base {
    /// Its class.
    const CLASS: Builtin;
}

/// The builtin exceptions, as types.
pub mod base {
    use super::{Base, Builtin};

    macro_rules! bases {
        ($($name:ident)*) => {$(
            #[doc = concat!("`", stringify!($name), "Error`")]
            pub struct $name;

            impl Base for $name {
                const CLASS: Builtin = Builtin::$name;
            }
        )*};
    }

    bases! { Arithmetic Index Key Lookup Memory Os Overflow Runtime Type Value ZeroDivision }

    /// `Exception`
    pub struct Exception;

    impl Base for Exception {
        const CLASS: Builtin = Builtin::Exception;
    }
}

impl<T: Display, B: Base> ErrorConversion for Foreign<T, B> {
    type Value = T;

    fn fault(error: &T, _context: &Context) -> Fault {
        Fault::builtin(B::CLASS, error.to_string())
    }
}
