//! The terms that texts mention, as lists, as JSON, and as the glossary at the end of a report.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{OutputStyle, Role, blocks, json, parts, sanitize};
use glossary_core::entry::markdown;
use glossary_core::entry::sections::Depth;
use glossary_core::query::scan::Mention;

/// Spaces before an explanation.
const INDENT: usize = 2;

/// The place of a mention, as compilers print it.
fn place(mention: &Mention) -> String {
    let position = mention.position;
    format!("{}:{}:{}", mention.file, position.line, position.column)
}

/// A list; in a pipe place, count, slug, title, and explanation, tab-separated.
#[must_use]
pub fn list(mentions: &[Mention], depths: &[Depth], style: &OutputStyle) -> String {
    let mut out = String::new();
    for mention in mentions {
        if style.is_tabular() {
            let cells = [
                &place(mention),
                &mention.count.to_string(),
                &mention.entry.slug,
                &mention.title.full,
                &explanation(mention, depths),
            ];
            let cells: Vec<_> = cells.iter().map(|cell| sanitize(cell)).collect();
            let _ = writeln!(out, "{}", cells.join("\t"));
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let times = match mention.count {
            1 => String::new(),
            count => format!(", {count} times"),
        };
        let place = format!("  {}{times}", place(mention));
        let line = [
            (Role::Title, mention.title.full.as_str()),
            (Role::Note, &place),
        ];
        parts::write(&line, "", style, &mut out);
        for (number, (_, text)) in mention.entry.sections_at(depths).iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            blocks::write(&markdown::parse(text), INDENT, style, &mut out);
        }
    }
    out
}

/// A line for each mention: its place and the title; in a pipe place, slug, and title, tab-separated.
#[must_use]
pub fn lines(mentions: &[Mention], style: &OutputStyle) -> String {
    let mut out = String::new();
    for mention in mentions {
        let (place, title) = (place(mention), &mention.title.full);
        if style.is_tabular() {
            let (place, title) = (sanitize(&place), sanitize(title));
            let _ = writeln!(out, "{place}\t{}\t{title}", sanitize(&mention.entry.slug));
        } else {
            let title = format!("  {title}");
            let line = [(Role::Note, place.as_str()), (Role::Title, &title)];
            parts::write(&line, "", style, &mut out);
        }
    }
    out
}

/// The glossary at the end of a report: a Markdown section, sorted by title.
#[must_use]
pub fn markdown(mentions: &[Mention], depths: &[Depth]) -> String {
    let mut mentions: Vec<&Mention> = mentions.iter().collect();
    mentions.sort_by_key(|mention| mention.title.full.to_lowercase());
    let mut out = String::from("## Glossary\n");
    for mention in mentions {
        let _ = writeln!(out, "\n### {}\n", sanitize(&mention.title.full));
        let sections = mention.entry.sections_at(depths).into_iter();
        let texts: Vec<&str> = sections.map(|(_, text)| text).collect();
        let _ = writeln!(out, "{}", texts.join("\n\n"));
    }
    out
}

/// An array of the terms, on one line.
#[must_use]
pub fn json(mentions: &[Mention], depths: &[Depth]) -> String {
    json::array(mentions.iter().map(|mention| {
        let mut object = object(mention);
        object["count"] = mention.count.into();
        object["text"] = explanation(mention, depths).into();
        object
    }))
}

/// An object for each mention, each on a line of its own.
#[must_use]
pub fn json_lines(mentions: &[Mention]) -> String {
    let lines = mentions.iter().map(|mention| json::line(&object(mention)));
    lines.collect()
}

fn object(mention: &Mention) -> Value {
    json!({
        "slug": mention.entry.slug,
        "title": mention.title.headword,
        "file": mention.file,
        "line": mention.position.line,
        "column": mention.position.column,
        "source": mention.source,
    })
}

/// The sections of an entry as plain text.
fn explanation(mention: &Mention, depths: &[Depth]) -> String {
    let sections = mention.entry.sections_at(depths).into_iter();
    let texts = sections.map(|(_, text)| blocks::plain_text(&markdown::parse(text)));
    texts.collect::<Vec<_>>().join("\n")
}
