//! Parses Markdown into a tree of blocks.

use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Deeper blocks are read as if they were at this depth. Hostile nesting must not exhaust the stack, and no
/// reader could follow it.
pub const MAX_DEPTH: usize = 12;

/// HTML tags that are left out, as they mean something only in a browser. Anything else between angle brackets
/// is text: in this field, `<s>`, `<pad>`, and `<mask>` are words.
const IGNORED_TAGS: &str = "a abbr b big blockquote br center cite code del details div em figcaption \
    figure font hr i img ins kbd li ol p pre q samp section small span strong sub summary sup table tbody \
    td th thead tr tt u ul var";

const TAB: &str = "    ";

/// One block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Run>),
    /// A heading below the level of the entry's sections.
    Heading(Vec<Run>),
    /// Preformatted lines, without the final newline.
    Code(String),
    /// Items, numbered from `first` or, without it, bulleted.
    List {
        /// The number of the first item.
        first: Option<u64>,
        /// The blocks of each item.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table: the rows, of which the first is its head; all have as many cells as the head.
    Table(Vec<Vec<Cell>>),
    /// A thematic break.
    Rule,
}

/// A table cell.
pub type Cell = Vec<Run>;

/// Text in one style. A hard line break is a `\n` in it; nothing else is a control character.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Its emphasis.
    pub style: Style,
    /// The target of a link, as the author wrote it: an address or another entry's slug. It is shared because
    /// a link may span many runs.
    pub link: Option<Arc<str>>,
}

impl Run {
    /// A text without emphasis.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// The emphasis of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Strong emphasis.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Verbatim text: a formula, a name in a program.
    pub code: bool,
}

/// Reads Markdown.
#[must_use]
pub fn parse(markdown: &str) -> Vec<Block> {
    let mut tree = Tree::default();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        tree.take(event, markdown.get(range).unwrap_or_default());
    }
    tree.finish()
}

/// The headings of a text that are written with `#`.
///
/// In Markdown, a line of dashes under a paragraph also makes a heading. In real glossaries it is a divider, so
/// it does not count here.
#[must_use]
pub fn headings(markdown: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Option<Heading> = None;
    let mut nesting = 0_usize;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. })
                if nesting == 0 && markdown[range.start..].starts_with('#') =>
            {
                open = Some(Heading {
                    level: level as usize,
                    title: String::new(),
                    start: range.start,
                    end: range.end,
                });
            }
            Event::End(TagEnd::Heading(_)) => found.extend(open.take()),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => nesting += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => {
                nesting = nesting.saturating_sub(1);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut open {
                    heading.title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// A heading and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: usize,
    /// Its text without marks.
    pub title: String,
    /// The byte at which the heading begins.
    pub start: usize,
    /// The byte at which the text after it begins.
    pub end: usize,
}

/// The text of blocks as one line, without marks: for lists, for counting, for searching.
#[must_use]
pub fn one_line(blocks: &[Block]) -> String {
    let mut text = String::new();
    each_run(blocks, &mut |run| text.push_str(&run.text));
    text.truncate(text.trim_end_matches([' ', '\n']).len());
    // Most paragraphs have no other white space than single spaces between words.
    if !text.starts_with(' ') && !text.contains("  ") && !text.contains('\n') {
        return text;
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Calls `visit` for each run in reading order, with a space between blocks. Code blocks are skipped.
pub fn each_run(blocks: &[Block], visit: &mut dyn FnMut(&Run)) {
    let gap = Run {
        text: " ".to_string(),
        ..Run::default()
    };
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Heading(runs) => runs.iter().for_each(&mut *visit),
            Block::List { items, .. } => {
                for item in items {
                    each_run(item, visit);
                    visit(&gap);
                }
            }
            Block::Quote(inner) => each_run(inner, visit),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    cell.iter().for_each(&mut *visit);
                    visit(&gap);
                }
            }
            Block::Code(_) | Block::Rule => {}
        }
        visit(&gap);
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
}

