//! The machine numbers that lie in buffers, and the formats of the `struct` module that name them.

/// A machine number in a buffer, in this machine's byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Cell {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    Bool,
}

impl Cell {
    /// `isize`.
    pub const ISIZE: Cell = if size_of::<isize>() == 8 {
        Cell::I64
    } else {
        Cell::I32
    };
    /// `usize`.
    pub const USIZE: Cell = if size_of::<usize>() == 8 {
        Cell::U64
    } else {
        Cell::U32
    };

    /// Reads a format of the `struct` module that stands for one number; sizes come from `itemsize`, because `l` is 4 or 8 bytes wide. The second is true for
    /// the other byte order.
    pub(super) fn parse(format: &[u8], itemsize: isize) -> Option<(Cell, bool)> {
        let (order, code) = match *format {
            [code] => (b'@', code),
            [order @ (b'@' | b'=' | b'<' | b'>' | b'!'), code] => (order, code),
            _ => return None,
        };
        let cell = match (code, itemsize) {
            (b'?', 1) => Cell::Bool,
            (b'f', 4) => Cell::F32,
            (b'd', 8) => Cell::F64,
            (b'b' | b'h' | b'i' | b'l' | b'q' | b'n', 1) => Cell::I8,
            (b'b' | b'h' | b'i' | b'l' | b'q' | b'n', 2) => Cell::I16,
            (b'b' | b'h' | b'i' | b'l' | b'q' | b'n', 4) => Cell::I32,
            (b'b' | b'h' | b'i' | b'l' | b'q' | b'n', 8) => Cell::I64,
            (b'B' | b'H' | b'I' | b'L' | b'Q' | b'N', 1) => Cell::U8,
            (b'B' | b'H' | b'I' | b'L' | b'Q' | b'N', 2) => Cell::U16,
            (b'B' | b'H' | b'I' | b'L' | b'Q' | b'N', 4) => Cell::U32,
            (b'B' | b'H' | b'I' | b'L' | b'Q' | b'N', 8) => Cell::U64,
            _ => return None,
        };
        let other_order = if cfg!(target_endian = "little") {
            matches!(order, b'>' | b'!')
        } else {
            order == b'<'
        };
        Some((cell, other_order && itemsize > 1))
    }

    /// What numpy calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Cell::I8 => "int8",
            Cell::I16 => "int16",
            Cell::I32 => "int32",
            Cell::I64 => "int64",
            Cell::U8 => "uint8",
            Cell::U16 => "uint16",
            Cell::U32 => "uint32",
            Cell::U64 => "uint64",
            Cell::F32 => "float32",
            Cell::F64 => "float64",
            Cell::Bool => "bool",
        }
    }

    /// Whether it is an integer; `bool` counts, as it does in Python.
    pub fn is_integer(self) -> bool {
        !matches!(self, Cell::F32 | Cell::F64)
    }
}
