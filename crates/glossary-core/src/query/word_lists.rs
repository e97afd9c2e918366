//! The word lists in `data/`: a word or a phrase a line, in sections that begin with `[name]`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::entry::normalize::fold;

/// The lines of a section, without blank ones and comments, which begin with `# `.
pub(super) fn section(list: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .skip_while(move |line| heading(line) != Some(name))
        .skip(1)
        .take_while(|line| heading(line).is_none())
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn heading(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

const STOP_WORDS: &str = include_str!("../../data/stop-words.txt");

static FUNCTION_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| section(STOP_WORDS, "names").collect());

static STOP_WORDS_OF_DESCRIPTIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| section(STOP_WORDS, "descriptions").collect());

static BEGINNINGS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| section(STOP_WORDS, "beginnings").collect());

/// Whether a folded word is one of the few that names hardly differ by.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

/// Whether a folded word says nothing about what a text means.
pub(super) fn is_stop_word(word: &str) -> bool {
    is_function_word(word) || STOP_WORDS_OF_DESCRIPTIONS.contains(word)
}

/// Whether a sentence that begins with this word depends on the one before.
pub(super) fn is_dependent(word: &str) -> bool {
    BEGINNINGS.contains(fold(word).as_str())
}
