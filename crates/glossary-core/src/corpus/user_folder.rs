//! The user's own folders, where entries are written.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::atomic_file::{self, AtomicFile};
use super::folder::Listing;
use super::layers::{Corpus, Glossary};
use super::source::{Origin, SourceSpec};
use crate::entry::normalize::fold;
use crate::error::{Error, Result};
use crate::readers::is_index;

/// The first folder that entries can be written to. The one in the user's data folder is created if needed.
///
/// # Errors
/// No folder can be written to; the message says what to do.
pub fn writable(sources: &[SourceSpec]) -> Result<PathBuf> {
    let own = sources
        .iter()
        .filter(|source| source.origin != Origin::DataDirs);
    for source in own.clone() {
        if source.origin == Origin::DataHome {
            // If that fails, so does the next step, which explains why.
            let _ = fs::create_dir_all(&source.path);
        }
        if atomic_file::can_create_in(&source.path) {
            return Ok(source.path.clone());
        }
    }
    let tried: Vec<String> = own
        .map(|source| source.path.display().to_string())
        .collect();
    let tried = if tried.is_empty() {
        String::new()
    } else {
        format!(" (tried {})", tried.join(", "))
    };
    Err(Error::Request(format!(
        "no folder of your own can be written to{tried}; name one with `--in DIR` or in GLOSSARY_PATH"
    )))
}

/// Writes a new file into a folder, completely or not at all.
///
/// # Errors
/// The file exists, or cannot be written; then nothing is left behind.
pub fn write_new(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    let cannot_write = |error| Error::File {
        doing: "write",
        path: path.clone(),
        error,
    };
    let write = || {
        let mut file = AtomicFile::new(&path)?;
        file.file().write_all(text.as_bytes())?;
        file.persist_new(&path)
    };
    write().map_err(cannot_write)?;
    Ok(path)
}

/// The nearest file with a slug in the user's folders, whether it can be read as an entry or not.
#[must_use]
pub fn find(corpus: &Corpus, name: &str) -> Option<PathBuf> {
    let key = fold(name);
    let is_wanted = |path: &PathBuf| {
        let stem = path.file_stem().map(OsStr::to_string_lossy);
        let stem = stem.filter(|stem| !is_index(stem));
        let folder = || Some(path.parent()?.file_name()?.to_string_lossy());
        let name = stem.or_else(folder);
        name.is_some_and(|name| fold(&name) == key) && path.is_file()
    };
    corpus
        .glossaries()
        .filter_map(Glossary::folder)
        .find_map(|folder| {
            let listing = Listing::open(folder).ok()?;
            let refused = listing.findings.into_iter().map(|finding| finding.path);
            listing.files.into_iter().chain(refused).find(is_wanted)
        })
}

/// Whether a file can be changed.
#[must_use]
pub fn is_writable(path: &Path) -> bool {
    let opened: io::Result<_> = fs::OpenOptions::new().append(true).open(path);
    opened.is_ok()
}
