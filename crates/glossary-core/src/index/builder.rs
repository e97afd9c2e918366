//! Writing an index from entries.
//!
//! Owns the order of what is written. It must not know where entries come from; they arrive in the
//! order of their slugs.

use std::io::{self, Write};

use super::card::{Card, Scribe};
use super::dictionary;
use super::runs::Aside;
use super::{HEAD, MAGIC, Section, VERSION, terms};

/// The tag of a name whose key is the canonical form of a spelling and not the spelling itself.
pub const VARIANT: u8 = 0x80;

/// Where the texts of the entries are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// Behind each record.
    Inside,
    /// Elsewhere: the reader of the index brings them.
    Apart,
}

/// An index being written.
pub struct Builder<W: Write> {
    out: Counted<W>,
    texts: Texts,
    offsets: Vec<u64>,
    /// By section; those that are no dictionary of keys stay empty.
    dictionaries: [dictionary::Builder; Section::COUNT],
    terms: terms::Builder,
}

impl<W: Write> Builder<W> {
    /// Begins an index, all of which but the entries is kept in memory until it is finished.
    pub fn new(out: W, texts: Texts) -> io::Result<Self> {
        Self::with_room(out, texts, &Aside::default())
    }

    /// Begins an index; what does not fit into memory is put `aside`.
    pub fn with_room(out: W, texts: Texts, aside: &Aside) -> io::Result<Self> {
        let mut out = Counted { out, written: 0 };
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&[0; 4])?;
        Ok(Self {
            out,
            texts,
            offsets: vec![HEAD as u64],
            dictionaries: std::array::from_fn(|_| dictionary::Builder::new(aside.clone())),
            terms: terms::Builder::new(aside.clone()),
        })
    }

    /// Somebody who writes cards for this index.
    pub fn scribe(&self) -> Scribe {
        Scribe::new(self.texts, self.terms.reader())
    }

    /// Adds an entry by its card, which a scribe of this index wrote.
    pub fn add(&mut self, card: Card) -> io::Result<()> {
        let (record, keys, words) = match card {
            Card::Entry {
                record,
                keys,
                words,
            } => (record, keys, words),
            Card::Hidden(key) => {
                self.dictionaries[Section::Hidden as usize].add(&key, 0, 0);
                return Ok(());
            }
        };
        let number = u32::try_from(self.offsets.len() - 1).map_err(io::Error::other)?;
        self.out.write_all(&record)?;
        self.offsets.push(self.out.written);
        for (section, key, tag) in keys.iter() {
            self.dictionaries[section as usize].add(key, number, tag);
        }
        self.terms.add(words, number);
        for dictionary in &mut self.dictionaries {
            dictionary.make_room()?;
        }
        self.terms.make_room()
    }

    /// Writes what is left and gives the output back.
    pub fn finish(mut self) -> io::Result<W> {
        let mut table = [(0_u64, 0_u64); Section::COUNT];
        let mut lengths = Vec::new();
        table[Section::Entries as usize] = (HEAD as u64, self.out.written - HEAD as u64);
        for section in Section::ALL.into_iter().skip(1) {
            let start = self.out.written;
            match section {
                Section::Entries => {}
                Section::Offsets => {
                    for offset in &self.offsets {
                        self.out.write_all(&offset.to_le_bytes())?;
                    }
                }
                Section::Names
                | Section::NameWords
                | Section::Backlinks
                | Section::Tags
                | Section::Hidden => {
                    std::mem::take(&mut self.dictionaries[section as usize])
                        .finish(&mut self.out)?;
                }
                Section::Terms => {
                    lengths = std::mem::take(&mut self.terms).finish(&mut self.out)?;
                }
                Section::Lengths => self.out.write_all(&lengths)?,
            }
            table[section as usize] = (start, self.out.written - start);
        }
        let tail = self.out.written;
        for (start, length) in table {
            self.out.write_all(&start.to_le_bytes())?;
            self.out.write_all(&length.to_le_bytes())?;
        }
        self.out.write_all(&tail.to_le_bytes())?;
        self.out.flush()?;
        Ok(self.out.out)
    }
}

/// An output, and how many bytes went there.
struct Counted<W> {
    out: W,
    written: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
