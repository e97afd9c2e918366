//! Looking a term up: the entries that a query leads to, with everything that a page shows.

use std::collections::HashSet;

use super::exact::built_in_with_name;
use super::fuzzy::MOST_SUGGESTIONS;
use super::graph;
use super::named::{NamedEntry, names_in, spelled_name};
use super::resolve::{Match, NearMisses, resolve};
use super::search::{SearchHit, SearchOptions, search};
use super::suggestion::{Suggestion, suggestions};
use super::summary::EntrySummary;
use crate::corpus::{Corpus, Id, SectionBeneath};
use crate::entry::Entry;
use crate::entry::markdown::Block;
use crate::entry::names::{Kind, Title};
use crate::entry::passage::{Passages, mentioning};
use crate::entry::sections::Depth;
use crate::error::Result;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'c> {
    /// The query as it was typed.
    pub query: String,
    /// How the entries were found.
    pub matched: Match,
    /// The entries: several when they share the name, or are compared.
    pub entries: Vec<FoundEntry>,
    /// Built-in entries with the name, if it leads to the user's entries instead.
    pub also: Vec<EntrySummary<'c>>,
    /// What entries that are compared say about one another.
    pub remarks: Vec<Remark>,
    /// When nothing was found, the entries with the nearest names, the nearest first.
    pub suggestions: Vec<Suggestion<'c>>,
    /// When nothing was found, the entries that a search for the same words finds, the best first.
    pub hits: Vec<SearchHit<'c>>,
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
    /// The sections that it lacks and an entry that it replaces has.
    pub beneath: Vec<SectionBeneath>,
    /// Its name that matched the query.
    pub matched_name: String,
    /// The passage that defines the name, if that is the name of a narrower thing.
    pub passage: Option<Vec<Block>>,
}

/// What one entry says about another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The slug of the entry that says it, and its title.
    pub from: (String, Title),
    /// The slug of the entry that it is about, and its title.
    pub about: (String, Title),
    /// The passages.
    pub passages: Vec<Block>,
}

/// A title that an entry lists as related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedTitle {
    /// As the entry spells it.
    pub title: String,
    /// The slug of the entry that it leads to; `None` when no entry has that name.
    pub slug: Option<String>,
}

/// How many hits of a search a miss shows.
const HITS: usize = 3;

/// The least share of the query that a hit answers.
const ENOUGH: f32 = 0.5;

/// How much a keyword must be like the query for an entry to be suggested of which no name is near.
const LIKE_KEYWORD: f32 = 0.6;

/// How many passages of one entry about another are shown.
const REMARKS: usize = 2;

impl FoundEntry {
    fn read(corpus: &Corpus, named: &NamedEntry, matched: Match) -> Result<Self> {
        let entry = corpus.entry(named.id)?;
        let title = Title::parse(&entry.front.title);
        let matched_name = match matched {
            Match::Exact => title.headword.clone(),
            _ => spelled_name(&entry, &named.name),
        };
        let is_narrower = named.kind == Kind::Covered;
        Ok(Self {
            passage: is_narrower
                .then(|| Passages::read(&entry).defining(&matched_name).cloned())
                .flatten()
                .map(|passage| vec![passage]),
            matched_name,
            title,
            source: corpus.source(named.id).to_string(),
            beneath: corpus.sections_beneath(named.id, &entry)?,
            entry,
            id: named.id,
        })
    }

