//! An entry while it is being read: what keys, sections, and labels say is gathered in one place, in
//! whatever form it is written.

use super::prepare::prepare;
use super::words::{Role, is_in, is_weak, role};
use crate::entry::Entry;
use crate::entry::front_matter::FrontMatter;
use crate::entry::normalize::fold;
use crate::entry::outline::{Block, Kind, blocks, plain};
use crate::entry::related::{self, Reference};

/// An entry whose relations are not resolved yet.
#[derive(Debug, Default)]
pub struct Draft {
    /// The line of the file at which it begins.
    pub line: usize,
    /// What it is called by; empty until it is made of the title.
    pub(super) slug: String,
    /// Whether it is the only entry of its file, whose name is its slug.
    pub(super) is_page: bool,
    /// The entry of a file in the native layout, which has all that the fields below have.
    pub(super) native: Option<Entry>,
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
type Chunk = (Place, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A paragraph that may be the summary.
    Paragraph,
    /// The text behind a label or heading Definition.
    Definition,
    /// The mark under the text that a list of pages shows.
    More,
    Heading,
    /// A block that is the Summary only if the text has no paragraph.
    Other,
}

impl Draft {
    /// An entry with a title.
    pub(super) fn new(title: &str, line: usize) -> Self {
        let mut draft = Self::default();
        draft.front.title = title.trim_end_matches([':', '：', ' ']).trim().to_string();
        draft.line = line;
        // The parts of `A / B`, and the X of “What is an X?”.
        title.split(" / ").for_each(|name| draft.add_name(name));
        let question = title.strip_suffix('?').unwrap_or_default();
        if let Some(name) = question.strip_prefix("What is ") {
            let (first, rest) = name.split_once(' ').unwrap_or_default();
            draft.add_name(if is_in(first, "article") { rest } else { name });
        }
        draft
    }

    pub(super) fn add_names(&mut self, names: &[String]) {
        for name in names {
            self.add_name(name);
        }
    }

    pub(super) fn add_name(&mut self, name: &str) {
        let name = name.trim().trim_matches(['"', '“', '”', '*', '_', '`']);
        let name = name.trim_end_matches('.').trim();
        let mut known = self.front.aliases.iter();
        let is_known = known.any(|known| fold(known) == fold(name));
        let is_address = name.starts_with('/') || name.contains("://") || name.contains(".html");
        let is_name = name.contains(char::is_alphanumeric) && !is_address;
        if is_name && !is_known && name != self.front.title {
            self.front.aliases.push(name.to_string());
        }
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        let is_text = |text: &String| text.contains(char::is_alphanumeric) && text != "null";
        let is_explained = is_text(&self.summary) || is_text(&self.eli5);
        !is_explained && !self.in_depth.iter().any(is_text) && self.related.is_empty()
    }

    /// Adds Markdown with macros: the text of a key, a cell, or an item of data.
    pub(super) fn absorb_text(&mut self, text: &str) {
        self.absorb(&blocks(&prepare(text, &Vec::new()).text), &[]);
    }

    /// Adds Markdown: its sections, names, and relations, and what remains as text. The footnotes that it
    /// refers to are among the blocks of its file.
    pub(super) fn absorb(&mut self, blocks: &[Block], file: &[Block]) {
        let mut chunks = Vec::new();
        self.gather(blocks, &mut chunks);
        let texts: Vec<&str> = chunks.iter().map(|(_, text)| text.as_str()).collect();
        let text = texts.join("\n\n");
        let links = related::links(&text).into_iter();
        self.links.extend(links.filter(|link| !link.is_web()));
        let notes = file.partition_point(|block| block.kind != Kind::Footnote);
        for note in &file[notes..] {
            let (mark, note) = note.text.split_once(':').unwrap_or_default();
            if text.contains(mark) {
                for (_, text) in &mut chunks {
                    *text = text.replace(mark, "");
                }
                chunks.push((Place::Other, note.trim().replace("\n    ", "\n")));
            }
        }
        self.settle(chunks);
    }

