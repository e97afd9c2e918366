//! Checks entries against the rules: each by itself (`front_matter`, `text`), and together (`references`).

mod front_matter;
mod references;
mod text;

use std::ops::{Range, RangeInclusive};

use references::Neighbors;

use super::Entry;
use super::diagnostic::{Diagnostic, Place};
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

const RELATED_TERMS: RangeInclusive<usize> = 3..=9;

/// At most this many findings of one kind are reported in one section.
const MAX_ALIKE: usize = 20;

/// What entries may refer to beneath the ones that are checked.
pub trait NameLookup {
    /// The slugs of the entries that a name leads to.
    fn owners(&self, name: &str) -> Vec<String>;
    /// The slugs that an entry requires; empty if the entry does not exist.
    fn requires(&self, slug: &str) -> Vec<String>;
    /// Whether an entry lists this name as related.
    fn mentions(&self, name: &str) -> bool;
}

/// There is nothing beneath the built-in glossary.
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

/// Checks entries by themselves and together: for each finding, the number of its entry.
#[must_use]
pub fn all(entries: &[&Entry], beneath: &dyn NameLookup) -> Vec<(usize, Diagnostic)> {
    let neighbors = Neighbors::new(entries, beneath);
    let mut found = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let mut checker = Checker {
            entry,
            problems: Vec::new(),
        };
        checker.front_matter();
        checker.sections();
        neighbors.check_names(&mut checker);
        neighbors.check_references(&mut checker);
        neighbors.check_relations(&mut checker);
        neighbors.check_circles(&mut checker);
        found.extend(
            checker
                .problems
                .into_iter()
                .map(|problem| (number, problem)),
        );
    }
    found
}

/// An entry, and what is wrong with it.
struct Checker<'e> {
    entry: &'e Entry,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.problems.push(Diagnostic::new(rule, place, message));
    }

    /// The line of a key in the front matter.
    fn key(&self, key: &str) -> Place {
        let is_key = |line: &str| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        let line = self.entry.text.lines().position(is_key).unwrap_or(0) + 1;
        Place { line, column: 1 }
    }

    /// The beginning of the words in a section, or of its text.
    fn within(&self, range: Option<Range<usize>>, words: &str) -> Place {
        let text = &self.entry.text;
        let Some(range) = range else {
            return Place::START;
        };
        let section = text.get(range.clone()).unwrap_or_default();
        let start = section.len() - section.trim_start().len();
        let found = section.find(words).filter(|_| !words.is_empty());
        Place::at(text, range.start + found.unwrap_or(start))
    }

    fn in_section(&self, depth: Depth, words: &str) -> Place {
        self.within(self.entry.sections.of(depth), words)
    }
}
