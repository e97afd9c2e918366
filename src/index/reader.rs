//! Reading an index, wherever its bytes lie.
//!
//! Owns finding the parts. It must not know what is asked of them.

use std::borrow::Cow;

use super::bytes::{u32_at, u64_at};
use super::dictionary::Dictionary;
use super::record::{self, Head};
use super::{Error, HEAD, MAGIC, Section, Store, VERSION};
use crate::entry::Entry;

/// Records are read in pieces of this size when only their beginning is wanted.
const PEEK: usize = 1024;

/// An index.
pub struct Index {
    store: Box<dyn Store>,
    /// The texts, where they are not in the store.
    texts: Option<&'static [&'static str]>,
    table: [(u64, u64); Section::COUNT],
}

impl Index {
    /// Opens an index; `texts` are those of its entries, when they are kept apart.
    ///
    /// # Errors
    /// The bytes are not an index of this version.
    pub fn open(
        store: Box<dyn Store>,
        texts: Option<&'static [&'static str]>,
    ) -> Result<Self, Error> {
        if store.len() < HEAD as u64 {
            return Err(Error::Foreign);
        }
        let head = store.read(0, HEAD)?;
        if !head.starts_with(MAGIC) {
            return Err(Error::Foreign);
        }
        let version = u32_at(&head, MAGIC.len())?;
        if version != VERSION {
            return Err(Error::Version(version));
        }
        let table_length = Section::COUNT * 16;
        let tail = store
            .len()
            .checked_sub(8)
            .ok_or(Error::Damaged("its end"))?;
        let table_start = u64_at(&store.read(tail, 8)?, 0)?;
        if table_start.checked_add(table_length as u64) != Some(tail) {
            return Err(Error::Damaged("its end"));
        }
        let bytes = store.read(table_start, table_length)?;
        let mut table = [(0, 0); Section::COUNT];
        for (number, part) in table.iter_mut().enumerate() {
            *part = (
                u64_at(&bytes, number * 16)?,
                u64_at(&bytes, number * 16 + 8)?,
            );
            if part
                .0
                .checked_add(part.1)
                .is_none_or(|end| end > table_start)
            {
                return Err(Error::Damaged("its table"));
            }
        }
        drop(bytes);
        Ok(Self {
            store,
            texts,
            table,
        })
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        let offsets = self.table[Section::Offsets as usize].1 / 8;
        u32::try_from(offsets.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An entry, and the path of its file relative to the layer's folder.
    pub fn entry(&self, number: u32) -> Result<(Entry, String), Error> {
        let (start, length) = self.place(number)?;
        let text = match self.texts {
            Some(texts) => Some(*texts.get(number as usize).ok_or(Error::Damaged("a text"))?),
            None => None,
        };
        record::read(&self.store.read(start, length)?, text)
    }

    /// An entry without its text, for its names.
    pub fn names(&self, number: u32) -> Result<Entry, Error> {
        let (start, length) = self.place(number)?;
        Ok(record::read(&self.store.read(start, length)?, Some(""))?.0)
    }

    /// What a list shows of an entry.
    pub fn head(&self, number: u32) -> Result<Head<'_>, Error> {
        let (start, length) = self.place(number)?;
        let read = |length| match self.store.read(start, length)? {
            Cow::Borrowed(bytes) => record::head(bytes),
            Cow::Owned(bytes) => record::head(&bytes).map(Head::into_owned),
        };
        match read(length.min(PEEK)) {
            Err(Error::Damaged(_)) if length > PEEK => read(length),
            head => head,
        }
    }

    /// A dictionary of the index.
    pub fn dictionary(&self, section: Section) -> Result<Dictionary<'_>, Error> {
        Dictionary::open(&*self.store, self.table[section as usize].0)
    }

    /// The bytes of a part.
    pub fn bytes(&self, section: Section) -> Result<Cow<'_, [u8]>, Error> {
        let (start, length) = self.table[section as usize];
        self.store.read(
            start,
            usize::try_from(length).map_err(|_| Error::Damaged("its table"))?,
        )
    }

    fn place(&self, number: u32) -> Result<(u64, usize), Error> {
        if number >= self.len() {
            return Err(Error::Damaged("the number of an entry"));
        }
        let at = self.table[Section::Offsets as usize].0 + 8 * u64::from(number);
        let bytes = self.store.read(at, 16)?;
        let (start, end) = (u64_at(&bytes, 0)?, u64_at(&bytes, 8)?);
        let length = end
            .checked_sub(start)
            .ok_or(Error::Damaged("the order of the entries"))?;
        Ok((
            start,
            usize::try_from(length).map_err(|_| Error::Damaged("a length"))?,
        ))
    }
}
