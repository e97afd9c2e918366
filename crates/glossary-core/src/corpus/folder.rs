//! A folder of Markdown files as a glossary: which files are entries, and how they are read without harm
//! from anything else in the folder.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::indexing::{OnProgress, index_files};
use super::walk::{Found, FoundKind, is_named_like_an_entry, walk};
use crate::entry::Entry;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::error::{Error, Result};
use crate::index::segment::Segment;
use crate::index::writer::SegmentWriter;

/// Larger files are not read: no explanation of a term is that long.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// In a Hugo site, a folder with a file of this stem is a page, and the folder's name is its slug.
const PAGE_OF_FOLDER: &str = "index";

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

    /// Reads the entry; `None` if the file was deleted meanwhile.
    pub fn read(&self) -> std::result::Result<Option<Entry>, Problem> {
        match read_text(&self.path)? {
            Some(text) => Entry::parse(&self.slug, &text).map(Some),
            None => Ok(None),
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

impl Listing {
    /// The listing of a folder in which a walk found these files.
    pub(super) fn new(root: &Path, found: &[Found]) -> Self {
        let mut files = Vec::new();
        let mut findings = Vec::new();
        for Found { path, kind } in found {
            let path = root.join(path);
            if let Some(problem) = refusal(kind) {
                findings.push(Finding { path, problem });
            } else if let Some(slug) = slug(&path) {
                files.push(File { slug, path });
            }
        }
        files.sort();
        let mut first: Option<File> = None;
        files.retain(|file| match &first {
            Some(first) if first.slug == file.slug => {
                findings.push(duplicate(file, first));
                false
            }
            _ => {
                first = Some(file.clone());
                true
            }
        });
        Self { files, findings }
    }
}

/// The finding for a file with the slug of another, which comes first.
fn duplicate(file: &File, first: &File) -> Finding {
    let message = format!(
        "`{}` has this slug as well, and only that is shown; rename one of them",
        first.path.display()
    );
    file.finding(Problem::new(Rule::DuplicateSlug, Place::START, message))
}

/// The entries of a folder.
pub(super) struct OpenedFolder {
    pub(super) segment: Segment,
    /// What cannot be used, sorted by path.
    pub(super) findings: Vec<Finding>,
}

impl OpenedFolder {
    pub(super) fn new(segment: Segment, mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| a.path.cmp(&b.path));
        Self { segment, findings }
    }
}

/// Reads the files of a folder into memory.
pub(super) fn read(
    root: &Path,
    listing: Listing,
    progress: &mut OnProgress<'_>,
) -> Result<OpenedFolder> {
    let files: Vec<_> = listing.files.iter().map(|file| (file, root)).collect();
    let mut index = || {
        let mut writer = SegmentWriter::new(Vec::new())?;
        let indexed = index_files(&files, &mut writer, progress)?;
        let bytes = writer.finish(&[])?;
        let segment = Segment::open(Box::new(bytes), None).map_err(io::Error::other)?;
        Ok((segment, indexed.unusable))
    };
    let (segment, unusable) = index().map_err(|error| cannot("index", root, error))?;
    let unusable = unusable.into_iter().map(|(_, finding)| finding);
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

/// The slug of the entry at a path; `None` if the file is not named like an entry.
fn slug(path: &Path) -> Option<String> {
    if !is_named_like_an_entry(path.file_name()?) {
        return None;
    }
    let stem = path.file_stem()?;
    let named = if stem == PAGE_OF_FOLDER {
        path.parent()?.file_name()?
    } else {
        stem
    };
    Some(named.to_string_lossy().into_owned())
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

/// The text of a file; `None` if it was deleted meanwhile.
fn read_text(path: &Path) -> std::result::Result<Option<String>, Problem> {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_read(error)),
    };
    // `contains` is much faster than `position`.
    if bytes.contains(&0) {
        let at = bytes.iter().position(|&byte| byte == 0).unwrap_or_default();
        let before = String::from_utf8_lossy(&bytes[..at]);
        return Err(Problem::new(
            Rule::Unreadable,
            Place::at(&before, before.len()),
            "a NUL byte, so this is not a text file; save it as UTF-8",
        ));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        Problem::new(
            Rule::Unreadable,
            Place::at(&before, before.len()),
            "not UTF-8; save it as UTF-8",
        )
    })
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
