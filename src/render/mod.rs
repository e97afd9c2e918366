//! Answers as text. The caller chooses the width and the style; nothing here asks a terminal or the
//! environment, and nothing here reads a glossary.
//!
//! - [`page`], [`list`], [`tree`], [`json`], [`diagram`], [`messages`]: an answer as a page, as a list, as
//!   a tree, for programs, as a diagram, in a line.
//! - [`mentions`]: the terms that a text mentions.
//! - [`glossaries`], [`findings`]: which glossaries are consulted, and the problems in them.
//! - [`theme`]: the look of each part of a page.
//! - [`blocks`]: Markdown blocks for terminals and for pipes.
//! - `wrap`: spans of text as lines of a given width.
//! - `sanitize`: removing what could control the terminal.

pub mod blocks;
pub mod diagram;
pub mod findings;
pub mod glossaries;
pub mod json;
pub mod list;
pub mod mentions;
pub mod messages;
pub mod page;
pub mod sanitize;
pub mod theme;
pub mod tree;

mod links;
mod margin;
mod parts;
mod table;
mod wrap;

pub use blocks::{Hyperlinks, Layout};
pub use sanitize::{sanitize, sanitize_lines};
pub use theme::{Role, Theme};

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputStyle {
    /// Laid out for people.
    Page {
        /// The width and the kind of links.
        layout: Layout,
        /// The colors and attributes.
        theme: Theme,
    },
    /// For a pipe: without colors, boxes, or marks.
    Plain {
        /// The width at which lines are wrapped, if they are.
        width: Option<usize>,
    },
}

impl OutputStyle {
    /// Whether lists are lines of tab-separated cells.
    fn is_tabular(&self) -> bool {
        matches!(self, Self::Plain { width: None })
    }

    fn theme(&self) -> Theme {
        match self {
            Self::Page { theme, .. } => *theme,
            Self::Plain { .. } => Theme::Unstyled,
        }
    }

    /// The columns of a line.
    fn width(&self) -> usize {
        match self {
            Self::Page { layout, .. } => layout.width,
            Self::Plain { width } => width.unwrap_or(usize::MAX),
        }
    }

    /// Text in the style of its role.
    fn paint(&self, role: Role, text: &str) -> String {
        self.theme().paint(role, text)
    }
}

/// Appends a line of tab-separated cells.
fn write_cells(cells: &[&str], out: &mut String) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            out.push('\t');
        }
        out.push_str(&sanitize(cell));
    }
    out.push('\n');
}

/// A message of the program, which starts with its name.
#[must_use]
pub fn message(role: Role, text: &str, style: &OutputStyle) -> String {
    let mut out = String::new();
    let line = [(role, "glossary:"), (Role::Text, &format!(" {text}"))];
    parts::write(&line, "", style, &mut out);
    out
}

/// `1 file`, `2 files`, `1 entry`, `2 entries`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if count == 1 => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}
