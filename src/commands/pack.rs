//! `glossary pack DIR… -o FILE`: folders of entries as one file.

use std::path::{Path, PathBuf};

use super::Context;
use crate::error::{Result, Status};
use crate::output::Progress;
use crate::render::layers;
use glossary_core::corpus::pack;

/// Writes the file, says how many entries it holds, and notes what was left out.
pub fn run(folders: &[PathBuf], output: &Path, context: &mut Context<'_>) -> Result<Status> {
    let mut progress: Option<Progress> = None;
    let packed = pack::pack(folders, output, &mut |read, all| {
        Progress::watch(&mut progress, read, all);
    });
    progress.into_iter().for_each(Progress::finish);
    let packed = packed?;
    if let Some(note) = layers::left_out(packed.findings.len(), folders) {
        context.notes.say(&note);
    }
    context.write(&layers::packed(output, packed.entries))?;
    Ok(Status::Found)
}
