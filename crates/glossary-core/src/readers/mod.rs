//! Readers of glossaries in any form: a file goes in, entries and problems come out.
//!
//! - [`read`]: one file. `FORMS` lists the forms; a new one is a line there and a file here.
//! - [`resolve`]: all files of a glossary: slugs that are taken, and what relations lead to.
//! - `markdown`: a page of one term, or a file of `many`, from text that `prepare` has reduced to the
//!   Markdown that `entry::outline` takes apart.
//! - `data`: the other forms.
//! - `draft`, `fields`, `relations`, `words`: what an entry is made of in all of them.

mod data;
mod draft;
mod fields;
mod glossary;
mod many;
mod markdown;
mod prepare;
mod relations;
mod words;

use std::ffi::OsStr;
use std::path::Path;

pub use draft::Draft;
pub use glossary::{Resolved, resolve};
use unicode_normalization::UnicodeNormalization;
pub(crate) use words::is_in;

use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::entry::source::decode;

type Reader = fn(&File, &str) -> Reading;

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
struct File {
    way: Way,
    /// Its name without the extension.
    stem: String,
    /// What an entry of it is called by: the stem, or the folder of `index.md`.
    name: String,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its entries, in order.
    pub drafts: Vec<Draft>,
    /// What cannot be read, or only in part.
    pub problems: Vec<Problem>,
    /// Whether it is a file of many terms.
    pub holds_many: bool,
}

impl Reading {
    fn of_one(draft: Draft) -> Self {
        let drafts = vec![draft];
        Self {
            drafts,
            ..Self::default()
        }
    }

    fn of_many() -> Self {
        Self {
            holds_many: true,
            ..Self::default()
        }
    }

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
        let title = &draft.front.title;
        if draft.is_empty() {
            let message = format!("“{title}” has no text; write some, or take it out");
            self.warn(draft.line, message);
        } else if title.contains(char::is_alphanumeric) {
            self.drafts.push(draft);
        }
    }
}

/// Whether a file of this name may be one of a glossary.
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
        let message = "no form that is read; those are Markdown, YAML, JSON, CSV, and TSV";
        return Reading::refused(Problem::new(Rule::Unreadable, Place::START, message));
    };
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problem) => return Reading::refused(problem),
    };
    let name = |name: &OsStr| name.to_string_lossy().nfc().collect::<String>();
    let stem = path.file_stem().map(name).unwrap_or_default();
    let parent = path.parent().and_then(Path::file_name).map(name);
    let parent = parent.unwrap_or_else(|| folder.to_string());
    let name = if is_index(&stem) {
        parent
    } else {
        stem.clone()
    };
    reader(&File { way, stem, name }, &text)
}

/// Whether a file of this stem describes its folder.
pub(crate) fn is_index(stem: &str) -> bool {
    matches!(stem, "index" | "_index")
}
