//! `glossary edit TERM`: one's own entry in the editor; of another's, a copy.

use std::path::PathBuf;

use super::Context;
use crate::editor;
use crate::error::{Result, Status};
use glossary_core::corpus::{Id, user_folder};
use glossary_core::query::resolve::{NearMisses, resolve};

/// The name of the command, which some terms begin with.
const NAME: &str = "edit";

/// Opens the entry. A near miss is not opened: it is easily taken for what was meant.
pub fn run(term: &[String], context: &mut Context<'_>) -> Result<Status> {
    let query = term.join(" ");
    let answer = resolve(context.corpus, &query, NearMisses::Off)?;
    // A file of one's own that cannot be read as an entry is what needs editing most.
    let own = user_folder::find(context.corpus, &query);
    let path = match (own, answer.found.first()) {
        (Some(path), _) => path,
        (None, Some(&id)) => {
            if answer.found.len() > 1 {
                note_others(&answer.found[1..], context)?;
            }
            path_of(id, context)?
        }
        (None, None) => {
            context.notes.say(&format!(
                "no entry for “{query}”; `glossary new {query}` begins one"
            ));
            context.say_if_named(NAME, &query)?;
            return Ok(Status::NotFound);
        }
    };
    editor::open(&context.settings.editor, &path)?;
    Ok(Status::Found)
}

/// The file of an entry, or, if that is not one's own to change, of a copy of it.
fn path_of(id: Id, context: &mut Context<'_>) -> Result<PathBuf> {
    if let Some(location) = context
        .corpus
        .location(id)?
        .filter(|location| user_folder::is_writable(&location.path))
    {
        return Ok(location.path);
    }
    let entry = context.corpus.entry(id)?;
    let name = format!("{}.md", entry.slug);
    if let Some(path) =
        user_folder::find(context.corpus, &entry.slug).filter(|path| user_folder::is_writable(path))
    {
        return Ok(path);
    }
    let folder = user_folder::writable(&context.settings.sources)?;
    let path = user_folder::write_new(&folder, &name, &entry.text)?;
    let source = context.corpus.source(id);
    context.notes.say(&format!(
        "copied the entry from {source} to {}, which replaces it from now on",
        path.display()
    ));
    Ok(path)
}

fn note_others(others: &[Id], context: &mut Context<'_>) -> Result<()> {
    let slugs = others
        .iter()
        .map(|&id| Ok(format!("`{}`", context.corpus.head(id)?.slug)))
        .collect::<Result<Vec<_>>>()?;
    context
        .notes
        .say(&format!("the name also leads to {}", slugs.join(", ")));
    Ok(())
}
