//! Walking from entry to entry: what is related, and what to read first.
//!
//! Owns the two graphs, of relations and of requirements. It must not know how they are shown.

use std::collections::{BTreeSet, HashSet};

use crate::corpus::{Corpus, Id, Variants};
use crate::entry::key::{canonical, fold};
use crate::entry::names::split_title;
use crate::error::Result;
use crate::index::Section;

/// A term that an entry names as related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// As the entry spells it.
    pub title: String,
    /// The entry that it leads to; none when no entry has that name.
    pub id: Option<Id>,
}

/// What an entry names as related, in its order.
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
        for (other, _) in corpus.under(Section::Backlinks, &key)? {
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
    let (headword, short) = split_title(title);
    let spellings = [title, &headword];
    for spelling in &spellings[..=usize::from(short.is_some())] {
        if let Some((id, _)) = corpus.by_name(spelling)?.first() {
            return Ok(Some(*id));
        }
    }
    Ok(None)
}

/// One step of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What to read.
    pub id: Id,
    /// How many requirements lie between it and the term that was asked for.
    pub distance: usize,
}

/// What to read to understand an entry: everything that it requires within `depth` steps, each after
/// all that it requires itself, the entry last.
///
/// A depth-first walk that notes an entry once all that it requires is noted (Cormen et al.,
/// Introduction to Algorithms, section on topological sort).
pub fn course(corpus: &Corpus, id: Id, depth: usize) -> Result<Vec<Step>> {
    let distances = distances(corpus, id, depth)?;
    let mut order: Vec<Step> = Vec::new();
    let mut entered = HashSet::from([id]);
    let mut trail = vec![(id, requirements(corpus, id)?)];
    while let Some((current, rest)) = trail.last_mut() {
        let current = *current;
        let Some(next) = (!rest.is_empty()).then(|| rest.remove(0)) else {
            let distance = distances
                .iter()
                .find(|(known, _)| *known == current)
                .map_or(0, |(_, distance)| *distance);
            order.push(Step {
                id: current,
                distance,
            });
            trail.pop();
            continue;
        };
        if distances.iter().any(|(known, _)| *known == next) && entered.insert(next) {
            let following = requirements(corpus, next)?;
            trail.push((next, following));
        }
    }
    Ok(order)
}

/// Every entry within `depth` requirements of another, with the least number of steps to it.
fn distances(corpus: &Corpus, id: Id, depth: usize) -> Result<Vec<(Id, usize)>> {
    let mut known = vec![(id, 0)];
    let mut next = 0;
    while let Some(&(current, distance)) = known.get(next) {
        next += 1;
        if distance == depth {
            continue;
        }
        for required in requirements(corpus, current)? {
            if known.iter().all(|(id, _)| *id != required) {
                known.push((required, distance + 1));
            }
        }
    }
    Ok(known)
}

fn requirements(corpus: &Corpus, id: Id) -> Result<Vec<Id>> {
    let slugs = corpus.entry(id)?.front.requires;
    let mut found = Vec::new();
    for slug in slugs {
        let named = corpus.named(&fold(&slug), Variants::No)?;
        found.extend(named.first().map(|(id, _)| *id));
    }
    Ok(found)
}
