//! The ranking of entries by the words that they use.
//!
//! BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009) over the
//! weights that the index keeps of each word, times the share of the query that the entry answers.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::query::{Query, SYNONYM_SHARE, Term};
use crate::corpus::{Corpus, Id, TermPostings};
use crate::error::Result;
use crate::index::norm::decode_norm;

/// How soon more of a word stops to count for more.
const SATURATION: f32 = 8.0;

/// How much more a rare word counts than a common one: the power of its inverse document frequency.
/// Less than 1, as readers who describe a thing happen on words that the field rarely uses.
const RARITY: f32 = 0.25;

/// How much less a word counts for each entry that uses it: the power of the share of the entries that
/// do not. Words such as "model", which nearly all use, count for next to nothing.
const COMMONNESS: f32 = 0.15;

/// How much more a word counts that says what goes wrong.
const SYMPTOM: f32 = 1.4;

/// A word that more than one in so many entries use does not count as a synonym, unless few entries use it: it would
/// be found nearly everywhere. Nor is one that very many use, for reading which would take too long.
const COMMON: usize = 3;
const FEW: usize = 100;
const MANY: usize = 20_000;

/// How much the length of an entry counts against it: 0 not at all, 1 in full.
const LENGTH: f32 = 0.5;

/// How much it counts that an entry answers the whole query: the power of the share that it answers.
const COORDINATION: f32 = 0.575;

/// The entries that use a term of a query.
pub(super) struct TermUses<'c> {
    /// Those of the term itself and of each synonym, with the share to which that answers.
    lists: Vec<(TermPostings<'c>, f32)>,
    /// How many entries use the term; if none does, those that use a synonym.
    pub(super) entries: usize,
}

impl<'c> TermUses<'c> {
    pub(super) fn read(corpus: &'c Corpus, term: &Term) -> Result<Self> {
        let postings = corpus.term(&term.stem)?;
        let mut entries = postings.iter().count();
        let mut lists = vec![(postings, 1.0)];
        let most = (corpus.entry_count() / COMMON).clamp(FEW, MANY);
        for stem in &term.synonyms {
            let postings = corpus.rare_term(stem, most)?;
            lists.extend(postings.map(|postings| (postings, SYNONYM_SHARE)));
        }
        if entries == 0 {
            let mut others = HashSet::new();
            for posting in lists.iter().flat_map(|(postings, _)| postings.iter()) {
                others.insert(posting?.id);
            }
            entries = others.len();
        }
        Ok(Self { lists, entries })
    }
}

/// What each term of a query weighs: the more, the fewer entries use it.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts that are divided by counts"
)]
pub(super) fn weights(corpus: &Corpus, query: &Query, uses: &[TermUses<'_>]) -> Vec<f32> {
    let entries = corpus.entry_count() as f32;
    let weight = |(term, uses): (&Term, &TermUses<'_>)| {
        let using = uses.entries as f32;
        if uses.entries == 0 {
            return 0.0;
        }
        let odds = (entries - using + 0.5).max(0.5) / (using + 0.5);
        let rest = 1.0 - using / (entries + 1.0);
        let factor = if term.is_symptom {
            SYMPTOM
        } else {
            rest.powf(COMMONNESS)
        };
        odds.ln_1p().powf(RARITY) * factor
    };
    query.terms.iter().zip(uses).map(weight).collect()
}

/// The entries that use any of the terms and all that are required, the best first.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths that are divided by their average"
)]
pub(super) fn rank(
    corpus: &Corpus,
    query: &Query,
    uses: &[TermUses<'_>],
    weights: &[f32],
) -> Result<Vec<(Id, f32)>> {
    let norms = corpus.norms()?;
    let total: f32 = norms.iter().map(decode_norm).sum();
    let average = (total / corpus.entry_count() as f32).max(1.0);
    let whole = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    // Of each entry: the terms that it uses, a bit each, its score, and how much it answers.
    let mut scores: FxHashMap<Id, (u64, f32, f32)> = FxHashMap::default();
    let mut of_term: FxHashMap<Id, (f32, f32)> = FxHashMap::default();
    for (number, (uses, weight)) in uses.iter().zip(weights).enumerate() {
        of_term.clear();
        for (postings, share) in &uses.lists {
            for posting in postings.iter() {
                let posting = posting?;
                let (sum, most) = of_term.entry(posting.id).or_default();
                *sum += share * decode_norm(posting.weight.0);
                *most = most.max(*share);
            }
        }
        for (&id, (sum, share)) in &of_term {
            let length = 1.0 - LENGTH + LENGTH * decode_norm(norms.get(id)) / average;
            let (bits, score, answered) = scores.entry(id).or_default();
            *bits |= 1 << number;
            *score += weight * sum / (sum + SATURATION * length);
            *answered += weight * share;
        }
    }
    let scores = scores.into_iter();
    let scores = scores.filter(|(_, (bits, ..))| bits & query.required == query.required);
    let mut ranked: Vec<(Id, f32)> = scores
        .map(|(id, (_, score, answered))| {
            (id, score / whole * (answered / whole).powf(COORDINATION))
        })
        .collect();
    ranked.sort_unstable_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    Ok(ranked)
}
