//! From what was typed to the entries that were meant.

use std::collections::HashSet;

use super::exact::{exact, with_name};
use super::fuzzy::{self, Context, MOST_SUGGESTIONS, Nearest};
use super::named::{NamedEntry, NamedPart, names_in};
use super::{code, comparison, question, translations};
use crate::corpus::{Corpus, Id};
use crate::entry::names::Kind;
use crate::error::Result;

/// How a query led to its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// By slug or title.
    Exact,
    /// By an acronym or a synonym.
    Alias,
    /// By the name of a narrower thing that the entry explains.
    Covered,
    /// By a name that is nearly what was typed.
    Near,
    /// By the names of things to be compared.
    Comparison,
    /// It did not.
    None,
}

/// The entries that a query leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// How the entries were found.
    pub matched: Match,
    /// The entries: several if they share the name, or are compared.
    pub found: Vec<NamedEntry>,
    /// If nothing was found, the entries with the nearest names, the nearest first.
    pub suggestions: Vec<NamedEntry>,
}

impl Resolution {
    /// The ids of the entries.
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        self.found.iter().map(|named| named.id).collect()
    }
}

/// Whether a name that is nearly right counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearMisses {
    /// The nearest name is shown if no other is as near.
    Shown,
    /// Only names are found.
    Off,
}

/// Longer queries, in bytes, ask for no term.
const LONGEST: usize = 1024;

/// Finds what a query means.
pub fn resolve(corpus: &Corpus, query: &str, near_misses: NearMisses) -> Result<Resolution> {
    let mut resolution = Resolution {
        matched: Match::None,
        found: Vec::new(),
        suggestions: Vec::new(),
    };
    // A web address asks for no term either.
    if query.len() > LONGEST || query.contains("://") {
        return Ok(resolution);
    }
    resolution.found = exact(corpus, query)?;
    resolution.matched = match resolution.found.iter().map(|entry| entry.kind).min() {
        Some(Kind::Slug | Kind::Title) => Match::Exact,
        Some(Kind::Acronym | Kind::Alias) => Match::Alias,
        Some(Kind::Covered) => Match::Covered,
        None => Match::None,
    };
    if resolution.matched == Match::Alias
        && let Some(english) = translations::english_name(query)
    {
        // "IA" is an acronym in English and in French.
        resolution.found.extend(with_name(corpus, english)?);
    }
    if resolution.matched != Match::None || near_misses == NearMisses::Off {
        return Ok(resolution);
    }
    if let Some(compared) = comparison::find(corpus, query)? {
        resolution.matched = Match::Comparison;
        resolution.found = compared;
        return Ok(resolution);
    }
    match nearest(corpus, query)? {
        Nearest::Confident(entry) => {
            resolution.matched = Match::Near;
            resolution.found = vec![entry];
        }
        Nearest::Ambiguous(entries) => resolution.suggestions = entries,
    }
    Ok(resolution)
}

/// The nearest names to a query, which may be code, or a question around a term.
fn nearest(corpus: &Corpus, query: &str) -> Result<Nearest> {
    let code = code::read(query);
    let english = question::terms(query).into_iter().chain([query]);
    let english = english.filter_map(|term| translations::english_name(term));
    for spelling in english.chain(code.spellings.iter().map(String::as_str)) {
        let named = with_name(corpus, spelling)?;
        if let Some(entry) = named.into_iter().next() {
            return Ok(Nearest::Confident(entry));
        }
    }
    let context = if code.is_identifier {
        Context::Code
    } else {
        Context::Prose
    };
    // A word of the question may belong to the term, so the shortest term is tried first.
    let spellings = code.spellings.iter().map(String::as_str);
    let terms = question::terms(query).into_iter().chain(spellings);
    let mut suggestions: Vec<NamedEntry> = Vec::new();
    for spelling in terms.rev().chain([query]) {
        match fuzzy::find(corpus, spelling, context)? {
            confident @ Nearest::Confident(_) => return Ok(confident),
            Nearest::Ambiguous(entries) if suggestions.is_empty() => suggestions = entries,
            Nearest::Ambiguous(_) => {}
        }
    }
    for text in [query]
        .into_iter()
        .chain(code.spellings.last().map(String::as_str))
    {
        let parts = names_in(corpus, text)?.into_iter();
        let is_topic = |part: &NamedPart| part.is_specific || part.is_of_symptom;
        suggestions.extend(parts.filter(is_topic).flat_map(|part| part.entries));
    }
    let mut seen = HashSet::new();
    suggestions.retain(|entry| seen.insert(entry.id));
    suggestions.truncate(MOST_SUGGESTIONS);
    Ok(Nearest::Ambiguous(suggestions))
}
