//! `glossary scan [FILE…]`: the terms that a text uses.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::Context;
use crate::cli::{CommonArgs, DepthArgs, FormatArgs};
use crate::error::{Error, Result, Status};
use crate::input::{STANDARD_INPUT, Text};
use crate::progress::{Progress, Unit};
use crate::render::{mentions, messages};
use glossary_core::corpus::Corpus;
use glossary_core::error::Error as Unread;
use glossary_core::query::scan::{EverydayWords, Lexicon, Mention, Mentions, Scanner, Use};

#[derive(Debug, Args)]
pub(crate) struct Scan {
    /// The text; standard input if none is given, or for `-`
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// Count words that are also everyday English even far from other terms
    #[arg(long)]
    pub(crate) all_words: bool,
    /// Print each mention as soon as it is read, not each term once
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) each: bool,
    #[command(flatten)]
    pub(crate) depth: DepthArgs,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

impl Scan {
    /// Lists the terms of the texts, those of the first text first.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        let corpus = context.open(&self.common.sources)?;
        let lexicon = Lexicon::new(&corpus)?;
        let everyday = if self.all_words {
            EverydayWords::Always
        } else {
            EverydayWords::BesideATerm
        };
        let mut files = self.files.clone();
        if files.is_empty() {
            files.push(STANDARD_INPUT.into());
        }
        let sizes = files.iter().filter_map(|file| file.metadata().ok());
        let mut run = Run {
            scan: self,
            corpus: &corpus,
            mentions: Mentions::default(),
            progress: Progress::new(Unit::Bytes, sizes.map(|data| data.len()).sum()),
            status: Status::NotFound,
            context,
        };
        let mut has_failed = false;
        for file in files {
            match run.read(&file, Scanner::new(&lexicon, everyday)) {
                // The other files are read all the same.
                Err(error @ (Error::Library(Unread::File { .. }) | Error::Input(_))) => {
                    run.context.messages.error(&error.to_string());
                    has_failed = true;
                }
                other => other?,
            }
        }
        let found = run.finish()?;
        Ok(if has_failed { Status::Failed } else { found })
    }
}

/// A scan in progress.
struct Run<'r> {
    scan: &'r Scan,
    corpus: &'r Corpus,
    mentions: Mentions,
    progress: Progress,
    status: Status,
    context: &'r mut Context,
}

impl Run<'_> {
    /// Reads a text, and reports what it mentions.
    fn read(&mut self, file: &Path, mut scanner: Scanner<'_>) -> Result<()> {
        let name = file.display().to_string();
        if name == STANDARD_INPUT && io::stdin().is_terminal() {
            self.context.messages.note(&messages::waiting("a text"));
        }
        let mut text = Text::open(file)?;
        let mut found = Vec::new();
        while let Some(piece) = text.piece()? {
            scanner.read(&piece, &mut |mention| found.push(mention));
            if !self.scan.each {
                self.progress.advance(piece.len() as u64);
            }
            self.add(&name, &mut found)?;
        }
        scanner.finish(&mut |mention| found.push(mention));
        self.add(&name, &mut found)?;
        if text.is_damaged() {
            self.context.messages.note(&messages::damaged_text(&name));
        }
        Ok(())
    }

    /// Counts the next mentions of a file, or prints them.
    fn add(&mut self, file: &str, found: &mut Vec<Use>) -> Result<()> {
        let mut mentions = Vec::new();
        for mention in found.drain(..) {
            if self.scan.each {
                mentions.push(Mention::read(self.corpus, file, &mention)?);
            } else {
                self.mentions.add(self.corpus, file, &mention)?;
            }
        }
        if mentions.is_empty() {
            return Ok(());
        }
        self.status = Status::Found;
        self.context.print(&if self.scan.format.json {
            mentions::json_lines(&mentions)
        } else {
            mentions::lines(&mentions, &self.context.settings.style)
        })?;
        self.context.flush()
    }

    /// Prints the list, unless the mentions were printed as they came.
    fn finish(self) -> Result<Status> {
        self.progress.finish();
        if self.scan.each {
            return Ok(self.status);
        }
        let mentions = self.mentions.into_vec();
        let depths = self.scan.depth.depths();
        self.context.print(&if self.scan.format.json {
            mentions::json(&mentions, &depths)
        } else if self.scan.format.markdown {
            mentions::markdown(&mentions, &depths)
        } else {
            mentions::list(&mentions, &depths, &self.context.settings.style)
        })?;
        Ok(Status::from_results(&mentions))
    }
}
