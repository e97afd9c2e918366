//! The words that a search is for.
//!
//! Owns how a query is read: which words count, and which must stand together. It must not know which
//! entries there are.

use rustc_hash::FxHashMap;

use super::synonyms::synonyms;
use crate::entry::key::{fold, words, words_at};
use crate::entry::stem::stem;

/// What parts a phrase from the words around it.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// What a word counts for that only means nearly the same as the one that was typed.
pub const KINSHIP: f32 = 0.3;

/// More words than this are not searched for: the rest of a long text adds nothing to its beginning.
const MOST: usize = 64;

/// Words that say nothing of what a text is about, in their folded form.
const STOP_WORDS: &str = "a about after again all also am an and any anyone anything are as at be \
    because been before being but by can cant could did doesnt do does doing done dont each else etc even ever every for \
    from get gets got had has have having he her here him his how i if in instead into is it its itself \
    just let like lot made make makes making many may me might more most much must my need no not of off \
    on one only onto or other others our out own per really s same say says she should so some someone \
    something such t than that the their them then there these they thing things this those though to \
    too under until up upon us use used uses using very was way we well were what whats when where whether \
    which while who whom whose why will with without would you your";

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

impl Word {
    fn stems(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.stem).chain(self.kin.iter().map(String::as_str))
    }
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
    /// How the stems begin, for passing over the words of a text that begin otherwise.
    beginnings: Beginnings,
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
            word.stems().for_each(|stem| wanted.beginnings.add(stem));
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
        self.beginnings.add(&stem);
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

    /// Whether a phrase may stand in a text of which the Markdown is given: true for all texts in which
    /// one does, and for few others. It takes a fraction of the time of reading the Markdown.
    #[must_use]
    pub fn may_have_phrase_in(&self, markdown: &str) -> bool {
        self.phrases
            .iter()
            .any(|phrase| may_stand_in(&phrase.concat(), markdown))
    }
}

/// Finds the words that are wanted in texts, one after the other.
#[derive(Debug)]
pub struct Finder<'w> {
    /// What is wanted.
    pub wanted: &'w Wanted,
    /// What was said of words before: the same few are met again and again.
    known: FxHashMap<Box<str>, Option<(usize, f32)>>,
}

impl<'w> Finder<'w> {
    /// One who has read nothing yet.
    #[must_use]
    pub fn new(wanted: &'w Wanted) -> Self {
        let known = FxHashMap::default();
        Self { wanted, known }
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
        if !self.wanted.beginnings.may_be_of(text) {
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
    let begins = beginning(first);
    words_at(text)
        .filter(|(_, word)| beginning(word).is_none_or(|own| Some(own) == begins))
        .any(|(start, _)| {
            let mut rest = words(text.get(start..).unwrap_or_default());
            phrase
                .iter()
                .all(|wanted| rest.next().is_some_and(|word| fold(word) == *wanted))
        })
}

/// Whether the letters of a phrase may stand one behind the other in a text of which the Markdown is
/// given, whatever marks stand between them.
fn may_stand_in(phrase: &str, markdown: &str) -> bool {
    let letters = || phrase.bytes().filter(u8::is_ascii_alphanumeric);
    let Some(first) = letters().next().filter(|_| phrase.is_ascii()) else {
        return true;
    };
    let mut in_word = false;
    markdown.bytes().enumerate().any(|(at, byte)| {
        let begins = !in_word && byte.to_ascii_lowercase() == first;
        in_word = byte.is_ascii_alphanumeric();
        begins && follow(letters(), markdown.get(at..).unwrap_or_default())
    })
}

/// Whether letters follow one another at the beginning of some Markdown; where it takes reading it to
/// tell, they are said to.
fn follow(mut letters: impl Iterator<Item = u8>, markdown: &str) -> bool {
    let mut wanted = letters.next();
    for c in markdown.chars() {
        let Some(letter) = wanted else {
            return true;
        };
        match c {
            // The end of a link's text, an entity, an escape, a tag.
            ']' | '&' | '\\' | '<' => return true,
            // Typographic marks; all else that is not ASCII may fold to letters.
            '\u{2000}'..='\u{203f}' => {}
            _ if !c.is_ascii() => return true,
            _ if !c.is_ascii_alphanumeric() => {}
            _ if c.to_ascii_lowercase() == char::from(letter) => wanted = letters.next(),
            _ => return false,
        }
    }
    wanted.is_none()
}

/// How stems begin. Stemming leaves an English word's beginning as it is, and few words of a text begin
/// like one of those that are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Beginnings {
    /// For each pair of letters that may stand first the third ones, a bit each; nothing before there is
    /// any stem. Of a letter only the lowest five bits count, which tell letters apart but for their case.
    thirds: Vec<u32>,
}

impl Beginnings {
    fn add(&mut self, stem: &str) {
        if let Some(pair) = beginning(stem).map(pair) {
            self.thirds.resize(32 * 32, 0);
            // A vowel at the end of a stem may be another in the word ("skies": "sky", "using": "use"),
            // and British spelling writes others ("rising": "rizing", "grey": "gray").
            let third = match stem.as_bytes() {
                [_, _, b'e' | b'i' | b'y'] | [_, _, b'z', ..] | [b'g', b'r', b'a', ..] => None,
                [_, _, third, ..] if third.is_ascii_alphanumeric() => Some(third),
                _ => None,
            };
            self.thirds[pair] |= third.map_or(u32::MAX, |third| 1 << (third & 31));
        }
    }

