//! `glossary paths`: the glossaries that are consulted, and why.

use clap::Args;

use super::Context;
use crate::cli::{CommonArgs, JsonArgs};
use crate::error::{Result, Status};
use crate::render::glossaries::{self, Form, GlossaryStatus};
use crate::settings;
use glossary_core::corpus::{Corpus, Glossary, Location, SourceSpec, UnavailableSource};
use glossary_core::error::Error;

const ORDER: &str = "\
Glossaries are consulted in this order:
  1. --glossary PATH, in the order given
  2. the paths in GLOSSARY_PATH, separated as in PATH
  3. the folder `glossary` in your data folder (XDG_DATA_HOME), and in those of all users (XDG_DATA_DIRS)
  4. the built-in entries
An entry replaces those with the same slug in glossaries that come later. With --only, or if GLOSSARY_ONLY
is set, the built-in entries are left out, and if --glossary is given, also 2 and 3.";

#[derive(Debug, Args)]
#[command(after_help = ORDER)]
pub(crate) struct Paths {
    #[command(flatten)]
    pub(crate) format: JsonArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Paths {
    /// Lists the glossaries in the order in which they are consulted, and the places without one.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = super::open(&self.common.sources)?;
        let rows = statuses(&corpus, &settings::sources(&self.common.sources));
        let text = if self.format.json {
            glossaries::json(&rows)
        } else {
            glossaries::text(&rows, &context.settings.style)
        };
        context.print(&text)?;
        if let Some(message) = glossaries::unusable_files(&rows) {
            context.messages.note(&message);
        }
        Ok(Status::Found)
    }
}

/// The state of each source, and of the built-in glossary, which comes last.
pub(super) fn statuses(corpus: &Corpus, sources: &[SourceSpec]) -> Vec<GlossaryStatus> {
    let mut rows = Vec::new();
    for source in sources {
        let unavailable = corpus.unavailable().iter();
        rows.extend(
            unavailable
                .filter(|unavailable| unavailable.source == *source)
                .map(unavailable_status),
        );
        let is_from_source = |glossary: &&Glossary| {
            glossary.path() == Some(&source.path) && glossary.origin == source.origin
        };
        rows.extend(corpus.glossaries().find(is_from_source).map(status));
    }
    let built_in = corpus
        .glossaries()
        .find(|glossary| glossary.path().is_none());
    rows.extend(built_in.map(status));
    rows
}

fn status(glossary: &Glossary) -> GlossaryStatus {
    GlossaryStatus {
        name: glossary.name.clone(),
        path: glossary.path().map(ToOwned::to_owned),
        origin: glossary.origin,
        entries: glossary.entries as usize,
        problems: glossary.findings.iter().map(ToString::to_string).collect(),
        form: match &glossary.location {
            Location::Folder(_) => Form::Folder,
            Location::File(_) => Form::File,
            Location::Pack(_) => Form::Pack,
            Location::Binary => Form::BuiltIn,
        },
    }
}

fn unavailable_status(unavailable: &UnavailableSource) -> GlossaryStatus {
    let form = match &unavailable.error {
        _ if unavailable.is_missing() => Form::Missing,
        Error::File { error, .. } => Form::Unavailable(error.to_string()),
        Error::Glossary { error, .. } => Form::Unavailable(error.to_string()),
        Error::Request(message) => Form::Unavailable(message.clone()),
    };
    GlossaryStatus {
        name: unavailable.source.path.to_string_lossy().into_owned(),
        path: Some(unavailable.source.path.clone()),
        origin: unavailable.source.origin,
        entries: 0,
        problems: Vec::new(),
        form,
    }
}
