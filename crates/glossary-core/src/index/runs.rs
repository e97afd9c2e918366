//! Keys with their postings, sorted in files while they are too many for memory.
//!
//! Owns the files of sorted runs and how these become one order again: an external merge sort (Knuth,
//! The Art of Computer Programming, volume 3, section 5.4). It must not know what keys stand for, nor
//! where files lie.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::sync::Arc;

use super::bytes::put_varint;
use super::dictionary::{Postings, rank};

/// Bytes of a file that are read or written at once.
const AT_ONCE: usize = 256 * 1024;

/// Makes a file for what does not fit into memory; nobody else sees it, and it is gone with the
/// program.
pub type NewFile = Arc<dyn Fn() -> io::Result<File>>;

/// Where what does not fit into memory is put aside; nowhere when there are no files.
#[derive(Clone, Default)]
pub struct Aside {
    new_file: Option<NewFile>,
    /// Bytes that each dictionary may keep in memory.
    most: usize,
}

impl Aside {
    /// Into such files, so that no dictionary keeps more than about `most` bytes in memory.
    #[must_use]
    pub fn into_files(new_file: NewFile, most: usize) -> Self {
        Self {
            new_file: Some(new_file),
            most,
        }
    }

    /// A file, for those who keep more bytes in memory than they may.
    fn file_for(&self, bytes: usize) -> io::Result<Option<File>> {
        match &self.new_file {
            Some(new_file) if bytes > self.most => new_file().map(Some),
            _ => Ok(None),
        }
    }
}

/// Runs of keys with their postings: each in the order of keys, and the entries of each after those
/// of the runs before it.
#[derive(Default)]
pub struct Runs {
    aside: Aside,
    files: Vec<File>,
}

impl Runs {
    /// No runs yet; they will be put there.
    #[must_use]
    pub fn new(aside: Aside) -> Self {
        Self {
            aside,
            files: Vec::new(),
        }
    }

    /// Where they are put.
    #[must_use]
    pub fn aside(&self) -> Aside {
        self.aside.clone()
    }

    /// A run to be written, when more than so many bytes may not stay in memory.
    pub fn begin(&self, bytes: usize) -> io::Result<Option<Run>> {
        Ok(self.aside.file_for(bytes)?.map(|file| Run {
            file: BufWriter::with_capacity(AT_ONCE, file),
            head: Vec::new(),
        }))
    }

    /// The run to be written of what is left, when there are others; else all is in memory.
    pub fn begin_last(&self) -> io::Result<Option<Run>> {
        if self.files.is_empty() {
            return Ok(None);
        }
        self.begin(usize::MAX)
    }

    /// Takes in a run that is written.
    pub fn end(&mut self, run: Run) -> io::Result<()> {
        let mut file = run.file.into_inner()?;
        file.rewind()?;
        self.files.push(file);
        Ok(())
    }

    /// Calls `visit` with each key, in their order, and all its postings.
    pub fn merge(self, visit: &mut dyn FnMut(&str, &Postings) -> io::Result<()>) -> io::Result<()> {
        let mut sources: Vec<_> = self
            .files
            .into_iter()
            .map(|file| BufReader::with_capacity(AT_ONCE, file))
            .collect();
        let mut heads = BinaryHeap::new();
        for (run, source) in sources.iter_mut().enumerate() {
            heads.extend(Head::read(source, run)?.map(Reverse));
        }
        while let Some(Reverse(Head {
            key,
            run,
            mut postings,
        })) = heads.pop()
        {
            heads.extend(Head::read(&mut sources[run], run)?.map(Reverse));
            while heads.peek().is_some_and(|Reverse(next)| next.key == key) {
                let Some(Reverse(next)) = heads.pop() else {
                    break;
                };
                postings.append(&next.postings).map_err(io::Error::other)?;
                heads.extend(Head::read(&mut sources[next.run], next.run)?.map(Reverse));
            }
            visit(&key, &postings)?;
        }
        Ok(())
    }
}

/// A run that is being written.
pub struct Run {
    file: BufWriter<File>,
    head: Vec<u8>,
}

impl Run {
    /// Appends a key with its postings; keys come in their order.
    pub fn push(&mut self, key: &str, postings: &Postings) -> io::Result<()> {
        self.head.clear();
        put_varint(&mut self.head, key.len() as u64);
        self.head.extend_from_slice(key.as_bytes());
        put_varint(&mut self.head, u64::from(postings.last()));
        put_varint(&mut self.head, postings.bytes().len() as u64);
        self.file.write_all(&self.head)?;
        self.file.write_all(postings.bytes())
    }
}

/// The first key of a run that was not taken yet.
#[derive(PartialEq, Eq)]
struct Head {
    key: String,
    run: usize,
    postings: Postings,
}

impl Head {
    /// The next of a run; none at its end.
    fn read(source: &mut BufReader<File>, run: usize) -> io::Result<Option<Self>> {
        let Some(length) = read_varint(source)? else {
            return Ok(None);
        };
        let key = String::from_utf8(read_bytes(source, Some(length))?).map_err(io::Error::other)?;
        let last = read_varint(source)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let length = read_varint(source)?;
        Ok(Some(Self {
            key,
            run,
            postings: Postings::from_parts(
                read_bytes(source, length)?,
                u32::try_from(last).map_err(io::Error::other)?,
            ),
        }))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let order = |head: &Self| (rank(&head.key).0, head.run);
        let ((length, run), (other_length, other_run)) = (order(self), order(other));
        length
            .cmp(&other_length)
            .then_with(|| self.key.cmp(&other.key))
            .then(run.cmp(&other_run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn read_bytes(source: &mut impl Read, length: Option<u64>) -> io::Result<Vec<u8>> {
    let length = length.ok_or(io::ErrorKind::UnexpectedEof)?;
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The next number; none at the end.
fn read_varint(source: &mut impl Read) -> io::Result<Option<u64>> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let mut byte = [0];
        if source.read(&mut byte)? == 0 {
            return if shift == 0 {
                Ok(None)
            } else {
                Err(io::ErrorKind::UnexpectedEof.into())
            };
        }
        number |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] & 0x80 == 0 {
            return Ok(Some(number));
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

/// Bytes that are written now and wanted later, in memory or put aside.
#[derive(Default)]
pub struct Spool {
    aside: Aside,
    memory: Vec<u8>,
    file: Option<File>,
    length: u64,
}

impl Spool {
    /// Nothing yet.
    #[must_use]
    pub fn new(aside: Aside) -> Self {
        Self {
            aside,
            ..Self::default()
        }
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Appends bytes.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.memory.extend_from_slice(bytes);
        if self.memory.len() > self.aside.most {
            if self.file.is_none() {
                self.file = self.aside.file_for(self.memory.len())?;
            }
            if let Some(file) = &mut self.file {
                file.write_all(&self.memory)?;
                self.memory.clear();
            }
        }
        Ok(())
    }

    /// Writes all of them.
    pub fn copy_to(self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(mut file) = self.file {
            file.rewind()?;
            let mut buffer = vec![0; AT_ONCE];
            loop {
                match file.read(&mut buffer)? {
                    0 => break,
                    count => out.write_all(&buffer[..count])?,
                }
            }
        }
        out.write_all(&self.memory)
    }
}
