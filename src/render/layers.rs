//! The glossaries that are consulted: as a table, for programs, and in a line when something in them
//! cannot be used.
//!
//! Owns the wording. It must not know how layers are opened.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::findings::counted;
use super::{Look, Role, json, safe};
use glossary_core::corpus::{Absent, BUILT_IN, Corpus, Glossary, Origin, Place, Source};
use glossary_core::error::Error;

/// What a packed glossary is called, and a place without one.
const PACK: &str = "pack";
const ABSENT: &str = "absent";

/// A glossary, or the place where there is none.
#[derive(Debug, Serialize)]
pub struct Row {
    source: String,
    path: Option<String>,
    origin: &'static str,
    entries: u32,
    problems: Vec<String>,
    /// Why it is not consulted; none when it is.
    absent: Option<String>,
    form: Option<&'static str>,
}

/// A row for each place, the nearest first; the built-in glossary comes last.
#[must_use]
pub fn rows(corpus: &Corpus, sources: &[Source]) -> Vec<Row> {
    let mut rows = Vec::new();
    for source in sources {
        let path = Some(source.path.to_string_lossy().into_owned());
        let absent = |absent: &&Absent| absent.source == *source;
        if let Some(absent) = corpus.absent().iter().find(absent) {
            rows.push(Row {
                source: source.path.to_string_lossy().into_owned(),
                path,
                origin: origin(source.origin),
                entries: 0,
                problems: Vec::new(),
                absent: Some(reason(absent)),
                form: None,
            });
        }
        rows.extend(layers(corpus, |layer| {
            layer.path() == Some(&source.path) && layer.origin == source.origin
        }));
    }
    rows.extend(layers(corpus, |layer| layer.path().is_none()));
    rows
}

fn layers(corpus: &Corpus, wanted: impl Fn(&Glossary) -> bool) -> Option<Row> {
    let layer = corpus.glossaries().find(|layer| wanted(layer))?;
    let problems = layer.findings.iter().map(ToString::to_string).collect();
    Some(Row {
        source: layer.name.clone(),
        path: layer.path().map(|path| path.to_string_lossy().into_owned()),
        origin: origin(layer.origin),
        entries: layer.entries,
        problems,
        absent: None,
        form: Some(form(&layer.place)),
    })
}

/// What lies in a place.
fn form(place: &Place) -> &'static str {
    match place {
        Place::Folder(_) => "folder",
        Place::Pack(_) => PACK,
        Place::Binary => BUILT_IN,
    }
}

/// Why a place is consulted, in the words that a user would look for.
fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Flag => "--glossary",
        Origin::Environment => "GLOSSARY_PATH",
        Origin::DataHome => "your data folder",
        Origin::DataDirs => "a shared data folder",
        Origin::BuiltIn => BUILT_IN,
    }
}

fn reason(absent: &Absent) -> String {
    match &absent.error {
        _ if absent.is_missing() => "does not exist".to_string(),
        Error::File { error, .. } => error.to_string(),
        Error::Glossary { error, .. } => error.to_string(),
        Error::Request(message) => message.clone(),
    }
}

/// On a page the layers one below the other; in a pipe a line each of path, why, entries,
/// problems and what it is.
#[must_use]
pub fn text(rows: &[Row], look: &Look) -> String {
    let mut out = String::new();
    for row in rows {
        let path = safe(row.path.as_deref().unwrap_or(BUILT_IN));
        let state = row.absent.clone().unwrap_or_else(|| {
            let entries = entries(row.entries as usize);
            if row.form == Some(PACK) {
                return format!("{entries}, packed");
            }
            format!("{entries}, {}", counted(row.problems.len(), "problem"))
        });
        let _ = match look {
            Look::Plain { width: None } => writeln!(
                out,
                "{path}\t{}\t{}\t{}\t{}",
                row.origin,
                row.entries,
                row.problems.len(),
                row.form.unwrap_or(ABSENT)
            ),
            _ if row.path.is_none() => {
                writeln!(out, "{}\n  {state}", look.paint(Role::Title, BUILT_IN))
            }
            _ => writeln!(
                out,
                "{}\n  {}: {}",
                look.paint(Role::Title, &path),
                row.origin,
                safe(&state)
            ),
        };
    }
    out
}

/// An array with an object for each layer, on a line: `source` (what its entries are said to be from),
/// `path` (null for the built-in one), `origin`, `entries`, `problems` (a line each), `absent` (why
/// it is not consulted, null when it is) and `form` ("folder", "pack", "built-in", null when absent).
#[must_use]
pub fn json(rows: &[Row]) -> String {
    json::line(&rows)
}

/// What is to be said of glossaries that cannot be used in whole; a line each.
#[must_use]
pub fn notes(corpus: &Corpus) -> Vec<String> {
    let mut notes: Vec<String> = corpus
        .absent()
        .iter()
        .filter(|absent| absent.source.origin == Origin::Environment || !absent.is_missing())
        .map(|absent| {
            format!(
                "{} ({}) is not consulted: {}",
                absent.source.path.display(),
                origin(absent.source.origin),
                reason(absent)
            )
        })
        .collect();
    let (mut count, mut names, mut paths) = (0, Vec::new(), Vec::new());
    for layer in corpus.glossaries() {
        let Some(path) = layer.path() else { continue };
        if !layer.findings.is_empty() {
            count += layer.findings.len();
            names.push(layer.name.as_str());
            paths.push(path);
        }
    }
    notes.extend(unusable(count, &names, &paths));
    notes
}

/// What is to be said of files that were not packed.
#[must_use]
pub fn left_out(count: usize, folders: &[PathBuf]) -> Option<String> {
    let paths: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let names: Vec<Cow<'_, str>> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    unusable(count, &names, &paths)
}

/// What was packed, on a line.
#[must_use]
pub fn packed(path: &Path, count: usize) -> String {
    format!("{}: {}\n", safe(&path.to_string_lossy()), entries(count))
}

/// That files of some glossaries cannot be used, and what tells why.
fn unusable(count: usize, names: &[&str], paths: &[&Path]) -> Option<String> {
    let words: Vec<String> = paths
        .iter()
        .map(|path| shell_word(&path.to_string_lossy()).into_owned())
        .collect();
    (count > 0).then(|| {
        format!(
            "{} of {} cannot be used; `glossary check {}` says why",
            counted(count, "file"),
            names.join(" and "),
            words.join(" ")
        )
    })
}

/// `1 entry`, `2 entries`.
fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_string(),
        count => format!("{count} entries"),
    }
}

/// A text as a word that a shell takes as it is.
fn shell_word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
    }
}
