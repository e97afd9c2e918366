//! The terms of an entry and how much it uses each, for ranking.
//!
//! The weight of a term takes the place of its frequency in BM25F: the occurrences in each field times the
//! field's weight, summed before they saturate (Robertson, Zaragoza, and Taylor, Simple BM25 Extension to
//! Multiple Weighted Fields, CIKM 2004).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::norm::encode_norm;
use super::schema::TermWeight;
use crate::entry::Entry;
use crate::entry::key::words;
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

/// The terms of one entry with their weights.
#[derive(Debug, Default)]
pub(super) struct TermVector {
    weights: FxHashMap<Arc<str>, Halves>,
    length: Halves,
}

impl TermVector {
    /// The terms of an entry whose summary is `gloss` in one line.
    pub(super) fn new(entry: &Entry, gloss: &str, stems: &mut StemCache) -> Self {
        let mut terms = Self::default();
        for name in entry.names() {
            for stem in stems.stems(&name.text) {
                terms.weights.insert(stem, NAME);
            }
        }
        terms.count(gloss, section_weight(Depth::Summary), stems);
        for depth in [Depth::Eli5, Depth::InDepth] {
            let blocks = entry.section(depth).map(markdown::parse);
            let text = markdown::one_line(&blocks.unwrap_or_default());
            terms.count(&text, section_weight(depth), stems);
        }
        for title in &entry.related {
            terms.count(title, RELATED, stems);
        }
        for keyword in &entry.front.keywords {
            terms.count(keyword, keyword_weight(words(keyword).count()), stems);
        }
        terms
    }

    fn count(&mut self, text: &str, weight: Halves, stems: &mut StemCache) {
        for stem in stems.stems(text) {
            *self.weights.entry(stem).or_default() += weight;
            self.length += weight;
        }
    }

    /// The terms and their weights.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, TermWeight)> {
        let weights = self.weights.iter();
        weights.map(|(stem, &weight)| (&**stem, TermWeight(encode(weight))))
    }

    /// The length of the entry: the weight of all its words outside names.
    pub(super) fn norm(&self) -> u8 {
        encode(self.length)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an entry has far fewer than 2^24 words"
)]
fn encode(weight: Halves) -> u8 {
    encode_norm(weight as f32 / 2.0)
}

/// The stems of words seen before: most words of a text are among the same few thousand.
#[derive(Debug, Default)]
pub(super) struct StemCache {
    stems: FxHashMap<Box<str>, Arc<str>>,
}

impl StemCache {
    /// The stems of the words of a text. Words without letters and digits have none.
    fn stems(&mut self, text: &str) -> impl Iterator<Item = Arc<str>> {
        let words = words(text).filter(|word| word.len() <= MAX_WORD_LEN);
        words
            .map(|word| self.stem(word))
            .filter(|stem| !stem.is_empty())
    }

    fn stem(&mut self, word: &str) -> Arc<str> {
        if let Some(stem) = self.stems.get(word) {
            return Arc::clone(stem);
        }
        let stem: Arc<str> = stem(word).into();
        self.stems.insert(word.into(), Arc::clone(&stem));
        stem
    }
}
