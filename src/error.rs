//! The program's errors and exit codes.

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
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A glossary could not be read or written.
    #[error(transparent)]
    Library(#[from] glossary_core::error::Error),
    #[error("cannot read standard input: {0}")]
    Input(io::Error),
    #[error("cannot write the answer: {0}")]
    Output(io::Error),
    /// The command line is wrong; the text says what to type instead.
    #[error("{0}")]
    Usage(String),
}

/// A result with the program's error.
pub(crate) type Result<T> = std::result::Result<T, Error>;
