//! Readers of glossaries in any form: a file goes in, entries and problems come out.
//!
//! - [`read`]: one file. `FORMS` lists the forms; a new one is a line there and a file here.
//! - [`resolve`]: all files of a glossary: slugs that are taken, and what relations lead to.
//! - `markdown`: a page of one term, or a file of `many`, from text that `prepare` has reduced to the
//!   Markdown that `entry::outline` takes apart.
//! - `data`: the other forms.
//! - `draft`, `fields`, `words`: what an entry is made of in all of them.

mod data;
mod draft;
mod fields;
mod glossary;
mod many;
mod markdown;
mod prepare;
mod words;

use std::ffi::OsStr;
use std::path::Path;

pub use draft::Draft;
pub use glossary::{Resolved, resolve};
use unicode_normalization::UnicodeNormalization;
pub(crate) use words::is_in;

use crate::entry::diagnostic::{Diagnostic, Place};
use crate::entry::rule::Rule;
use crate::entry::source::decode;

pub(crate) type Reader = fn(&File, &str) -> Result<Reading, Diagnostic>;

/// The extensions of each form, in lower case, and its reader.
const FORMS: [(&[&str], Reader); 4] = [
    (&["md", "markdown", "mdx"], markdown::read),
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
pub(crate) struct File {
    way: Way,
    /// Its name without the extension.
    stem: String,
    /// The name of an entry in it: the stem, or the folder of `index.md`.
    name: String,
}

/// The contents of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its entries, in order.
    pub drafts: Vec<Draft>,
    /// What cannot be read, or only in part.
    pub problems: Vec<Diagnostic>,
}

impl Reading {
    fn warn(&mut self, line: usize, message: String) {
        let place = Place { line, column: 1 };
        self.problems
            .push(Diagnostic::new(Rule::Skipped, place, message));
    }

    /// Adds an entry, or a warning that it says nothing.
    fn take(&mut self, draft: Draft) {
        let title = &draft.front.title;
        if draft.is_empty() {
            let message = format!("“{title}” has no text; write some, or take it out");
            self.warn(draft.line, message);
        } else if title.contains(char::is_alphanumeric) {
            self.drafts.push(draft);
        }
    }
}

/// The reader of files with the extension of a path.
pub(crate) fn reader(path: &Path) -> Option<Reader> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    let reads = |(extensions, _): &&(&[&str], Reader)| extensions.contains(&&*extension);
    FORMS.iter().find(reads).map(|(_, reader)| *reader)
}

/// Reads a file. `path` is relative to its glossary, and `folder` is the name of that.
#[must_use]
pub fn read(path: &Path, folder: &str, bytes: &[u8], way: Way) -> Reading {
    let name = |name: &OsStr| name.to_string_lossy().nfc().collect::<String>();
    let stem = path.file_stem().map(name).unwrap_or_default();
    let parent = path.parent().and_then(Path::file_name).map(name);
    let parent = parent.unwrap_or_else(|| folder.to_string());
    let name = if is_index(&stem) { &parent } else { &stem }.clone();
    let file = File { way, stem, name };
    let message = "no form that is read; those are Markdown, YAML, JSON, CSV, and TSV";
    let unknown = Diagnostic::new(Rule::Unreadable, Place::START, message);
    let reader = reader(path).ok_or(unknown);
    let read = reader.and_then(|reader| reader(&file, &decode(bytes)?));
    read.unwrap_or_else(|problem| {
        let mut reading = Reading::default();
        // Data that is no glossary is for another program, unless it is called one.
        let is_other = problem.rule == Rule::Data && !file.is_called_glossary();
        reading.problems.extend(Some(problem).filter(|_| !is_other));
        reading
    })
}

impl File {
    /// Whether its name says that it is a glossary, or it was named by itself.
    fn is_called_glossary(&self) -> bool {
        self.way == Way::Named || words::names_glossary(&self.stem)
    }
}

/// Whether a file of this stem describes its folder.
pub(crate) fn is_index(stem: &str) -> bool {
    matches!(stem, "index" | "_index")
}
