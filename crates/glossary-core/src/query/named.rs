//! The names that a query contains: "how does perplexity work in language models" has two.

use std::ops::Range;

use super::english;
use super::search::is_symptom;
use super::word_lists::is_stop_word;
use crate::corpus::{Corpus, Id, NameMatch};
use crate::entry::Entry;
use crate::entry::names::{Kind, split_title};
use crate::entry::normalize::{canonical, fold, words_at};
use crate::error::Result;

/// Names with more words are not looked for in a query.
const MOST_WORDS: usize = 6;

/// Shorter words by themselves mean too much else.
const SHORTEST: usize = 3;

/// Words before what a question is not about: "perplexity in language models".
const BACKGROUND: [&str; 6] = ["in", "for", "during", "with", "at", "of"];

/// More words of a query are not read.
const LONGEST_QUERY: usize = 64;

/// An entry, and the name that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEntry {
    /// The entry.
    pub id: Id,
    /// How the name is related to the entry.
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

/// The name of an entry that is spelled so, as the entry spells it, or else its title.
pub(super) fn spelled_name(entry: &Entry, spelling: &str) -> String {
    let (key, normal) = (fold(spelling), canonical(spelling));
    // The slug is left out: it repeats the title in another form.
    let names = || entry.names().skip(1).map(|name| name.text.into_owned());
    names()
        .find(|name| fold(name) == key)
        .or_else(|| names().find(|name| [&key, &normal].contains(&&canonical(name))))
        .unwrap_or_else(|| split_title(&entry.front.title).0)
}

/// A part of a query that names entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPart {
    /// The entries, those with the strongest kind of name first.
    pub(super) entries: Vec<NamedEntry>,
    /// How many words it has, without stop words.
    pub(super) words: usize,
    /// How many words come before it, and after it, without stop words.
    pub(super) before: usize,
    pub(super) after: usize,
    /// Whether it follows "in", "for", or another word that puts it in the background.
    pub(super) is_background: bool,
    /// Whether it can hardly mean anything else: it has several words, or one that is not common
    /// English, nor part of the name of a person.
    pub(super) is_specific: bool,
    /// Whether the query says nothing else than what is wrong with it.
    pub(super) is_of_symptom: bool,
}

/// The names in a query from left to right, the longest at each place.
pub(super) fn names_in(corpus: &Corpus, query: &str) -> Result<Vec<NamedPart>> {
    let words: Vec<(usize, &str)> = words_at(query).take(LONGEST_QUERY).collect();
    let keys: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
    let telling = |range: Range<usize>| {
        let keys = keys[range].iter().filter(|key| !is_stop_word(key));
        keys.count()
    };
    let is_person = keys.iter().all(|key| english::is_name(key));
    let mut parts = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let Some((count, text, entries)) = longest_name(corpus, query, &words[first..])? else {
            first += 1;
            continue;
        };
        let next = first + count;
        let is_acronym = text.chars().count() > 1 && !text.chars().any(char::is_lowercase);
        // "alert(1)" does not ask for the alerts of a monitoring system.
        let is_covered = entries.iter().all(|entry| entry.kind == Kind::Covered);
        let is_everyday =
            english::is_common(&keys[first]) || is_covered && english::is_word(&keys[first]);
        let is_rare = text.len() >= SHORTEST && !is_everyday && !is_person;
        let is_specific = match count {
            1 => is_acronym || is_rare,
            _ => telling(first..next) > 0,
        };
        let mut others = (0..first).chain(next..words.len());
        parts.push(NamedPart {
            words: telling(first..next),
            before: telling(0..first),
            after: telling(next..words.len()),
            is_background: first > 0 && BACKGROUND.contains(&keys[first - 1].as_str()),
            is_specific,
            is_of_symptom: others.clone().any(|at| is_symptom(words[at].1))
                && others.all(|at| is_stop_word(&keys[at]) || is_symptom(words[at].1)),
            entries: entries
                .into_iter()
                .map(|name| NamedEntry::new(name, text))
                .collect(),
        });
        first = next;
    }
    Ok(parts)
}

/// The longest name that some words of a query begin with: of how many words it is, its text, and whose
/// name it is.
fn longest_name<'q>(
    corpus: &Corpus,
    query: &'q str,
    words: &[(usize, &str)],
) -> Result<Option<(usize, &'q str, Vec<NameMatch>)>> {
    for count in (1..=words.len().min(MOST_WORDS)).rev() {
        let (last, word) = words[count - 1];
        let text = query.get(words[0].0..last + word.len()).unwrap_or_default();
        if count == 1 && is_stop_word(&fold(text)) {
            continue;
        }
        let entries = corpus.by_name(text)?;
        if !entries.is_empty() {
            return Ok(Some((count, text, entries)));
        }
    }
    Ok(None)
}
