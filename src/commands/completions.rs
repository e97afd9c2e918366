//! `glossary completions SHELL`: the script that makes a shell complete.

use clap::Args;

use super::Context;
use crate::completion;
use crate::error::{Result, Status};

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_parser = ["bash", "zsh", "fish", "powershell", "elvish"])]
    pub(crate) shell: String,
}

impl Completions {
    /// Prints the script.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        context.print(&completion::script(&self.shell)?)?;
        Ok(Status::Found)
    }
}
