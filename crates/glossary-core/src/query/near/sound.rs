//! How a word sounds: what people keep who spell a word by ear.
//!
//! Owns the reduction. It must not know which words there are.

/// Spellings that stand for one sound, longest first where one begins another.
const SOUNDS: [(&str, &str); 25] = [
    ("ssion", "xn"),
    ("tion", "xn"),
    ("sion", "xn"),
    ("shun", "xn"),
    ("cian", "xn"),
    ("sch", "sk"),
    ("tch", "k"),
    ("ph", "f"),
    ("gh", "g"),
    ("ch", "k"),
    ("ck", "k"),
    ("qu", "kw"),
    ("rh", "r"),
    ("th", "t"),
    ("wh", "w"),
    ("kn", "n"),
    ("wr", "r"),
    ("sc", "s"),
    ("dg", "j"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
];

/// Words with fewer sounds say too little by them.
const FEWEST: usize = 3;

/// A word as it sounds, to compare others with.
pub(super) struct Sound(String);

impl Sound {
    /// Of a folded word.
    pub(super) fn of(word: &str) -> Self {
        Self(skeleton(word))
    }

    /// Whether another word sounds alike.
    pub(super) fn is_like(&self, word: &str) -> bool {
        self.0.chars().count() >= FEWEST && self.0 == skeleton(word)
    }
}

/// The consonants of a folded word as they sound, after the manner of Soundex and Metaphone (Philips,
/// 1990): one letter a sound, no doubled ones, vowels only where the word begins.
fn skeleton(word: &str) -> String {
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
    use super::skeleton;

    #[test]
    fn words_spelled_by_ear_keep_their_skeleton() {
        for (heard, meant) in [
            ("stokastik", "stochastic"),
            ("foneme", "phoneme"),
            ("decent", "descent"),
            ("convergance", "convergence"),
            ("bakpropagashun", "backpropagation"),
            ("anomoly", "anomaly"),
            ("cwantisation", "quantization"),
        ] {
            assert_eq!(skeleton(heard), skeleton(meant), "{heard}");
        }
    }

    #[test]
    fn other_words_have_another() {
        for (one, other) in [("layer", "lawyer"), ("forest", "house"), ("peach", "epoch")] {
            assert_ne!(skeleton(one), skeleton(other), "{one}");
        }
    }
}
