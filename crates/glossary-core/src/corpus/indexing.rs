//! From files to an index.

use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use super::folder::{File, Finding};
use crate::index::analyzer::{Analyzer, IndexedDocument, TextStorage};
use crate::index::writer::SegmentWriter;

/// Files that are read between two calls of the progress callback. The documents of two batches are in memory
/// at once.
const BATCH: usize = 512;

/// Fewer files for each thread are not worth starting one.
const FILES_PER_THREAD: usize = 16;

/// Is called with how many more files were read, and of how many.
pub type OnProgress<'p> = dyn FnMut(usize, usize) + 'p;

/// What became of files.
#[derive(Debug, Default)]
pub struct Indexed {
    /// How many entries there are.
    pub entries: usize,
    /// How many files hide a slug.
    pub hidden: usize,
    /// The positions of the files that cannot be used, and why.
    pub unusable: Vec<(usize, Finding)>,
}

/// Adds the entries of files to an index, in the order of the files. Each file comes with its root folder.
///
/// # Errors
/// The index cannot be written.
pub fn index_files<W: Write>(
    files: &[(&File, &Path)],
    writer: &mut SegmentWriter<W>,
    progress: &mut OnProgress<'_>,
) -> io::Result<Indexed> {
    let mut analyzers: Vec<Analyzer> = (0..threads(files.len()))
        .map(|_| writer.analyzer(TextStorage::Inside))
        .collect();
    let mut indexed = Indexed::default();
    let mut position = 0;
    let mut add = |outcomes: Vec<Outcome>| {
        let read = outcomes.len();
        for outcome in outcomes {
            indexed.add(outcome, position, writer)?;
            position += 1;
        }
        progress(read, files.len());
        io::Result::Ok(())
    };
    let mut analyzed = Vec::new();
    for batch in files.chunks(BATCH) {
        // While the threads analyze a batch, this one adds the batch before.
        let added = std::mem::take(&mut analyzed);
        analyzed = analyze(batch, &mut analyzers, || add(added))?;
    }
    add(analyzed)?;
    Ok(indexed)
}

impl Indexed {
    fn add<W: Write>(
        &mut self,
        outcome: Outcome,
        position: usize,
        writer: &mut SegmentWriter<W>,
    ) -> io::Result<()> {
        match outcome {
            Ok(Some(document)) => {
                if document.record.is_some() {
                    self.entries += 1;
                } else {
                    self.hidden += 1;
                }
                writer.add(&document)
            }
            Ok(None) => Ok(()),
            Err(finding) => {
                self.unusable.push((position, finding));
                Ok(())
            }
        }
    }
}

fn threads(files: usize) -> usize {
    match files / FILES_PER_THREAD {
        0 | 1 => 1,
        most => thread::available_parallelism().map_or(1, |threads| most.min(threads.get())),
    }
}

/// A document, or nothing for a draft and a file that was deleted meanwhile.
type Outcome = Result<Option<IndexedDocument>, Finding>;

/// Reads and analyzes files in one thread for each analyzer, and calls `meanwhile`.
fn analyze(
    batch: &[(&File, &Path)],
    analyzers: &mut [Analyzer],
    meanwhile: impl FnOnce() -> io::Result<()>,
) -> io::Result<Vec<Outcome>> {
    if let [analyzer] = analyzers {
        meanwhile()?;
        return Ok(documents(batch, analyzer));
    }
    let part = batch.len().div_ceil(analyzers.len()).max(1);
    thread::scope(|scope| {
        let parts = batch.chunks(part).zip(analyzers);
        let threads: Vec<_> = parts
            .map(|(files, analyzer)| scope.spawn(|| documents(files, analyzer)))
            .collect();
        meanwhile()?;
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        Ok(results
            .flat_map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect())
    })
}

fn documents(files: &[(&File, &Path)], analyzer: &mut Analyzer) -> Vec<Outcome> {
    let files = files.iter();
    files.map(|file| document(file, analyzer)).collect()
}

fn document(&(file, root): &(&File, &Path), analyzer: &mut Analyzer) -> Outcome {
    let entry = file.read().map_err(|problem| file.finding(problem))?;
    let entry = entry.filter(|entry| !entry.front.draft);
    let path = file.path.strip_prefix(root).unwrap_or(&file.path);
    Ok(entry.map(|entry| analyzer.analyze(&entry, &path.to_string_lossy(), 1)))
}
