//! Where blank lines go between blocks.

use glossary_core::entry::markdown::Block;

/// The space between the blocks of a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// A blank line.
    Loose,
    /// None, as in an item that is a line of text, perhaps with a list below it.
    Tight,
}

/// The spacing within a list item: tight for a paragraph with nothing but lists below it.
pub(super) fn item_spacing(item: &[Block]) -> Spacing {
    let mut below = item.iter().skip(1);
    if below.all(|block| matches!(block, Block::List { .. })) {
        Spacing::Tight
    } else {
        Spacing::Loose
    }
}

/// The spacing between the items of a list: tight if all of them are.
pub(super) fn list_spacing(items: &[Vec<Block>]) -> Spacing {
    let mut items = items.iter();
    if items.all(|item| item_spacing(item) == Spacing::Tight) {
        Spacing::Tight
    } else {
        Spacing::Loose
    }
}

/// Whether a blank line goes between a block and the one before it.
pub(super) fn is_apart(before: Option<&Block>, spacing: Spacing) -> bool {
    spacing == Spacing::Loose && before.is_some_and(|before| !matches!(before, Block::Heading(_)))
}
