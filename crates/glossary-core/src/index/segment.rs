//! Reading an index.

use std::borrow::Cow;

use super::Error;
use super::bytes::{u32_at, u64_at};
use super::dictionary::Dictionary;
use super::record::{self, EntryLocation, Head};
use super::schema::{Field, HEADER_LEN, MAGIC, Payload, Section, VERSION};
use super::store::Store;
use crate::entry::Entry;

/// Bytes of a record that are read when only its start is wanted.
const PEEK: usize = 1024;

/// The index of one glossary.
pub struct Segment {
    store: Box<dyn Store>,
    /// The texts, if they are not in the store.
    texts: Option<&'static [&'static str]>,
    /// Where each section starts, and its length.
    table: [(u64, u64); Section::COUNT],
}

impl Segment {
    /// Opens an index. `texts` are the texts of its entries if they are stored elsewhere.
    ///
    /// # Errors
    /// The bytes are not an index of this version.
    pub fn open(
        store: Box<dyn Store>,
        texts: Option<&'static [&'static str]>,
    ) -> Result<Self, Error> {
        const END: Error = Error::Damaged("its end");
        if store.byte_count() < HEADER_LEN as u64 {
            return Err(Error::Foreign);
        }
        let header = store.read(0, HEADER_LEN)?;
        if !header.starts_with(MAGIC) {
            return Err(Error::Foreign);
        }
        let version = u32_at(&header, MAGIC.len())?;
        if version != VERSION {
            return Err(Error::Version(version));
        }
        let table_len = Section::COUNT * 16;
        let table_end = store.byte_count().checked_sub(8).ok_or(END)?;
        let table_start = u64_at(&store.read(table_end, 8)?, 0)?;
        if table_start.checked_add(table_len as u64) != Some(table_end) {
            return Err(END);
        }
        let bytes = store.read(table_start, table_len)?;
        let mut table = [(0, 0); Section::COUNT];
        for (number, (start, length)) in table.iter_mut().enumerate() {
            *start = u64_at(&bytes, number * 16)?;
            *length = u64_at(&bytes, number * 16 + 8)?;
            let end = start.checked_add(*length);
            if end.is_none_or(|end| end > table_start) {
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
    pub fn entry_count(&self) -> u32 {
        let offsets = self.table[Section::Offsets as usize].1 / 8;
        u32::try_from(offsets.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// An entry, and where it is in the glossary's folder.
    pub fn entry(&self, number: u32) -> Result<(Entry, EntryLocation), Error> {
        let (start, length) = self.record(number)?;
        let text = match self.texts {
            Some(texts) => Some(*texts.get(number as usize).ok_or(Error::Damaged("a text"))?),
            None => None,
        };
        record::read(&self.store.read(start, length)?, text)
    }

    /// An entry with an empty text.
    pub fn entry_without_text(&self, number: u32) -> Result<Entry, Error> {
        let (start, length) = self.record(number)?;
        Ok(record::read(&self.store.read(start, length)?, Some(""))?.0)
    }

    /// The part of an entry that lists show.
    pub fn head(&self, number: u32) -> Result<Head<'_>, Error> {
        let (start, length) = self.record(number)?;
        let read = |length| match self.store.read(start, length)? {
            Cow::Borrowed(bytes) => record::head(bytes),
            Cow::Owned(bytes) => record::head(&bytes).map(Head::into_owned),
        };
        match read(length.min(PEEK)) {
            Err(Error::Damaged(_)) if length > PEEK => read(length),
            head => head,
        }
    }

    /// The dictionary of a field.
    pub fn dictionary<P: Payload>(&self, field: Field<P>) -> Result<Dictionary<'_, P>, Error> {
        Dictionary::open(&*self.store, self.table[field.section as usize].0)
    }

    /// The lengths of the entries, in their order.
    pub fn norms(&self) -> Result<Cow<'_, [u8]>, Error> {
        self.section(Section::Norms)
    }

    /// The section for the cache of a folder.
    pub fn cache(&self) -> Result<Cow<'_, [u8]>, Error> {
        self.section(Section::Cache)
    }

    fn section(&self, section: Section) -> Result<Cow<'_, [u8]>, Error> {
        let (start, length) = self.table[section as usize];
        let length = usize::try_from(length).map_err(|_| Error::Damaged("its table"))?;
        self.store.read(start, length)
    }

    /// Where a record starts, and its length.
    fn record(&self, number: u32) -> Result<(u64, usize), Error> {
        if number >= self.entry_count() {
            return Err(Error::Damaged("the number of an entry"));
        }
        let at = self.table[Section::Offsets as usize].0 + 8 * u64::from(number);
        let bytes = self.store.read(at, 16)?;
        let (start, end) = (u64_at(&bytes, 0)?, u64_at(&bytes, 8)?);
        let length = end.checked_sub(start);
        let length = length.ok_or(Error::Damaged("the order of the entries"))?;
        let length = usize::try_from(length).map_err(|_| Error::Damaged("a length"))?;
        Ok((start, length))
    }
}
