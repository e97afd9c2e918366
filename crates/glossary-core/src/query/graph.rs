//! Walking from entry to entry: what is related, and what to read first.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::corpus::{Corpus, Id};
use crate::entry::normalize::canonical;
use crate::error::Result;

/// A term that an entry names as related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// As the entry spells it.
    pub title: String,
    /// The entry that it leads to; none when no entry has that name.
    pub id: Option<Id>,
}

/// The related terms of an entry, in its order.
pub fn related(corpus: &Corpus, id: Id) -> Result<Vec<Related>> {
    let entry = corpus.entry(id)?;
    let mut seen = HashSet::from([id]);
    let mut found = Vec::new();
    for title in entry.related {
        let target = named(corpus, &title)?;
        if target.is_none_or(|target| seen.insert(target)) {
            found.push(Related { title, id: target });
        }
    }
    Ok(found)
}

/// The entries that name an entry as related and are not named by it, in the order of slugs.
pub fn naming(corpus: &Corpus, id: Id) -> Result<Vec<Id>> {
    let entry = corpus.entry(id)?;
    let own: HashSet<Option<Id>> = related(corpus, id)?.iter().map(|term| term.id).collect();
    let keys: BTreeSet<String> = entry.names().map(|name| canonical(&name.text)).collect();
    let mut found = Vec::new();
    for key in keys {
        for other in corpus.backlinks(&key)? {
            if other == id || own.contains(&Some(other)) || found.contains(&other) {
                continue;
            }
            // A name of two entries leads to the first of them; only that one is meant.
            let mut titles = corpus.entry(other)?.related.into_iter();
            let meant = titles.find(|title| canonical(title) == key);
            if meant
                .map(|title| named(corpus, &title))
                .transpose()?
                .flatten()
                == Some(id)
            {
                found.push(other);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The entry that a title of a "Related terms" list leads to.
pub fn named(corpus: &Corpus, title: &str) -> Result<Option<Id>> {
    let named = corpus.by_title(title)?;
    Ok(named.first().map(|name| name.id))
}

/// An entry and all that it requires within `depth` steps, each with what it requires in turn.
pub(super) fn requirements_within(
    corpus: &Corpus,
    id: Id,
    depth: usize,
) -> Result<HashMap<Id, Vec<Id>>> {
    let mut known = HashMap::from([(id, requirements(corpus, id)?)]);
    let mut ring: Vec<Id> = known.values().flatten().copied().collect();
    for _ in 0..depth {
        let mut next = Vec::new();
        for required in ring {
            if let Entry::Vacant(place) = known.entry(required) {
                next.extend(place.insert(requirements(corpus, required)?).iter());
            }
        }
        if next.is_empty() {
            break;
        }
        ring = next;
    }
    Ok(known)
}

fn requirements(corpus: &Corpus, id: Id) -> Result<Vec<Id>> {
    let slugs = corpus.entry(id)?.front.requires;
    let mut found = Vec::new();
    for slug in slugs {
        found.extend(named(corpus, &slug)?);
    }
    Ok(found)
}
