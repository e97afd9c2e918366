//! The terms of an entry and how much it uses each, for ranking.
//!
//! The weight of a term takes the place of its frequency in BM25F: the occurrences in each field times the
//! field's weight, summed before they saturate (Robertson, Zaragoza, and Taylor, Simple BM25 Extension to
//! Multiple Weighted Fields, CIKM 2004).

use rustc_hash::FxHashMap;

use super::norm::encode_norm;
use super::schema::TermWeight;
use crate::entry::Entry;
use crate::entry::markdown;
use crate::entry::normalize::{bigrams, words};
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

/// Counts the terms of entries, one entry after the other.
#[derive(Debug, Default)]
pub(super) struct TermCounter {
    /// The number of the stem of each word; `None` if the word has none.
    words: FxHashMap<Box<str>, Option<usize>>,
    numbers: FxHashMap<String, usize>,
    /// Each stem, with its weight in the entry that is being counted.
    stems: Vec<(String, Halves)>,
    /// The numbers of the stems that this entry uses.
    used: Vec<usize>,
}

impl TermCounter {
    /// Passes each term of an entry to `emit`, with how much the entry uses it, and returns the length of
    /// the entry: the weight of all its words outside names.
    pub(super) fn count(
        &mut self,
        entry: &Entry,
        gloss: &str,
        mut emit: impl FnMut(&str, TermWeight),
    ) -> u8 {
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
        for number in self.used.drain(..) {
            let (stem, weight) = &mut self.stems[number];
            emit(stem, TermWeight(encode(std::mem::take(weight))));
        }
        encode(length)
    }

    /// Changes the weight of each word of a text. A new weight must not be 0.
    fn each_weight(&mut self, text: &str, mut change: impl FnMut(&mut Halves)) {
        for word in bigrams(text).filter(|word| word.len() <= MAX_WORD_LEN) {
            let Some(number) = self.number(word) else {
                continue;
            };
            let weight = &mut self.stems[number].1;
            if *weight == 0 {
                self.used.push(number);
            }
            change(weight);
        }
    }

    fn number(&mut self, word: &str) -> Option<usize> {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let stem = stem(word);
        let number = (!stem.is_empty()).then(|| {
            let next = self.stems.len();
            let number = *self.numbers.entry(stem.clone()).or_insert(next);
            if number == next {
                self.stems.push((stem, 0));
            }
            number
        });
        self.words.insert(word.into(), number);
        number
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an entry has far fewer than 2^24 words"
)]
fn encode(weight: Halves) -> u8 {
    encode_norm(weight as f32 / 2.0)
}
