//! `glossary completions SHELL`: the script that makes a shell complete.

use clap::{Args, ValueEnum};

use super::Context;
use crate::completion;
use crate::error::{Result, Status};

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

impl Completions {
    /// Prints the script.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        context.print(&completion::script(self.shell)?)?;
        Ok(Status::Found)
    }
}
