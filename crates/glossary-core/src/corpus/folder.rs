//! A folder of Markdown files as a glossary: which files are entries, and how they are read without harm
//! from anything else in the folder.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::indexing::{OnProgress, index_entries, read_files};
use super::select::select;
use super::walk::{Found, FoundKind, walk};
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::{Rule, Severity, Standard};
use crate::error::{Error, Result};
use crate::index::segment::Segment;
use crate::index::writer::SegmentWriter;
use crate::readers::{self, Reading, Way, is_index};

/// Larger files are not read: no explanation of a term is that long.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A file that should be an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// The slug of its entry.
    pub slug: String,
    /// Its path.
    pub path: PathBuf,
}

/// A problem and the file that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// The problem.
    pub problem: Problem,
}

/// The contents of a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files that should be entries, by slug, then by path; each slug once.
    pub files: Vec<File>,
    /// Files that are named like entries but cannot be, and folders that could not be read.
    pub findings: Vec<Finding>,
}

impl Finding {
    /// Whether something cannot be used; otherwise the finding is only advice.
    pub(super) fn is_error(&self) -> bool {
        self.problem.rule.severity(Standard::Own) == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem {
            rule,
            place,
            message,
        } = &self.problem;
        write!(
            f,
            "{}:{}:{}: {}: {message}",
            self.path.display(),
            place.line,
            place.column,
            rule.id()
        )
    }
}

impl File {
    /// A file named on its own.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        let slug = slug(&path).unwrap_or_default();
        Self { slug, path }
    }

    /// Reads what the file holds; `None` if it was deleted meanwhile. `root` is the folder of its
    /// glossary.
    #[must_use]
    pub fn read(&self, root: &Path, way: Way) -> Option<Reading> {
        let path = self.path.strip_prefix(root).unwrap_or(&self.path);
        let folder = root.file_name().unwrap_or_default().to_string_lossy();
        let refused = |problem| {
            let mut reading = Reading::default();
            reading.problems.push(problem);
            reading
        };
        match read_bytes(&self.path) {
            Ok(Ok(bytes)) => Some(readers::read(path, &folder, &bytes, way)),
            Ok(Err(problem)) => Some(refused(problem)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => Some(refused(cannot_read(error))),
        }
    }

    /// A problem of this file.
    #[must_use]
    pub fn finding(&self, problem: Problem) -> Finding {
        Finding {
            path: self.path.clone(),
            problem,
        }
    }
}

/// Lists the files of a folder and its subfolders.
///
/// # Errors
/// The folder itself cannot be read.
pub fn list(root: &Path) -> Result<Listing> {
    let found = walk(root).map_err(|error| cannot("read", root, error))?;
    Ok(Listing::new(root, &found))
}

/// The folder, the files, and how they were found, of a folder or of a file named on its own.
///
/// # Errors
/// The path cannot be read.
pub fn list_named(path: &Path) -> Result<(PathBuf, Listing, Way)> {
    let metadata = fs::metadata(path).map_err(|error| cannot("read", path, error))?;
    if metadata.is_dir() {
        return Ok((path.to_path_buf(), list(path)?, Way::InFolder));
    }
    let mut listing = Listing::default();
    listing.files.push(File::at(path.to_path_buf()));
    let root = path.parent().unwrap_or(Path::new("")).to_path_buf();
    Ok((root, listing, Way::Named))
}

impl Listing {
    /// The listing of a folder in which a walk found these files.
    pub(super) fn new(root: &Path, found: &[Found]) -> Self {
        let mut files = Vec::new();
        let mut findings = Vec::new();
        let paths: Vec<PathBuf> = found.iter().map(|found| found.path.clone()).collect();
        let selected: HashSet<PathBuf> = select(&paths).into_iter().collect();
        for Found { path, kind } in found {
            let is_selected = selected.contains(path);
            let path = root.join(path);
            match refusal(kind) {
                Some(problem) => findings.push(Finding { path, problem }),
                None if is_selected => files.push(File::at(path)),
                None => {}
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, findings }
    }
}

/// The entries of a folder.
pub(super) struct OpenedFolder {
    pub(super) segment: Segment,
    /// What cannot be used, sorted by path.
    pub(super) findings: Vec<Finding>,
}

impl OpenedFolder {
    pub(super) fn new(segment: Segment, mut findings: Vec<Finding>) -> Self {
        // What is only advice is for `check`.
        findings.retain(Finding::is_error);
        findings.sort_by(|a, b| a.path.cmp(&b.path));
        Self { segment, findings }
    }
}

/// Reads the files of a folder, or a file named on its own, into memory.
pub(super) fn read(
    root: &Path,
    listing: Listing,
    way: Way,
    progress: &mut OnProgress<'_>,
) -> Result<OpenedFolder> {
    let mut index = || {
        let mut writer = SegmentWriter::new(Vec::new())?;
        let (entries, findings) = read_files(root, &listing.files, way, progress);
        index_entries(&entries, &mut writer)?;
        let bytes = writer.finish(&[])?;
        let segment = Segment::open(Box::new(bytes), None).map_err(io::Error::other)?;
        Ok((segment, findings))
    };
    let (segment, unusable) = index().map_err(|error| cannot("index", root, error))?;
    let findings = listing.findings.into_iter().chain(unusable).collect();
    Ok(OpenedFolder::new(segment, findings))
}

pub(super) fn cannot(doing: &'static str, path: &Path, error: io::Error) -> Error {
    Error::File {
        doing,
        path: path.to_path_buf(),
        error,
    }
}

/// What the entry of a page at a path is called by.
fn slug(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    let named = if is_index(&stem) {
        path.parent()?.file_name()?.to_string_lossy()
    } else {
        stem
    };
    Some(named.into_owned())
}

/// Why a file is not opened; `None` if it may be.
fn refusal(kind: &FoundKind) -> Option<Problem> {
    let message = match kind {
        FoundKind::File(stamp) if stamp.size > MAX_BYTES => format!(
            "{} MiB, more than an entry may have; keep it under 1 MiB",
            stamp.size.div_ceil(MAX_BYTES)
        ),
        FoundKind::File(_) => return None,
        FoundKind::Other => "not a regular file, so it was not opened; take it out".to_string(),
        FoundKind::Unreadable(error) => return Some(cannot_read(error)),
    };
    Some(Problem::new(Rule::Unreadable, Place::START, message))
}

fn cannot_read(error: impl fmt::Display) -> Problem {
    Problem::new(
        Rule::Unreadable,
        Place::START,
        format!("cannot be read: {error}"),
    )
}

/// The bytes of a file, which may have grown too large since it was listed.
fn read_bytes(path: &Path) -> io::Result<std::result::Result<Vec<u8>, Problem>> {
    let metadata = fs::metadata(path)?;
    if let Some(problem) = refusal(&FoundKind::of_metadata(&metadata)) {
        return Ok(Err(problem));
    }
    // With a spare byte, the reader detects the end without growing the buffer.
    let length = usize::try_from(metadata.len()).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    fs::File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = "more than an entry may have; keep it under 1 MiB";
        return Ok(Err(Problem::new(Rule::Unreadable, Place::START, message)));
    }
    Ok(Ok(bytes))
}
