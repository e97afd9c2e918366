//! What each subcommand does: arguments → query → rendering → status.
//!
//! Owns the steps of each command, one file a command. It must not know how anything is found, nor
//! how it is laid out.

pub mod check;
pub mod completions;
pub mod edit;
pub mod learn;
pub mod list;
pub mod man;
pub mod new;
pub mod pack;
pub mod paths;
pub mod random;
pub mod related;
pub mod scan;
pub mod search;
pub mod show;
pub mod tags;

use std::io::Write;

use crate::cli::{Cli, Command};
use crate::config::{Format, Settings};
use crate::error::{Error, Result, Status};
use crate::output::Notes;
use crate::render::list::Item;
use crate::render::{Look, json, layers, note};
use glossary_core::corpus::{Corpus, Id};
use glossary_core::query::resolve::{Answer, Match, NearMisses, resolve};
use glossary_core::query::scan::EverydayWords;

/// What every command works with.
pub struct Context<'c> {
    /// The entries.
    pub corpus: &'c Corpus,
    /// How to behave.
    pub settings: &'c Settings,
    /// Where the answer goes.
    pub out: &'c mut dyn Write,
    /// Where notes beside it go.
    pub notes: &'c mut Notes,
}

/// Whether a command works without any entries.
#[must_use]
pub fn needs_no_entries(command: Option<&Command>) -> bool {
    matches!(
        command,
        Some(
            Command::Man
                | Command::Completions { .. }
                | Command::Pack { .. }
                | Command::Check {
                    explain: Some(_),
                    ..
                }
        )
    )
}

/// Carries a command out.
pub fn run(cli: &Cli, context: &mut Context<'_>) -> Result<Status> {
    // These two say all that the notes would, and more.
    if !matches!(cli.command, Some(Command::Check { .. } | Command::Paths)) {
        for note in layers::notes(context.corpus) {
            context.notes.say(&note);
        }
    }
    match &cli.command {
        None => show::run(&cli.term, context),
        Some(Command::Show { term }) => show::run(term, context),
        Some(Command::Related { term, depth }) => related::run(term, usize::from(*depth), context),
        Some(Command::Learn { term, depth }) => learn::run(term, depth.map(usize::from), context),
        Some(Command::Search { words, limit, tag }) => search::run(
            &words.join(" "),
            usize::from(*limit),
            tag.as_deref(),
            context,
        ),
        Some(Command::List { tag, .. }) => list::run(tag.as_deref(), context),
        Some(Command::Tags { .. }) => tags::run(context),
        Some(Command::Random { tag, .. }) => random::run(tag.as_deref(), context),
        Some(Command::Scan {
            files,
            all_words,
            each,
        }) => {
            let everyday = if *all_words {
                EverydayWords::Always
            } else {
                EverydayWords::BesideATerm
            };
            let listing = if *each {
                scan::Listing::Uses
            } else {
                scan::Listing::Terms
            };
            scan::run(files, everyday, listing, context)
        }
        Some(Command::Completions { shell }) => completions::run(*shell, context),
        Some(Command::Man) => man::run(context),
        Some(Command::Check {
            explain: Some(rule),
            ..
        }) => check::explain(rule, context),
        Some(Command::Check {
            paths,
            strict,
            format,
            ..
        }) => {
            let tolerance = if *strict {
                check::Tolerance::Nothing
            } else {
                check::Tolerance::Warnings
            };
            check::run(paths, *format, tolerance, context)
        }
        Some(Command::New { term, folder, edit }) => {
            let then = if *edit {
                new::Then::Edit
            } else {
                new::Then::Leave
            };
            new::run(term, folder.as_deref(), then, context)
        }
        Some(Command::Edit { term }) => edit::run(term, context),
        Some(Command::Pack { folders, output }) => pack::run(folders, output, context),
        Some(Command::Paths) => paths::run(context),
    }
}

impl Context<'_> {
    /// Finds what a term means, and notes on standard error what is not as it was typed.
    fn resolve(&mut self, query: &str) -> Result<Answer> {
        let answer = resolve(self.corpus, query, self.settings.near_misses)?;
        if let Some(note) = note::of(self.corpus, &answer)? {
            self.notes.say(&note);
        }
        Ok(answer)
    }

    /// The entries that a term means, for a command that starts from one.
    fn find(&mut self, command: &str, term: &[String]) -> Result<Vec<Id>> {
        let query = term.join(" ");
        let answer = self.resolve(&query)?;
        debug_assert_eq!(answer.found.is_empty(), answer.matched == Match::None);
        if answer.found.is_empty() {
            self.say_if_named(command, &query)?;
        }
        Ok(answer.found)
    }

    /// Some terms begin with the name of a command: who types `glossary search algorithm` may want the
    /// entry of that name.
    fn say_if_named(&mut self, command: &str, words: &str) -> Result<()> {
        let term = format!("{command} {words}");
        let named = resolve(self.corpus, &term, NearMisses::Off)?.found;
        if !named.is_empty() {
            let note = note::of_command(self.corpus, &named, &term)?;
            self.notes.say(&note);
        }
        Ok(())
    }

    /// Notes that there is no entry of a topic.
    fn note_no_topic(&mut self, tag: &str) {
        self.notes.say(&format!(
            "no topic “{tag}”; `glossary tags` lists the topics"
        ));
    }

    /// Prints entries as a list, in the layout that is given where it is for people.
    fn print_list(
        &mut self,
        items: &[Item<'_>],
        layout: fn(&[Item<'_>], &Look) -> String,
    ) -> Result<()> {
        let text = if self.settings.format == Format::Json {
            json::items(self.corpus, items)?
        } else {
            layout(items, &self.settings.look)
        };
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(Error::Output)
    }
}
