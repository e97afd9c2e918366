//! From what was typed to the entries that were meant.
//!
//! Owns the order of the steps, from the name as it is to the nearest names. It must not know how
//! near misses are told (`near`).

use std::collections::HashSet;

use super::fuzzy::{self, Nearest};
use super::question;
use crate::corpus::{Corpus, Id, NameMatch};
use crate::entry::names::{Kind, split_title};
use crate::error::Result;

/// How a query led to its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// By slug or title.
    Exact,
    /// By a short name or a synonym.
    Alias,
    /// By the name of a narrower thing that the entry explains.
    Covered,
    /// By a name that is nearly what was typed.
    Near,
    /// It did not.
    None,
}

/// The entries that a query leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// How the entries were found.
    pub matched: Match,
    /// The part of the query that names them: "GAN" in "what is a GAN?".
    pub spelling: String,
    /// The entries: several when they share the name.
    pub found: Vec<Id>,
    /// When nothing was found, the entries with the nearest names, the nearest first.
    pub suggestions: Vec<Id>,
}

/// Whether a name that is nearly right counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearMisses {
    /// The nearest name is shown if it is the only one.
    Shown,
    /// Only what is a name is found.
    Off,
}

/// The most suggestions for a query without an answer.
pub const MOST_SUGGESTIONS: usize = 5;

/// More bytes than these are no question about a term.
const LONGEST: usize = 1024;

/// Finds what a query means.
pub fn resolve(corpus: &Corpus, query: &str, near_misses: NearMisses) -> Result<Resolution> {
    let answer = |matched, spelling: &str, found, suggestions| Resolution {
        matched,
        spelling: spelling.to_string(),
        found,
        suggestions,
    };
    if query.len() > LONGEST {
        return Ok(answer(Match::None, query, Vec::new(), Vec::new()));
    }
    let (spelling, named) = exact(corpus, query)?;
    if let Some(strongest) = named.iter().map(|name| name.kind).min() {
        let matched = match strongest {
            Kind::Slug | Kind::Title => Match::Exact,
            Kind::Short | Kind::Alias => Match::Alias,
            Kind::Covered => Match::Covered,
        };
        return Ok(answer(
            matched,
            &spelling,
            named.into_iter().map(|name| name.id).collect(),
            Vec::new(),
        ));
    }
    if near_misses == NearMisses::Off {
        return Ok(answer(Match::None, query, Vec::new(), Vec::new()));
    }
    let near = nearest(corpus, query)?;
    Ok(match near {
        Nearest::Confident(hit) => answer(Match::Near, &hit.name, vec![hit.entry], Vec::new()),
        Nearest::Ambiguous(hits) => {
            let entries = hits.into_iter().map(|hit| hit.entry);
            answer(Match::None, query, Vec::new(), entries.collect())
        }
    })
}

/// The near misses of what a query asks for: of its core, or else of more of it, for a word of the
/// question may belong to the term.
fn nearest(corpus: &Corpus, query: &str) -> Result<Nearest> {
    let mut suggested = Vec::new();
    for spelling in question::terms(query).into_iter().rev().chain([query]) {
        match fuzzy::find(corpus, spelling)? {
            Nearest::Ambiguous(hits) if suggested.is_empty() => suggested = hits,
            Nearest::Ambiguous(_) => {}
            confident @ Nearest::Confident(_) => return Ok(confident),
        }
    }
    Ok(Nearest::Ambiguous(suggested))
}

/// The entries that a query names: as typed, then without the part in parentheses or by that part
/// alone, and then with less and less of the question around it; each as it stands, and in the singular
/// and in American spelling. Also gives the spelling that names them.
fn exact(corpus: &Corpus, query: &str) -> Result<(String, Vec<NameMatch>)> {
    let (headword, short) = split_title(query);
    let parts = short.map(|short| [headword.as_str(), short]);
    let spellings = std::iter::once(query)
        .chain(parts.into_iter().flatten())
        .chain(question::terms(query));
    for spelling in spellings {
        let mut named = corpus.by_name(spelling)?;
        if !named.is_empty() {
            let mut seen = HashSet::new();
            named.retain(|name| seen.insert(name.id));
            return Ok((spelling.to_string(), named));
        }
    }
    Ok((String::new(), Vec::new()))
}
