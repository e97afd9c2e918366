//! Files that are there whole or not at all, whenever the program is stopped.
//!
//! Owns the passing name under which they are written. It must not know what is written.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file being written beside the place where it will stand.
pub(super) struct Draft {
    file: NamedTempFile,
}

impl Draft {
    /// Begins the file that will stand at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        // As the file would have been made without the detour, rather than for the user alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self { file })
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

    /// Gives the file its name, in the place of what has it.
    pub(super) fn replace(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(path)?;
        Ok(())
    }
}

/// Whether files can be made in a folder.
pub(super) fn is_possible_in(folder: &Path) -> bool {
    NamedTempFile::new_in(folder).is_ok()
}
