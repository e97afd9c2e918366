//! Folders that were read before, in the user's cache.
//!
//! The cache of a folder is a pack of its entries with the folder's fingerprint. As long as a walk through
//! the folder gives the same fingerprint, no file of it is opened. Whatever happens to the cache, the answers
//! are those of the folder's files.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic_file;
use super::fingerprint::{Fingerprint, hash};
use super::folder::{self, Finding, Listing, OpenedFolder};
use super::indexing::{OnProgress, index_entries, read_files};
use super::pack;
use super::paged_file::PageWriter;
use super::walk::{Found, walk};
use crate::entry::diagnostic::{Diagnostic, Place};
use crate::entry::rule::Rule;
use crate::error::Result;
use crate::index::segment::Segment;
use crate::index::writer::SegmentWriter;

/// Folders with fewer files are read each time. That takes a few milliseconds, and a cache would save no
/// more (`docs/benchmarks.md`).
const MIN_FILES: usize = 16;

/// The extension of caches.
const EXTENSION: &str = "glossary";

/// Temporary files that are older, in seconds, were left behind by commands that were killed.
const ABANDONED: u64 = 3600;

/// Reads a folder, or its cache.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn read(
    root: &Path,
    cache: Option<&Path>,
    progress: &mut OnProgress<'_>,
) -> Result<OpenedFolder> {
    let found = walk(root).map_err(|error| folder::cannot("read", root, error))?;
    let cache = cache.filter(|_| found.len() >= MIN_FILES);
    let opened = cache.and_then(|cache| {
        let file = CacheFile::new(root, cache)?;
        let fingerprint = Fingerprint::new(&found);
        file.load(&fingerprint)
            .or_else(|| file.rebuild(&found, &fingerprint, progress))
    });
    match opened {
        Some(opened) => Ok(opened),
        None => folder::read(&Listing::new(root, &found), progress),
    }
}

/// The cache of a folder.
struct CacheFile<'r> {
    /// The folder.
    root: &'r Path,
    /// The folder's path without links.
    canonical: PathBuf,
    path: PathBuf,
}

impl<'r> CacheFile<'r> {
    fn new(root: &'r Path, cache: &Path) -> Option<Self> {
        let canonical = fs::canonicalize(root).ok()?;
        // The folder's name is the slug of the page in it, and a link may have another.
        let hash = hash(&(&canonical, root.file_name()));
        Some(Self {
            root,
            canonical,
            path: cache.join(format!("{hash:016x}.{EXTENSION}")),
        })
    }

    /// The folder from its cache; `None` if the folder has changed, or the cache is missing or damaged.
    fn load(&self, fingerprint: &Fingerprint) -> Option<OpenedFolder> {
        let segment = pack::open_verified(&self.path).ok()?;
        let state = State::read(&segment)?;
        if state.fingerprint != fingerprint.hash || state.folder != self.canonical.to_string_lossy()
        {
            return None;
        }
        Some(OpenedFolder::new(segment, state.findings(self.root)?))
    }

    /// Reads the folder into its cache; `None` if that is not possible.
    fn rebuild(
        &self,
        found: &[Found],
        fingerprint: &Fingerprint,
        progress: &mut OnProgress<'_>,
    ) -> Option<OpenedFolder> {
        // A file that was changed a moment ago may be changed again without a trace.
        let write = || self.write(&Listing::new(self.root, found), fingerprint, progress);
        fingerprint.wait_until_quiescent().then(write)?.ok()
    }

    fn write(
        &self,
        listing: &Listing,
        fingerprint: &Fingerprint,
        progress: &mut OnProgress<'_>,
    ) -> io::Result<OpenedFolder> {
        if let Some(cache) = self.path.parent() {
            create(cache)?;
            sweep(cache);
        }
        let mut file = atomic_file::private(&self.path)?;
        let mut writer =
            SegmentWriter::new(PageWriter::new(file.as_file_mut(), fingerprint.hash)?)?;
        let (entries, findings) = read_files(listing, progress);
        index_entries(&entries, &mut writer)?;
        let state = serde_json::to_vec(&State::new(fingerprint.hash, self, &findings))?;
        writer.finish(&state)?.finish()?;
        let segment = pack::open(file.path()).map_err(io::Error::other)?;
        // Without waiting for the disk: a cache can be made again.
        file.persist(&self.path)?;
        Ok(OpenedFolder::new(segment, findings))
    }
}

/// The state of a folder that its cache holds in addition to the entries.
#[derive(Serialize, Deserialize)]
struct State {
    fingerprint: u64,
    /// The path of the folder, without links.
    folder: String,
    /// What could not be used: the path in the folder, the rule, the line, the column, and the message.
    findings: Vec<(String, String, usize, usize, String)>,
}

impl State {
    fn new(fingerprint: u64, file: &CacheFile<'_>, findings: &[Finding]) -> Self {
        let findings = findings.iter().map(|Finding { path, problem }| {
            let path = path.strip_prefix(file.root).unwrap_or(path);
            let Place { line, column } = problem.place;
            let (rule, message) = (problem.rule.id().to_string(), problem.message.clone());
            (
                path.to_string_lossy().into_owned(),
                rule,
                line,
                column,
                message,
            )
        });
        Self {
            fingerprint,
            folder: file.canonical.to_string_lossy().into_owned(),
            findings: findings.collect(),
        }
    }

    fn read(segment: &Segment) -> Option<Self> {
        serde_json::from_slice(&segment.cache().ok()?).ok()
    }

    fn findings(self, root: &Path) -> Option<Vec<Finding>> {
        let findings = self.findings.into_iter();
        findings
            .map(|(path, rule, line, column, message)| {
                let problem = Diagnostic::new(Rule::by_id(&rule)?, Place { line, column }, message);
                let path = root.join(path);
                Some(Finding { path, problem })
            })
            .collect()
    }
}

/// Creates the cache folder and the folder of all caches, but no folder above: a missing home stays missing.
fn create(cache: &Path) -> io::Result<()> {
    let create = |folder| match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    };
    cache.parent().map_or(Ok(()), create)?;
    create(cache)
}

/// Deletes what killed commands left behind, and the caches of folders that no longer exist.
fn sweep(cache: &Path) {
    for file in fs::read_dir(cache).into_iter().flatten().flatten() {
        let path = file.path();
        let is_stale = if atomic_file::is_temporary(&file.file_name()) {
            let written = file.metadata().and_then(|metadata| metadata.modified());
            written.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() > ABANDONED))
        } else {
            let state = || State::read(&pack::open(&path).ok()?);
            path.extension() == Some(OsStr::new(EXTENSION))
                && state().is_none_or(|state| !Path::new(&state.folder).is_dir())
        };
        if is_stale {
            let _ = fs::remove_file(path);
        }
    }
}
