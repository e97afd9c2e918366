//! Near misses: names that are nearly what was typed.
//!
//! Owns how near is near enough. It must not know what is done with the names.

use crate::corpus::{Corpus, Id};
use crate::entry::key::fold;
use crate::error::Result;
use crate::index::Section;

/// The entries whose names are near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// One is so clearly nearest that it can be shown.
    Clear(Vec<Id>),
    /// These come nearest; none of them clearly, or there is none.
    Unclear(Vec<Id>),
}

/// Names of up to this many characters are met exactly or not at all.
const SHORTEST: usize = 5;

/// Finds the entries whose names are nearest to `query`.
pub fn find(corpus: &Corpus, query: &str) -> Result<Near> {
    let key = fold(query);
    let length = key.chars().count();
    if length < SHORTEST {
        return Ok(Near::Unclear(Vec::new()));
    }
    let edits: u8 = if length < 8 { 1 } else { 2 };
    let mut nearest: Vec<(usize, Id)> = Vec::new();
    for layer in 0..corpus.layers().len() {
        let names = corpus.ask(layer, |index| {
            let names = index.dictionary(Section::Names)?;
            let mut found = Vec::new();
            names.maybe_within(&key, edits, &mut |number| {
                let name = names.key(number)?;
                let distance = strsim::osa_distance(&key, &name);
                if distance <= usize::from(edits) && name.chars().count() >= SHORTEST {
                    found.extend(
                        names
                            .postings(number)?
                            .into_iter()
                            .map(|posting| (distance, posting.entry)),
                    );
                }
                Ok(())
            })?;
            Ok(found)
        })?;
        for (distance, number) in names {
            let id = Id { layer, number };
            if corpus.is_visible(id)? {
                nearest.push((distance, id));
            }
        }
    }
    nearest.sort_unstable();
    nearest.dedup_by_key(|(_, id)| *id);
    let mut ids: Vec<Id> = Vec::new();
    for (_, id) in &nearest {
        if !ids.contains(id) {
            ids.push(*id);
        }
    }
    let best = nearest.first().map(|(distance, _)| *distance);
    let clear = ids.len() == 1
        || nearest
            .iter()
            .filter(|(distance, _)| Some(*distance) == best)
            .map(|(_, id)| id)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            == 1;
    if clear && !ids.is_empty() {
        return Ok(Near::Clear(vec![ids[0]]));
    }
    ids.truncate(super::resolve::MOST_SUGGESTIONS);
    Ok(Near::Unclear(ids))
}
