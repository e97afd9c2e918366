//! Markdown as a tree of blocks: what an entry's text says, free of how it was typed.
//!
//! Owns the reading of Markdown and is the only place that names `pulldown_cmark`. It must not know
//! which section it reads, nor how blocks are laid out.

use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Blocks nested deeper than this are read as if they stood at this depth: hostile nesting must not
/// exhaust the stack, and no reader can follow it anyway.
pub const MAX_DEPTH: usize = 12;

/// HTML tags that say nothing without a browser, and so are left out. Whatever else stands between
/// angle brackets is text: in this field `<s>`, `<pad>` and `<mask>` are words.
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
    /// What it says.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads, as the author wrote it: an address or another entry's slug. Shared, as one link
    /// may span many runs.
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
    links: Vec<Arc<str>>,
    /// The HTML block that is being read.
    html: String,
    /// Containers that were not opened for being nested too deep, and so must not be closed.
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
        // Nearly all text is as it should be, and is taken as it stands.
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

/// Characters that a terminal obeys instead of showing: the control characters and the overrides of
/// writing direction.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c < ' '
        || (c > '~'
            && (c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')))
}

/// Whether a character has no place in a source: line ends and tabs have one there.
#[must_use]
pub fn is_out_of_place(c: char) -> bool {
    is_unprintable(c) && c != '\n' && c != '\t'
}

/// A text without characters that have no place in a source.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().filter(|&c| !is_out_of_place(c)).collect()
}

/// Whether a text contains such a character, of which printable ASCII is none.
#[must_use]
pub fn holds(text: &str, is_such: impl Fn(char) -> bool) -> bool {
    // Most texts have nothing else, and bytes compare faster than characters.
    !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.contains(is_such)
}

/// Takes white space off both ends of a block's text.
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
mod tests {
    use super::*;

    /// Blocks in a short notation: `p` a paragraph, `h` a heading, `c` code, `ul`/`ol` lists with their
    /// items in brackets, `q` a quote, `t` a table; `*bold*`, `/italic/`, `` `code` ``, `text@link`.
    fn notation(blocks: &[Block]) -> String {
        let run = |run: &Run| {
            let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
            let marks = [
                mark(run.style.bold, "*"),
                mark(run.style.italic, "/"),
                mark(run.style.code, "`"),
            ];
            let text = run.text.replace('\n', "\u{23ce}");
            let closing: String = marks.iter().rev().copied().collect();
            let link = run
                .link
                .as_ref()
                .map(|link| format!("@{link}"))
                .unwrap_or_default();
            [marks.concat(), text, closing, link].concat()
        };
        let runs = |runs: &[Run]| runs.iter().map(run).collect::<String>();
        let block = |block: &Block| match block {
            Block::Paragraph(text) => format!("p({})", runs(text)),
            Block::Heading(text) => format!("h({})", runs(text)),
            Block::Code(text) => format!("c({text})"),
            Block::Quote(inner) => format!("q({})", notation(inner)),
            Block::Rule => "rule".to_string(),
            Block::List { first, items } => {
                let name = first.map_or("ul".to_string(), |first| format!("ol{first}"));
                let items: Vec<String> = items.iter().map(|item| notation(item)).collect();
                format!("{name}[{}]", items.join(" | "))
            }
            Block::Table(rows) => {
                let rows: Vec<String> = rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|cell| runs(cell))
                            .collect::<Vec<_>>()
                            .join(", ")
                    })
                    .collect();
                format!("t[{}]", rows.join(" | "))
            }
        };
        blocks.iter().map(block).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn markdown_reads_as() {
        for (markdown, read) in [
            ("a\nb", "p(a b)"),
            ("a  \nb\\\nc", "p(a⏎b⏎c)"),
            ("a<br>b<br/>c", "p(a⏎b⏎c)"),
            (
                "_a_ __b__ ***c*** snake_case_name",
                "p(/a/ *b* */c/* snake_case_name)",
            ),
            ("un**friggin**believable", "p(un*friggin*believable)"),
            ("``a ` b``", "p(`a ` b`)"),
            ("~~~rust\nlet a;\n~~~", "c(let a;)"),
            ("```\n\tif x:\n```", "c(    if x:)"),
            ("- a\n    - b\n        - c", "ul[p(a) ul[p(b) ul[p(c)]]]"),
            ("- a\n  still a\n- b", "ul[p(a still a) | p(b)]"),
            ("- a\n\n  more\n\n- b", "ul[p(a) p(more) | p(b)]"),
            ("- a\n\n- b", "ul[p(a) | p(b)]"),
            ("3. a\n4. b\n   ```\n   c\n   ```", "ol3[p(a) | p(b) c(c)]"),
            ("-\n- b", "ul[ | p(b)]"),
            (
                "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
                "ul[p(x) t[a, b | 1, 2]]",
            ),
            ("| a | b |\n|--|--|\n| `x` |", "t[a, b | `x`, ]"),
            ("> a\n>> b", "q(p(a) q(p(b)))"),
            ("Title\n=====\ntext", "h(Title) p(text)"),
            ("text\n---\nmore", "p(text) rule p(more)"),
            ("## Title ##", "h(Title)"),
            (
                "AT&amp;T &lt;tag&gt; &copy; &nbsp;x",
                "p(AT&T <tag> © \u{a0}x)",
            ),
            (r"\* \_ \# \[x\]", "p(* _ # [x])"),
            (
                "[GAN](gan) <https://a.b> <me@a.b>",
                "p(GAN@gan https://a.b@https://a.b me@a.b@mailto:me@a.b)",
            ),
            (
                "[a *b*][r]\n\n[r]: http://x.y",
                "p(a @http://x.y/b/@http://x.y)",
            ),
            ("![a picture](x.png)", "p(a picture)"),
            (
                "H<sub>2</sub>O and the <pad> token <!-- not this -->",
                "p(H2O and the <pad> token)",
            ),
            (
                "<div>\nkept <b>text</b>\n<!-- not\nthis -->\n</div>",
                "p(kept text)",
            ),
            ("- a\n  <p>b</p>\n- c", "ul[p(a) p(b) | p(c)]"),
            (
                "a\u{1b}[31mb\u{202e}c &#27;[0m d\u{9b}e",
                "p(a[31mbc [0m de)",
            ),
            ("* * *", "rule"),
            ("", ""),
        ] {
            assert_eq!(notation(&parse(markdown)), read, "{markdown:?}");
        }
    }

    #[test]
    fn hostile_text_is_read_whole_and_shallowly() {
        for part in [
            "> ", "- ", "1. ", "> - ", "**a ", "[", "` ` ", "` `` ", "<", "<!--", "![](", "&", "|",
            "\\\n",
        ] {
            let blocks = parse(&part.repeat(40_000 / part.len()));
            assert!(depth(&blocks) <= MAX_DEPTH, "{part:?}");
        }
        let line = "word ".repeat(200_000);
        assert_eq!(one_line(&parse(&line)), line.trim_end());
    }

    fn depth(blocks: &[Block]) -> usize {
        let inner = |block: &Block| match block {
            Block::List { items, .. } => {
                1 + items.iter().map(|item| depth(item)).max().unwrap_or(0)
            }
            Block::Quote(inner) => 1 + depth(inner),
            _ => 0,
        };
        blocks.iter().map(inner).max().unwrap_or(0)
    }
}
