//! An entry while it is being read: what keys, sections, and labels say is gathered in one place, in
//! whatever form it is written.

use std::ops::Range;

use super::directives::label;
use super::document::{Document, Kind, Node};
use super::relations::{self, Reference};
use super::words::{Role, is_weak, role};
use crate::entry::front_matter::FrontMatter;
use crate::entry::key::fold;

/// An entry whose relations are not resolved yet.
#[derive(Debug, Default)]
pub struct Draft {
    /// The line of the file at which it begins.
    pub line: usize,
    pub(super) slug: Option<String>,
    pub(super) front: FrontMatter,
    pub(super) summary: String,
    pub(super) eli5: String,
    pub(super) in_depth: Vec<String>,
    /// What keys, sections, and labels relate it to.
    pub(super) related: Vec<Reference>,
    /// What its text links to; counts only if nothing else is related.
    pub(super) links: Vec<Reference>,
}

/// A part of a text that is to become the summary or a part of the in-depth text.
struct Chunk {
    markdown: String,
    text: String,
    kind: ChunkKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkKind {
    Heading,
    /// A paragraph that may be the summary.
    Paragraph,
    /// The text behind a label Definition.
    Definition,
    /// The mark under the text that a list of pages shows.
    More,
    /// What is no summary as long as there is a paragraph.
    Other,
}

impl Draft {
    /// An entry with a title.
    pub(super) fn new(title: &str, line: usize) -> Self {
        let mut draft = Self {
            line,
            ..Self::default()
        };
        draft.set_title(title);
        draft
    }

    pub(super) fn set_title(&mut self, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.front.title = title.trim_end_matches([':', '：']).trim_end().to_string();
        for name in names_in_title(&self.front.title.clone()) {
            self.add_name(&name);
        }
    }

    pub(super) fn add_name(&mut self, name: &str) {
        let name = name.trim();
        let is_new = |known: &String| fold(known) != fold(name);
        let has_letters = name.contains(char::is_alphanumeric);
        if has_letters && name != self.front.title && self.front.aliases.iter().all(is_new) {
            self.front.aliases.push(name.to_string());
        }
    }

    pub(super) fn title(&self) -> &str {
        &self.front.title
    }

    /// Whether it is not to be shown.
    pub(super) fn is_draft(&self) -> bool {
        self.front.draft
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        let is_text = |text: &String| text.contains(char::is_alphanumeric) && text.trim() != "null";
        !is_text(&self.summary)
            && !self.in_depth.iter().any(is_text)
            && !is_text(&self.eli5)
            && self.related.is_empty()
    }

    /// Adds Markdown to the entry: its sections, names, and relations, and what remains as text.
    pub(super) fn absorb(&mut self, document: &Document, nodes: &[Node]) {
        let mut chunks = Vec::new();
        let mut next = 0;
        while let Some(node) = nodes.get(next) {
            next += 1;
            let Kind::Heading(level) = node.kind else {
                match (bare_label(document, node), nodes.get(next)) {
                    (Some(role), Some(list)) if list.kind == Kind::List => {
                        next += 1;
                        if self.section(document, role, std::slice::from_ref(list)) == Keep::Text {
                            let both = [node, list]
                                .map(|node| Chunk::new(document.block(node), "", ChunkKind::Other));
                            chunks.extend(both);
                        }
                    }
                    _ => self.block(document, node, &mut chunks),
                }
                continue;
            };
            let role = role(&node.text);
            let ends = |node: &Node| matches!(node.kind, Kind::Heading(next) if next <= level || section(node).is_some());
            let length = nodes[next..]
                .iter()
                .position(ends)
                .unwrap_or(nodes.len() - next);
            let content = &nodes[next..next + length];
            match role {
                Some(Role::InDepth) => {}
                Some(Role::Text) if fold(&node.text) == "definition" => {
                    let from = chunks.len();
                    content
                        .iter()
                        .for_each(|node| self.block(document, node, &mut chunks));
                    let first = chunks[from..]
                        .iter_mut()
                        .find(|chunk| chunk.kind == ChunkKind::Paragraph);
                    if let Some(first) = first {
                        first.kind = ChunkKind::Definition;
                    }
                    next += length;
                }
                Some(role) if section(node).is_some() => {
                    next += length;
                    if self.section(document, role, content) == Keep::Text {
                        chunks.push(Chunk::new(
                            document.block(node),
                            &node.text,
                            ChunkKind::Heading,
                        ));
                        let text = content.iter().map(|node| {
                            Chunk::new(document.block(node), &node.text, ChunkKind::Other)
                        });
                        chunks.extend(text);
                    }
                }
                _ if node.text.trim().is_empty() => {}
                _ => chunks.push(Chunk::new(
                    document.block(node),
                    &node.text,
                    ChunkKind::Heading,
                )),
            }
        }
        if let Some(range) = span(nodes) {
            self.links.extend(relations::links(document, &range));
            let notes = document.notes(&range).into_iter();
            chunks.extend(notes.map(|note| Chunk::new(note, "", ChunkKind::Other)));
        }
        self.settle(chunks);
    }

