//! Entries by their names, exactly.

use std::collections::HashSet;

use super::named::NamedEntry;
use super::question;
use crate::corpus::Corpus;
use crate::entry::names::split_title;
use crate::error::Result;

/// The entries that a query names: as typed, without the part in parentheses, by that part alone, or
/// with less and less of the question around it.
pub(super) fn exact(corpus: &Corpus, query: &str) -> Result<Vec<NamedEntry>> {
    let named = with_name(corpus, query)?;
    if !named.is_empty() {
        return Ok(named);
    }
    let (headword, acronym) = split_title(query);
    let parts = acronym.map(|acronym| [headword.as_str(), acronym]);
    for spelling in parts.into_iter().flatten().chain(question::terms(query)) {
        let named = with_name(corpus, spelling)?;
        if !named.is_empty() {
            return Ok(named);
        }
    }
    Ok(Vec::new())
}

/// The entries with a name that is spelled so, each once.
pub(super) fn with_name(corpus: &Corpus, spelling: &str) -> Result<Vec<NamedEntry>> {
    let mut seen = HashSet::new();
    let names = corpus.by_name(spelling)?.into_iter();
    let new = names.filter(|name| seen.insert(name.id));
    Ok(new.map(|name| NamedEntry::new(name, spelling)).collect())
}
