//! Tables: as a grid or in columns if that fits, or else row by row.
//!
//! termimad draws the grid. The width of each column and the line breaks in cells are computed here, because
//! termimad cuts words and drops columns.

use termimad::minimad::{Alignment, Composite, Line, Text};
use termimad::{FmtText, MadSkin};
use unicode_width::UnicodeWidthStr;

use super::theme::{Role, Theme};
use super::wrap::{self, Extent, Span, Widths, measure, paint, wrap};

/// The spans of a cell.
pub(super) type Cell<'t> = Vec<Span<'t>>;

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
pub(super) fn records<'t>(rows: &[Vec<Cell<'t>>]) -> Vec<Vec<Cell<'t>>> {
    let Some((head, rows)) = rows.split_first() else {
        return Vec::new();
    };
    if rows.is_empty() {
        return vec![head.clone()];
    }
    let record = |row: &Vec<Cell<'t>>| {
        let cells = head.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let labeled = cells.map(|(head, cell)| {
            let colon = (!head.is_empty()).then(|| Span::new(": ", []));
            let label = head.iter().cloned().chain(colon);
            label.chain(cell.iter().cloned()).collect()
        });
        labeled.collect()
    };
    rows.iter().map(record).collect()
}

/// A table as columns of plain text, at most `width` columns wide; `None` if they are wider.
pub(super) fn columns(rows: &[Vec<Cell<'_>>], width: usize) -> Option<String> {
    let text = |cell: &Cell<'_>| -> String {
        let spans = cell.iter().map(|span| super::sanitize(&span.text));
        spans.collect()
    };
    let rows = rows.iter().map(|row| row.iter().map(text).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    let mut widths = vec![0; rows.first().map_or(0, Vec::len)];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().min(MAX_COLUMN).max(*width);
        }
    }
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let padding = width.saturating_sub(cell.width());
            line.extend([cell, &*" ".repeat(padding), COLUMN_GAP]);
        }
        line.trim_end_matches(' ').to_string()
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    let fits = lines.iter().all(|line| line.width() <= width);
    fits.then(|| lines.join("\n"))
}

/// A table as a grid of at most `width` columns; `None` when a word would have to be cut for it.
pub(super) fn grid(rows: &[Vec<Cell<'_>>], width: usize, theme: Theme) -> Option<String> {
    let extents = extents(rows);
    let units: Vec<usize> = extents.iter().map(|column| column.unit).collect();
    let words: Vec<usize> = extents.iter().map(|column| column.word).collect();
    let (padding, widths) = [(&units, 1), (&units, 0), (&words, 1), (&words, 0)]
        .into_iter()
        .find_map(|(least, padding)| Some((padding, fit(&extents, least, width, padding)?)))?;
    let mut wrapped = Vec::new();
    for row in rows {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, &width)| wrap(cell, Widths::same(width)));
        wrapped.push(cells.collect());
    }
    Some(draw(&wrapped, &" ".repeat(padding), theme))
}

/// The room that the cells of each column take.
fn extents(rows: &[Vec<Cell<'_>>]) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (column, cell) in extents.iter_mut().zip(row) {
            let cell = measure(cell);
            column.word = column.word.max(cell.word);
            column.unit = column.unit.max(cell.unit);
            column.line = column.line.max(cell.line);
        }
    }
    extents
}

/// How wide the text of each column is in a grid of at most `width` columns of the terminal; `None`
/// when not every column can have its least width. Only the widest columns are wrapped.
fn fit(columns: &[Extent], least: &[usize], width: usize, padding: usize) -> Option<Vec<usize>> {
    let narrowest = NARROWEST - 2 * padding;
    let lines = columns.len() * (1 + 2 * padding) + 1;
    let room = width.checked_sub(lines).filter(|_| !columns.is_empty())?;
    let widths = |widest: usize| {
        let columns = columns.iter().zip(least);
        columns.map(move |(column, &least)| column.line.min(widest).max(least).max(narrowest))
    };
    let limits: Vec<usize> = (0..=room).collect();
    let fitting = limits.partition_point(|&widest| widths(widest).sum::<usize>() <= room);
    let mut widths: Vec<usize> = widths(fitting.checked_sub(1)?).collect();
    let left = room - widths.iter().sum::<usize>();
    let cut = widths.iter_mut().zip(columns);
    let cut = cut.filter(|(width, column)| **width < column.line);
    cut.take(left).for_each(|(width, _)| *width += 1);
    Some(widths)
}

/// Draws a table whose cells fit their columns. Rules part the rows when a row takes several lines.
fn draw(rows: &[Vec<Vec<wrap::Line<'_>>>], padding: &str, theme: Theme) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let is_tall = rows.iter().flatten().any(|cell| cell.len() > 1);
    // The cells of each line of the table; none for a rule.
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    let mut painted = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if number == 1 || number > 1 && is_tall {
            lines.push(Vec::new());
        }
        let height = row.iter().map(Vec::len).max().unwrap_or(0).max(1);
        for at in 0..height {
            let cells = row.iter().map(|cell| {
                let Some(line) = cell.get(at) else {
                    return String::new();
                };
                painted.push(paint(line, theme));
                let text = wrap::text(line).replace(MARK, "");
                format!("{padding}{MARK}{text}{MARK}{padding}")
            });
            lines.push(cells.collect());
        }
    }
    lines.push(Vec::new());
    let table_lines = lines.iter().map(|cells| match cells.as_slice() {
        [] => Line::new_table_alignments(vec![Alignment::Left; columns]),
        cells => Line::new_table_row(cells.iter().map(|cell| Composite::raw_str(cell)).collect()),
    });
    let text = Text {
        lines: table_lines.collect(),
    };
    let drawn = FmtText::from_text(&MadSkin::no_style(), text, None).to_string();
    styled(&drawn, painted, theme)
}

/// The table with its lines and texts in their styles.
fn styled(drawn: &str, painted: Vec<String>, theme: Theme) -> String {
    let mut out = String::new();
    let mut painted = painted.into_iter();
    for (index, part) in drawn.split(MARK).enumerate() {
        if index % 2 == 0 {
            let lines: Vec<String> = part
                .split('\n')
                .map(|line| theme.paint(Role::Rule, line))
                .collect();
            out.push_str(&lines.join("\n"));
        } else {
            out.extend(painted.next());
        }
    }
    out
}
