//! Entries that are suggested for a query.

use super::named::{NamedEntry, spelled_name};
use super::summary::EntrySummary;
use crate::corpus::Corpus;
use crate::error::Result;

/// An entry whose name is near a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<'c> {
    /// The entry.
    pub entry: EntrySummary<'c>,
    /// Its name that is nearest to the query.
    pub matched_name: String,
}

/// Entries with their names that are nearest to a query.
pub fn suggestions<'c>(corpus: &'c Corpus, named: &[NamedEntry]) -> Result<Vec<Suggestion<'c>>> {
    let suggestions = named.iter().map(|named| {
        Ok(Suggestion {
            entry: EntrySummary::read(corpus, named.id)?,
            matched_name: spelled_name(&corpus.entry_without_text(named.id)?, &named.name),
        })
    });
    suggestions.collect()
}
