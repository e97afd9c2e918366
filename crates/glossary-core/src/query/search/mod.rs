//! Full-text search: entries ranked by how well their words answer a query.
//!
//! The words decide which entries answer (`ranking`). Of the best, links between them, one sentence or
//! keyword that answers much, and failures described in the query raise the score, and what the query
//! names comes first.

mod link_boost;
mod query;
mod ranking;
mod snippet;
mod synonyms;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use super::named::{NamedEntry, names_in};
use super::resolve::{NearMisses, resolve};
use super::suggestion::{Suggestion, suggestions};
use super::summary::EntrySummary;
use super::{english, question};
use crate::corpus::{Candidate, Corpus, Id, Reach};
use crate::entry::key::{canonical_word, fold, words};
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;
use crate::error::Result;
use link_boost::link_boost;
pub(super) use query::is_symptom;
use query::{Finder, Query, Term};
use ranking::TermUses;
use snippet::{Evidence, evidence};

/// What it counts to have the query for a name, or to be one of the things compared: more than all words
/// come to.
const NAMED: f32 = 3.0;

/// What it counts to be named in a question, and to be named after "in" or "for".
const NAMED_IN_QUESTION: f32 = 1.0;
const NAMED_IN_BACKGROUND: f32 = 0.1;

/// For how many of the best answers links and failures count.
const BOOSTED: usize = 30;

/// How many of the best answers are read.
const READ: usize = 10;

/// How much it counts that one sentence of an entry answers the whole query, and that a keyword is like
/// it.
const SENTENCE: f32 = 0.4;
const KEYWORD: f32 = 0.7;

/// How much it counts, for a query that describes a failure, that all keywords of an entry do.
const FAILURE: f32 = 0.6;

/// An entry has at least so many keywords of several words, or as if it had.
const FEWEST_KEYWORDS: f32 = 5.0;
const SHORTEST_DESCRIPTION: usize = 3;

/// Shorter words match only exactly.
const SHORTEST_FUZZY: usize = 5;

/// Words of so many letters may hold two edits.
const TWO_EDITS: usize = 8;

/// Which entries a search lists.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions<'a> {
    /// How many at most.
    pub limit: usize,
    /// Only those of this topic.
    pub topic: Option<&'a str>,
    /// Whether a word that no entry uses is replaced by the nearest that one does.
    pub near_misses: NearMisses,
}

/// The answer to a search.
#[derive(Debug, Clone, Default)]
pub struct SearchAnswer<'c> {
    /// The entries, the best first.
    pub hits: Vec<SearchHit<'c>>,
    /// The words of the query that no entry uses.
    pub unknown_terms: Vec<UnknownTerm>,
    /// When nothing was found, the entries whose names are nearest to the query.
    pub nearest: Vec<Suggestion<'c>>,
}

/// An entry that answers a search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit<'c> {
    /// The entry.
    pub entry: EntrySummary<'c>,
    /// How well it answers, comparable with the others of one answer only.
    pub score: f32,
    /// The share of the query that one of its sentences or keywords answers, from 0 to 1.
    pub share: f32,
    /// For a query that describes a failure, how much the keyword that is most like it is like it, from 0
    /// to 1.
    pub reported: f32,
    /// Its sentence that answers best, as plain text.
    pub snippet: String,
    /// The bytes of the snippet's words that were searched for, in their order.
    pub matches: Vec<Range<usize>>,
}

/// A word that no entry uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm {
    /// As it was typed.
    pub typed: String,
    /// The word that was searched for instead, as the best entry writes it.
    pub replacement: Option<String>,
}

