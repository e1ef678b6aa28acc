//! What goes wrong in Rust arrives as an exception: own errors with their data, errors of the
//! standard library, and panics.

use std::error::Error;
use std::fmt;
use std::num::{ParseFloatError, ParseIntError, TryFromIntError};
use std::path::Path;
use std::str::Utf8Error;

/// A line that is no setting of the form `name = number`.
#[derive(Debug)]
pub enum ParseError {
    /// There is nothing on the line.
    Empty,
    /// There is no `=`.
    Separator {
        /// The line as it came.
        line: String,
    },
    /// What follows the `=` is no number.
    Number {
        /// The text after the `=`.
        text: String,
        /// Why it is none.
        source: ParseIntError,
    },
    /// The number is not between the two.
    Range(i64, i64),
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "the line is empty"),
            Self::Separator { line } => write!(formatter, "no '=' in '{line}'"),
            Self::Number { text, .. } => write!(formatter, "'{text}' is not a number"),
            Self::Range(from, to) => write!(formatter, "not between {from} and {to}"),
        }
    }
}

impl Error for ParseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Number { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Reads a line of the form `name = number`, the number between 0 and 100.
///
/// # Errors
///
/// [`ParseError`], by what is wrong with the line.
pub fn parse_setting(line: &str) -> Result<(String, i64), ParseError> {
    if line.trim().is_empty() {
        return Err(ParseError::Empty);
    }
    let Some((name, text)) = line.split_once('=') else {
        let line = line.to_owned();
        return Err(ParseError::Separator { line });
    };
    let text = text.trim();
    let number = text.parse().map_err(|source| {
        let text = text.to_owned();
        ParseError::Number { text, source }
    })?;
    if !(0..=100).contains(&number) {
        return Err(ParseError::Range(0, 100));
    }
    Ok((name.trim().to_owned(), number))
}

/// There is less money than was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct InsufficientFunds {
    /// What there is.
    pub balance: i64,
    /// What was asked for.
    pub requested: i64,
}

impl fmt::Display for InsufficientFunds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = self.requested - self.balance;
        write!(formatter, "{missing} missing")
    }
}

impl Error for InsufficientFunds {}

/// What is left of `balance` when `amount` is taken from it.
///
/// # Errors
///
/// [`InsufficientFunds`] when that is more than there is.
pub fn withdraw(balance: i64, amount: i64) -> Result<i64, InsufficientFunds> {
    if amount > balance {
        let requested = amount;
        return Err(InsufficientFunds { balance, requested });
    }
    Ok(balance - amount)
}

/// Reads an integer; a `ValueError` in Python.
pub fn parse_integer(text: &str) -> Result<i64, ParseIntError> {
    text.parse()
}

/// Reads a float; a `ValueError` in Python.
pub fn parse_float(text: &str) -> Result<f64, ParseFloatError> {
    text.parse()
}

/// The number as a byte; an `OverflowError` in Python.
pub fn to_byte(number: i64) -> Result<u8, TryFromIntError> {
    number.try_into()
}

/// The bytes as text; a `ValueError` in Python.
pub fn decode(bytes: &[u8]) -> Result<String, Utf8Error> {
    std::str::from_utf8(bytes).map(str::to_owned)
}

/// The first line of a file; an `OSError` in Python, of the subclass that fits.
pub fn first_line(path: &Path) -> std::io::Result<String> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// An error that is only a text; a `RuntimeError` in Python.
pub fn refuse(reason: &str) -> Result<(), String> {
    Err(format!("refused: {reason}"))
}

/// Square root of a number that must not be negative.
///
/// # Panics
///
/// When it is: a `PanicError` in Python, with the place in the Rust source.
pub fn square_root(number: f64) -> f64 {
    if number < 0.0 {
        panic!("{number} is negative");
    }
    number.sqrt()
}

/// The item at `index`; an `IndexError` in Python when there is none.
pub fn item(values: &[i64], index: usize) -> i64 {
    values[index]
}

/// A quotient; a `ZeroDivisionError` in Python when `divisor` is zero.
pub fn divide(dividend: i64, divisor: i64) -> i64 {
    dividend / divisor
}

/// A sum; an `OverflowError` in Python when it needs more than 64 bits.
pub fn add(one: i64, other: i64) -> i64 {
    one + other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        assert_eq!(parse_setting("size = 5").unwrap(), ("size".into(), 5));
        assert!(matches!(parse_setting(" "), Err(ParseError::Empty)));
        let error = parse_setting("size = five").unwrap_err();
        assert_eq!(error.to_string(), "'five' is not a number");
        assert_eq!(
            error.source().unwrap().to_string(),
            "invalid digit found in string"
        );
        assert!(matches!(
            parse_setting("size = 101"),
            Err(ParseError::Range(0, 100))
        ));
    }

    #[test]
    fn withdrawals() {
        assert_eq!(withdraw(10, 4), Ok(6));
        assert_eq!(withdraw(10, 14).unwrap_err().to_string(), "4 missing");
    }

    #[test]
    #[should_panic(expected = "-1 is negative")]
    fn roots() {
        assert_eq!(square_root(9.0), 3.0);
        square_root(-1.0);
    }
}
