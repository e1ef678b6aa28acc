//! Reading and writing the memory that numpy, `array.array` and memoryview export (PEP 3118).
//!
//! An array of `n` dimensions is `n` nested lists; a [`Row`] is one dimension of it at one place. Where the numbers in memory are exactly those of the Rust type
//! they are copied or borrowed at once; otherwise each is widened to `i128` or `f64` and narrowed again with a range check, by code that is compiled once.

use std::ffi::CStr;

use super::Cell;
use crate::fault::{type_name, Builtin, Fault};
use crate::ffi::Py_buffer;

/// How many integers are widened at a time.
const BLOCK: usize = 256;

/// One dimension of an exported buffer, at one place of the dimensions around it.
#[derive(Clone, Copy)]
pub struct Row<'v> {
    view: &'v Py_buffer,
    cell: Cell,
    swapped: bool,
    is_written_back: bool,
    dimension: usize,
    start: *mut u8,
}

/// The format of an export.
///
/// # Safety
/// `view` is a live export that was asked for with `PyBUF_FORMAT`.
pub(super) unsafe fn format(view: &Py_buffer) -> &[u8] {
    // SAFETY: a format is a C string that lives as long as the export; none means unsigned bytes.
    unsafe {
        if view.format.is_null() {
            b"B"
        } else {
            CStr::from_ptr(view.format).to_bytes()
        }
    }
}

impl<'v> Row<'v> {
    /// The outermost dimension of an export; `None` for numbers that we do not know and for arrays without a dimension.
    ///
    /// # Safety
    /// `view` is a live export that was asked for with format, shape and strides, and without suboffsets.
    pub unsafe fn outermost(view: &'v Py_buffer, is_written_back: bool) -> Option<Self> {
        // SAFETY: the format lives as long as the export.
        let (cell, swapped) = Cell::parse(unsafe { format(view) }, view.itemsize)?;
        (view.ndim > 0 && !view.shape.is_null()).then_some(Row {
            view,
            cell,
            swapped,
            is_written_back,
            dimension: 0,
            start: view.buf.cast(),
        })
    }

    /// The numbers in it.
    pub fn cell(&self) -> Cell {
        self.cell
    }

    /// Whether changed values go back, so that they have to be of the same kind.
    pub fn is_written_back(&self) -> bool {
        self.is_written_back
    }

