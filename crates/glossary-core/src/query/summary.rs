//! An entry as lists show it.

use crate::corpus::{Corpus, Id};
use crate::entry::names::Title;
use crate::error::Result;

/// An entry as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySummary {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: Title,
    /// Its summary in one line.
    pub summary: String,
    /// Its topics, the main one first.
    pub topics: Vec<String>,
    /// The name of the glossary that it is from.
    pub source: String,
}

impl EntrySummary {
    /// Reads the summary of an entry.
    pub fn read(corpus: &Corpus, id: Id) -> Result<Self> {
        let head = corpus.head(id)?;
        Ok(Self {
            title: Title::parse(&head.title),
            topics: corpus.topics(id)?,
            source: corpus.source(id).to_string(),
            slug: head.slug.into_owned(),
            summary: head.gloss.into_owned(),
        })
    }
}
