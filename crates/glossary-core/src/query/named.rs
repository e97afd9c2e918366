//! The names that a query contains: "how does perplexity work in language models" has two.

use super::english;
use super::search::is_symptom;
use super::word_lists::{is_function_word, is_stop_word};
use crate::corpus::{Corpus, Id, NameMatch};
use crate::entry::Entry;
use crate::entry::key::{canonical, fold, words_at};
use crate::entry::names::{Kind, split_title};
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
    /// How many words come before it, and after it, without function words.
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
    let is_person = words.iter().all(|(_, word)| english::is_name(&fold(word)));
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
                let key = fold(text);
                let is_acronym = text.chars().count() > 1 && !text.chars().any(char::is_lowercase);
                let is_specific = if is_word {
                    is_acronym || key.len() >= SHORTEST && !english::is_common(&key) && !is_person
                } else {
                    words[first..=last]
                        .iter()
                        .any(|(_, word)| !is_stop_word(&fold(word)))
                };
                let entries = entries.into_iter().map(|name| NamedEntry::new(name, text));
                let previous = first.checked_sub(1).map(|at| fold(words[at].1));
                let telling = |words: &[(usize, &str)]| {
                    let keys = words.iter().map(|(_, word)| fold(word));
                    keys.filter(|key| !is_function_word(key)).count()
                };
                let mut others = words[..first].iter().chain(&words[last + 1..]);
                parts.push(NamedPart {
                    words: words[first..=last]
                        .iter()
                        .filter(|(_, word)| !is_stop_word(&fold(word)))
                        .count(),
                    before: telling(&words[..first]),
                    after: telling(&words[last + 1..]),
                    is_background: previous.is_some_and(|word| BACKGROUND.contains(&&*word)),
                    entries: entries.collect(),
                    is_specific,
                    is_of_symptom: others.clone().any(|(_, word)| is_symptom(word))
                        && others.all(|(_, word)| is_stop_word(&fold(word)) || is_symptom(word)),
                });
                next = last + 1;
                break;
            }
        }
        first = next;
    }
    Ok(parts)
}
