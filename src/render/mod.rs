//! Answers as text. The caller says how wide, in what style and onto what; nothing here asks a
//! terminal or the environment.
//!
//! - [`theme`]: what each part of a page looks like.
//! - [`terminal`]: Markdown blocks laid out for the eye.
//! - [`plain`]: Markdown blocks for pipes and scripts.
//! - [`wrap`]: runs of text as lines of a given width.

pub mod plain;
pub mod terminal;
pub mod theme;
pub mod wrap;

mod address;
mod margin;
mod table;

pub use terminal::{Hyperlinks, Layout};
pub use theme::{Role, Theme};

use std::borrow::Cow;

use crate::entry::markdown::{Block, is_unprintable};

/// Text that is safe to print on one line of a terminal: white space that moves the cursor becomes a
/// space, any other control character and each override of the writing direction is left out.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
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
