//! `glossary scan [FILE…]`: the terms that a text uses.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::Context;
use crate::config::Format;
use crate::error::{Error, Result, Status};
use crate::input::{STANDARD_INPUT, Text};
use crate::output::{Progress, Unit};
use crate::render::usage::{self, Mention};
use glossary_core::corpus::Id;
use glossary_core::query::scan::{EverydayWords, Lexicon, Scanner, Use};

/// What is listed of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Each term once, when all is read.
    Terms,
    /// Each use, as it is met.
    Uses,
}

/// Lists the terms of texts, those of the first text first.
pub fn run(
    files: &[PathBuf],
    everyday: EverydayWords,
    listing: Listing,
    context: &mut Context<'_>,
) -> Result<Status> {
    let lexicon = Lexicon::new(context.corpus)?;
    let standard_input = [PathBuf::from(STANDARD_INPUT)];
    let files = if files.is_empty() {
        &standard_input
    } else {
        files
    };
    let mut report = Report::new(listing, files);
    let mut status = Status::NotFound;
    for file in files {
        let scanner = Scanner::new(&lexicon, everyday);
        match read(file, scanner, &mut report, context) {
            // What cannot be read keeps nobody from the rest.
            Err(
                error
                @ (Error::Library(glossary_core::error::Error::File { .. }) | Error::Input(_)),
            ) => {
                context.notes.say(&error.to_string());
                status = Status::Failed;
            }
            other => other?,
        }
    }
    let found = report.finish(context)?;
    Ok(if status == Status::Failed {
        status
    } else {
        found
    })
}

/// Reads a text, and reports what it uses.
fn read(
    file: &Path,
    mut scanner: Scanner<'_>,
    report: &mut Report,
    context: &mut Context<'_>,
) -> Result<()> {
    let name = file.display().to_string();
    let mut text = Text::open(file)?;
    let mut uses = Vec::new();
    while let Some(piece) = text.piece()? {
        scanner.read(&piece, &mut |found| uses.push(found));
        report.advance(text.given());
        report.take(&uses, &name, context)?;
        uses.clear();
    }
    scanner.finish(&mut |found| uses.push(found));
    report.take(&uses, &name, context)?;
    if text.is_damaged() {
        context.notes.say(&format!(
            "{name} is not UTF-8; what could not be read was replaced"
        ));
    }
    Ok(())
}

/// What is made of the uses.
enum Report {
    /// They are counted.
    Terms {
        mentions: Vec<Mention>,
        /// Where each term stands among them.
        places: FxHashMap<Id, usize>,
        progress: Progress,
    },
    /// They are printed.
    Uses {
        /// Whether there was any.
        status: Status,
    },
}

impl Report {
    fn new(listing: Listing, files: &[PathBuf]) -> Self {
        match listing {
            Listing::Terms => {
                let sizes = files.iter().filter_map(|file| file.metadata().ok());
                Self::Terms {
                    mentions: Vec::new(),
                    places: FxHashMap::default(),
                    progress: Progress::new(Unit::Bytes, sizes.map(|data| data.len()).sum()),
                }
            }
            Listing::Uses => Self::Uses {
                status: Status::NotFound,
            },
        }
    }

    /// Notes that so many more bytes were read.
    fn advance(&mut self, bytes: u64) {
        if let Self::Terms { progress, .. } = self {
            progress.advance(bytes);
        }
    }

    /// Takes in the next uses of a file.
    fn take(&mut self, uses: &[Use], file: &str, context: &mut Context<'_>) -> Result<()> {
        match self {
            Self::Terms {
                mentions, places, ..
            } => {
                for found in uses {
                    let place = *places.entry(found.id).or_insert_with(|| {
                        mentions.push(Mention::at(file, found));
                        mentions.len() - 1
                    });
                    mentions[place].count += 1;
                }
                Ok(())
            }
            Self::Uses { status } => {
                *status = (*status).min(Status::from_results(uses));
                let settings = context.settings;
                let text = match settings.format {
                    Format::Json => usage::json_lines(context.corpus, uses, file)?,
                    _ => usage::lines(context.corpus, uses, file, &settings.look)?,
                };
                context.write(&text)?;
                context.out.flush().map_err(Error::Output)
            }
        }
    }

    /// Prints what waited for the end; whether there was anything.
    fn finish(self, context: &mut Context<'_>) -> Result<Status> {
        let (mentions, progress) = match self {
            Self::Terms {
                mentions, progress, ..
            } => (mentions, progress),
            Self::Uses { status } => return Ok(status),
        };
        progress.finish();
        let settings = context.settings;
        let depths = &settings.depths;
        let text = match settings.format {
            Format::Text => usage::list(context.corpus, &mentions, depths, &settings.look)?,
            Format::Json => usage::json(context.corpus, &mentions, depths)?,
            Format::Markdown => usage::markdown(context.corpus, &mentions, depths)?,
        };
        context.write(&text)?;
        Ok(Status::from_results(&mentions))
    }
}
