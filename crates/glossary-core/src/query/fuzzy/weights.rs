//! The numbers of the fuzzy matcher, and what each was fitted on.
//!
//! Costs are in tenths of an edit. "The tables" are those in `tests/lookup`.

/// All numbers of the fuzzy matcher.
pub(super) struct Weights {
    /// The cost of an edit, which is the unit of all others.
    pub(super) edit: u32,
    /// The discount for an edit if both spellings sound alike, as most spellings by ear do. Fitted on
    /// `by-ear.tsv`.
    pub(super) phonetic_discount: u32,
    /// The cost of taking an English word for a slip ("gradient decent"): `one-error.tsv`, against
    /// `suggest-only.tsv`.
    pub(super) real_word: u32,
    /// The cost of each letter in which two forms of a word differ, and of all of them at most:
    /// `partial.tsv`.
    pub(super) form_letter: u32,
    pub(super) form: u32,
    /// The cost of a word without its end: the clipped words of code, `tests/lookup/clipped.tsv`.
    pub(super) clipped: u32,
    /// The cost of a function word of the name: `one-error.tsv`.
    pub(super) function_word: u32,
    /// The cost of a word in another place: `order.tsv`.
    pub(super) order: u32,
    /// The cost of a generic word, and of any other word, that only the name has: `partial.tsv`.
    pub(super) generic_missing: u32,
    pub(super) missing: u32,
    /// The cost of a generic word, and of any other word, that only the query has: `extra-word.tsv`.
    pub(super) generic_extra: u32,
    pub(super) extra: u32,
    /// How much nearer the nearest entry must be than the next to be shown: `uncertain.tsv`.
    pub(super) margin: u32,
    /// Names that cost more are not suggested: `not-found.tsv`.
    pub(super) highest: u32,

    /// Shorter names and words match only exactly: with one edit, most words of four letters are
    /// another word (`not-found.tsv`).
    pub(super) shortest: usize,
    /// Shorter names are suggested for an English word only if they are titles: `suggest-only.tsv`.
    pub(super) shortest_guess: usize,
    /// From how many letters on a name may hold two, three, and four edits: `two-errors.tsv`.
    pub(super) two_edits: usize,
    pub(super) three_edits: usize,
    pub(super) four_edits: usize,
    /// Words with fewer sounds are not compared by ear: `by-ear.tsv`.
    pub(super) fewest_sounds: usize,

    /// Longer queries, in bytes and in words, are no names: no name has as many.
    pub(super) longest_query: usize,
    pub(super) most_words: usize,
    /// How many names of each glossary are compared when more than two edits are allowed, and how many
    /// forms of a word: a bound on time.
    pub(super) most_compared: usize,
    pub(super) most_forms: usize,
    /// How many entries are compared with several words, and with one: a bound on time.
    pub(super) most_entries: usize,
    pub(super) most_entries_of_word: usize,
}

pub(super) const WEIGHTS: Weights = Weights {
    edit: 10,
    phonetic_discount: 3,
    real_word: 14,
    form_letter: 2,
    form: 10,
    clipped: 8,
    function_word: 3,
    order: 4,
    generic_missing: 8,
    missing: 16,
    generic_extra: 12,
    extra: 30,
    margin: 3,
    highest: 60,

    shortest: 5,
    shortest_guess: 7,
    two_edits: 8,
    three_edits: 15,
    four_edits: 20,
    fewest_sounds: 3,

    longest_query: 256,
    most_words: 16,
    most_compared: 2_000,
    most_forms: 64,
    most_entries: 12,
    most_entries_of_word: 40,
};
