//! `glossary learn TERM`: what to read first, in order.

use clap::Args;

use super::Context;
use crate::cli::{GraphArgs, GraphFormat};
use crate::error::{Result, Status};
use crate::render::{diagram, json, list};
use glossary_core::query::term_graph::{TermGraph, prerequisites};

/// The name of the command, with which some terms start.
const NAME: &str = "learn";

#[derive(Debug, Args)]
pub(crate) struct Learn {
    /// Go back at most N steps
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) depth: Option<u8>,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
}

impl Learn {
    /// Shows the course that ends at the term.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.graph.common.sources)?;
        let found = context.find(&corpus, NAME, &self.graph)?;
        let depth = self.depth.map_or(usize::MAX, usize::from);
        let graphs = found
            .iter()
            .map(|&id| prerequisites(&corpus, id, depth))
            .collect::<glossary_core::error::Result<Vec<TermGraph<'_>>>>()?;
        context.print(&match self.graph.format.format() {
            GraphFormat::Json => json::courses(&graphs),
            GraphFormat::Dot => diagram::dot(&graphs),
            GraphFormat::Mermaid => diagram::mermaid(&graphs),
            GraphFormat::Text => list::courses(&graphs, &context.settings.style),
        })?;
        Ok(Status::from_results(&found))
    }
}
