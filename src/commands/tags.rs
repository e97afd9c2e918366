//! `glossary tags`: the topics, with the number of their entries.

use clap::Args;

use super::Context;
use crate::cli::{CommonArgs, JsonArgs};
use crate::error::{Result, Status};
use crate::render::{json, list};
use glossary_core::query::list::topics;

#[derive(Debug, Args)]
pub(crate) struct Tags {
    #[command(flatten)]
    pub(crate) format: JsonArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Tags {
    /// Lists the topics in alphabetical order.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        let topics = topics(&corpus)?;
        let text = if self.format.json {
            json::topics(&topics)
        } else {
            list::topics(&topics, &context.settings.style)
        };
        context.print(&text)?;
        Ok(Status::from_results(&topics))
    }
}
