//! `glossary edit TERM`: your own entry in the editor, or a copy of another.

use std::path::Path;
use std::{fs, io};

use clap::Args;

use super::Context;
use crate::cli::SourceArgs;
use crate::error::{Error, Result, Status};
use crate::render::messages;
use crate::{editor, settings, signals};
use glossary_core::corpus::{Corpus, Id, user_folder};
use glossary_core::index::record::EntryLocation;
use glossary_core::query::resolve::{NearMisses, resolve};

/// The name of the command, with which some terms start.
const NAME: &str = "edit";

#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The term; an entry that is not your own is copied if you change it
    #[arg(required = true)]
    pub(crate) term: Vec<String>,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

impl Edit {
    /// Opens the entry. Only an exact name opens one: a guess would be easy to overlook in an editor.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        signals::ignore_file_size_limit();
        let corpus = context.open(&self.sources)?;
        let query = self.term.join(" ");
        let found = resolve(&corpus, &query, NearMisses::Off)?.ids();
        // A file that cannot be read as an entry needs editing most.
        if let Some(path) = user_folder::find(&corpus, &query) {
            editor::open(&path)?;
            return Ok(Status::Found);
        }
        let Some((&id, others)) = found.split_first() else {
            context.messages.note(&messages::nothing_to_edit(&query));
            context.hint_at_entry(&corpus, NAME, &query)?;
            return Ok(Status::NotFound);
        };
        if !others.is_empty() {
            let slugs = others
                .iter()
                .map(|&id| Ok(corpus.head(id)?.slug.into_owned()))
                .collect::<Result<Vec<_>>>()?;
            context.messages.note(&messages::other_entries(&slugs));
        }
        match own_file(&corpus, id)? {
            Some(location) => editor::open_at(&location.path, location.line)?,
            None => self.edit_copy(&corpus, id, context)?,
        }
        Ok(Status::Found)
    }

    /// Opens a copy of an entry, and keeps it if it was changed.
    fn edit_copy(&self, corpus: &Corpus, id: Id, context: &mut Context) -> Result<()> {
        // Without a folder for the copy, editing it would be in vain.
        let folder = user_folder::writable(&settings::sources(&self.sources))?;
        let entry = corpus.entry(id)?;
        let name = format!("{}.md", entry.slug);
        let temporary = tempfile::tempdir().map_err(|error| failure("write", &folder, error))?;
        let draft = temporary.path().join(&name);
        fs::write(&draft, &entry.text).map_err(|error| failure("write", &draft, error))?;
        editor::open(&draft)?;
        let text = fs::read_to_string(&draft).map_err(|error| failure("read", &draft, error))?;
        if text == entry.text {
            context
                .messages
                .note("nothing was changed, so no copy was made");
            return Ok(());
        }
        let path = user_folder::write_new(&folder, &name, &text).inspect_err(|_| {
            // The user's text must not be lost.
            let _ = temporary.keep();
        })?;
        let source = corpus.source(id);
        context.messages.note(&format!(
            "copied the entry from {source} to {}, which replaces it from now on",
            path.display()
        ));
        Ok(())
    }
}

fn failure(doing: &'static str, path: &Path, error: io::Error) -> Error {
    Error::Library(glossary_core::error::Error::File {
        doing,
        path: path.to_path_buf(),
        error,
    })
}

/// The file of an entry, if it can be changed.
fn own_file(corpus: &Corpus, id: Id) -> Result<Option<EntryLocation>> {
    let location = corpus.location(id)?;
    Ok(location.filter(|location| user_folder::is_writable(&location.path)))
}
