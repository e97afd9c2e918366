//! Entries: the file format, the names, the sections, and the rules.

pub mod check;
pub mod diagnostic;
pub mod front_matter;
pub mod markdown;
pub mod names;
pub mod normalize;
pub mod outline;
pub mod passage;
pub mod readability;
pub mod related;
pub mod rule;
pub mod sections;
pub mod source;
pub mod stem;
pub mod template;
pub mod value;

use std::borrow::Cow;
use std::ops::Range;

pub use diagnostic::Diagnostic;
use diagnostic::Place;
use front_matter::FrontMatter;
use rule::Rule;
use sections::{Depth, Sections};

/// One concept, as read from its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The file's stem: what a person would type.
    pub slug: String,
    /// The front matter.
    pub front: FrontMatter,
    /// The titles under "Related terms", in their order, each once.
    pub related: Vec<String>,
    /// The positions of the sections in `text`.
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
    pub fn parse(slug: &str, text: &str) -> Result<Self, Diagnostic> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = &*source::with_line_feeds(text);
        let (front, body) = front_matter::read(text)?;
        let text = &*with_printable_body(text, body);
        let sections = Sections::find(text, body);
        if Depth::ALL.iter().all(|&depth| sections.of(depth).is_none()) && !front.hidden {
            return Err(Diagnostic::new(
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

    /// The sections at some depths, or else the first that there is.
    #[must_use]
    pub fn sections_at(&self, depths: &[Depth]) -> Vec<(Depth, &str)> {
        let section = |&depth: &Depth| Some((depth, self.section(depth)?));
        let asked: Vec<_> = depths.iter().filter_map(section).collect();
        if asked.is_empty() {
            return Depth::ALL.iter().find_map(section).into_iter().collect();
        }
        asked
    }

    /// The summary as one line of plain text, or else the first paragraph; empty without any text.
    #[must_use]
    pub fn gloss(&self) -> String {
        let Some(&(depth, text)) = self.sections_at(&[Depth::Summary]).first() else {
            return String::new();
        };
        let mut blocks = markdown::parse(text);
        if depth != Depth::Summary {
            blocks.truncate(1);
        }
        markdown::one_line(&blocks)
    }

    /// All names of the entry.
    pub fn names(&self) -> impl Iterator<Item = names::Name<'_>> {
        names::of(self)
    }

    fn slice(&self, range: Range<usize>) -> Option<&str> {
        self.text.get(range).map(str::trim)
    }
}

/// A text whose body has no control characters. They are removed before Markdown is parsed, as removing them
/// later could join marks. In front matter they are an error.
fn with_printable_body(text: &str, body: usize) -> Cow<'_, str> {
    match text.split_at_checked(body) {
        Some((front, body)) if markdown::holds(body, markdown::is_out_of_place) => {
            let body = body.chars().filter(|&c| !markdown::is_out_of_place(c));
            front.chars().chain(body).collect()
        }
        _ => text.into(),
    }
}
