//! A query of a search: which words count, and which must occur together.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::synonyms::synonyms;
use crate::entry::normalize::{bigrams, bigrams_at, canonical_word, fold, words};
use crate::entry::stem::stem;
use crate::query::generic;
use crate::query::question::description;
use crate::query::word_lists::{is_function_word, is_stop_word, section};

/// The marks that separate a phrase from the words around it.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// Shorter words by themselves describe nothing.
const SHORTEST_TELLING: usize = 3;

/// The weight of a synonym, as a share of that of the word that was typed.
pub(super) const SYNONYM_SHARE: f32 = 0.25;

/// More words are not searched for: the rest of a long text adds nothing to its beginning.
const MOST_TERMS: usize = 64;

const SYMPTOMS: &str = include_str!("../../../data/symptoms.txt");

/// A word that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was typed.
    pub(super) typed: String,
    pub(super) stem: String,
    /// Stems of words that mean nearly the same.
    pub(super) synonyms: Vec<String>,
    /// Whether it says that something goes wrong.
    pub(super) is_symptom: bool,
}

/// A word of a text that a query asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// The number of the term.
    pub(super) term: usize,
    /// How fully it answers: less if it only means nearly the same.
    pub(super) share: f32,
    /// Its bytes.
    pub(super) range: std::ops::Range<usize>,
}

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query {
    /// Whether it has words other than stop words.
    is_telling: bool,
    /// The words, each stem once.
    pub(super) terms: Vec<Term>,
    /// Folded words that must follow one another.
    pub(super) phrases: Vec<Vec<String>>,
    /// The terms in phrases, a bit each.
    pub(super) required: u64,
}

impl Query {
    /// Reads a query. Stop words count only within quotes, or when nothing else says more.
    pub(super) fn parse(query: &str) -> Self {
        let query = description(query);
        let is_stop = |word: &str| is_stop_word(&fold(word));
        let mut parsed = Self {
            is_telling: words(query).any(|word| word.len() >= SHORTEST_TELLING && !is_stop(word)),
            ..Self::default()
        };
        for is_kept in [
            is_telling,
            |word: &str| !is_function_word(&fold(word)),
            |_: &str| true,
        ] {
            for (number, part) in query.split(QUOTES).enumerate() {
                for word in bigrams(part).filter(|word| is_kept(word)) {
                    let bit = parsed.add_term(word);
                    parsed.required |= if number % 2 == 1 { bit } else { 0 };
                }
            }
            let is_specific = |term: &Term| generic::sort(&canonical_word(&term.typed)).is_none();
            if parsed.terms.iter().any(is_specific) {
                break;
            }
        }
        let stems: Vec<&str> = parsed.terms.iter().map(|term| &*term.stem).collect();
        let synonyms = synonyms(&stems);
        for (number, (term, synonyms)) in parsed.terms.iter_mut().zip(synonyms).enumerate() {
            // A word in a phrase is meant literally.
            if parsed.required & (1 << number) == 0 {
                term.synonyms = synonyms;
            }
        }
        let phrases = query.split(QUOTES).skip(1).step_by(2);
        let phrases = phrases.map(|part| bigrams(part).map(fold).collect());
        parsed.phrases = phrases
            .filter(|phrase: &Vec<String>| !phrase.is_empty())
            .collect();
        parsed
    }

    /// Adds a word unless a form of it is there, and gives its bit.
    fn add_term(&mut self, word: &str) -> u64 {
        let stem = stem(word);
        let known = self.terms.iter().position(|term| term.stem == stem);
        let number = known.unwrap_or(self.terms.len());
        if stem.is_empty() || number >= MOST_TERMS {
            return 0;
        }
        if known.is_none() {
            self.terms.push(Term {
                typed: word.to_string(),
                is_symptom: is_symptom(word),
                stem,
                synonyms: Vec::new(),
            });
        }
        1 << number
    }