/// A block that has not ended yet.
enum Open {
    Code(String),
    List {
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Item(Vec<Block>),
    Quote(Vec<Block>),
    Table(Vec<Vec<Cell>>),
    Row(Vec<Cell>),
}

#[derive(Clone, Copy)]
enum Kind {
    Paragraph,
    Heading,
    Cell,
}

/// A tree under construction. The innermost open block is last.
#[derive(Default)]
struct Tree {
    done: Vec<Block>,
    open: Vec<Open>,
    /// The text gathered since the last block began or ended.
    runs: Vec<Run>,
    bold: usize,
    italic: usize,
    links: Vec<Arc<str>>,
    /// The HTML block that is being read.
    html: String,
    /// How many containers were too deep to be opened, and so must not be closed.
    flattened: usize,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if !source.starts_with('#') => {
                self.close_runs(Kind::Paragraph);
                self.add(Block::Rule);
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, Style::default()),
            Event::Code(text) => self.text(
                &text,
                Style {
                    code: true,
                    ..Style::default()
                },
            ),
            Event::SoftBreak => self.text(" ", Style::default()),
            Event::HardBreak => self.push("\n", Style::default()),
            Event::Rule => {
                self.close_runs(Kind::Paragraph);
                self.add(Block::Rule);
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => self.html_tag(&tag),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, Style::default());
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => {
                self.close_runs(Kind::Paragraph);
            }
            Tag::CodeBlock(_) => {
                self.close_runs(Kind::Paragraph);
                self.open.push(Open::Code(String::new()));
            }
            Tag::List(first) => self.open_container(Open::List {
                first,
                items: Vec::new(),
            }),
            Tag::Item => self.open_container(Open::Item(Vec::new())),
            Tag::BlockQuote(_) => self.open_container(Open::Quote(Vec::new())),
            Tag::Table(_) => {
                self.close_runs(Kind::Paragraph);
                self.open.push(Open::Table(Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => self.open.push(Open::Row(Vec::new())),
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => self.links.push(format!("mailto:{dest_url}").into()),
            Tag::Link { dest_url, .. } => self.links.push((&*dest_url).into()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close_runs(Kind::Paragraph),
            TagEnd::Heading(_) => self.close_runs(Kind::Heading),
            TagEnd::TableCell => self.close_runs(Kind::Cell),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::CodeBlock => {
                if let Some(Open::Code(text)) = self.open.pop() {
                    self.add(Block::Code(text.trim_end_matches('\n').to_string()));
                }
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.end_container(),
            TagEnd::Table => {
                if let Some(Open::Table(rows)) = self.open.pop() {
                    self.add(Block::Table(rows));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(Open::Row(row)) = self.open.pop()
                    && let Some(Open::Table(rows)) = self.open.last_mut()
                {
                    rows.push(row);
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            _ => {}
        }
    }

    /// Ends the text gathered so far, as a block of `kind`.
    fn close_runs(&mut self, kind: Kind) {
        let mut runs = std::mem::take(&mut self.runs);
        trim(&mut runs);
        match kind {
            Kind::Cell => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(runs);
                }
            }
            _ if runs.is_empty() => {}
            Kind::Paragraph => self.add(Block::Paragraph(runs)),
            Kind::Heading => self.add(Block::Heading(runs)),
        }
    }

    fn open_container(&mut self, container: Open) {
        self.close_runs(Kind::Paragraph);
        if self.open.len() >= MAX_DEPTH {
            self.flattened += 1;
        } else {
            self.open.push(container);
        }
    }

    fn end_container(&mut self) {
        self.close_runs(Kind::Paragraph);
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::List { first, items }) => self.add(Block::List { first, items }),
            Some(Open::Quote(blocks)) => self.add(Block::Quote(blocks)),
            Some(Open::Item(blocks)) => {
                if let Some(Open::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Item(blocks) | Open::Quote(blocks)) => blocks.push(block),
            Some(Open::List { items, .. }) => items.push(vec![block]),
            _ => self.done.push(block),
        }
    }

    fn text(&mut self, text: &str, style: Style) {
        if let Some(Open::Code(code)) = self.open.last_mut() {
            for c in text.chars() {
                match c {
                    '\t' => code.push_str(TAB),
                    '\n' => code.push(c),
                    _ if is_unprintable(c) => {}
                    _ => code.push(c),
                }
            }
            return;
        }
        // Nearly all text needs no change.
        if !holds(text, is_unprintable) {
            return self.push(text, style);
        }
        let clean: String = text
            .chars()
            .map(|c| {
                if c.is_whitespace() && c.is_control() {
                    ' '
                } else {
                    c
                }
            })
            .filter(|&c| !is_unprintable(c))
            .collect();
        self.push(&clean, style);
    }

    /// Reads a block of HTML for its text.
    fn html_block(&mut self) {
        let html = std::mem::take(&mut self.html);
        let mut rest = html.as_str();
        while let Some((text, tagged)) = rest.find('<').map(|at| rest.split_at(at)) {
            self.text(text, Style::default());
            let end = if tagged.starts_with("<!--") {
                "-->"
            } else {
                ">"
            };
            let Some(at) = tagged.find(end) else {
                rest = if end == ">" { tagged } else { "" };
                break;
            };
            let (tag, after) = tagged.split_at(at + end.len());
            self.html_tag(tag);
            rest = after;
        }
        self.text(rest, Style::default());
        self.close_runs(Kind::Paragraph);
    }

    fn html_tag(&mut self, tag: &str) {
        let inner = tag.trim_start_matches('<').trim_start_matches('/');
        let name = inner
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if name == "br" {
            self.push("\n", Style::default());
        } else if !inner.starts_with(['!', '?']) && !IGNORED_TAGS.split(' ').any(|tag| tag == name)
        {
            self.text(tag, Style::default());
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        let style = Style {
            bold: style.bold || self.bold > 0,
            italic: style.italic || self.italic > 0,
            ..style
        };
        let link = self.links.last();
        match self.runs.last_mut() {
            Some(run) if run.style == style && run.link.as_ref() == link => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_string(),
                style,
                link: link.cloned(),
            }),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_runs(Kind::Paragraph);
        self.done
    }
}

/// Whether a terminal would obey a character instead of showing it: control characters, and overrides of the
/// writing direction.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c < ' '
        || (c > '~'
            && (c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')))
}

/// Whether a character does not belong in a source text. Line ends and tabs do.
#[must_use]
pub fn is_out_of_place(c: char) -> bool {
    is_unprintable(c) && c != '\n' && c != '\t'
}

/// A text without characters that do not belong in a source text.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().filter(|&c| !is_out_of_place(c)).collect()
}

/// Whether a text contains such a character; printable ASCII never counts.
#[must_use]
pub fn holds(text: &str, is_such: impl Fn(char) -> bool) -> bool {
    // Most texts have nothing else, and bytes compare faster than characters.
    !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.contains(is_such)
}

/// Removes white space from both ends of a block's text.
fn trim(runs: &mut Vec<Run>) {
    let blank = |run: &Run| run.text.trim_matches([' ', '\n']).is_empty();
    runs.truncate(
        runs.iter()
            .rposition(|run| !blank(run))
            .map_or(0, |last| last + 1),
    );
    runs.drain(..runs.iter().position(|run| !blank(run)).unwrap_or(0));
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start_matches([' ', '\n']).to_string();
    }
    if let Some(last) = runs.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches([' ', '\n']).len());
    }
}

#[cfg(test)]
mod tests;
