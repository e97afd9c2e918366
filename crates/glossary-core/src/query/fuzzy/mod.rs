//! Names that are nearly what was typed.
//!
//! A name is near by its spelling as a whole (`spelling`) or by its words (`words`). Both give a cost,
//! so that they can be compared.

mod alignment;
mod sound;
mod spelling;
mod weights;
mod words;

use super::english;
use super::generic::{self, Sort};
use super::named::NamedEntry;
use super::word_lists::is_function_word;
use crate::corpus::{Corpus, Id};
use crate::entry::names::Kind;
use crate::entry::normalize::{self, canonical_word, fold};
use crate::error::Result;
use weights::WEIGHTS;

/// The entries with the nearest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// One is so clearly nearest that it can be shown.
    Confident(NamedEntry),
    /// No entry is clearly nearest. The nearest few, if any, with the nearest first.
    Ambiguous(Vec<NamedEntry>),
}

/// Where a query is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// From prose: an English word may mean no term.
    Prose,
    /// From code, where every word is a term.
    Code,
}

/// The most suggestions for a query.
pub const MOST_SUGGESTIONS: usize = 5;

/// An entry and its name that is near.
struct Hit {
    entry: Id,
    /// The name as the entry spells it, or its key.
    name: String,
    kind: Kind,
    confidence: Confidence,
    /// In tenths of an edit.
    cost: u32,
}

/// How a near name may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Confidence {
    /// To be shown if no other entry is as near.
    Show,
    /// To be shown if no other entry is to be shown.
    ShowAlone,
    /// At most to be suggested.
    Suggest,
}

/// The longest word in capitals that is an acronym and not shouted, in characters.
const LONGEST_ACRONYM: usize = 5;

/// A query taken apart.
struct ParsedQuery {
    key: String,
    /// Its key in the singular and in American spelling.
    canonical: String,
    /// Its words, without stop words.
    words: Vec<Word>,
}

/// A word of a query.
struct Word {
    key: String,
    canonical: String,
    /// Its sort if it is a generic word, perhaps misspelled, and what that costs.
    generic: Option<(Sort, u32)>,
    /// Whether it is common English.
    is_common: bool,
    /// Whether it is English or a name, so that it can be meant as it was typed.
    is_known: bool,
}

impl Word {
    fn letters(&self) -> usize {
        self.key.chars().count()
    }
}

impl ParsedQuery {
    /// Whether it is a single word that may be meant as it was typed.
    fn is_known_word(&self) -> bool {
        matches!(&self.words[..], [word] if word.is_known)
    }

    /// `None` if the query cannot be a name.
    fn new(query: &str, context: Context) -> Option<Self> {
        if query.len() > WEIGHTS.longest_query
            || normalize::words(query).count() > WEIGHTS.most_words
        {
            return None;
        }
        let mixed_case = query.chars().any(char::is_lowercase);
        let mut words = Vec::new();
        for word in normalize::words(query) {
            let key = fold(word);
            if key.is_empty() || is_function_word(&key) {
                continue;
            }
            // Among other words, capitals make an acronym: a "RAG system" is not one of rags.
            let is_acronym = mixed_case
                && word.chars().count() <= LONGEST_ACRONYM
                && !word.chars().any(char::is_lowercase);
            let may_be_term = is_acronym || context == Context::Code;
            let bare = ["'s", "’s"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending));
            let english = bare.map_or_else(|| key.clone(), fold);
            let canonical = canonical_word(word);
            let misspelled = || Some((generic::misspelled_sort(&canonical)?, WEIGHTS.edit));
            words.push(Word {
                generic: generic::sort(&canonical)
                    .map(|sort| (sort, 0))
                    .or_else(misspelled),
                is_common: english::is_common(&english) && !may_be_term,
                is_known: (english::is_word(&english) || english::is_name(&english))
                    && !may_be_term,
                canonical,
                key,
            });
        }
        words.dedup_by(|a, b| a.key == b.key);
        (!words.is_empty()).then(|| Self {
            key: fold(query),
            canonical: normalize::canonical(query),
            words,
        })
    }
}

/// Finds the entries with the names nearest to `query`.
pub fn find(corpus: &Corpus, query: &str, context: Context) -> Result<Nearest> {
    let Some(query) = ParsedQuery::new(query, context) else {
        return Ok(Nearest::Ambiguous(Vec::new()));
    };
    let mut hits = spelling::find(corpus, &query)?;
    hits.extend(words::find(corpus, &query)?);
    Ok(decide(hits))
}

/// The one entry that is clearly nearest, or else the nearest few.
fn decide(mut hits: Vec<Hit>) -> Nearest {
    hits.sort_by(|a, b| {
        let rank = |hit: &Hit| (hit.entry, hit.confidence, hit.cost, hit.kind);
        rank(a).cmp(&rank(b))
    });
    hits.dedup_by_key(|hit| hit.entry);
    hits.sort_by_key(|hit| (hit.cost, hit.kind, hit.entry));
    if let [best, others @ ..] = &hits[..] {
        let is_rival = |next: &Hit| {
            next.cost < best.cost + WEIGHTS.margin
                && (next.cost < best.cost || next.kind <= best.kind.max(Kind::Alias))
        };
        let is_shown = match best.confidence {
            Confidence::Show => !others.first().is_some_and(is_rival),
            Confidence::ShowAlone => others
                .iter()
                .all(|next| next.confidence == Confidence::Suggest && !is_rival(next)),
            Confidence::Suggest => false,
        };
        if is_shown {
            return Nearest::Confident(hits.swap_remove(0).into());
        }
    }
    let nearest = hits.into_iter().take(MOST_SUGGESTIONS);
    Nearest::Ambiguous(nearest.map(NamedEntry::from).collect())
}

impl From<Hit> for NamedEntry {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.entry,
            kind: hit.kind,
            name: hit.name,
        }
    }
}
