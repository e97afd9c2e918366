//! Answers for programs: JSON, schema 1.
//!
//! `docs/reference.md` documents the objects. While the schema's number stays, keys are added but never
//! renamed or removed.

use serde::Serialize;

use super::{list, plain};
use glossary_core::entry::markdown;
use glossary_core::entry::sections::Depth;
use glossary_core::query::list::Topic;
use glossary_core::query::lookup::{self, FoundEntry, RelatedTitle, Suggestion};
use glossary_core::query::resolve::Match;
use glossary_core::query::search::SearchHit;
use glossary_core::query::summary::EntrySummary;
use glossary_core::query::term_graph::{Node, TermGraph};

/// The number of the schema.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct JsonAnswer<'a> {
    schema: u32,
    query: &'a str,
    #[serde(rename = "match")]
    matched: &'static str,
    entries: Vec<JsonEntry<'a>>,
    suggestions: Vec<JsonSuggestion<'a>>,
}

#[derive(Serialize)]
struct JsonEntry<'a> {
    slug: &'a str,
    title: &'a str,
    acronym: Option<&'a str>,
    matched_name: &'a str,
    aliases: &'a [String],
    covers: &'a [String],
    tags: &'a [String],
    summary: String,
    eli5: String,
    in_depth: String,
    related: Vec<JsonRelated<'a>>,
    requires: &'a [String],
    sources: &'a [String],
    source: &'a str,
}

#[derive(Serialize)]
struct JsonSuggestion<'a> {
    slug: &'a str,
    title: &'a str,
    matched_name: &'a str,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    title: &'a str,
    slug: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    slug: Option<&'a str>,
    title: &'a str,
    summary: &'a str,
    tags: &'a [String],
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
}

#[derive(Serialize)]
struct JsonHit<'a> {
    slug: &'a str,
    title: &'a str,
    summary: &'a str,
    sentence: &'a str,
    words: Vec<&'a str>,
    score: f32,
    tags: &'a [String],
    source: &'a str,
}

#[derive(Serialize)]
struct JsonTopic<'a> {
    tag: &'a str,
    entries: usize,
}

/// The object of an answer, on one line. `related` has the related titles of each entry.
#[must_use]
pub fn answer(answer: &lookup::Answer, related: &[Vec<RelatedTitle>]) -> String {
    let entries = answer.entries.iter().zip(related);
    line(&JsonAnswer {
        schema: SCHEMA,
        query: &answer.query,
        matched: match answer.matched {
            Match::Exact => "exact",
            Match::Alias => "alias",
            Match::Covered => "covered",
            Match::Near => "near",
            Match::None => "none",
        },
        entries: entries
            .map(|(found, related)| entry(found, related))
            .collect(),
        suggestions: answer.suggestions.iter().map(suggestion).collect(),
    })
}

fn entry<'a>(found: &'a FoundEntry, related: &'a [RelatedTitle]) -> JsonEntry<'a> {
    let (entry, front) = (&found.entry, &found.entry.front);
    let text = |depth| {
        let mut text = String::new();
        let blocks = entry.section(depth).map(markdown::parse);
        plain::blocks(&blocks.unwrap_or_default(), None, &mut text);
        text.trim_end().to_string()
    };
    JsonEntry {
        slug: &entry.slug,
        title: &found.title.full,
        acronym: found.title.acronym.as_deref(),
        matched_name: &found.matched_name,
        aliases: &front.aliases,
        covers: &front.covers,
        tags: &front.tags,
        summary: text(Depth::Summary),
        eli5: text(Depth::Eli5),
        in_depth: text(Depth::InDepth),
        related: related
            .iter()
            .map(|related| JsonRelated {
                title: &related.title,
                slug: related.slug.as_deref(),
            })
            .collect(),
        requires: &front.requires,
        sources: &front.sources,
        source: &found.source,
    }
}

fn suggestion(suggestion: &Suggestion) -> JsonSuggestion<'_> {
    JsonSuggestion {
        slug: &suggestion.entry.slug,
        title: &suggestion.entry.title.full,
        matched_name: &suggestion.matched_name,
    }
}

/// The array of a list, on one line.
#[must_use]
pub fn entries(entries: &[EntrySummary]) -> String {
    let items = entries.iter().map(|entry| item(entry, None));
    line(&items.collect::<Vec<_>>())
}

/// The array of courses, each entry in the order in which to read it, on one line.
#[must_use]
pub fn courses(graphs: &[TermGraph]) -> String {
    let nodes = graphs.iter().flat_map(|graph| &graph.nodes);
    line(&nodes.map(|found| node(found, None)).collect::<Vec<_>>())
}

/// The array of related terms, on one line.
#[must_use]
pub fn related(graphs: &[TermGraph]) -> String {
    let nodes = graphs.iter().flat_map(|graph| &graph.nodes);
    let nodes = nodes.filter_map(|found| Some(node(found, Some(list::group_of(found)?))));
    line(&nodes.collect::<Vec<_>>())
}

fn node(node: &Node, group: Option<String>) -> JsonItem<'_> {
    match &node.entry {
        Some(entry) => item(entry, group),
        None => JsonItem {
            slug: None,
            title: &node.title,
            summary: "",
            tags: &[],
            source: None,
            group,
        },
    }
}

fn item(entry: &EntrySummary, group: Option<String>) -> JsonItem<'_> {
    JsonItem {
        slug: Some(&entry.slug),
        title: &entry.title.full,
        summary: &entry.summary,
        tags: &entry.topics,
        source: Some(&entry.source),
        group,
    }
}

/// The array of a search's hits, the best first, on one line. Each is an object:
///
/// - `slug`, `title`, `summary`, `tags`, `source`: as in any list;
/// - `sentence`: the sentence of the entry that answers best, as plain text;
/// - `words`: the words of that sentence that were searched for, in their order;
/// - `score`: how well the entry answers, comparable with the others of this answer only.
#[must_use]
pub fn hits(hits: &[SearchHit]) -> String {
    let hits = hits.iter().map(|hit| JsonHit {
        slug: &hit.entry.slug,
        title: &hit.entry.title.full,
        summary: &hit.entry.summary,
        sentence: &hit.snippet,
        words: hit
            .matches
            .iter()
            .filter_map(|range| hit.snippet.get(range.clone()))
            .collect(),
        score: hit.score,
        tags: &hit.entry.topics,
        source: &hit.entry.source,
    });
    line(&hits.collect::<Vec<_>>())
}

/// The array of topics, on one line.
#[must_use]
pub fn topics(topics: &[Topic]) -> String {
    let topics = topics.iter().map(|topic| JsonTopic {
        tag: &topic.name,
        entries: topic.entries,
    });
    line(&topics.collect::<Vec<_>>())
}

/// A value on one line. The values are texts, numbers, and lists, all of which JSON can hold.
pub(super) fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