    /// How many values lie in this dimension.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        // SAFETY: `dimension` is below `ndim`, and the export has a shape.
        unsafe { *self.view.shape.add(self.dimension) }.unsigned_abs()
    }

    fn stride(&self) -> isize {
        // SAFETY: `dimension` is below `ndim`, and the export has a shape. ctypes leaves out the strides although it was asked for them: its arrays are contiguous.
        unsafe {
            if self.view.strides.is_null() {
                return (self.dimension + 1..self.view.ndim as usize)
                    .map(|inner| *self.view.shape.add(inner))
                    .product::<isize>()
                    * self.view.itemsize;
            }
            *self.view.strides.add(self.dimension)
        }
    }

    fn place(&self, index: usize) -> *mut u8 {
        // In an empty array there is no memory to point into, so this is only arithmetic.
        self.start
            .wrapping_offset(self.stride().wrapping_mul(index as isize))
    }

    /// The rows within this one.
    ///
    /// # Safety
    /// This is not the innermost dimension.
    pub unsafe fn rows(self) -> impl Iterator<Item = Row<'v>> {
        (0..self.len()).map(move |index| Row {
            dimension: self.dimension + 1,
            start: self.place(index),
            ..self
        })
    }

    /// Whether the values are exactly those numbers of Rust, one behind the other.
    fn is_contiguous(&self, cell: Option<Cell>) -> bool {
        cell == Some(self.cell)
            && !self.swapped
            && (self.stride() == self.view.itemsize || self.len() < 2)
    }

    /// A copy of the values, if they are exactly those numbers.
    ///
    /// # Safety
    /// This is the innermost dimension of a live export; `T` is laid out as `cell` says.
    pub(super) unsafe fn copied<T: Copy>(
        &self,
        cell: Option<Cell>,
    ) -> Result<Option<Vec<T>>, Fault> {
        if cell != Some(self.cell) || self.swapped {
            return Ok(None);
        }
        let mut values: Vec<T> = reserved(self.len())?;
        if self.is_contiguous(cell) {
            // SAFETY: `len` values lie one behind the other at `start`, room for as many was made, and all bit patterns are values.
            unsafe {
                std::ptr::copy_nonoverlapping(
                    self.start,
                    values.as_mut_ptr().cast(),
                    self.len() * size_of::<T>(),
                );
                values.set_len(self.len());
            }
        } else {
            // SAFETY: each place is one of the `len` places of the row, whatever its alignment.
            values.extend(
                (0..self.len())
                    .map(|index| unsafe { self.place(index).cast::<T>().read_unaligned() }),
            );
        }
        Ok(Some(values))
    }

    /// The values, each made from its place by `value`.
    pub(super) fn collected<T>(
        &self,
        value: impl Fn(*const u8) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut values = reserved(self.len())?;
        for index in 0..self.len() {
            values.push(value(self.place(index)).map_err(|fault| fault.at_index(index))?);
        }
        Ok(values)
    }

    /// Integers of up to 64 bits from `first` on, as many as are left or `block` holds; `None` if one is larger.
    ///
    /// # Safety
    /// This is the innermost dimension of a live export of integers.
    unsafe fn integers<'b>(&self, first: usize, block: &'b mut [i64]) -> Option<&'b [i64]> {
        let length = block.len().min(self.len() - first);
        let block = &mut block[..length];
        /// Unswapped numbers of one type.
        macro_rules! read {
            ($number:ty) => {
                for (index, value) in block.iter_mut().enumerate() {
                    // SAFETY: each place is one of the row, and holds that type.
                    *value = unsafe { self.place(first + index).cast::<$number>().read_unaligned() }
                        as i64;
                }
            };
        }
        match self.cell {
            _ if self.swapped => return None,
            Cell::I8 => read!(i8),
            Cell::I16 => read!(i16),
            Cell::I32 => read!(i32),
            Cell::I64 => read!(i64),
            Cell::U8 => read!(u8),
            Cell::U16 => read!(u16),
            Cell::U32 => read!(u32),
            Cell::U64 => {
                read!(u64);
                if block.iter().any(|&value| value < 0) {
                    return None;
                }
            }
            Cell::Bool | Cell::F32 | Cell::F64 => return None,
        }
        Some(block)
    }

    /// Integers, narrowed; those that do not fit are told by `value`, which reads any.
    ///
    /// # Safety
    /// This is the innermost dimension of a live export of integers.
    pub(super) unsafe fn narrowed<T>(
        &self,
        narrow: impl Fn(i64) -> Option<T>,
        value: impl Fn(*const u8) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut values = reserved(self.len())?;
        let mut block = [0; BLOCK];
        while values.len() < self.len() {
            let first = values.len();
            // SAFETY: the caller's promise is the same.
            let block = unsafe { self.integers(first, &mut block) }.unwrap_or_default();
            values.extend(block.iter().map_while(|&value| narrow(value)));
            if values.len() == first {
                values.push(value(self.place(first)).map_err(|fault| fault.at_index(first))?);
            }
        }
        Ok(values)
    }

    /// Any numbers as floats.
    ///
    /// # Safety
    /// This is the innermost dimension of a live export.
    pub(super) unsafe fn floats(&self) -> Result<Vec<f64>, Fault> {
        let mut values = reserved(self.len())?;
        // SAFETY: each place is one of the row.
        let any = |index| unsafe { self.float(self.place(index)) };
        macro_rules! read {
            ($number:ty) => {
                // SAFETY: each place is one of the row, and holds that type.
                values.extend((0..self.len()).map(|index| unsafe {
                    self.place(index).cast::<$number>().read_unaligned()
                } as f64))
            };
        }
        match self.cell {
            _ if self.swapped || self.cell == Cell::Bool => values.extend((0..self.len()).map(any)),
            Cell::I8 => read!(i8),
            Cell::I16 => read!(i16),
            Cell::I32 => read!(i32),
            Cell::I64 => read!(i64),
            Cell::U8 => read!(u8),
            Cell::U16 => read!(u16),
            Cell::U32 => read!(u32),
            Cell::U64 => read!(u64),
            Cell::F32 => read!(f32),
            Cell::F64 => read!(f64),
            Cell::Bool => {}
        }
        Ok(values)
    }

    /// Writes values that are exactly those numbers; false if they are not.
    ///
    /// # Safety
    /// This is the innermost dimension of a live, writable export; `T` is laid out as `cell` says.
    pub(super) unsafe fn store<T: Copy>(
        &self,
        cell: Option<Cell>,
        values: &[T],
    ) -> Result<bool, Fault> {
        self.check_length(values.len())?;
        let fits = cell == Some(self.cell) && !self.swapped;
        for (index, &value) in values.iter().enumerate().filter(|_| fits) {
            // SAFETY: each place is one of the `len` places of the row, whatever its alignment.
            unsafe { self.place(index).cast::<T>().write_unaligned(value) };
        }
        Ok(fits)
    }

    /// Writes values that `store` places.
    pub(super) fn stored<T>(
        &self,
        values: impl IntoIterator<Item = T>,
        store: impl Fn(*mut u8, T) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        for (index, value) in values.into_iter().enumerate() {
            store(self.place(index), value).map_err(|fault| fault.at_index(index))?;
        }
        Ok(())
    }

    /// A buffer keeps its length.
    pub(super) fn check_length(&self, length: usize) -> Result<(), Fault> {
        if length == self.len() {
            return Ok(());
        }
        Err(Fault::value(format!(
            "the buffer holds {} items and cannot take {length}",
            self.len()
        )))
    }

    /// The bytes of a number, in our order, at the low end of eight.
    unsafe fn read(&self, place: *const u8) -> [u8; 8] {
        let (mut bytes, size) = ([0; 8], self.view.itemsize as usize);
        // SAFETY: a number of `itemsize` bytes, at most eight, lies at `place`.
        unsafe { std::ptr::copy_nonoverlapping(place, bytes.as_mut_ptr(), size) };
        if self.swapped {
            bytes[..size].reverse();
        }
        bytes
    }

    /// An integer.
    ///
    /// # Safety
    /// `place` is a place of this row in a live export, and its cells are integers.
    pub(super) unsafe fn integer(&self, place: *const u8) -> i128 {
        // SAFETY: as promised.
        let bytes @ [a, b, c, d, ..] = unsafe { self.read(place) };
        match self.cell {
            Cell::I8 => i8::from_ne_bytes([a]).into(),
            Cell::I16 => i16::from_ne_bytes([a, b]).into(),
            Cell::I32 => i32::from_ne_bytes([a, b, c, d]).into(),
            Cell::I64 => i64::from_ne_bytes(bytes).into(),
            Cell::U8 => a.into(),
            Cell::U16 => u16::from_ne_bytes([a, b]).into(),
            Cell::U32 => u32::from_ne_bytes([a, b, c, d]).into(),
            Cell::U64 => u64::from_ne_bytes(bytes).into(),
            Cell::Bool | Cell::F32 | Cell::F64 => i128::from(a != 0),
        }
    }

    /// Any number as a float.
    ///
    /// # Safety
    /// `place` is a place of this row in a live export.
    pub(super) unsafe fn float(&self, place: *const u8) -> f64 {
        // SAFETY: as promised.
        unsafe {
            let bytes @ [a, b, c, d, ..] = self.read(place);
            match self.cell {
                Cell::F32 => f32::from_ne_bytes([a, b, c, d]).into(),
                Cell::F64 => f64::from_ne_bytes(bytes),
                _ => self.integer(place) as f64,
            }
        }
    }

    unsafe fn write(&self, place: *mut u8, mut bytes: [u8; 8]) {
        let size = self.view.itemsize as usize;
        if self.swapped {
            bytes[..size].reverse();
        }
        // SAFETY: a number of `itemsize` bytes, at most eight, lies at `place`, and the export is writable.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, size) };
    }

    /// Writes an integer if the number there can hold it.
    ///
    /// # Safety
    /// As for [`Row::integer`], and the export is writable.
    pub(super) unsafe fn set_integer(&self, place: *mut u8, value: i128) -> Result<(), Fault> {
        fn widened<const N: usize>(bytes: [u8; N]) -> [u8; 8] {
            let mut wide = [0; 8];
            wide[..N].copy_from_slice(&bytes);
            wide
        }
        let bytes = match self.cell {
            Cell::I8 => i8::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::I16 => i16::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::I32 => i32::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::I64 => i64::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::U8 => u8::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::U16 => u16::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::U32 => u32::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::U64 => u64::try_from(value).map(|value| widened(value.to_ne_bytes())),
            Cell::Bool | Cell::F32 | Cell::F64 => return Err(self.refused("int")),
        };
        let bytes = bytes.map_err(|_| {
            Fault::builtin(
                Builtin::Overflow,
                format!("{value} does not fit the items of the buffer"),
            )
        })?;
        // SAFETY: as promised.
        unsafe { self.write(place, bytes) };
        Ok(())
    }

    /// Writes a float if the number there can hold it.
    ///
    /// # Safety
    /// As for [`Row::float`], and the export is writable.
    pub(super) unsafe fn set_float(&self, place: *mut u8, value: f64) -> Result<(), Fault> {
        let bytes = match self.cell {
            Cell::F64 => value.to_ne_bytes(),
            Cell::F32 if value.is_finite() && (value as f32).is_infinite() => {
                return Err(Fault::builtin(
                    Builtin::Overflow,
                    format!("{value:?} does not fit the items of the buffer"),
                ));
            }
            Cell::F32 => {
                let [a, b, c, d] = (value as f32).to_ne_bytes();
                [a, b, c, d, 0, 0, 0, 0]
            }
            _ => return Err(self.refused("float")),
        };
        // SAFETY: as promised.
        unsafe { self.write(place, bytes) };
        Ok(())
    }

    /// What to say when values of this kind do not come out of this buffer.
    #[cold]
    pub fn refused(&self, expected: &'static str) -> Fault {
        let expected = "list of ".repeat(self.view.ndim.unsigned_abs() as usize) + expected;
        // SAFETY: the view lives as long as `'v`.
        unsafe { refused(&expected, self.view) }
    }
}

