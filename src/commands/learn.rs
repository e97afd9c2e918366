//! `glossary learn TERM`: what to read first, in order.

use super::Context;
use crate::config::Format;
use crate::error::{Result, Status};
use crate::query::graph;
use crate::render::list::Item;
use crate::render::{json, list};

/// Lays out the course that ends at a term.
pub fn run(term: &[String], depth: Option<usize>, context: &mut Context<'_>) -> Result<Status> {
    let found = context.find(term)?;
    let mut items = Vec::new();
    for &id in &found {
        for step in graph::course(context.corpus, id, depth.unwrap_or(usize::MAX))? {
            items.push(Item::of(context.corpus, step.id)?);
        }
    }
    let text = if context.settings.format == Format::Json {
        json::items(context.corpus, &items)?
    } else {
        list::numbered(&items, &context.settings.look)
    };
    context.write(&text)?;
    Ok(if found.is_empty() {
        Status::NotFound
    } else {
        Status::Found
    })
}
