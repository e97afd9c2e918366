//! A folder of Markdown files as a glossary.
//!
//! Owns which files of a folder are entries, and how they are read without harm from whatever else
//! lies there. It must not know what is asked of the entries, nor what is wrong with one that can be
//! read.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::intake;
use crate::entry::Entry;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::error::{Error, Result};
use crate::index::builder::{Builder, Texts};

/// Larger files are left unread: no explanation of a term is as long.
pub const MAX_BYTES: u64 = 1024 * 1024;

const EXTENSION: &str = "md";

/// In a Hugo site, a folder with a file of this stem is a page, and the folder's name is its slug.
const PAGE_OF_FOLDER: &str = "index";

/// Files of these stems describe the folder: the first in a Hugo site, the second in a repository.
const DESCRIPTIONS_OF_FOLDER: [&str; 2] = ["_index", "README"];

/// A file that should be an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// What its entry is called by.
    pub slug: String,
    /// Where it lies.
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

/// What lies in a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files that should be entries, by slug, then by path; each slug once.
    pub files: Vec<File>,
    /// What cannot be an entry though it is named like one, and what could not be looked into.
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
    /// A file that was named by itself.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        let slug = slug(&path).unwrap_or_default();
        Self { slug, path }
    }

    /// Reads the entry; none if the file is gone by now.
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

/// Lists the files of a folder and of the folders in it.
///
/// Hidden ones are passed over, and so is everything that is not named like an entry. A link to a file
/// is followed; a link to a folder is not, for it may lead out of what was named, or back into it.
///
/// # Errors
/// The folder itself cannot be read.
pub fn list(root: &Path) -> Result<Listing> {
    let cannot_read = |error| Error::File {
        doing: "read",
        path: root.to_path_buf(),
        error,
    };
    let mut walk = Walk::default();
    walk.folder(root).map_err(cannot_read)?;
    while let Some(path) = walk.folders.pop() {
        if let Err(error) = walk.folder(&path) {
            walk.unreadable(path, &error);
        }
    }
    let Walk {
        mut files,
        mut findings,
        ..
    } = walk;
    files.sort();
    let mut first: Option<File> = None;
    files.retain(|file| match &first {
        Some(first) if first.slug == file.slug => {
            let message = format!(
                "`{}` has this slug as well, and only that is shown; rename one of them",
                first.path.display()
            );
            findings.push(file.finding(Problem::new(Rule::DuplicateSlug, Place::START, message)));
            false
        }
        _ => {
            first = Some(file.clone());
            true
        }
    });
    Ok(Listing { files, findings })
}

/// Reads a folder into an index, entry by entry; what cannot be read is noted there.
///
/// # Errors
/// The folder itself cannot be read.
pub fn index(root: &Path) -> Result<Vec<u8>> {
    let Listing {
        files,
        mut findings,
    } = list(root)?;
    let in_memory = |error| Error::File {
        doing: "index",
        path: root.to_path_buf(),
        error,
    };
    let mut builder = Builder::new(Vec::new(), Texts::Inside).map_err(in_memory)?;
    let known: Vec<_> = files.iter().map(|file| (file, root)).collect();
    let intake = intake::read(&known, &mut builder, &mut |_| {}).map_err(in_memory)?;
    findings.extend(intake.findings);
    for finding in findings {
        builder.problem(&finding.to_string());
    }
    builder.finish().map_err(in_memory)
}

/// A walk through a folder: what was found, and what is still to be entered.
#[derive(Default)]
struct Walk {
    folders: Vec<PathBuf>,
    files: Vec<File>,
    findings: Vec<Finding>,
}

impl Walk {
    /// Takes in what lies in a folder.
    fn folder(&mut self, path: &Path) -> io::Result<()> {
        for found in fs::read_dir(path)? {
            let found = found?;
            if is_hidden(&found.file_name()) {
                continue;
            }
            let path = found.path();
            if let Err(error) = found
                .file_type()
                .and_then(|kind| self.take(path.clone(), kind))
            {
                self.unreadable(path, &error);
            }
        }
        Ok(())
    }

    fn take(&mut self, path: PathBuf, kind: fs::FileType) -> io::Result<()> {
        if kind.is_dir() {
            self.folders.push(path);
            return Ok(());
        }
        let Some(slug) = slug(&path) else {
            return Ok(());
        };
        let metadata = fs::metadata(&path)?;
        if metadata.is_dir() {
            return Ok(());
        }
        let file = File { slug, path };
        match refusal(&metadata) {
            Some(problem) => self.findings.push(file.finding(problem)),
            None => self.files.push(file),
        }
        Ok(())
    }

    /// Notes what could not be looked at; what is gone by now was never there.
    fn unreadable(&mut self, path: PathBuf, error: &io::Error) {
        let is_broken_link = fs::symlink_metadata(&path).is_ok();
        if error.kind() != io::ErrorKind::NotFound || is_broken_link {
            let problem = cannot_read(error);
            self.findings.push(Finding { path, problem });
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The slug of the entry at a path; none when the file is not named like an entry.
fn slug(path: &Path) -> Option<String> {
    let stem = path.file_stem()?;
    if path.extension()? != EXTENSION || DESCRIPTIONS_OF_FOLDER.iter().any(|name| stem == *name) {
        return None;
    }
    let named = if stem == PAGE_OF_FOLDER {
        path.parent()?.file_name()?
    } else {
        stem
    };
    Some(named.to_string_lossy().into_owned())
}

/// Why a file is not opened; `None` when it may be.
fn refusal(metadata: &fs::Metadata) -> Option<Problem> {
    let message = if !metadata.is_file() {
        "not a regular file, so it was not opened; take it out".to_string()
    } else if metadata.len() > MAX_BYTES {
        format!(
            "{} MiB, more than an entry may have; keep it under 1 MiB",
            metadata.len().div_ceil(MAX_BYTES)
        )
    } else {
        return None;
    };
    Some(Problem::new(Rule::Unreadable, Place::START, message))
}

fn cannot_read(error: &io::Error) -> Problem {
    Problem::new(
        Rule::Unreadable,
        Place::START,
        format!("cannot be read: {error}"),
    )
}

/// The text of a file; none if it is gone by now.
fn read_text(path: &Path) -> std::result::Result<Option<String>, Problem> {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_read(&error)),
    };
    // Of these two, only the former looks at many bytes at once.
    if bytes.contains(&0) {
        let at = bytes.iter().position(|&byte| byte == 0).unwrap_or_default();
        let before = String::from_utf8_lossy(&bytes[..at]);
        return Err(Problem::new(
            Rule::Unreadable,
            Place::at(&before, before.len()),
            "a NUL byte, so this is no text; save it as UTF-8",
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

/// The bytes of a file, of which it may have grown too many since it was listed.
fn read_bytes(path: &Path) -> io::Result<std::result::Result<Vec<u8>, Problem>> {
    let metadata = fs::metadata(path)?;
    if let Some(problem) = refusal(&metadata) {
        return Ok(Err(problem));
    }
    // A byte more than there are, which tells the reader that it is at the end.
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
