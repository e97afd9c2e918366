//! What a shell completes: commands and flags from their definitions, terms from the glossary.
//!
//! Owns the candidates. The scripts ask the program itself, by an environment variable, so that new
//! terms complete at once; `clap_complete` writes the scripts and reads the question.

use std::ffi::OsStr;

use clap::CommandFactory;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use clap_complete::{ArgValueCompleter, CompleteEnv, CompletionCandidate};

use crate::cli::{self, Cli, Shell};
use crate::config;
use crate::embedded::BUILT_IN;
use crate::error::{Error, Result};
use glossary_core::corpus::{Corpus, CorpusOptions};

/// Set by the scripts when they ask.
const VARIABLE: &str = "GLOSSARY_COMPLETE";

/// Answers a shell that asks for candidates, and ends the program; does nothing otherwise.
pub fn answer() {
    CompleteEnv::with_factory(command).var(VARIABLE).complete();
}

/// The script that makes a shell ask.
pub fn script(shell: Shell) -> Result<String> {
    let writer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::PowerShell => &Powershell,
        Shell::Elvish => &Elvish,
    };
    let command = Cli::command();
    let name = command.get_name();
    let mut script = Vec::new();
    writer
        .write_registration(VARIABLE, name, name, name, &mut script)
        .map_err(Error::Output)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// The command line, with what only the glossary knows added where a term or a topic stands.
fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    let completed = |command: clap::Command| {
        command.mut_args(|argument| match argument.get_id().as_str() {
            "term" => argument.add(ArgValueCompleter::new(terms)),
            "tag" => argument.add(ArgValueCompleter::new(topics)),
            _ => argument,
        })
    };
    completed(command).mut_subcommands(completed)
}

/// The entries that the command line would consult as far as it is typed. The scripts pass it behind
/// a `--`; bash takes `--glossary=DIR` for three words, and no shell has expanded any yet.
fn corpus() -> Result<Corpus> {
    let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let mut options = cli::layer_options(words.filter(|word| word != "=").collect());
    for path in &mut options.glossary {
        *path = config::expand(path);
    }
    Ok(Corpus::open(
        &config::sources(&options),
        BUILT_IN,
        &mut CorpusOptions {
            cache: config::cache(),
            ..CorpusOptions::default()
        },
    )?)
}

/// The slugs that begin as typed, each with its summary.
fn terms(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed
        .to_string_lossy()
        .to_lowercase()
        .replace([' ', '_'], "-");
    let Ok(corpus) = corpus() else {
        return Vec::new();
    };
    let entries = corpus.all().unwrap_or_default().into_iter();
    entries
        .filter(|(_, head)| head.slug.starts_with(&typed))
        .map(|(_, head)| {
            let gloss = head.gloss.into_owned();
            CompletionCandidate::new(head.slug.into_owned()).help(Some(gloss.into()))
        })
        .collect()
}

/// The topics that begin as typed.
fn topics(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Ok(corpus) = corpus() else {
        return Vec::new();
    };
    let ids = corpus.ids().unwrap_or_default().into_iter();
    let mut topics: Vec<String> = ids
        .flat_map(|id| corpus.topics(id).unwrap_or_default())
        .collect();
    topics.sort();
    topics.dedup();
    topics
        .into_iter()
        .filter(|topic| topic.starts_with(&*typed))
        .map(CompletionCandidate::new)
        .collect()
}
