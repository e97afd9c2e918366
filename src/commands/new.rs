//! `glossary new TERM`: a file for an entry that is still to be written.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::Context;
use crate::cli::SourceArgs;
use crate::error::{Error, Result, Status};
use crate::render::{messages, sanitize};
use crate::{editor, settings, signals};
use glossary_core::corpus::{Corpus, user_folder};
use glossary_core::entry::template;
use glossary_core::query::resolve::{NearMisses, resolve};

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The term, with its acronym in parentheses
    #[arg(required = true)]
    pub(crate) term: Vec<String>,
    /// The folder; by default the first of your own that can be written to
    #[arg(long = "in", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
    /// Open the file in `VISUAL` or `EDITOR`
    #[arg(long)]
    pub(crate) edit: bool,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

impl New {
    /// Writes the file and prints its path.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        signals::ignore_file_size_limit();
        let corpus = context.open(&self.sources)?;
        let title = sanitize(&self.term.join(" ")).trim().to_string();
        let slug = template::slug(&title);
        if slug.is_empty() {
            return Err(Error::Usage(format!(
                "{} has no letters or digits to make a slug of; write the term out",
                messages::quoted(&title)
            )));
        }
        let folder = match &self.folder {
            Some(folder) if folder.is_dir() => folder.clone(),
            Some(folder) => {
                return Err(Error::Usage(format!(
                    "cannot write to {}: the folder does not exist; create it first",
                    folder.display()
                )));
            }
            None => {
                if let Some(path) = user_folder::find(&corpus, &slug) {
                    return Err(Error::Usage(format!(
                        "{} exists; `glossary edit {slug}` opens it",
                        path.display()
                    )));
                }
                user_folder::writable(&settings::sources(&self.sources))?
            }
        };
        let text = template::text(&title);
        let path = user_folder::write_new(&folder, &format!("{slug}.md"), &text)?;
        note_namesakes(&corpus, &title, &slug, context)?;
        context.print(&format!("{}\n", sanitize(&path.to_string_lossy())))?;
        if self.edit {
            context.flush()?;
            editor::open(&path)?;
        }
        Ok(Status::Found)
    }
}

/// Says which entries have the name of the new one, and what becomes of them.
fn note_namesakes(corpus: &Corpus, title: &str, slug: &str, context: &mut Context) -> Result<()> {
    if let Some(id) = corpus.by_slug(slug) {
        let source = corpus.source(id);
        context.messages.note(&format!(
            "it replaces the entry `{slug}` from {source}; for a copy to start from, remove it and run `glossary edit {slug}`"
        ));
    }
    for id in resolve(corpus, title, NearMisses::Off)?.ids() {
        let other = corpus.head(id)?.slug;
        if other != slug {
            let source = corpus.source(id);
            context.messages.note(&format!(
                "the entry `{other}` from {source} also has this name; looking it up will show both"
            ));
        }
    }
    Ok(())
}
