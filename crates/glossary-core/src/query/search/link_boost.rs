//! Links raise the score of an entry: all that lead to it, and above all those from other good answers.
//!
//! That is one step of the idea of hubs and authorities (Kleinberg, Authoritative Sources in a
//! Hyperlinked Environment, 1999).

use crate::corpus::{Corpus, Id};
use crate::entry::names::split_title;
use crate::entry::normalize::canonical;
use crate::error::Result;

/// The links of how many of the best answers count.
const SOURCES: usize = 10;

/// How much less the links of a worse answer count: the power of its share of the best score.
const DECLINE: i32 = 2;

/// What links from good answers count, and what any links count.
const FROM_ANSWERS: f32 = 0.2;
const FROM_ANY: f32 = 0.1;

/// Raises the scores of answers, given best first.
pub(super) fn link_boost(corpus: &Corpus, answers: &mut [(Id, f32)]) -> Result<()> {
    let best = answers.first().map_or(0.0, |(_, score)| *score);
    let sources = answers.iter().take(SOURCES);
    let sources: Vec<(Id, f32)> = sources
        .map(|&(id, score)| (id, (score / best).powi(DECLINE)))
        .collect();
    for (id, score) in answers {
        let linking = linking(corpus, *id)?;
        let good = sources
            .iter()
            .filter(|(source, _)| linking.contains(source));
        let from_answers: f32 = good.map(|(_, weight)| weight).sum();
        *score *= 1.0 + FROM_ANSWERS * from_answers.ln_1p();
        *score *= 1.0 + FROM_ANY * count(&linking).ln_1p();
    }
    Ok(())
}

/// The entries that list an entry as related, by its title with or without its acronym.
fn linking(corpus: &Corpus, id: Id) -> Result<Vec<Id>> {
    let title = corpus.head(id)?.title;
    let mut keys = vec![canonical(&title), canonical(&split_title(&title).0)];
    keys.dedup();
    let mut linking = Vec::new();
    for key in &keys {
        linking.extend(corpus.backlinks(key)?);
    }
    Ok(linking)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count whose logarithm is taken"
)]
fn count(linking: &[Id]) -> f32 {
    linking.len() as f32
}
