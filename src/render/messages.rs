//! The lines on standard error that say how an answer differs from what was asked for.

use super::counted;
use glossary_core::entry::names::Title;
use glossary_core::query::lookup::Answer;
use glossary_core::query::resolve::Match;
use glossary_core::query::search::{SearchAnswer, UnknownTerm};
use glossary_core::query::suggestion::Suggestion;

/// The most characters of a query that a message repeats.
const MAX_ECHO: usize = 200;

/// The message about a lookup; `None` when the entry is what was asked for.
#[must_use]
pub fn lookup(answer: &Answer<'_>) -> Option<String> {
    let query = quoted(&answer.query);
    let titles = headwords(answer.entries.iter().map(|found| &found.title));
    match answer.matched {
        Match::Exact | Match::Alias | Match::Comparison => None,
        Match::Covered => Some(format!("{} covers {query}", titles.join(" and "))),
        Match::Near => {
            let names = answer.entries.iter();
            let names = names.map(|found| in_title(&found.matched_name, &found.title));
            let names: Vec<String> = names.collect();
            Some(format!(
                "no entry {query}; nearest name: {}",
                names.join(" and ")
            ))
        }
        Match::None if answer.suggestions.is_empty() => Some(format!("no entry for {query}")),
        Match::None => Some(format!(
            "no entry for {query}; did you mean {}?",
            suggested(&answer.suggestions)
        )),
    }
}

/// The messages after a lookup that found nothing: the entries that a search for the same words finds.
#[must_use]
pub fn hits(answer: &Answer<'_>) -> Vec<String> {
    let hits = answer.hits.iter();
    hits.map(|hit| format!("see “{}”: {}", hit.entry.headword(), hit.entry.head.gloss))
        .collect()
}

/// The messages about a search: words that no entry uses, and the nearest names when nothing was found.
#[must_use]
pub fn search(query: &str, answer: &SearchAnswer<'_>) -> Vec<String> {
    let mut messages = Vec::new();
    for UnknownTerm { typed, replacement } in &answer.unknown_terms {
        let typed = quoted(typed);
        messages.push(match replacement {
            Some(word) => format!("no entry uses {typed}; searched for “{word}”"),
            None => format!("no entry uses {typed}"),
        });
    }
    if answer.hits.is_empty() {
        let query = quoted(query);
        messages.push(if answer.nearest.is_empty() {
            format!("nothing found for {query}")
        } else {
            let names = suggested(&answer.nearest);
            format!("nothing found for {query}; the nearest names: {names}")
        });
    }
    messages
}

/// The message for words that name an entry together with the command that they were given to.
#[must_use]
pub fn named_like_command(titles: &[Title], term: &str) -> String {
    let titles = headwords(titles.iter()).join(" or ");
    format!("for the entry {titles}: glossary show {term}")
}

/// The message for a term whose first word may be meant as a command.
#[must_use]
pub fn mistyped_command(typed: &str, command: &str) -> String {
    format!("if “{typed}” is meant as a command: glossary {command}")
}

/// The message about entries that list no related terms and are listed by no other.
#[must_use]
pub fn unrelated(titles: &[Title]) -> String {
    let titles = headwords(titles.iter()).join(" and ");
    format!("no related terms are given for {titles}")
}

/// The message about a topic that does not exist.
#[must_use]
pub fn no_topic(topic: &str, nearest: &[String]) -> String {
    let topic = quoted(topic);
    match nearest {
        [] => format!("no topic {topic}; `glossary tags` lists the topics"),
        nearest => {
            let nearest: Vec<String> = nearest.iter().map(|name| format!("“{name}”")).collect();
            format!("no topic {topic}; did you mean {}?", nearest.join(", "))
        }
    }
}

/// The message while the program waits for a text on a terminal.
#[must_use]
pub fn waiting(what: &str) -> String {
    format!("reading {what} from the terminal; end with Ctrl-D")
}

/// The message about a text with bytes that are not UTF-8.
#[must_use]
pub fn damaged_text(name: &str) -> String {
    format!("{name} is not UTF-8; unreadable bytes were replaced")
}

/// The message about entries that share the name of the one that is opened.
#[must_use]
pub fn other_entries(slugs: &[String]) -> String {
    let slugs: Vec<String> = slugs.iter().map(|slug| format!("`{slug}`")).collect();
    let (also, count) = (slugs.join(", "), counted(slugs.len(), "other entry"));
    format!("the name also leads to {count}: {also}")
}

/// The message that there is no entry to edit.
#[must_use]
pub fn nothing_to_edit(query: &str) -> String {
    let is_short = query.chars().count() <= MAX_ECHO;
    let term = if is_short { query } else { "TERM" };
    let query = quoted(query);
    format!("no entry for {query}; `glossary new {term}` begins one")
}

/// The typed words, in quotation marks and not too long.
pub(crate) fn quoted(query: &str) -> String {
    let query = query.trim();
    match query.char_indices().nth(MAX_ECHO) {
        Some((end, _)) => format!("“{}…”", &query[..end]),
        None => format!("“{query}”"),
    }
}

fn suggested(suggestions: &[Suggestion<'_>]) -> String {
    let names = suggestions.iter().map(|suggestion| {
        in_title(
            &suggestion.matched_name,
            &Title::parse(&suggestion.entry.head.title),
        )
    });
    names.collect::<Vec<_>>().join("; ")
}

/// A name of an entry, and the title of the entry unless that shows the name.
fn in_title(name: &str, title: &Title) -> String {
    match other_name(name, title) {
        Some(name) => format!("“{name}”, in “{}”", title.headword),
        None => format!("“{}”", title.headword),
    }
}

/// The name of an entry that matched, unless the title shows it.
fn other_name<'n>(name: &'n str, title: &Title) -> Option<&'n str> {
    let is_in_title = [&title.full, &title.headword]
        .into_iter()
        .chain(&title.acronym)
        .any(|part| part == name);
    (!is_in_title).then_some(name)
}

fn headwords<'t>(titles: impl Iterator<Item = &'t Title>) -> Vec<String> {
    titles
        .map(|title| format!("“{}”", title.headword))
        .collect()
}
