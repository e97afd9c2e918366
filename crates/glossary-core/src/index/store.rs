//! Where the bytes of an index are.

use std::borrow::Cow;

use super::Error;

/// Bytes that can be read in parts.
pub trait Store {
    /// Reads `length` bytes from `start`.
    ///
    /// # Errors
    /// The store cannot be read or has fewer bytes.
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error>;

    /// How many bytes there are.
    fn len(&self) -> u64;

    /// Whether there are no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Store for &'static [u8] {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        slice(self, start, length)
    }

    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }
}

impl Store for Vec<u8> {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        slice(self, start, length)
    }

    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }
}

fn slice(bytes: &[u8], start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
    let start = usize::try_from(start).map_err(|_| Error::Damaged("an offset"))?;
    let end = start
        .checked_add(length)
        .ok_or(Error::Damaged("a length"))?;
    let part = bytes.get(start..end).ok_or(Error::Damaged("an offset"))?;
    Ok(Cow::Borrowed(part))
}
