//! Panics as data: message, file and line, and nothing on stderr.
//!
//! A panic's place is known only to the hook, its payload only to the catcher. So the hook leaves a record in a thread-local, and the catcher takes it and
//! believes it only if it tells of the same payload: `resume_unwind` runs no hook, and a panic that user code caught itself leaves a record behind.

use std::any::{Any, TypeId};
use std::cell::Cell;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;

use crate::Class;

/// A caught panic.
#[derive(Debug, PartialEq, Eq)]
pub struct Panic {
    /// The text, or `panicked` for a payload that is no text.
    pub message: String,
    /// Where it happened, if that is certain.
    pub place: Option<Place>,
    /// What it reports.
    pub class: Class,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the compiler was given it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

struct Record {
    payload: Payload,
    place: Place,
}

/// What tells one payload from another.
#[derive(PartialEq, Eq)]
enum Payload {
    Text(String),
    Opaque(TypeId),
}

thread_local! {
    static LATEST: Cell<Option<Record>> = const { Cell::new(None) };
}

/// Installs the hook, once per library: it records panics of threads that `belongs` says are the host's, and prints nothing for them. All other threads keep
/// the hook that was there.
pub fn install(belongs: fn() -> bool) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !belongs() || !record(info) {
                previous(info);
            }
        }));
    });
}

/// Records a panic; false on a thread whose locals are already gone.
fn record(info: &PanicHookInfo<'_>) -> bool {
    let Some(location) = info.location() else {
        return true;
    };
    let record = Record {
        payload: Payload::of(info.payload()),
        place: Place {
            file: location.file().to_owned(),
            line: location.line(),
        },
    };
    LATEST.try_with(|latest| latest.set(Some(record))).is_ok()
}

/// What a caught payload tells, with the place that the hook recorded for it.
pub fn caught(payload: Box<dyn Any + Send>) -> Panic {
    let told = Payload::of(&*payload);
    let record = LATEST.try_with(Cell::take).ok().flatten();
    let place = record
        .filter(|record| record.payload == told)
        .map(|record| record.place);
    let (message, class) = match told {
        Payload::Text(text) => {
            let class = Class::of(&text);
            (text, class)
        }
        Payload::Opaque(_) => ("panicked".to_owned(), Class::Other),
    };
    forget_if_it_panics(payload);
    Panic {
        message,
        place,
        class,
    }
}

/// Drops the payload; one whose drop panics again is given up.
fn forget_if_it_panics(payload: Box<dyn Any + Send>) {
    if let Err(another) = panic::catch_unwind(panic::AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(another);
        let _ = LATEST.try_with(Cell::take);
    }
}

impl Payload {
    fn of(payload: &dyn Any) -> Self {
        if let Some(text) = payload.downcast_ref::<&'static str>() {
            Self::Text((*text).to_owned())
        } else if let Some(text) = payload.downcast_ref::<String>() {
            Self::Text(text.clone())
        } else {
            Self::Opaque(payload.type_id())
        }
    }
}
