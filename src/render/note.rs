//! The line on standard error that says what an answer is when it is not what was typed.
//!
//! Owns the wording. It must not know where the line goes.

use crate::error::Result;
use glossary_core::corpus::{Corpus, Id};
use glossary_core::entry::names::split_title;
use glossary_core::query::resolve::{Answer, Match};
use glossary_core::query::search::{self, Strange};

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

/// What is to be said about a search for `query`: words that no entry uses, and, when nothing was found,
/// the entries whose names are `near` the query.
pub fn of_search(
    corpus: &Corpus,
    query: &str,
    answer: &search::Answer,
    near: &[Id],
) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    for Strange { typed, instead } in &answer.strange {
        notes.push(match instead {
            Some(word) => format!("no entry uses “{typed}”; searched for “{word}”"),
            None => format!("no entry uses “{typed}”"),
        });
    }
    if answer.hits.is_empty() {
        let query = query.trim();
        notes.push(if near.is_empty() {
            format!("nothing found for “{query}”")
        } else {
            let names = titles(corpus, near)?.join(", ");
            format!("nothing found for “{query}”; the nearest names: {names}")
        });
    }
    Ok(notes)
}

/// What is to be said when the name of a command and the words behind it are a name together.
pub fn of_command(corpus: &Corpus, named: &[Id], term: &str) -> Result<String> {
    Ok(format!(
        "for the entry {}: glossary show {term}",
        titles(corpus, named)?.join(" or ")
    ))
}

/// What is to be said of entries that name nothing and that nothing names.
pub fn of_unrelated(corpus: &Corpus, found: &[Id]) -> Result<String> {
    Ok(format!(
        "no related terms are given for {}",
        titles(corpus, found)?.join(" and ")
    ))
}

fn titles(corpus: &Corpus, ids: &[Id]) -> Result<Vec<String>> {
    ids.iter()
        .map(|&id| Ok(format!("“{}”", split_title(&corpus.head(id)?.title).0)))
        .collect()
}
