//! `glossary TERM`: the entries of a term.

use std::io::{self, BufRead, IsTerminal};

use clap::Args;

use super::Context;
use crate::cli::{CommonArgs, DepthArgs, FormatArgs, MatchArgs, command_names};
use crate::error::{Error, Result, Status};
use crate::render::{json, messages, page, sanitize_lines};
use glossary_core::corpus::Corpus;
use glossary_core::query::lookup::Answer;
use glossary_core::query::resolve::Match;

/// Reads terms from standard input, one per line.
const STANDARD_INPUT: &str = "-";

#[derive(Debug, Args)]
#[command(override_usage = "glossary [show] [OPTIONS] TERM...")]
pub(crate) struct Show {
    /// The term, without quotes; `-` reads one per line from standard input
    #[arg(value_name = "TERM", required = true)]
    pub(crate) term: Vec<String>,
    #[command(flatten)]
    pub(crate) depth: DepthArgs,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Show {
    /// Shows the entries of the term.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        if self.term == [STANDARD_INPUT] {
            self.show_each_line(&corpus, context)
        } else {
            self.show(&corpus, context)
        }
    }

    /// Shows the entries of the term from an open corpus.
    pub(super) fn show(&self, corpus: &Corpus, context: &mut Context) -> Result<Status> {
        let answer = context.lookup(corpus, &self.term.join(" "), self.matching.near_misses())?;
        if matches!(answer.matched, Match::Near | Match::None) {
            self.hint_at_command(&answer, context);
        }
        self.print(corpus, &answer, context)?;
        Ok(Status::from_results(&answer.entries))
    }

    fn print(&self, corpus: &Corpus, answer: &Answer<'_>, context: &mut Context) -> Result<()> {
        if self.format.json {
            let related = answer.entries.iter().map(|found| found.related(corpus));
            let related = related.collect::<glossary_core::error::Result<Vec<_>>>()?;
            return context.print(&json::answer(answer, &related));
        }
        let depths = self.depth.depths();
        let style = &context.settings.style.clone();
        for (number, found) in answer.entries.iter().enumerate() {
            if number > 0 {
                context.print("\n")?;
            }
            if self.format.markdown {
                context.print(&sanitize_lines(&found.entry.text))?;
            } else {
                context.print(&page::render(found, &depths, style))?;
            }
        }
        if !self.format.markdown {
            context.print(&page::also(&answer.also, style))?;
            context.print(&page::remarks(&answer.remarks, style))?;
        }
        Ok(())
    }

    /// Looks up each line of standard input. Something is found if any of them is.
    fn show_each_line(&self, corpus: &Corpus, context: &mut Context) -> Result<Status> {
        let input = io::stdin().lock();
        if input.is_terminal() {
            context.messages.note(&messages::waiting("terms"));
        }
        let mut status = Status::NotFound;
        for line in input.split(b'\n') {
            let line = line.map_err(Error::Input)?;
            let query = String::from_utf8_lossy(&line).trim().to_string();
            // As JSON, each line has its answer, so that a program can tell which is which.
            if query.is_empty() && !self.format.json {
                continue;
            }
            let answer = context.lookup(corpus, &query, self.matching.near_misses())?;
            if !answer.entries.is_empty() {
                if status == Status::Found && !self.format.json {
                    context.print("\n")?;
                }
                status = Status::Found;
            }
            self.print(corpus, &answer, context)?;
            // A program on the other end of the pipe may wait for each answer.
            context.flush()?;
        }
        Ok(status)
    }

    /// Points out the command that may have been meant: `glossary serach foo`.
    fn hint_at_command(&self, answer: &Answer<'_>, context: &mut Context) {
        let typed = self.term.first().and_then(|term| term.split(' ').next());
        let typed = typed.unwrap_or_default();
        let names = command_names().into_iter();
        let near = names
            .map(|name| (strsim::osa_distance(typed, &name), name))
            .filter(|(distance, name)| *distance <= name.len() / 4 || *distance <= 1)
            .min();
        if let Some((_, name)) = near {
            let message = messages::mistyped_command(&name);
            if answer.entries.is_empty() {
                context.messages.note(&message);
            } else {
                context.messages.introduce(&message);
            }
        }
    }
}
