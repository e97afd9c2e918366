//! Near misses: names that are nearly what was typed.
//!
//! Owns when one entry is so clearly meant that it can be shown, and when some can be suggested. What
//! makes a name near is told by its spelling (`typo`) or by its words (`words`); both give a cost in
//! tenths of an edit, so that they can be weighed against each other. It must not know what is done
//! with the entries.

mod alignment;
mod generic;
mod sound;
mod typo;
mod words;

use super::ordinary::{is_name, is_ordinary};
use super::resolve::MOST_SUGGESTIONS;
use crate::corpus::{Corpus, Id};
use crate::entry::key::{self, canonical_word, fold};
use crate::entry::names::Kind;
use crate::error::Result;

/// The entries whose names are near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// One is so clearly nearest that it can be shown.
    Clear(Vec<Id>),
    /// These come nearest; none of them clearly, or there is none.
    Unclear(Vec<Id>),
}

/// Names and words of up to this many characters less one are met exactly or not at all.
const SHORTEST: usize = 5;

/// Longer queries are no names: no name has as many bytes, nor as many words.
const LONGEST: usize = 256;
const MOST_WORDS: usize = 16;

/// Longer words in capitals are shouted.
const LONGEST_ACRONYM: usize = 5;

/// What an edit costs.
const EDIT: u32 = 10;

/// What an edit costs less when the words sound alike: most slips of those who spell by ear do.
const HEARD: u32 = 3;

/// By how much the nearest entry must be nearer than the next.
const MARGIN: u32 = 3;

/// A name that is spelled so nearly like what was typed needs no look at its words.
const DECISIVE: u32 = 2 * EDIT;

/// Words that are left out on both sides of a comparison.
const STOP_WORDS: [&str; 14] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
];

/// How far a name that is near may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Shown, if no other entry is as near.
    Show,
    /// At most suggested.
    Suggest,
}

/// A name that is near, and the entry that it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    trust: Trust,
    /// In tenths of an edit.
    cost: u32,
    kind: Kind,
    entry: Id,
}

/// What was typed, taken apart.
struct Asked {
    /// Its key.
    key: String,
    /// Its key in the singular and in American spelling.
    canonical: String,
    /// Its words, but for those that carry no meaning.
    words: Vec<Word>,
    /// The keys of those.
    left_out: Vec<String>,
}

/// A word that was typed.
struct Word {
    /// Its key.
    key: String,
    /// Its key in the singular and in American spelling.
    canonical: String,
    /// Whether it is everyday English.
    ordinary: bool,
    /// Whether it is a name outside the field.
    name: bool,
}

impl Word {
    /// Whether it may be meant as it was typed by somebody who means no term.
    fn is_known(&self) -> bool {
        self.ordinary || self.name
    }
}

impl Asked {
    /// `None` when it cannot be a name.
    fn new(query: &str) -> Option<Self> {
        if query.len() > LONGEST || key::words(query).count() > MOST_WORDS {
            return None;
        }
        let mixed = query.chars().any(char::is_lowercase);
        let mut left_out = Vec::new();
        let mut words = Vec::new();
        for word in key::words(query) {
            let key = fold(word);
            if key.is_empty() || STOP_WORDS.contains(&key.as_str()) {
                left_out.push(key);
                continue;
            }
            // Among other words capitals make it an acronym: a "RAG system" is not one of rags.
            let acronym = mixed
                && word.chars().count() <= LONGEST_ACRONYM
                && !word.chars().any(char::is_lowercase);
            words.push(Word {
                ordinary: is_ordinary(&key) && !acronym,
                name: is_name(&key),
                canonical: canonical_word(word),
                key,
            });
        }
        words.dedup_by(|a, b| a.key == b.key);
        let asked = Self {
            key: fold(query),
            canonical: key::canonical(query),
            words,
            left_out,
        };
        (!asked.words.is_empty()).then_some(asked)
    }
}

/// Finds the entries whose names are nearest to `query`.
pub fn find(corpus: &Corpus, query: &str) -> Result<Near> {
    let Some(asked) = Asked::new(query) else {
        return Ok(Near::Unclear(Vec::new()));
    };
    let mut hits = typo::find(corpus, &asked)?;
    // A form of a word may be spelled like another: "quantize" is nearer to "quantile" than to its noun.
    if asked.words.len() > 1 {
        match weigh(&mut hits) {
            Near::Clear(ids) if hits[0].cost <= DECISIVE => return Ok(Near::Clear(ids)),
            _ => {}
        }
    }
    hits.extend(words::find(corpus, &asked)?);
    Ok(weigh(&mut hits))
}

/// The one entry that is clearly nearest, or else the nearest few.
fn weigh(hits: &mut Vec<Hit>) -> Near {
    hits.sort_unstable_by_key(|hit| (hit.entry, hit.trust, hit.cost, hit.kind));
    hits.dedup_by_key(|hit| hit.entry);
    hits.sort_unstable_by_key(|hit| (hit.cost, hit.kind, hit.entry));
    if let [best, others @ ..] = &hits[..] {
        let rivalled = others.first().is_some_and(|next| {
            next.cost < best.cost + MARGIN
                && (next.cost < best.cost || next.kind <= best.kind.max(Kind::Alias))
        });
        if best.trust == Trust::Show && !rivalled {
            return Near::Clear(vec![best.entry]);
        }
    }
    let nearest = hits.iter().map(|hit| hit.entry);
    Near::Unclear(nearest.take(MOST_SUGGESTIONS).collect())
}
