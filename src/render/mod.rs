//! Answers as text. The caller says how wide, in what style and onto what; nothing here asks a
//! terminal or the environment.
//!
//! - [`page`], [`list`], [`json`], [`note`]: an answer as a page, as a list, for programs, in a line.
//! - [`usage`]: the terms that a text uses.
//! - [`layers`], [`findings`]: which glossaries there are, and what is wrong in them.
//! - [`theme`]: what each part of a page looks like.
//! - [`terminal`]: Markdown blocks laid out for the eye.
//! - [`plain`]: Markdown blocks for pipes and scripts.
//! - [`wrap`]: runs of text as lines of a given width.

pub mod findings;
pub mod json;
pub mod layers;
pub mod list;
pub mod note;
pub mod page;
pub mod plain;
pub mod terminal;
pub mod theme;
pub mod usage;
pub mod wrap;

mod address;
mod margin;
mod table;

pub use terminal::{Hyperlinks, Layout};
pub use theme::{Role, Theme};

use std::borrow::Cow;

use glossary_core::entry::markdown::{Block, is_out_of_place, is_unprintable};

/// How text comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Laid out for the eye.
    Page {
        /// The room there is.
        layout: Layout,
        /// The styles.
        theme: Theme,
    },
    /// For a pipe: no layout, no marks.
    Plain {
        /// Where lines are broken, if they are.
        width: Option<usize>,
    },
}

impl Look {
    /// Appends blocks, indented by `indent` columns on a page.
    fn blocks(&self, blocks: &[Block], indent: usize, out: &mut String) {
        match self {
            Self::Page { layout, theme } => {
                let layout = Layout {
                    indent: layout.indent + indent,
                    ..*layout
                };
                terminal::blocks(blocks, &layout, *theme, out);
            }
            Self::Plain { width } => plain::blocks(blocks, *width, out),
        }
    }

    /// Text in the style of its role, where there are styles.
    fn paint(&self, role: Role, text: &str) -> String {
        match self {
            Self::Page { theme, .. } => theme.paint(role, text),
            Self::Plain { .. } => safe(text).into_owned(),
        }
    }
}

/// Text that is safe to print on one line of a terminal: white space that moves the cursor becomes a
/// space, any other control character and each override of the writing direction is left out.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    // Without an early end the loop takes many bytes at a time, and nearly all text is plain.
    let plain = text
        .bytes()
        .fold(true, |plain, byte| plain & (b' '..0x7f).contains(&byte));
    if plain || !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| {
            if c.is_control() && c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .filter(|&c| !is_unprintable(c))
        .collect()
}

/// The source of an entry, safe to print: line ends and tabs stay, what else moves the cursor goes.
#[must_use]
pub fn source(text: &str) -> Cow<'_, str> {
    if !text.contains(is_out_of_place) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|&c| !is_out_of_place(c)).collect()
}

/// Where a sequence of blocks stands, which decides how much air is between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// A blank line between two blocks.
    Loose,
    /// None: an item that is a line of text, perhaps with a list below it.
    Tight,
}

/// The spacing within a list item: tight for a paragraph with nothing but lists below it.
fn item_spacing(item: &[Block]) -> Spacing {
    if item
        .iter()
        .skip(1)
        .all(|block| matches!(block, Block::List { .. }))
    {
        Spacing::Tight
    } else {
        Spacing::Loose
    }
}

/// The spacing between the items of a list: tight if all of them are.
fn list_spacing(items: &[Vec<Block>]) -> Spacing {
    if items
        .iter()
        .all(|item| item_spacing(item) == Spacing::Tight)
    {
        Spacing::Tight
    } else {
        Spacing::Loose
    }
}

/// Whether a blank line parts `block` from the one before it.
fn apart(before: Option<&Block>, spacing: Spacing) -> bool {
    spacing == Spacing::Loose && before.is_some_and(|before| !matches!(before, Block::Heading(_)))
}
