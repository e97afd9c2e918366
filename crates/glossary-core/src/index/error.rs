//! Why an index cannot be read.

use std::fmt;
use std::io;

use super::schema::VERSION;

/// Why an index could not be read.
#[derive(Debug)]
pub enum Error {
    /// Reading the bytes failed.
    Io(io::Error),
    /// The bytes break the format in the named part.
    Damaged(&'static str),
    /// There are no bytes.
    Empty,
    /// The bytes do not start like an index.
    Foreign,
    /// The index has another version of the format.
    Version(u32),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Damaged(part) => write!(f, "damaged ({part}); pack it again"),
            Self::Empty => write!(f, "empty, not a packed glossary"),
            Self::Foreign => {
                let forms = "Markdown, YAML, JSON, CSV, TSV";
                write!(
                    f,
                    "not a packed glossary, nor one of the other forms ({forms})"
                )
            }
            Self::Version(version) => {
                write!(
                    f,
                    "packed in format {version}, this program reads format {VERSION}; pack it again"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
