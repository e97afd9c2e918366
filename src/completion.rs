//! What shells complete: commands and flags from their definitions, and terms from the glossary.
//!
//! The scripts ask the program itself, through an environment variable, so that new terms complete at
//! once. `clap_complete` writes the scripts and reads the question.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::sync::OnceLock;

use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use clap_complete::{ArgValueCompleter, CompleteEnv, CompletionCandidate};

use crate::cli;
use crate::commands::completions::Shell;
use crate::embedded::BUILT_IN;
use crate::error::{Error, Result};
use crate::settings;
use glossary_core::corpus::{Corpus, CorpusOptions};
use glossary_core::entry::names::Title;
use glossary_core::entry::rule::Rule;
use glossary_core::query::list::{Topic, topics};

/// The name of the program.
const NAME: &str = "glossary";

/// The variable that the scripts set when they ask; its value is the name of the shell.
const VARIABLE: &str = "GLOSSARY_COMPLETE";

/// The shell that asks.
static SHELL: OnceLock<String> = OnceLock::new();

/// The variable in which some scripts pass the position of the word to complete.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// Answers a shell that asks for candidates and ends the program; otherwise does nothing.
pub(crate) fn answer_shell() {
    // `clap_complete` removes the variable.
    let _ = SHELL.set(std::env::var(VARIABLE).unwrap_or_default());
    CompleteEnv::with_factory(command).var(VARIABLE).complete();
}

/// The script that makes a shell ask.
pub(crate) fn script(shell: Shell) -> Result<String> {
    let writer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Elvish => &Elvish,
    };
    let mut script = Vec::new();
    writer
        .write_registration(VARIABLE, NAME, NAME, NAME, &mut script)
        .map_err(Error::Output)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// The command line, with completers for terms, topics, and rules.
fn command() -> clap::Command {
    let mut command = cli::root();
    command.build();
    let completed = |command: clap::Command| {
        command.mut_args(|argument| match argument.get_id().as_str() {
            "term" => argument.add(ArgValueCompleter::new(complete_term)),
            "tag" | "topic" => argument.add(ArgValueCompleter::new(complete_topic)),
            "explain" => argument.add(ArgValueCompleter::new(complete_rule)),
            _ => argument,
        })
    };
    completed(command).mut_subcommands(completed)
}

/// The words of the command line that is being completed, up to the one at the cursor. Bash passes
/// `--glossary=DIR` as three words.
fn words_before() -> Vec<OsString> {
    let words: Vec<OsString> = std::env::args_os()
        .skip_while(|word| word != "--")
        .skip(1)
        .collect();
    let index = std::env::var(INDEX)
        .ok()
        .and_then(|index| index.parse().ok());
    let end = index.unwrap_or(words.len().saturating_sub(1));
    let before = words.into_iter().take(end);
    before.filter(|word| word != "=").collect()
}

/// The glossaries that the command line consults so far. The shell has not expanded `~` yet.
fn corpus() -> Option<Corpus> {
    let mut sources = cli::sources_of(words_before());
    for path in &mut sources.glossary {
        *path = settings::expand(path);
    }
    let reading = &mut CorpusOptions {
        cache: settings::cache(),
        ..CorpusOptions::default()
    };
    Corpus::open(&settings::sources(&sources), BUILT_IN, reading).ok()
}

/// A candidate, quoted where the shell does not do that.
fn candidate(value: &str, help: &str) -> CompletionCandidate {
    let value = if SHELL.get().is_some_and(|shell| shell == "bash") {
        backslashed(value)
    } else {
        Cow::Borrowed(value)
    };
    let help = (!help.is_empty()).then(|| help.to_string().into());
    CompletionCandidate::new(&*value).help(help)
}

/// A text with a backslash before each character that is special to a shell.
fn backslashed(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+:@%,".contains(c);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| [(!is_plain(c)).then_some('\\'), Some(c)];
    text.chars().flat_map(escape).flatten().collect()
}

/// The slugs and acronyms that start as typed; after a first word, the words with which titles go on.
fn complete_term(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let before = cli::term_words(words_before());
    let Some(corpus) = corpus() else {
        return Vec::new();
    };
    let mut candidates = Vec::new();
    for (_, head) in corpus.all().unwrap_or_default() {
        let title = Title::parse(&head.title);
        if !before.is_empty() {
            let next = next_word(&title.headword, &before, &typed);
            candidates.extend(next.map(|word| candidate(&word, &title.full)));
            continue;
        }
        let slug_prefix = typed.to_lowercase().replace([' ', '_'], "-");
        if head.slug.starts_with(&slug_prefix) {
            candidates.push(candidate(&head.slug, &head.gloss));
        }
        if let Some(acronym) = title.acronym.filter(|_| !typed.is_empty()) {
            let acronym = in_case_of(&typed, &acronym);
            if acronym.starts_with(&*typed) && acronym != head.slug {
                candidates.push(candidate(&acronym, &title.headword));
            }
        }
    }
    candidates.dedup_by(|a, b| a.get_value() == b.get_value());
    candidates
}

/// The next word of a name that starts with some words and goes on as typed.
fn next_word(name: &str, before: &[String], typed: &str) -> Option<String> {
    let mut words = name.split_whitespace();
    for word in before {
        if !words.next()?.eq_ignore_ascii_case(word) {
            return None;
        }
    }
    let next = in_case_of(typed, words.next()?);
    next.starts_with(typed).then_some(next)
}

/// A word in lower case, unless capitals were typed.
fn in_case_of(typed: &str, word: &str) -> String {
    if typed.chars().any(char::is_uppercase) {
        word.to_string()
    } else {
        word.to_lowercase()
    }
}

/// The topics that start as typed.
fn complete_topic(typed: &OsStr) -> Vec<CompletionCandidate> {
    let topics = corpus().and_then(|corpus| topics(&corpus).ok());
    let topics = topics.unwrap_or_default().into_iter();
    let count = |topic: &Topic| crate::render::counted(topic.entries, "entry");
    let candidates = topics.map(|topic| candidate(&topic.name, &count(&topic)));
    starting_with(typed, candidates)
}

/// The rules that start as typed.
fn complete_rule(typed: &OsStr) -> Vec<CompletionCandidate> {
    let rules = Rule::ALL.iter();
    starting_with(typed, rules.map(|rule| candidate(rule.id(), rule.why())))
}

fn starting_with(
    typed: &OsStr,
    candidates: impl Iterator<Item = CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let typed = typed.as_encoded_bytes();
    let starts = |candidate: &CompletionCandidate| {
        let value = candidate.get_value().as_encoded_bytes();
        value.starts_with(typed)
    };
    candidates.filter(starts).collect()
}
