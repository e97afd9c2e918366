//! `glossary learn TERM`: what to read first, in order.

use super::Context;
use crate::error::{Result, Status};
use crate::render::list::{self, Item};
use glossary_core::query::graph;

/// The name of the command, which some terms begin with.
const NAME: &str = "learn";

/// Lays out the course that ends at a term.
pub fn run(term: &[String], depth: Option<usize>, context: &mut Context<'_>) -> Result<Status> {
    let found = context.find(NAME, term)?;
    let mut items = Vec::new();
    for &id in &found {
        for step in graph::course(context.corpus, id, depth.unwrap_or(usize::MAX))? {
            items.push(Item::of(context.corpus, step)?);
        }
    }
    context.print_list(&items, list::numbered)?;
    Ok(Status::from_results(&found))
}
