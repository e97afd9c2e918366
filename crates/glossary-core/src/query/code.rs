//! Names as code and model files spell them: `nn.CrossEntropyLoss`, `--num_beams=4`,
//! `bert-base-uncased`.

use super::english;
use super::generic::{self, Sort};
use super::word_lists::section;

const LIST: &str = include_str!("../../data/code.txt");

/// The most letters of a version next to its number: `4o`, `v2`, `a3b`.
const MOST_LETTERS: usize = 2;

/// Shorter words by themselves are not clipped ones.
const SHORTEST_CLIPPED: usize = 3;

/// A name that code spells, as plain words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CodeName {
    /// What it may be in plain words, from nearly all of it to its core.
    pub(super) spellings: Vec<String>,
    /// Whether it names a thing in code, rather than a file or a model.
    pub(super) is_identifier: bool,
}

/// Reads a query as code. There are no spellings if it does not look like code.
pub(super) fn read(query: &str) -> CodeName {
    let typed = query.trim();
    let bare = typed.trim_start_matches('-');
    let bare = bare.split(['=', '(', ':']).next().unwrap_or_default();
    let mut name = CodeName::default();
    if bare.contains(['@', '/', '\\']) {
        return name;
    }
    if bare.contains(char::is_whitespace) {
        name.add(bare.split_whitespace().map(ToString::to_string).collect());
        return name;
    }
    if bare.contains(['\'', '’']) {
        return name;
    }
    let segments: Vec<&str> = bare.split('.').collect();
    let is_dotted = segments.len() > 1
        && segments
            .iter()
            .all(|segment| segment.starts_with(char::is_alphabetic));
    match segments[..] {
        [ref path @ .., extension] if is_dotted && is_listed("extensions", extension) => {
            name.add_identifier(&path.join("_"));
        }
        [ref path @ .., last] if is_dotted => {
            name.is_identifier = true;
            if path.last() == Some(&"nn") {
                name.spellings.push(format!("{last} layer"));
            }
            name.add_identifier(last);
            name.add_identifier(&segments.join("_"));
        }
        _ => {
            let has_humps = !bare.contains('-') && split(bare).len() > 1;
            name.is_identifier = bare.len() < typed.len() || bare.contains('_') || has_humps;
            name.add_identifier(bare);
        }
    }
    name.spellings
        .retain(|spelling| !spelling.is_empty() && spelling != typed);
    name
}

/// The core of a name in code, in plain words.
pub(super) fn core_of_identifier(query: &str) -> Option<String> {
    let mut name = read(query);
    name.spellings
        .pop()
        .filter(|core| name.is_identifier && core != query)
}

impl CodeName {
    fn add_identifier(&mut self, identifier: &str) {
        self.spellings.push(without_number(identifier).to_string());
        if let Some((from, to)) = identifier.split_once('2') {
            let is_word = |part: &str| {
                part.len() >= SHORTEST_CLIPPED
                    && part.bytes().all(|byte| byte.is_ascii_alphabetic())
            };
            if is_word(from) && is_word(to) {
                self.push(&[expand(from), "to".to_string(), expand(to)]);
            }
        }
        self.add(split(identifier));
    }

    /// Adds words, without version, and without words that belong to the code.
    fn add(&mut self, mut words: Vec<String>) {
        // A word by itself may be something else.
        if words.len() > 1 || !words.iter().any(|word| may_be_meant(word)) {
            words = words.iter().map(|word| expand(word)).collect();
        }
        self.push(&words);
        while words.len() > 1 && words.last().is_some_and(|last| is_version(last)) {
            words.pop();
            self.push(&words);
        }
        if let Some(last) = words
            .last_mut()
            .filter(|last| without_number(last) != *last)
        {
            *last = expand(without_number(last));
            self.push(&words);
        }
        if self.is_identifier {
            words.retain(|word| !is_listed("words", &word.to_lowercase()));
            self.push(&words);
            // "TfidfVectorizer"
            if let [.., before, last] = &words[..]
                && generic::sort(&last.to_lowercase()) == Some(Sort::OfField)
                && generic::sort(&before.to_lowercase()).is_none()
            {
                words.pop();
                self.push(&words);
            }
        }
    }

    fn push(&mut self, words: &[String]) {
        let spelling = words.join(" ");
        if !self.spellings.contains(&spelling) {
            self.spellings.push(spelling);
        }
    }
}

fn is_listed(name: &str, word: &str) -> bool {
    section(LIST, name).any(|listed| listed == word)
}

/// The full form of a clipped word, such as "attention" for "attn".
pub(super) fn expand(word: &str) -> String {
    let lower = word.to_lowercase();
    let long = section(LIST, "clipped").find_map(|line| {
        let (clipped, long) = line.split_once(' ')?;
        (clipped == lower).then_some(long)
    });
    long.unwrap_or(word).to_string()
}

/// Whether a word by itself is English, or too short to be clipped.
fn may_be_meant(word: &str) -> bool {
    let key = word.to_lowercase();
    key.len() < SHORTEST_CLIPPED || english::is_word(&key) || english::is_name(&key)
}

/// The words of an identifier: `BCEWithLogits` has three.
fn split(identifier: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    let mut rest = identifier.chars().peekable();
    while let Some(c) = rest.next() {
        let is_next_lower = rest.peek().is_some_and(|next| next.is_lowercase());
        // An acronym in the plural is one word.
        let is_next_lower = is_next_lower && rest.clone().ne(['s']);
        let begins_word = c.is_uppercase()
            && (before.is_lowercase()
                || before.is_numeric()
                || before.is_uppercase() && is_next_lower)
            || before.is_numeric()
                && rest.clone().take_while(|next| next.is_lowercase()).count() > 1;
        if begins_word || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push(c);
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A word without the number of a version or a size at its end: `gpt4`, `yolov8`, `Conv2d`.
fn without_number(word: &str) -> &str {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if bare.len() < word.len() {
        return bare.strip_suffix(['v', '-', '_']).unwrap_or(bare);
    }
    let unit = word.strip_suffix(['d', 'b', 'k', 'm', 'o']).unwrap_or(word);
    let bare = unit.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if bare.len() < unit.len() { bare } else { word }
}

fn is_version(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = letters < word.len() && letters <= MOST_LETTERS;
    is_number || is_listed("versions", &word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_core_of_a_name_is_among_its_spellings() {
        for (typed, core) in [
            ("nn.Dropout", "Dropout"),
            ("torch.nn.functional.softmax", "softmax"),
            ("nn.Linear", "Linear layer"),
            ("RandomForestClassifier", "Random Forest Classifier"),
            ("BCEWithLogitsLoss", "BCE Logits Loss"),
            ("AutoTokenizer", "Tokenizer"),
            ("attn_mask", "attention mask"),
            ("--num_beams=4", "beams"),
            ("model.safetensors", "safetensors"),
            ("checkpoint.pt", "checkpoint"),
            ("bert-base-uncased", "bert"),
            ("gpt-4o-mini", "gpt"),
            ("llama 2 70b", "llama"),
            ("claude 3.5 sonnet", "claude"),
            ("yolov8", "yolo"),
            ("mAP50", "mAP"),
            ("BatchNorm1d", "Batch Norm"),
        ] {
            let spellings = read(typed).spellings;
            assert!(
                spellings.iter().any(|spelling| spelling == core),
                "{typed}: {spellings:?}"
            );
        }
    }
}
