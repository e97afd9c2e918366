//! A walk through a folder and its subfolders: which files are named like entries, and what the system
//! reports about them. It opens no file.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::select::{is_candidate, is_entered};

/// Something with a name like that of an entry.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path, relative to the root.
    pub(super) path: PathBuf,
    /// What it is.
    pub(super) kind: FoundKind,
}

/// What has a name like that of an entry.
#[derive(Debug, Hash)]
pub(super) enum FoundKind {
    /// A file.
    File(Stamp),
    /// Not a file.
    Other,
    /// Something that could not be examined, with the reason. It may be a folder that could not be read.
    Unreadable(String),
}

/// What tells a file from an earlier version of it.
#[derive(Debug, Hash)]
pub(super) struct Stamp {
    /// Its length in bytes.
    pub(super) size: u64,
    /// When its bytes were last written, since 1970.
    modified: Duration,
    /// When anything about it was last changed, since 1970.
    pub(super) changed: Duration,
}

impl FoundKind {
    /// The kind of what has this metadata.
    pub(super) fn of_metadata(metadata: &Metadata) -> Self {
        if !metadata.is_file() {
            return Self::Other;
        }
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let modified = modified.duration_since(SystemTime::UNIX_EPOCH);
        let modified = modified.unwrap_or_default();
        Self::File(Stamp {
            size: metadata.len(),
            modified,
            changed: changed(metadata).unwrap_or(modified),
        })
    }
}

/// When anything about a file was last changed, which no program can set back. Only Unix reports it.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<Duration> {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).ok()?;
    Some(Duration::new(seconds, nanoseconds))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<Duration> {
    None
}

/// Walks through a folder.
///
/// Hidden files and folders are skipped, and so are files that are not named like entries. A link to a file
/// is followed. A link to a folder is not, for it may lead out of the root or back into it.
///
/// # Errors
/// The folder itself cannot be read.
pub(super) fn walk(root: &Path) -> io::Result<Vec<Found>> {
    let mut walk = Walk {
        root,
        pending: Vec::new(),
        found: Vec::new(),
    };
    walk.enter(Path::new(""))?;
    while let Some(folder) = walk.pending.pop() {
        if let Err(error) = walk.enter(&folder) {
            walk.add_unreadable(folder, &error);
        }
    }
    Ok(walk.found)
}

struct Walk<'r> {
    root: &'r Path,
    /// Folders that are still to be entered.
    pending: Vec<PathBuf>,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path) -> io::Result<()> {
        for child in fs::read_dir(self.root.join(folder))? {
            let child = child?;
            let name = child.file_name();
            if !is_entered(&name.to_string_lossy()) {
                continue;
            }
            let path = folder.join(&name);
            if let Err(error) = self.visit(&path, &name, &child) {
                self.add_unreadable(path, &error);
            }
        }
        Ok(())
    }

    fn visit(&mut self, path: &Path, name: &OsStr, child: &DirEntry) -> io::Result<()> {
        let kind = child.file_type()?;
        if kind.is_dir() {
            self.pending.push(path.to_path_buf());
            return Ok(());
        }
        if !is_candidate(Path::new(name)) {
            return Ok(());
        }
        let metadata = if kind.is_symlink() {
            fs::metadata(child.path())?
        } else {
            child.metadata()?
        };
        if !metadata.is_dir() {
            self.found.push(Found {
                path: path.to_path_buf(),
                kind: FoundKind::of_metadata(&metadata),
            });
        }
        Ok(())
    }

    /// Adds what could not be examined, unless it was deleted meanwhile.
    fn add_unreadable(&mut self, path: PathBuf, error: &io::Error) {
        let is_broken_link = || fs::symlink_metadata(self.root.join(&path)).is_ok();
        if error.kind() != io::ErrorKind::NotFound || is_broken_link() {
            self.found.push(Found {
                path,
                kind: FoundKind::Unreadable(error.to_string()),
            });
        }
    }
}
