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

/// What to do with the mentions of a text.
enum MentionReport {
    /// Count them, and list each term once at the end.
    Terms {
        mentions: Mentions,
        progress: Progress,
    },
    /// Print them as they come.
    Each { status: Status },
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
        let standard_input = [PathBuf::from(STANDARD_INPUT)];
        let files = if self.files.is_empty() {
            &standard_input[..]
        } else {
            &self.files
        };
        let mut report = self.new_report(files);
        let mut status = Status::NotFound;
        for file in files {
            let scanner = Scanner::new(&lexicon, everyday);
            match self.read(file, scanner, &corpus, &mut report, context) {
                // The other files are read all the same.
                Err(
                    error @ (Error::Library(glossary_core::error::Error::File { .. })
                    | Error::Input(_)),
                ) => {
                    context.messages.error(&error.to_string());
                    status = Status::Failed;
                }
                other => other?,
            }
        }
        let found = self.finish(report, context)?;
        Ok(match status {
            Status::Failed => status,
            _ => found,
        })
    }

    fn new_report(&self, files: &[PathBuf]) -> MentionReport {
        if self.each {
            return MentionReport::Each {
                status: Status::NotFound,
            };
        }
        let sizes = files.iter().filter_map(|file| file.metadata().ok());
        MentionReport::Terms {
            mentions: Mentions::default(),
            progress: Progress::new(Unit::Bytes, sizes.map(|data| data.len()).sum()),
        }
    }

    /// Reads a text, and reports what it mentions.
    fn read(
        &self,
        file: &Path,
        mut scanner: Scanner<'_>,
        corpus: &Corpus,
        report: &mut MentionReport,
        context: &mut Context,
    ) -> Result<()> {
        let name = file.display().to_string();
        if name == STANDARD_INPUT && io::stdin().is_terminal() {
            context.messages.note(&messages::waiting("a text"));
        }
        let mut text = Text::open(file)?;
        let mut found = Vec::new();
        while let Some(piece) = text.piece()? {
            scanner.read(&piece, &mut |mention| found.push(mention));
            if let MentionReport::Terms { progress, .. } = report {
                progress.advance(text.given());
            }
            self.add(&found, &name, corpus, report, context)?;
            found.clear();
        }
        scanner.finish(&mut |mention| found.push(mention));
        self.add(&found, &name, corpus, report, context)?;
        if text.is_damaged() {
            context.messages.note(&messages::damaged_text(&name));
        }
        Ok(())
    }

    /// Adds the next mentions of a file.
    fn add(
        &self,
        found: &[Use],
        file: &str,
        corpus: &Corpus,
        report: &mut MentionReport,
        context: &mut Context,
    ) -> Result<()> {
        match report {
            MentionReport::Terms { mentions, .. } => {
                for mention in found {
                    mentions.add(corpus, file, mention)?;
                }
                Ok(())
            }
            MentionReport::Each { status } => {
                let mentions = found
                    .iter()
                    .map(|mention| Mention::read(corpus, file, mention))
                    .collect::<glossary_core::error::Result<Vec<_>>>()?;
                *status = (*status).min(Status::from_results(&mentions));
                context.print(&if self.format.json {
                    mentions::json_lines(&mentions)
                } else {
                    mentions::lines(&mentions, &context.settings.style)
                })?;
                context.flush()
            }
        }
    }

    /// Prints the list, unless the mentions were printed as they came.
    fn finish(&self, report: MentionReport, context: &mut Context) -> Result<Status> {
        let (mentions, progress) = match report {
            MentionReport::Terms { mentions, progress } => (mentions.into_vec(), progress),
            MentionReport::Each { status } => return Ok(status),
        };
        progress.finish();
        let depths = self.depth.depths();
        context.print(&if self.format.json {
            mentions::json(&mentions, &depths)
        } else if self.format.markdown {
            mentions::markdown(&mentions, &depths)
        } else {
            mentions::list(&mentions, &depths, &context.settings.style)
        })?;
        Ok(Status::from_results(&mentions))
    }
}
