//! A Markdown file of many terms: headings, definition lists, tables, and bold names.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Document, Kind, Node};
use super::draft::{Draft, span};
use super::fields::{Fields, Others};
use super::lines::Lines;
use super::relations;
use super::words::{Role, column_role, is_apart, is_label, key, names_glossary, role};
use crate::entry::key::fold;
use crate::entry::value::Value;

/// A name before a colon or dash in a plain list has at most this many words.
const MAX_NAME_WORDS: usize = 6;

/// A file of terms, and what was found out about it.
pub(super) struct File<'f> {
    document: &'f Document,
    lines: &'f Lines,
    /// How often each bold name and label occurs, folded.
    counts: HashMap<String, usize>,
    /// The heading before each node.
    topics: Vec<Option<usize>>,
    blocks: Vec<TermBlock>,
}

/// A term that is no heading.
struct TermBlock {
    /// The top-level node in which it is.
    node: usize,
    /// Where it begins.
    start: usize,
    names: Vec<String>,
    text: TermText,
}

enum TermText {
    /// Markdown, which may go on in the blocks after it.
    Markdown { text: String, continues: bool },
    /// The cells of a row, with their column names.
    Row(Vec<(String, Value)>),
}

impl<'f> File<'f> {
    pub(super) fn new(document: &'f Document, lines: &'f Lines) -> Self {
        let mut counts = HashMap::new();
        count_names(&document.nodes, &mut counts);
        let topics = document
            .nodes
            .iter()
            .enumerate()
            .scan(None, |topic, (number, node)| {
                let before = *topic;
                if matches!(node.kind, Kind::Heading(_)) {
                    *topic = Some(number);
                }
                Some(before)
            });
        let mut file = Self {
            document,
            lines,
            counts,
            topics: topics.collect(),
            blocks: Vec::new(),
        };
        for number in 0..document.nodes.len() {
            let found = file.term_blocks(number);
            file.blocks.extend(found);
        }
        file
    }

    /// Whether at least half of the blocks of text are terms.
    pub(super) fn is_mostly_terms(&self) -> bool {
        let is_text =
            |node: &&Node| !matches!(node.kind, Kind::Heading(_) | Kind::Rule | Kind::More);
        let with_terms = (0..self.document.nodes.len())
            .filter(|&number| self.has_term(number))
            .count();
        with_terms > 0 && 2 * with_terms >= self.document.nodes.iter().filter(is_text).count()
    }

    fn has_term(&self, node: usize) -> bool {
        self.blocks_in(&(node..node + 1)).next().is_some()
    }

    fn blocks_in(&self, nodes: &Range<usize>) -> impl Iterator<Item = &TermBlock> {
        let start = self
            .blocks
            .partition_point(|block| block.node < nodes.start);
        let end = self.blocks.partition_point(|block| block.node < nodes.end);
        self.blocks[start..end.max(start)].iter()
    }

    /// The terms of the file.
    pub(super) fn terms(&self, abbreviations: &[(usize, String, String)]) -> Vec<Draft> {
        let mut is_read = vec![true; self.document.nodes.len()];
        let title = self.own_title();
        let terms = (1..=6).find_map(|level| self.heading_terms(level, title, &mut is_read));
        let is_read = |block: &&TermBlock| {
            is_read[block.node] && (terms.is_none() || self.counts_above(block))
        };
        let blocks: Vec<&TermBlock> = self.blocks.iter().filter(is_read).collect();
        let mut drafts = self.block_terms(&blocks);
        drafts.extend(terms.iter().flatten().map(|range| self.heading_term(range)));
        for (number, name, text) in abbreviations {
            let mut draft = Draft::new(name, *number);
            let text = relations::document(text);
            draft.absorb(&text, &text.nodes);
            drafts.push(draft);
        }
        drafts.sort_by_key(|draft| draft.line);
        drafts
    }

    /// The headings of a level with what is under each, if they are terms. What is under headings about
    /// the file, or under terms, is not read again.
    fn heading_terms(
        &self,
        level: usize,
        title: Option<usize>,
        is_read: &mut [bool],
    ) -> Option<Vec<Range<usize>>> {
        let nodes = &self.document.nodes;
        let is_heading = |number: &usize| nodes[*number].kind == Kind::Heading(level);
        let at_level = (0..nodes.len()).filter(is_heading);
        let at_level = at_level.filter(|&number| is_read[number] && Some(number) != title);
        let at_level: Vec<Range<usize>> = at_level
            .map(|number| number..self.end(number, level))
            .collect();
        let apart = self.apart(&at_level);
        let topics: Vec<&Range<usize>> = at_level
            .iter()
            .filter(|range| self.is_topic(range, level))
            .collect();
        let says_glossary = |range: &&Range<usize>| names_glossary(&nodes[range.start].text);
        let are_topics = 2 * topics.len() >= at_level.len() || topics.iter().any(says_glossary);
        for range in if are_topics { &apart } else { &at_level } {
            is_read[range.clone()].fill(false);
        }
        let terms = at_level.into_iter().filter(|range| !apart.contains(range));
        (!are_topics).then(|| terms.collect())
    }

