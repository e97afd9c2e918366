//! `glossary search WORDS…`: the entries that answer a description.

use clap::Args;

use super::Context;
use crate::cli::{CommonArgs, JsonArgs, MatchArgs};
use crate::error::{Result, Status};
use crate::render::{json, list, messages};
use glossary_core::query::search::{SearchOptions, search};

/// The name of the command, with which some terms start.
const NAME: &str = "search";

const EXAMPLES: &str = "\
Examples:
  glossary search model forgets what it learned before
  glossary search '\"chain rule\" gradients' --limit 3";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Search {
    /// A description; words in double quotes must occur together
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// List at most N entries
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) limit: u16,
    /// Search only this topic
    #[arg(long, value_name = "TOPIC")]
    pub(crate) tag: Option<String>,
    #[command(flatten)]
    pub(crate) format: JsonArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Search {
    /// Lists the entries that answer best.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        let topic = match &self.tag {
            Some(typed) => match context.find_topic(&corpus, typed)? {
                Some(topic) => Some(topic),
                None => return Ok(Status::NotFound),
            },
            None => None,
        };
        let query = self.words.join(" ");
        let options = SearchOptions {
            limit: usize::from(self.limit),
            topic: topic.as_deref(),
            near_misses: self.matching.near_misses(),
        };
        let answer = search(&corpus, &query, options)?;
        context.hint_at_entry(&corpus, NAME, &query)?;
        for message in messages::search(&query, &answer) {
            context.messages.note(&message);
        }
        let text = if self.format.json {
            json::hits(&answer.hits)
        } else {
            list::hits(&answer.hits, &context.settings.style)
        };
        context.print(&text)?;
        Ok(Status::from_results(&answer.hits))
    }
}
