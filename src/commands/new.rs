//! `glossary new TERM`: a file for an entry that is still to be written.

use std::path::{Path, PathBuf};

use super::Context;
use crate::editor;
use crate::error::{Error, Result, Status};
use crate::render::safe;
use glossary_core::corpus::user_folder;
use glossary_core::entry::skeleton;

/// What happens to the file once it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing.
    Leave,
    /// It is opened in the editor.
    Edit,
}

/// Writes the file and prints its path.
pub fn run(
    term: &[String],
    folder: Option<&Path>,
    then: Then,
    context: &mut Context<'_>,
) -> Result<Status> {
    let title = safe(&term.join(" ")).trim().to_string();
    let slug = skeleton::slug(&title);
    if slug.is_empty() {
        return Err(Error::Usage(format!(
            "“{title}” has no letters or digits to make a slug of; write the term out"
        )));
    }
    if let Some(path) = folder
        .is_none()
        .then(|| user_folder::find(context.corpus, &slug))
        .flatten()
    {
        return Err(Error::Usage(format!(
            "{} exists; `glossary edit {slug}` opens it",
            path.display()
        )));
    }
    let folder: PathBuf = match folder {
        Some(folder) => folder.to_path_buf(),
        None => user_folder::writable(&context.settings.sources)?,
    };
    let path = user_folder::write_new(&folder, &format!("{slug}.md"), &skeleton::text(&title))?;
    if let Some(id) = context.corpus.by_slug(&slug) {
        let source = context.corpus.source(id);
        context.notes.say(&format!(
            "it replaces the entry `{slug}` from {source}; for a copy to start from, remove it and run `glossary edit {slug}`"
        ));
    }
    context.write(&format!("{}\n", safe(&path.to_string_lossy())))?;
    if then == Then::Edit {
        context.out.flush().map_err(Error::Output)?;
        editor::open(&context.settings.editor, &path)?;
    }
    Ok(Status::Found)
}
