//! What can go wrong, and what a script is told of how it went.
//!
//! Owns the errors, their texts and the exit codes. It must not know who prints them.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::index;

/// How a command went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 0: there is an answer.
    Found,
    /// 1: nothing was found, or a check found errors.
    NotFound,
    /// 2: wrong usage, or something could not be read or written.
    Failed,
}

impl Status {
    /// Found when there is anything among what was looked for.
    #[must_use]
    pub fn of<T>(found: &[T]) -> Self {
        if found.is_empty() {
            Self::NotFound
        } else {
            Self::Found
        }
    }
}

/// The exit codes, as the help and the manual tell them.
pub const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "found"),
    ("1", "nothing found, or a check found errors"),
    (
        "2",
        "wrong usage, or something could not be read or written",
    ),
];

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Found => Self::SUCCESS,
            Status::NotFound => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Error {
    /// A glossary could not be read.
    Glossary {
        /// Which one.
        name: String,
        /// Why.
        error: index::Error,
    },
    /// A file could not be read or written.
    File {
        /// What was being done: "read", "write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// Standard input could not be read.
    Input(io::Error),
    /// The answer could not be written.
    Output(io::Error),
    /// The command line asks for what cannot be; the text says what to type instead.
    Usage(String),
}

/// A result with the crate's error.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glossary { name, error } => write!(f, "{name}: {error}"),
            Self::File { doing, path, error } => {
                write!(f, "cannot {doing} {}: {error}", path.display())
            }
            Self::Input(error) => write!(f, "cannot read standard input: {error}"),
            Self::Output(error) => write!(f, "cannot write the answer: {error}"),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