/// The memory of a one-dimensional export as values, where their layout fits. Whether it may be written to is the caller's to know. This stands apart from
/// [`Row`] because it is all that happens to most arrays: a row that is returned through memory costs as much as the export.
///
/// # Safety
/// `view` is a live export with format and strides; `T` is laid out as `cell` says.
#[inline]
pub(super) unsafe fn in_place<T>(view: &Py_buffer, cell: Option<Cell>) -> Option<*mut [T]> {
    // SAFETY: the format lives as long as the export; one dimension has one stride, unless ctypes left it out.
    let (parsed, is_contiguous) = unsafe {
        let stride = if view.strides.is_null() || view.ndim != 1 {
            view.itemsize
        } else {
            *view.strides
        };
        (
            Cell::parse(format(view), view.itemsize)?,
            stride == view.itemsize || view.len <= view.itemsize,
        )
    };
    if view.ndim != 1 || Some(parsed.0) != cell || parsed.1 || !is_contiguous {
        return None;
    }
    let (start, length) = (view.buf.cast::<T>(), view.len as usize / size_of::<T>());
    if length == 0 {
        return Some(std::ptr::slice_from_raw_parts_mut(
            std::ptr::dangling_mut(),
            0,
        ));
    }
    start
        .is_aligned()
        .then(|| std::ptr::slice_from_raw_parts_mut(start, length))
}

