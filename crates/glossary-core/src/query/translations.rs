//! Names in other languages.

use crate::entry::key::{canonical, fold};

const LIST: &str = include_str!("../../data/translations.txt");

/// The English name of a term in another language.
pub(super) fn english_name(query: &str) -> Option<&str> {
    let key = fold(query);
    let is_query = |name: &&str| is_near_length(name, &key) && fold(name) == key;
    let lines = LIST.lines().filter_map(|line| line.split_once(" = "));
    lines
        .filter(|(_, names)| names.split("; ").any(|name| is_query(&name)))
        .map(|(english, _)| english)
        .find(|english| canonical(english) != canonical(query))
}

/// Whether a name may have a key, by its length. Folding all names would take longer than a lookup.
fn is_near_length(name: &str, key: &str) -> bool {
    (key.len()..=2 * key.len() + 4).contains(&name.len())
}

#[cfg(test)]
mod tests {
    use super::english_name;

    #[test]
    fn accents_and_case_make_no_difference() {
        for (query, name) in [
            ("Überanpassung", "overfitting"),
            ("uberanpassung", "overfitting"),
            ("aprendizaje automatico", "machine learning"),
            ("深度学习", "deep learning"),
        ] {
            assert_eq!(english_name(query), Some(name), "{query}");
        }
        assert_eq!(english_name("gradient"), None);
    }
}
