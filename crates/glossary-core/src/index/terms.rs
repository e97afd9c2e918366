//! The words of entries as an index for ranking: stem → the entries that use it, each with a weight.
//!
//! Owns the weights of an entry's parts and how weights and lengths fit a byte. It must not know what
//! is asked, nor how the answer is ranked.
//!
//! A weight is what BM25F puts in the place of a term's frequency: the occurrences in each field times
//! the field's weight, summed before they saturate (Robertson, Zaragoza and Taylor, Simple BM25
//! Extension to Multiple Weighted Fields, CIKM 2004).

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::dictionary::{Posting, Postings, Writer, rank};
use super::runs::{Aside, Run, Runs};
use super::sight::Known;
use crate::entry::Entry;
use crate::entry::key::words;
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;

/// Longer words, in bytes, are no words.
const LONGEST: usize = 64;

/// What a word counts for, in halves.
type Halves = u32;

/// What a word counts for standing in names, once: titles are repeated in slugs and aliases.
const NAME: Halves = 12;

/// What each occurrence counts for in a section.
const fn of_section(depth: Depth) -> Halves {
    match depth {
        Depth::Summary => 12,
        Depth::Eli5 => 2,
        Depth::InDepth => 1,
    }
}

/// What each occurrence counts for in the titles of related entries.
const RELATED: Halves = 1;

/// What each word of a keyword counts for that has so many. Those of a longer one say less each, as
/// more of them are only there to make a phrase: by the square root of their number, rounded.
fn of_keyword(words: usize) -> Halves {
    const OF_ONE: Halves = 20;
    let words = Halves::try_from(words).unwrap_or(Halves::MAX).max(1);
    (4 * OF_ONE * OF_ONE / words).isqrt().div_ceil(2)
}

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

/// A weight as a byte.
#[expect(
    clippy::cast_precision_loss,
    reason = "an entry has far fewer than 2^24 words"
)]
fn quantize_halves(weight: Halves) -> u8 {
    quantize(weight as f32 / 2.0)
}

/// Stems and their numbers, for all who read at once.
#[derive(Debug, Default)]
struct Vocabulary {
    numbers: Mutex<FxHashMap<Box<str>, u32>>,
}

impl Vocabulary {
    /// The number of a stem, which is given one when it is new.
    fn number(&self, stem: String) -> Option<u32> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let new = u32::try_from(numbers.len()).ok()?;
        Some(*numbers.entry(stem.into()).or_insert(new))
    }
}

/// The words of one entry: its stems by number, each once, with their weights.
#[derive(Debug)]
pub struct Words {
    uses: Vec<(u32, u8)>,
    length: u8,
}

/// Reads the words of entries, one after the other.
#[derive(Debug)]
pub struct Reader {
    vocabulary: Arc<Vocabulary>,
    /// The numbers of the stems of words that were met before.
    known: Known,
    /// The weight of each stem in the entry that is being read; nothing between entries.
    weights: Vec<Halves>,
    /// The stems that have a weight.
    weighed: Vec<u32>,
    /// The bytes of the weights that most words have, as working them out takes a logarithm.
    quantized: Vec<u8>,
}

impl Reader {
    /// Reads an entry, whose summary is `gloss` in one line.
    pub fn read(&mut self, entry: &Entry, gloss: &str) -> Words {
        for name in entry.names() {
            self.each_stem(&name.text, |known| *known = NAME);
        }
        let mut length = 0;
        let mut count = |reader: &mut Self, text: &str, weight: Halves| {
            reader.each_stem(text, |known| {
                *known += weight;
                length += weight;
            });
        };
        count(self, gloss, of_section(Depth::Summary));
        for depth in [Depth::Eli5, Depth::InDepth] {
            let text = entry.section(depth).map(markdown::parse);
            let text = markdown::one_line(&text.unwrap_or_default());
            count(self, &text, of_section(depth));
        }
        for title in &entry.related {
            count(self, title, RELATED);
        }
        for keyword in &entry.front.keywords {
            count(self, keyword, of_keyword(words(keyword).count()));
        }
        let (weights, quantized) = (&mut self.weights, &self.quantized);
        let weigh = |stem| {
            let weight = std::mem::take(&mut weights[stem as usize]);
            let byte = quantized.get(weight as usize).copied();
            (stem, byte.unwrap_or_else(|| quantize_halves(weight)))
        };
        Words {
            uses: self.weighed.drain(..).map(weigh).collect(),
            length: quantize_halves(length),
        }
    }