/// Finds the entries that answer a query best.
pub fn search<'c>(
    corpus: &'c Corpus,
    text: &str,
    options: SearchOptions<'_>,
) -> Result<SearchAnswer<'c>> {
    let mut query = Query::parse(text);
    let mut uses = Vec::new();
    let mut unknown = Vec::new();
    for number in 0..query.terms.len() {
        let mut of_term = TermUses::read(corpus, &query.terms[number])?;
        if of_term.entries == 0 {
            unknown.push(number);
            let in_phrase = query.required & (1 << number) != 0;
            if options.near_misses == NearMisses::Shown
                && !in_phrase
                && let Some(near) = nearest(corpus, &query.terms[number])?
            {
                query.terms[number].stem = near;
                of_term = TermUses::read(corpus, &query.terms[number])?;
            }
        }
        uses.push(of_term);
    }
    let weights = ranking::weights(corpus, &query, &uses);
    let ranked = ranking::rank(corpus, &query, &uses, &weights)?;
    let hits = best(corpus, text, &query, ranked, options)?;
    let hits = read(corpus, &query, &weights, hits, options.limit)?;
    let unknown_terms = unknown.into_iter().map(|number| UnknownTerm {
        typed: query.terms[number].typed.clone(),
        replacement: (uses[number].entries > 0)
            .then(|| as_written(&query.terms[number], number, &hits)),
    });
    let unknown_terms = unknown_terms.collect();
    let nearest = if hits.is_empty() {
        let resolution = resolve(corpus, text, options.near_misses)?;
        suggestions(corpus, &[resolution.found, resolution.suggestions].concat())?
    } else {
        Vec::new()
    };
    let known = uses.iter().filter(|uses| uses.entries > 0).count();
    let hits = hits.into_iter().map(|(id, score, evidence)| {
        let found = evidence.snippet.found.into_iter();
        Ok(SearchHit {
            entry: EntrySummary::read(corpus, id)?,
            score,
            reported: if query.has_symptom() {
                query.share_of(known) * evidence.keyword
            } else {
                0.0
            },
            share: query.share_of(known)
                * match known {
                    // Any text may have one word of a query in passing.
                    1 => evidence.keyword,
                    _ => evidence.sentence.max(evidence.keyword),
                },
            matches: found.map(|found| found.range).collect(),
            snippet: evidence.snippet.text,
        })
    });
    Ok(SearchAnswer {
        hits: hits.collect::<Result<_>>()?,
        unknown_terms,
        nearest,
    })
}

/// The best of the ranked entries that are visible, of the topic, and have the phrases, and before them
/// those that the query names; at least as many as are read.
fn best(
    corpus: &Corpus,
    text: &str,
    query: &Query,
    ranked: Vec<(Id, f32)>,
    options: SearchOptions<'_>,
) -> Result<Vec<(Id, f32)>> {
    let of_topic: Option<HashSet<Id>> = match options.topic {
        Some(topic) => Some(corpus.tagged(topic)?.into_iter().collect()),
        None => None,
    };
    let is_listed = |id: Id| -> Result<bool> {
        Ok(of_topic
            .as_ref()
            .is_none_or(|of_topic| of_topic.contains(&id))
            && corpus.is_visible(id)?
            && has_phrases(corpus, id, query)?)
    };
    let enough = options.limit.max(BOOSTED);
    let mut best = Vec::new();
    for (id, score) in ranked {
        if best.len() == enough {
            break;
        }
        if is_listed(id)? {
            best.push((id, score));
        }
    }
    let boosted = best.len().min(BOOSTED);
    link_boost(corpus, &mut best[..boosted])?;
    if query.has_symptom() {
        for (id, score) in &mut best[..boosted] {
            *score *= 1.0 + FAILURE * share_of_failures(corpus, *id)?;
        }
    }
    for (id, bonus) in named(corpus, text, options.near_misses)? {
        if let Some((_, score)) = best.iter_mut().find(|(other, _)| *other == id) {
            *score += bonus;
        } else if is_listed(id)? {
            best.push((id, bonus));
        }
    }
    let mut order = Vec::with_capacity(best.len());
    for (id, score) in best {
        order.push((id, score, corpus.head(id)?.slug));
    }
    order.sort_by(|(_, a, first), (_, b, second)| b.total_cmp(a).then_with(|| first.cmp(second)));
    order.truncate(options.limit.max(READ));
    Ok(order
        .into_iter()
        .map(|(id, score, _)| (id, score))
        .collect())
}

/// The entries that a query names, with what that counts.
fn named(corpus: &Corpus, text: &str, near_misses: NearMisses) -> Result<Vec<(Id, f32)>> {
    let with = |bonus: f32| move |entry: NamedEntry| (entry.id, bonus);
    let named = resolve(corpus, text, near_misses)?.found;
    if !named.is_empty() {
        return Ok(named.into_iter().map(with(NAMED)).collect());
    }
    let mut named = Vec::new();
    if question::is_about_names(text) {
        for part in names_in(corpus, text)? {
            let bonus = if part.is_background {
                NAMED_IN_BACKGROUND
            } else {
                NAMED_IN_QUESTION
            };
            named.extend(part.entries.into_iter().map(with(bonus)));
        }
    }
    Ok(named)
}

