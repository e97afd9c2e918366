//! How a word sounds, for people who spell it by ear.

use std::sync::LazyLock;

use super::weights::WEIGHTS;
use crate::query::word_lists::section;

static SOUNDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = section(include_str!("../../../data/sounds.txt"), "sounds");
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// How a word sounds.
pub(super) struct Sound(String);

impl Sound {
    /// Of a folded word.
    pub(super) fn new(word: &str) -> Self {
        Self(consonants(word))
    }

    /// Whether another word sounds alike.
    pub(super) fn is_like(&self, word: &str) -> bool {
        self.0.chars().count() >= WEIGHTS.fewest_sounds && self.0 == consonants(word)
    }
}

/// The consonants of a folded word as they sound, as in Soundex and Metaphone (Philips, 1990): a letter
/// for each sound, none doubled, and vowels only at the beginning.
fn consonants(word: &str) -> String {
    let mut sounds = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (spelled, sound) = SOUNDS
            .iter()
            .find(|(spelled, _)| rest.starts_with(spelled))
            .map_or((c.len_utf8(), None), |(spelled, sound)| {
                (spelled.len(), Some(*sound))
            });
        match sound {
            Some(sound) => sound.chars().for_each(|c| push(&mut sounds, c)),
            None => push(&mut sounds, c),
        }
        rest = rest.get(spelled..).unwrap_or_default();
    }
    sounds
}

fn push(sounds: &mut String, c: char) {
    let c = match c {
        'z' => 's',
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' if !sounds.is_empty() => return,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
        _ => c,
    };
    if !sounds.ends_with(c) {
        sounds.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::consonants;

    #[test]
    fn words_spelled_by_ear_keep_their_consonants() {
        for (heard, meant) in [
            ("stokastik", "stochastic"),
            ("foneme", "phoneme"),
            ("decent", "descent"),
            ("convergance", "convergence"),
            ("bakpropagashun", "backpropagation"),
            ("anomoly", "anomaly"),
            ("cwantisation", "quantization"),
        ] {
            assert_eq!(consonants(heard), consonants(meant), "{heard}");
        }
    }

    #[test]
    fn other_words_have_others() {
        for (one, other) in [("layer", "lawyer"), ("forest", "house"), ("peach", "epoch")] {
            assert_ne!(consonants(one), consonants(other), "{one}");
        }
    }
}
