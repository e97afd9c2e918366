//! The names that a query contains: "how does perplexity work in language models" has two.

use super::english;
use super::word_lists::is_stop_word;
use crate::corpus::{Corpus, Id, NameMatch};
use crate::entry::key::{fold, words_at};
use crate::entry::names::Kind;
use crate::error::Result;

/// Names with more words are not looked for in a query.
const MOST_WORDS: usize = 6;

/// More words of a query are not read.
const LONGEST_QUERY: usize = 64;

/// An entry, and the name that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEntry {
    /// The entry.
    pub id: Id,
    /// What the name is to the entry.
    pub kind: Kind,
    /// The name, as the query or as the entry spells it.
    pub name: String,
}

impl NamedEntry {
    pub(super) fn new(name: NameMatch, spelling: &str) -> Self {
        Self {
            id: name.id,
            kind: name.kind,
            name: spelling.to_string(),
        }
    }
}

/// A part of a query that names entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPart {
    /// The entries, those with the strongest kind of name first.
    pub(super) entries: Vec<NamedEntry>,
    /// Whether it can hardly mean anything else: it has several words, or one that is not common
    /// English.
    pub(super) is_specific: bool,
}

/// The names in a query from left to right, the longest at each place.
pub(super) fn names_in(corpus: &Corpus, query: &str) -> Result<Vec<NamedPart>> {
    let words: Vec<(usize, &str)> = words_at(query).take(LONGEST_QUERY).collect();
    let mut parts = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = words.len().min(first + MOST_WORDS);
        let mut next = first + 1;
        for last in (first..longest).rev() {
            let range = words[first].0..words[last].0 + words[last].1.len();
            let text = query.get(range).unwrap_or_default();
            let is_word = last == first;
            if is_word && is_stop_word(&fold(text)) {
                continue;
            }
            let entries = corpus.by_name(text)?;
            if !entries.is_empty() {
                let is_acronym = text.chars().count() > 1 && !text.chars().any(char::is_lowercase);
                let is_specific = !is_word || is_acronym || !english::is_common(&fold(text));
                let entries = entries.into_iter().map(|name| NamedEntry::new(name, text));
                parts.push(NamedPart {
                    entries: entries.collect(),
                    is_specific,
                });
                next = last + 1;
                break;
            }
        }
        first = next;
    }
    Ok(parts)
}
