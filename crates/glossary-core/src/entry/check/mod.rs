//! The rules, applied: what is wrong with an entry, and with entries beside one another.
//!
//! Owns every check of text that could be read. It must not know where entries came from; what lies
//! in other layers it asks of `NameLookup`.
//!
//! - `front_matter`, `text`: one entry, looked at by itself.
//! - `between`: entries beside one another.

mod between;
mod front_matter;
mod text;

use std::ops::Range;

use between::{NameTable, circles, relations};

use super::Entry;
use super::problem::{Place, Problem};
use super::rule::Rule;
use super::sections::Depth;

/// The names of the subcommands: slugs that cannot be looked up without `show`.
pub const RESERVED: &[&str] = &[
    "show",
    "related",
    "search",
    "learn",
    "list",
    "tags",
    "random",
    "scan",
    "check",
    "new",
    "edit",
    "pack",
    "paths",
    "completions",
    "man",
    "help",
];

const RELATED_TERMS: Range<usize> = 3..10;
/// Findings of one kind in one section: who has as many needs no more to see what is wrong.
const MOST_ALIKE: usize = 20;

/// What the entries under check may name beside one another.
pub trait NameLookup {
    /// The slugs of the entries that a name leads to.
    fn owners(&self, name: &str) -> Vec<String>;
    /// What an entry requires; nothing when there is no such entry.
    fn requires(&self, slug: &str) -> Vec<String>;
    /// Whether an entry names this as related.
    fn mentions(&self, name: &str) -> bool;
}

/// Nothing lies beneath: the built-in glossary stands alone.
pub struct Alone;

impl NameLookup for Alone {
    fn owners(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn requires(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn mentions(&self, _: &str) -> bool {
        false
    }
}

/// What is wrong with one entry, looked at by itself.
#[must_use]
pub fn entry(entry: &Entry) -> Vec<Problem> {
    let mut page = Page {
        entry,
        problems: Vec::new(),
    };
    page.front_matter();
    page.sections();
    page.summary();
    page.eli5();
    page.in_depth();
    page.phrases();
    page.problems
}

/// What is wrong between entries: for each of `entries`, by its number, the findings.
#[must_use]
pub fn together(entries: &[&Entry], known: &dyn NameLookup) -> Vec<(usize, Problem)> {
    let names = NameTable::of(entries, known);
    let mut found = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let mut page = Page {
            entry,
            problems: Vec::new(),
        };
        names.check_names(&mut page);
        names.check_references(&mut page);
        found.extend(page.problems.into_iter().map(|problem| (number, problem)));
    }
    found.extend(relations(entries, &names));
    found.extend(circles(entries, known));
    found
}

/// An entry and what has been found in it.
struct Page<'e> {
    entry: &'e Entry,
    problems: Vec<Problem>,
}

impl Page<'_> {
    fn report(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.problems.push(Problem::new(rule, place, message));
    }

    /// Where a key of the front matter stands.
    fn key(&self, key: &str) -> Place {
        let text = &self.entry.text;
        let line = text.lines().position(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        });
        line.map_or(Place::START, |line| Place {
            line: line + 1,
            column: 1,
        })
    }

    /// Where a section's text begins, or the words in it.
    fn within(&self, range: Option<Range<usize>>, words: &str) -> Place {
        let text = &self.entry.text;
        let Some(range) = range else {
            return Place::START;
        };
        let section = text.get(range.clone()).unwrap_or_default();
        let lead = section.len() - section.trim_start().len();
        let at = section
            .find(words)
            .filter(|_| !words.is_empty())
            .unwrap_or(lead);
        Place::at(text, range.start + at)
    }

    fn in_section(&self, depth: Depth, words: &str) -> Place {
        self.within(self.entry.sections.of(depth), words)
    }
}