    fn gather(&mut self, blocks: &[Block], chunks: &mut Vec<Chunk>) {
        let mut rest = blocks;
        while let [block, after @ ..] = rest {
            rest = after;
            if let Some((role, length)) = opens(block, after)
                && self.section(role, &after[..length], chunks)
            {
                rest = &after[length..];
            } else if !block.is_heading() {
                self.block(block, chunks);
            } else if !block.text.is_empty() {
                chunks.push((Place::Heading, block.markdown()));
            }
        }
    }

    /// Takes in a section that is a depth, or gives nothing but names or relations.
    fn section(&mut self, role: Role, content: &[Block], chunks: &mut Vec<Chunk>) -> bool {
        let texts: Vec<String> = content.iter().map(Block::markdown).collect();
        let text = texts.join("\n\n");
        match role {
            Role::Summary => {
                let key = std::mem::replace(&mut self.summary, text);
                self.in_depth.insert(0, key);
            }
            Role::Eli5 => self.eli5 = text,
            Role::Names | Role::Related => return self.take_names(role, &text),
            _ => {
                let start = chunks.len();
                self.gather(content, chunks);
                let is_first = |(place, _): &&mut Chunk| *place == Place::Paragraph;
                let first = chunks[start..].iter_mut().find(is_first);
                if let (Role::Text, Some((place, _))) = (role, first) {
                    *place = Place::Definition;
                }
            }
        }
        true
    }

    /// Takes names or relations; gives whether the text says nothing more.
    fn take_names(&mut self, role: Role, text: &str) -> bool {
        let (references, says_more) = related::references(text);
        if role == Role::Related {
            self.related.extend(references);
        } else if !says_more {
            let names = references.into_iter().map(|name| name.text);
            self.add_names(&names.collect::<Vec<_>>());
        }
        !says_more
    }

    /// Takes what a block says if it gives nothing but names or relations; otherwise it is text.
    fn block(&mut self, block: &Block, chunks: &mut Vec<Chunk>) {
        let quote = block.text.strip_prefix("> **See also:**");
        let quote = quote.map(|text| text.replace("\n> ", "\n").replace("\n>", "\n"));
        if quote.is_some_and(|text| self.take_names(Role::Related, &text)) {
            return;
        }
        let mut items = block.rows.iter().map(|(_, texts)| &texts[0]);
        let is_labeled = items.any(|item| label_role(item).is_some());
        match block.kind {
            Kind::Rule | Kind::Footnote => {}
            _ if related::is_navigation(block) => {}
            Kind::More => chunks.push((Place::More, String::new())),
            Kind::Paragraph => {
                for line in lines(&block.text) {
                    self.paragraph(&line, chunks);
                }
            }
            Kind::List if is_labeled => {
                for (_, texts) in &block.rows {
                    self.paragraph(&texts[0], chunks);
                }
            }
            _ => chunks.push((Place::Other, block.markdown())),
        }
    }

    fn paragraph(&mut self, text: &str, chunks: &mut Vec<Chunk>) {
        if let Some(names) = related::also_known(text) {
            return self.add_names(&names);
        }
        let (name, rest) = label(text).unwrap_or_default();
        let place = match role(name) {
            Some(role @ (Role::Names | Role::Related)) if self.take_names(role, rest) => return,
            Some(Role::Eli5) => return self.eli5 = rest.to_string(),
            Some(Role::Text | Role::Summary) => {
                return chunks.push((Place::Definition, rest.to_string()));
            }
            Some(Role::Names | Role::Related) => Place::Other,
            _ if is_weak(name) => Place::Other,
            _ => Place::Paragraph,
        };
        chunks.push((place, text.to_string()));
    }

