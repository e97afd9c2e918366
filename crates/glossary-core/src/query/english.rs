//! English words and names, from the lists of SCOWL (`data/ordinary/LICENSE-SCOWL`).

const COMMON: &str = include_str!("../../data/ordinary/words.txt");
const RARE: &str = include_str!("../../data/ordinary/rare.txt");
const NAMES: &str = include_str!("../../data/ordinary/names.txt");

/// Plural endings, and what the singular has in their place.
const PLURALS: [(&str, &str); 3] = [("s", ""), ("es", ""), ("ies", "y")];

/// Whether a folded word is among the commonest 29,000.
pub(super) fn is_common(word: &str) -> bool {
    is_in(COMMON, word)
}

/// Whether a folded word is in a dictionary.
pub(super) fn is_word(word: &str) -> bool {
    is_common(word) || is_in(RARE, word)
}

/// Whether a folded word is the name of a person, a place, or the like.
pub(super) fn is_name(word: &str) -> bool {
    is_in(NAMES, word)
}

/// Whether a list has a word or its singular. Of some gerunds, such as "earnings", the list has only
/// the plural.
fn is_in(list: &str, word: &str) -> bool {
    has_line(list, word)
        || word.ends_with("ing") && has_line(list, &format!("{word}s"))
        || PLURALS.iter().any(|(many, one)| {
            word.strip_suffix(many).is_some_and(|stem| {
                let doubled = *many == "s" && stem.ends_with('s');
                !doubled && has_line(list, &format!("{stem}{one}"))
            })
        })
}

/// Searches the sorted lines of a list for a word.
fn has_line(list: &str, word: &str) -> bool {
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
    use super::{COMMON, NAMES, RARE, has_line, is_common, is_name, is_word};

    #[test]
    fn the_lists_are_sorted() {
        for list in [COMMON, RARE, NAMES] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.is_sorted());
            assert!(words.iter().all(|word| has_line(list, word)));
        }
    }

    #[test]
    fn common_words_rare_words_and_names_are_known_and_terms_are_not() {
        for word in ["garden", "bird", "lawyers", "boxes", "berries"] {
            assert!(is_common(word), "{word}");
        }
        for word in ["wavelet", "landmass"] {
            assert!(is_word(word) && !is_common(word), "{word}");
        }
        for name in ["london", "shakespeare"] {
            assert!(is_name(name) && !is_word(name), "{name}");
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
            assert!(!is_word(word) && !is_name(word), "{word}");
        }
    }
}
