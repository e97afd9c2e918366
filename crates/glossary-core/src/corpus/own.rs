//! One's own layer: where new entries are written.
//!
//! Owns the only writing of entries. It must not know what is written.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder::{self, File};
use super::whole::{self, Draft};
use super::{Corpus, Glossary, Origin, Source};
use crate::entry::key::fold;
use crate::error::{Error, Result};

/// The first of the places that entries can be written to. The one among a user's data is made when it
/// is needed.
///
/// # Errors
/// There is none; the text says what to do.
pub fn folder(sources: &[Source]) -> Result<PathBuf> {
    let own = sources
        .iter()
        .filter(|source| source.origin != Origin::DataDirs);
    for source in own.clone() {
        if source.origin == Origin::DataHome {
            // Where that fails, so will the writing below, and say why.
            let _ = fs::create_dir_all(&source.path);
        }
        if whole::is_possible_in(&source.path) {
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

/// Writes a new file into a folder, whole or not at all.
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
        let mut draft = Draft::of(&path)?;
        draft.file().write_all(text.as_bytes())?;
        draft.keep_new(&path)
    };
    write().map_err(cannot_write)?;
    Ok(path)
}

/// The file with a slug in one's own layers, whether it can be read as an entry or not; the nearest.
#[must_use]
pub fn find(corpus: &Corpus, name: &str) -> Option<PathBuf> {
    let key = fold(name);
    let files = folders(corpus).flat_map(|folder| {
        let listing = folder::list(folder).unwrap_or_default();
        let refused = listing.findings.into_iter().map(|finding| finding.path);
        listing
            .files
            .into_iter()
            .chain(refused.map(File::at))
            .collect::<Vec<_>>()
    });
    files
        .filter(|file| {
            fold(&file.slug) == key && fs::metadata(&file.path).is_ok_and(|m| m.is_file())
        })
        .map(|file| file.path)
        .next()
}

/// The folders among the layers, the nearest first.
pub fn folders(corpus: &Corpus) -> impl Iterator<Item = &Path> {
    corpus.glossaries().filter_map(Glossary::folder)
}

/// Whether a file can be changed.
#[must_use]
pub fn is_writable(path: &Path) -> bool {
    let opened: io::Result<_> = fs::OpenOptions::new().append(true).open(path);
    opened.is_ok()
}
