//! What a user's crate could look like: nothing here knows of Python.

use std::error::Error;
use std::fmt;
use std::io;

/// A constant.
pub const LIMIT: i64 = 1 << 40;

pub fn noop() {}

pub fn inc(value: i64) -> i64 {
    value.wrapping_add(1)
}

pub fn add(a: i64, b: i64) -> i64 {
    a + b
}

pub fn checked(value: i64) -> Result<i64, Negative> {
    if value < 0 {
        return Err(Negative);
    }
    Ok(value)
}

pub fn scaled(value: f64, factor: f64) -> f64 {
    value * factor
}

pub fn greet(name: Option<&str>, greeting: &str) -> String {
    format!("{greeting}, {}!", name.unwrap_or("world"))
}

/// `value` was negative.
#[derive(Debug)]
pub struct Negative;

/// Why a text is no number.
#[derive(Debug)]
pub enum ParseError {
    Empty,
    Digits {
        position: i64,
        source: std::num::ParseIntError,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing to parse"),
            Self::Digits { position, .. } => write!(f, "no number at {position}"),
        }
    }
}

impl Error for ParseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Empty => None,
            Self::Digits { source, .. } => Some(source),
        }
    }
}

pub fn parse(text: &str) -> Result<i64, ParseError> {
    if text.is_empty() {
        return Err(ParseError::Empty);
    }
    text.parse().map_err(|source| ParseError::Digits {
        position: 0,
        source,
    })
}

pub fn panics(kind: &str, zero: i64) -> i64 {
    let numbers = [1, 2, 3];
    match kind {
        "overflow" => i64::MAX + zero + 1,
        "shift" => 1 << (zero + 64),
        "index" => numbers[(zero + 3) as usize],
        "slice" => numbers[(zero + 4) as usize..].len() as i64,
        "boundary" => "ñ"[..(zero + 1) as usize].len() as i64,
        "division" => 1 / zero,
        "unwrap" => std::hint::black_box(None::<i64>).unwrap(),
        "any" => std::panic::panic_any(7_u8),
        "resumed" => std::panic::resume_unwind(Box::new("resumed")),
        message => panic!("{message}"),
    }
}

/// An error whose text panics.
#[derive(Debug)]
pub struct Bad;

impl AsRef<str> for Bad {
    fn as_ref(&self) -> &str {
        panic!("no text")
    }
}

pub fn bad_error() -> Result<(), Bad> {
    Err(Bad)
}

pub fn io_error(code: i64) -> Result<(), io::Error> {
    Err(match code {
        0 => io::Error::new(io::ErrorKind::NotFound, "nothing there"),
        -1 => io::Error::other(ParseError::Empty),
        code => io::Error::from_raw_os_error(code as i32),
    })
}

pub fn utf8_error() -> Result<(), std::string::FromUtf8Error> {
    String::from_utf8(vec![b'a', 0xff]).map(|_| ())
}

pub fn text_error() -> Result<(), &'static str> {
    Err("just text")
}

pub fn unit_error() -> Result<(), ()> {
    Err(())
}

pub fn boxed_error(kind: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    match kind {
        "int" => drop("x".parse::<i8>()?),
        "io" => drop(std::fs::read("/does/not/exist")?),
        "own" => drop(parse("x")?),
        text => Err(text)?,
    }
    Ok(())
}

/// Works for that long.
pub fn spin(microseconds: i64) -> i64 {
    let start = std::time::Instant::now();
    let mut turns = 0;
    while (start.elapsed().as_micros() as i64) < microseconds {
        turns += 1;
    }
    turns
}

pub fn sleep(milliseconds: i64) {
    std::thread::sleep(std::time::Duration::from_millis(milliseconds as u64));
}

pub fn sleep_then_panic(milliseconds: i64) {
    sleep(milliseconds);
    panic!("after the sleep");
}

/// A panic on a thread of Rust's own.
pub fn panics_elsewhere() -> bool {
    std::thread::spawn(|| panic!("on another thread"))
        .join()
        .is_err()
}

pub mod area {
    #[derive(Debug)]
    pub enum ScaleError {
        Empty,
        Factor { value: f64 },
    }

    /// Multiplies in place; what was done before an error or panic stays done.
    pub fn scale(points: &mut [f64], factor: f64) -> Result<(), ScaleError> {
        if points.is_empty() {
            return Err(ScaleError::Empty);
        }
        for point in points {
            assert!(*point < 1000.0, "too far");
            *point *= factor;
        }
        if factor < 0.0 {
            return Err(ScaleError::Factor { value: factor });
        }
        Ok(())
    }

    pub fn swap(one: &mut [f64], other: &mut [f64]) {
        one.swap_with_slice(other);
    }

    pub fn copy(target: &mut [u8], source: &[u8]) -> usize {
        let count = target.len().min(source.len());
        target[..count].copy_from_slice(&source[..count]);
        count
    }

    pub fn total(one: &[u8], two: &[u8], three: &[u8]) -> usize {
        one.len() + two.len() + three.len()
    }
}
