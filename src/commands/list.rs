//! `glossary list`: every entry, or those of a topic.

use super::Context;
use crate::error::{Result, Status};
use crate::render::list::{self, Item};

/// Lists the entries in the order of their slugs.
pub fn run(tag: Option<&str>, context: &mut Context<'_>) -> Result<Status> {
    let items = items(tag, context)?;
    context.print_list(&items, list::of)?;
    Ok(Status::of(&items))
}

/// The entries of a topic, or all; a topic that does not exist is noted.
pub(super) fn items<'c>(tag: Option<&str>, context: &mut Context<'c>) -> Result<Vec<Item<'c>>> {
    let corpus = context.corpus;
    let entries = match tag {
        Some(tag) => corpus.of_topic(tag)?,
        None => corpus.all()?,
    };
    let items: Vec<Item<'_>> = entries
        .into_iter()
        .map(|(id, head)| Item::new(id, head))
        .collect();
    if let Some(tag) = tag.filter(|_| items.is_empty()) {
        context.note_no_topic(tag);
    }
    Ok(items)
}
