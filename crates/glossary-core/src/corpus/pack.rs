//! Packs: folders of entries as one file that can be used instead of a folder.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic_file::AtomicFile;
use super::folder::{self, File, Finding};
use super::indexing::{Indexed, OnProgress, index_files};
use super::paged_file::{PageWriter, PagedFile};
use crate::entry::key::fold;
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
    let cannot_write = |error| Error::File {
        doing: "write",
        path: path.to_path_buf(),
        error,
    };
    may_be_replaced(path)?;
    let mut findings = Vec::new();
    let files = files(folders, &mut findings)?;
    let files: Vec<_> = files
        .iter()
        .map(|numbered| (&numbered.file, folders[numbered.folder].as_path()))
        .collect();
    let mut file = AtomicFile::new(path).map_err(cannot_write)?;
    let mut write = || -> io::Result<Indexed> {
        let mut writer = SegmentWriter::new(PageWriter::new(file.file())?)?;
        let indexed = index_files(&files, &mut writer, progress)?;
        writer.finish(&[])?.finish()?;
        Ok(indexed)
    };
    let indexed = write().map_err(cannot_write)?;
    let unusable = indexed.unusable.into_iter();
    findings.extend(unusable.map(|(_, finding)| finding));
    if indexed.entries + indexed.hidden == 0 {
        let folders: Vec<_> = folders
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        return Err(Error::Request(format!(
            "no entry in {} could be packed; `glossary new TERM --in DIR` begins one",
            folders.join(", ")
        )));
    }
    file.replace(path).map_err(cannot_write)?;
    Ok(Packed {
        entries: indexed.entries,
        findings,
    })
}

/// Refuses to replace anything but a pack.
fn may_be_replaced(path: &Path) -> Result<()> {
    let refuse = |error| {
        Err(Error::File {
            doing: "write",
            path: path.to_path_buf(),
            error,
        })
    };
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

/// A file, and the position of the folder it is in.
struct Numbered {
    file: File,
    folder: usize,
}

/// The files of all folders by slug, without those that an entry in a nearer folder replaces or hides.
fn files(folders: &[PathBuf], findings: &mut Vec<Finding>) -> Result<Vec<Numbered>> {
    let mut files = Vec::new();
    for (number, root) in folders.iter().enumerate() {
        let listing = folder::list(root)?;
        findings.extend(listing.findings);
        files.extend(listing.files.into_iter().map(|file| Numbered {
            file,
            folder: number,
        }));
    }
    if folders.len() > 1 {
        let nearest = nearest(&files);
        files.retain(|file| {
            nearest
                .get(&fold(&file.file.slug))
                .is_none_or(|&folder| folder >= file.folder)
        });
        files.sort_by(|a, b| a.file.slug.cmp(&b.file.slug));
    }
    Ok(files)
}

/// For each slug that several folders have, the nearest folder with an entry of it that counts.
fn nearest(files: &[Numbered]) -> HashMap<String, usize> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut several: HashSet<String> = HashSet::new();
    for file in files {
        let key = fold(&file.file.slug);
        match first.get(&key) {
            Some(&folder) if folder != file.folder => {
                several.insert(key);
            }
            Some(_) => {}
            None => {
                first.insert(key, file.folder);
            }
        }
    }
    let mut nearest = HashMap::new();
    for file in files {
        let key = fold(&file.file.slug);
        if several.contains(&key) && !nearest.contains_key(&key) {
            // A draft or an unreadable file does not replace anything.
            if matches!(file.file.read(), Ok(Some(entry)) if !entry.front.draft) {
                nearest.insert(key, file.folder);
            }
        }
    }
    nearest
}