    /// Its sections at some depths, each with the name of the glossary beneath that it is from, if it is not
    /// its own. Without any of these, the first section.
    #[must_use]
    pub fn sections_at(&self, depths: &[Depth]) -> Vec<(Depth, &str, Option<&str>)> {
        let section = |&depth: &Depth| {
            if let Some(text) = self.entry.section(depth) {
                return Some((depth, text, None));
            }
            let beneath = self.beneath.iter().find(|beneath| beneath.depth == depth)?;
            Some((depth, beneath.text.as_str(), Some(beneath.source.as_str())))
        };
        let asked: Vec<_> = depths.iter().filter_map(section).collect();
        if asked.is_empty() {
            return Depth::ALL.iter().find_map(section).into_iter().collect();
        }
        asked
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

    /// The names by which other entries mention it.
    fn mentioned_names(&self) -> Vec<String> {
        if self.passage.is_some() {
            return vec![self.matched_name.clone()];
        }
        let mut names = vec![self.title.headword.clone()];
        names.extend(self.title.acronym.clone());
        names.extend(self.entry.front.aliases.iter().cloned());
        names
    }
}

/// Looks a query up.
pub fn lookup<'c>(corpus: &'c Corpus, query: &str, near_misses: NearMisses) -> Result<Answer<'c>> {
    let resolution = resolve(corpus, query, near_misses)?;
    let found = resolution.found.iter();
    let entries = found
        .map(|named| FoundEntry::read(corpus, named, resolution.matched))
        .collect::<Result<Vec<_>>>()?;
    let mut answer = Answer {
        query: query.to_string(),
        matched: resolution.matched,
        also: Vec::new(),
        remarks: Vec::new(),
        suggestions: suggestions(corpus, &resolution.suggestions)?,
        hits: Vec::new(),
        entries,
    };
    if answer.matched == Match::Comparison {
        answer.remarks = remarks(&answer.entries);
    } else if let Some(named) = resolution
        .found
        .first()
        .filter(|named| corpus.is_users(named.id))
    {
        for also in built_in_with_name(corpus, &named.name)? {
            answer.also.push(EntrySummary::read(corpus, also.id)?);
        }
    }
    if answer.matched == Match::None && near_misses == NearMisses::Shown {
        answer.hits = hits(corpus, query)?;
        let mut more = answering(&answer.hits);
        more.extend(suggestions(
            corpus,
            &named_hits(corpus, query, &answer.hits)?,
        )?);
        answer.suggestions.extend(more);
        let mut seen = HashSet::new();
        let is_new = |suggestion: &Suggestion| seen.insert(suggestion.entry.head.slug.to_string());
        answer.suggestions.retain(is_new);
        answer.suggestions.truncate(MOST_SUGGESTIONS);
    }
    Ok(answer)
}

/// The hits of a search for the words of a query that answer at least half of it.
fn hits<'c>(corpus: &'c Corpus, query: &str) -> Result<Vec<SearchHit<'c>>> {
    let options = SearchOptions {
        limit: HITS,
        topic: None,
        // The suggestions take care of misspelled words.
        near_misses: NearMisses::Off,
    };
    let mut hits = search(corpus, query, options)?.hits;
    hits.retain(|hit| hit.share >= ENOUGH);
    Ok(hits)
}

/// The hits with a keyword that reports the same failure as the query, as suggestions.
fn answering<'c>(hits: &[SearchHit<'c>]) -> Vec<Suggestion<'c>> {
    let answering = hits.iter().filter(|hit| hit.reported >= LIKE_KEYWORD);
    let suggestions = answering.map(|hit| Suggestion {
        matched_name: hit.entry.headword(),
        entry: hit.entry.clone(),
    });
    suggestions.collect()
}

/// The hits whose names the query contains.
fn named_hits(corpus: &Corpus, query: &str, hits: &[SearchHit<'_>]) -> Result<Vec<NamedEntry>> {
    let mut named = Vec::new();
    for entry in names_in(corpus, query)?
        .into_iter()
        .flat_map(|part| part.entries)
    {
        let slug = corpus.head(entry.id)?.slug;
        if hits.iter().any(|hit| hit.entry.head.slug == slug) {
            named.push(entry);
        }
    }
    Ok(named)
}

/// What each of some entries says about each other.
fn remarks(entries: &[FoundEntry]) -> Vec<Remark> {
    let name = |found: &FoundEntry| (found.entry.slug.clone(), found.title.clone());
    let mut remarks = Vec::new();
    for from in entries {
        for about in entries.iter().filter(|about| about.id != from.id) {
            let passages = mentioning(&from.entry, &about.mentioned_names(), REMARKS);
            if !passages.is_empty() {
                remarks.push(Remark {
                    from: name(from),
                    about: name(about),
                    passages,
                });
            }
        }
    }
    remarks
}
