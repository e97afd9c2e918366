//! `glossary scan [FILE…]`: the terms that a text uses.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Context;
use crate::config::Format;
use crate::corpus::Id;
use crate::error::{Error, Result, Status};
use crate::output::Progress;
use crate::query::scan::{EverydayWords, Lexicon, Scanner, Use};
use crate::render::usage::{self, Mention};

/// How much is read at once.
const PIECE: usize = 256 * 1024;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Lists the terms of texts, those of the first text first.
pub fn run(
    files: &[PathBuf],
    everyday: EverydayWords,
    context: &mut Context<'_>,
) -> Result<Status> {
    let lexicon = Lexicon::new(context.corpus)?;
    let standard_input = [PathBuf::from(STANDARD_INPUT)];
    let files = if files.is_empty() {
        &standard_input
    } else {
        files
    };
    let total = files
        .iter()
        .filter_map(|file| file.metadata().ok())
        .map(|data| data.len())
        .sum();
    let mut progress = Progress::new(total);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut status = Status::NotFound;
    for file in files {
        let uses = open(file).and_then(|text| {
            read(
                text,
                Scanner::new(&lexicon, everyday),
                file,
                &mut progress,
                context,
            )
        });
        match uses {
            Ok(uses) => add(&mut mentions, &uses, file),
            Err(error) => {
                // What cannot be read keeps nobody from the rest.
                context.notes.say(&error.to_string());
                status = Status::Failed;
            }
        }
    }
    progress.finish();
    let settings = context.settings;
    let depths = &settings.depths;
    let text = match settings.format {
        Format::Text => usage::list(context.corpus, &mentions, depths, &settings.look)?,
        Format::Json => usage::json(context.corpus, &mentions, depths)?,
        Format::Markdown => usage::markdown(context.corpus, &mentions, depths)?,
    };
    context.write(&text)?;
    Ok(if mentions.is_empty() || status == Status::Failed {
        status
    } else {
        Status::Found
    })
}

fn open(file: &Path) -> Result<Box<dyn Read>> {
    if file.as_os_str() == STANDARD_INPUT {
        return Ok(Box::new(io::stdin()));
    }
    let opened = File::open(file).map_err(|error| failure(file, error))?;
    Ok(Box::new(opened))
}

fn failure(file: &Path, error: io::Error) -> Error {
    if file.as_os_str() == STANDARD_INPUT {
        return Error::Input(error);
    }
    Error::File {
        doing: "read",
        path: file.to_path_buf(),
        error,
    }
}

/// Reads a text piece by piece; a piece ends with a line, or between two words of a long one.
fn read(
    mut text: Box<dyn Read>,
    mut scanner: Scanner<'_>,
    file: &Path,
    progress: &mut Progress,
    context: &mut Context<'_>,
) -> Result<Vec<Use>> {
    let mut bytes = Vec::with_capacity(2 * PIECE);
    let mut replaced = false;
    loop {
        let limit = PIECE.saturating_sub(bytes.len()).max(PIECE / 2) as u64;
        let count = (&mut text)
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| failure(file, error))?;
        progress.advance(count as u64);
        let end = if count == 0 { bytes.len() } else { cut(&bytes) };
        let piece = String::from_utf8_lossy(&bytes[..end]);
        replaced |= matches!(piece, std::borrow::Cow::Owned(_));
        scanner.read(&piece);
        bytes.drain(..end);
        if count == 0 {
            break;
        }
    }
    if replaced {
        let note = format!(
            "{} is not UTF-8; what could not be read was replaced",
            file.display()
        );
        context.notes.say(&note);
    }
    Ok(scanner.finish())
}

/// Where a piece ends: behind the last line, else behind the last space, else at the last byte that
/// surely begins a character.
fn cut(bytes: &[u8]) -> usize {
    let after = |wanted: u8| {
        bytes
            .iter()
            .rposition(|&byte| byte == wanted)
            .map(|at| at + 1)
    };
    let boundary = || bytes.iter().rposition(|&byte| byte & 0xc0 != 0x80);
    after(b'\n')
        .or_else(|| after(b' '))
        .or_else(boundary)
        .unwrap_or(bytes.len())
}

/// Adds a file's terms to those of the files before.
fn add(mentions: &mut Vec<Mention>, uses: &[Use], file: &Path) {
    let find = |mentions: &[Mention], id: Id| mentions.iter().position(|mention| mention.id == id);
    for found in uses {
        match find(mentions, found.id) {
            Some(place) => mentions[place].count += found.count,
            None => mentions.push(Mention {
                id: found.id,
                file: file.display().to_string(),
                first: found.first,
                count: found.count,
            }),
        }
    }
}
