//! `glossary tags`: the topics, with the number of their entries.

use std::collections::BTreeMap;

use super::Context;
use crate::config::Format;
use crate::error::{Result, Status};
use crate::render::{json, list};

/// Lists the topics in alphabetical order.
pub fn run(context: &mut Context<'_>) -> Result<Status> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in context.corpus.ids()? {
        for topic in context.corpus.topics(id)? {
            *counts.entry(topic).or_default() += 1;
        }
    }
    let text = if context.settings.format == Format::Json {
        json::tags(&counts)
    } else {
        list::tags(&counts, &context.settings.look)
    };
    context.write(&text)?;
    Ok(if counts.is_empty() {
        Status::NotFound
    } else {
        Status::Found
    })
}