    /// The heading that names the file: the only one of its level, or a first one that says glossary.
    fn own_title(&self) -> Option<usize> {
        let nodes = &self.document.nodes;
        let mut tops = (0..nodes.len()).filter(|&number| nodes[number].kind == Kind::Heading(1));
        let first = tops.next()?;
        let is_only = tops.next().is_none();
        (is_only || names_glossary(&nodes[first].text)).then_some(first)
    }

    /// Where what is under a heading ends.
    fn end(&self, heading: usize, level: usize) -> usize {
        let nodes = &self.document.nodes;
        let ends = |node: &Node| matches!(node.kind, Kind::Heading(next) if next <= level);
        let length = nodes[heading + 1..].iter().position(ends);
        length.map_or(nodes.len(), |length| heading + 1 + length)
    }

    /// The first and last headings of a level that are about the file: introductions, references.
    fn apart(&self, headings: &[Range<usize>]) -> Vec<Range<usize>> {
        let is_apart = |range: &&Range<usize>| is_apart(&self.document.nodes[range.start].text);
        let mut apart: Vec<Range<usize>> = headings.iter().take_while(is_apart).cloned().collect();
        let last = headings.iter().skip(apart.len()).rev().take_while(is_apart);
        apart.extend(last.cloned());
        apart
    }

    /// Whether a heading holds terms rather than being one.
    fn is_topic(&self, range: &Range<usize>, level: usize) -> bool {
        let nodes = &self.document.nodes;
        let inner = range.start + 1..range.end;
        let is_unique = |name: &str| self.counts.get(&fold(name)).is_none_or(|&count| count < 2);
        let Some(first) = nodes.get(inner.start).filter(|_| !inner.is_empty()) else {
            return false;
        };
        if matches!(first.kind, Kind::Heading(_)) || self.has_term(inner.start) {
            return true;
        }
        let levels = nodes[inner.clone()]
            .iter()
            .filter_map(|node| match node.kind {
                Kind::Heading(inner) if inner > level => Some((inner, &node.text)),
                _ => None,
            });
        let highest = levels.clone().map(|(level, _)| level).min();
        let headings: Vec<&String> = levels
            .filter(|(level, _)| Some(*level) == highest)
            .map(|(_, text)| text)
            .collect();
        if headings.len() >= 2 && headings.iter().all(|heading| is_unique(heading)) {
            return true;
        }
        let own = inner.start + 1..inner.end.min(self.next_heading(inner.start));
        let blocks: Vec<&TermBlock> = self.blocks_in(&own).collect();
        first.kind == Kind::Paragraph
            && self.has_term(own.start)
            && blocks.len() >= 2
            && blocks
                .iter()
                .flat_map(|block| &block.names)
                .all(|name| is_unique(name))
    }

    fn next_heading(&self, from: usize) -> usize {
        let nodes = &self.document.nodes;
        let is_heading = |node: &Node| matches!(node.kind, Kind::Heading(_));
        nodes[from..]
            .iter()
            .position(is_heading)
            .map_or(nodes.len(), |length| from + length)
    }

    /// Whether a term above the level of the heading terms counts: a table or definition list does, a
    /// bold name only under a letter or a heading that says glossary.
    fn counts_above(&self, block: &TermBlock) -> bool {
        let kind = self.document.nodes[block.node].kind;
        let topic =
            self.topics[block.node].map_or("", |topic| self.document.nodes[topic].text.trim());
        matches!(kind, Kind::Table | Kind::DefinitionList)
            || topic.chars().count() == 1
            || names_glossary(topic)
    }

    fn heading_term(&self, range: &Range<usize>) -> Draft {
        let heading = &self.document.nodes[range.start];
        let mut draft = Draft::new(&heading.text, self.lines.number(heading.range.start));
        for id in self.document.ids(&heading.range) {
            draft.add_name(id);
        }
        if let Some(span) = span(&self.document.nodes[range.start + 1..range.end]) {
            let text = Document::parse(&self.document.excerpt(span));
            draft.absorb(&text, &text.nodes);
        }
        draft
    }

