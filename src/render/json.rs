//! Answers for programs: JSON, schema 1.
//!
//! Owns the shape of the objects, which the README documents: keys are added, never renamed or
//! removed, while the schema's number stays.

use std::collections::BTreeMap;

use serde::Serialize;

use super::list::Item;
use super::plain;
use crate::error::Result;
use glossary_core::corpus::{Corpus, Id};
use glossary_core::entry::markdown;
use glossary_core::entry::sections::Depth;
use glossary_core::query::graph;
use glossary_core::query::resolve::{self, Match};
use glossary_core::query::search::Hit;
use glossary_core::query::sentence::Sentence;

/// The number of the schema.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    query: &'a str,
    #[serde(rename = "match")]
    matched: &'static str,
    entries: Vec<Entry>,
    suggestions: Vec<Name>,
}

#[derive(Serialize)]
struct Entry {
    slug: String,
    title: String,
    aliases: Vec<String>,
    covers: Vec<String>,
    tags: Vec<String>,
    summary: String,
    eli5: String,
    in_depth: String,
    related: Vec<Related>,
    requires: Vec<String>,
    sources: Vec<String>,
    source: String,
}

#[derive(Serialize)]
struct Name {
    slug: String,
    title: String,
}

#[derive(Serialize)]
struct Related {
    title: String,
    slug: Option<String>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    slug: Option<&'a str>,
    title: &'a str,
    summary: &'a str,
    tags: Vec<String>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
}

#[derive(Serialize)]
struct Found {
    slug: String,
    title: String,
    summary: String,
    sentence: String,
    words: Vec<String>,
    score: f32,
    tags: Vec<String>,
    source: String,
}

#[derive(Serialize)]
struct Tag<'a> {
    tag: &'a str,
    entries: usize,
}

/// The object of an answer, on a line.
pub fn answer(corpus: &Corpus, answer: &resolve::Answer) -> Result<String> {
    let entries = answer.found.iter().map(|&id| entry(corpus, id));
    let suggestions = answer.suggestions.iter().map(|&id| {
        let head = corpus.head(id)?;
        Ok(Name {
            slug: head.slug.into_owned(),
            title: head.title.into_owned(),
        })
    });
    Ok(line(&Answer {
        schema: SCHEMA,
        query: &answer.query,
        matched: match answer.matched {
            Match::Exact => "exact",
            Match::Alias => "alias",
            Match::Covered => "covered",
            Match::Near => "near",
            Match::None => "none",
        },
        entries: entries.collect::<Result<_>>()?,
        suggestions: suggestions.collect::<Result<_>>()?,
    }))
}

/// The array of a list, on a line.
pub fn items(corpus: &Corpus, items: &[Item<'_>]) -> Result<String> {
    let items = items.iter().map(|item| {
        let tags = item.id.map(|id| corpus.topics(id)).transpose()?;
        Ok(ListItem {
            slug: item.slug.as_deref(),
            title: &item.title,
            summary: if item.id.is_some() { &item.gloss } else { "" },
            tags: tags.unwrap_or_default(),
            source: item.id.map(|id| corpus.source(id)),
            group: item.group.as_deref(),
        })
    });
    Ok(line(&items.collect::<Result<Vec<_>>>()?))
}

/// The array of a search's hits, the best first, on a line. Each is an object:
///
/// - `slug`, `title`, `summary`, `tags`, `source`: as in any list;
/// - `sentence`: the sentence of the entry that answers best, as plain text;
/// - `words`: the words in it that were searched for, as they stand there, in their order;
/// - `score`: how well the entry answers, comparable with the others of this answer only.
pub fn hits(corpus: &Corpus, hits: &[Hit]) -> Result<String> {
    let hits = hits.iter().map(|hit| {
        let head = corpus.head(hit.id)?;
        let Sentence { text, found, .. } = &hit.sentence;
        Ok(Found {
            slug: head.slug.into_owned(),
            title: head.title.into_owned(),
            summary: head.gloss.into_owned(),
            sentence: text.clone(),
            words: found
                .iter()
                .filter_map(|found| text.get(found.place.clone()))
                .map(ToString::to_string)
                .collect(),
            score: hit.score,
            tags: corpus.topics(hit.id)?,
            source: corpus.source(hit.id).to_string(),
        })
    });
    Ok(line(&hits.collect::<Result<Vec<_>>>()?))
}

/// The array of topics, on a line.
#[must_use]
pub fn tags(counts: &BTreeMap<String, usize>) -> String {
    let tags: Vec<Tag<'_>> = counts
        .iter()
        .map(|(tag, &entries)| Tag { tag, entries })
        .collect();
    line(&tags)
}

fn entry(corpus: &Corpus, id: Id) -> Result<Entry> {
    let entry = corpus.entry(id)?;
    let text = |depth| {
        let mut text = String::new();
        let blocks = entry
            .section(depth)
            .map(markdown::parse)
            .unwrap_or_default();
        plain::blocks(&blocks, None, &mut text);
        text.trim_end().to_string()
    };
    let related = graph::related(corpus, id)?.into_iter().map(|term| {
        let slug = term
            .id
            .map(|id| corpus.head(id))
            .transpose()?
            .map(|head| head.slug.into_owned());
        Ok(Related {
            title: term.title,
            slug,
        })
    });
    Ok(Entry {
        summary: text(Depth::Summary),
        eli5: text(Depth::Eli5),
        in_depth: text(Depth::InDepth),
        related: related.collect::<Result<_>>()?,
        source: corpus.source(id).to_string(),
        slug: entry.slug,
        title: entry.front.title,
        aliases: entry.front.aliases,
        covers: entry.front.covers,
        tags: entry.front.tags,
        requires: entry.front.requires,
        sources: entry.front.sources,
    })
}

/// Serialized on one line. The values here are texts, numbers and lists, which JSON can hold all.
pub(super) fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
