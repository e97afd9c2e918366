//! Names in other languages.

use crate::entry::normalize::{canonical, fold};

const LIST: &str = include_str!("../../data/translations.txt");

/// The English name of a term in another language.
pub(super) fn english_name(query: &str) -> Option<&str> {
    let key = fold(query);
    let is_query = |name: &str| may_have_key(name, &key) && fold(name) == key;
    // Splitting at single characters is many times as fast as at texts.
    let lines = LIST.lines().filter_map(|line| line.split_once('='));
    lines
        .filter(|(_, names)| names.split(';').any(|name| is_query(name.trim_start())))
        .map(|(english, _)| english.trim_end())
        .find(|english| canonical(english) != canonical(query))
}

/// Whether a name may have a key, by its length and its first letter. Folding all names would take longer than
/// a lookup.
fn may_have_key(name: &str, key: &str) -> bool {
    let first = name.chars().next().zip(key.chars().next());
    let starts_alike = first.is_some_and(|(name, key)| {
        if name.is_ascii_alphanumeric() {
            name.eq_ignore_ascii_case(&key)
        } else {
            // Only Latin letters can fold to ASCII.
            !key.is_ascii() || name < '\u{250}'
        }
    });
    starts_alike && (key.len()..=2 * key.len() + 4).contains(&name.len())
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
