//! Entries as a list: on a page, a title and the summary below it; in a pipe, one line of tab-separated
//! cells.

use std::fmt::Write as _;
use std::ops::Range;

use super::parts::{self, StyledText};
use super::{OutputStyle, Role, sanitize, tree};
use glossary_core::query::list::Topic;
use glossary_core::query::search::SearchHit;
use glossary_core::query::summary::EntrySummary;
use glossary_core::query::term_graph::{Node, Relation, TermGraph};

/// Spaces before an item's summary.
const INDENT: &str = "  ";

/// The usual length of a title and a summary.
const BYTES_PER_ENTRY: usize = 300;

/// The text in place of a summary for a title that has no entry.
const NO_ENTRY: &str = "(no entry yet)";

/// Entries, of which `before` are in the list already.
#[must_use]
pub fn entries(entries: &[EntrySummary<'_>], before: usize, style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    // Growing the text step by step would copy most of it again.
    list.out.reserve(entries.len() * BYTES_PER_ENTRY);
    if before > 0 && !style.is_tabular() {
        list.out.push('\n');
    }
    for entry in entries {
        list.item(&Item::from(entry));
    }
    list.out
}

/// The hits of a search, each with its best sentence in place of its summary.
#[must_use]
pub fn hits(hits: &[SearchHit<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for hit in hits {
        list.item(&Item {
            text: &hit.snippet,
            matches: &hit.matches,
            ..Item::from(&hit.entry)
        });
    }
    list.out
}

/// Related terms, those of each entry in groups.
#[must_use]
pub fn related(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for graph in graphs {
        let mut group = None;
        for node in &graph.nodes {
            let heading = group_of(node);
            if heading.is_some() && heading != group {
                list.heading(heading.as_deref().unwrap_or_default());
            }
            if heading.is_some() {
                list.item(&Item::from(node));
                group = heading;
            }
        }
    }
    list.out
}

/// The group of a node among related terms; `None` for the entry that they are related to.
#[must_use]
pub fn group_of(node: &Node<'_>) -> Option<String> {
    match node.relation {
        Relation::Start => None,
        Relation::Steps(1) => Some("Related".to_string()),
        Relation::Steps(steps) => Some(format!("{steps} steps away")),
        Relation::Backlink => Some("Named by".to_string()),
    }
}

/// Related terms as a tree, with the terms that lead to the entry below it.
#[must_use]
pub fn related_tree(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    if style.is_tabular() {
        return related(graphs, style);
    }
    let mut list = ListWriter::new(style);
    for graph in graphs {
        if !list.out.is_empty() {
            list.out.push('\n');
        }
        tree::write(graph, tree::Label::Title, style, &mut list.out);
        let mut backlinks = graph.nodes.iter();
        if backlinks.any(|node| node.relation == Relation::Backlink) {
            list.heading("Named by");
        }
        for node in &graph.nodes {
            if node.relation == Relation::Backlink {
                list.item(&Item::from(node));
            }
        }
    }
    list.out
}

/// Courses: on a page as trees, otherwise as numbered lists.
#[must_use]
pub fn courses(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for graph in graphs {
        if let OutputStyle::Page { .. } = style {
            if !list.out.is_empty() {
                list.out.push('\n');
            }
            tree::write(graph, tree::Label::Numbered, style, &mut list.out);
            continue;
        }
        let digits = graph.nodes.len().to_string().len();
        for (number, node) in (1..).zip(&graph.nodes) {
            let mark = format!("{number:digits$}. ");
            let indent = " ".repeat(mark.len());
            list.marked_item(&Item::from(node), &mark, &indent);
        }
    }
    list.out
}

/// Topics with the number of their entries.
#[must_use]
pub fn topics(topics: &[Topic], style: &OutputStyle) -> String {
    let names = topics.iter().map(|topic| sanitize(&topic.name));
    let widest = names.map(|name| name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for topic in topics {
        let (name, count) = (sanitize(&topic.name), topic.entries);
        let _ = if style.is_tabular() {
            writeln!(out, "{name}\t{count}")
        } else {
            writeln!(out, "{name:widest$}  {count:>4}")
        };
    }
    out
}

/// An item of a list.
struct Item<'i> {
    slug: Option<&'i str>,
    title: &'i str,
    text: &'i str,
    /// The parts of the text to mark.
    matches: &'i [Range<usize>],
}

impl<'i> From<&'i EntrySummary<'_>> for Item<'i> {
    fn from(entry: &'i EntrySummary<'_>) -> Self {
        Self {
            slug: Some(&entry.head.slug),
            title: &entry.head.title,
            text: &entry.head.gloss,
            matches: &[],
        }
    }
}

impl<'i> From<&'i Node<'_>> for Item<'i> {
    fn from(node: &'i Node<'_>) -> Self {
        match &node.entry {
            Some(entry) => Self::from(entry),
            None => Self {
                slug: None,
                title: &node.title,
                text: NO_ENTRY,
                matches: &[],
            },
        }
    }
}

impl Item<'_> {
    /// The text in parts, those that match set apart.
    fn parts(&self) -> Vec<StyledText<'_>> {
        let mut parts = Vec::new();
        let mut end = 0;
        for range in self.matches {
            parts.push((
                Role::Text,
                self.text.get(end..range.start).unwrap_or_default(),
            ));
            parts.push((
                Role::Match,
                self.text.get(range.clone()).unwrap_or_default(),
            ));
            end = range.end;
        }
        parts.push((Role::Text, self.text.get(end..).unwrap_or_default()));
        parts
    }
}

/// A list that is being written.
struct ListWriter<'s> {
    style: &'s OutputStyle,
    out: String,
}

impl<'s> ListWriter<'s> {
    fn new(style: &'s OutputStyle) -> Self {
        Self {
            style,
            out: String::new(),
        }
    }

    fn heading(&mut self, text: &str) {
        if self.style.is_tabular() {
            return;
        }
        self.separate();
        self.out.push_str(&self.style.paint(Role::Heading, text));
        self.out.push_str("\n\n");
    }

    fn item(&mut self, item: &Item<'_>) {
        self.marked_item(item, "", INDENT);
    }

    /// An item whose title comes after a mark.
    fn marked_item(&mut self, item: &Item<'_>, mark: &str, indent: &str) {
        if self.style.is_tabular() {
            for (cell, end) in [
                (item.slug.unwrap_or("-"), '\t'),
                (item.title, '\t'),
                (item.text, '\n'),
            ] {
                self.out.push_str(&sanitize(cell));
                self.out.push(end);
            }
            return;
        }
        self.separate();
        let slug = item.slug.map(|slug| format!("  {slug}"));
        let mut line = vec![(Role::Title, item.title)];
        line.extend(slug.as_deref().map(|slug| (Role::Note, slug)));
        parts::write(&line, mark, self.style, &mut self.out);
        parts::write(&item.parts(), indent, self.style, &mut self.out);
    }

    /// A blank line, unless there is one already.
    fn separate(&mut self) {
        if !self.out.is_empty() && self.out != "\n" && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}
