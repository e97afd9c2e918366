//! Files that are there whole or not at all, whenever the program is stopped.
//!
//! Owns the passing name under which they are written. It must not know what is written.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tempfile::NamedTempFile;

use crate::index::runs::Aside;

/// Bytes that each part of an index may take in memory while it is written.
const MEMORY: usize = 64 * 1024 * 1024;

/// A file being written beside the place where it will stand.
pub(super) struct Draft {
    file: NamedTempFile,
}

/// What the passing names begin with.
const PREFIX: &str = ".tmp";

impl Draft {
    /// Begins the file that will stand at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        // As the file would have been made without the detour, rather than for the user alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Self::begin(&builder, path)
    }

    /// Begins a file for the user alone.
    pub(super) fn private(path: &Path) -> io::Result<Self> {
        Self::begin(tempfile::Builder::new().prefix(PREFIX), path)
    }

    fn begin(builder: &tempfile::Builder<'_, '_>, path: &Path) -> io::Result<Self> {
        let file = builder.tempfile_in(folder_of(path))?;
        Ok(Self { file })
    }

    /// Makes files for what does not fit into memory meanwhile. They have no name, so nothing is left
    /// of them whenever the program is stopped.
    pub(super) fn aside(path: &Path) -> Aside {
        let folder = folder_of(path).to_path_buf();
        Aside::into_files(Arc::new(move || tempfile::tempfile_in(&folder)), MEMORY)
    }

    /// Whether a file of this name may be a draft.
    pub(super) fn is_named(name: &OsStr) -> bool {
        name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
    }

    /// Where it is being written.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// What is written to.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives the file its name, which nothing may have yet.
    pub(super) fn keep_new(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist_noclobber(path)?;
        Ok(())
    }

    /// Gives the file its name, in the place of what has it, without waiting for the disk: for what can
    /// be made again.
    pub(super) fn put(self, path: &Path) -> io::Result<()> {
        self.file.persist(path)?;
        Ok(())
    }

    /// Gives the file its name, in the place of what has it.
    pub(super) fn replace(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(path)?;
        Ok(())
    }
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Whether files can be made in a folder.
pub(super) fn is_possible_in(folder: &Path) -> bool {
    NamedTempFile::new_in(folder).is_ok()
}
