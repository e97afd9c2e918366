//! How well the text of an entry answers a query, and the sentence of it that shows so.

use super::query::{Finder, Found};
use crate::entry::Entry;
use crate::entry::markdown::{self, Block};
use crate::entry::normalize::{fold, words};
use crate::entry::sections::Depth;
use crate::query::word_lists::{is_dependent, is_stop_word};

/// A sentence, and where it has the words of the query.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Snippet {
    /// Its text, on one line.
    pub(super) text: String,
    pub(super) found: Vec<Found>,
    /// The share of the query that it answers, from 0 to 1.
    share: f32,
}

/// How well an entry answers a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    /// The sentence to show: the summary, unless another answers clearly better.
    pub(super) snippet: Snippet,
    /// The share of the query that one sentence answers.
    pub(super) sentence: f32,
    /// How much one of the keywords is like the query.
    pub(super) keyword: f32,
}

/// How much a sentence counts that is not in one of the short sections.
const IN_DEPTH: f32 = 0.5;

/// How much it counts that a keyword says nothing else: the power of the share of its words that answer.
const OWN_WORDS: f32 = 0.7;

/// How much more of the query than the summary another sentence must answer.
const CLEARLY: f32 = 0.2;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 9] = [
    "e.g.", "i.e.", "al.", "vs.", "cf.", "etc.", "approx.", "Fig.", "no.",
];

/// Reads an entry for a query whose terms have these weights.
pub(super) fn evidence(entry: &Entry, finder: &mut Finder<'_>, weights: &[f32]) -> Evidence {
    let whole: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut read = |text: &str| {
        let found = finder.found_in(text);
        let has_phrases = finder.query.has_phrases_in(std::iter::once(text));
        // A sentence without the phrases is worth less than any with them.
        let phrases = if has_phrases { 1.0 } else { 0.0 };
        let share = if found.is_empty() {
            0.0
        } else {
            weigh(&found, weights) / whole
        };
        (
            phrases,
            Snippet {
                text: text.to_string(),
                found,
                share,
            },
        )
    };
    let summary = entry.section(Depth::Summary).map(markdown::parse);
    let summary = markdown::one_line(&summary.unwrap_or_default());
    let (mut most, mut snippet) = read(&summary);
    most += snippet.share + CLEARLY;
    let mut sentence = snippet.share;
    for (depth, part) in [(Depth::Eli5, 1.0), (Depth::InDepth, IN_DEPTH)] {
        let mut texts = Vec::new();
        let blocks = entry
            .section(depth)
            .map(markdown::parse)
            .unwrap_or_default();
        paragraphs(&blocks, &mut texts);
        for text in texts.iter().flat_map(|text| split(text)) {
            let (phrases, other) = read(text);
            sentence = sentence.max(other.share * part);
            let may_be_shown = depth != Depth::Eli5
                && !is_dependent(words(text).next().unwrap_or_default())
                || snippet.text.is_empty();
            if phrases + other.share > most && may_be_shown {
                most = phrases + other.share;
                snippet = other;
            }
        }
    }
    Evidence {
        keyword: likeness_to_keywords(entry, finder, weights, whole),
        snippet,
        sentence,
    }
}

/// How much the keyword that is most like the query is like it: the share of the query that it answers,
/// times the share of its own words that answer.
fn likeness_to_keywords(
    entry: &Entry,
    finder: &mut Finder<'_>,
    weights: &[f32],
    whole: f32,
) -> f32 {
    let keywords = entry.front.keywords.iter();
    let likeness = keywords.map(|keyword| {
        let found = finder.found_in(keyword);
        let telling = words(keyword)
            .filter(|word| !is_stop_word(&fold(word)))
            .count();
        #[expect(clippy::cast_precision_loss, reason = "counts of a few words")]
        let own = (found.len() as f32 / telling.max(1) as f32).min(1.0);
        weigh(&found, weights) / whole * own.powf(OWN_WORDS)
    });
    likeness.fold(0.0, f32::max)
}

/// The weight of the terms found, each once, as fully as it is answered.
fn weigh(found: &[Found], weights: &[f32]) -> f32 {
    let of_term = |(number, weight): (usize, &f32)| {
        let shares = found.iter().filter(|word| word.term == number);
        weight * shares.map(|word| word.share).fold(0.0, f32::max)
    };
    weights.iter().enumerate().map(of_term).sum()
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