    /// Whether a word may have one of the stems: true for all that do, and for few others.
    fn may_be_of(&self, word: &str) -> bool {
        let Some(pair) = beginning(word).map(pair) else {
            return true;
        };
        let thirds = self.thirds.get(pair).copied().unwrap_or_default();
        match word.as_bytes().get(2) {
            Some(third) if third.is_ascii_alphanumeric() => thirds & 1 << (third & 31) != 0,
            _ => thirds != 0,
        }
    }
}

/// The place of two letters among all pairs.
fn pair([first, second]: [u8; 2]) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

/// The first two letters of an English word in lower case; none when it begins with anything else,
/// which folding may change.
fn beginning(word: &str) -> Option<[u8; 2]> {
    let [first, second] = *word.as_bytes().first_chunk()?;
    (first.is_ascii_alphanumeric() && second.is_ascii_alphanumeric())
        .then(|| [first.to_ascii_lowercase(), second.to_ascii_lowercase()])
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

/// Whether a word is no stop word.
fn is_telling(word: &str) -> bool {
    let key = fold(word);
    STOP_WORDS.split_ascii_whitespace().all(|stop| stop != key)
}

#[cfg(test)]
mod tests {
    use super::{Beginnings, may_stand_in};
    use crate::entry::stem::stem;

    #[test]
    fn a_phrase_is_not_missed_for_marks_around_its_words() {
        for markdown in [
            "gradient descent",
            "the **Gradient\n  descent** of",
            "[gradient](gradient) descent",
            "[gradient][1] descent",
            "“gradient” — descent",
            "gradient&nbsp;descent",
            "grádient descent",
            "1. gradient-_descent_",
        ] {
            assert!(may_stand_in("gradientdescent", markdown), "{markdown}");
        }
        for markdown in ["gradients descend", "descent", "ingradient descent", ""] {
            assert!(!may_stand_in("gradientdescent", markdown), "{markdown}");
        }
    }

    #[test]
    fn no_form_of_a_word_is_passed_over() {
        for word in [
            "lies",
            "grey",
            "greyscale",
            "skies",
            "using",
            "aging",
            "flies",
            "trying",
            "rising",
            "artefacts",
            "colours",
            "labelled",
            "indices",
            "GANs",
            "naïve",
            "AT&T",
            "Moore's",
            "ugly",
            "flies",
            "ties",
            "x",
        ] {
            let mut beginnings = Beginnings::default();
            beginnings.add(&stem(word));
            assert!(beginnings.may_be_of(word), "{word}");
        }
    }
}
