//! Lists: all entries, those of a topic, and the topics.

use std::collections::BTreeMap;

use super::summary::EntrySummary;
use crate::corpus::{Corpus, Id};
use crate::entry::normalize::fold;
use crate::error::Result;
use crate::index::record::Head;

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// How many entries it has.
    pub entries: usize,
}

/// Every entry, sorted by slug.
pub fn entries(corpus: &Corpus) -> Result<Vec<EntrySummary<'_>>> {
    Ok(summaries(corpus, corpus.all()?))
}

/// The entries of a topic, sorted by slug.
pub fn entries_of_topic<'c>(corpus: &'c Corpus, topic: &str) -> Result<Vec<EntrySummary<'c>>> {
    Ok(summaries(corpus, corpus.all_tagged(topic)?))
}

fn summaries<'c>(corpus: &'c Corpus, heads: Vec<(Id, Head<'c>)>) -> Vec<EntrySummary<'c>> {
    heads
        .into_iter()
        .map(|(id, head)| EntrySummary::new(corpus, id, head))
        .collect()
}

/// The topics, sorted by name.
pub fn topics(corpus: &Corpus) -> Result<Vec<Topic>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in corpus.ids()? {
        for topic in corpus.topics(id)? {
            *counts.entry(topic).or_default() += 1;
        }
    }
    let topics = counts.into_iter();
    Ok(topics
        .map(|(name, entries)| Topic { name, entries })
        .collect())
}

/// The topics that a spelling means: the one of that name, apart from case, spaces, and hyphens; or
/// else those that are nearest to it, the nearest first.
pub fn find_topic(
    corpus: &Corpus,
    typed: &str,
) -> Result<std::result::Result<String, Vec<String>>> {
    let key = fold(typed);
    let names: Vec<String> = topics(corpus)?
        .into_iter()
        .map(|topic| topic.name)
        .collect();
    if let Some(name) = names.iter().find(|name| fold(name) == key) {
        return Ok(Ok(name.clone()));
    }
    let mut near: Vec<(usize, String)> = names
        .into_iter()
        .map(|name| (strsim::osa_distance(&fold(&name), &key), name))
        .filter(|(distance, name)| *distance <= 2 || !key.is_empty() && fold(name).contains(&key))
        .collect();
    near.sort();
    Ok(Err(near.into_iter().map(|(_, name)| name).collect()))
}
