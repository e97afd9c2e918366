//! Looking a term up: the entries that a query leads to, with everything that a page shows.

use super::graph;
use super::named::NamedEntry;
use super::resolve::{Match, NearMisses, resolve};
use super::summary::EntrySummary;
use crate::corpus::{Corpus, Id};
use crate::entry::Entry;
use crate::entry::key::{canonical, fold};
use crate::entry::names::{Title, split_title};
use crate::error::Result;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'c> {
    /// The query as it was typed.
    pub query: String,
    /// How the entries were found.
    pub matched: Match,
    /// The entries: several when they share the name.
    pub entries: Vec<FoundEntry>,
    /// When nothing was found, the entries with the nearest names, the nearest first.
    pub suggestions: Vec<Suggestion<'c>>,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// Its id, for further queries.
    pub id: Id,
    /// The entry.
    pub entry: Entry,
    /// Its title.
    pub title: Title,
    /// The name of the glossary that it is from.
    pub source: String,
    /// Its name that matched the query.
    pub matched_name: String,
}

/// An entry whose name is near a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<'c> {
    /// The entry.
    pub entry: EntrySummary<'c>,
    /// Its name that is nearest to the query.
    pub matched_name: String,
}

/// A title that an entry lists as related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedTitle {
    /// As the entry spells it.
    pub title: String,
    /// The slug of the entry that it leads to; `None` when no entry has that name.
    pub slug: Option<String>,
}

impl FoundEntry {
    fn read(corpus: &Corpus, named: &NamedEntry, matched: Match) -> Result<Self> {
        let entry = corpus.entry(named.id)?;
        let title = Title::parse(&entry.front.title);
        Ok(Self {
            matched_name: match matched {
                Match::Exact => title.headword.clone(),
                _ => matched_name(&entry, &named.name),
            },
            title,
            source: corpus.source(named.id).to_string(),
            entry,
            id: named.id,
        })
    }

    /// The titles that it lists as related, each with the entry that it leads to.
    pub fn related(&self, corpus: &Corpus) -> Result<Vec<RelatedTitle>> {
        let related = graph::related(corpus, self.id)?.into_iter();
        related
            .map(|term| {
                let head = term.id.map(|id| corpus.head(id)).transpose()?;
                Ok(RelatedTitle {
                    title: term.title,
                    slug: head.map(|head| head.slug.into_owned()),
                })
            })
            .collect()
    }
}

/// Looks a query up.
pub fn lookup<'c>(corpus: &'c Corpus, query: &str, near_misses: NearMisses) -> Result<Answer<'c>> {
    let resolution = resolve(corpus, query, near_misses)?;
    let found = resolution.found.iter();
    Ok(Answer {
        query: query.to_string(),
        matched: resolution.matched,
        entries: found
            .map(|named| FoundEntry::read(corpus, named, resolution.matched))
            .collect::<Result<_>>()?,
        suggestions: suggestions(corpus, &resolution.suggestions)?,
    })
}

/// Entries with their names that are nearest to a query.
pub fn suggestions<'c>(corpus: &'c Corpus, named: &[NamedEntry]) -> Result<Vec<Suggestion<'c>>> {
    let suggestions = named.iter().map(|named| {
        Ok(Suggestion {
            entry: EntrySummary::read(corpus, named.id)?,
            matched_name: matched_name(&corpus.entry_without_text(named.id)?, &named.name),
        })
    });
    suggestions.collect()
}

/// The name of an entry that is spelled like a query, or else the one that is nearest to it: the title,
/// unless another name is much nearer.
fn matched_name(entry: &Entry, spelling: &str) -> String {
    let (key, normal) = (fold(spelling), canonical(spelling));
    // The slug is left out: it repeats the title in another form.
    let names = || entry.names().skip(1).map(|name| name.text.into_owned());
    let distance = |name: &String| strsim::osa_distance(&fold(name), &key);
    let nearest = || {
        let title = split_title(&entry.front.title).0;
        let nearest = names().min_by_key(distance)?;
        let is_nearer = 2 * distance(&nearest) < distance(&title);
        Some(if is_nearer { nearest } else { title })
    };
    names()
        .find(|name| fold(name) == key)
        .or_else(|| names().find(|name| canonical(name) == normal))
        .or_else(nearest)
        .unwrap_or_default()
}
