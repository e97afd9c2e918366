//! Texts from files and standard input, in pieces.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The most bytes to read at once. A piece is about twice as long at most, whatever a text looks like.
const PIECE: usize = 256 * 1024;

/// The name of standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// A text that is being read.
pub(crate) struct Text {
    path: PathBuf,
    source: BufReader<Box<dyn Read>>,
    /// The piece that was given last.
    piece: Vec<u8>,
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
            source: BufReader::with_capacity(PIECE, source),
            piece: Vec::new(),
            is_damaged: false,
        })
    }

    /// The next piece, as soon as it is available: whole lines, or a part of a long line, cut between
    /// words if there are any. If the first piece starts like front matter, it has as much of it as there
    /// may be. `None` at the end.
    pub(crate) fn piece(&mut self) -> Result<Option<Cow<'_, str>>> {
        self.read().map_err(|error| failure(&self.path, error))?;
        let piece = String::from_utf8_lossy(&self.piece);
        self.is_damaged |= matches!(piece, Cow::Owned(_));
        Ok((!piece.is_empty()).then_some(piece))
    }

    fn read(&mut self) -> io::Result<()> {
        let (source, piece) = (&mut self.source, &mut self.piece);
        let is_first = piece.is_empty();
        piece.clear();
        let available = source.fill_buf()?;
        if is_first && available.starts_with(b"-") {
            source.by_ref().take(PIECE as u64).read_to_end(piece)?;
        } else {
            piece.extend(available);
            let count = piece.len();
            source.consume(count);
        }
        let is_long = |piece: &[u8]| piece.len() >= PIECE && !piece.ends_with(b"\n");
        if !piece.is_empty() && !piece.ends_with(b"\n") {
            source
                .by_ref()
                .take(PIECE as u64)
                .read_until(b'\n', piece)?;
        }
        if is_long(piece) {
            source.by_ref().take(PIECE as u64).read_until(b' ', piece)?;
        }
        let is_in_character = |byte: &u8| byte & 0xc0 == 0x80;
        while is_long(piece)
            && let Some(byte) = source.fill_buf()?.first().copied().filter(is_in_character)
        {
            piece.push(byte);
            source.consume(1);
        }
        Ok(())
    }

    /// Whether some bytes were not UTF-8 and had to be replaced.
    pub(crate) fn is_damaged(&self) -> bool {
        self.is_damaged
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
