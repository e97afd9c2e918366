//! Markdown as a list of blocks, each with its source, so that parts of a text can become entries as
//! they are written.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::markdown::{each_run, one_line, parse};

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A heading of a level.
    Heading(usize),
    /// Running text.
    Paragraph,
    /// A list.
    List,
    /// A definition list.
    Definitions,
    /// A table.
    Table,
    /// The text of a footnote.
    Footnote,
    /// A marker that ends the excerpt, such as `<!--more-->`.
    More,
    /// A thematic break.
    Rule,
    /// A paragraph with only images.
    Image,
    /// A quote or code.
    Other,
}

/// A block of Markdown.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its kind.
    pub kind: Kind,
    /// Its line, counted from 0.
    pub line: usize,
    /// Its source; of a heading, its text without marks.
    pub text: String,
    /// Items of a list, names with their texts, rows of a table.
    pub rows: Vec<Row>,
}

/// A part of a list or table: its line and its texts.
pub type Row = (usize, Vec<String>);

/// The blocks of a text; footnotes come last.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let line = ends.partition_point(|&end| end < range.start);
        let source = text[range.clone()].trim();
        match (&event, depth, blocks.last_mut()) {
            (Event::Start(tag), 0, _) => blocks.push(Block::new(tag, line, text, &range)),
            (Event::Start(tag), 1, Some(block)) => match tag {
                Tag::Emphasis | Tag::Strong | Tag::Link { .. } if block.kind == Kind::Image => {
                    block.kind = Kind::Paragraph;
                }
                Tag::Item => block.rows.push((line, vec![dedented(text, &range)])),
                Tag::DefinitionListTitle => block.rows.push((line, vec![source.to_string()])),
                Tag::DefinitionListDefinition => block.push(dedented(text, &range)),
                Tag::TableHead | Tag::TableRow => block.rows.push((line, Vec::new())),
                _ => {}
            },
            (Event::Start(Tag::TableCell), 2, Some(table)) => {
                table.push(source.replace("\\|", "|").replace("<br><br>", "\n\n"));
            }
            // A paragraph with only images explains nothing.
            (Event::Text(_) | Event::Code(_), 1, Some(block)) if block.kind == Kind::Image => {
                block.kind = Kind::Paragraph;
            }
            (Event::Rule, 0, _) => blocks.push(Block::new(&Tag::Paragraph, line, "", &(0..0))),
            _ => {}
        }
        depth += usize::from(matches!(event, Event::Start(_)));
        depth -= usize::from(matches!(event, Event::End(_)));
    }
    blocks.sort_by_key(|block| block.kind == Kind::Footnote);
    blocks
}

impl Block {
    fn new(tag: &Tag<'_>, line: usize, text: &str, range: &Range<usize>) -> Self {
        // The spaces before it are kept, as indented text is code.
        let start = text[..range.start].trim_end_matches(' ').len();
        let source = text[start..range.end].trim_end();
        let title = source.trim_end_matches(['-', '=']).trim_end();
        let is_divided = title.len() < source.len() && title.contains(['.', ',']);
        let kind = match tag {
            // A line of dashes under a sentence divides; under a few words it makes a heading.
            Tag::Heading { level, .. } if !is_divided => Kind::Heading(*level as usize),
            Tag::List(_) => Kind::List,
            Tag::DefinitionList => Kind::Definitions,
            Tag::Table(_) => Kind::Table,
            Tag::FootnoteDefinition(_) => Kind::Footnote,
            Tag::HtmlBlock if source.starts_with("<!--") => Kind::More,
            Tag::BlockQuote(_) | Tag::CodeBlock(_) => Kind::Other,
            _ if source.is_empty() => Kind::Rule,
            Tag::Paragraph => Kind::Image,
            _ => Kind::Paragraph,
        };
        let text = match kind {
            Kind::Heading(_) => plain(title.trim_matches(['#', ' '])),
            Kind::Other => source.to_string(),
            _ => source.trim_start().to_string(),
        };
        let rows = Vec::new();
        Self {
            kind,
            line,
            text,
            rows,
        }
    }

    /// Whether it is a heading.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// Whether it is more than a heading or a line.
    #[must_use]
    pub fn is_text(&self) -> bool {
        !self.is_heading() && self.kind != Kind::Rule
    }

    fn push(&mut self, text: String) {
        if let Some((_, texts)) = self.rows.last_mut() {
            texts.push(text);
        }
    }

    /// Markdown of the block that the rest of the program reads.
    #[must_use]
    pub fn markdown(&self) -> String {
        match self.kind {
            // Below the level of the headings that open sections.
            Kind::Heading(_) => format!("##### {}", self.text),
            Kind::Definitions => {
                let line = |(_, texts): &Row| texts.join(": ");
                self.rows.iter().map(line).collect::<Vec<_>>().join("\n\n")
            }
            _ => self.text.clone(),
        }
    }
}

/// The source of an item or definition, without its mark and the spaces that its lines begin with.
fn dedented(text: &str, range: &Range<usize>) -> String {
    let source = &text[range.clone()];
    let mark = source.find([' ', '\n']).unwrap_or(source.len());
    let inner = source[mark..].trim_start_matches(' ');
    let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let outer = range.end - inner.len() - line;
    let mut lines = inner.lines().map(|line| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        &line[spaces.min(outer)..]
    });
    let first = lines.next().unwrap_or_default().to_string();
    lines
        .fold(first, |text, line| text + "\n" + line)
        .trim()
        .to_string()
}

/// A text without marks, in one line.
#[must_use]
pub fn plain(markdown: &str) -> String {
    one_line(&parse(markdown))
}

/// The parts of a text without marks, with their addresses if they are links.
#[must_use]
pub fn runs(markdown: &str) -> Vec<(String, Option<String>)> {
    let mut runs: Vec<(String, Option<String>)> = Vec::new();
    each_run(&parse(markdown), &mut |run| {
        let link = run.link.as_deref().map(str::to_string);
        match runs.last_mut() {
            Some((text, last)) if *last == link => text.push_str(&run.text),
            _ => runs.push((run.text.clone(), link)),
        }
    });
    runs
}
