//! Where glossaries come from.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::error::Error;

/// A place where a glossary may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSpec {
    /// The path of a folder or a pack.
    pub path: PathBuf,
    /// Why it is consulted.
    pub origin: Origin,
}

/// Why a glossary is consulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A flag names it.
    Flag,
    /// The environment names it.
    Environment,
    /// It is in the user's data folder.
    DataHome,
    /// It is in a data folder for all users.
    DataDirs,
    /// It is in the binary.
    BuiltIn,
}

/// Where a glossary is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the files of a folder.
    Folder(PathBuf),
    /// A file that is read as it is.
    File(PathBuf),
    /// In a pack.
    Pack(PathBuf),
    /// In the binary.
    Binary,
}

/// A place where no glossary could be read.
#[derive(Debug)]
pub struct UnavailableSource {
    /// The place.
    pub source: SourceSpec,
    /// Why not.
    pub error: Error,
}

impl UnavailableSource {
    /// Whether there is nothing at the place, as far as the user can see: the data folder of a user without a
    /// home may be in a folder of another user.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
        let is_data = matches!(self.source.origin, Origin::DataHome | Origin::DataDirs);
        match fs::metadata(&self.source.path).map_err(|error| error.kind()) {
            Err(NotFound | NotADirectory) => true,
            Err(PermissionDenied) => is_data,
            _ => false,
        }
    }
}
