//! Stems of words: "optimize", "optimizer", and "optimisation" have the same.

use rust_stemmers::{Algorithm, Stemmer};

use super::normalize::canonical_word;

/// Words that only look like forms of others.
const WHOLE: [&str; 1] = ["embed"];

/// The stem of an English word, after Porter's second stemmer (Porter, Snowball, 2001); accents, case,
/// plural and British spelling are folded first. Empty when the word holds no letter or digit.
///
/// A word with anything but the letters of English, such as `gpt4` or `c++`, stays as it was folded:
/// the algorithm's rules say nothing of it.
#[must_use]
pub fn stem(word: &str) -> String {
    let key = canonical_word(word);
    if WHOLE.contains(&key.as_str()) {
        return key;
    }
    if key.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Stemmer::create(Algorithm::English).stem(&key).into_owned()
    } else {
        key
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("optimisation", "optimizers"),
            ("Neighbours", "neighboring"),
            ("GANs", "gan"),
            ("matrices", "Matrix"),
            ("naïvely", "naive"),
            ("overfitting", "overfit"),
            ("Moore's", "moore"),
            ("embedding", "embed"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_english_word_is_only_folded() {
        for (word, left) in [
            ("GPT-4", "gpt4"),
            ("k++", "k++"),
            ("Сеть", "сеть"),
            ("—", ""),
        ] {
            assert_eq!(stem(word), left, "{word}");
        }
    }
}
