//! Writing an index from entries.
//!
//! Owns the order of what is written. It must not know where entries come from; they arrive in the
//! order of their slugs.

use std::io::{self, Write};

use super::bytes::put_text;
use super::card::{Card, Scribe};
use super::dictionary;
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
    out: W,
    texts: Texts,
    written: u64,
    offsets: Vec<u64>,
    /// By section; those that are no dictionary of keys stay empty.
    dictionaries: [dictionary::Builder; Section::COUNT],
    terms: terms::Builder,
    problems: Vec<u8>,
}

impl<W: Write> Builder<W> {
    /// Begins an index.
    pub fn new(mut out: W, texts: Texts) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&[0; 4])?;
        Ok(Self {
            out,
            texts,
            written: HEAD as u64,
            offsets: vec![HEAD as u64],
            dictionaries: Default::default(),
            terms: terms::Builder::default(),
            problems: Vec::new(),
        })
    }

    /// Somebody who writes cards for this index.
    pub fn scribe(&self) -> Scribe {
        Scribe::new(self.texts, self.terms.reader())
    }

    /// Adds an entry by its card, which a scribe of this index wrote.
    pub fn add(&mut self, card: &Card) -> io::Result<()> {
        let (record, keys, words) = match card {
            Card::Entry {
                record,
                keys,
                words,
            } => (record, keys, words),
            Card::Hidden(key) => {
                self.dictionaries[Section::Hidden as usize].add(key, 0, 0);
                return Ok(());
            }
        };
        let number = u32::try_from(self.offsets.len() - 1).map_err(io::Error::other)?;
        self.out.write_all(record)?;
        self.written += record.len() as u64;
        self.offsets.push(self.written);
        for (section, key, tag) in keys.iter() {
            self.dictionaries[section as usize].add(key, number, tag);
        }
        self.terms.add(words, number);
        Ok(())
    }

    /// Notes what could not be read, for those who read the index.
    pub fn problem(&mut self, message: &str) {
        put_text(&mut self.problems, message);
    }

    /// Writes what is left and gives the output back.
    pub fn finish(mut self) -> io::Result<W> {
        let mut offsets = Vec::new();
        for offset in &self.offsets {
            offsets.extend_from_slice(&offset.to_le_bytes());
        }
        let mut table = [(0_u64, 0_u64); Section::COUNT];
        table[Section::Entries as usize] = (HEAD as u64, self.written - HEAD as u64);
        let (terms, lengths) = self.terms.finish();
        let mut dictionary =
            |section| std::mem::take(&mut self.dictionaries[section as usize]).finish();
        let parts = [
            (Section::Offsets, offsets),
            (Section::Names, dictionary(Section::Names)),
            (Section::NameWords, dictionary(Section::NameWords)),
            (Section::Backlinks, dictionary(Section::Backlinks)),
            (Section::Tags, dictionary(Section::Tags)),
            (Section::Terms, terms),
            (Section::Lengths, lengths),
            (Section::Hidden, dictionary(Section::Hidden)),
            (Section::Problems, self.problems),
        ];
        for (section, bytes) in parts {
            table[section as usize] = (self.written, bytes.len() as u64);
            self.out.write_all(&bytes)?;
            self.written += bytes.len() as u64;
        }
        for (start, length) in table {
            self.out.write_all(&start.to_le_bytes())?;
            self.out.write_all(&length.to_le_bytes())?;
        }
        self.out.write_all(&self.written.to_le_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