    /// Calls `weigh` with the weight of the stem of each word.
    fn each_stem(&mut self, text: &str, mut weigh: impl FnMut(&mut Halves)) {
        for word in words(text).filter(|word| word.len() <= LONGEST) {
            let Some(stem) = self.number(word) else {
                continue;
            };
            let place = stem as usize;
            if place >= self.weights.len() {
                self.weights.resize(place + 1, 0);
            }
            let weight = &mut self.weights[place];
            // Every weight is greater.
            if *weight == 0 {
                self.weighed.push(stem);
            }
            weigh(weight);
        }
    }

    /// The number of a word's stem; none when it has no letter or digit.
    fn number(&mut self, word: &str) -> Option<u32> {
        let word = &*within_sentence(word);
        if let Some(number) = self.known.get(word) {
            return Some(number);
        }
        let stem = stem(word);
        if stem.is_empty() {
            return None;
        }
        let number = self.vocabulary.number(stem)?;
        self.known.insert(word, number);
        Some(number)
    }
}

/// A word as it would stand within a sentence, were it at the beginning or the end of one: with its
/// first letter small and without a full stop. Its stem is the same; as each word is known in one form
/// rather than three, fewer are stemmed, and those that are known take less of the processor's cache.
fn within_sentence(word: &str) -> Cow<'_, str> {
    let bare = word.strip_suffix('.').unwrap_or(word);
    match bare.as_bytes() {
        // Nearly every word is as it would be.
        [b'a'..=b'z', ..] if bare.len() == word.len() => word.into(),
        [b'a'..=b'z', rest @ ..] if rest.iter().all(u8::is_ascii_lowercase) => bare.into(),
        [b'A'..=b'Z', rest @ ..] if rest.iter().all(u8::is_ascii_lowercase) => {
            bare.to_ascii_lowercase().into()
        }
        _ => word.into(),
    }
}

/// Gathers the words of entries.
#[derive(Default)]
pub struct Builder {
    vocabulary: Arc<Vocabulary>,
    /// The words of the entries that are not put aside, with the entries' numbers.
    said: Vec<(u32, Words)>,
    /// How many bytes these take.
    kept: usize,
    lengths: Vec<u8>,
    runs: Runs,
}

impl Builder {
    /// Gathers more words than fit into memory.
    #[must_use]
    pub fn new(aside: Aside) -> Self {
        Self {
            runs: Runs::new(aside),
            ..Self::default()
        }
    }

