//! The terms that a text uses, as lists, as JSON, and as the glossary at the end of a report.
//!
//! Owns the layout of these. It must not know how the terms were found.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Look, Role, json, plain, safe};
use crate::error::Result;
use glossary_core::corpus::{Corpus, Id};
use glossary_core::entry::markdown;
use glossary_core::entry::names::split_title;
use glossary_core::entry::sections::Depth;
use glossary_core::query::scan::{Position, Use};

/// The spaces before an explanation.
const INDENT: usize = 2;

/// A term that texts use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The entry that explains it.
    pub id: Id,
    /// The file in which it stands first.
    pub file: String,
    /// Where it stands there.
    pub first: Position,
    /// How often it stands in all of them.
    pub count: usize,
}

impl Mention {
    /// A term at its first use, which is not counted yet.
    #[must_use]
    pub fn at(file: &str, first: &Use) -> Self {
        Self {
            id: first.id,
            file: file.to_string(),
            first: first.position,
            count: 0,
        }
    }
}

/// A place, as compilers print it.
fn place(file: &str, position: Position) -> String {
    format!("{file}:{}:{}", position.line, position.column)
}

/// A list; in a pipe place, count, slug, title and explanation, tab-separated.
pub fn list(
    corpus: &Corpus,
    mentions: &[Mention],
    depths: &[Depth],
    look: &Look,
) -> Result<String> {
    let mut out = String::new();
    for mention in mentions {
        let entry = corpus.entry(mention.id)?;
        let title = &entry.front.title;
        if let Look::Plain { width: None } = look {
            let text = explanation(corpus, mention.id, depths)?;
            let cells = [
                &place(&mention.file, mention.first),
                &mention.count.to_string(),
                &entry.slug,
                title,
                &text,
            ];
            let cells: Vec<_> = cells.iter().map(|cell| safe(cell)).collect();
            let _ = writeln!(out, "{}", cells.join("\t"));
            continue;
        }
        let times = if mention.count == 1 {
            String::new()
        } else {
            format!(", {} times", mention.count)
        };
        let place = place(&mention.file, mention.first);
        let place = look.paint(Role::Note, &format!("{place}{times}"));
        let _ = writeln!(out, "{}  {place}", look.paint(Role::Title, title));
        for (number, &depth) in depths.iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            let blocks = entry
                .section(depth)
                .map(markdown::parse)
                .unwrap_or_default();
            look.blocks(&blocks, INDENT, &mut out);
        }
    }
    Ok(out)
}

/// A line for each use: its place and the title; in a pipe place, slug and title, tab-separated.
pub fn lines(corpus: &Corpus, uses: &[Use], file: &str, look: &Look) -> Result<String> {
    let mut out = String::new();
    for found in uses {
        let head = corpus.head(found.id)?;
        let place = place(file, found.position);
        let (place, slug, title) = (safe(&place), safe(&head.slug), safe(&head.title));
        let _ = if let Look::Plain { width: None } = look {
            writeln!(out, "{place}\t{slug}\t{title}")
        } else {
            let (place, title) = (
                look.paint(Role::Note, &place),
                look.paint(Role::Title, &title),
            );
            writeln!(out, "{place}  {title}")
        };
    }
    Ok(out)
}

/// The glossary at the end of a report: a Markdown section, in the order of titles.
pub fn markdown(corpus: &Corpus, mentions: &[Mention], depths: &[Depth]) -> Result<String> {
    let mut entries = mentions
        .iter()
        .map(|mention| corpus.entry(mention.id))
        .collect::<glossary_core::error::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.front.title.to_lowercase());
    let mut out = String::from("## Glossary\n");
    for entry in entries {
        let _ = writeln!(out, "\n### {}\n", safe(&entry.front.title));
        let sections: Vec<&str> = depths
            .iter()
            .filter_map(|&depth| entry.section(depth))
            .collect();
        let _ = writeln!(out, "{}", sections.join("\n\n"));
    }
    Ok(out)
}

#[derive(Serialize)]
struct Object<'a> {
    slug: String,
    title: String,
    file: &'a str,
    line: usize,
    column: usize,
    count: usize,
    text: String,
    source: &'a str,
}

/// An array of the terms, on a line.
pub fn json(corpus: &Corpus, mentions: &[Mention], depths: &[Depth]) -> Result<String> {
    let objects = mentions.iter().map(|mention| {
        let head = corpus.head(mention.id)?;
        Ok(Object {
            slug: head.slug.into_owned(),
            title: split_title(&head.title).0,
            file: &mention.file,
            line: mention.first.line,
            column: mention.first.column,
            count: mention.count,
            text: explanation(corpus, mention.id, depths)?,
            source: corpus.source(mention.id),
        })
    });
    Ok(json::line(&objects.collect::<Result<Vec<_>>>()?))
}

#[derive(Serialize)]
struct Spot<'a> {
    slug: String,
    title: String,
    file: &'a str,
    line: usize,
    column: usize,
    source: &'a str,
}

/// An object for each use, each on a line of its own.
pub fn json_lines(corpus: &Corpus, uses: &[Use], file: &str) -> Result<String> {
    let lines = uses.iter().map(|found| {
        let head = corpus.head(found.id)?;
        Ok(json::line(&Spot {
            slug: head.slug.into_owned(),
            title: split_title(&head.title).0,
            file,
            line: found.position.line,
            column: found.position.column,
            source: corpus.source(found.id),
        }))
    });
    lines.collect()
}

/// What an entry says at the depths, as plain text.
fn explanation(corpus: &Corpus, id: Id, depths: &[Depth]) -> Result<String> {
    let entry = corpus.entry(id)?;
    let mut text = String::new();
    for &depth in depths {
        let blocks = entry
            .section(depth)
            .map(markdown::parse)
            .unwrap_or_default();
        plain::blocks(&blocks, None, &mut text);
    }
    Ok(text.trim_end().to_string())
}
