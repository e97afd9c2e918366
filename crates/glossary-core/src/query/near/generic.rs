//! Words that say of what sort a thing is.
//!
//! Owns which they are. It must not know what follows from a word's being one.

use super::typo;

/// Words that say of what sort a thing is: a query may have one too many of them ("LSTM network"),
/// and a name does not need them ("zero shot" for "zero-shot learning").
const GENERIC: [&str; 20] = [
    "ai",
    "algorithm",
    "architecture",
    "classifier",
    "dataset",
    "dl",
    "embedding",
    "function",
    "layer",
    "learning",
    "llm",
    "mechanism",
    "method",
    "metric",
    "ml",
    "model",
    "network",
    "neural",
    "nlp",
    "technique",
];

/// Generic words that everyday English uses as well: they may only be too many beside a word that it
/// does not know, so that "BLEU score" is one and "weight loss" is not.
const GENERIC_BESIDE_TERMS: [&str; 16] = [
    "activation",
    "approach",
    "framework",
    "library",
    "loss",
    "neuron",
    "optimization",
    "optimizer",
    "prompting",
    "regularization",
    "score",
    "software",
    "system",
    "task",
    "test",
    "tool",
];

/// What a generic word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of `GENERIC`.
    OfField,
    /// One of `GENERIC_BESIDE_TERMS`, or the number of a version.
    BesideTerms,
}

/// What sort of generic word a word is; `None` when it is none.
pub(super) fn sort(word: &str) -> Option<Sort> {
    if GENERIC.contains(&word) {
        Some(Sort::OfField)
    } else if GENERIC_BESIDE_TERMS.contains(&word) || is_version(word) {
        Some(Sort::BesideTerms)
    } else {
        None
    }
}

/// The same of a word that may hold a slip, and whether it does.
pub(super) fn misspelled_sort(word: &str) -> Option<(Sort, u32)> {
    let lists = GENERIC.iter().chain(&GENERIC_BESIDE_TERMS);
    sort(word).map(|sort| (sort, 0)).or_else(|| {
        let slip = |generic: &&str| {
            let edits = typo::allowed(generic.len().min(word.len())).min(1);
            typo::edits_within(word, generic, edits).is_some()
        };
        let meant = lists.copied().find(slip)?;
        Some((sort(meant)?, 1))
    })
}

/// Whether a word is a number as versions have it: `3`, `v2`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
