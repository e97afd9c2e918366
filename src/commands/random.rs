//! `glossary random`: a random entry.

use std::hash::{BuildHasher, Hasher, RandomState};

use clap::Args;

use super::{Context, list};
use crate::cli::{CommonArgs, DepthArgs, FormatArgs, MatchArgs};
use crate::commands::show::Show;
use crate::error::{Result, Status};

#[derive(Debug, Args)]
pub(crate) struct Random {
    /// Choose from this topic
    #[arg(long, value_name = "TOPIC")]
    pub(crate) tag: Option<String>,
    #[command(flatten)]
    pub(crate) depth: DepthArgs,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Random {
    /// Shows a random entry.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        let entries = list::of_topic(self.tag.as_deref(), &corpus, context)?;
        // The seed of the standard library's hash maps is random enough for this.
        let random = RandomState::new().build_hasher().finish();
        let count = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let Some(number) = random
            .checked_rem(count)
            .and_then(|number| usize::try_from(number).ok())
        else {
            return Ok(Status::NotFound);
        };
        let show = Show {
            term: vec![entries[number].head.slug.to_string()],
            depth: self.depth.clone(),
            format: self.format.clone(),
            matching: MatchArgs::default(),
            common: self.common.clone(),
        };
        show.show(&corpus, context)
    }
}
