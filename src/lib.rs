//! The `glossary` program, as a library so that its tests can call parts of it.
//!
//! - `cli`, `error`: the command line, and what can go wrong;
//! - `commands`: the subcommands, one file each, with their arguments;
//! - `settings`: flags, environment, and terminal as settings;
//! - [`render`]: answers as text;
//! - `output`, `pager`, `progress`, `editor`, `input`: standard output, the pager, the progress bar, the
//!   editor, and texts that are read;
//! - [`embedded`]: the built-in glossary;
//! - `completion`, `manual`: scripts for shells, and the manual page.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod embedded;
pub mod render;

mod cli;
mod commands;
mod completion;
mod editor;
mod error;
mod input;
mod manual;
mod output;
mod pager;
mod progress;
mod settings;
mod signals;

use std::io;
use std::process::ExitCode;

use error::{Error, Status};

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    completion::answer_shell();
    let result = match cli::parse(std::env::args_os().collect()) {
        Ok((command, display)) => commands::run(&command, &display),
        Err(instead) => commands::print_instead(&instead),
    };
    match result {
        Ok(status) => status.into(),
        // The reader of a pipe may leave early.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            commands::print_error(&error);
            Status::Failed.into()
        }
    }
}
