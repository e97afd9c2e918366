//! The program's errors and exit codes.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// 0: there is an answer.
    Found,
    /// 1: nothing was found, or a check found errors.
    NotFound,
    /// 2: the usage was wrong, or something could not be read or written.
    Failed,
}

impl Status {
    /// `Found` if there are any results.
    #[must_use]
    pub(crate) fn from_results<T>(results: &[T]) -> Self {
        if results.is_empty() {
            Self::NotFound
        } else {
            Self::Found
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Found => Self::SUCCESS,
            Status::NotFound => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// The reason why a command failed.
#[derive(Debug)]
pub(crate) enum Error {
    /// A glossary could not be read or written.
    Library(glossary_core::error::Error),
    /// Standard input could not be read.
    Input(io::Error),
    /// The answer could not be written.
    Output(io::Error),
    /// The command line is wrong; the text says what to type instead.
    Usage(String),
}

/// A result with the program's error.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl From<glossary_core::error::Error> for Error {
    fn from(error: glossary_core::error::Error) -> Self {
        Self::Library(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library(error) => error.fmt(f),
            Self::Input(error) => write!(f, "cannot read standard input: {error}"),
            Self::Output(error) => write!(f, "cannot write the answer: {error}"),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