/// Reads entries, lets what they say count, and gives the best, each with a snippet.
fn read(
    corpus: &Corpus,
    query: &Query,
    weights: &[f32],
    hits: Vec<(Id, f32)>,
    limit: usize,
) -> Result<Vec<(Id, f32, Evidence)>> {
    let mut finder = Finder::new(query);
    let mut read = Vec::with_capacity(hits.len());
    for (number, (id, mut score)) in hits.into_iter().enumerate() {
        let evidence = evidence(&corpus.entry(id)?, &mut finder, weights);
        if number < READ {
            score *= 1.0 + SENTENCE * evidence.sentence;
            score *= 1.0 + KEYWORD * evidence.keyword;
        }
        read.push((id, score, evidence));
    }
    read.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
    read.truncate(limit);
    Ok(read)
}

/// The share of an entry's keywords that describe a failure.
fn share_of_failures(corpus: &Corpus, id: Id) -> Result<f32> {
    let entry = corpus.entry_without_text(id)?;
    let keywords = entry.front.keywords.iter();
    let descriptions = keywords.filter(|keyword| words(keyword).count() >= SHORTEST_DESCRIPTION);
    let (mut all, mut failures) = (0.0_f32, 0.0);
    for description in descriptions {
        all += 1.0;
        failures += if words(description).any(is_symptom) {
            1.0
        } else {
            0.0
        };
    }
    Ok(failures / all.max(FEWEST_KEYWORDS))
}

/// Whether each phrase of a query occurs in a name, a section, or a related title of an entry.
fn has_phrases(corpus: &Corpus, id: Id, query: &Query) -> Result<bool> {
    if query.phrases.is_empty() {
        return Ok(true);
    }
    let entry = corpus.entry(id)?;
    let names = entry.names().map(|name| name.text.into_owned());
    let sections = Depth::ALL
        .into_iter()
        .filter_map(|depth| entry.section(depth));
    let sections = sections.map(|text| markdown::one_line(&markdown::parse(text)));
    let related = entry.related.iter().cloned();
    Ok(query.has_phrases_in(names.chain(related).chain(sections)))
}

fn nearest(corpus: &Corpus, term: &Term) -> Result<Option<String>> {
    if english::is_word(&fold(&term.typed)) {
        return Ok(None);
    }
    let in_name = canonical_word(&term.typed);
    let near = nearest_key(&in_name, |reach, judge| {
        corpus.fuzzy_name_words(&in_name, reach, judge)
    })?;
    if near.is_some() {
        return Ok(near.map(|nearest| stem(&nearest)));
    }
    let near = nearest_key(&term.stem, |reach, judge| {
        corpus.fuzzy_terms(&term.stem, reach, judge)
    })?;
    Ok(near.map(|nearest| stem(&nearest)))
}

/// The nearest of the keys that a lookup finds within a typo or two.
fn nearest_key(
    key: &str,
    look_up: impl FnOnce(
        Reach,
        &mut dyn FnMut(&str) -> Option<usize>,
    ) -> Result<Vec<Candidate<usize, Id>>>,
) -> Result<Option<String>> {
    let length = key.chars().count();
    if length < SHORTEST_FUZZY {
        return Ok(None);
    }
    let edits = if length < TWO_EDITS { 1 } else { 2 };
    let found = look_up(Reach::within(edits), &mut |other| {
        Some(strsim::osa_distance(key, other)).filter(|&distance| distance <= usize::from(edits))
    })?;
    let rank = |found: &Candidate<usize, Id>| {
        let starts_otherwise = found.key.chars().next() != key.chars().next();
        let using = Reverse(found.postings.len());
        (found.judgment, starts_otherwise, using, found.key.clone())
    };
    Ok(found.into_iter().min_by_key(rank).map(|found| found.key))
}

/// A term in the form of it among the hits that is nearest to what was typed.
fn as_written(term: &Term, number: usize, hits: &[(Id, f32, Evidence)]) -> String {
    let typed = term.typed.to_lowercase();
    let forms = hits.iter().flat_map(|(.., evidence)| {
        let snippet = &evidence.snippet;
        let found = snippet.found.iter().filter(|found| found.term == number);
        found.filter_map(|found| snippet.text.get(found.range.clone()))
    });
    forms
        .map(str::to_lowercase)
        .min_by_key(|form| strsim::osa_distance(form, &typed))
        .unwrap_or_else(|| term.stem.clone())
}