    fn block_terms(&self, blocks: &[&TermBlock]) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let [title, names @ ..] = block.names.as_slice() else {
                continue;
            };
            let mut draft = Draft::new(title, self.lines.number(block.start));
            names.iter().for_each(|name| draft.add_name(name));
            match &block.text {
                TermText::Row(fields) => Fields::new(fields).fill(&mut draft, Others::Shown),
                TermText::Markdown { text, continues } => {
                    let next = blocks.get(index + 1).map_or(usize::MAX, |next| next.node);
                    let following = if *continues {
                        self.following(block.node, next)
                    } else {
                        None
                    };
                    let following = following.map(|range| self.document.excerpt(range));
                    let text =
                        [text.as_str(), following.as_deref().unwrap_or_default()].join("\n\n");
                    let text = Document::parse(&text);
                    draft.absorb(&text, &text.nodes);
                }
            }
            drafts.push(draft);
        }
        drafts
    }

    /// The blocks after a bold paragraph that belong to it: up to the next term, heading, or rule.
    fn following(&self, node: usize, next: usize) -> Option<Range<usize>> {
        let nodes = &self.document.nodes;
        let ends = |node: &Node| matches!(node.kind, Kind::Heading(_) | Kind::Rule);
        let length = nodes[node + 1..]
            .iter()
            .position(ends)
            .unwrap_or(nodes.len() - node - 1);
        let end = (node + 1 + length).min(next);
        span(nodes.get(node + 1..end)?)
    }

    fn term_blocks(&self, number: usize) -> Vec<TermBlock> {
        let node = &self.document.nodes[number];
        let blocks = match node.kind {
            Kind::DefinitionList => self.definitions(node),
            Kind::Table => self.rows(node),
            Kind::List => self.items(node),
            Kind::Paragraph => self.bold(node, true).into_iter().collect(),
            _ => Vec::new(),
        };
        let blocks = blocks.into_iter().map(|(start, names, text)| TermBlock {
            node: number,
            start,
            names,
            text,
        });
        blocks.collect()
    }

    fn definitions(&self, list: &Node) -> Vec<(usize, Vec<String>, TermText)> {
        let mut found: Vec<(usize, Vec<String>, TermText)> = Vec::new();
        for child in &list.children {
            if child.kind == Kind::Name {
                let names = self.document.markdown(child.range.clone());
                let names = names
                    .lines()
                    .map(plain)
                    .filter(|name| !name.is_empty())
                    .collect();
                let text = String::new();
                found.push((
                    child.range.start,
                    names,
                    TermText::Markdown {
                        text,
                        continues: false,
                    },
                ));
            } else if let Some((_, _, TermText::Markdown { text, .. })) = found.last_mut()
                && let Some(range) = span(&child.children)
            {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(&self.document.excerpt(range));
            }
        }
        found
    }

    /// The rows of a table with a column for the term and one for its text.
    fn rows(&self, table: &Node) -> Vec<(usize, Vec<String>, TermText)> {
        let Some((head, rows)) = table.children.split_first() else {
            return Vec::new();
        };
        let columns = columns(head.children.iter().map(|cell| cell.text.trim()));
        let Some(columns) = columns else {
            return Vec::new();
        };
        let rows = rows.iter().filter_map(|row| {
            let cells = row.children.iter().map(|cell| {
                let text = self.document.excerpt(cell.inner.clone());
                Value::Text(text.replace("\\|", "|").replace("<br><br>", "\n\n"))
            });
            let fields: Vec<(String, Value)> = columns.iter().cloned().zip(cells).collect();
            let title = Fields::new(&fields).title()?;
            Some((row.range.start, vec![title], TermText::Row(fields)))
        });
        rows.collect()
    }

    /// The items with a bold name; those with a plain one only if all have a name.
    fn items(&self, list: &Node) -> Vec<(usize, Vec<String>, TermText)> {
        let bold = list.children.iter().filter_map(|item| self.bold_item(item));
        let all = list
            .children
            .iter()
            .map(|item| self.bold_item(item).or_else(|| self.plain_item(item)));
        let all: Option<Vec<_>> = all.collect();
        all.filter(|all| all.len() > 1)
            .unwrap_or_else(|| bold.collect())
    }

    fn bold_item(&self, item: &Node) -> Option<(usize, Vec<String>, TermText)> {
        let (first, rest) = item.children.split_first()?;
        let (start, names, mut text) = self.bold(first, false)?;
        if let (TermText::Markdown { text, .. }, Some(range)) = (&mut text, span(rest)) {
            text.push_str("\n\n");
            text.push_str(&self.document.excerpt(range));
        }
        Some((start, names, text))
    }

    /// An item without bold text that is a short name, a colon or dash, and a text.
    fn plain_item(&self, item: &Node) -> Option<(usize, Vec<String>, TermText)> {
        let [first, rest @ ..] = item.children.as_slice() else {
            return None;
        };
        if first.lead.is_some() || first.kind != Kind::Paragraph {
            return None;
        }
        let markdown = self.document.excerpt(first.range.clone());
        let ends = [": ", " - ", " – ", " — ", " -- ", "："];
        let (name, text) = ends
            .iter()
            .filter_map(|end| markdown.split_once(end))
            .min_by_key(|(name, _)| name.len())?;
        let name = plain(name);
        let is_name = (1..=MAX_NAME_WORDS).contains(&name.split_whitespace().count())
            && !self.is_label(&name);
        let mut text = text.to_string();
        if let Some(range) = span(rest) {
            text.push_str("\n\n");
            text.push_str(&self.document.excerpt(range));
        }
        let text = TermText::Markdown {
            text,
            continues: false,
        };
        is_name.then(|| (first.range.start, vec![name], text))
    }

    fn is_label(&self, name: &str) -> bool {
        is_label(name, self.counts.get(&fold(name)).copied().unwrap_or(0))
    }

    /// A paragraph that begins with a bold name and goes on with a colon, a dash, or a new line.
    fn bold(&self, paragraph: &Node, continues: bool) -> Option<(usize, Vec<String>, TermText)> {
        let (lead, end) = paragraph
            .lead
            .as_ref()
            .filter(|_| paragraph.kind == Kind::Paragraph)?;
        let source = self.document.excerpt(*end..paragraph.range.end);
        let mut names = vec![lead.clone()];
        let mut rest = source.as_str();
        // `**A** or **B**: text`
        while let Some((name, after)) = rest
            .strip_prefix("or **")
            .or(rest.strip_prefix("/ **"))
            .or(rest.strip_prefix(", **"))
            .and_then(|rest| rest.split_once("**"))
        {
            names.push(plain(name));
            rest = after.trim_start_matches(' ');
        }
        // `**A** (B): text`
        if let Some((inner, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
            && inner.len() < 60
            && let [name] = names.as_mut_slice()
        {
            *name = format!("{name} ({})", plain(inner));
            rest = after.trim_start();
        }
        let is_closed = names
            .last()
            .is_some_and(|name| name.ends_with([':', '.', '：']));
        let dashes = [":", "：", "—", "–", "--", "- ", "-"];
        let marked = dashes.iter().find_map(|dash| rest.strip_prefix(dash));
        let ends_line = rest.is_empty() || self.document.ends_line(*end);
        if !(is_closed || marked.is_some() || ends_line) {
            return None;
        }
        for name in &mut names {
            *name = name.trim_end_matches([':', '.', '：', ' ']).to_string();
        }
        let is_name = |name: &String| {
            name.contains(char::is_alphanumeric)
                && !self.is_label(name)
                && name.split_whitespace().count() <= 12
        };
        let text = marked.unwrap_or(rest).trim_start().to_string();
        let text = TermText::Markdown { text, continues };
        names
            .iter()
            .all(is_name)
            .then_some((paragraph.range.start, names, text))
    }
}

/// The keys for the columns of a glossary; `None` if the columns are not those of one. A column whose
/// name has no meaning as a whole has that of a part or word of it.
pub(super) fn columns<'c>(names: impl Iterator<Item = &'c str> + Clone) -> Option<Vec<String>> {
    let has_term = names.clone().any(|name| role(name) == Some(Role::Term));
    let columns: Vec<(Option<Role>, &str)> = names
        .map(|name| {
            let part = column_role(name).filter(|role| !has_term || *role != Role::Term);
            (role(name).or(part), name)
        })
        .collect();
    let has = |wanted: &[Role]| {
        columns
            .iter()
            .any(|(role, _)| role.is_some_and(|role| wanted.contains(&role)))
    };
    let is_glossary =
        has(&[Role::Term, Role::Names]) && has(&[Role::Text, Role::Summary, Role::FullName]);
    let keys = columns.iter().map(|(role, name)| match role {
        Some(known) if super::words::role(name).is_none() => key(*known).to_string(),
        _ => (*name).to_string(),
    });
    is_glossary.then(|| keys.collect())
}

/// A text without marks.
fn plain(markdown: &str) -> String {
    let document = Document::parse(markdown);
    let text: Vec<&str> = document.nodes.iter().map(|node| node.text.trim()).collect();
    text.join(" ").trim().to_string()
}

/// Counts the headings, and the bold names at the beginning of paragraphs and items.
fn count_names(nodes: &[Node], counts: &mut HashMap<String, usize>) {
    for node in nodes {
        let name = match (&node.lead, node.kind) {
            (Some((lead, _)), Kind::Paragraph) => Some(lead),
            (None, Kind::Heading(_)) => Some(&node.text),
            _ => None,
        };
        if let Some(name) = name {
            *counts.entry(fold(name)).or_default() += 1;
        }
        count_names(&node.children, counts);
    }
}
