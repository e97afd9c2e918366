//! Ordinary English words and names: what somebody types who means no term at all.
//!
//! Owns the lists, the commonest 29,000 words and 9,000 names of SCOWL (`LICENSE-SCOWL`; `make-words`
//! makes them). It must not know what follows from a word's being ordinary.

static WORDS: &str = include_str!("../../data/ordinary/words.txt");
static NAMES: &str = include_str!("../../data/ordinary/names.txt");

/// Endings of plurals, with what stands in their place in the singular.
const PLURALS: [(&str, &str); 3] = [("s", ""), ("es", ""), ("ies", "y")];

/// Whether a folded word is one that everybody uses, in the singular or the plural.
#[must_use]
pub fn is_ordinary(word: &str) -> bool {
    is_among(WORDS, word)
}

/// Whether a folded word is the name of a person, a place or the like.
#[must_use]
pub fn is_name(word: &str) -> bool {
    is_among(NAMES, word)
}

/// Whether a word is listed, or its singular is; of gerunds the list may have the plural alone, as of
/// "earnings".
fn is_among(list: &str, word: &str) -> bool {
    is_listed(list, word)
        || word.ends_with("ing") && is_listed(list, &format!("{word}s"))
        || PLURALS.iter().any(|(many, one)| {
            word.strip_suffix(many).is_some_and(|stem| {
                let doubled = *many == "s" && stem.ends_with('s');
                !doubled && is_listed(list, &format!("{stem}{one}"))
            })
        })
}

/// A binary search in the text itself, which is sorted and has a word a line.
fn is_listed(list: &str, word: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let line = list.as_bytes()[..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let rest = list.get(line..).unwrap_or_default();
        let listed = rest.lines().next().unwrap_or_default();
        match listed.cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = line + listed.len() + 1,
            std::cmp::Ordering::Greater => high = line,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{NAMES, WORDS, is_listed, is_name, is_ordinary};

    #[test]
    fn the_lists_are_sorted_as_the_search_needs_it() {
        for list in [WORDS, NAMES] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.is_sorted());
            assert!(words.iter().all(|word| is_listed(list, word)));
        }
    }

    #[test]
    fn common_words_are_ordinary_and_terms_of_the_field_are_not() {
        for word in ["garden", "bird", "lawyers", "boxes", "berries"] {
            assert!(is_ordinary(word), "{word}");
        }
        for name in ["london", "shakespeare"] {
            assert!(is_name(name) && !is_ordinary(name), "{name}");
        }
        for word in [
            "backpropagation",
            "softmax",
            "gradiant",
            "corpuss",
            "",
            "s",
            "é",
        ] {
            assert!(!is_ordinary(word) && !is_name(word), "{word}");
        }
    }
}
