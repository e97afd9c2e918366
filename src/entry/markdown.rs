//! Markdown as a tree of blocks: what an entry's text says, free of how it was typed.
//!
//! Owns the reading of Markdown and is the only place that names `pulldown_cmark`. It must not know
//! which section it reads, nor how blocks are laid out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Blocks nested deeper than this are read as if they stood at this depth: hostile nesting must not
/// exhaust the stack, and no reader can follow it anyway.
pub const MAX_DEPTH: usize = 12;

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
    /// What it says.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads, as the author wrote it: an address or another entry's slug.
    pub link: Option<String>,
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
    for event in Parser::new_ext(markdown, options()) {
        tree.take(event);
    }
    tree.finish()
}

/// The headings in a text that are written with `#`, as (level, title, where the heading begins,
/// where what follows begins), both in bytes.
///
/// A line of dashes under a paragraph makes a heading in Markdown too; in the files that people keep
/// it is a divider, so it does not count here.
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

/// A heading and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: usize,
    /// Its text without marks.
    pub title: String,
    /// Where the heading begins, in bytes.
    pub start: usize,
    /// Where what follows it begins, in bytes.
    pub end: usize,
}

/// The text of blocks as one line, without marks: for lists, for counting, for searching.
#[must_use]
pub fn one_line(blocks: &[Block]) -> String {
    let mut text = String::new();
    each_run(blocks, &mut |run| text.push_str(&run.text));
    let words: Vec<&str> = text
        .split([' ', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Calls `visit` for each run in reading order, with a run of one space between two blocks; code
/// blocks are passed over.
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

/// A block whose end has not been seen yet.
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

/// Blocks under construction: the innermost open one is last.
#[derive(Default)]
struct Tree {
    done: Vec<Block>,
    open: Vec<Open>,
    /// The text gathered since the last block began or ended.
    runs: Vec<Run>,
    bold: usize,
    italic: usize,
    links: Vec<String>,
    /// Containers that were not opened for being nested too deep, and so must not be closed.
    flattened: usize,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
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
            // Marked-up text without its marks: a terminal has no use for the tags.
            Event::Html(_) | Event::InlineHtml(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, Style::default())
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.close_runs(Kind::Paragraph),
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
            Tag::Link { dest_url, .. } => self.links.push(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close_runs(Kind::Paragraph),
            TagEnd::Heading(_) => self.close_runs(Kind::Heading),
            TagEnd::TableCell => self.close_runs(Kind::Cell),
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
                if let Some(Open::Row(row)) = self.open.pop() {
                    if let Some(Open::Table(rows)) = self.open.last_mut() {
                        rows.push(row);
                    }
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
            code.extend(text.chars().filter(|&c| c == '\n' || !c.is_control()));
            return;
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
            .filter(|c| !c.is_control())
            .collect();
        self.push(&clean, style);
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

/// Takes white space off both ends of a block's text.
fn trim(runs: &mut Vec<Run>) {
    while let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start_matches([' ', '\n']).to_string();
        if !first.text.is_empty() {
            break;
        }
        runs.remove(0);
    }
    while let Some(last) = runs.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches([' ', '\n']).len());
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
}