    /// Makes one of the chunks the Summary, unless the draft has one; the others are in-depth text.
    fn settle(&mut self, mut chunks: Vec<Chunk>) {
        let find = |wanted| chunks.iter().position(|(place, _)| *place == wanted);
        let (definition, paragraph) = (find(Place::Definition), find(Place::Paragraph));
        let more = find(Place::More).filter(|&more| more > 0 && definition.is_none());
        if self.summary.is_empty() {
            let first = definition.or(paragraph).or(find(Place::Other));
            let first = first.unwrap_or(chunks.len());
            let mut end = chunks.len().min(first + 1);
            // What follows a colon belongs to it.
            if let Some([(_, text), (Place::Other, _)]) = chunks.get(first..first + 2) {
                end += usize::from(text.ends_with(':'));
            }
            let taken = chunks.drain(more.map_or(first..end, |more| 0..more));
            let taken: Vec<String> = taken.map(|(_, text)| text).collect();
            self.summary = taken.join("\n\n");
        } else if let Some(first) = paragraph
            && fold(&plain(&chunks[first].1)) == fold(&plain(&self.summary))
        {
            chunks.remove(first);
        }
        let rest = chunks.into_iter().map(|(_, text)| text);
        self.in_depth.extend(rest.filter(|text| !text.is_empty()));
    }
}

/// The role of a section that a block opens, and how many blocks it has: of a heading, or of a label
/// with a list under it.
fn opens(block: &Block, after: &[Block]) -> Option<(Role, usize)> {
    let Kind::Heading(level) = block.kind else {
        let (name, _) = label(&block.text).filter(|(_, rest)| rest.is_empty())?;
        let is_list = after.first().is_some_and(|list| list.kind == Kind::List);
        let role = role(name).filter(|role| matches!(role, Role::Names | Role::Related));
        return role.filter(|_| is_list).map(|role| (role, 1));
    };
    let ends = |block: &Block| match block.kind {
        Kind::Heading(next) => next <= level || section_role(&block.text).is_some(),
        _ => false,
    };
    let length = after.iter().position(ends).unwrap_or(after.len());
    section_role(&block.text).map(|role| (role, length))
}

/// The role of a heading that opens a section.
fn section_role(heading: &str) -> Option<Role> {
    use Role::{Eli5, InDepth, Names, Related, Summary};
    let opens = |role: &Role| matches!(role, Summary | Eli5 | InDepth | Names | Related);
    let is_definition = fold(heading) == "definition";
    role(heading).filter(|role| is_definition || opens(role))
}

/// The role of the label that a paragraph begins with, if it has one that entries have.
fn label_role(paragraph: &str) -> Option<Role> {
    use Role::{Eli5, Names, Related, Summary, Text};
    let (name, _) = label(paragraph)?;
    role(name).filter(|role| matches!(role, Summary | Text | Eli5 | Names | Related))
}

/// The label that a text begins with, and what follows it: `**Context:** …`, `_See also_: …`.
fn label(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_start_matches(['*', '_', '(']);
    let (name, rest) = bare.split_once([':', '：'])?;
    let is_label = name.split_whitespace().count() <= 4 && !rest.starts_with(['/', ':']);
    let mut rest = rest.trim_start_matches(['*', '_', ' ', '\n']);
    if bare.len() < text.len() && !text.starts_with("**") {
        rest = rest.trim_end_matches(['*', '_', ')']);
    }
    is_label.then(|| (name.trim_matches(['*', '_', ' ']), rest))
}

/// The lines of a paragraph that begin with labels, each by itself; otherwise all of them.
fn lines(paragraph: &str) -> Vec<String> {
    let is_bold = |line: &str| line.starts_with("**") && label(line).is_some();
    let all_bold = is_bold(paragraph);
    let mut lines: Vec<String> = Vec::new();
    let mut ends = true;
    for line in paragraph.lines() {
        let role = label_role(line);
        if ends || role.is_some() || all_bold && is_bold(line) {
            lines.push(line.to_string());
        } else if let Some(last) = lines.last_mut() {
            last.push('\n');
            last.push_str(line);
        }
        // A list of names or relations takes one line.
        ends = matches!(role, Some(Role::Names | Role::Related));
    }
    lines
}
