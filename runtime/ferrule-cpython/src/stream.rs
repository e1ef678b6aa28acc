//! Readers and writers as Python people use them.

use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};

/// `read(size)`: so many bytes or fewer, all that there are without a size.
pub fn read<R: Read>(reader: &mut R, size: Option<i64>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match size.and_then(|size| u64::try_from(size).ok()) {
        Some(size) => reader.by_ref().take(size).read_to_end(&mut bytes)?,
        None => reader.read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

/// `readline()`: with its end.
pub fn read_line<R: BufRead>(reader: &mut R) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    Ok(line)
}

/// `write(data)`: all of it; the number of bytes.
pub fn write<W: Write>(writer: &mut W, data: &[u8]) -> io::Result<usize> {
    writer.write_all(data)?;
    Ok(data.len())
}

/// `seek(offset, whence)`: from the start (0), from here (1), from the end (2); the new place.
pub fn seek<S: Seek>(stream: &mut S, offset: i64, whence: Option<i64>) -> io::Result<u64> {
    let invalid = |message: &'static str| io::Error::new(io::ErrorKind::InvalidInput, message);
    stream.seek(match whence.unwrap_or(0) {
        0 => {
            SeekFrom::Start(u64::try_from(offset).map_err(|_| invalid("a place before the start"))?)
        }
        1 => SeekFrom::Current(offset),
        2 => SeekFrom::End(offset),
        _ => return Err(invalid("whence is 0, 1 or 2")),
    })
}
