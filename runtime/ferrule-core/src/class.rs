//! Which kind of bug a panic reports, told by its message: std has no other way.

/// What hosts have an exception of their own for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Integer arithmetic left its type's range, shifts included.
    Overflow,
    /// An index, a range or a `char` boundary that is not there.
    Index,
    /// Division by zero, or its remainder.
    DivisionByZero,
    /// Everything else: `unwrap`, `expect`, `assert`, `panic`.
    Other,
}

impl Class {
    /// Classifies the message of a panic. The texts are those of `core` (`panicking`, `slice::index`, `str::slice_error_fail`, `Option` free).
    pub fn of(message: &str) -> Self {
        if is_division_by_zero(message) {
            Self::DivisionByZero
        } else if is_overflow(message) {
            Self::Overflow
        } else if is_index(message) {
            Self::Index
        } else {
            Self::Other
        }
    }
}

fn is_overflow(message: &str) -> bool {
    message.starts_with("attempt to ") && message.ends_with(" with overflow")
}

fn is_division_by_zero(message: &str) -> bool {
    matches!(
        message,
        "attempt to divide by zero" | "attempt to calculate the remainder with a divisor of zero"
    )
}

fn is_index(message: &str) -> bool {
    is_slice_index(message) || is_text_index(message) || is_collection_index(message)
}

/// `slice[i]`, `slice[a..b]`.
fn is_slice_index(message: &str) -> bool {
    message.starts_with("index out of bounds: ")
        || (message.starts_with("range start index ") || message.starts_with("range end index "))
            && message.contains(" out of range for slice of length ")
        || message.starts_with("slice index starts at ")
        || message.starts_with("attempted to index slice ")
}

/// `text[a..b]`.
fn is_text_index(message: &str) -> bool {
    let names_byte = ["byte index ", "start byte index ", "end byte index "]
        .iter()
        .any(|start| message.starts_with(start));
    names_byte
        && (message.contains(" is not a char boundary")
            || message.contains(" out of bounds")
            || message.contains(" out of range"))
        || message.starts_with("begin <= end (") && message.contains(" when slicing `")
        || message.starts_with("begin > end (") && message.contains(" when slicing `")
}

/// `vec.remove(i)` and its neighbours, `deque[i]`.
fn is_collection_index(message: &str) -> bool {
    [
        "removal index (is ",
        "insertion index (is ",
        "swap_remove index (is ",
        "`at` split index (is ",
    ]
    .iter()
    .any(|start| message.starts_with(start))
        || message == "Out of bounds access"
        || message == "index out of bounds"
}
