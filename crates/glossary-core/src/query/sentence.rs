//! The sentence of an entry that answers a search best.
//!
//! Owns what a sentence is, and which is best. It must not know how entries are ranked.

use super::wanted::{Finder, Found};
use crate::entry::Entry;
use crate::entry::markdown::{self, Block};
use crate::entry::sections::Depth;

/// A sentence, and where the words stand in it that were searched for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Its text, on one line.
    pub text: String,
    /// The words.
    pub found: Vec<Found>,
    /// The share of the query that they answer, from 0 to 1.
    pub share: f32,
}

/// What stands before a full stop that ends no sentence.
const ABBREVIATIONS: [&str; 9] = [
    "e.g.", "i.e.", "al.", "vs.", "cf.", "etc.", "approx.", "Fig.", "no.",
];

/// The sentence whose words weigh most together, each word once by its weight in `weights`, and before
/// all one that holds the phrases; of several the first on the page, so the first of the summary where
/// none holds any of the words.
#[must_use]
pub fn best(entry: &Entry, finder: &mut Finder<'_>, weights: &[f32]) -> Sentence {
    let wanted = finder.wanted;
    let mut best = Sentence::default();
    let mut most = f32::NEG_INFINITY;
    let all: f32 = weights.iter().sum();
    let with_phrases = if wanted.phrases.is_empty() { 0.0 } else { all };
    for section in Depth::ALL.iter().filter_map(|&depth| entry.section(depth)) {
        let mut texts = Vec::new();
        paragraphs(&markdown::parse(section), &mut texts);
        for text in texts.iter().flat_map(|text| split(text)) {
            let found = finder.found_in(text);
            let answered = weigh(&found, weights);
            let mut weight = answered;
            if with_phrases > 0.0 && wanted.has_phrases_in(std::iter::once(text)) {
                weight += with_phrases;
            }
            if weight > most {
                most = weight;
                best = Sentence {
                    text: text.to_string(),
                    share: answered / all.max(f32::MIN_POSITIVE),
                    found,
                };
            }
            if most >= all + with_phrases {
                return best;
            }
        }
    }
    best
}

/// The weight of the words found, each once, as fully as it answers.
fn weigh(found: &[Found], weights: &[f32]) -> f32 {
    let of_word = |(number, weight): (usize, &f32)| {
        let shares = found.iter().filter(|word| word.number == number);
        weight * shares.map(|word| word.share).fold(0.0, f32::max)
    };
    if found.is_empty() {
        return 0.0;
    }
    weights.iter().enumerate().map(of_word).sum()
}

/// The running text of blocks, a line for each paragraph: not headings, code and tables, which hold no
/// sentences.
fn paragraphs(blocks: &[Block], texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(_) => texts.push(markdown::one_line(std::slice::from_ref(block))),
            Block::List { items, .. } => items.iter().for_each(|item| paragraphs(item, texts)),
            Block::Quote(inner) => paragraphs(inner, texts),
            Block::Heading(_) | Block::Code(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}

/// The sentences of a line: each ends at a `.`, `!` or `?`, with what closes after it, before a space
/// and anything but a small letter.
fn split(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (space, ends) in line.as_bytes().windows(2).enumerate() {
        // Whatever closes a quotation ends in one of two bytes; few spaces need a closer look.
        let [
            b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b'\x99' | b'\x9d',
            b' ',
        ] = ends
        else {
            continue;
        };
        let space = space + 1;
        let (before, after) = (&line[start..space], &line[space + 1..]);
        let bare = before.trim_end_matches(['"', '”', '’', '\'', ')']);
        let last = bare.rsplit(' ').next().unwrap_or_default();
        if bare.ends_with(['.', '!', '?'])
            && !after.starts_with(char::is_lowercase)
            && !ABBREVIATIONS.contains(&last.trim_start_matches('('))
        {
            sentences.push(before);
            start = space + 1;
        }
    }
    sentences.push(&line[start..]);
    sentences
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn sentences_end_where_a_reader_sees_them_end() {
        for (line, sentences) in [
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            (
                "He said “No.” Then he left.",
                vec!["He said “No.”", "Then he left."],
            ),
            (
                "Adam (Kingma et al. 2014) is fast.",
                vec!["Adam (Kingma et al. 2014) is fast."],
            ),
            (
                "It costs 3.5 dollars, e.g. Here.",
                vec!["It costs 3.5 dollars, e.g. Here."],
            ),
            (
                "Words such as i.e. and so on",
                vec!["Words such as i.e. and so on"],
            ),
            ("", vec![""]),
        ] {
            assert_eq!(split(line), sentences, "{line}");
        }
    }
}
