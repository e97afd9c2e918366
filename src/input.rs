//! Texts from files and standard input, in pieces.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The number of bytes to read at once. A piece whose line goes on has at least as many.
const PIECE: usize = 256 * 1024;

/// The name of standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// A text that is being read.
pub(crate) struct Text {
    path: PathBuf,
    source: Box<dyn Read>,
    bytes: Vec<u8>,
    /// The number of bytes in the piece that was given last.
    given: usize,
    is_damaged: bool,
}

impl Text {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path) -> Result<Self> {
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

    /// The next piece, as soon as it is available: whole lines, or a part of a long line, cut between
    /// words if there are any. If the first piece starts like front matter, it has as much of it as there
    /// may be. `None` at the end.
    pub(crate) fn piece(&mut self) -> Result<Option<Cow<'_, str>>> {
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

    /// The number of bytes in the piece that was given last.
    pub(crate) fn given(&self) -> u64 {
        self.given as u64
    }

    /// Whether some bytes were not UTF-8 and had to be replaced.
    pub(crate) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Reads what is available, and gives the number of bytes.
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

/// The end of a piece: after the last line, or else after the last space, or else before the last byte
/// that begins a character.
fn cut(bytes: &[u8]) -> usize {
    let boundary = || bytes.iter().rposition(|&byte| byte & 0xc0 != 0x80);
    after(b'\n', bytes)
        .or_else(|| after(b' ', bytes))
        .or_else(boundary)
        .filter(|&end| end > 0)
        .unwrap_or(bytes.len())
}

/// The position after the last occurrence of a byte.
fn after(wanted: u8, bytes: &[u8]) -> Option<usize> {
    let last = bytes.iter().rposition(|&byte| byte == wanted);
    last.map(|at| at + 1)
}
