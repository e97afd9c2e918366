//! Reading an index, wherever its bytes lie.
//!
//! Owns finding the parts. It must not know what is asked of them.

use std::borrow::Cow;

use super::bytes::{u32_at, u64_at};
use super::dictionary::Dictionary;
use super::joined::{Joined, Number, Numbering};
use super::record::{self, Head};
use super::{Error, HEAD, MAGIC, Section, Store, VERSION};
use crate::entry::Entry;

/// Records are read in pieces of this size when only their beginning is wanted.
const PEEK: usize = 1024;

/// An index.
pub struct Index {
    base: Written,
    changes: Option<Changes>,
}

/// What was changed of an index since it was written.
struct Changes {
    written: Written,
    numbering: Numbering,
    /// How many entries there are in the whole.
    count: u32,
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
        Ok(Self {
            base: Written::open(store, texts)?,
            changes: None,
        })
    }

    /// The index with changes to it, by this numbering. They say all that is hidden, in the base too.
    ///
    /// # Errors
    /// The numbering is that of other indexes.
    pub fn with(self, changes: Self, numbering: Numbering) -> Result<Self, Error> {
        let count = numbering.count(self.base.len(), changes.base.len())?;
        Ok(Self {
            base: self.base,
            changes: Some(Changes {
                written: changes.base,
                numbering,
                count,
            }),
        })
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        let changes = self.changes.as_ref();
        changes.map_or_else(|| self.base.len(), |changes| changes.count)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An entry, and the path of its file relative to the layer's folder.
    pub fn entry(&self, number: u32) -> Result<(Entry, String), Error> {
        let (written, number) = self.find(number);
        written.entry(number)
    }

    /// An entry without its text, for its names.
    pub fn names(&self, number: u32) -> Result<Entry, Error> {
        let (written, number) = self.find(number);
        written.names(number)
    }

    /// What a list shows of an entry.
    pub fn head(&self, number: u32) -> Result<Head<'_>, Error> {
        let (written, number) = self.find(number);
        written.head(number)
    }

    /// How many entries come before a slug: they stand in the order of slugs.
    pub fn rank(&self, slug: &str) -> Result<u32, Error> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if *self.head(middle)?.slug < *slug {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// A dictionary of the index.
    pub fn dictionary(&self, section: Section) -> Result<Joined<'_>, Error> {
        let base = || self.base.dictionary(section);
        match &self.changes {
            None => Ok(Joined::whole(base()?)),
            Some(changes) => {
                let new = changes.written.dictionary(section)?;
                match section {
                    Section::Hidden => Ok(Joined::whole(new)),
                    _ => Joined::new(base()?, new, &changes.numbering),
                }
            }
        }
    }

    /// The lengths of the entries, in their order.
    pub fn lengths(&self) -> Result<Cow<'_, [u8]>, Error> {
        let base = self.base.lengths()?;
        let Some(changes) = &self.changes else {
            return Ok(base);
        };
        let joined = changes.numbering.join(&base, &changes.written.lengths()?);
        Ok(Cow::Owned(joined))
    }

    /// Where an entry was written, and its number there.
    fn find(&self, number: u32) -> (&Written, u32) {
        match &self.changes {
            None => (&self.base, number),
            Some(changes) => match changes.numbering.find(number) {
                Number::Base(number) => (&self.base, number),
                Number::Changes(number) => (&changes.written, number),
            },
        }
    }
}

/// An index as it was written.
struct Written {
    store: Box<dyn Store>,
    /// The texts, where they are not in the store.
    texts: Option<&'static [&'static str]>,
    table: [(u64, u64); Section::COUNT],
}

impl Written {
    fn open(store: Box<dyn Store>, texts: Option<&'static [&'static str]>) -> Result<Self, Error> {
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

    fn len(&self) -> u32 {
        let offsets = self.table[Section::Offsets as usize].1 / 8;
        u32::try_from(offsets.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn entry(&self, number: u32) -> Result<(Entry, String), Error> {
        let (start, length) = self.place(number)?;
        let text = match self.texts {
            Some(texts) => Some(*texts.get(number as usize).ok_or(Error::Damaged("a text"))?),
            None => None,
        };
        record::read(&self.store.read(start, length)?, text)
    }

    fn names(&self, number: u32) -> Result<Entry, Error> {
        let (start, length) = self.place(number)?;
        Ok(record::read(&self.store.read(start, length)?, Some(""))?.0)
    }

    fn head(&self, number: u32) -> Result<Head<'_>, Error> {
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

    fn dictionary(&self, section: Section) -> Result<Dictionary<'_>, Error> {
        Dictionary::open(&*self.store, self.table[section as usize].0)
    }

    fn lengths(&self) -> Result<Cow<'_, [u8]>, Error> {
        let (start, length) = self.table[Section::Lengths as usize];
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
