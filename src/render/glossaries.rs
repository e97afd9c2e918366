//! The glossaries that are consulted: as a table, for programs, and in a line when something in them
//! cannot be used.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{OutputStyle, Role, counted, json, parts, sanitize};
use glossary_core::corpus::{BUILT_IN, Origin};

/// A glossary, or a path without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryStatus {
    /// The name of the glossary in answers.
    pub name: String,
    /// Its path; `None` for the built-in one.
    pub path: Option<PathBuf>,
    /// Why it is consulted.
    pub origin: Origin,
    /// The number of its entries.
    pub entries: usize,
    /// What cannot be used, one line each.
    pub problems: Vec<String>,
    /// What it is.
    pub form: Form,
}

/// The kind of thing at the path of a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A folder.
    Folder,
    /// A file that is read as it is.
    File,
    /// A packed glossary.
    Pack,
    /// The built-in glossary.
    BuiltIn,
    /// Nothing.
    Missing,
    /// Something that cannot be read, and why.
    Unavailable(String),
}

impl Form {
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Folder => Some("folder"),
            Self::File => Some("file"),
            Self::Pack => Some("pack"),
            Self::BuiltIn => Some(BUILT_IN),
            Self::Missing | Self::Unavailable(_) => None,
        }
    }

    /// Why it is not consulted; `None` if it is.
    fn absence(&self) -> Option<&str> {
        match self {
            Self::Missing => Some("does not exist"),
            Self::Unavailable(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Why a glossary is consulted, in words that a user would search for.
fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Flag => "--glossary",
        Origin::Environment => "GLOSSARY_PATH",
        Origin::DataHome => "your data folder",
        Origin::DataDirs => "a shared data folder",
        Origin::BuiltIn => BUILT_IN,
    }
}

/// On a page one glossary below the other; in a pipe a line each with path, origin, entries, problems,
/// and form, tab-separated.
#[must_use]
pub fn text(rows: &[GlossaryStatus], style: &OutputStyle) -> String {
    let mut out = String::new();
    for row in rows {
        let path = row.path.as_deref().map(Path::to_string_lossy);
        let path = path.unwrap_or(BUILT_IN.into());
        let origin = origin_name(row.origin);
        if style.is_tabular() {
            let (path, form) = (sanitize(&path), row.form.name().unwrap_or("absent"));
            let (entries, problems) = (row.entries, row.problems.len());
            let _ = writeln!(out, "{path}\t{origin}\t{entries}\t{problems}\t{form}");
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        parts::write(&[(Role::Title, &path)], "", style, &mut out);
        let entries = counted(row.entries, "entry");
        let state = match &row.form {
            Form::Pack => format!("{entries}, packed"),
            form => form.absence().map_or_else(
                || format!("{entries}, {}", counted(row.problems.len(), "problem")),
                str::to_string,
            ),
        };
        let line = match row.form {
            Form::BuiltIn => entries,
            _ => format!("{origin}: {state}"),
        };
        parts::write(&[(Role::Text, &line)], "  ", style, &mut out);
    }
    out
}

/// An array with an object for each glossary, on one line: `source` (its name in answers), `path` (null
/// for the built-in one), `origin`, `entries`, `problems` (a line each), `absent` (why it is not
/// consulted, null if it is), and `form` ("folder", "file", "pack", "built-in", null when absent).
#[must_use]
pub fn json(rows: &[GlossaryStatus]) -> String {
    json::array(rows.iter().map(|row| {
        json!({
            "source": row.name,
            "path": row.path.as_deref().map(Path::to_string_lossy),
            "origin": origin_name(row.origin),
            "entries": row.entries,
            "problems": row.problems,
            "absent": row.form.absence(),
            "form": row.form.name(),
        })
    }))
}

/// Messages about glossaries that are not consulted.
#[must_use]
pub fn absences(rows: &[GlossaryStatus]) -> Vec<String> {
    let mut messages = Vec::new();
    for row in rows {
        let is_expected = row.form == Form::Missing && row.origin != Origin::Environment;
        if let Some(reason) = row.form.absence().filter(|_| !is_expected) {
            let origin = origin_name(row.origin);
            messages.push(format!(
                "{} ({origin}) is not consulted: {reason}",
                row.name
            ));
        }
    }
    if rows.iter().all(|row| row.form.absence().is_some()) {
        let how = "name one with `--glossary PATH` or in GLOSSARY_PATH";
        messages.push(format!("no glossary to consult; {how}"));
    }
    messages
}

/// The message that files of glossaries cannot be used, if there are any.
#[must_use]
pub fn unusable_files(rows: &[GlossaryStatus]) -> Option<String> {
    let broken = rows.iter().filter(|row| !row.problems.is_empty());
    let broken: Vec<&GlossaryStatus> = broken.collect();
    let count = broken.iter().map(|row| row.problems.len()).sum();
    let names: Vec<&str> = broken.iter().map(|row| row.name.as_str()).collect();
    let paths = broken.iter().filter_map(|row| row.path.as_deref());
    unusable(count, &names, paths)
}

/// The message about files that were not packed.
#[must_use]
pub fn left_out(count: usize, folders: &[PathBuf]) -> Option<String> {
    let names: Vec<Cow<'_, str>> = folders.iter().map(|path| path.to_string_lossy()).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    unusable(count, &names, folders.iter().map(PathBuf::as_path))
}

/// A line that says what was packed.
#[must_use]
pub fn packed(path: &Path, entries: usize) -> String {
    let path = path.to_string_lossy();
    format!("{}: {}\n", sanitize(&path), counted(entries, "entry"))
}

/// The message that files of some glossaries cannot be used, and the command that says why.
fn unusable<'p>(
    count: usize,
    names: &[&str],
    paths: impl Iterator<Item = &'p Path>,
) -> Option<String> {
    if count == 0 {
        return None;
    }
    let words: Vec<String> = paths
        .map(|path| shell_word(&path.to_string_lossy()).into_owned())
        .collect();
    Some(format!(
        "{} of {} cannot be used; `glossary check {}` says why",
        counted(count, "file"),
        names.join(" and "),
        words.join(" ")
    ))
}

/// A text as a word that a shell takes as it is.
fn shell_word(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
    }
}
