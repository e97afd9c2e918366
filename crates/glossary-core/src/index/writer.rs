//! Writing an index.

use std::io::{self, Write};

use super::analyzer::IndexedDocument;
use super::inverted_lists::InvertedLists;
use super::schema::{HEADER_LEN, MAGIC, Section, VERSION};

/// An index being written. Everything but the records is kept in memory until the index is finished.
pub struct SegmentWriter<W: Write> {
    out: CountingWriter<W>,
    offsets: Vec<u64>,
    norms: Vec<u8>,
    /// By section. Those of sections without a dictionary stay empty.
    dictionaries: [InvertedLists; Section::COUNT],
}

impl<W: Write> SegmentWriter<W> {
    /// Starts an index.
    pub fn new(out: W) -> io::Result<Self> {
        let mut out = CountingWriter { out, written: 0 };
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&[0; 4])?;
        Ok(Self {
            out,
            offsets: vec![HEADER_LEN as u64],
            norms: Vec::new(),
            dictionaries: Default::default(),
        })
    }

    /// Adds an entry. Entries come in the order of their slugs.
    pub fn add(&mut self, document: &IndexedDocument) -> io::Result<()> {
        let number = u32::try_from(self.norms.len()).map_err(io::Error::other)?;
        // A file that only hides a slug has no number.
        let number = if let Some(record) = &document.record {
            self.out.write_all(record)?;
            self.offsets.push(self.out.written);
            self.norms.push(document.norm);
            number
        } else {
            0
        };
        for (section, key, payload) in document.keys.iter() {
            self.dictionaries[section as usize].add(key, number, payload);
        }
        Ok(())
    }

    /// Writes the rest, with `cache` as the section for the cache, and returns the output.
    pub fn finish(mut self, cache: &[u8]) -> io::Result<W> {
        let mut table = vec![(HEADER_LEN as u64, self.out.written - HEADER_LEN as u64)];
        for section in Section::ALL.into_iter().skip(1) {
            let start = self.out.written;
            match section {
                Section::Offsets => {
                    for offset in &self.offsets {
                        self.out.write_all(&offset.to_le_bytes())?;
                    }
                }
                Section::Norms => self.out.write_all(&self.norms)?,
                Section::Cache => self.out.write_all(cache)?,
                _ => {
                    std::mem::take(&mut self.dictionaries[section as usize])
                        .write(&mut self.out)?;
                }
            }
            table.push((start, self.out.written - start));
        }
        let table_start = self.out.written;
        for (start, length) in table {
            self.out.write_all(&start.to_le_bytes())?;
            self.out.write_all(&length.to_le_bytes())?;
        }
        self.out.write_all(&table_start.to_le_bytes())?;
        self.out.flush()?;
        Ok(self.out.out)
    }
}

/// An output that counts its bytes.
struct CountingWriter<W> {
    out: W,
    written: u64,
}

impl<W: Write> Write for CountingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
