//! Texts from files and standard input, in pieces.
//!
//! Owns where a text is cut, and what becomes of bytes that are no text. It must not know what the
//! text is read for.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// How many bytes are read at once, and of how many a piece is at least when its line goes on.
const PIECE: usize = 256 * 1024;

/// The name that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// A text that is being read.
pub struct Text {
    path: PathBuf,
    source: Box<dyn Read>,
    bytes: Vec<u8>,
    /// How many of the bytes are of the piece that was given last.
    given: usize,
    is_damaged: bool,
}

impl Text {
    /// At the beginning of a file, or of standard input for `-`.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let source: Box<dyn Read> = if path.as_os_str() == STANDARD_INPUT {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| failure(path, error))?)
        };
        Ok(Self {
            path: path.to_path_buf(),
            source,
            bytes: Vec::new(),
            given: 0,
            is_damaged: false,
        })
    }

    /// The next piece, as soon as it is there: whole lines, or a part of a long one, cut between words
    /// where it has any. A first piece that begins like front matter holds as much of it as there may
    /// be. None at the end.
    ///
    /// # Errors
    /// The text cannot be read.
    pub fn piece(&mut self) -> Result<Option<Cow<'_, str>>> {
        let may_be_front_matter = self.given == 0;
        self.bytes.drain(..self.given);
        self.given = loop {
            let count = self.fill()?;
            if count == 0 {
                break self.bytes.len();
            }
            if self.bytes.len() >= PIECE {
                break cut(&self.bytes);
            }
            let waits = may_be_front_matter && self.bytes.starts_with(b"-");
            if let Some(end) = after(b'\n', &self.bytes).filter(|_| !waits) {
                break end;
            }
        };
        let piece = String::from_utf8_lossy(&self.bytes[..self.given]);
        self.is_damaged |= matches!(piece, Cow::Owned(_));
        Ok((self.given > 0).then_some(piece))
    }

    /// How many bytes the piece has that was given last.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.given as u64
    }

    /// Whether bytes had to be replaced that are not UTF-8.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Takes in what there is to be read; how many bytes that was.
    fn fill(&mut self) -> Result<usize> {
        let old = self.bytes.len();
        self.bytes.resize(old + PIECE, 0);
        let read = loop {
            match self.source.read(&mut self.bytes[old..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.bytes.truncate(old + *read.as_ref().unwrap_or(&0));
        read.map_err(|error| failure(&self.path, error))
    }
}

fn failure(path: &Path, error: io::Error) -> Error {
    if path.as_os_str() == STANDARD_INPUT {
        return Error::Input(error);
    }
    Error::Library(glossary_core::error::Error::File {
        doing: "read",
        path: path.to_path_buf(),
        error,
    })
}

/// Where a piece ends: behind the last line, else behind the last space, else at the last byte that
/// surely begins a character.
fn cut(bytes: &[u8]) -> usize {
    let boundary = || bytes.iter().rposition(|&byte| byte & 0xc0 != 0x80);
    after(b'\n', bytes)
        .or_else(|| after(b' ', bytes))
        .or_else(boundary)
        .filter(|&end| end > 0)
        .unwrap_or(bytes.len())
}

/// The place behind the last of a byte.
fn after(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes
        .iter()
        .rposition(|&byte| byte == wanted)
        .map(|at| at + 1)
}
