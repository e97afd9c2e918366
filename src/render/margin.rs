//! The indents, bullets, numbers, and bars to the left of a block's text.

use super::wrap::Widths;

/// The margin of a block. Its first line carries the marks that have not been printed yet.
#[derive(Debug, Clone)]
pub(super) struct Margin {
    /// The columns of the page, this margin included.
    width: usize,
    /// The columns that the whole page is indented by.
    indent: usize,
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
            width: self.width.saturating_add(inner.width),
        }
    }
}

impl Margin {
    pub(super) fn new(width: usize, indent: usize) -> Self {
        let indent = indent.min(width / 2);
        Self {
            width,
            indent,
            next: Edge::blank(indent),
            rest: Edge::blank(indent),
        }
    }

    /// The margin inside a block that puts `first` before its first line and `rest` before the others.
    ///
    /// A margin never takes more than half the page: what is nested deeper starts at the left again.
    pub(super) fn inside(&mut self, first: &Edge, rest: &Edge) -> Self {
        let inner = Self {
            next: self.next.and(first),
            rest: self.rest.and(rest),
            ..*self
        };
        self.next = self.rest.clone();
        if inner.next.width.max(inner.rest.width) <= self.width / 2 {
            return inner;
        }
        let page = Edge::blank(self.indent);
        Self {
            next: page.and(first),
            rest: page.and(rest),
            ..inner
        }
    }

    /// The columns left for text.
    pub(super) fn room(&self) -> Widths {
        let left = |edge: &Edge| self.width.saturating_sub(edge.width).max(1);
        Widths {
            first: left(&self.next),
            rest: left(&self.rest),
        }
    }

    /// Writes a line of text after this margin.
    pub(super) fn write(&mut self, line: &str, out: &mut String) {
        let edge = std::mem::replace(&mut self.next, self.rest.clone());
        if line.is_empty() {
            out.push_str(edge.text.trim_end());
        } else {
            out.push_str(&edge.text);
            out.push_str(line);
        }
        out.push('\n');
    }

    /// Writes a line without text between two blocks.
    pub(super) fn write_blank(&self, out: &mut String) {
        out.push_str(self.rest.text.trim_end());
        out.push('\n');
    }
}
