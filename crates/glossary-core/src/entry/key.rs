//! The lookup key of a spelling: what is left of a name once everything that makes no difference to
//! a reader is gone.
//!
//! Owns what counts as "the same name". It must not know which names there are.

use unicode_normalization::UnicodeNormalization;

/// The key of a name: compatibility-decomposed, without accents, case-folded, letters and digits
/// only, so that case, accents, hyphens, spaces, underscores, dots and quotes make no difference.
///
/// `+`, `#` and `*` stay behind a letter or digit (`k-means++` is not `k-means`, `A*` is not `a`),
/// and `&` reads "and". Folding a key gives the key.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    if name.is_ascii() {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() {
                key.push(byte.to_ascii_lowercase() as char);
            } else {
                push(&mut key, byte as char);
            }
        }
    } else {
        // What does not count goes before the marks around it are put in order.
        name.nfkd()
            .flat_map(char::to_lowercase)
            .filter(|&c| counts(c))
            .nfkd()
            .for_each(|c| push(&mut key, c));
    }
    key
}

fn push(key: &mut String, c: char) {
    match c {
        'ß' => key.push_str("ss"),
        'ς' => key.push('σ'),
        '&' => key.push_str("and"),
        '+' | '#' | '*' if !key.is_empty() => key.push(c),
        _ if c.is_alphanumeric() && !is_accent(c) => key.push(c),
        _ => {}
    }
}

/// Whether a character may make a difference.
fn counts(c: char) -> bool {
    matches!(c, '&' | '+' | '#' | '*') || c.is_alphanumeric() && !is_accent(c)
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// The words of a text, as typed. White space, hyphens, and slashes separate them; apostrophes and dots do
/// not.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    words_at(text).map(|(_, word)| word)
}

/// The words of a text, each with the byte at which it begins.
pub fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive(is_gap).filter_map(move |piece| {
        let start = end;
        end += piece.len();
        let word = piece.trim_end_matches(is_gap);
        word.contains(is_telling).then_some((start, word))
    })
}

/// Whether a character separates words.
fn is_gap(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '&' | '\'' | '’' | '.' | '+' | '#' | '*') && !is_accent(c)
}

/// Whether a character makes a word, rather than being a mark in one.
fn is_telling(c: char) -> bool {
    c.is_alphanumeric() || c == '&'
}

/// The key of a name with every word in the singular and in American spelling: what plurals,
/// possessives and British spelling have in common with the entry's own form.
#[must_use]
pub fn canonical(name: &str) -> String {
    words(name).map(canonical_word).collect()
}

