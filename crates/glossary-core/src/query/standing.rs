//! What other entries say for an answer: those that lead to it, and good answers that name it.
//!
//! Owns how much their word counts. It must not know how well an entry's own words answer.
//!
//! That pages which others point to, and above all other good answers, are the likelier ones is the
//! idea behind hubs and authorities (Kleinberg, Authoritative Sources in a Hyperlinked Environment,
//! 1999); one step of it is taken here.

use crate::corpus::{Corpus, Id};
use crate::entry::key::canonical;
use crate::entry::names::split_title;
use crate::error::Result;

/// How many of the best answers have a say.
const VOICES: usize = 10;

/// How soon a worse answer has less of a say than the best: the power of its share of the best score.
const DECLINE: i32 = 3;

/// What it counts to be named by good answers, and to be named at all.
const NAMED_BY_ANSWERS: f32 = 0.2;
const NAMED_AT_ALL: f32 = 0.05;

/// Raises the scores of answers, given best first, by what other entries say for them.
pub fn raise(corpus: &Corpus, answers: &mut [(Id, f32)]) -> Result<()> {
    let best = answers.first().map_or(0.0, |(_, score)| *score);
    let loud = answers.iter().take(VOICES);
    let voices: Vec<(Id, f32)> = loud
        .map(|&(id, score)| (id, (score / best).powi(DECLINE)))
        .collect();
    for (id, score) in answers {
        let naming = naming(corpus, *id)?;
        let said = voices.iter().filter(|(voice, _)| naming.contains(voice));
        let by_answers: f32 = said.map(|(_, loudness)| loudness).sum();
        *score *= 1.0 + NAMED_BY_ANSWERS * by_answers.ln_1p();
        *score *= 1.0 + NAMED_AT_ALL * count(&naming).ln_1p();
    }
    Ok(())
}

/// The entries that name an entry as related, by its title in full or without its short name.
fn naming(corpus: &Corpus, id: Id) -> Result<Vec<Id>> {
    let title = corpus.head(id)?.title;
    let mut keys = vec![canonical(&title), canonical(&split_title(&title).0)];
    keys.dedup();
    let mut naming = Vec::new();
    for key in &keys {
        naming.extend(corpus.backlinks(key)?);
    }
    Ok(naming)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count whose logarithm is taken"
)]
fn count(naming: &[Id]) -> f32 {
    naming.len() as f32
}
