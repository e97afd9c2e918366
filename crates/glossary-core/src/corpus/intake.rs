//! Files into an index, read by as many threads as there are processors.
//!
//! Owns how the reading is shared out. The index is the same however many threads there are: each
//! reads every so-manieth batch of files, and what they read is taken in the order of the files. It
//! must not know which files there are, nor where the index is written.

use std::io::{self, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use super::folder::{File, Finding};
use crate::index::builder::Builder;
use crate::index::card::{Card, Scribe};

/// Files that are read before another thread is given what they hold: enough for that to cost nothing.
const BATCH: usize = 32;

/// Batches that a thread may be ahead of those that were taken: enough to go on while another thread
/// waits for a disk.
const AHEAD: usize = 4;

/// A file, and the folder under which it is known.
pub(super) type Known<'f> = (&'f File, &'f Path);

/// What became of files.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// How many brought an entry.
    pub(super) entries: usize,
    /// How many take an entry out of the layers below.
    pub(super) hidden: usize,
    /// What could not be used.
    pub(super) findings: Vec<Finding>,
}

/// Reads files into an index, in their order. Calls `read` with the number of files that were read
/// since it was last called.
pub(super) fn read<W: Write>(
    files: &[Known<'_>],
    builder: &mut Builder<W>,
    read: &mut dyn FnMut(usize),
) -> io::Result<Intake> {
    let mut intake = Intake::default();
    let mut take = |batch: Vec<Outcome>, builder: &mut Builder<W>| {
        read(batch.len());
        batch
            .into_iter()
            .try_for_each(|outcome| intake.take(outcome, builder))
    };
    let batches = || files.chunks(BATCH);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || batches().len() < 2 {
        let mut scribe = builder.scribe();
        for batch in batches() {
            take(outcomes(batch, &mut scribe), builder)?;
        }
        return Ok(intake);
    }
    thread::scope(|scope| {
        let readers: Vec<_> = (0..threads)
            .map(|first| {
                let (send, receive) = mpsc::sync_channel(AHEAD);
                let mut scribe = builder.scribe();
                scope.spawn(move || {
                    for batch in batches().skip(first).step_by(threads) {
                        // Nobody takes it any more when the index cannot be written.
                        if send.send(outcomes(batch, &mut scribe)).is_err() {
                            break;
                        }
                    }
                });
                receive
            })
            .collect();
        for reader in readers.iter().cycle().take(batches().len()) {
            take(reader.recv().map_err(io::Error::other)?, builder)?;
        }
        Ok(())
    })
    .map(|()| intake)
}

/// What a file turned out to be.
enum Outcome {
    Card(Card),
    /// A draft, or gone by now.
    Nothing,
    Unusable(Finding),
}

fn outcomes(batch: &[Known<'_>], scribe: &mut Scribe) -> Vec<Outcome> {
    let outcome = |&(file, root): &Known<'_>| match file.read() {
        Ok(Some(entry)) if !entry.front.draft => {
            let path = file.path.strip_prefix(root).unwrap_or(&file.path);
            Outcome::Card(scribe.card(&entry, &path.to_string_lossy()))
        }
        Ok(_) => Outcome::Nothing,
        Err(problem) => Outcome::Unusable(file.finding(problem)),
    };
    batch.iter().map(outcome).collect()
}

impl Intake {
    fn take<W: Write>(&mut self, outcome: Outcome, builder: &mut Builder<W>) -> io::Result<()> {
        match outcome {
            Outcome::Card(card) => {
                match card {
                    Card::Entry { .. } => self.entries += 1,
                    Card::Hidden(_) => self.hidden += 1,
                }
                builder.add(card)
            }
            Outcome::Nothing => Ok(()),
            Outcome::Unusable(finding) => {
                self.findings.push(finding);
                Ok(())
            }
        }
    }
}
