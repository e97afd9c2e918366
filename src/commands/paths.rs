//! `glossary paths`: which glossaries are consulted, and why.

use super::Context;
use crate::config::Format;
use crate::error::{Result, Status};
use crate::render::layers;

/// Lists the layers, the nearest first, and the places where none was found.
pub fn run(context: &mut Context<'_>) -> Result<Status> {
    let rows = layers::rows(context.corpus, &context.settings.sources);
    let text = match context.settings.format {
        Format::Json => layers::json(&rows),
        _ => layers::text(&rows, &context.settings.look),
    };
    context.write(&text)?;
    Ok(Status::Found)
}
