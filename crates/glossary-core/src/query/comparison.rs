//! Comparisons: "`LoRA` vs `QLoRA`", "what is the difference between precision and recall".

use super::exact::exact;
use super::fuzzy::{self, Context, Nearest};
use super::named::{NamedEntry, NamedPart, names_in};
use super::question;
use super::word_lists::section;
use crate::corpus::Corpus;
use crate::entry::names::Kind;
use crate::entry::normalize::{fold, words_at};
use crate::error::Result;

const PHRASES: &str = include_str!("../../data/questions.txt");

/// More things are not compared.
const MOST_SIDES: usize = 5;

/// The entries that a query compares, in the order in which it names them; `None` if it compares
/// nothing, or if one of the sides is unknown.
pub(super) fn find(corpus: &Corpus, query: &str) -> Result<Option<Vec<NamedEntry>>> {
    let sides = sides(query);
    let named = if sides.len() > 1 {
        let last = sides.len() - 1;
        let named = (0..=last).map(|number| {
            // The rest of the question is before the first side and after the last.
            let is_named = if number == last {
                |part: &NamedPart| part.before == 0
            } else {
                |part: &NamedPart| part.after == 0
            };
            compared(corpus, sides[number], is_named)
        });
        named.collect::<Result<Vec<_>>>()?
    } else {
        // "bagging or boosting"
        let sides = query.split(" or ");
        sides
            .map(|side| Ok(exact(corpus, side)?.into_iter().next()))
            .collect::<Result<_>>()?
    };
    if !(2..=MOST_SIDES).contains(&named.len()) || named.contains(&None) {
        return Ok(None);
    }
    let mut entries: Vec<NamedEntry> = Vec::new();
    for entry in named.into_iter().flatten() {
        // An entry may cover several of them, each with a passage of its own.
        let is_known = |known: &NamedEntry| {
            known.id == entry.id && [known.kind, entry.kind] != [Kind::Covered; 2]
        };
        if !entries.iter().any(is_known) {
            entries.push(entry);
        }
    }
    Ok(Some(entries))
}

/// The entry of a side: by all of it, or else by the name in it that is next to the other side.
fn compared(
    corpus: &Corpus,
    side: &str,
    is_named: fn(&NamedPart) -> bool,
) -> Result<Option<NamedEntry>> {
    if let Some(entry) = exact(corpus, side)?.into_iter().next() {
        return Ok(Some(entry));
    }
    if let Some(entry) = nearest(corpus, side)? {
        return Ok(Some(entry));
    }
    let mut parts = names_in(corpus, side)?.into_iter();
    Ok(parts
        .find(is_named)
        .and_then(|part| part.entries.into_iter().next()))
}

fn nearest(corpus: &Corpus, side: &str) -> Result<Option<NamedEntry>> {
    let term = question::terms(side).pop().unwrap_or(side);
    match fuzzy::find(corpus, term, Context::Prose)? {
        Nearest::Confident(entry) => Ok(Some(entry)),
        Nearest::Ambiguous(_) => Ok(None),
    }
}

/// The parts of a query that are compared, with what else it says; one if it is not a comparison.
fn sides(query: &str) -> Vec<&str> {
    let words: Vec<(usize, &str)> = words_at(query).collect();
    let folded: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
    let phrase_at = |name: &str, at: usize| {
        let length = |phrase: &str| phrase.split(' ').count();
        let starts = |phrase: &&str| {
            let words = phrase.split(' ').zip(&folded[at..]);
            at + length(phrase) <= folded.len()
                && words.clone().all(|(word, folded)| word == folded)
        };
        section(PHRASES, name).filter(starts).map(length).max()
    };
    let opening = (0..words.len())
        .find_map(|at| Some(at + phrase_at("comparison openings", at)?))
        .filter(|&end| end < words.len());
    let mut sides = Vec::new();
    let (mut at, mut side) = (opening.unwrap_or(0), opening.unwrap_or(0));
    let text = |from: usize, to: usize| {
        let end = words.get(to).map_or(query.len(), |(start, _)| *start);
        query.get(words[from].0..end).unwrap_or_default().trim()
    };
    while at < words.len() {
        let link = || opening.and_then(|_| phrase_at("comparison links", at));
        match phrase_at("comparison separators", at).or_else(link) {
            Some(length) if at > side => {
                sides.push(text(side, at));
                (at, side) = (at + length, at + length);
            }
            _ => at += 1,
        }
    }
    if side < words.len() {
        sides.push(text(side, words.len()));
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::sides;

    #[test]
    fn the_sides_of_a_comparison_are_told_apart() {
        for (query, expected) in [
            ("LoRA vs QLoRA", vec!["LoRA", "QLoRA"]),
            (
                "pearson vs. spearman vs kendall",
                vec!["pearson", "spearman", "kendall"],
            ),
            (
                "what is the difference between precision and recall?",
                vec!["precision", "recall?"],
            ),
            (
                "is a token the same as a word",
                vec!["is a token the", "a word"],
            ),
            ("compare GRU with LSTM", vec!["GRU", "LSTM"]),
            (
                "how does bagging differ from boosting",
                vec!["how does bagging", "boosting"],
            ),
            ("gradient descent", vec!["gradient descent"]),
            ("vs", vec!["vs"]),
        ] {
            assert_eq!(sides(query), expected, "{query}");
        }
    }
}
