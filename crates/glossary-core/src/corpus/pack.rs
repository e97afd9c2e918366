//! Packs: folders of entries as one file that can be used instead of a folder.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic_file::AtomicFile;
use super::fingerprint::hash;
use super::folder::{Finding, Listing, cannot};
use super::indexing::{OnProgress, Sourced, index_entries, read_files};
use super::paged_file::{PageWriter, PagedFile};
use crate::entry::normalize::fold;
use crate::error::{Error, Result};
use crate::index;
use crate::index::segment::Segment;
use crate::index::writer::SegmentWriter;

/// The outcome of packing.
#[derive(Debug)]
pub struct Packed {
    /// How many entries.
    pub entries: usize,
    /// Files that cannot be used and were left out.
    pub findings: Vec<Finding>,
}

/// Opens a pack.
///
/// # Errors
/// The file cannot be read or is not a pack of this format.
pub fn open(path: &Path) -> std::result::Result<Segment, index::Error> {
    Segment::open(Box::new(PagedFile::open(path)?), None)
}

/// Opens a pack whose pages are all intact.
pub(super) fn open_verified(path: &Path) -> std::result::Result<Segment, index::Error> {
    let file = PagedFile::open(path)?;
    file.verify()?;
    Segment::open(Box::new(file), None)
}

/// Packs the entries of folders into a file, which appears only once it is complete. The nearest folder
/// comes first: its entries replace and hide those of the others, as they do in layers.
///
/// # Errors
/// A folder cannot be read, there are no entries, or the file cannot be written or is not a pack.
pub fn pack(folders: &[PathBuf], path: &Path, progress: &mut OnProgress<'_>) -> Result<Packed> {
    let cannot_write = |error| cannot("write", path, error);
    may_be_replaced(path)?;
    let mut findings = Vec::new();
    let entries = entries(folders, &mut findings, progress)?;
    let mut file = AtomicFile::new(path).map_err(cannot_write)?;
    let mut write = || -> io::Result<()> {
        let texts = entries.iter().map(|sourced| &sourced.entry.text);
        let stamp = hash(&texts.collect::<Vec<_>>());
        let mut writer = SegmentWriter::new(PageWriter::new(file.file(), stamp)?)?;
        index_entries(&entries, &mut writer)?;
        writer.finish(&[])?.finish()?;
        Ok(())
    };
    write().map_err(cannot_write)?;
    if entries.is_empty() {
        let names = folders.iter().map(|path| path.display().to_string());
        let names = names.collect::<Vec<_>>().join(", ");
        return Err(Error::Request(match findings.len() {
            0 => format!(
                "no entry in {names} could be packed; `glossary new TERM --in DIR` begins one"
            ),
            1 => format!(
                "no entry in {names} could be packed: one file cannot be used; `glossary check` says why"
            ),
            count => format!(
                "no entry in {names} could be packed: {count} files cannot be used; `glossary check` says why"
            ),
        }));
    }
    file.replace(path).map_err(cannot_write)?;
    Ok(Packed {
        entries: entries
            .iter()
            .filter(|sourced| !sourced.entry.front.hidden)
            .count(),
        findings,
    })
}

/// Refuses to replace anything but a pack.
fn may_be_replaced(path: &Path) -> Result<()> {
    let refuse = |error| Err(cannot("write", path, error));
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => refuse(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) if !metadata.is_file() => refuse(io::Error::other("not a regular file")),
        Ok(_) => match PagedFile::open(path) {
            Err(index::Error::Foreign) => refuse(io::Error::other(
                "it is not a packed glossary; remove it first",
            )),
            _ => Ok(()),
        },
        Err(_) => Ok(()),
    }
}

/// The entries of all folders and files by slug, without those that one of a nearer folder replaces or
/// hides.
fn entries(
    paths: &[PathBuf],
    findings: &mut Vec<Finding>,
    progress: &mut OnProgress<'_>,
) -> Result<Vec<Sourced>> {
    let mut entries: Vec<Sourced> = Vec::new();
    let mut nearer = HashSet::new();
    for path in paths {
        let (found, unusable) = read_files(&Listing::open(path)?, progress);
        findings.extend(unusable);
        let own: Vec<String> = found
            .iter()
            .map(|sourced| fold(&sourced.entry.slug))
            .collect();
        let is_nearest = |sourced: &Sourced| !nearer.contains(&fold(&sourced.entry.slug));
        entries.extend(found.into_iter().filter(is_nearest));
        nearer.extend(own);
    }
    findings.retain(Finding::is_error);
    entries.sort_by(|a, b| a.entry.slug.cmp(&b.entry.slug));
    Ok(entries)
}