    /// The share that so many of its terms are; none if it has only stop words.
    pub(super) fn share_of(&self, terms: usize) -> f32 {
        if !self.is_telling {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a few words")]
        let share = terms as f32 / self.terms.len().max(1) as f32;
        share
    }

    /// Whether it describes something that goes wrong.
    pub(super) fn has_symptom(&self) -> bool {
        self.terms.iter().any(|term| term.is_symptom)
    }

    /// Whether each phrase occurs in one of the texts. No more texts are read than it takes.
    pub(super) fn has_phrases_in(&self, mut texts: impl Iterator<Item = impl AsRef<str>>) -> bool {
        let mut missing: Vec<&[String]> = self.phrases.iter().map(Vec::as_slice).collect();
        while !missing.is_empty() {
            let Some(text) = texts.next() else {
                return false;
            };
            missing.retain(|phrase| !occurs_in(phrase, text.as_ref()));
        }
        true
    }

    /// The number of the term that a word is a form of, or may stand for, and how fully it answers.
    fn term_of(&self, word: &str) -> Option<(usize, f32)> {
        let stem = stem(word);
        if let Some(number) = self.terms.iter().position(|term| term.stem == stem) {
            return Some((number, 1.0));
        }
        let is_synonym = |term: &Term| term.synonyms.contains(&stem);
        Some((self.terms.iter().position(is_synonym)?, SYNONYM_SHARE))
    }
}

/// Finds the words of a query in texts, one after the other.
#[derive(Debug)]
pub(super) struct Finder<'q> {
    pub(super) query: &'q Query,
    /// How the stems begin. Few words of a text begin alike, and stemming keeps the first two letters,
    /// so the others need not be stemmed.
    beginnings: FxHashSet<[u8; 2]>,
    /// The answers for the words so far: the same few occur again and again.
    known: FxHashMap<Box<str>, Option<(usize, f32)>>,
}

impl<'q> Finder<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        let terms = query.terms.iter();
        let stems = terms.flat_map(|term| std::iter::once(&term.stem).chain(&term.synonyms));
        Self {
            query,
            beginnings: stems.filter_map(|stem| beginning(stem)).collect(),
            known: FxHashMap::default(),
        }
    }

    /// The words of a text that the query asks for.
    pub(super) fn found_in(&mut self, text: &str) -> Vec<Found> {
        let around = ['\'', '’', '.'];
        bigrams_at(text)
            .filter_map(|(start, word)| {
                let start = start + word.len() - word.trim_start_matches(around).len();
                let bare = word.trim_matches(around);
                let (term, share) = self.term_of(bare)?;
                Some(Found {
                    term,
                    share,
                    range: start..start + bare.len(),
                })
            })
            .collect()
    }

    fn term_of(&mut self, word: &str) -> Option<(usize, f32)> {
        if beginning(word).is_some_and(|begins| !self.beginnings.contains(&begins)) {
            return None;
        }
        if let Some(&known) = self.known.get(word) {
            return known;
        }
        let number = self.query.term_of(word);
        self.known.insert(word.into(), number);
        number
    }
}

/// Whether folded words follow one another in a text.
fn occurs_in(phrase: &[String], text: &str) -> bool {
    let Some(first) = phrase.first() else {
        return true;
    };
    let starts = bigrams_at(text).filter(|(_, word)| fold(word) == *first);
    starts.map(|(start, _)| start).any(|start| {
        let mut rest = bigrams(text.get(start..).unwrap_or_default()).map(fold);
        phrase.iter().all(|word| rest.next().as_ref() == Some(word))
    })
}

/// The first two letters of a word in lower case; `None` if it starts with anything else, which folding
/// may change.
fn beginning(word: &str) -> Option<[u8; 2]> {
    let begins = word.as_bytes().first_chunk::<2>()?;
    let is_plain = begins.iter().all(u8::is_ascii_alphanumeric);
    is_plain.then(|| begins.map(|byte| byte.to_ascii_lowercase()))
}

/// Whether a word says something.
fn is_telling(word: &str) -> bool {
    !is_stop_word(&fold(word)) || is_symptom(word)
}

/// Whether a word says that something goes wrong, or what is odd about it.
pub(in crate::query) fn is_symptom(word: &str) -> bool {
    static STEMS: LazyLock<FxHashSet<String>> =
        LazyLock::new(|| section(SYMPTOMS, "symptoms").map(stem).collect());
    STEMS.contains(&stem(word))
}
