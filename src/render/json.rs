//! Answers for programs: JSON, schema 1.
//!
//! `docs/reference.md` documents the objects. While the schema's number stays, keys are added but never
//! renamed or removed.

use serde_json::{Value, json};

use super::{blocks, list};
use glossary_core::entry::Entry;
use glossary_core::entry::markdown;
use glossary_core::entry::sections::Depth;
use glossary_core::query::list::Topic;
use glossary_core::query::lookup::{Answer, FoundEntry, RelatedTitle};
use glossary_core::query::resolve::Match;
use glossary_core::query::search::SearchHit;
use glossary_core::query::summary::EntrySummary;
use glossary_core::query::term_graph::{Node, TermGraph};

/// The number of the schema.
pub const SCHEMA: u32 = 1;

/// The object of an answer, on one line. `related` has the related titles of each entry.
#[must_use]
pub fn answer(answer: &Answer<'_>, related: &[Vec<RelatedTitle>]) -> String {
    let entries = answer.entries.iter().zip(related);
    let suggestions = answer.suggestions.iter().map(|suggestion| {
        json!({
            "slug": suggestion.entry.head.slug,
            "title": suggestion.entry.head.title,
            "matched_name": suggestion.matched_name,
        })
    });
    let remarks = answer.remarks.iter().map(|remark| {
        json!({
            "slug": remark.from.0,
            "about": remark.about.0,
            "text": blocks::plain_text(&remark.passages),
        })
    });
    line(&json!({
        "schema": SCHEMA,
        "query": answer.query,
        "match": match answer.matched {
            Match::Exact => "exact",
            Match::Alias => "alias",
            Match::Covered => "covered",
            Match::Near => "near",
            Match::Comparison => "comparison",
            Match::None => "none",
        },
        "entries": entries.map(|(found, related)| entry(found, related)).collect::<Value>(),
        "suggestions": suggestions.collect::<Value>(),
        "comparison": remarks.collect::<Value>(),
        "hits": answer.hits.iter().map(|hit| item(&hit.entry)).collect::<Value>(),
    }))
}

fn entry(found: &FoundEntry, related: &[RelatedTitle]) -> Value {
    let (entry, front) = (&found.entry, &found.entry.front);
    let related = related.iter();
    let related = related.map(|related| json!({ "title": related.title, "slug": related.slug }));
    json!({
        "slug": entry.slug,
        "title": found.title.full,
        "acronym": found.title.acronym,
        "matched_name": found.matched_name,
        "passage": found.passage.as_deref().map(blocks::plain_text),
        "aliases": front.aliases,
        "covers": front.covers,
        "tags": front.tags,
        "summary": section(entry, Depth::Summary),
        "eli5": section(entry, Depth::Eli5),
        "in_depth": section(entry, Depth::InDepth),
        "related": related.collect::<Value>(),
        "requires": front.requires,
        "sources": front.sources,
        "source": found.source,
    })
}

/// A section as plain text; empty if the entry lacks it.
pub(super) fn section(entry: &Entry, depth: Depth) -> String {
    let section = entry.section(depth).map(markdown::parse);
    blocks::plain_text(&section.unwrap_or_default())
}

/// The array of a list, on one line.
#[must_use]
pub fn entries(entries: &[EntrySummary<'_>]) -> String {
    array(entries.iter().map(item))
}

/// The array of courses, each entry in the order in which to read it, on one line.
#[must_use]
pub fn courses(graphs: &[TermGraph<'_>]) -> String {
    array(graphs.iter().flat_map(|graph| &graph.nodes).map(node))
}

/// The array of related terms, on one line.
#[must_use]
pub fn related(graphs: &[TermGraph<'_>]) -> String {
    let nodes = graphs.iter().flat_map(|graph| &graph.nodes);
    array(nodes.filter_map(|found| {
        let mut value = node(found);
        value["group"] = list::group_of(found)?.into();
        Some(value)
    }))
}

fn node(node: &Node<'_>) -> Value {
    let title = &node.title;
    let without_entry =
        || json!({ "slug": null, "title": title, "summary": "", "tags": [], "source": null });
    node.entry.as_ref().map_or_else(without_entry, item)
}

fn item(entry: &EntrySummary<'_>) -> Value {
    json!({
        "slug": entry.head.slug,
        "title": entry.head.title,
        "summary": entry.head.gloss,
        "tags": entry.topics(),
        "source": entry.source,
    })
}

/// The array of a search's hits, the best first, on one line.
#[must_use]
pub fn hits(hits: &[SearchHit<'_>]) -> String {
    array(hits.iter().map(|hit| {
        let words = hit.matches.iter();
        let words = words.filter_map(|range| hit.snippet.get(range.clone()));
        json!({
            "slug": hit.entry.head.slug,
            "title": hit.entry.head.title,
            "summary": hit.entry.head.gloss,
            "sentence": hit.snippet,
            "words": words.collect::<Value>(),
            "score": hit.score,
            "tags": hit.entry.topics(),
            "source": hit.entry.source,
        })
    }))
}

/// The array of topics, on one line.
#[must_use]
pub fn topics(topics: &[Topic]) -> String {
    let topics = topics.iter();
    array(topics.map(|topic| json!({ "tag": topic.name, "entries": topic.entries })))
}

/// A value on one line.
pub(super) fn line(value: &Value) -> String {
    format!("{value}\n")
}

/// An array on one line.
pub(super) fn array(values: impl Iterator<Item = Value>) -> String {
    let values: Vec<String> = values.map(|value| value.to_string()).collect();
    format!("[{}]\n", values.join(","))
}
