//! The indents, bullets, numbers, and bars to the left of a block's text.

use super::wrap::{Span, Widths, paint, wrap};
use super::{OutputStyle, Theme};

/// The margin of a block. Its first line carries the marks that have not been printed yet.
#[derive(Debug, Clone)]
pub(super) struct Margin {
    /// The columns of the page, this margin included.
    width: usize,
    /// The margin of the whole page.
    page: Edge,
    next: Edge,
    rest: Edge,
}

/// Text, and the columns that it takes without its escape codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Edge {
    pub(super) text: String,
    pub(super) width: usize,
}

impl Edge {
    /// Spaces.
    pub(super) fn blank(width: usize) -> Self {
        Self {
            text: " ".repeat(width),
            width,
        }
    }

    fn and(&self, inner: &Self) -> Self {
        Self {
            text: format!("{}{}", self.text, inner.text),
            width: self.width + inner.width,
        }
    }
}

impl Margin {
    pub(super) fn new(style: &OutputStyle, indent: usize) -> Self {
        let width = style.width();
        let page = Edge::blank(indent.min(width / 2));
        Self {
            width,
            next: page.clone(),
            rest: page.clone(),
            page,
        }
    }

    /// The margin inside a block that puts `first` before its first line and `rest` before the others.
    ///
    /// A margin never takes more than half the page: what is nested deeper starts at the left again.
    pub(super) fn inside(&mut self, first: &Edge, rest: &Edge) -> Self {
        let widest = self.next.width.max(self.rest.width) + first.width.max(rest.width);
        let (outer_next, outer_rest) = if widest <= self.width / 2 {
            (&self.next, &self.rest)
        } else {
            (&self.page, &self.page)
        };
        let inner = Self {
            next: outer_next.and(first),
            rest: outer_rest.and(rest),
            ..self.clone()
        };
        self.next = self.rest.clone();
        inner
    }

    /// The columns left for text.
    pub(super) fn room(&self) -> Widths {
        let left = |edge: &Edge| self.width.saturating_sub(edge.width).max(1);
        Widths {
            first: left(&self.next),
            rest: left(&self.rest),
        }
    }

    /// Writes text after this margin, wrapped.
    pub(super) fn write(&mut self, spans: &[Span<'_>], theme: Theme, out: &mut String) {
        for line in wrap(spans, self.room()) {
            self.write_line(&paint(&line, theme), out);
        }
    }

    /// Writes a line of text after this margin.
    pub(super) fn write_line(&mut self, line: &str, out: &mut String) {
        let edge = std::mem::replace(&mut self.next, self.rest.clone());
        out.push_str(&edge.text);
        out.push_str(line);
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }

    /// Writes a line without text between two blocks.
    pub(super) fn write_blank(&self, out: &mut String) {
        self.clone().write_line("", out);
    }
}
