//! How hard a text is to read.
//!
//! Owns counting: words, sentences, syllables. It must not know what is counted or what is allowed.

/// The words of a text: what stands between white space and holds a letter or digit.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// The Flesch-Kincaid grade level of an English text, in years of school.
///
/// `0.39 · words/sentences + 11.8 · syllables/words − 15.59`, after Kincaid et al., Derivation of New
/// Readability Formulas for Navy Enlisted Personnel, 1975. Parts of a hyphenated word count as words.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "texts have far fewer than 2^52 words"
)]
pub fn grade(text: &str) -> f64 {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    if words.is_empty() {
        return 0.0;
    }
    let syllables: usize = words.iter().map(|word| count_syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * count / sentences(text).max(1) as f64 + 11.8 * syllables as f64 / count - 15.59
}

/// Whether a sentence ends with this piece of text between white space.
#[must_use]
pub fn is_sentence_end(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['"', '”', '’', '\'', ')']);
    bare.ends_with(['.', '!', '?'])
}

fn sentences(text: &str) -> usize {
    let is_word = |piece: &&str| piece.contains(char::is_alphanumeric);
    let pieces: Vec<&str> = text.split_whitespace().filter(is_word).collect();
    let ends = pieces.iter().filter(|piece| is_sentence_end(piece)).count();
    ends + usize::from(pieces.last().is_some_and(|last| !is_sentence_end(last)))
}

/// Syllables by groups of vowels, less the endings that are written and not spoken.
fn count_syllables(word: &str) -> usize {
    let word: String = word
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let mut groups = 0;
    let mut in_group = false;
    for c in word.chars() {
        let vowel = "aeiouy".contains(c);
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let silent = (ends(&["e"]) && !ends(&["le", "ee"]))
        || (ends(&["ed"]) && !ends(&["ted", "ded"]))
        || (ends(&["es"]) && !ends(&["ses", "zes", "ches", "shes", "ces", "ges", "xes"]));
    if silent && groups > 1 {
        groups -= 1;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::{count_syllables, count_words, grade, sentences};

    #[test]
    fn counting_follows_the_ear_roughly() {
        for (word, count) in [
            ("cat", 1),
            ("table", 2),
            ("make", 1),
            ("jumped", 1),
            ("wanted", 2),
            ("boxes", 2),
            ("tree", 1),
            ("picture", 2),
            ("b", 1),
        ] {
            assert_eq!(count_syllables(word), count, "{word}");
        }
        assert_eq!(count_words("It is 3.14 — well, nearly."), 5);
        assert_eq!(sentences("One. Two! “Three?” Four"), 4);
    }

    #[test]
    fn short_words_in_short_sentences_grade_low() {
        let simple = "The cat sat on the mat. It was a warm day.";
        let hard = "Multidimensional representations facilitate generalization across heterogeneous distributions.";
        assert!(grade(simple) < 2.0, "{}", grade(simple));
        assert!(grade(hard) > 20.0, "{}", grade(hard));
    }
}
