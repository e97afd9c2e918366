//! An entry as lists show it.

use crate::corpus::{Corpus, Id};
use crate::entry::names::split_title;
use crate::error::Result;
use crate::index::record::Head;

/// An entry as lists show it. It borrows from the index, because a list may have all entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySummary<'c> {
    /// Its slug, title, and summary.
    pub head: Head<'c>,
    /// The name of the glossary that it is from.
    pub source: &'c str,
}

impl<'c> EntrySummary<'c> {
    /// Reads the summary of an entry.
    pub fn read(corpus: &'c Corpus, id: Id) -> Result<Self> {
        Ok(Self::new(corpus, id, corpus.head(id)?))
    }

    /// The summary of an entry whose head was read.
    #[must_use]
    pub fn new(corpus: &'c Corpus, id: Id, head: Head<'c>) -> Self {
        let source = corpus.source(id);
        Self { head, source }
    }

    /// The title without the part in parentheses.
    #[must_use]
    pub fn headword(&self) -> String {
        split_title(&self.head.title).0
    }

    /// Its topics, the main one first.
    #[must_use]
    pub fn topics(&self) -> Vec<&str> {
        self.head.tags().unwrap_or_default()
    }
}
