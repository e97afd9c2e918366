//! `glossary related TERM`: what to read next, and what leads here.

use clap::Args;

use super::{Context, titles};
use crate::cli::{GraphArgs, GraphFormat};
use crate::error::{Result, Status};
use crate::render::{diagram, json, list, messages};
use glossary_core::query::term_graph::{TermGraph, related_terms};

/// The name of the command, with which some terms start.
const NAME: &str = "related";

#[derive(Debug, Args)]
pub(crate) struct Related {
    /// Follow related terms for up to N steps
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) depth: u8,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
}

impl Related {
    /// Shows what an entry lists as related, and then which entries list it.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.graph.common.sources)?;
        let found = context.find(&corpus, NAME, &self.graph)?;
        let graphs = found
            .iter()
            .map(|&id| related_terms(&corpus, id, usize::from(self.depth)))
            .collect::<glossary_core::error::Result<Vec<TermGraph<'_>>>>()?;
        let is_alone = graphs.iter().all(|graph| graph.nodes.len() == 1);
        if is_alone && !found.is_empty() {
            let titles = titles(&corpus, &found)?;
            context.messages.note(&messages::unrelated(&titles));
        }
        let style = &context.settings.style;
        context.print(&match self.graph.format.format() {
            GraphFormat::Json => json::related(&graphs),
            GraphFormat::Dot => diagram::dot(&graphs),
            GraphFormat::Mermaid => diagram::mermaid(&graphs),
            GraphFormat::Text if self.depth > 1 => list::related_tree(&graphs, style),
            GraphFormat::Text => list::related(&graphs, style),
        })?;
        Ok(if is_alone {
            Status::NotFound
        } else {
            Status::Found
        })
    }
}
