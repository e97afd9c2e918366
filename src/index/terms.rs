//! The words of entries as an index for ranking: stem → the entries that use it, each with a weight.
//!
//! Owns the weights of an entry's parts and how weights and lengths fit a byte. It must not know what
//! is asked, nor how the answer is ranked.
//!
//! A weight is what BM25F puts in the place of a term's frequency: the occurrences in each field times
//! the field's weight, summed before they saturate (Robertson, Zaragoza and Taylor, Simple BM25
//! Extension to Multiple Weighted Fields, CIKM 2004).

use std::collections::HashMap;

use super::dictionary::{Posting, Postings, Writer, rank};
use crate::entry::Entry;
use crate::entry::key::words;
use crate::entry::markdown;
use crate::entry::names::Kind;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;

/// Longer words, in bytes, are no words.
const LONGEST: usize = 64;

/// Words are stemmed once while no more than these are known.
const REMEMBERED: usize = 1 << 16;

/// What a word counts for standing in a name. A word counts once, for the strongest kind of name that
/// it stands in: titles are repeated in slugs and aliases.
const fn of_name(kind: Kind) -> f32 {
    match kind {
        Kind::Title | Kind::Slug | Kind::Short => 3.0,
        Kind::Alias => 4.0,
        Kind::Covered => 1.0,
    }
}

/// What each occurrence counts for in a section.
const fn of_section(depth: Depth) -> f32 {
    match depth {
        Depth::Summary => 5.0,
        Depth::Eli5 | Depth::InDepth => 1.0,
    }
}

/// What each occurrence counts for in the titles of related entries.
const RELATED: f32 = 0.5;

/// What each keyword counts for.
const KEYWORD: f32 = 14.0;

/// Steps of a quantized number for each step of its natural logarithm: an error of two in a hundred at
/// most, for numbers up to forty thousand.
const STEPS: f32 = 24.0;

/// A number that is not negative, as a byte; `restore` gives nearly the number back.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion to a byte that saturates"
)]
pub fn quantize(number: f32) -> u8 {
    (number.ln_1p() * STEPS).round() as u8
}

/// The number that a byte stands for.
#[must_use]
pub fn restore(byte: u8) -> f32 {
    (f32::from(byte) / STEPS).exp_m1()
}

/// The number that each byte stands for.
#[must_use]
pub fn restored() -> [f32; 256] {
    let mut numbers = [0.0; 256];
    for byte in 0..=u8::MAX {
        numbers[usize::from(byte)] = restore(byte);
    }
    numbers
}

/// Gathers the words of entries, as the bytes that they will be written as.
#[derive(Debug, Default)]
pub struct Builder {
    /// The number of each stem.
    numbers: HashMap<String, u32>,
    postings: Vec<Postings>,
    /// The number of a word's stem, for words met of late.
    words: HashMap<String, u32>,
    lengths: Vec<u8>,
}

impl Builder {
    /// Adds the words of an entry; entries come in the order of their numbers.
    pub fn add(&mut self, entry: &Entry, number: u32) {
        let mut weights: HashMap<u32, f32> = HashMap::new();
        for name in entry.names() {
            let weight = of_name(name.kind);
            self.each_stem(&name.text, |stem| {
                let known = weights.entry(stem).or_default();
                *known = known.max(weight);
            });
        }
        let mut length = 0.0;
        let mut count = |builder: &mut Self, text: &str, weight: f32| {
            builder.each_stem(text, |stem| {
                *weights.entry(stem).or_default() += weight;
                length += weight;
            });
        };
        for depth in Depth::ALL {
            let text = entry.section(depth).map(markdown::parse);
            let text = markdown::one_line(&text.unwrap_or_default());
            count(self, &text, of_section(depth));
        }
        for title in &entry.related {
            count(self, title, RELATED);
        }
        for keyword in &entry.front.keywords {
            count(self, keyword, KEYWORD);
        }
        for (stem, weight) in weights {
            if let Some(postings) = self.postings.get_mut(stem as usize) {
                postings.push(Posting {
                    entry: number,
                    tag: quantize(weight),
                });
            }
        }
        self.lengths.push(quantize(length));
    }

    /// The dictionary of stems, and the lengths of the entries: the weight of all that they say,
    /// without their names.
    #[must_use]
    pub fn finish(self) -> (Vec<u8>, Vec<u8>) {
        let mut stems: Vec<(&str, u32)> = self
            .numbers
            .iter()
            .map(|(stem, &number)| (stem.as_str(), number))
            .collect();
        stems.sort_unstable_by_key(|(stem, _)| rank(stem));
        let mut writer = Writer::default();
        for (stem, number) in stems {
            if let Some(postings) = self.postings.get(number as usize) {
                writer.push(stem, postings);
            }
        }
        (writer.finish(), self.lengths)
    }

    fn each_stem(&mut self, text: &str, mut visit: impl FnMut(u32)) {
        for word in words(text).filter(|word| word.len() <= LONGEST) {
            if let Some(number) = self.number(word) {
                visit(number);
            }
        }
    }

    /// The number of a word's stem, which is given one when it is new.
    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(&number) = self.words.get(word) {
            return Some(number);
        }
        let stem = stem(word);
        if stem.is_empty() {
            return None;
        }
        let new = u32::try_from(self.postings.len()).ok()?;
        let number = *self.numbers.entry(stem).or_insert(new);
        if number == new {
            self.postings.push(Postings::default());
        }
        if self.words.len() < REMEMBERED {
            self.words.insert(word.to_string(), number);
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{quantize, restore};

    #[test]
    fn a_byte_keeps_a_number_but_for_three_in_a_hundred() {
        for number in [0.0, 0.5, 1.0, 3.0, 20.0, 700.0, 5000.0, 30_000.0] {
            let error = (restore(quantize(number)) - number).abs();
            assert!(error <= 0.03 * (1.0 + number), "{number}: off by {error}");
        }
        assert_eq!(quantize(1e9), u8::MAX);
    }
}
