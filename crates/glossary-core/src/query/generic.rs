//! Words that say of what sort a thing is, which add little to a name or a description.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::word_lists::section;

const LIST: &str = include_str!("../../data/generic.txt");

static WORDS: LazyLock<FxHashMap<&str, Sort>> = LazyLock::new(|| {
    let of_field = section(LIST, "of the field").map(|word| (word, Sort::OfField));
    let beside_terms = section(LIST, "beside terms").map(|word| (word, Sort::BesideTerms));
    of_field.chain(beside_terms).collect()
});

/// The kind of a generic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word of the field.
    OfField,
    /// A word that everyday English uses as well, or the number of a version.
    BesideTerms,
}

/// What sort of generic word a canonical word is, if it is one.
pub(super) fn sort(word: &str) -> Option<Sort> {
    let version = || is_version(word).then_some(Sort::BesideTerms);
    WORDS.get(word).copied().or_else(version)
}

/// The sort of the generic word that is within one edit of a word.
pub(super) fn misspelled_sort(word: &str) -> Option<Sort> {
    let is_near = |generic: &str| {
        generic.len().min(word.len()) >= SHORTEST_MISSPELLED
            && generic.len().abs_diff(word.len()) <= 1
            && strsim::osa_distance(word, generic) == 1
    };
    let mut words = WORDS.iter();
    words
        .find(|(generic, _)| is_near(generic))
        .map(|(_, sort)| *sort)
}

const SHORTEST_MISSPELLED: usize = 4;

/// Whether a word is a number as versions have it: `3`, `v2`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
