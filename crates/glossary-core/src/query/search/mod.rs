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

use super::named::names_in;
use super::resolve::{NearMisses, resolve};
use super::suggestion::{Suggestion, suggestions};
use super::summary::EntrySummary;
use super::{code, english, question};
use crate::corpus::{Corpus, Id, Reach};
use crate::entry::markdown;
use crate::entry::normalize::{canonical_word, fold, words};
use crate::entry::sections::Depth;
use crate::entry::stem::stem;
use crate::error::Result;
use link_boost::link_boost;
pub(super) use query::is_symptom;
use query::{Finder, Query};
use ranking::TermUses;
use snippet::{Evidence, evidence};

/// What it counts to have the query for a name, or to be one of the things compared: more than all words
/// come to.
const NAMED: f32 = 3.0;

/// What it counts to be named in a question that says nothing else, to be named after "in" or "for", and,
/// as a factor, to be named in a description.
const NAMED_IN_QUESTION: f32 = 0.7;
const NAMED_IN_BACKGROUND: f32 = 0.1;
const NAMED_IN_DESCRIPTION: f32 = 1.15;

/// For how many of the best answers links and failures count.
const BOOSTED: usize = 30;

/// How many of the best answers are read.
const READ: usize = 10;

/// How much it counts that one sentence of an entry answers the whole query, and that a keyword is like
/// it.
const SENTENCE: f32 = 0.4;
const KEYWORD: f32 = 0.6;

/// How much it counts, for a query that describes a failure, that all keywords of an entry do.
const FAILURE: f32 = 0.5;

/// An entry has at least so many keywords of several words, or as if it had.
const FEWEST_KEYWORDS: f32 = 5.0;
const SHORTEST_DESCRIPTION: usize = 3;

/// Shorter words match only exactly, and longer ones may hold two edits.
const SHORTEST_FUZZY: usize = 5;
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
    /// The word that was searched for instead.
    pub replacement: Option<String>,
}

/// Finds the entries that answer a query best.
pub fn search<'c>(
    corpus: &'c Corpus,
    text: &str,
    options: SearchOptions<'_>,
) -> Result<SearchAnswer<'c>> {
    let mut query = Query::parse(text);
    let (uses, unknown_terms) = read_terms(corpus, &mut query, options.near_misses)?;
    if uses.iter().all(|uses| uses.entries == 0)
        && let Some(core) = code::core_of_identifier(text)
    {
        return search(corpus, &core, options);
    }
    let weights = ranking::weights(corpus, &query, &uses);
    let ranked = ranking::rank(corpus, &query, &uses, &weights)?;
    let hits = best(corpus, text, &query, ranked, options)?;
    let hits = read(corpus, &query, &weights, hits, options.limit)?;
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
            matches: united(found.map(|found| found.range)),
            snippet: evidence.snippet.text,
        })
    });
    Ok(SearchAnswer {
        hits: hits.collect::<Result<_>>()?,
        unknown_terms,
        nearest,
    })
}

/// Reads which entries use the terms of a query. Those that none uses are given, too, and replaced by the
/// nearest that is used.
fn read_terms<'c>(
    corpus: &'c Corpus,
    query: &mut Query,
    near_misses: NearMisses,
) -> Result<(Vec<TermUses<'c>>, Vec<UnknownTerm>)> {
    let mut uses = Vec::new();
    let mut unknown_terms = Vec::new();
    for (number, term) in query.terms.iter_mut().enumerate() {
        let mut of_term = TermUses::read(corpus, term)?;
        if of_term.entries == 0 {
            let is_replaced =
                near_misses == NearMisses::Shown && query.required & (1 << number) == 0;
            let replacement = match nearest(corpus, &term.typed)?.filter(|_| is_replaced) {
                Some(near) => {
                    term.stem = stem(&near);
                    of_term = TermUses::read(corpus, term)?;
                    Some(near).filter(|_| of_term.entries > 0)
                }
                None => None,
            };
            unknown_terms.push(UnknownTerm {
                typed: term.typed.clone(),
                replacement,
            });
        }
        uses.push(of_term);
    }
    Ok((uses, unknown_terms))
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
    for (id, factor, bonus) in named(corpus, text, query, options.near_misses)? {
        if let Some((_, score)) = best.iter_mut().find(|(other, _)| *other == id) {
            *score = *score * factor + bonus;
        } else if bonus > 0.0 && is_listed(id)? {
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

/// The entries that a query names, with what that counts: a factor and a bonus.
fn named(
    corpus: &Corpus,
    text: &str,
    query: &Query,
    near_misses: NearMisses,
) -> Result<Vec<(Id, f32, f32)>> {
    let named = resolve(corpus, text, near_misses)?.found;
    if !named.is_empty() {
        return Ok(named.iter().map(|named| (named.id, 1.0, NAMED)).collect());
    }
    let parts = names_in(corpus, text)?;
    // What else a question says, it describes: "why does ChatGPT make things up".
    let telling = question::telling_words(text).max(1);
    let in_names: usize = parts.iter().map(|part| part.words).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts of a few words")]
    let share = (in_names as f32 / telling as f32).min(1.0);
    let is_question = question::is_about_names(text);
    let mut named = Vec::new();
    for part in parts {
        let (factor, bonus) = match is_question {
            true if part.is_background => (1.0, NAMED_IN_BACKGROUND),
            true => (1.0, NAMED_IN_QUESTION * share),
            false if query.has_symptom() => (1.0, 0.0),
            false => (NAMED_IN_DESCRIPTION, 0.0),
        };
        named.extend(part.entries.iter().map(|entry| (entry.id, factor, bonus)));
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
    let is_failure = |keyword: &&String| words(keyword).any(is_symptom);
    let (failures, others): (Vec<_>, Vec<_>) = descriptions.partition(is_failure);
    #[expect(clippy::cast_precision_loss, reason = "counts of a few keywords")]
    let [failures, all] = [failures.len(), failures.len() + others.len()].map(|count| count as f32);
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

/// The word of a name that is within a typo or two of a word that is not English.
fn nearest(corpus: &Corpus, typed: &str) -> Result<Option<String>> {
    let word = canonical_word(typed);
    let length = word.chars().count();
    if length < SHORTEST_FUZZY || english::is_word(&fold(typed)) {
        return Ok(None);
    }
    let edits = if length < TWO_EDITS { 1 } else { 2 };
    let found = corpus.fuzzy_name_words(&word, Reach::within(edits), &mut |other| {
        Some(strsim::osa_distance(&word, other)).filter(|&distance| distance <= usize::from(edits))
    })?;
    let nearest = found.into_iter().min_by_key(|found| {
        let starts_otherwise = found.key.chars().next() != word.chars().next();
        let using = Reverse(found.postings.len());
        (found.judgment, starts_otherwise, using, found.key.clone())
    });
    Ok(nearest.map(|found| found.key))
}
/// Ranges in order, those that overlap as one: pairs of characters do.
fn united(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut united: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match united.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => united.push(range),
        }
    }
    united
}
