//! Tables: as a grid or in columns if that fits, or else row by row.
//!
//! termimad draws the grid. The width of each column and the line breaks in cells are computed here, because
//! termimad cuts words and drops columns.

use std::iter;

use termimad::minimad::{Alignment, Composite, Line, Text};
use termimad::{FmtText, MadSkin};
use unicode_width::UnicodeWidthStr;

use super::theme::{Role, Theme};
use super::wrap::{self, Extent, Widths};
use glossary_core::entry::markdown::{Cell, Run};

/// Marks both ends of a cell's text while termimad draws the table, to find the text again. The invisible
/// separator takes no column.
const MARK: char = '\u{2063}';

/// The space between two columns of plain text.
const COLUMN_GAP: &str = "  ";

/// The widest column of plain text: one long cell must not widen all rows.
const MAX_COLUMN: usize = 200;

/// The narrowest column that termimad draws, the space on both sides included.
const NARROWEST: usize = 3;

/// A table row by row: for each, its cells after the head of their column.
pub(super) fn records(rows: &[Vec<Cell>]) -> Vec<Vec<Vec<Run>>> {
    let Some((head, rows)) = rows.split_first() else {
        return Vec::new();
    };
    if rows.is_empty() {
        return vec![
            head.iter()
                .filter(|cell| !cell.is_empty())
                .map(|cell| strong(cell))
                .collect(),
        ];
    }
    let no_head = Vec::new();
    let record = |row: &Vec<Cell>| {
        row.iter()
            .zip(head.iter().chain(iter::repeat(&no_head)))
            .filter(|(cell, _)| !cell.is_empty())
            .map(|(cell, head)| {
                let mut line = strong(head);
                if !line.is_empty() {
                    line.push(Run {
                        text: ": ".to_string(),
                        ..Run::default()
                    });
                }
                line.extend_from_slice(cell);
                line
            })
            .collect()
    };
    rows.iter().map(record).collect()
}

/// The runs of a cell in a table's head.
fn strong(cell: &[Run]) -> Vec<Run> {
    let mut cell = cell.to_vec();
    for run in &mut cell {
        run.style.bold = true;
    }
    cell
}

/// A table as columns of plain text, at most `width` columns wide; `None` if they are wider.
pub(super) fn columns(rows: &[Vec<Cell>], width: usize) -> Option<String> {
    let text =
        |cell: &Cell| -> String { cell.iter().map(|run| super::sanitize(&run.text)).collect() };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(text).collect())
        .collect();
    let mut widths = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().min(MAX_COLUMN).max(*width);
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
    let lines: Vec<String> = rows.iter().map(line).collect();
    let fits = lines.iter().all(|line| line.width() <= width);
    fits.then(|| lines.join("\n"))
}

/// A table as a grid of at most `width` columns; `None` when a word would have to be cut for it.
/// `paint` gives the text of a cell's line its styles.
pub(super) fn grid(
    rows: &[Vec<Cell>],
    width: usize,
    theme: Theme,
    paint: &dyn Fn(&[Run], &wrap::Line) -> String,
) -> Option<String> {
    let mut rows = rows.to_vec();
    for cell in rows.first_mut()? {
        *cell = strong(cell);
    }
    let extents = extents(&rows);
    let units: Vec<usize> = extents.iter().map(|column| column.unit).collect();
    let words: Vec<usize> = extents.iter().map(|column| column.word).collect();
    let (padding, widths) = [(&units, 1), (&units, 0), (&words, 1), (&words, 0)]
        .into_iter()
        .find_map(|(least, padding)| Some((padding, fit(&extents, least, width, padding)?)))?;
    let mut painted = Vec::new();
    let rows: Vec<Vec<Vec<String>>> = rows
        .iter()
        .map(|row| row_lines(row, &widths, &" ".repeat(padding), &mut painted, paint))
        .collect();
    let laid_out = lay_out(&rows, widths.len());
    Some(styled(&laid_out, &painted, theme))
}

/// The room that the cells of each column take. A row may have too few cells.
fn extents(rows: &[Vec<Cell>]) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for (column, cell) in extents.iter_mut().zip(row) {
            let cell = wrap::measure(cell);
            column.word = column.word.max(cell.word);
            column.unit = column.unit.max(cell.unit);
            column.line = column.line.max(cell.line);
        }
    }
    extents
}

