//! The library's errors.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::index;

/// Why a glossary could not be read or written.
#[derive(Debug)]
pub enum Error {
    /// A glossary could not be read.
    Glossary {
        /// Its name.
        name: String,
        /// The reason.
        error: index::Error,
    },
    /// A file could not be read or written.
    File {
        /// The attempted action: "read", "write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// The request cannot be carried out; the text says what to do instead.
    Request(String),
}

/// A result with the library's error.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glossary { name, error } => write!(f, "{name}: {error}"),
            Self::File { doing, path, error } => {
                write!(f, "cannot {doing} {}: {error}", path.display())
            }
            Self::Request(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
