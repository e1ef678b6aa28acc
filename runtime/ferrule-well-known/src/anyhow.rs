//! `anyhow`: the exception of the error that it holds, or one with its text.

use std::marker::PhantomData;

use ferrule_cpython::shim::*;

/// `Error`; `B` is the builtin exception for what is neither an error of the crate nor of std.
pub struct Error<B>(PhantomData<B>);

impl<B: e::Base> ErrorConversion for Error<B> {
    type Value = anyhow::Error;

    fn fault(error: &anyhow::Error, context: &Context) -> Fault {
        e::known(error.as_ref(), context)
            .unwrap_or_else(|| Fault::builtin(B::CLASS, error.to_string()))
    }

    fn source(error: &anyhow::Error) -> Option<&(dyn std::error::Error + 'static)> {
        error.source()
    }
}
