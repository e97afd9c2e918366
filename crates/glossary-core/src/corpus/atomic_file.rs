//! Files that appear only once they are complete, even if the program is killed meanwhile.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file being written in the folder of its final path.
pub(super) struct AtomicFile {
    file: Temporary,
}

/// A file without its final name.
enum Temporary {
    /// A file without any name, of which nothing is left when the program is killed.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    Named(NamedTempFile),
}

/// How temporary names start.
const PREFIX: &str = ".tmp";

impl AtomicFile {
    /// Starts the file that will be at `path`.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        // Some file systems cannot make files without a name.
        #[cfg(target_os = "linux")]
        if let Ok(file) = unnamed::create(folder_of(path)) {
            let file = Temporary::Unnamed(file);
            return Ok(Self { file });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        // The permissions that the file would have without the detour, rather than the user's alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder_of(path))?;
        let file = Temporary::Named(file);
        Ok(Self { file })
    }

    /// The file.
    pub(super) fn file(&mut self) -> &mut File {
        match &mut self.file {
            #[cfg(target_os = "linux")]
            Temporary::Unnamed(file) => file,
            Temporary::Named(file) => file.as_file_mut(),
        }
    }

    /// Gives the file its final path, where nothing may be yet.
    pub(super) fn persist_new(mut self, path: &Path) -> io::Result<()> {
        self.file().sync_all()?;
        match self.file {
            #[cfg(target_os = "linux")]
            Temporary::Unnamed(file) => unnamed::link(&file, path),
            Temporary::Named(file) => {
                file.persist_noclobber(path)?;
                Ok(())
            }
        }
    }

    /// Gives the file its final path and replaces what is there.
    pub(super) fn replace(mut self, path: &Path) -> io::Result<()> {
        self.file().sync_all()?;
        match self.file {
            #[cfg(target_os = "linux")]
            Temporary::Unnamed(file) => {
                // A link cannot replace a file, but a renaming can.
                let name = format!("{PREFIX}{}", std::process::id());
                let temporary = folder_of(path).join(name);
                unnamed::link(&file, &temporary)?;
                std::fs::rename(&temporary, path)
            }
            Temporary::Named(file) => {
                file.persist(path)?;
                Ok(())
            }
        }
    }
}

/// Files that have no name yet.
#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, OFlags, linkat};

    pub(super) fn create(folder: &Path) -> io::Result<File> {
        let mut options = File::options();
        options.read(true).write(true).mode(0o666);
        options.custom_flags(OFlags::TMPFILE.bits().cast_signed());
        options.open(folder)
    }

    /// Gives a file a name, which nothing may have yet.
    pub(super) fn link(file: &File, path: &Path) -> io::Result<()> {
        let file = format!("/proc/self/fd/{}", file.as_raw_fd());
        linkat(CWD, file, CWD, path, AtFlags::SYMLINK_FOLLOW)?;
        Ok(())
    }
}

/// Starts a temporary file that only the user can read, in the folder of a path.
pub(super) fn private(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).tempfile_in(folder_of(path))
}

/// Whether a file with this name may be temporary.
pub(super) fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
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
