//! Checking files and packs against the rules.

use std::path::{Path, PathBuf};

use super::folder::{Finding, Listing};
use super::indexing::read_files;
use super::layers::Corpus;
use super::pack;
use super::policy::Policy;
use crate::entry::Entry;
use crate::entry::check;
use crate::entry::rule::Severity;
use crate::error::{Error, Result};
use crate::index;

/// The result of a check.
#[derive(Debug, Default)]
pub struct Report {
    /// How many files were checked.
    pub files: usize,
    /// The findings with their severity, sorted by path and position.
    pub findings: Vec<(Finding, Severity)>,
    /// Whether something fails the check: an error, or a warning where the policy is strict.
    pub is_failed: bool,
}

impl Report {
    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings.filter(|(_, found)| *found == severity).count()
    }
}

/// A folder, file, or pack as it is checked.
#[derive(Default)]
struct Checked {
    files: usize,
    /// Entries that rules apply to, with their files.
    entries: Vec<(PathBuf, Entry)>,
    /// Problems that were found while reading.
    findings: Vec<Finding>,
}

/// Checks each folder, file, and pack on its own. They may refer to entries of the corpus.
///
/// # Errors
/// A path does not exist or cannot be read.
pub fn inspect(paths: &[PathBuf], corpus: &Corpus, flags: &Policy) -> Result<Report> {
    let mut report = Report::default();
    for path in paths {
        let (mut checked, policy) = match read_pack(path)? {
            Some(checked) => (checked, flags.clone()),
            None => read_path(path, flags)?,
        };
        checked.apply_rules(corpus);
        report.files += checked.files;
        for finding in checked.findings {
            if let Some(severity) = policy.severity(finding.problem.rule) {
                report.is_failed |= policy.strict || severity == Severity::Error;
                report.findings.push((finding, severity));
            }
        }
    }
    let findings = &mut report.findings;
    findings.sort_by(|(a, _), (b, _)| (&a.path, a.problem.place).cmp(&(&b.path, b.problem.place)));
    Ok(report)
}

/// The entries of a pack, each under the path that its file has in the pack; `None` if the file is not a
/// pack.
fn read_pack(path: &Path) -> Result<Option<Checked>> {
    let damaged = |error| Error::Glossary {
        name: path.display().to_string(),
        error,
    };
    let segment = match pack::open(path) {
        Err(index::Error::Foreign | index::Error::Empty | index::Error::Io(_)) => return Ok(None),
        opened => opened.map_err(damaged)?,
    };
    let mut checked = Checked::default();
    for number in 0..segment.entry_count() {
        let (entry, location) = segment.entry(number).map_err(damaged)?;
        checked.files += 1;
        checked.entries.push((path.join(location.path), entry));
    }
    Ok(Some(checked))
}

/// The entries and the policy of a folder, or of a file named on its own.
fn read_path(path: &Path, flags: &Policy) -> Result<(Checked, Policy)> {
    let listing = Listing::open(path)?;
    let (entries, findings) = read_files(&listing, &mut |_, _| {});
    // Rules about the text are for the native layout; the text of other forms was changed.
    let native = entries.into_iter().filter(|sourced| sourced.is_native);
    let entries = native.map(|sourced| (listing.root.join(&sourced.path), sourced.entry));
    let checked = Checked {
        files: listing.files.len() + listing.findings.len(),
        entries: entries.collect(),
        findings,
    };
    Ok((checked, Policy::of_folder(&listing.root, flags)?))
}

impl Checked {
    /// Adds what the rules find in the entries. Hidden entries have no text to check.
    fn apply_rules(&mut self, corpus: &Corpus) {
        self.entries.retain(|(_, entry)| !entry.front.hidden);
        let entries: Vec<&Entry> = self.entries.iter().map(|(_, entry)| entry).collect();
        let problems = check::all(&entries, corpus);
        let finding = |(number, problem): (usize, _)| Finding {
            path: self.entries[number].0.clone(),
            problem,
        };
        self.findings.extend(problems.into_iter().map(finding));
    }
}