    /// Takes what a section says if it says nothing but names, relations, or one of the depths.
    fn section(&mut self, document: &Document, role: Role, content: &[Node]) -> Keep {
        let text = || {
            let blocks = content.iter().map(|node| document.block(node));
            blocks
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        match role {
            Role::Summary => {
                let before = std::mem::replace(&mut self.summary, text());
                if !before.is_empty() && fold(&before) != fold(&self.summary) {
                    self.in_depth.insert(0, before);
                }
            }
            Role::Eli5 => self.eli5 = text(),
            Role::Names => {
                let names = relations::names(document, content);
                names.iter().flatten().for_each(|name| self.add_name(name));
                return if names.is_some() {
                    Keep::Nothing
                } else {
                    Keep::Text
                };
            }
            _ => {
                let (references, keep) = relations::section(document, content);
                self.related.extend(references);
                return keep;
            }
        }
        Keep::Nothing
    }

    /// Takes what a block says if it says nothing but names or relations; otherwise it is text.
    fn block(&mut self, document: &Document, node: &Node, chunks: &mut Vec<Chunk>) {
        if relations::is_navigation(document, node) {
            return;
        }
        let kind = match node.kind {
            Kind::Rule => return,
            Kind::More => ChunkKind::More,
            Kind::Paragraph => return self.paragraph(document, node, chunks),
            Kind::Quote
                if node
                    .children
                    .first()
                    .is_some_and(|first| role(&first.text) == Some(Role::Related)) =>
            {
                let (references, keep) = relations::section(document, &node.children[1..]);
                self.related.extend(references);
                if keep == Keep::Nothing {
                    return;
                }
                ChunkKind::Other
            }
            Kind::List
                if node
                    .children
                    .iter()
                    .any(|item| item_label(document, item).is_some()) =>
            {
                for item in &node.children {
                    match (item_label(document, item), item.children.as_slice()) {
                        (Some(_), [paragraph]) => self.paragraph(document, paragraph, chunks),
                        _ => {
                            let text = format!(
                                "- {}",
                                document
                                    .markdown(item.range.clone())
                                    .trim_start_matches(['-', '*', '+', ' '])
                            );
                            chunks.push(Chunk::new(text, "", ChunkKind::Other));
                        }
                    }
                }
                return;
            }
            _ => ChunkKind::Other,
        };
        chunks.push(Chunk::new(document.block(node), &node.text, kind));
    }

    fn paragraph(&mut self, document: &Document, node: &Node, chunks: &mut Vec<Chunk>) {
        if let Some(names) = relations::also_known(&node.text) {
            return names.iter().for_each(|name| self.add_name(name));
        }
        let mut kind = ChunkKind::Paragraph;
        let mut markdown = document.block(node);
        match labeled(document, node) {
            Some((name, _)) if is_weak(&name) && role(&name).is_none() => kind = ChunkKind::Other,
            Some((name, rest)) => match role(&name) {
                Some(Role::Names) => {
                    let rest = Document::parse(&rest);
                    let names = rest
                        .nodes
                        .iter()
                        .flat_map(|node| relations::split_names(&node.text));
                    return names
                        .collect::<Vec<_>>()
                        .iter()
                        .for_each(|name| self.add_name(name));
                }
                Some(Role::Related) => {
                    let rest = Document::parse(&rest);
                    let (references, keep) = relations::section(&rest, &rest.nodes);
                    self.related.extend(references);
                    if keep == Keep::Nothing {
                        return;
                    }
                    kind = ChunkKind::Other;
                }
                Some(Role::Eli5) if self.eli5.is_empty() => {
                    self.eli5 = rest;
                    return;
                }
                Some(Role::Text | Role::Summary) => {
                    kind = ChunkKind::Definition;
                    markdown = rest;
                }
                _ => {}
            },
            None if node.is_image() => kind = ChunkKind::Other,
            None => {}
        }
        chunks.push(Chunk::new(markdown, &node.text, kind));
    }

    /// Makes one of the chunks the summary, if there is none yet; the others are in-depth text.
    fn settle(&mut self, mut chunks: Vec<Chunk>) {
        let find = |kind, chunks: &[Chunk]| chunks.iter().position(|chunk| chunk.kind == kind);
        if self.summary.is_empty() {
            let more = find(ChunkKind::More, &chunks).filter(|&more| more > 0);
            let range = match (find(ChunkKind::Definition, &chunks), more) {
                (Some(definition), _) => Some(definition..definition + 1),
                (None, Some(more)) => Some(0..more),
                (None, None) => find(ChunkKind::Paragraph, &chunks)
                    .or(find(ChunkKind::Other, &chunks))
                    .map(|first| first..first + continued(&chunks[first..])),
            };
            if let Some(range) = range {
                let taken: Vec<String> = chunks.drain(range).map(|chunk| chunk.markdown).collect();
                self.summary = taken.join("\n\n");
            }
        } else if let Some(first) = find(ChunkKind::Paragraph, &chunks)
            && fold(&chunks[first].text) == fold(&self.summary)
        {
            chunks.remove(first);
        }
        let rest = chunks
            .into_iter()
            .filter(|chunk| chunk.kind != ChunkKind::More);
        self.in_depth.extend(
            rest.map(|chunk| chunk.markdown)
                .filter(|text| !text.is_empty()),
        );
    }
}

/// How many chunks a paragraph takes in: what follows a colon belongs to it.
fn continued(chunks: &[Chunk]) -> usize {
    let is_continued = chunks
        .first()
        .is_some_and(|chunk| chunk.markdown.ends_with([':', '：']))
        && chunks
            .get(1)
            .is_some_and(|chunk| chunk.kind == ChunkKind::Other);
    1 + usize::from(is_continued)
}

impl Chunk {
    fn new(markdown: String, text: &str, kind: ChunkKind) -> Self {
        let text = text.to_string();
        Self {
            markdown,
            text,
            kind,
        }
    }
}

/// Whether what gave names or relations is to be shown as text, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Nothing,
    Text,
}

/// The role of a heading that opens a section.
fn section(node: &Node) -> Option<Role> {
    let known = [
        Role::Summary,
        Role::Eli5,
        Role::InDepth,
        Role::Names,
        Role::Related,
    ];
    role(&node.text).filter(|role| known.contains(role))
}

/// Where nodes begin and end.
pub(super) fn span(nodes: &[Node]) -> Option<Range<usize>> {
    let (first, last) = nodes.first().zip(nodes.last())?;
    Some(first.range.start..last.range.end)
}

/// The label of a paragraph, and the Markdown behind it.
fn labeled(document: &Document, node: &Node) -> Option<(String, String)> {
    if let Some((lead, end)) = &node.lead {
        let rest = document.markdown(*end..node.inner.end);
        let is_label = lead.ends_with([':', '：']) || rest.starts_with([':', '：']);
        let rest = rest.trim_start_matches([':', '：', ' ', '\n']).to_string();
        return is_label.then(|| (lead.trim_end_matches([':', '：', ' ']).to_string(), rest));
    }
    let (name, _) = label(&node.text)?;
    let markdown = document.markdown(node.range.clone());
    let (start, rest) = markdown.split_once([':', '：'])?;
    let is_same = fold(start) == fold(name);
    let rest = rest.trim_matches(['*', '_', ' ', ')', '\n']).to_string();
    is_same.then(|| (name.to_string(), rest))
}

/// The role of a paragraph that is a label for the list under it.
fn bare_label(document: &Document, node: &Node) -> Option<Role> {
    let (name, _) = labeled(document, node).filter(|(_, rest)| rest.is_empty())?;
    role(&name).filter(|role| matches!(role, Role::Names | Role::Related))
}

/// The role of the label of a list item, if it gives names, relations, or the definition.
fn item_label(document: &Document, item: &Node) -> Option<Role> {
    let (name, _) = labeled(document, item.children.first()?)?;
    let known = [
        Role::Names,
        Role::Related,
        Role::Text,
        Role::Summary,
        Role::Eli5,
    ];
    role(&name).filter(|role| known.contains(role))
}

/// The names that a title holds beside itself: its id, the parts of `A / B`, what is inside and outside
/// of full-width parentheses, and the X of “What is an X?”.
fn names_in_title(title: &str) -> Vec<String> {
    let mut names = Vec::new();
    if title.contains(" / ") {
        names.extend(title.split(" / ").map(ToString::to_string));
    }
    if let Some((outside, inside)) = title.split_once('（')
        && let Some((inside, after)) = inside.split_once('）')
    {
        names.push(format!("{outside}{after}"));
        names.push(inside.to_string());
    }
    let lower = title.to_lowercase();
    for start in [
        "what is an ",
        "what is a ",
        "what is the ",
        "what is ",
        "what are ",
    ] {
        if lower.starts_with(start) && lower.ends_with('?') && lower.len() == title.len() {
            names.push(title[start.len()..title.len() - 1].to_string());
            break;
        }
    }
    names
}