/// An empty vector with room, or a MemoryError instead of an abort.
pub(super) fn reserved<T>(length: usize) -> Result<Vec<T>, Fault> {
    let mut values = Vec::new();
    match values.try_reserve_exact(length) {
        Ok(()) => Ok(values),
        Err(_) => Err(memory()),
    }
}

/// There is not memory enough, as a MemoryError instead of an abort.
#[cold]
pub(super) fn memory() -> Fault {
    Fault::builtin(Builtin::Memory, "not enough memory")
}

/// An export that is no such value: names its dimensions and its numbers.
///
/// # Safety
/// `view` is a live export that was asked for with `PyBUF_FORMAT`.
#[cold]
pub(super) unsafe fn refused(expected: &str, view: &Py_buffer) -> Fault {
    // SAFETY: a live export keeps its owner.
    let (owner, format) = unsafe { (type_name(view.obj), format(view)) };
    let items = match Cell::parse(format, view.itemsize) {
        Some((cell, _)) => cell.name().to_owned(),
        None => format!("format '{}'", String::from_utf8_lossy(format)),
    };
    let got = match view.ndim {
        0 if owner == items => owner,
        1 if !expected.starts_with("list of list") => format!("{owner} of {items}"),
        dimensions => format!("{dimensions}-dimensional {owner} of {items}"),
    };
    Fault::builtin(Builtin::Type, format!("expected {expected}, got {got}"))
}
