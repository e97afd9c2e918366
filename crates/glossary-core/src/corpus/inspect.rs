//! Checking files and packs against the rules.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{self, File, Finding};
use super::indexing::read_files;
use super::layers::Corpus;
use super::pack;
use crate::entry::Entry;
use crate::entry::check;
use crate::entry::problem::Problem;
use crate::entry::rule::{Severity, Standard};
use crate::error::{Error, Result};
use crate::index;

/// The result of a check.
#[derive(Debug, Default)]
pub struct Report {
    /// How many files were checked.
    pub files: usize,
    /// The findings, sorted by path and position.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| severity_of(finding) == severity)
            .count()
    }
}

/// The severity of a finding in the user's own files.
#[must_use]
pub fn severity_of(finding: &Finding) -> Severity {
    finding.problem.rule.severity(Standard::Own)
}

/// Checks each folder and pack on its own, and all files together. They may refer to entries of the corpus.
///
/// # Errors
/// A path does not exist or cannot be read.
pub fn inspect(paths: &[PathBuf], corpus: &Corpus) -> Result<Report> {
    let mut report = Report::default();
    let mut files = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| Error::File {
            doing: "read",
            path: path.clone(),
            error,
        })?;
        if metadata.is_dir() {
            check_path(path, corpus, &mut report)?;
        } else if let Some(packed) = entries_of_pack(path)? {
            check_together(packed, corpus, &mut report);
        } else {
            files.push(path.clone());
        }
    }
    for path in files {
        check_path(&path, corpus, &mut report)?;
    }
    report
        .findings
        .sort_by(|a, b| (&a.path, a.problem.place).cmp(&(&b.path, b.problem.place)));
    Ok(report)
}

/// The entries of a pack, each under the path that its file has in the pack; `None` if the file is not a
/// pack.
fn entries_of_pack(path: &Path) -> Result<Option<Vec<Checked>>> {
    let damaged = |error| Error::Glossary {
        name: path.display().to_string(),
        error,
    };
    let segment = match pack::open(path) {
        Err(index::Error::Foreign | index::Error::Empty | index::Error::Io(_)) => return Ok(None),
        opened => opened.map_err(damaged)?,
    };
    let entries = (0..segment.entry_count()).map(|number| {
        let (entry, location) = segment.entry(number).map_err(damaged)?;
        let file = File {
            slug: entry.slug,
            path: path.join(location.path),
        };
        let entry = Entry::parse(&file.slug, &entry.text).map(Some);
        Ok(Checked { file, entry })
    });
    entries.collect::<Result<_>>().map(Some)
}

/// A file and its entry.
struct Checked {
    file: File,
    entry: std::result::Result<Option<Entry>, Problem>,
}

/// Checks a folder, or a file named on its own.
fn check_path(path: &Path, corpus: &Corpus, report: &mut Report) -> Result<()> {
    let (root, listing, way) = folder::list_named(path)?;
    report.files += listing.files.len() + listing.findings.len();
    report.findings.extend(listing.findings);
    let (entries, findings) = read_files(&root, &listing.files, way, &mut |_, _| {});
    report.findings.extend(findings);
    // House style is for the native layout; other forms have none.
    let native = entries.into_iter().filter(|sourced| sourced.is_native);
    let checked = native.map(|sourced| {
        let file = File::at(root.join(&sourced.path));
        Checked {
            file,
            entry: Ok(Some(sourced.entry)),
        }
    });
    let files = report.files;
    check_together(checked, corpus, report);
    report.files = files;
    Ok(())
}

fn check_together(files: impl IntoIterator<Item = Checked>, corpus: &Corpus, report: &mut Report) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut sources: Vec<File> = Vec::new();
    for Checked { file, entry } in files {
        report.files += 1;
        match entry {
            // Hidden entries and drafts have no text to check.
            Ok(Some(entry)) if entry.front.draft || entry.front.hidden => {}
            Ok(Some(entry)) => {
                entries.push(entry);
                sources.push(file);
            }
            Ok(None) => report.files -= 1,
            Err(problem) => report.findings.push(file.finding(problem)),
        }
    }
    let entries: Vec<&Entry> = entries.iter().collect();
    let problems = check::all(&entries, corpus);
    let findings = problems.into_iter();
    report
        .findings
        .extend(findings.map(|(number, problem)| sources[number].finding(problem)));
}
