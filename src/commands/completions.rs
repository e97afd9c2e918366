//! `glossary completions SHELL`: the script that makes a shell complete.

use super::Context;
use crate::cli::Shell;
use crate::completion;
use crate::error::{Result, Status};

/// Prints the script.
pub fn run(shell: Shell, context: &mut Context<'_>) -> Result<Status> {
    let script = completion::script(shell)?;
    context.write(&script)?;
    Ok(Status::Found)
}