/// How wide the text of each column is in a grid of at most `width` columns of the terminal; `None`
/// when not every column can have its least width. What is left then goes to the columns by what they
/// lack.
fn fit(columns: &[Extent], least: &[usize], width: usize, padding: usize) -> Option<Vec<usize>> {
    let narrowest = NARROWEST - 2 * padding;
    let least: Vec<usize> = least.iter().map(|&width| width.max(narrowest)).collect();
    let lines = columns.len().checked_mul(1 + 2 * padding)?.checked_add(1)?;
    let words = least
        .iter()
        .try_fold(lines, |sum, &word| sum.checked_add(word))?;
    let spare = width.checked_sub(words).filter(|_| !columns.is_empty())?;
    let lacks = |(column, width): (&Extent, &usize)| column.line.saturating_sub(*width);
    let lacking: Vec<usize> = columns.iter().zip(&least).map(lacks).collect();
    let all = lacking
        .iter()
        .fold(0_usize, |sum, &lack| sum.saturating_add(lack));
    let mut widths = least;
    let mut left = spare;
    for (width, &lack) in widths.iter_mut().zip(&lacking) {
        let given = if all <= spare {
            lack
        } else {
            spare.saturating_mul(lack) / all
        };
        *width += given;
        left -= given;
    }
    // Rounding down leaves fewer columns of the terminal than columns of the table.
    let short = widths
        .iter_mut()
        .zip(columns)
        .filter(|(width, column)| **width < column.line);
    short.take(left).for_each(|(width, _)| *width += 1);
    Some(widths)
}

/// The lines of a row, each a cell per column, with each text between two marks and kept in `painted`
/// as it is to be printed.
fn row_lines(
    row: &[Cell],
    widths: &[usize],
    padding: &str,
    painted: &mut Vec<String>,
    paint: &dyn Fn(&[Run], &wrap::Line) -> String,
) -> Vec<Vec<String>> {
    let cells: Vec<(&[Run], Vec<wrap::Line>)> = widths
        .iter()
        .enumerate()
        .map(|(column, &width)| {
            let cell = row.get(column).map(Vec::as_slice).unwrap_or_default();
            (cell, wrap::wrap(cell, Widths::same(width)))
        })
        .collect();
    let height = cells
        .iter()
        .map(|(_, lines)| lines.len())
        .max()
        .unwrap_or(0)
        .max(1);
    let mut line = |index: usize| {
        cells
            .iter()
            .map(|(cell, lines)| {
                let Some(line) = lines.get(index) else {
                    return String::new();
                };
                let text: String = line
                    .iter()
                    .flat_map(|piece| piece.text.chars())
                    .filter(|&c| c != MARK)
                    .collect();
                painted.push(paint(cell, line));
                format!("{padding}{MARK}{text}{MARK}{padding}")
            })
            .collect()
    };
    (0..height).map(&mut line).collect()
}

/// Draws a table whose cells fit their columns. Rules part the rows when a row takes several lines.
fn lay_out(rows: &[Vec<Vec<String>>], columns: usize) -> String {
    let rule = || Line::new_table_alignments(vec![Alignment::Left; columns]);
    let tall = rows.iter().any(|row| row.len() > 1);
    let mut text = Text {
        lines: vec![rule()],
    };
    for (index, row) in rows.iter().enumerate() {
        if index == 1 || index > 1 && tall {
            text.lines.push(rule());
        }
        for line in row {
            let cells = line.iter().map(|cell| Composite::raw_str(cell)).collect();
            text.lines.push(Line::new_table_row(cells));
        }
    }
    text.lines.push(rule());
    FmtText::from_text(&MadSkin::no_style(), text, None).to_string()
}

/// The table with its lines and texts in their styles.
fn styled(laid_out: &str, painted: &[String], theme: Theme) -> String {
    let mut out = String::new();
    let mut painted = painted.iter();
    for (index, part) in laid_out.split(MARK).enumerate() {
        if index % 2 == 1 {
            out.extend(painted.next().map(String::as_str));
            continue;
        }
        for (index, line) in part.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            theme.write(&[Role::Rule], line, &mut out);
        }
    }
    out
}
