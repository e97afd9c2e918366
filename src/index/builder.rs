//! Writing an index from entries.
//!
//! Owns what is indexed under which key. It must not know where entries come from; they arrive in
//! the order of their slugs.

use std::io::{self, Write};

use super::bytes::put_text;
use super::dictionary;
use super::{HEAD, MAGIC, Section, VERSION, record, terms};
use crate::entry::Entry;
use crate::entry::key::{canonical, canonical_word, fold, words};
use crate::entry::names::Kind;

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
    names: dictionary::Builder,
    name_words: dictionary::Builder,
    backlinks: dictionary::Builder,
    tags: dictionary::Builder,
    terms: terms::Builder,
    hidden: dictionary::Builder,
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
            names: dictionary::Builder::default(),
            name_words: dictionary::Builder::default(),
            backlinks: dictionary::Builder::default(),
            tags: dictionary::Builder::default(),
            terms: terms::Builder::default(),
            hidden: dictionary::Builder::default(),
            problems: Vec::new(),
        })
    }

    /// Adds an entry, whose file lies at `path`.
    pub fn add(&mut self, entry: &Entry, path: &str) -> io::Result<()> {
        if entry.front.hidden {
            self.hidden.add(&fold(&entry.slug), 0, 0);
            return Ok(());
        }
        let number = u32::try_from(self.offsets.len() - 1).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        record::put(&mut bytes, entry, path);
        if self.texts == Texts::Inside {
            put_text(&mut bytes, &entry.text);
        }
        self.out.write_all(&bytes)?;
        self.written += bytes.len() as u64;
        self.offsets.push(self.written);

        for name in entry.names() {
            let key = fold(&name.text);
            let variant = canonical(&name.text);
            self.names.add(&key, number, name.kind as u8);
            if variant != key {
                self.names.add(&variant, number, name.kind as u8 | VARIANT);
            }
            if name.kind != Kind::Slug {
                for word in words(&name.text) {
                    self.name_words
                        .add(&canonical_word(word), number, name.kind as u8);
                }
            }
        }
        for title in &entry.related {
            self.backlinks.add(&canonical(title), number, 0);
        }
        for tag in &entry.front.tags {
            self.tags.add(tag, number, 0);
        }
        self.terms.add(entry, number);
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
        let parts = [
            (Section::Offsets, offsets),
            (Section::Names, self.names.finish()),
            (Section::NameWords, self.name_words.finish()),
            (Section::Backlinks, self.backlinks.finish()),
            (Section::Tags, self.tags.finish()),
            (Section::Terms, terms),
            (Section::Lengths, lengths),
            (Section::Hidden, self.hidden.finish()),
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
