//! Composes what an error expects (`list of str`) at compile time.

const CAPACITY: usize = 192;
const CUT: &[u8] = b"...";

/// A text put together in a constant; what does not fit is cut off with `...`.
pub struct Expected {
    bytes: [u8; CAPACITY],
    length: usize,
    cut: bool,
}

impl Expected {
    /// Joins the parts.
    ///
    /// ```
    /// # use ferrule_cpython::conversion::Expected;
    /// static LIST: Expected = Expected::join(&["list of ", "int"]);
    /// assert_eq!(LIST.text(), "list of int");
    /// ```
    pub const fn join(parts: &[&str]) -> Self {
        let mut text = Expected {
            bytes: [0; CAPACITY],
            length: 0,
            cut: false,
        };
        let mut index = 0;
        while index < parts.len() {
            text = text.push(parts[index].as_bytes());
            index += 1;
        }
        text
    }

    const fn push(mut self, part: &[u8]) -> Self {
        if self.cut {
            return self;
        }
        self.cut = self.length + part.len() > CAPACITY - CUT.len();
        let part = if self.cut { CUT } else { part };
        let mut index = 0;
        while index < part.len() {
            self.bytes[self.length] = part[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    /// The text.
    pub const fn text(&'static self) -> &'static str {
        // SAFETY: whole texts were pushed one after the other, and `length` never passes the end of `bytes`.
        unsafe {
            std::str::from_utf8_unchecked(std::slice::from_raw_parts(
                self.bytes.as_ptr(),
                self.length,
            ))
        }
    }
}
