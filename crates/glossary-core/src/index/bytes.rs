//! Numbers, texts, and lists as bytes. Reading past the end, or a text that is not UTF-8, is damage and never
//! a panic.

use super::Error;

/// Appends a number in groups of seven bits, the lowest first (LEB128).
pub fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Appends a text with its length.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

/// Appends bytes with their length.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a list of texts with its length.
pub fn put_list(out: &mut Vec<u8>, list: &[String]) {
    put_varint(out, list.len() as u64);
    for text in list {
        put_text(out, text);
    }
}

/// Reads what was appended, in the same order.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'b> {
    rest: &'b [u8],
}

impl<'b> Cursor<'b> {
    /// A cursor at the start of `bytes`.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything was read.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, Error> {
        let (&first, rest) = self
            .rest
            .split_first()
            .ok_or(Error::Damaged("a record ends early"))?;
        self.rest = rest;
        Ok(first)
    }

    /// The next number.
    pub fn varint(&mut self) -> Result<u64, Error> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Error::Damaged("a number"))
    }

    /// The next number, as a size in memory.
    pub fn size(&mut self) -> Result<usize, Error> {
        usize::try_from(self.varint()?).map_err(|_| Error::Damaged("a size"))
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Result<&'b [u8], Error> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Error::Damaged("a record ends early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next bytes that start with their length.
    pub fn bytes(&mut self) -> Result<&'b [u8], Error> {
        let length = self.size()?;
        self.take(length)
    }

    /// The next text.
    pub fn text(&mut self) -> Result<&'b str, Error> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Error::Damaged("a text"))
    }

    /// The next list of texts.
    pub fn texts(&mut self) -> Result<Vec<&'b str>, Error> {
        let length = self.size()?;
        // A damaged length must not reserve memory: each text takes at least a byte.
        let mut texts = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            texts.push(self.text()?);
        }
        Ok(texts)
    }

    /// The bytes of the next list of texts, undecoded.
    pub fn skip_texts(&mut self) -> Result<&'b [u8], Error> {
        let before = *self;
        for _ in 0..self.size()? {
            self.bytes()?;
        }
        let length = before.rest.len() - self.rest.len();
        Ok(&before.rest[..length])
    }

    /// The next list of texts, owned.
    pub fn list(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.texts()?.into_iter().map(str::to_string).collect())
    }
}

/// The little-endian number at an offset.
pub fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Error> {
    let end = at.checked_add(4).ok_or(Error::Damaged("an offset"))?;
    let bytes = bytes.get(at..end).ok_or(Error::Damaged("an offset"))?;
    bytes
        .try_into()
        .map(u32::from_le_bytes)
        .map_err(|_| Error::Damaged("an offset"))
}

/// The little-endian number at an offset.
pub fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    let end = at.checked_add(8).ok_or(Error::Damaged("an offset"))?;
    let bytes = bytes.get(at..end).ok_or(Error::Damaged("an offset"))?;
    bytes
        .try_into()
        .map(u64::from_le_bytes)
        .map_err(|_| Error::Damaged("an offset"))
}
