//! `glossary related TERM`: what to read next, and what leads here.

use std::collections::HashSet;

use super::Context;
use crate::error::{Result, Status};
use crate::render::list::{self, Item};
use crate::render::note;
use glossary_core::corpus::{Corpus, Id};
use glossary_core::query::graph;

/// The name of the command, which some terms begin with.
const NAME: &str = "related";

/// Shows what an entry names, then what names it; `depth` steps of the former.
pub fn run(term: &[String], depth: usize, context: &mut Context<'_>) -> Result<Status> {
    let found = context.find(NAME, term)?;
    let mut items = Vec::new();
    for &id in &found {
        let count = items.len();
        walk(context.corpus, id, depth, &mut items)?;
        for other in graph::naming(context.corpus, id)? {
            if !items[count..]
                .iter()
                .any(|item: &Item| item.id == Some(other))
            {
                items.push(Item::of(context.corpus, other)?.under("Named by"));
            }
        }
    }
    if items.is_empty() && !found.is_empty() {
        let note = note::of_unrelated(context.corpus, &found)?;
        context.notes.say(&note);
    }
    context.print_list(&items, list::of)?;
    Ok(Status::from_results(&items))
}

/// The related terms of an entry, theirs in turn, and so on; each entry once, the nearest first.
fn walk<'c>(corpus: &'c Corpus, start: Id, depth: usize, items: &mut Vec<Item<'c>>) -> Result<()> {
    let mut seen = HashSet::from([start]);
    let mut ring = vec![start];
    for step in 1..=depth {
        let heading = if step == 1 {
            "Related".to_string()
        } else {
            format!("{step} steps away")
        };
        let mut next = Vec::new();
        for id in ring {
            for term in graph::related(corpus, id)? {
                if let Some(target) = term.id {
                    if seen.insert(target) {
                        items.push(Item::of(corpus, target)?.under(&heading));
                        next.push(target);
                    }
                } else if step == 1 {
                    items.push(Item::missing(&term.title).under(&heading));
                }
            }
        }
        ring = next;
    }
    Ok(())
}
