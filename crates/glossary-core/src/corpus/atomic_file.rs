//! Files that appear only once they are complete, even if the program is killed meanwhile.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file being written under a temporary name next to its final path.
pub(super) struct AtomicFile {
    file: NamedTempFile,
}

/// How temporary names start.
const PREFIX: &str = ".tmp";

impl AtomicFile {
    /// Starts the file that will be at `path`.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        // The permissions that the file would have without the detour, rather than the user's alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Self::start(&builder, path)
    }

    /// Starts a file that only the user can read.
    pub(super) fn private(path: &Path) -> io::Result<Self> {
        Self::start(tempfile::Builder::new().prefix(PREFIX), path)
    }

    fn start(builder: &tempfile::Builder<'_, '_>, path: &Path) -> io::Result<Self> {
        let file = builder.tempfile_in(folder_of(path))?;
        Ok(Self { file })
    }

    /// Whether a file with this name may be temporary.
    pub(super) fn is_temporary(name: &OsStr) -> bool {
        name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
    }

    /// The temporary path.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives the file its final path, where nothing may be yet.
    pub(super) fn persist_new(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist_noclobber(path)?;
        Ok(())
    }

    /// Gives the file its final path and replaces what is there, without waiting for the disk: for files that
    /// can be made again.
    pub(super) fn replace_without_sync(self, path: &Path) -> io::Result<()> {
        self.file.persist(path)?;
        Ok(())
    }

    /// Gives the file its final path and replaces what is there.
    pub(super) fn replace(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(path)?;
        Ok(())
    }
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Whether files can be created in a folder.
pub(super) fn can_create_in(folder: &Path) -> bool {
    NamedTempFile::new_in(folder).is_ok()
}
