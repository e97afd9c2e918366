//! `glossary search WORDS…`: the entries that answer a description.

use super::Context;
use crate::config::Format;
use crate::error::{Result, Status};
use crate::render::list::Item;
use crate::render::{json, list, note};
use glossary_core::query::resolve::resolve;
use glossary_core::query::search::{Among, Hit, search};

/// The name of the command, which some terms begin with.
const NAME: &str = "search";

/// Lists at most `limit` entries, those of a topic if one is given, the best first.
pub fn run(
    query: &str,
    limit: usize,
    tag: Option<&str>,
    context: &mut Context<'_>,
) -> Result<Status> {
    let near_misses = context.settings.near_misses;
    let among = Among {
        limit,
        tag,
        near_misses,
    };
    let answer = search(context.corpus, query, among)?;
    context.say_if_named(NAME, query)?;
    let near = if answer.hits.is_empty() {
        let nearest = resolve(context.corpus, query, near_misses)?;
        [nearest.found, nearest.suggestions].concat()
    } else {
        Vec::new()
    };
    for note in note::of_search(context.corpus, query, &answer, &near)? {
        context.notes.say(&note);
    }
    if let Some(tag) = tag.filter(|_| answer.hits.is_empty())
        && context.corpus.tagged(tag)?.is_empty()
    {
        context.note_no_topic(tag);
    }
    let text = if context.settings.format == Format::Json {
        json::hits(context.corpus, &answer.hits)?
    } else {
        list::of(&items(&answer.hits, context)?, &context.settings.look)
    };
    context.write(&text)?;
    Ok(Status::from_results(&answer.hits))
}

fn items<'c>(hits: &[Hit], context: &Context<'c>) -> Result<Vec<Item<'c>>> {
    hits.iter()
        .map(|hit| {
            let sentence = &hit.sentence;
            let marks = sentence.found.iter().map(|found| found.place.clone());
            let item = Item::of(context.corpus, hit.id)?;
            Ok(item.saying(&sentence.text, marks.collect()))
        })
        .collect()
}
