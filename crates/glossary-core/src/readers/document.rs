//! Markdown as a tree of nodes that know where in the source they are, so that parts of the source can
//! become entries as they are written.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::lines::indent;
use super::macros::link;
use crate::entry::markdown::MAX_DEPTH;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(usize),
    Paragraph,
    List,
    Item,
    DefinitionList,
    Name,
    Definition,
    Table,
    Row,
    Cell,
    Quote,
    Code,
    /// The mark under the text that a list of pages shows.
    More,
    Rule,
}

/// A block, or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Where it is in the source.
    pub(super) range: Range<usize>,
    /// Where the text in it is, without the marks around it.
    pub(super) inner: Range<usize>,
    /// The text of a block that holds no others, without marks.
    pub(super) text: String,
    /// The bold text that it begins with, and where the rest begins.
    pub(super) lead: Option<(String, usize)>,
    /// Whether there is text that is not of an image.
    has_words: bool,
    pub(super) children: Vec<Node>,
}

/// A link in the source.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) range: Range<usize>,
    pub(super) target: String,
    pub(super) text: String,
}

/// A text in Markdown, parsed.
#[derive(Debug, Default)]
pub(super) struct Document {
    source: String,
    pub(super) nodes: Vec<Node>,
    links: Vec<Link>,
    /// What to write in the place of parts of the source.
    edits: Vec<(Range<usize>, String)>,
    /// Where footnotes are referred to, and their labels.
    references: Vec<(usize, String)>,
    /// Labels and texts of footnotes.
    footnotes: Vec<(String, Range<usize>)>,
    /// Names of places, and where they are.
    ids: Vec<(usize, String)>,
}

impl Document {
    /// Parses Markdown.
    pub(super) fn parse(source: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_WIKILINKS;
        let mut builder = Builder::new(source);
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            builder.take(event, range);
        }
        builder.finish()
    }

    /// The Markdown of a range, with wiki links and reference links as plain links, and without
    /// footnotes and other marks that the rest of the program does not read.
    pub(super) fn markdown(&self, range: Range<usize>) -> String {
        let before = self.source.get(..range.start).unwrap_or_default();
        let column = range.start - before.rfind('\n').map_or(0, |newline| newline + 1);
        let mut text = String::new();
        let mut at = range.start;
        let first = self
            .edits
            .partition_point(|(edit, _)| edit.start < range.start);
        for (edit, replacement) in &self.edits[first..] {
            if edit.end > range.end {
                break;
            }
            if edit.start >= at {
                text.push_str(&self.source[at..edit.start]);
                text.push_str(replacement);
                at = edit.end;
            }
        }
        text.push_str(self.source.get(at..range.end).unwrap_or_default());
        let lines = text.split('\n').enumerate().map(|(number, line)| {
            let outer = if number == 0 {
                0
            } else {
                indent(line).min(column)
            };
            &line[outer..]
        });
        lines.collect::<Vec<_>>().join("\n").trim().to_string()
    }

    /// The Markdown of a range with the footnotes that it refers to.
    pub(super) fn excerpt(&self, range: Range<usize>) -> String {
        let mut text = self.markdown(range.clone());
        for note in self.notes(&range) {
            text.push_str("\n\n");
            text.push_str(&note);
        }
        text
    }

    /// The footnotes that a range refers to, each once.
    pub(super) fn notes(&self, range: &Range<usize>) -> Vec<String> {
        let references = within(&self.references, range, |(at, _)| *at);
        let labels: BTreeSet<&str> = references.iter().map(|(_, label)| label.as_str()).collect();
        let footnotes = self.footnotes.iter();
        let notes = footnotes.filter(|(label, _)| labels.contains(label.as_str()));
        notes.map(|(_, text)| self.markdown(text.clone())).collect()
    }

    /// The links in a range.
    pub(super) fn links(&self, range: &Range<usize>) -> &[Link] {
        within(&self.links, range, |link| link.range.start)
    }

    /// Whether a line ends at a byte, perhaps with a mark for that.
    pub(super) fn ends_line(&self, byte: usize) -> bool {
        let rest = self.source.get(byte..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\\']);
        rest.starts_with('\n') || rest.starts_with("<br") || rest.is_empty()
    }

    /// The names of places in a range.
    pub(super) fn ids(&self, range: &Range<usize>) -> impl Iterator<Item = &str> {
        within(&self.ids, range, |(at, _)| *at)
            .iter()
            .map(|(_, id)| id.as_str())
    }

    /// The Markdown of a block by itself.
    pub(super) fn block(&self, node: &Node) -> String {
        match node.kind {
            Kind::Heading(level) => {
                format!(
                    "{} {}",
                    "#".repeat(level),
                    self.markdown(node.inner.clone())
                )
            }
            Kind::Code => {
                let ticks = node
                    .text
                    .split(|c| c != '`')
                    .map(str::len)
                    .max()
                    .unwrap_or(0);
                let fence = "`".repeat(ticks.max(2) + 1);
                format!("{fence}\n{}\n{fence}", node.text.trim_end_matches('\n'))
            }
            Kind::DefinitionList => {
                let mut lines = Vec::new();
                for child in &node.children {
                    let text = self.markdown(child.range.clone());
                    match lines.last_mut() {
                        Some(line) if child.kind == Kind::Definition => {
                            *line = format!("{line}: {}", text.trim_start_matches([':', ' ']));
                        }
                        _ => lines.push(text),
                    }
                }
                lines.join("\n\n")
            }
            _ => self.markdown(node.range.clone()),
        }
    }
}

