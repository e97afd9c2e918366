//! The `glossary` command: parse, run, exit code.
#![warn(clippy::unwrap_used, clippy::expect_used)]

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

use std::io::{self, Write as _};
use std::process::ExitCode;

use glossary_cli::cli::{self, Cli};
use glossary_cli::commands::{self, Context};
use glossary_cli::completion;
use glossary_cli::config::{Settings, Surroundings};
use glossary_cli::embedded::BUILT_IN;
use glossary_cli::error::{Error, Result, Status};
use glossary_cli::output::{Notes, Output, Progress};
use glossary_core::corpus::{Corpus, Reading};

fn main() -> ExitCode {
    completion::answer();
    let mut notes = Notes::new();
    let status = match cli::parse(std::env::args_os().collect()) {
        Ok(cli) => run(&cli, &mut notes),
        Err(instead) => print_instead(&instead, &mut notes),
    };
    match status {
        Ok(status) => status.into(),
        // A reader that has seen enough is no error.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            notes.say(&error.to_string());
            Status::Failed.into()
        }
    }
}

fn run(cli: &Cli, notes: &mut Notes) -> Result<Status> {
    let settings = Settings::new(&cli.options, &Surroundings::detect());
    let corpus = if commands::needs_no_entries(cli.command.as_ref()) {
        Corpus::empty()
    } else {
        open(&settings)?
    };
    let mut out = Output::new(settings.destination.clone());
    let status = commands::run(
        cli,
        &mut Context {
            corpus: &corpus,
            settings: &settings,
            out: &mut out,
            notes,
        },
    );
    // What was answered before a failure is shown all the same.
    let finished = out.finish().map_err(Error::Output);
    status.and_then(|status| finished.map(|()| status))
}

fn open(settings: &Settings) -> Result<Corpus> {
    let mut progress: Option<Progress> = None;
    let corpus = Corpus::open(
        &settings.sources,
        BUILT_IN,
        &mut Reading {
            cache: settings.cache.clone(),
            watch: Box::new(|read, all| Progress::watch(&mut progress, read, all)),
        },
    );
    progress.into_iter().for_each(Progress::finish);
    Ok(corpus?)
}

/// Prints help or the version as an answer, and an error of usage as an error.
fn print_instead(instead: &clap::Error, notes: &mut Notes) -> Result<Status> {
    let settings = Settings::new(&cli::Options::default(), &Surroundings::detect());
    let text = instead.render().to_string();
    if instead.use_stderr() {
        notes.print(&text);
        return Ok(Status::Failed);
    }
    let mut out = Output::new(settings.destination);
    out.write_all(text.as_bytes())
        .and_then(|()| out.finish())
        .map_err(Error::Output)?;
    Ok(Status::Found)
}
