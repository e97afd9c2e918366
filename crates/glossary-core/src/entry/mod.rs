//! What an entry is: one concept, its names, and its explanation at three depths.
//!
//! Owns the file format and the rules that entries are held to. It must not know which entries there
//! are, where they came from or how they are shown. The build script compiles this module too, so it
//! names nothing of the crate outside `crate::entry`.

pub mod check;
pub mod front_matter;
pub mod key;
pub mod markdown;
pub mod names;
pub mod outline;
pub mod passage;
pub mod problem;
pub mod readability;
pub mod related;
pub mod rule;
pub mod sections;
pub mod skeleton;
pub mod source;
pub mod stem;
pub mod value;

use std::borrow::Cow;
use std::ops::Range;

use front_matter::FrontMatter;
use problem::Place;
pub use problem::Problem;
use rule::Rule;
use sections::{Depth, Sections};

/// One concept, as read from its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The file's stem: what a person would type.
    pub slug: String,
    /// What stands above the text, and the lists of names.
    pub front: FrontMatter,
    /// The titles under "Related terms", in their order, each once.
    pub related: Vec<String>,
    /// Where the sections stand in `text`.
    pub sections: Sections,
    /// The whole file, without a byte order mark.
    pub text: String,
}

impl Entry {
    /// Reads an entry from the text of its file.
    ///
    /// # Errors
    /// What keeps it from being read: front matter that is missing, unclosed or wrong, no title, or
    /// none of the three sections that explain.
    pub fn parse(slug: &str, text: &str) -> Result<Self, Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = &*source::with_line_feeds(text);
        let (front, body) = front_matter::read(text)?;
        let text = &*with_printable_body(text, body);
        let sections = Sections::find(text, body);
        if Depth::ALL.iter().all(|&depth| sections.of(depth).is_none()) && !front.hidden {
            return Err(Problem::new(
                Rule::Sections,
                Place::at(text, body.min(text.len())),
                format!(
                    "no section explains the term; write `### {}` and the text under it",
                    Depth::Summary.heading()
                ),
            ));
        }
        let related = sections
            .related()
            .map(|range| related::titles(text.get(range).unwrap_or_default()))
            .unwrap_or_default();
        Ok(Self {
            slug: slug.to_string(),
            front,
            related,
            sections,
            text: text.to_string(),
        })
    }

    /// The Markdown of a section; `None` when the entry lacks it.
    #[must_use]
    pub fn section(&self, depth: Depth) -> Option<&str> {
        self.sections.of(depth).and_then(|range| self.slice(range))
    }

    /// The summary as one line of plain text, empty when there is none.
    #[must_use]
    pub fn gloss(&self) -> String {
        self.section(Depth::Summary)
            .map(|text| markdown::one_line(&markdown::parse(text)))
            .unwrap_or_default()
    }

    /// What the entry is called, and by which right.
    pub fn names(&self) -> impl Iterator<Item = names::Name<'_>> {
        names::of(self)
    }

    fn slice(&self, range: Range<usize>) -> Option<&str> {
        self.text.get(range).map(str::trim)
    }
}

/// A text without what may not be printed, before Markdown is read: taken out later, it would leave
/// marks side by side that were not. In the front matter it is an error instead.
fn with_printable_body(text: &str, body: usize) -> Cow<'_, str> {
    match text.split_at_checked(body) {
        Some((front, body)) if markdown::holds(body, markdown::is_out_of_place) => {
            let body = body.chars().filter(|&c| !markdown::is_out_of_place(c));
            front.chars().chain(body).collect()
        }
        _ => text.into(),
    }
}