/// The key of one word, in the singular and in American spelling.
#[must_use]
pub fn canonical_word(word: &str) -> String {
    let bare = ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let key = fold(bare);
    let is_acronym = |word: &str| {
        word.chars().all(|c| !c.is_lowercase())
            && word.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    if is_acronym(bare) {
        return key;
    }
    if let Some(acronym) = bare.strip_suffix('s').filter(|word| is_acronym(word)) {
        return fold(acronym);
    }
    american(singular(key))
}

/// Nouns whose plural is not made with an s.
const IRREGULAR: [(&str, &str); 13] = [
    ("caches", "cache"),
    ("matrices", "matrix"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("corpora", "corpus"),
    ("analyses", "analysis"),
    ("hypotheses", "hypothesis"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("biases", "bias"),
    ("heuristics", "heuristic"),
    ("automata", "automaton"),
    ("schemata", "schema"),
];

/// A word without its plural ending. The same rule is applied to both sides of a comparison, so it
/// needs to be consistent more than it needs to be English.
fn singular(word: String) -> String {
    // Whatever plural is known ends in one of two letters.
    if !word.ends_with(['s', 'a']) {
        return word;
    }
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_string();
    }
    let chars = word.chars().count();
    if chars > 4 {
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        for ending in ["sses", "xes", "ches", "shes"] {
            if let Some(stem) = word.strip_suffix(ending) {
                return format!("{stem}{}", &ending[..ending.len() - 2]);
            }
        }
    }
    let kept: &[&str] = match chars {
        // "Corpus" is one, "TPUs" are many.
        0..=5 => &["ss", "is", "ias"],
        _ => &["ss", "us", "is", "ias"],
    };
    match word.strip_suffix('s') {
        Some(stem) if chars > 3 && !kept.iter().any(|ending| word.ends_with(ending)) => {
            stem.to_string()
        }
        _ => word,
    }
}

/// British endings and stems with their American forms.
const AMERICAN: [(&str, &str); 21] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("iser", "izer"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("yser", "yzer"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("ourless", "orless"),
    ("oural", "oral"),
    ("centre", "center"),
    ("centred", "centered"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("dialogue", "dialog"),
    ("artefact", "artifact"),
    ("catalogue", "catalog"),
    ("defence", "defense"),
];

/// Stems that British spelling writes otherwise wherever they stand in a word.
const AMERICAN_STEMS: [(&str, &str); 7] = [
    ("neighbour", "neighbor"),
    ("behaviour", "behavior"),
    ("modell", "model"),
    ("labell", "label"),
    ("colour", "color"),
    ("favour", "favor"),
    ("grey", "gray"),
];

fn american(mut word: String) -> String {
    for (british, stem) in AMERICAN_STEMS {
        // No word shorter than a stem holds it, and few hold the letter that it begins with.
        let first = british.as_bytes().first();
        let may_hold = word.len() >= british.len() && word.bytes().any(|byte| Some(&byte) == first);
        if may_hold && word.contains(british) {
            word = word.replace(british, stem);
        }
    }
    if word.chars().count() > 4 {
        let last = word.bytes().last();
        for (british, ending) in AMERICAN {
            if british.bytes().last() != last {
                continue;
            }
            if let Some(stem) = word.strip_suffix(british) {
                return format!("{stem}{ending}");
            }
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{canonical, fold};

    #[test]
    fn what_makes_no_difference_is_folded_away() {
        for (typed, key) in [
            ("Generative AI", "generativeai"),
            ("generative-ai", "generativeai"),
            ("GENERATIVE_AI", "generativeai"),
            ("R.A.G.", "rag"),
            ("Fréchet", "frechet"),
            ("nai\u{308}ve Bayes", "naivebayes"),
            ("ＧＡＮ", "gan"),
            ("zero\u{2014}shot", "zeroshot"),
            ("deep\u{a0}learning", "deeplearning"),
            ("machine\u{200b}learning", "machinelearning"),
            ("“softmax”", "softmax"),
            ("R²", "r2"),
            ("A*", "a*"),
            ("**softmax", "softmax"),
            ("k-means++", "kmeans++"),
            ("precision & recall", "precisionandrecall"),
            ("Straße", "strasse"),
            ("İ", "i"),
            ("...", ""),
            ("\u{f71}\u{fe72}", "\u{64c}\u{f71}"),
        ] {
            assert_eq!(fold(typed), key, "{typed}");
            assert_eq!(fold(key), key, "{typed}");
        }
    }

    #[test]
    fn plurals_possessives_and_british_spelling_share_a_canonical_key() {
        for (typed, same) in [
            ("GANs", "GAN"),
            ("Moore's law", "moore law"),
            ("policies", "policy"),
            ("losses", "loss"),
            ("biases", "bias"),
            ("vector databases", "vector database"),
            ("KV caches", "KV cache"),
            ("LMs", "LM"),
            ("tpus", "TPU"),
            ("ReLUs", "relu"),
            ("AEs", "AE"),
            ("travelling salesman", "traveling salesman"),
            ("human-centred AI", "human-centered AI"),
            ("matrices", "matrix"),
            ("tokeniser", "tokenizer"),
            ("initialisation", "initialization"),
            ("topic modelling", "topic modeling"),
            ("k-nearest neighbours", "k-nearest neighbors"),
            ("neural networks", "neural network"),
        ] {
            assert_eq!(canonical(typed), canonical(same), "{typed}");
        }
    }

    #[test]
    fn words_that_only_look_alike_keep_their_own_keys() {
        for (one, other) in [("AIS", "AI"), ("LOSS", "LOS"), ("A*", "A"), ("C++", "C")] {
            assert_ne!(canonical(one), canonical(other), "{one} {other}");
        }
    }
}
