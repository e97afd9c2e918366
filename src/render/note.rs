//! The line on standard error that says what an answer is when it is not what was typed.
//!
//! Owns the wording. It must not know where the line goes.

use crate::corpus::{Corpus, Id};
use crate::entry::names::split_title;
use crate::error::Result;
use crate::query::resolve::{Answer, Match};

/// What is to be said about an answer; nothing when it is what was asked for.
pub fn of(corpus: &Corpus, answer: &Answer) -> Result<Option<String>> {
    let query = answer.query.trim();
    Ok(match answer.matched {
        Match::Exact | Match::Alias => None,
        Match::Covered => Some(format!(
            "{} covers “{query}”",
            titles(corpus, &answer.found)?.join(" and ")
        )),
        Match::Near => Some(format!(
            "showing {} for “{query}”",
            titles(corpus, &answer.found)?.join(" and ")
        )),
        Match::None if answer.suggestions.is_empty() => Some(format!("no entry for “{query}”")),
        Match::None => Some(format!(
            "no entry for “{query}”; did you mean {}?",
            titles(corpus, &answer.suggestions)?.join(", ")
        )),
    })
}

fn titles(corpus: &Corpus, ids: &[Id]) -> Result<Vec<String>> {
    ids.iter()
        .map(|&id| Ok(format!("“{}”", split_title(&corpus.head(id)?.title).0)))
        .collect()
}
