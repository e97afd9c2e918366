//! From files to an index.

use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;

use super::folder::{Finding, Listing};
use crate::entry::Entry;
use crate::index::analyzer::{Analyzer, IndexedDocument, TextStorage};
use crate::index::writer::SegmentWriter;
use crate::readers::resolve;

/// Files that are read between two calls of the progress callback. The documents of two batches are in memory
/// at once.
const BATCH: usize = 512;

/// Fewer files for each thread are not worth starting one.
const FILES_PER_THREAD: usize = 16;

/// Is called with how many more files were read, and of how many.
pub type OnProgress<'p> = dyn FnMut(usize, usize) + 'p;

/// An entry and where it is.
#[derive(Debug)]
pub struct Sourced {
    /// The entry.
    pub entry: Entry,
    /// Its file, relative to the folder.
    pub path: PathBuf,
    /// The line at which it begins.
    pub line: usize,
    /// Whether its file is in the native layout.
    pub is_native: bool,
}

/// Reads the files of a glossary: its entries that are no drafts, by slug, and what cannot be used.
pub fn read_files(
    listing: &Listing,
    progress: &mut OnProgress<'_>,
) -> (Vec<Sourced>, Vec<Finding>) {
    let mut readings = Vec::new();
    for batch in listing.files.chunks(BATCH) {
        let read = |path: &PathBuf| Some((path.clone(), listing.read(path)?));
        readings.extend(in_threads(batch, &|files| {
            files.iter().filter_map(read).collect()
        }));
        progress(batch.len(), listing.files.len());
    }
    let paths: Vec<PathBuf> = readings.iter().map(|(path, _)| path.clone()).collect();
    let (mut resolved, problems) = resolve(readings);
    resolved.retain(|resolved| !resolved.entry.front.draft);
    resolved.sort_by(|a, b| a.entry.slug.cmp(&b.entry.slug));
    let entries = resolved.into_iter().map(|resolved| {
        let path = &paths[resolved.file];
        Sourced {
            path: path
                .strip_prefix(&listing.root)
                .unwrap_or(path)
                .to_path_buf(),
            line: resolved.line,
            is_native: resolved.is_native,
            entry: resolved.entry,
        }
    });
    let findings = problems.into_iter().map(|(file, problem)| Finding {
        path: paths[file].clone(),
        problem,
    });
    (
        entries.collect(),
        listing.findings.iter().cloned().chain(findings).collect(),
    )
}

/// Adds entries to an index, in their order.
///
/// # Errors
/// The index cannot be written.
pub fn index_entries<W: Write>(
    entries: &[Sourced],
    writer: &mut SegmentWriter<W>,
) -> io::Result<()> {
    for batch in entries.chunks(BATCH) {
        for document in in_threads(batch, &documents) {
            writer.add(&document)?;
        }
    }
    Ok(())
}

fn documents(entries: &[Sourced]) -> Vec<IndexedDocument> {
    let mut analyzer = Analyzer::new(TextStorage::Inside);
    let document = |sourced: &Sourced| {
        let path = sourced.path.to_string_lossy();
        analyzer.analyze(&sourced.entry, &path, sourced.line)
    };
    entries.iter().map(document).collect()
}

/// Applies a function to parts of a list in several threads.
fn in_threads<T: Sync, R: Send>(list: &[T], apply: &(dyn Fn(&[T]) -> Vec<R> + Sync)) -> Vec<R> {
    let part = list.len().div_ceil(threads(list.len())).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = list
            .chunks(part)
            .map(|part| scope.spawn(move || apply(part)))
            .collect();
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn threads(files: usize) -> usize {
    match files / FILES_PER_THREAD {
        0 | 1 => 1,
        most => thread::available_parallelism().map_or(1, |threads| most.min(threads.get())),
    }
}
