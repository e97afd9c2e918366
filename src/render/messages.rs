//! The lines on standard error that say how an answer differs from what was asked for.

use super::counted;
use glossary_core::entry::names::Title;
use glossary_core::query::lookup::Answer;
use glossary_core::query::resolve::Match;
use glossary_core::query::search::SearchAnswer;
use glossary_core::query::suggestion::Suggestion;

/// The most characters of a query that a message repeats.
const MAX_ECHO: usize = 200;

/// The message about a lookup; `None` when the entry is what was asked for.
pub fn lookup(answer: &Answer<'_>) -> Option<String> {
    let query = quoted(&answer.query);
    match answer.matched {
        Match::Exact | Match::Alias | Match::Comparison => None,
        Match::Covered => {
            let titles = headwords(answer.entries.iter().map(|found| &found.title));
            let verb = if titles.len() == 1 { "covers" } else { "cover" };
            Some(format!("{} {verb} {query}", titles.join(" and ")))
        }
        Match::Near => {
            let found = answer.entries.iter();
            let names = found.map(|found| in_title(&found.matched_name, &found.title));
            let names = names.collect::<Vec<_>>().join(" and ");
            Some(format!("no entry for {query}; nearest name: {names}"))
        }
        Match::None if answer.suggestions.is_empty() => Some(format!("no entry for {query}")),
        Match::None => {
            let names = suggested(&answer.suggestions);
            Some(format!("no entry for {query}; did you mean {names}?"))
        }
    }
}

/// The messages after a lookup that found nothing: the entries that a search for the same words finds.
pub fn hits(answer: &Answer<'_>) -> Vec<String> {
    let hits = answer.hits.iter();
    hits.map(|hit| format!("see “{}”: {}", hit.entry.headword(), hit.entry.head.gloss))
        .collect()
}

/// The messages about a search: words that no entry uses, and the nearest names when nothing was found.
pub fn search(query: &str, answer: &SearchAnswer<'_>) -> Vec<String> {
    let unknown = answer.unknown_terms.iter().map(|term| {
        let (typed, searched) = (quoted(&term.typed), term.replacement.as_ref());
        let searched = searched.map(|word| format!("; searched for “{word}”"));
        format!("no entry uses {typed}{}", searched.unwrap_or_default())
    });
    let nothing = answer.hits.is_empty().then(|| {
        let nearest = match suggested(&answer.nearest) {
            names if names.is_empty() => names,
            names => format!("; nearest names: {names}"),
        };
        format!("nothing found for {}{nearest}", quoted(query))
    });
    unknown.chain(nothing).collect()
}

/// The message for words that name an entry together with the command that they were given to.
pub fn named_like_command(titles: &[Title], term: &str) -> String {
    let titles = headwords(titles).join(" or ");
    format!("to look up {titles}: glossary show {term}")
}

/// The message for a term whose first word may be meant as a command.
pub fn mistyped_command(command: &str) -> String {
    format!("if you meant the command: glossary {command}")
}

/// The message about entries that list no related terms and are listed by no other.
pub fn unrelated(titles: &[Title]) -> String {
    let verb = if titles.len() == 1 { "has" } else { "have" };
    let titles = headwords(titles).join(" and ");
    format!("{titles} {verb} no related terms")
}

/// The message about a topic that does not exist.
pub fn no_topic(topic: &str, nearest: &[String]) -> String {
    let topic = quoted(topic);
    if nearest.is_empty() {
        return format!("no topic {topic}; `glossary tags` lists the topics");
    }
    format!("no topic {topic}; did you mean “{}”?", nearest.join("”, “"))
}

/// The message while the program waits for a text on a terminal.
pub fn waiting(what: &str) -> String {
    format!("reading {what} from the terminal; end with Ctrl-D")
}

/// The message about a text with bytes that are not UTF-8.
pub fn damaged_text(name: &str) -> String {
    format!("{name} is not UTF-8; unreadable bytes were replaced")
}

/// The message about names in a text that may mean something else.
#[must_use]
pub fn left_out(count: usize) -> String {
    let words = counted(count, "everyday word");
    format!("left out {words} that may not be meant as a term; `--all-words` counts every one")
}

/// The message about entries that share the name of the one that is opened.
pub fn other_entries(slugs: &[String]) -> String {
    let (also, count) = (slugs.join("`, `"), counted(slugs.len(), "other entry"));
    format!("this name also leads to {count}: `{also}`")
}

/// The message about a term to edit that has no entry.
pub fn nothing_to_edit(query: &str) -> String {
    let is_short = query.chars().count() <= MAX_ECHO;
    let term = if is_short { query } else { "TERM" };
    let query = quoted(query);
    format!("no entry for {query}; `glossary new {term}` starts one")
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
        let title = Title::parse(&suggestion.entry.head.title);
        in_title(&suggestion.matched_name, &title)
    });
    names.collect::<Vec<_>>().join("; ")
}

/// A name of an entry, and the title of the entry unless that shows the name.
fn in_title(name: &str, title: &Title) -> String {
    let parts = [&title.full, &title.headword].into_iter();
    let headword = &title.headword;
    if parts.chain(&title.acronym).any(|part| part == name) {
        format!("“{headword}”")
    } else {
        format!("“{name}”, in “{headword}”")
    }
}

fn headwords<'t>(titles: impl IntoIterator<Item = &'t Title>) -> Vec<String> {
    let headwords = titles.into_iter().map(|title| &title.headword);
    headwords.map(|headword| format!("“{headword}”")).collect()
}
