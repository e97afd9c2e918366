//! The words that glossaries use for their parts: keys, column names, headings, and labels.

use unicode_normalization::UnicodeNormalization;

use crate::entry::normalize::fold;

/// Lists of words with their names; those for roles come first.
const LISTS: &str = include_str!("../../data/glossary-words.txt");

/// The role of a text, which its key, column, heading, or label says, in the order of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Term,
    Slug,
    Names,
    FullName,
    Tags,
    Draft,
    Published,
    Summary,
    Text,
    Eli5,
    InDepth,
    Related,
}

/// The roles with their words, the strongest first.
fn roles() -> impl Iterator<Item = (Role, &'static str)> {
    use Role::{Draft, Eli5, FullName, InDepth, Names, Published};
    use Role::{Related, Slug, Summary, Tags, Term, Text};
    let roles = [
        Term, Slug, Names, FullName, Tags, Draft, Published, Summary, Text, Eli5, InDepth, Related,
    ];
    let lists = LISTS.lines().filter(|line| !line.starts_with('#'));
    let lists = lists.filter_map(|line| line.split_once(": "));
    roles.into_iter().zip(lists.map(|(_, words)| words))
}

/// Whether a word is in a list.
pub(crate) fn is_in(word: &str, list: &str) -> bool {
    let words = |line: &'static str| line.strip_prefix(list)?.strip_prefix(": ");
    let words = LISTS.lines().find_map(words).unwrap_or_default();
    words.split(' ').any(|listed| listed == word)
}

/// The role of a key, or of a whole column name, heading, or label.
pub(super) fn role(name: &str) -> Option<Role> {
    rank(name).map(|(role, _)| role)
}

/// The role of a key, and how many words for it come first.
pub(super) fn rank(name: &str) -> Option<(Role, usize)> {
    let name = fold(name);
    let rank = |words: &str| words.split(' ').position(|word| word == name);
    roles().find_map(|(role, words)| Some((role, rank(words)?)))
}

/// Whether a title or stem holds a word for a glossary.
pub(super) fn names_glossary(name: &str) -> bool {
    has_word(name, is_glossary)
}

/// Whether a stem holds a word that only glossaries have in their names.
pub(super) fn names_glossary_surely(stem: &str) -> bool {
    has_word(stem, |word| is_in(word, "glossary"))
}

/// Whether a stem is a word for a glossary and nothing else.
pub(super) fn is_glossary(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    is_in(&stem, "glossary") || is_in(&stem, "like-glossary")
}

fn has_word(name: &str, is_such: impl Fn(&str) -> bool) -> bool {
    let name: String = name.nfc().flat_map(char::to_lowercase).collect();
    name.split(|c: char| !c.is_alphanumeric()).any(is_such)
}

/// Whether a heading is about the file rather than a term, if it comes first or last.
pub(super) fn is_apart(heading: &str) -> bool {
    let heading = fold(heading);
    is_in(&heading, "apart") || heading.starts_with("howto") || heading.starts_with("aboutth")
}

/// Whether a bold name or the word before a colon is a label and no term. `count` is how often it
/// occurs in the file.
pub(super) fn is_label(name: &str, count: usize) -> bool {
    let is_role = !matches!(role(name), None | Some(Role::Term | Role::Slug));
    let repeats = count >= 3 || count >= 2 && is_in(&fold(name), "repeated-label");
    is_role || repeats || is_weak(name)
}

/// Whether a label introduces what is beside the point: a note, an example.
pub(super) fn is_weak(name: &str) -> bool {
    is_in(&fold(name), "label")
}
