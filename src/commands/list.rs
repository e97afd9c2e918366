//! `glossary list [TOPIC]`: all entries, or those of a topic.

use clap::Args;

use super::Context;
use crate::cli::{CommonArgs, JsonArgs};
use crate::error::{Result, Status};
use crate::render::{json, list};
use glossary_core::corpus::Corpus;
use glossary_core::query::list::{entries, entries_of_topic};
use glossary_core::query::summary::EntrySummary;

/// The name of the command, with which some terms start.
const NAME: &str = "list";

#[derive(Debug, Args)]
pub(crate) struct List {
    /// List only this topic
    pub(crate) topic: Vec<String>,
    /// The same as TOPIC
    #[arg(long, value_name = "TOPIC", conflicts_with = "topic")]
    pub(crate) tag: Option<String>,
    #[command(flatten)]
    pub(crate) format: JsonArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl List {
    /// Lists the entries, sorted by slug.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        let words = (!self.topic.is_empty()).then(|| self.topic.join(" "));
        let entries = of_topic(words.as_deref().or(self.tag.as_deref()), &corpus, context)?;
        if let Some(words) = words.filter(|_| entries.is_empty()) {
            context.hint_at_entry(&corpus, NAME, &words)?;
        }
        context.print(&if self.format.json {
            json::entries(&entries)
        } else {
            list::entries(&entries, &context.settings.style)
        })?;
        Ok(Status::from_results(&entries))
    }
}

/// The entries of a topic, or all; a message says so if the topic does not exist.
pub(super) fn of_topic<'c>(
    topic: Option<&str>,
    corpus: &'c Corpus,
    context: &mut Context,
) -> Result<Vec<EntrySummary<'c>>> {
    let Some(typed) = topic else {
        return Ok(entries(corpus)?);
    };
    match context.find_topic(corpus, typed)? {
        Some(topic) => Ok(entries_of_topic(corpus, &topic)?),
        None => Ok(Vec::new()),
    }
}
