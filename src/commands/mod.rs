//! The subcommands, one file each: arguments, query, rendering, status.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod edit;
pub(crate) mod learn;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod pack;
pub(crate) mod paths;
pub(crate) mod random;
pub(crate) mod related;
pub(crate) mod scan;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod tags;

use std::io::Write;

use crate::cli::{Command, DisplayArgs, GraphArgs, SourceArgs};
use crate::error::{Error, Result, Status};
use crate::output::{Messages, Output};
use crate::progress::Progress;
use crate::render::{glossaries, messages};
use crate::settings::{self, Settings, TerminalInfo};
use crate::signals;
use glossary_core::corpus::{BUILT_IN, Corpus, CorpusOptions, Id};
use glossary_core::entry::names::Title;
use glossary_core::query::list::find_topic;
use glossary_core::query::lookup::{Answer, lookup};
use glossary_core::query::resolve::{NearMisses, resolve};

/// What every command works with.
pub(crate) struct Context {
    /// How output looks.
    pub(crate) settings: Settings,
    /// Where messages go.
    pub(crate) messages: Messages,
    out: Output,
    /// The message about files that cannot be used, until it is shown.
    unusable: Option<String>,
}

/// Runs a command.
pub(crate) fn run(command: &Command, display: &DisplayArgs) -> Result<Status> {
    let mut context = Context::new(display);
    let status = match command {
        Command::Show(show) => show.run(&mut context),
        Command::Related(related) => related.run(&mut context),
        Command::Learn(learn) => learn.run(&mut context),
        Command::Search(search) => search.run(&mut context),
        Command::List(list) => list.run(&mut context),
        Command::Tags(tags) => tags.run(&mut context),
        Command::Random(random) => random.run(&mut context),
        Command::Scan(scan) => scan.run(&mut context),
        Command::Check(check) => check.run(&mut context),
        Command::New(new) => new.run(&mut context),
        Command::Edit(edit) => edit.run(&mut context),
        Command::Pack(pack) => pack.run(&mut context),
        Command::Paths(paths) => paths.run(&mut context),
        Command::Completions(completions) => completions.run(&mut context),
        Command::Man => man::run(&mut context),
    };
    context.finish(status)
}

/// Prints help or the version as an answer, and a usage error as an error.
pub(crate) fn print_instead(instead: &clap::Error) -> Result<Status> {
    let mut context = Context::new(&DisplayArgs::default());
    let text = instead.render().to_string();
    if instead.use_stderr() {
        context.messages.print(&text);
        return Ok(Status::Failed);
    }
    let printed = context.print(&text);
    context.finish(printed.map(|()| Status::Found))
}

/// Prints the error that ended a command.
pub(crate) fn print_error(error: &Error) {
    let mut context = Context::new(&DisplayArgs::default());
    context.messages.error(&error.to_string());
}

impl Context {
    fn new(display: &DisplayArgs) -> Self {
        let settings = Settings::new(display, &TerminalInfo::detect());
        Self {
            messages: Messages::new(&settings),
            out: Output::new(settings.pager.clone()),
            unusable: None,
            settings,
        }
    }

    /// Writes what is left. An answer that was found before a failure is shown all the same.
    fn finish(mut self, status: Result<Status>) -> Result<Status> {
        if matches!(status, Ok(Status::NotFound)) {
            self.note_unusable();
        }
        let finished = self.out.finish(&mut self.messages);
        let status = status?;
        finished.map_err(Error::Output)?;
        Ok(status)
    }

    /// Opens the glossaries, and says which of them cannot be used.
    fn open(&mut self, sources: &SourceArgs) -> Result<Corpus> {
        let corpus = open(sources)?;
        let rows = paths::statuses(&corpus, &settings::sources(sources));
        for message in glossaries::absences(&rows) {
            self.messages.note(&message);
        }
        self.unusable = glossaries::unusable_files(&rows);
        Ok(corpus)
    }

    /// Says once that files cannot be used. What they hold may be what the user is looking for.
    fn note_unusable(&mut self) {
        if let Some(message) = self.unusable.take() {
            self.messages.note(&message);
        }
    }

    /// Looks a query up, and says on standard error how the answer differs from what was typed.
    fn lookup<'c>(
        &mut self,
        corpus: &'c Corpus,
        query: &str,
        near_misses: NearMisses,
    ) -> Result<Answer<'c>> {
        let answer = lookup(corpus, query, near_misses)?;
        if let Some(message) = messages::lookup(&answer) {
            if answer.entries.is_empty() {
                self.messages.note(&message);
                for message in messages::hits(&answer) {
                    self.messages.note(&message);
                }
            } else {
                self.messages.introduce(&message);
            }
        }
        if answer.entries.iter().all(|found| found.source == BUILT_IN) {
            self.note_unusable();
        }
        Ok(answer)
    }

    /// The ids of the entries that a term means, for a command that starts from them.
    fn find(&mut self, corpus: &Corpus, command: &str, args: &GraphArgs) -> Result<Vec<Id>> {
        let query = args.term.join(" ");
        let answer = self.lookup(corpus, &query, args.matching.near_misses())?;
        if answer.entries.is_empty() {
            self.hint_at_entry(corpus, command, &query)?;
        }
        Ok(answer.entries.iter().map(|found| found.id).collect())
    }

    /// Points out an entry whose name starts with the command: `glossary search algorithm` may ask for
    /// the entry Search Algorithm.
    fn hint_at_entry(&mut self, corpus: &Corpus, command: &str, words: &str) -> Result<()> {
        let term = format!("{command} {words}");
        let found = resolve(corpus, &term, NearMisses::Off)?.ids();
        if !found.is_empty() {
            let titles = titles(corpus, &found)?;
            self.messages
                .note(&messages::named_like_command(&titles, &term));
        }
        Ok(())
    }

    /// The topic that was meant; `None`, and a message, if it does not exist.
    fn find_topic(&mut self, corpus: &Corpus, typed: &str) -> Result<Option<String>> {
        match find_topic(corpus, typed)? {
            Ok(topic) => Ok(Some(topic)),
            Err(nearest) => {
                self.messages.note(&messages::no_topic(typed, &nearest));
                Ok(None)
            }
        }
    }

    /// Prints a part of the answer.
    fn print(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(Error::Output)
    }

    /// Shows what was printed so far.
    fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(Error::Output)
    }
}

/// Opens the glossaries.
fn open(sources: &SourceArgs) -> Result<Corpus> {
    let built_in = settings::built_in(sources);
    let sources = settings::sources(sources);
    if !sources.is_empty() {
        // A folder whose cache cannot be written is read without one.
        signals::ignore_file_size_limit();
    }
    let mut progress: Option<Progress> = None;
    let corpus = Corpus::open(
        &sources,
        built_in,
        &mut CorpusOptions {
            cache: settings::cache(),
            on_progress: Box::new(|read, all| Progress::count_files(&mut progress, read, all)),
        },
    );
    progress.into_iter().for_each(Progress::finish);
    Ok(corpus?)
}

/// The titles of entries.
fn titles(corpus: &Corpus, ids: &[Id]) -> Result<Vec<Title>> {
    ids.iter()
        .map(|&id| Ok(Title::parse(&corpus.head(id)?.title)))
        .collect()
}
