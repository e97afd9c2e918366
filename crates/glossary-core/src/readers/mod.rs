//! Readers of glossaries in any form: a file goes in, entries and problems come out.
//!
//! - [`read`]: one file. [`FORMS`] lists the forms; a new one is a line there and a file here.
//! - [`resolve`]: all files of a glossary: slugs that are taken, and what relations lead to.
//! - `markdown`: a page of one term (`page`) or a file of many (`many`), from text that `directives`,
//!   `macros`, and `html` have reduced to Markdown and `document` has parsed.
//! - `rst`, `data`: the other forms.
//! - `draft`, `fields`, `relations`, `words`: what an entry is made of in all of them.

mod data;
mod directives;
mod document;
mod draft;
mod fields;
mod glossary;
mod html;
mod lines;
mod macros;
mod many;
mod markdown;
mod page;
mod relations;
mod rst;
mod select;
mod words;

use std::path::Path;

pub use draft::Draft;
pub use glossary::{Resolved, resolve};
pub use select::{is_candidate, is_entered, select};

use crate::entry::Entry;
use crate::entry::markdown::is_out_of_place;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use unicode_normalization::UnicodeNormalization;

type Reader = fn(&File<'_>, &str) -> Reading;

/// The extensions of each form, in lower case, and its reader.
const FORMS: [(&[&str], Reader); 5] = [
    (&["md", "markdown", "mdx"], markdown::read),
    (&["rst"], markdown::read_rst),
    (&["yml", "yaml"], data::yaml),
    (&["json"], data::json),
    (&["csv", "tsv"], data::table),
];

/// How a file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In a folder, where files that are no glossaries are passed over in silence.
    InFolder,
    /// It was named by itself.
    Named,
}

/// A file that is to be read.
struct File<'f> {
    way: Way,
    /// Its name without the extension.
    stem: String,
    /// What an entry of it is called by: the stem, or the folder of `index.md`.
    name: String,
    /// Whether its extension is that of MDX or the like.
    path: &'f Path,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its entries, in order.
    pub items: Vec<Item>,
    /// What cannot be read, or can be read in part.
    pub problems: Vec<Problem>,
    /// Whether it is a file of many terms.
    pub holds_many: bool,
}

/// An entry of a file.
#[derive(Debug)]
pub enum Item {
    /// In the native layout.
    Entry(Entry),
    /// In any other.
    Draft(Draft),
}

impl Reading {
    fn refused(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            ..Self::default()
        }
    }

    fn warn(&mut self, line: usize, message: String) {
        let place = Place { line, column: 1 };
        self.problems
            .push(Problem::new(Rule::Skipped, place, message));
    }

    /// Adds an entry, or a warning that it says nothing.
    fn take(&mut self, draft: Draft) {
        if draft.is_empty() {
            let message = format!(
                "“{}” has no text; write some, or take it out",
                draft.title()
            );
            self.warn(draft.line, message);
        } else {
            self.items.push(Item::Draft(draft));
        }
    }
}

/// Whether a file with this name may be one of a glossary.
#[must_use]
pub fn is_read(path: &Path) -> bool {
    reader(path).is_some()
}

fn reader(path: &Path) -> Option<Reader> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    let form = FORMS
        .iter()
        .find(|(extensions, _)| extensions.contains(&extension.as_str()));
    form.map(|(_, reader)| *reader)
}

/// Reads a file. `path` is relative to its glossary, and `folder` is the name of that.
#[must_use]
pub fn read(path: &Path, folder: &str, bytes: &[u8], way: Way) -> Reading {
    let Some(reader) = reader(path) else {
        let message = "of no form that is read; those are Markdown, reStructuredText, YAML, JSON, CSV, and TSV";
        return Reading::refused(Problem::new(Rule::Unreadable, Place::START, message));
    };
    let text = match text(bytes) {
        Ok(text) => text,
        Err(problem) => return Reading::refused(problem),
    };
    let lossy = |name: &std::ffi::OsStr| name.to_string_lossy().nfc().collect::<String>();
    let stem = path.file_stem().map(lossy).unwrap_or_default();
    let parent = path.parent().and_then(Path::file_name).map(lossy);
    let name = if is_index(&stem) {
        parent.unwrap_or_else(|| folder.to_string())
    } else {
        stem.clone()
    };
    let file = File {
        way,
        stem,
        name,
        path,
    };
    reader(&file, &text)
}

/// Whether a file of this stem describes its folder.
fn is_index(stem: &str) -> bool {
    matches!(stem, "index" | "_index")
}

/// The text of a file: UTF-8 without a byte order mark, with line feeds alone.
fn text(bytes: &[u8]) -> Result<String, Problem> {
    let refuse = |at: usize, message: &str| {
        let before = String::from_utf8_lossy(&bytes[..at]);
        Err(Problem::new(
            Rule::Unreadable,
            Place::at(&before, before.len()),
            message,
        ))
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return refuse(0, "not UTF-8 but UTF-16; save it as UTF-8");
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return refuse(at, "a NUL byte, so this is no text; save it as UTF-8");
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => return refuse(error.valid_up_to(), "not UTF-8; save it as UTF-8"),
    };
    if text.trim().is_empty() {
        return refuse(0, "empty; write an entry, or take it out");
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A text without characters that a terminal obeys.
fn printable(text: &str) -> String {
    text.chars().filter(|&c| !is_out_of_place(c)).collect()
}