impl Node {
    /// Whether it is a paragraph of nothing but images.
    pub(super) fn is_image(&self) -> bool {
        self.kind == Kind::Paragraph && !self.has_words
    }
}

/// The part of a list in the order of places that lies in a range.
fn within<'l, T>(list: &'l [T], range: &Range<usize>, place: impl Fn(&T) -> usize) -> &'l [T] {
    let start = list.partition_point(|item| place(item) < range.start);
    let end = list.partition_point(|item| place(item) < range.end);
    list.get(start..end).unwrap_or_default()
}

struct Builder<'s> {
    source: &'s str,
    done: Document,
    /// Nodes whose end has not been seen yet, the innermost last.
    open: Vec<Node>,
    /// Nodes that were not opened for being nested too deep.
    flattened: usize,
    /// Links whose end has not been seen yet; `None` for images.
    links: Vec<Option<Link>>,
    /// Where the bold text at the beginning of a block began.
    bold: Option<usize>,
    footnote: Option<String>,
    /// Whether the text is a mark that is not shown.
    is_hidden: bool,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            done: Document {
                source: source.to_string(),
                ..Document::default()
            },
            open: Vec::new(),
            flattened: 0,
            links: Vec::new(),
            bold: None,
            footnote: None,
            is_hidden: false,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                self.text(&text, range);
            }
            Event::SoftBreak | Event::HardBreak => self.text(" ", range),
            Event::Rule => {
                self.open(Kind::Rule, range);
                self.finish_node();
            }
            Event::Html(html) => match html.trim() {
                "" => {}
                mark if mark.starts_with("<!--") => {
                    self.open(Kind::More, range);
                    self.finish_node();
                }
                _ => self.text(&html, range),
            },
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.done.references.push((range.start, label.to_string()));
                self.edit(range, "");
            }
            Event::TaskListMarker(_) => {
                let space = usize::from(self.source[range.end..].starts_with(' '));
                self.edit(range.start..range.end + space, "");
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| (range.start, id.to_string()));
                self.done.ids.extend(id);
                Kind::Heading(level as usize)
            }
            Tag::Paragraph => Kind::Paragraph,
            Tag::List(_) => Kind::List,
            Tag::Item => Kind::Item,
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::Name,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Table(_) => Kind::Table,
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(_) => Kind::Code,
            Tag::HtmlBlock => return self.close_implied(),
            Tag::FootnoteDefinition(label) => {
                self.footnote = Some(label.to_string());
                Kind::Quote
            }
            inline => return self.start_inline(inline, range),
        };
        self.open(kind, range);
    }

    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Strong => {
                self.imply(&range);
                let is_first = self
                    .open
                    .last()
                    .is_some_and(|node| node.text.trim().is_empty());
                self.bold = is_first.then_some(range.start);
            }
            Tag::Emphasis => self.imply(&range),
            Tag::Strikethrough => {
                self.imply(&range);
                let marks = if self.source[range.clone()].starts_with("~~") {
                    2
                } else {
                    1
                };
                self.edit(range.start..range.start + marks, "");
                self.edit(range.end - marks..range.end, "");
            }
            Tag::Image { link_type, .. } => {
                self.imply(&range);
                if matches!(link_type, LinkType::WikiLink { .. }) {
                    self.edit(range, "");
                }
                self.links.push(None);
            }
            Tag::Link {
                link_type: LinkType::WikiLink { .. },
                dest_url,
                ..
            } if self.is_after_title() => {
                self.done.ids.push((range.start, dest_url.to_string()));
                self.edit(range, "");
                self.links.push(None);
                self.is_hidden = true;
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.imply(&range);
                self.links.push(Some(Link {
                    range: range.clone(),
                    target: dest_url.to_string(),
                    text: String::new(),
                }));
                self.rewrite(link_type, range, &dest_url);
            }
            _ => {}
        }
    }

    /// Makes a plain link of a wiki link or a reference link.
    fn rewrite(&mut self, link_type: LinkType, range: Range<usize>, target: &str) {
        let source = &self.source[range.clone()];
        match link_type {
            LinkType::WikiLink { .. } => {
                let inner = source.trim_matches(['[', ']']);
                let text = match inner.split_once('|') {
                    Some((_, text)) => text,
                    None => target
                        .split('#')
                        .next()
                        .unwrap_or(target)
                        .rsplit('/')
                        .next()
                        .unwrap_or(target),
                };
                self.edit(range, &link(text, target));
            }
            LinkType::Reference | LinkType::Collapsed => {
                let label = source.rfind('[').unwrap_or(source.len());
                self.edit(range.start + label..range.end, &format!("(<{target}>)"));
            }
            LinkType::Shortcut => self.edit(range.end..range.end, &format!("(<{target}>)")),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strong => {
                if self.bold.take().is_some()
                    && let Some(node) = self.open.last_mut()
                {
                    node.lead = Some((node.text.trim().to_string(), range.end));
                }
            }
            TagEnd::Image => {
                self.links.pop();
            }
            TagEnd::Link => {
                self.is_hidden = false;
                let Some(Some(link)) = self.links.pop() else {
                    return;
                };
                if let Some(node) = self.open.last_mut()
                    && let Some((lead, end)) = &mut node.lead
                    && range.contains(end)
                    && *lead == node.text.trim()
                {
                    *end = range.end;
                }
                self.done.links.push(link);
            }
            TagEnd::HtmlBlock => self.close_implied(),
            TagEnd::FootnoteDefinition => {
                self.close_implied();
                if self.flattened > 0 {
                    self.flattened -= 1;
                } else if let (Some(label), Some(node)) = (self.footnote.take(), self.open.pop())
                    && let Some((first, last)) = node.children.first().zip(node.children.last())
                {
                    let text = first.range.start..last.range.end;
                    self.done.footnotes.push((label, text));
                }
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle => self.finish_node(),
            TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition => {
                self.close();
            }
            _ => {}
        }
    }

    /// Text in a list item or the like is a paragraph, even if the parser does not say so.
    fn imply(&mut self, range: &Range<usize>) {
        let is_container = self.open.last().is_none_or(|node| {
            matches!(
                node.kind,
                Kind::List | Kind::Item | Kind::Definition | Kind::Quote
            )
        });
        if is_container {
            self.push(Kind::Paragraph, range.clone());
        }
        if let Some(node) = self.open.last_mut() {
            node.range.end = node.range.end.max(range.end);
            if node.inner.is_empty() {
                node.inner.start = range.start;
            }
            node.inner.end = node.inner.end.max(range.end);
        }
    }

    fn close_implied(&mut self) {
        if self
            .open
            .last()
            .is_some_and(|node| node.kind == Kind::Paragraph)
        {
            self.finish_node();
        }
    }

    fn open(&mut self, kind: Kind, range: Range<usize>) {
        self.close_implied();
        let is_leaf = matches!(
            kind,
            Kind::Paragraph
                | Kind::Heading(_)
                | Kind::Code
                | Kind::Cell
                | Kind::Name
                | Kind::More
                | Kind::Rule
        );
        if self.open.len() >= 2 * MAX_DEPTH && !is_leaf {
            self.flattened += 1;
        } else {
            self.push(kind, range);
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        self.bold = None;
        self.open.push(Node {
            kind,
            inner: range.start..range.start,
            range,
            text: String::new(),
            lead: None,
            has_words: false,
            children: Vec::new(),
        });
    }

    /// Ends a block that holds others.
    fn close(&mut self) {
        self.close_implied();
        if self.flattened > 0 {
            self.flattened -= 1;
        } else {
            self.finish_node();
        }
    }

    fn finish_node(&mut self) {
        if let Some(node) = self.open.pop() {
            match self.open.last_mut() {
                Some(parent) => parent.children.push(node),
                None => self.done.nodes.push(node),
            }
        }
    }

    /// Whether the text of a heading came before.
    fn is_after_title(&self) -> bool {
        let node = self.open.last();
        node.is_some_and(|node| {
            matches!(node.kind, Kind::Heading(_)) && !node.text.trim().is_empty()
        })
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_hidden {
            return;
        }
        self.imply(&range);
        let in_image = self.links.last().is_some_and(Option::is_none);
        for link in self.links.iter_mut().flatten() {
            link.text.push_str(text);
        }
        if let Some(node) = self.open.last_mut() {
            node.text.push_str(text);
            node.has_words |= !in_image && text.contains(char::is_alphanumeric);
        }
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match html
            .strip_prefix("<a id=\"")
            .and_then(|rest| rest.split('"').next())
        {
            Some(id) => {
                self.done.ids.push((range.start, id.to_string()));
                self.edit(range, "");
            }
            None if html == "</a>" => self.edit(range, ""),
            None if html.starts_with("<br") => self.text(" ", range),
            None => self.text(html, range),
        }
    }

    fn edit(&mut self, range: Range<usize>, replacement: &str) {
        self.done.edits.push((range, replacement.to_string()));
    }

    fn finish(mut self) -> Document {
        while !self.open.is_empty() {
            self.finish_node();
        }
        self.done.edits.sort_by_key(|(range, _)| range.start);
        self.done.links.sort_by_key(|link| link.range.start);
        self.done
    }
}
