//! Groups of words with nearly the same meaning, for readers who do not know the field's own word.
//!
//! `data/synonyms.txt` has a group a line, of everyday English and the words that explanations use.
//! No group is made for a single entry.

use crate::entry::stem::stem;

const GROUPS: &str = include_str!("../../../data/synonyms.txt");

/// For each stem, the stems of the words that share a group with it.
///
/// One pass over the list serves all stems. Stemming the whole list would take longer than the rest of
/// a search, so only words that begin as a stem does are stemmed. Stemming changes at most the end of
/// a word, so the first two letters decide (`sky` has the stem `sky`, `skies` `sky`).
pub(super) fn synonyms(stems: &[&str]) -> Vec<Vec<String>> {
    let mut synonyms = vec![Vec::new(); stems.len()];
    for group in GROUPS.lines() {
        let words = || group.split(' ').filter(|word| !word.is_empty());
        for word in words() {
            for (wanted, found) in stems.iter().zip(&mut synonyms) {
                let begins_alike = word.as_bytes().get(..2) == wanted.as_bytes().get(..2);
                if begins_alike && stem(word) == *wanted {
                    found.extend(words().map(stem).filter(|other| other != wanted));
                }
            }
        }
    }
    for found in &mut synonyms {
        found.sort();
        found.dedup();
    }
    synonyms
}

#[cfg(test)]
mod tests {
    use super::synonyms;

    #[test]
    fn a_word_has_synonyms_from_all_its_groups() {
        let found = synonyms(&["pictur", "guess", "xyzzi", ""]);
        assert!(found[0].iter().any(|other| other == "imag"));
        assert!(found[1].iter().any(|other| other == "predict"));
        assert!(found[1].iter().any(|other| other == "estim"));
        assert!(found[2].is_empty() && found[3].is_empty());
    }
}
