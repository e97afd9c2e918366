//! Markdown blocks as plain text, for pipes and scripts: no escape codes, no lines drawn, no marks of
//! Markdown, and no wrapping unless a width is asked for.

use unicode_width::UnicodeWidthStr;

use super::margin::{Edge, Margin};
use super::spacing::{Spacing, is_apart, item_spacing, list_spacing};
use super::terminal::list_marks;
use super::wrap::{self, wrap};
use super::{Hyperlinks, links, sanitize, table};
use glossary_core::entry::markdown::{Block, Cell, Run};

const BULLET: &str = "- ";
const QUOTE_INDENT: usize = 2;
const CODE_INDENT: usize = 4;
const HANGING_INDENT: usize = 2;

/// What parts two columns of a table.
const COLUMN_GAP: &str = "  ";

/// No column of a table is padded to more than this: one long cell must not blow up all rows.
const COLUMN_MAX: usize = 200;

/// Appends the blocks, a blank line between two, each line ended by a newline. Without a width a
/// paragraph is one line.
pub fn blocks(blocks: &[Block], width: Option<usize>, out: &mut String) {
    let mut margin = Margin::new(width.unwrap_or(usize::MAX), 0);
    write_blocks(blocks, Spacing::Loose, &mut margin, out);
}

fn write_blocks(blocks: &[Block], spacing: Spacing, margin: &mut Margin, out: &mut String) {
    let mut before = None;
    for block in blocks.iter().filter(|block| **block != Block::Rule) {
        if is_apart(before, spacing) {
            margin.write_blank(out);
        }
        write_block(block, margin, out);
        before = Some(block);
    }
}

fn write_block(block: &Block, margin: &mut Margin, out: &mut String) {
    match block {
        Block::Paragraph(runs) | Block::Heading(runs) => write_text(runs, margin, out),
        Block::Code(text) => {
            let mut inside = margin.inside(&Edge::blank(CODE_INDENT), &Edge::blank(CODE_INDENT));
            for line in text.split('\n') {
                for line in wrap::code_line(&sanitize(line), inside.room().rest) {
                    inside.write(&line, out);
                }
            }
        }
        Block::List { first, items } => write_list(*first, items, margin, out),
        Block::Quote(inner) => {
            let indent = Edge::blank(QUOTE_INDENT);
            write_blocks(
                inner,
                Spacing::Loose,
                &mut margin.inside(&indent, &indent),
                out,
            );
        }
        Block::Table(rows) => write_table(rows, margin, out),
        Block::Rule => {}
    }
}

fn write_text(runs: &[Run], margin: &mut Margin, out: &mut String) {
    let runs = links::with_addresses(runs, Hyperlinks::Off);
    for line in wrap(&runs, margin.room()) {
        let line: String = line.iter().map(|piece| sanitize(piece.text)).collect();
        margin.write(&line, out);
    }
}

fn write_list(first: Option<u64>, items: &[Vec<Block>], margin: &mut Margin, out: &mut String) {
    let spacing = list_spacing(items);
    let marks = list_marks(first, items.len(), BULLET);
    for (index, (item, mark)) in items.iter().zip(marks).enumerate() {
        if index > 0 && spacing == Spacing::Loose {
            margin.write_blank(out);
        }
        let width = mark.len();
        let mut inside = margin.inside(&Edge { text: mark, width }, &Edge::blank(width));
        if item.is_empty() {
            inside.write("", out);
        }
        write_blocks(item, item_spacing(item), &mut inside, out);
    }
}

/// A table in columns or, where they are wider than the page, row by row.
fn write_table(rows: &[Vec<Cell>], margin: &mut Margin, out: &mut String) {
    let lines = columns(&links::with_addresses_in_table(rows, Hyperlinks::Off));
    let room = margin.room();
    if lines
        .iter()
        .all(|line| line.width() <= room.first.min(room.rest))
    {
        for line in lines {
            margin.write(&line, out);
        }
        return;
    }
    for (index, record) in table::records(rows).iter().enumerate() {
        if index > 0 {
            margin.write_blank(out);
        }
        for cell in record {
            let mut hanging = margin.inside(&Edge::default(), &Edge::blank(HANGING_INDENT));
            write_text(cell, &mut hanging, out);
        }
    }
}

/// The rows of a table as lines, with the cells of a column below each other.
fn columns(rows: &[Vec<Cell>]) -> Vec<String> {
    let text = |cell: &Cell| -> String { cell.iter().map(|run| sanitize(&run.text)).collect() };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(text).collect())
        .collect();
    let mut widths = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().min(COLUMN_MAX).max(*width);
        }
    }
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        let mut gap = 0;
        for (width, cell) in widths.iter().zip(row) {
            if !cell.is_empty() {
                line.push_str(&" ".repeat(gap));
                line.push_str(cell);
                gap = 0;
            }
            gap += width.saturating_sub(cell.width()) + COLUMN_GAP.len();
        }
        line
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use glossary_core::entry::markdown;

    fn plain(markdown: &str, width: Option<usize>) -> String {
        let mut out = String::new();
        blocks(&markdown::parse(markdown), width, &mut out);
        out
    }

    #[test]
    fn blocks_are_plain_text() {
        for (markdown, expected) in [
            ("a\n**b** _c_ `d e`\n\nf", "a b c d e\n\nf\n"),
            ("a  \nb", "a\nb\n"),
            ("### Head\ntext", "Head\ntext\n"),
            ("- a\n  b\n  - c\n- d", "- a b\n  - c\n- d\n"),
            ("1. a\n2. b\n   - c", "1. a\n2. b\n   - c\n"),
            ("- a\n\n  b\n\n- c", "- a\n\n  b\n\n- c\n"),
            ("> a\n>> b", "  a\n\n    b\n"),
            ("```\nx = 1\n\n  y\n```", "    x = 1\n\n      y\n"),
            ("a\n\n***\n\nb", "a\n\nb\n"),
            ("***\n\na", "a\n"),
            (
                "[GAN](gan) [x](https://a.b) <https://c.d>",
                "GAN x <https://a.b> https://c.d\n",
            ),
            (
                "| a | long head | c |\n|---|---|---|\n| 1 | **2** | 3 |\n| 数学 | | x |",
                "a     long head  c\n1     2          3\n数学             x\n",
            ),
            ("a\u{1b}[31mb\u{202e}", "a[31mb\n"),
            ("", ""),
        ] {
            assert_eq!(plain(markdown, None), expected, "{markdown:?}");
        }
    }

    #[test]
    fn a_paragraph_is_one_line_unless_a_width_is_given() {
        let text = "word ".repeat(500);
        assert_eq!(plain(&text, None).lines().count(), 1);
        assert_eq!(plain("one two three", Some(10)), "one two\nthree\n");
        assert_eq!(plain("- one two three", Some(10)), "- one two\n  three\n");
        assert_eq!(
            plain("|a|b|\n|-|-|\n|one two|three four|", Some(12)),
            "a: one two\nb: three\n  four\n"
        );
    }

    #[test]
    fn one_long_cell_does_not_pad_all_rows() {
        let table = format!(
            "|a|b|\n|-|-|\n|{}|x|\n{}",
            "long ".repeat(2_000),
            "|1|2|\n".repeat(2_000)
        );
        assert!(plain(&table, None).len() < 600_000);
    }
}
