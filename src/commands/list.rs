//! `glossary list`: every entry, or those of a topic.

use super::Context;
use crate::config::Format;
use crate::error::{Result, Status};
use crate::render::list::{self, Item};
use glossary_core::corpus::Id;
use glossary_core::index::record::Head;

/// Entries that are laid out at a time: so few that their memory is used again and again.
const BATCH: usize = 32;

/// Lists the entries in the order of their slugs.
pub fn run(tag: Option<&str>, context: &mut Context<'_>) -> Result<Status> {
    let entries = entries(tag, context)?;
    let status = Status::from_results(&entries);
    let mut items = entries.into_iter().map(|(id, head)| Item::new(id, head));
    if context.settings.format == Format::Json {
        context.print_list(&items.collect::<Vec<_>>(), list::of)?;
        return Ok(status);
    }
    loop {
        let batch: Vec<_> = items.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(status);
        }
        context.write(&list::of(&batch, &context.settings.look))?;
    }
}

/// The entries of a topic, or all; a topic that does not exist is noted.
pub(super) fn entries<'c>(
    tag: Option<&str>,
    context: &mut Context<'c>,
) -> Result<Vec<(Id, Head<'c>)>> {
    let Some(tag) = tag else {
        return Ok(context.corpus.all()?);
    };
    let entries = context.corpus.all_tagged(tag)?;
    if entries.is_empty() {
        context.note_no_topic(tag);
    }
    Ok(entries)
}
