//! Markdown and `reStructuredText`: a page of one term, or a file of many.

use super::directives::{self, Expanded};
use super::document::{Document, Kind, Node};
use super::fields::get;
use super::lines::Lines;
use super::many;
use super::page::{self, Page};
use super::words::{is_glossary, names_glossary, names_glossary_surely};
use super::{File, Item, Reading, Way, is_index, macros, printable, rst};
use crate::entry::Entry;
use crate::entry::front_matter::{self, Form, FrontMatter};
use crate::entry::markdown::{Block, holds, is_unprintable, one_line};
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::entry::sections::{Depth, Sections, is_section};
use crate::entry::value::Map;

/// Reads Markdown.
pub(super) fn read(file: &File<'_>, text: &str) -> Reading {
    let front = match front_matter::find(text) {
        Ok(front) => front,
        Err(problem) => return Reading::refused(problem),
    };
    let (head, body) = text.split_at(front.body);
    let has_title = !FrontMatter::from_map(&front.map).title.is_empty();
    let is_native = front.form == Form::Yaml
        && (has_native_sections(text, front.body) && has_title
            || FrontMatter::from_map(&front.map).hidden);
    if is_native && !has_stray_text(text, front.body) {
        return match Entry::parse(&file.name, text) {
            Ok(entry) => Reading {
                items: vec![Item::Entry(entry)],
                ..Reading::default()
            },
            Err(problem) => Reading::refused(problem),
        };
    }
    let first = 1 + head.matches('\n').count();
    let expanded = directives::expand(&Lines::new(&printable(body), first));
    let lines = macros::expand(&expanded.lines, &front.map);
    let source = Source {
        map: &front.map,
        is_native,
        document: Document::parse(lines.text()),
        lines,
        expanded: &expanded,
    };
    source.read(file)
}

/// Reads `reStructuredText`.
pub(super) fn read_rst(file: &File<'_>, text: &str) -> Reading {
    let expanded = rst::convert(&printable(text));
    if file.way == Way::InFolder && !expanded.has_glossary && !names_glossary(&file.stem) {
        return Reading::default();
    }
    let source = Source {
        map: &Map::new(),
        is_native: false,
        document: Document::parse(expanded.lines.text()),
        lines: expanded.lines.clone(),
        expanded: &expanded,
    };
    source.read_many()
}

/// A text that has been reduced to Markdown.
struct Source<'s> {
    map: &'s Map,
    is_native: bool,
    document: Document,
    lines: Lines,
    expanded: &'s Expanded,
}

impl Source<'_> {
    fn read(&self, file: &File<'_>) -> Reading {
        let heading = self
            .document
            .nodes
            .iter()
            .find(|node| node.kind == Kind::Heading(1));
        let title = get(self.map, "title")
            .and_then(|title| title.text())
            .map(str::to_string);
        let title = title.or_else(|| heading.map(|heading| heading.text.clone()));
        if self.holds_many(file, title.as_deref()) {
            return self.read_many();
        }
        if file.stem == "README" && file.way == Way::InFolder {
            return Reading::default();
        }
        let mut draft = page::read(&Page {
            map: self.map,
            document: &self.document,
            stem: &file.name,
            is_native: self.is_native,
        });
        draft.slug = Some(file.name.clone());
        let refuse =
            |rule, message: &str| Reading::refused(Problem::new(rule, Place::START, message));
        if draft.is_draft() {
            return Reading::default();
        }
        if holds(draft.title(), is_unprintable) {
            return refuse(
                Rule::FrontMatter,
                "control character in the title; take it out",
            );
        }
        if !draft.title().contains(char::is_alphanumeric) {
            return refuse(Rule::FrontMatter, "no title; write `title: \"The Term\"`");
        }
        if draft.is_empty() {
            let has_title =
                title.is_some() || get(self.map, "term").or(get(self.map, "name")).is_some();
            let is_silent = !has_title
                && self
                    .document
                    .nodes
                    .iter()
                    .all(|node| node.text.trim() != "null");
            return if is_silent {
                Reading::default()
            } else {
                refuse(Rule::Text, "no text; write what the term means")
            };
        }
        Reading {
            items: vec![Item::Draft(draft)],
            ..Reading::default()
        }
    }

    /// Whether a file has many terms rather than one.
    fn holds_many(&self, file: &File<'_>, title: Option<&str>) -> bool {
        let has = |key| get(self.map, key).is_some();
        if self.is_native || has("term") || has("definition") || has("def") {
            return false;
        }
        let is_letter = |node: &&Node| {
            matches!(node.kind, Kind::Heading(_)) && node.text.trim().chars().count() == 1
        };
        let is_marked = self.expanded.has_glossary
            || self.document.nodes.iter().filter(is_letter).count() >= 2
            || self.document.nodes.is_empty() && !self.expanded.abbreviations.is_empty();
        let is_titled = title.is_some_and(names_glossary);
        let is_named = is_glossary(&file.stem)
            || names_glossary_surely(&file.stem) && title.is_none_or(names_glossary);
        let is_folder = is_index(&file.stem) || file.stem == "README" || file.way == Way::Named;
        is_marked
            || is_named
            || is_folder
                && (is_titled || many::File::new(&self.document, &self.lines).is_mostly_terms())
    }

    fn read_many(&self) -> Reading {
        let file = many::File::new(&self.document, &self.lines);
        let mut reading = Reading {
            holds_many: true,
            ..Reading::default()
        };
        for draft in file.terms(&self.expanded.abbreviations) {
            reading.take(draft);
        }
        let is_text =
            |node: &Node| !matches!(node.kind, Kind::Heading(_) | Kind::Rule | Kind::More);
        if reading.items.is_empty() && self.document.nodes.iter().any(is_text) {
            let message = "no term in this glossary; write a heading, a bold name, or a row of a table for each";
            reading.problems = vec![Problem::new(Rule::Text, Place::START, message)];
        } else if reading.items.is_empty() {
            reading.problems.clear();
        }
        reading
    }
}

fn has_native_sections(text: &str, body: usize) -> bool {
    let sections = Sections::find(text, body);
    Depth::ALL.iter().any(|&depth| sections.of(depth).is_some())
}

/// Whether a file in the native layout has text outside of its sections.
fn has_stray_text(text: &str, body: usize) -> bool {
    let sections = Sections::find(text, body);
    let mut ranges: Vec<_> = Depth::ALL
        .iter()
        .filter_map(|&depth| sections.of(depth))
        .collect();
    ranges.extend(sections.related());
    ranges.sort_by_key(|range| range.start);
    let mut outside = String::new();
    let mut at = body;
    for range in ranges {
        outside.push_str(text.get(at..range.start).unwrap_or_default());
        outside.push('\n');
        at = at.max(range.end);
    }
    outside.push_str(text.get(at..).unwrap_or_default());
    let blocks = crate::entry::markdown::parse(&outside);
    blocks.iter().any(|block| {
        let text = one_line(std::slice::from_ref(block));
        match block {
            Block::Heading(_) => !is_section(&text) && !text.is_empty(),
            Block::Rule => false,
            Block::Code(_) => true,
            _ => !text.is_empty(),
        }
    })
}
