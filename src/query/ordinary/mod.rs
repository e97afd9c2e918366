//! Ordinary English words: what somebody types who means no term at all.
//!
//! Owns the list, 28,000 common words and 11,000 names from SCOWL (`LICENSE-SCOWL`; `make-words`
//! makes it). It
//! must not know what follows from a word's being ordinary.

static WORDS: &str = include_str!("words.txt");

/// Endings of plurals, with what stands in their place in the singular.
const PLURALS: [(&str, &str); 3] = [("s", ""), ("es", ""), ("ies", "y")];

/// Whether a folded word is one that everybody uses, in the singular or the plural; the list has one
/// of the two.
#[must_use]
pub fn is_ordinary(word: &str) -> bool {
    is_listed(word)
        || is_listed(&format!("{word}s"))
        || PLURALS.iter().any(|(many, one)| {
            word.strip_suffix(many)
                .is_some_and(|stem| is_listed(&format!("{stem}{one}")))
        })
}

/// A binary search in the text itself, which is sorted and has a word a line.
fn is_listed(word: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let line = WORDS.as_bytes()[..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let rest = WORDS.get(line..).unwrap_or_default();
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
    use super::{WORDS, is_listed, is_ordinary};

    #[test]
    fn the_list_is_sorted_as_the_search_needs_it() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| is_listed(word)));
    }

    #[test]
    fn common_words_are_ordinary_and_terms_of_the_field_are_not() {
        for word in ["garden", "bird", "lawyers", "boxes", "berries"] {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["backpropagation", "softmax", "gradiant", "", "s", "é"] {
            assert!(!is_ordinary(word), "{word}");
        }
    }
}
