//! The words that a search is for.
//!
//! Owns how a query is read: which words count, and which must stand together. It must not know which
//! entries there are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::synonyms::synonyms;
use super::word_lists::is_stop_word;
use crate::entry::key::{fold, words, words_at};
use crate::entry::stem::stem;

/// What parts a phrase from the words around it.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// What a word counts for that only means nearly the same as the one that was typed.
pub const KINSHIP: f32 = 0.3;

/// More words than this are not searched for: the rest of a long text adds nothing to its beginning.
const MOST: usize = 64;

/// What asks for a name, and the word behind it that begins the description: "what was the word for".
const ASKING: [&str; 6] = ["word", "term", "name", "expression", "call", "called"];
const FOR: [&str; 5] = ["for", "when", "if", "it", "this"];

/// A word that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub typed: String,
    /// What it is looked up as.
    pub stem: String,
    /// Stems of words that mean nearly the same.
    pub kin: Vec<String>,
}

/// A word in a text that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its number among those that are wanted.
    pub number: usize,
    /// How fully it answers: less when it only means nearly the same.
    pub share: f32,
    /// Its bytes.
    pub place: std::ops::Range<usize>,
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The words, each stem once.
    pub words: Vec<Word>,
    /// Folded words that must stand one behind the other.
    pub phrases: Vec<Vec<String>>,
    /// The words that stand in a phrase, a bit each.
    pub required: u64,
}

impl Wanted {
    /// Reads a query; stop words count only within quotes, or when there is nothing else.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let query = description(query);
        let mut wanted = Self::default();
        for keep in [is_telling, |_: &str| true] {
            for (number, part) in query.split(QUOTES).enumerate() {
                for word in words(part).filter(|word| keep(word)) {
                    let bit = wanted.add(word);
                    wanted.required |= if number % 2 == 1 { bit } else { 0 };
                }
            }
            if !wanted.words.is_empty() {
                break;
            }
        }
        let stems: Vec<&str> = wanted.words.iter().map(|word| &*word.stem).collect();
        let synonyms = synonyms(&stems);
        for (number, (word, synonyms)) in wanted.words.iter_mut().zip(synonyms).enumerate() {
            // A word in a phrase is meant literally.
            if wanted.required & (1 << number) == 0 {
                word.kin = synonyms;
            }
        }
        wanted.phrases = query
            .split(QUOTES)
            .skip(1)
            .step_by(2)
            .map(|part| words(part).map(fold).collect())
            .filter(|phrase: &Vec<String>| !phrase.is_empty())
            .collect();
        wanted
    }

    /// Adds a word unless a form of it is there already, and gives its bit.
    fn add(&mut self, word: &str) -> u64 {
        let stem = stem(word);
        let known = self.words.iter().position(|word| word.stem == stem);
        let number = known.unwrap_or(self.words.len());
        if stem.is_empty() || number >= MOST {
            return 0;
        }
        if known.is_none() {
            self.words.push(Word {
                typed: word.to_string(),
                stem,
                kin: Vec::new(),
            });
        }
        1 << number
    }

    /// Has another stem stand for a word.
    pub fn replace(&mut self, number: usize, stem: String) {
        self.words[number].stem = stem;
    }

    /// The number of the word that `text` is a form of, or may stand for, and how fully it answers.
    fn number(&self, text: &str) -> Option<(usize, f32)> {
        let stem = stem(text);
        let mut words = self.words.iter();
        if let Some(number) = words.position(|word| word.stem == stem) {
            return Some((number, 1.0));
        }
        let mut words = self.words.iter();
        let number = words.position(|word| word.kin.contains(&stem))?;
        Some((number, KINSHIP))
    }

    /// Whether each phrase stands in one of the texts; no more texts are asked for than it takes.
    pub fn has_phrases_in(&self, texts: impl Iterator<Item = impl AsRef<str>>) -> bool {
        let mut missing: Vec<&[String]> = self.phrases.iter().map(Vec::as_slice).collect();
        let mut texts = texts;
        while !missing.is_empty() {
            let Some(text) = texts.next() else {
                return false;
            };
            missing.retain(|phrase| !stands_in(phrase, text.as_ref()));
        }
        true
    }
}

/// Finds the words that are wanted in texts, one after the other.
#[derive(Debug)]
pub struct Finder<'w> {
    /// What is wanted.
    pub wanted: &'w Wanted,
    /// How the stems begin. Few words of a text begin alike, and stemming keeps the first two letters,
    /// so the others need not be stemmed.
    beginnings: FxHashSet<[u8; 2]>,
    /// What was said of words before: the same few are met again and again.
    known: FxHashMap<Box<str>, Option<(usize, f32)>>,
}

impl<'w> Finder<'w> {
    /// One who has read nothing yet.
    #[must_use]
    pub fn new(wanted: &'w Wanted) -> Self {
        let words = wanted.words.iter();
        let stems = words.flat_map(|word| std::iter::once(&word.stem).chain(&word.kin));
        Self {
            wanted,
            beginnings: stems.filter_map(|stem| beginning(stem)).collect(),
            known: FxHashMap::default(),
        }
    }

    /// Where the words that are wanted stand in a text.
    pub fn found_in(&mut self, text: &str) -> Vec<Found> {
        let around = ['\'', '’', '.'];
        words_at(text)
            .filter_map(|(start, word)| {
                let start = start + word.len() - word.trim_start_matches(around).len();
                let bare = word.trim_matches(around);
                let (number, share) = self.number(bare)?;
                Some(Found {
                    number,
                    share,
                    place: start..start + bare.len(),
                })
            })
            .collect()
    }

    /// The number of the word that `text` is a form of, or may stand for, and how fully it answers.
    fn number(&mut self, text: &str) -> Option<(usize, f32)> {
        if beginning(text).is_some_and(|begins| !self.beginnings.contains(&begins)) {
            return None;
        }
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let number = self.wanted.number(text);
        self.known.insert(text.into(), number);
        number
    }
}

/// Whether folded words stand one behind the other in a text.
fn stands_in(phrase: &[String], text: &str) -> bool {
    let Some(first) = phrase.first() else {
        return true;
    };
    words_at(text)
        .filter(|(_, word)| fold(word) == *first)
        .any(|(start, _)| {
            let mut rest = words(text.get(start..).unwrap_or_default());
            phrase
                .iter()
                .all(|wanted| rest.next().is_some_and(|word| fold(word) == *wanted))
        })
}

/// The first two letters of a word in lower case; `None` if it starts with anything else, which folding
/// may change.
fn beginning(word: &str) -> Option<[u8; 2]> {
    let begins = word.as_bytes().first_chunk::<2>()?;
    let is_plain = begins.iter().all(u8::is_ascii_alphanumeric);
    is_plain.then(|| begins.map(|byte| byte.to_ascii_lowercase()))
}

/// A query without the words before a description that ask for its name.
fn description(query: &str) -> &str {
    let mut words = words_at(query).skip_while(|(_, word)| !is_telling(word));
    let asking = words.next().map(|(_, word)| fold(word));
    let next = words.next();
    match (asking, next.map(|(start, word)| (start, fold(word)))) {
        (Some(asking), Some((start, next)))
            if ASKING.contains(&&*asking)
                && FOR.contains(&&*next)
                && words.next().is_some()
                && query.find(QUOTES).is_none_or(|quote| quote > start) =>
        {
            query.get(start..).unwrap_or(query)
        }
        _ => query,
    }
}

/// Whether a word says something.
fn is_telling(word: &str) -> bool {
    !is_stop_word(&fold(word))
}
