//! Entries by their names, exactly.

use std::collections::HashSet;

use super::named::NamedEntry;
use super::question;
use crate::corpus::Corpus;
use crate::entry::names::{Kind, split_title};
use crate::error::Result;

/// The longest acronym, in bytes.
const LONGEST_ACRONYM: usize = 5;

/// The entries that a query names: as typed, without the part in parentheses, by that part alone, or
/// with less and less of the question around it.
pub(super) fn exact(corpus: &Corpus, query: &str) -> Result<Vec<NamedEntry>> {
    let named = with_name(corpus, query)?;
    if !named.is_empty() {
        return Ok(named);
    }
    // Long words in capitals are no acronyms.
    let is_shouted = query.len() > LONGEST_ACRONYM && !query.chars().any(char::is_lowercase);
    if is_shouted {
        let named = with_name(corpus, &query.to_lowercase())?;
        if !named.is_empty() {
            return Ok(named);
        }
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

/// The entries with a name that is spelled so, each once. Those that only cover it count if it is not a name of
/// another.
pub(super) fn with_name(corpus: &Corpus, spelling: &str) -> Result<Vec<NamedEntry>> {
    let mut names = corpus.by_name(spelling)?;
    let strongest = names.iter().map(|name| name.kind).min();
    if strongest.is_some_and(|kind| kind < Kind::Covered) {
        names.retain(|name| name.kind < Kind::Covered);
    }
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.id));
    let names = names.into_iter();
    Ok(names.map(|name| NamedEntry::new(name, spelling)).collect())
}
