//! The terms that texts mention, as lists, as JSON, and as the glossary at the end of a report.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{OutputStyle, Role, blocks, json, parts, sanitize, write_cells};
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

/// A list; in a pipe place, count, slug, title, explanation, words, and length, tab-separated.
#[must_use]
pub fn list(mentions: &[Mention], depths: &[Depth], style: &OutputStyle) -> String {
    let mut out = String::new();
    for mention in mentions {
        let (place, title, count) = (place(mention), &mention.title.full, mention.count);
        if style.is_tabular() {
            let (slug, text) = (&mention.entry.slug, explanation(mention, depths));
            let (count, length) = (count.to_string(), mention.length.to_string());
            let cells = [&place, &count, slug, title, &text, &mention.words, &length];
            write_cells(&cells.map(String::as_str), &mut out);
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let place = match count {
            1 => format!("  {place}"),
            count => format!("  {place}, {count} times"),
        };
        parts::write(
            &[(Role::Title, title), (Role::Note, &place)],
            "",
            style,
            &mut out,
        );
        for (number, &depth) in depths.iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            let section = mention.entry.section(depth).map(markdown::parse);
            blocks::write(&section.unwrap_or_default(), INDENT, style, &mut out);
        }
    }
    out
}

/// A line for each mention: its place and the title; in a pipe place, slug, title, words, and length, tab-separated.
#[must_use]
pub fn lines(mentions: &[Mention], style: &OutputStyle) -> String {
    let mut out = String::new();
    for mention in mentions {
        let (place, title) = (place(mention), &mention.title.full);
        if style.is_tabular() {
            let length = mention.length.to_string();
            let cells = [&place, &mention.entry.slug, title, &mention.words, &length];
            write_cells(&cells.map(String::as_str), &mut out);
        } else {
            let (title, words) = (format!("  {title}"), format!("  {}", mention.words));
            let line = [
                (Role::Note, place.as_str()),
                (Role::Title, &title),
                (Role::Note, &words),
            ];
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
        let depths = depths.iter();
        let sections = depths.filter_map(|&depth| mention.entry.section(depth));
        let _ = writeln!(out, "{}", sections.collect::<Vec<_>>().join("\n\n"));
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
        "title": mention.title.full,
        "words": mention.words,
        "length": mention.length,
        "file": mention.file,
        "line": mention.position.line,
        "column": mention.position.column,
        "source": mention.source,
    })
}

/// The sections of an entry as plain text.
fn explanation(mention: &Mention, depths: &[Depth]) -> String {
    let depths = depths.iter();
    let sections = depths.map(|&depth| json::section(&mention.entry, depth));
    let sections = sections.filter(|text| !text.is_empty());
    sections.collect::<Vec<_>>().join("\n")
}
