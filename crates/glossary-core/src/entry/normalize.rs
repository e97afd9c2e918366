//! Normalizes names: two spellings with the same key are the same name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a name: compatibility-decomposed, without accents, case-folded, letters and digits
/// only, so that case, accents, hyphens, spaces, underscores, dots and quotes make no difference.
///
/// Marks stay in scripts where they make another letter or syllable, such as kana and Devanagari. The points
/// of Arabic and Hebrew are optional in writing, so they go.
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
        // Characters that do not count are removed first, so that the marks around them can be reordered.
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
        _ if is_letter(c) => key.push(c),
        _ => {}
    }
}

/// Whether a character may make a difference.
fn counts(c: char) -> bool {
    matches!(c, '&' | '+' | '#' | '*') || is_letter(c)
}

/// Whether a character is a letter, a digit, or a mark that makes another letter.
fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_optional(c)
}

/// Whether a mark or filler may be left out: accents of Latin, Greek, and Cyrillic letters, variation
/// selectors, and the points, vowel signs, and filling strokes of Hebrew and Arabic.
fn is_optional(c: char) -> bool {
    let is_accent = matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}');
    let is_hebrew = matches!(c, '\u{591}'..='\u{5c7}');
    // A hamza or madda makes another letter.
    let is_arabic = matches!(c, '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{656}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}');
    is_accent || is_hebrew || is_arabic
}

/// The words of a text with the byte at which each begins, and instead of Chinese, Japanese, and Korean
/// words, which spaces seldom part, each two characters in them that follow one another.
pub fn bigrams_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parts_at(text, 2)
}

/// Like [`bigrams_at`], without the positions.
pub fn bigrams(text: &str) -> impl Iterator<Item = &str> {
    bigrams_at(text).map(|(_, part)| part)
}

/// The words of a text, and instead of Chinese, Japanese, and Korean words each of their characters.
pub fn characters_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parts_at(text, 1)
}

/// The words of a text, and instead of those in scripts without spaces, all parts of them that have `length`
/// characters.
fn parts_at(text: &str, length: usize) -> impl Iterator<Item = (usize, &str)> {
    words_at(text).flat_map(move |(start, word)| {
        let is_whole = word.is_ascii() || !word.contains(is_unspaced);
        let parts = if is_whole {
            Vec::new()
        } else {
            parts_of(word, length)
        };
        let parts = parts.into_iter().map(move |(at, part)| (start + at, part));
        is_whole.then_some((start, word)).into_iter().chain(parts)
    })
}

fn parts_of(word: &str, length: usize) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    for run in chars.chunk_by(|(_, a), (_, b)| is_unspaced(*a) == is_unspaced(*b)) {
        let (first, c) = run[0];
        let end = run.last().map_or(first, |(at, c)| at + c.len_utf8());
        if is_unspaced(c) {
            let starts = run.iter().map(|(at, _)| *at);
            let ends = starts.clone().skip(length).chain([end]);
            parts.extend(starts.zip(ends).map(|(at, end)| (at, &word[at..end])));
        } else {
            parts.push((first, &word[first..end]));
        }
    }
    parts
}

/// Whether a character is of a script whose words are found by parts: Han, kana, or Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
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
    let is_in_word = matches!(c, '&' | '\'' | '’' | '.' | '+' | '#' | '*') || is_letter_or_mark(c);
    !is_in_word
}

/// Whether a character is a letter, a digit, or a mark on or between letters.
#[must_use]
pub fn is_letter_or_mark(c: char) -> bool {
    let is_mark = || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}');
    c.is_alphanumeric() || !c.is_ascii() && is_mark()
}

/// Whether a character makes a word, rather than being a mark in one.
fn is_telling(c: char) -> bool {
    c.is_alphanumeric() || c == '&'
}

/// The key of a name with every word in the singular and in American spelling, so that plurals, possessives,
/// and British spelling share it.
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

/// Irregular plurals.
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

/// A word without its plural ending. Both sides of a comparison go through this function, so being consistent
/// matters more than being right.
fn singular(word: String) -> String {
    // All plurals handled here end in one of two letters.
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
        // "Corpus" is singular, "TPUs" is plural.
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

/// British stems with their American forms, anywhere in a word.
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
        // Most words are ruled out by their length and letters, which is faster than a search.
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
    use super::{bigrams, canonical, characters_at, fold, words};

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
            ("\u{f71}\u{fe72}", "\u{f71}"),
            ("バッチ", "ハ\u{3099}ッチ"),
            ("شَبَكَة", "شبكة"),
            ("לְמִידָה", "למידה"),
            ("मशीन", "मशीन"),
            ("क्षेत्र", "क्षेत्र"),
            ("❤️x", "x"),
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
    fn words_are_parted_by_spaces_or_characters() {
        assert_eq!(
            words("मशीन लर्निंग, बैच").collect::<Vec<_>>(),
            ["मशीन", "लर्निंग", "बैच"]
        );
        let parts = |text| bigrams(text).collect::<Vec<_>>();
        assert_eq!(
            parts("GPTの機械学習。木 x"),
            ["GPT", "の機", "機械", "械学", "学習", "木", "x"]
        );
        assert_eq!(parts("기계 학습은"), ["기계", "학습", "습은"]);
        let characters: Vec<_> = characters_at("a 機械").collect();
        assert_eq!(characters, [(0, "a"), (2, "機"), (5, "械")]);
    }

    #[test]
    fn words_that_only_look_alike_keep_their_own_keys() {
        for (one, other) in [
            ("AIS", "AI"),
            ("LOSS", "LOS"),
            ("A*", "A"),
            ("C++", "C"),
            ("バッチ", "パッチ"),
            ("क्ष", "कष"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} {other}");
        }
    }
}
