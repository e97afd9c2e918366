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
    fn byte_count(&self) -> u64;
}

/// Bytes in memory.
impl<B: AsRef<[u8]>> Store for B {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        let start = usize::try_from(start).map_err(|_| Error::Damaged("an offset"))?;
        let end = start
            .checked_add(length)
            .ok_or(Error::Damaged("a length"))?;
        let part = self.as_ref().get(start..end);
        part.map(Cow::Borrowed).ok_or(Error::Damaged("an offset"))
    }

    fn byte_count(&self) -> u64 {
        self.as_ref().len() as u64
    }
}
