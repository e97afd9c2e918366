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
use crate::entry::diagnostic::{Diagnostic, Place};
use crate::entry::rule::{Rule, Severity, Standard};
use crate::error::{Error, Result};
use crate::index::segment::Segment;
use crate::index::writer::SegmentWriter;
use crate::readers::{self, Reading, Way};

/// Larger files are not read: no explanation of a term is that long.
const MAX_BYTES: u64 = 1024 * 1024;

/// A problem and the file that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// The problem.
    pub problem: Diagnostic,
}

/// The files of a glossary.
#[derive(Debug)]
pub struct Listing {
    /// The folder in which they are.
    pub root: PathBuf,
    /// How they were found.
    pub(super) way: Way,
    /// The files, by path.
    pub files: Vec<PathBuf>,
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
        let Diagnostic {
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

impl Listing {
    /// Lists a folder and its subfolders, or a file named on its own.
    ///
    /// # Errors
    /// The path cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let cannot_read = |error| cannot("read", path, error);
        if fs::metadata(path).map_err(cannot_read)?.is_dir() {
            return Ok(Self::new(path, &walk(path).map_err(cannot_read)?));
        }
        Ok(Self {
            root: path.parent().unwrap_or(Path::new("")).to_path_buf(),
            way: Way::Named,
            files: vec![path.to_path_buf()],
            findings: Vec::new(),
        })
    }

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
                None if is_selected => files.push(path),
                None => {}
            }
        }
        files.sort();
        let root = root.to_path_buf();
        let way = Way::InFolder;
        Self {
            root,
            way,
            files,
            findings,
        }
    }

    /// Reads what a file holds; `None` if it was deleted meanwhile.
    pub(super) fn read(&self, file: &Path) -> Option<Reading> {
        let path = file.strip_prefix(&self.root).unwrap_or(file);
        let folder = self.root.file_name().unwrap_or_default().to_string_lossy();
        let problem = match read_bytes(file) {
            Ok(Ok(bytes)) => return Some(readers::read(path, &folder, &bytes, self.way)),
            Ok(Err(problem)) => problem,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => cannot_read(error),
        };
        let problems = vec![problem];
        Some(Reading {
            problems,
            ..Reading::default()
        })
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
        // Advice is for `check`.
        findings.retain(Finding::is_error);
        findings.sort_by(|a, b| a.path.cmp(&b.path));
        Self { segment, findings }
    }
}

impl From<Segment> for OpenedFolder {
    fn from(segment: Segment) -> Self {
        Self::new(segment, Vec::new())
    }
}

/// Reads files into memory.
pub(super) fn read(listing: &Listing, progress: &mut OnProgress<'_>) -> Result<OpenedFolder> {
    let (entries, findings) = read_files(listing, progress);
    let index = || {
        let mut writer = SegmentWriter::new(Vec::new())?;
        index_entries(&entries, &mut writer)?;
        let bytes = writer.finish(&[])?;
        Segment::open(Box::new(bytes), None).map_err(io::Error::other)
    };
    let segment = index().map_err(|error| cannot("index", &listing.root, error))?;
    Ok(OpenedFolder::new(segment, findings))
}

pub(super) fn cannot(doing: &'static str, path: &Path, error: io::Error) -> Error {
    Error::File {
        doing,
        path: path.to_path_buf(),
        error,
    }
}

/// Why a file is not opened; `None` if it may be.
fn refusal(kind: &FoundKind) -> Option<Diagnostic> {
    let message = match kind {
        FoundKind::File(stamp) if stamp.size > MAX_BYTES => format!(
            "{} MiB, more than an entry may have; keep it under 1 MiB",
            stamp.size.div_ceil(MAX_BYTES)
        ),
        FoundKind::File(_) => return None,
        FoundKind::Other => "not a regular file, so it was not opened; take it out".to_string(),
        FoundKind::Unreadable(error) => return Some(cannot_read(error)),
    };
    Some(Diagnostic::new(Rule::Unreadable, Place::START, message))
}

fn cannot_read(error: impl fmt::Display) -> Diagnostic {
    Diagnostic::new(
        Rule::Unreadable,
        Place::START,
        format!("cannot be read: {error}"),
    )
}

/// The bytes of a file, which may have grown too large since it was listed.
fn read_bytes(path: &Path) -> io::Result<std::result::Result<Vec<u8>, Diagnostic>> {
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
        return Ok(Err(Diagnostic::new(
            Rule::Unreadable,
            Place::START,
            message,
        )));
    }
    Ok(Ok(bytes))
}