    /// Somebody who reads words for this builder.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader {
            vocabulary: Arc::clone(&self.vocabulary),
            known: Known::default(),
            weights: Vec::new(),
            weighed: Vec::new(),
            quantized: (0..64).map(quantize_halves).collect(),
        }
    }

    /// Adds the words of an entry; entries come in the order of their numbers.
    pub fn add(&mut self, words: Words, entry: u32) {
        self.kept += size_of_val(&*words.uses);
        self.lengths.push(words.length);
        self.said.push((entry, words));
    }

    /// Puts words aside when they are too many; to be called between two entries.
    pub fn make_room(&mut self) -> io::Result<()> {
        match self.runs.begin(self.kept)? {
            Some(run) => self.put_aside(run),
            None => Ok(()),
        }
    }

    fn put_aside(&mut self, mut run: Run) -> io::Result<()> {
        self.each_stem(&mut |stem, postings| run.push(stem, postings))?;
        self.runs.end(run)
    }

    /// Takes the words out of memory and calls `visit` with each stem of them, in their order.
    fn each_stem(
        &mut self,
        visit: &mut dyn FnMut(&str, &Postings) -> io::Result<()>,
    ) -> io::Result<()> {
        self.kept = 0;
        let numbers = self.vocabulary.numbers.lock();
        let numbers = numbers.unwrap_or_else(PoisonError::into_inner);
        let uses = Uses::of(std::mem::take(&mut self.said), numbers.len());
        let mut stems: Vec<_> = numbers
            .iter()
            .map(|(stem, &number)| (rank(stem), number))
            .filter(|&(_, number)| !uses.by(number).is_empty())
            .collect();
        stems.sort_unstable();
        let mut postings = Postings::default();
        for ((_, stem), number) in stems {
            postings.clear();
            uses.by(number)
                .iter()
                .for_each(|&posting| postings.push(posting));
            visit(stem, &postings)?;
        }
        Ok(())
    }

    /// Writes the dictionary of stems; gives the lengths of the entries: the weight of all that they
    /// say, without their names.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(self.runs.aside());
        let mut write = |stem: &str, postings: &Postings| writer.push(stem, postings);
        match self.runs.begin_last()? {
            None => self.each_stem(&mut write)?,
            Some(run) => {
                self.put_aside(run)?;
                self.runs.merge(&mut write)?;
            }
        }
        writer.finish(out)?;
        Ok(self.lengths)
    }
}

/// Entries by the stems that they use, sorted by counting (Knuth, The Art of Computer Programming,
/// volume 3, section 5.2, algorithm D): gathering them stem by stem instead would read memory all over
/// the place for every word.
struct Uses {
    postings: Vec<Posting>,
    /// Where the postings of each stem end; those of the first begin at 0.
    ends: Vec<usize>,
}

impl Uses {
    /// Sorts what entries say in stems of so many numbers.
    fn of(said: Vec<(u32, Words)>, stems: usize) -> Self {
        // First how many there are of each stem, then where these begin, at last where they end.
        let mut ends = vec![0; stems];
        let mut all = 0;
        for &(stem, _) in said.iter().flat_map(|(_, words)| &words.uses) {
            ends[stem as usize] += 1;
        }
        for end in &mut ends {
            all += std::mem::replace(end, all);
        }
        let mut postings = vec![Posting { entry: 0, tag: 0 }; all];
        for (entry, words) in said {
            for (stem, tag) in words.uses {
                let place = &mut ends[stem as usize];
                postings[*place] = Posting { entry, tag };
                *place += 1;
            }
        }
        Self { postings, ends }
    }

    /// The entries that use the stem of a number.
    fn by(&self, stem: u32) -> &[Posting] {
        let stem = stem as usize;
        let start = stem.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.postings[start..self.ends[stem]]
    }
}

#[cfg(test)]
mod tests {
    use super::{quantize, restore, stem, within_sentence};

    #[test]
    fn a_word_has_one_stem_wherever_it_stands_in_a_sentence() {
        for (word, within) in [
            ("models", "models"),
            ("Models", "models"),
            ("models.", "models"),
            ("Models...", "Models..."),
            ("As", "as"),
            ("A.", "a"),
            ("Boss", "boss"),
            ("GANs.", "GANs."),
            ("AIS.", "AIS."),
            ("e.g.", "e.g."),
            ("dog's.", "dog's."),
            ("C++", "C++"),
            ("Über.", "Über."),
            ("...", "..."),
        ] {
            assert_eq!(within_sentence(word), within);
            assert_eq!(stem(within), stem(word), "{word}");
        }
    }

    #[test]
    fn a_byte_keeps_a_number_but_for_three_in_a_hundred() {
        for number in [0.0, 0.5, 1.0, 3.0, 20.0, 700.0, 5000.0, 30_000.0] {
            let error = (restore(quantize(number)) - number).abs();
            assert!(error <= 0.03 * (1.0 + number), "{number}: off by {error}");
        }
        assert_eq!(quantize(1e9), u8::MAX);
    }
}
