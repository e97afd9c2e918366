//! A walk through a folder and the folders in it: which files are named like entries, and what the
//! system tells of them.
//!
//! Owns which names are passed over and which links are followed. It must not open a file.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// What stands under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    /// A file.
    File(Stamp),
    /// What is no file.
    Other,
    /// What could not be looked at, and why.
    Unreadable(String),
}

/// What tells a file from what it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Its length in bytes.
    pub(super) size: u64,
    /// When its bytes were last written, and when anything of it was last changed.
    #[cfg(unix)]
    pub(super) times: [Time; 2],
    /// Its number in its file system.
    #[cfg(unix)]
    pub(super) inode: u64,
}

/// Seconds and nanoseconds since 1970.
#[cfg(unix)]
pub(super) type Time = (i64, u32);

impl Look {
    /// What metadata tell.
    pub(super) fn of(metadata: &Metadata) -> Self {
        if metadata.is_file() {
            Self::File(Stamp::of(metadata))
        } else {
            Self::Other
        }
    }
}

impl Stamp {
    /// When anything of the file was last changed.
    #[cfg(unix)]
    pub(super) fn changed(&self) -> Time {
        self.times[1]
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds, nanoseconds| (seconds, u32::try_from(nanoseconds).unwrap_or_default());
        Self {
            size: metadata.size(),
            times: [
                time(metadata.mtime(), metadata.mtime_nsec()),
                time(metadata.ctime(), metadata.ctime_nsec()),
            ],
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
        }
    }
}

/// Who is told what a walk meets: the path of the folder below the root, the name, and what it stands
/// for. Of a folder that could not be read whole, the name is empty.
pub(super) type Visit<'v> = dyn FnMut(&Path, &OsStr, Look) + 'v;

/// Walks through a folder; the names of one folder come one after the other.
///
/// Hidden ones are passed over, and so is everything that is not named like an entry. A link to a file
/// is followed; a link to a folder is not, for it may lead out of what was named, or back into it.
///
/// # Errors
/// The folder itself cannot be read.
pub(super) fn walk(root: &Path, visit: &mut Visit<'_>) -> io::Result<()> {
    let mut walk = Walk {
        root,
        folders: Vec::new(),
        visit,
    };
    walk.enter(Path::new(""))?;
    while let Some(folder) = walk.folders.pop() {
        if let Err(error) = walk.enter(&folder) {
            walk.unreadable(&folder, OsStr::new(""), &error);
        }
    }
    Ok(())
}

struct Walk<'w, 'v> {
    root: &'w Path,
    /// Those that are still to be entered.
    folders: Vec<PathBuf>,
    visit: &'w mut Visit<'v>,
}

impl Walk<'_, '_> {
    fn enter(&mut self, folder: &Path) -> io::Result<()> {
        for found in fs::read_dir(self.root.join(folder))? {
            let found = found?;
            let name = found.file_name();
            if is_hidden(&name) {
                continue;
            }
            if let Err(error) = self.look(folder, &name, &found) {
                self.unreadable(folder, &name, &error);
            }
        }
        Ok(())
    }

    fn look(&mut self, folder: &Path, name: &OsStr, found: &DirEntry) -> io::Result<()> {
        let kind = found.file_type()?;
        if kind.is_dir() {
            self.folders.push(folder.join(name));
            return Ok(());
        }
        if !is_named_like_an_entry(name) {
            return Ok(());
        }
        let metadata = if kind.is_symlink() {
            fs::metadata(found.path())?
        } else {
            found.metadata()?
        };
        if !metadata.is_dir() {
            (self.visit)(folder, name, Look::of(&metadata));
        }
        Ok(())
    }

    /// Notes what could not be looked at; what is gone by now was never there.
    fn unreadable(&mut self, folder: &Path, name: &OsStr, error: &io::Error) {
        let is_broken_link = || fs::symlink_metadata(at(self.root, folder, name)).is_ok();
        if error.kind() != io::ErrorKind::NotFound || is_broken_link() {
            (self.visit)(folder, name, Look::Unreadable(error.to_string()));
        }
    }
}

/// The path of what a walk met.
pub(super) fn at(root: &Path, folder: &Path, name: &OsStr) -> PathBuf {
    let mut path = root.join(folder);
    if !name.is_empty() {
        path.push(name);
    }
    path
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

const EXTENSION: &str = "md";

/// Files of these stems describe the folder: the first in a Hugo site, the second in a repository.
const DESCRIPTIONS_OF_FOLDER: [&str; 2] = ["_index", "README"];

/// Whether a file of this name should be an entry.
pub(super) fn is_named_like_an_entry(name: &OsStr) -> bool {
    let name = Path::new(name);
    name.extension()
        .is_some_and(|extension| extension == EXTENSION)
        && name
            .file_stem()
            .is_some_and(|stem| DESCRIPTIONS_OF_FOLDER.iter().all(|name| stem != *name))
}
