//! What other entries say for an answer: those that lead to it, and good answers that name it.
//!
//! Owns how much their word counts. It must not know how well an entry's own words answer.
//!
//! That pages which others point to, and above all other good answers, are the likelier ones is the
//! idea behind hubs and authorities (Kleinberg, Authoritative Sources in a Hyperlinked Environment,
//! 1999); one step of it is taken here.

use std::collections::HashMap;

use super::graph;
use crate::corpus::{Corpus, Id};
use crate::entry::key::canonical;
use crate::entry::names::split_title;
use crate::error::Result;
use crate::index::Section;

/// How many of the best answers have a say.
const VOICES: usize = 10;

/// How soon a worse answer has less of a say than the best: the power of its share of the best score.
const DECLINE: i32 = 3;

/// What it counts to be named by good answers, and to be named at all.
const NAMED_BY_ANSWERS: f32 = 0.2;
const NAMED_AT_ALL: f32 = 0.1;

/// Raises the scores of answers, given best first, by what other entries say for them.
pub fn raise(corpus: &Corpus, answers: &mut [(Id, f32)]) -> Result<()> {
    let best = answers.first().map_or(0.0, |(_, score)| *score);
    let mut said: HashMap<Id, f32> = HashMap::new();
    for &(id, score) in answers.iter().take(VOICES) {
        for related in graph::related(corpus, id)? {
            if let Some(named) = related.id {
                *said.entry(named).or_default() += (score / best).powi(DECLINE);
            }
        }
    }
    for (id, score) in answers {
        let by_answers = said.get(id).copied().unwrap_or_default();
        *score *= 1.0 + NAMED_BY_ANSWERS * by_answers.ln_1p();
        *score *= 1.0 + NAMED_AT_ALL * backlinks(corpus, *id)?.ln_1p();
    }
    Ok(())
}

/// How many entries name an entry as related, by its title in full or without its short name.
#[expect(
    clippy::cast_precision_loss,
    reason = "a count whose logarithm is taken"
)]
fn backlinks(corpus: &Corpus, id: Id) -> Result<f32> {
    let title = corpus.head(id)?.title;
    let mut keys = vec![canonical(&title), canonical(&split_title(&title).0)];
    keys.dedup();
    let mut count = 0;
    for layer in 0..corpus.layers().len() {
        for key in &keys {
            let naming = corpus.ask(layer, |index| {
                index.dictionary(Section::Backlinks)?.get(key)
            })?;
            count += naming.len();
        }
    }
    Ok(count as f32)
}
