//! The terms of an entry and how much it uses each, for ranking.
//!
//! The weight of a term takes the place of its frequency in BM25F: the occurrences in each field times the
//! field's weight, summed before they saturate (Robertson, Zaragoza, and Taylor, Simple BM25 Extension to
//! Multiple Weighted Fields, CIKM 2004).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::norm::encode_norm;
use super::schema::TermWeight;
use crate::entry::Entry;
use crate::entry::key::{bigrams, words};
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;

/// Longer words, in bytes, are not indexed.
const MAX_WORD_LEN: usize = 64;

/// A weight, in halves.
type Halves = u32;

/// The weight of a word in names. It counts once: slugs and aliases repeat titles.
const NAME: Halves = 12;

/// The weight of an occurrence in the titles of related entries.
const RELATED: Halves = 1;

/// The weight of an occurrence in a section.
const fn section_weight(depth: Depth) -> Halves {
    match depth {
        Depth::Summary => 12,
        Depth::Eli5 => 2,
        Depth::InDepth => 1,
    }
}

/// The weight of a word in a keyword of so many words. Each word of a longer one says less, as some are only
/// there to make a phrase: its weight falls with the square root of their number.
fn keyword_weight(words: usize) -> Halves {
    const SINGLE: Halves = 20;
    let words = Halves::try_from(words).unwrap_or(Halves::MAX).max(1);
    (4 * SINGLE * SINGLE / words).isqrt().div_ceil(2)
}

/// The terms of one entry.
#[derive(Debug, Default)]
pub struct TermVector {
    /// The numbers of the stems, each once, with their weights.
    pub(super) terms: Vec<(u32, TermWeight)>,
    /// The length of the entry: the weight of all its words outside names.
    pub(super) norm: u8,
}

/// Counts the terms of entries, one entry after the other.
#[derive(Debug)]
pub(super) struct TermCounter {
    stems: Stems,
    /// The weight of each stem in the current entry, by the number of the stem.
    weights: Vec<Halves>,
    /// The stems with a weight.
    weighted: Vec<u32>,
}

impl TermCounter {
    pub(super) fn new(vocabulary: Vocabulary) -> Self {
        Self {
            stems: Stems {
                vocabulary,
                words: FxHashMap::default(),
            },
            weights: Vec::new(),
            weighted: Vec::new(),
        }
    }

    /// The terms of an entry whose summary is `gloss` in one line.
    pub(super) fn count(&mut self, entry: &Entry, gloss: &str) -> TermVector {
        for name in entry.names() {
            self.each_weight(&name.text, |weight| *weight = NAME);
        }
        let mut length = 0;
        let mut add = |counter: &mut Self, text: &str, more: Halves| {
            counter.each_weight(text, |weight| {
                *weight += more;
                length += more;
            });
        };
        add(self, gloss, section_weight(Depth::Summary));
        for depth in [Depth::Eli5, Depth::InDepth] {
            let blocks = entry.section(depth).map(markdown::parse);
            let text = markdown::one_line(&blocks.unwrap_or_default());
            add(self, &text, section_weight(depth));
        }
        for title in &entry.related {
            add(self, title, RELATED);
        }
        for keyword in &entry.front.keywords {
            add(self, keyword, keyword_weight(words(keyword).count()));
        }
        let weights = &mut self.weights;
        let mut take = |stem| {
            let weight = std::mem::take(&mut weights[stem as usize]);
            (stem, TermWeight(encode(weight)))
        };
        TermVector {
            terms: self.weighted.drain(..).map(&mut take).collect(),
            norm: encode(length),
        }
    }

    /// Calls `change` with the weight of the stem of each word of a text.
    fn each_weight(&mut self, text: &str, mut change: impl FnMut(&mut Halves)) {
        for word in bigrams(text).filter(|word| word.len() <= MAX_WORD_LEN) {
            let Some(stem) = self.stems.number(word) else {
                continue;
            };
            if stem as usize >= self.weights.len() {
                self.weights.resize(stem as usize + 1, 0);
            }
            let weight = &mut self.weights[stem as usize];
            if *weight == 0 {
                self.weighted.push(stem);
            }
            change(weight);
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an entry has far fewer than 2^24 words"
)]
fn encode(weight: Halves) -> u8 {
    encode_norm(weight as f32 / 2.0)
}

/// Numbers for the stems of an index. All its analyzers share them.
#[derive(Debug, Default, Clone)]
pub(super) struct Vocabulary {
    numbers: Arc<Mutex<FxHashMap<Box<str>, u32>>>,
}

impl Vocabulary {
    /// The number of a stem. A new stem gets the next number.
    fn number(&self, stem: String) -> u32 {
        let mut numbers = self.lock();
        let next = u32::try_from(numbers.len()).unwrap_or(NO_STEM);
        *numbers.entry(stem.into()).or_insert(next)
    }

    /// The stems and their numbers.
    pub(super) fn take(self) -> FxHashMap<Box<str>, u32> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<Box<str>, u32>> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// In place of the number of a stem: the word has no letters or digits.
const NO_STEM: u32 = u32::MAX;

/// The numbers of the stems of words. Most words of a text are among the same few thousand, so the stem of a
/// short word is computed once.
#[derive(Debug, Default)]
struct Stems {
    vocabulary: Vocabulary,
    /// The number of the stem of each short word. Millions of words are looked up here; a key without a
    /// pointer spares half of the accesses to memory.
    words: FxHashMap<ShortWord, u32>,
}

/// The bytes of a short word, followed by zeros.
type ShortWord = [u32; 3];

impl Stems {
    fn number(&mut self, word: &str) -> Option<u32> {
        let key = short_word(word);
        let known = key.and_then(|key| self.words.get(&key).copied());
        let number = known.unwrap_or_else(|| {
            let stem = stem(word);
            let number = if stem.is_empty() {
                NO_STEM
            } else {
                self.vocabulary.number(stem)
            };
            key.map(|key| self.words.insert(key, number));
            number
        });
        (number != NO_STEM).then_some(number)
    }
}

/// A short word as a key. At the start and at the end of a sentence, a plain word has the key that it has
/// within one, as its stem is the same.
fn short_word(word: &str) -> Option<ShortWord> {
    let bare = word.strip_suffix('.').unwrap_or(word).as_bytes();
    let (first, rest) = bare.split_first()?;
    let is_plain = first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_lowercase);
    let word = if is_plain { bare } else { word.as_bytes() };
    let mut bytes = [0; size_of::<ShortWord>()];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    if is_plain {
        bytes[0].make_ascii_lowercase();
    }
    let mut key = ShortWord::default();
    for (part, bytes) in key.iter_mut().zip(bytes.as_chunks().0) {
        *part = u32::from_le_bytes(*bytes);
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::{short_word, stem};

    #[test]
    fn words_with_the_same_key_have_the_same_stem() {
        for (one, other) in [
            ("models", "Models."),
            ("boss", "Boss"),
            ("as", "As"),
            ("a", "A."),
        ] {
            assert_eq!(short_word(one), short_word(other), "{one} {other}");
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        for (one, other) in [("gans", "GANs"), ("c", "C++"), ("us", "U.S."), ("us", "US")] {
            assert_ne!(short_word(one), short_word(other), "{one} {other}");
        }
    }
}
