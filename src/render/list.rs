//! Entries as a list: on a page, a title and the summary below it; in a pipe, one line of tab-separated
//! cells.

use std::fmt::Write as _;
use std::ops::Range;

use super::parts::{self, StyledText};
use super::{OutputStyle, Role, sanitize, tree, write_cells};
use glossary_core::query::list::Topic;
use glossary_core::query::search::SearchHit;
use glossary_core::query::summary::EntrySummary;
use glossary_core::query::term_graph::{Node, Relation, TermGraph};

/// Spaces before an item's summary.
const INDENT: &str = "  ";

/// The usual length of a title and a summary.
const BYTES_PER_ENTRY: usize = 300;

/// The text in place of a summary for a title that has no entry.
pub(super) const NO_ENTRY: &str = "(no entry yet)";

/// Entries.
#[must_use]
pub fn entries(entries: &[EntrySummary<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    // Growing the text step by step would copy most of it again.
    list.out.reserve(entries.len() * BYTES_PER_ENTRY);
    for entry in entries {
        list.item(&Item::from(entry), "");
    }
    list.out
}

/// The hits of a search, each with its best sentence in place of its summary.
#[must_use]
pub fn hits(hits: &[SearchHit<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for hit in hits {
        let item = Item {
            text: &hit.snippet,
            matches: &hit.matches,
            ..Item::from(&hit.entry)
        };
        list.item(&item, "");
    }
    list.out
}

/// Related terms, those of each entry in groups.
#[must_use]
pub fn related(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for graph in graphs {
        list.groups(&mut graph.nodes.iter());
    }
    list.out
}

/// Related terms as a tree, with the terms that lead to the entry below it.
#[must_use]
pub fn related_tree(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    if style.is_tabular() {
        return related(graphs, style);
    }
    let mut list = ListWriter::new(style);
    for graph in graphs {
        list.separate();
        tree::write(graph, |_| String::new(), style, &mut list.out);
        let nodes = graph.nodes.iter();
        list.groups(&mut nodes.filter(|node| node.relation == Relation::Backlink));
    }
    list.out
}

/// Courses: on a page as trees, otherwise as numbered lists.
#[must_use]
pub fn courses(graphs: &[TermGraph<'_>], style: &OutputStyle) -> String {
    let mut list = ListWriter::new(style);
    for graph in graphs {
        let digits = graph.nodes.len().to_string().len();
        if let OutputStyle::Page { .. } = style {
            list.separate();
            tree::write(graph, |at| format!("{}. ", at + 1), style, &mut list.out);
            continue;
        }
        for (number, node) in (1..).zip(&graph.nodes) {
            list.item(&Item::from(node), &format!("{number:digits$}. "));
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

/// Topics with the number of their entries.
#[must_use]
pub fn topics(topics: &[Topic], style: &OutputStyle) -> String {
    let names = topics.iter().map(|topic| topic.name.chars().count());
    let widest = names.max().unwrap_or(0);
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
#[derive(Default)]
struct Item<'i> {
    slug: Option<&'i str>,
    title: &'i str,
    text: &'i str,
    /// The parts of the text to mark.
    matches: &'i [Range<usize>],
    group: Option<&'i str>,
}

impl<'i> From<&'i EntrySummary<'_>> for Item<'i> {
    fn from(entry: &'i EntrySummary<'_>) -> Self {
        Self {
            slug: Some(&entry.head.slug),
            title: &entry.head.title,
            text: &entry.head.gloss,
            ..Self::default()
        }
    }
}

impl<'i> From<&'i Node<'_>> for Item<'i> {
    fn from(node: &'i Node<'_>) -> Self {
        let without_entry = Self {
            title: &node.title,
            text: NO_ENTRY,
            ..Self::default()
        };
        node.entry.as_ref().map_or(without_entry, Self::from)
    }
}

impl Item<'_> {
    /// The text in parts, those that match set apart.
    fn parts(&self) -> Vec<StyledText<'_>> {
        let mut parts = Vec::new();
        let mut end = 0;
        for range in self.matches {
            let before = self.text.get(end..range.start);
            parts.push((Role::Text, before.unwrap_or_default()));
            let matched = self.text.get(range.clone());
            parts.push((Role::Match, matched.unwrap_or_default()));
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
        let out = String::new();
        Self { style, out }
    }

    /// Related terms below the headings of their groups; in a pipe, the group is the last cell.
    fn groups<'n>(&mut self, nodes: &mut dyn Iterator<Item = &'n Node<'n>>) {
        let mut before = None;
        for node in nodes {
            let Some(group) = group_of(node) else {
                continue;
            };
            if before.as_ref() != Some(&group) && !self.style.is_tabular() {
                self.separate();
                self.out.push_str(&self.style.paint(Role::Heading, &group));
                self.out.push_str("\n\n");
            }
            let item = Item {
                group: Some(&group),
                ..Item::from(node)
            };
            self.item(&item, "");
            before = Some(group);
        }
    }

    /// An item whose title comes after a mark.
    fn item(&mut self, item: &Item<'_>, mark: &str) {
        if self.style.is_tabular() {
            let cells = [item.slug.unwrap_or("-"), item.title, item.text];
            let cells: Vec<&str> = cells.into_iter().chain(item.group).collect();
            write_cells(&cells, &mut self.out);
            return;
        }
        self.separate();
        let slug = item.slug.map(|slug| format!("  {slug}"));
        let mut line = vec![(Role::Title, item.title)];
        line.extend(slug.as_deref().map(|slug| (Role::Note, slug)));
        parts::write(&line, mark, self.style, &mut self.out);
        let indent = if mark.is_empty() {
            INDENT
        } else {
            &" ".repeat(mark.len())
        };
        parts::write(&item.parts(), indent, self.style, &mut self.out);
    }

    /// A blank line, unless there is one already.
    fn separate(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}
