//! The question around a term: "what is a transformer?" asks for "transformer".
//!
//! Owns the phrases that ask, and the marks around a term. It must not know which terms there are.

/// What may stand before a term; several may stand one after the other. A phrase stands before those
/// that it begins with.
const OPENINGS: &[&str] = &[
    "eli5:",
    "eli5",
    "can you",
    "could you",
    "would you",
    "can someone",
    "can anyone",
    "i want to know",
    "i would like to know",
    "i'd like to know",
    "i need to know",
    "do you know",
    "help me understand",
    "please",
    "tell me about",
    "tell me",
    "teach me",
    "show me",
    "give me",
    "explain to me",
    "explain like i'm five",
    "explain like i'm 5",
    "explain",
    "describe",
    "define",
    "look up",
    "what exactly is",
    "what exactly are",
    "what is meant by",
    "what do you mean by",
    "what do we mean by",
    "what is",
    "what are",
    "what was",
    "what does",
    "what do",
    "what's",
    "whats",
    "what",
    "who is",
    "who are",
    "who invented",
    "how exactly does",
    "how does",
    "how do i use",
    "how do you use",
    "how do",
    "how is",
    "how are",
    "how to use",
    "how can i use",
    "how",
    "why is",
    "why are",
    "why do we use",
    "why do we need",
    "why use",
    "why does",
    "why do",
    "when should i use",
    "when to use",
    "when is",
    "where is",
    "is there",
    "an introduction to",
    "introduction to",
    "intro to",
    "an example of",
    "an explanation of",
    "explanation of",
    "meaning of",
    "meant by",
    "definition of",
    "definition for",
    "definition:",
    "definition",
    "purpose of",
    "concept of",
    "idea behind",
    "idea of",
    "term",
    "about",
];

/// Openings that leave a verb behind the term.
const ASK_WITH_VERB: &[&str] = &[
    "what",
    "how",
    "why",
    "tell",
    "explain",
    "know",
    "understand",
];

/// The verb that such a question ends with.
const VERBS: &[&str] = &[
    "mean",
    "means",
    "stand for",
    "stands for",
    "work",
    "works",
    "do",
    "does",
    "is",
    "are",
    "used for",
    "used",
    "useful",
    "needed",
    "important",
    "good for",
    "for",
    "called",
    "trained",
    "calculated",
    "computed",
];

/// What may stand behind a term.
const CLOSINGS: &[&str] = &[
    "in artificial intelligence",
    "in machine learning",
    "in deep learning",
    "in reinforcement learning",
    "in neural networks",
    "in data science",
    "in computer vision",
    "in statistics",
    "in computing",
    "in simple terms",
    "in simple words",
    "in plain english",
    "in layman's terms",
    "in a nutshell",
    "in detail",
    "in ai",
    "in ml",
    "in dl",
    "in rl",
    "in nlp",
    "in llms",
    "for beginners",
    "for dummies",
    "like i'm five",
    "like i'm 5",
    "like i am five",
    "to me",
    "to a child",
    "exactly",
    "actually",
    "please",
    "meaning",
    "definition",
    "explanation",
    "explained",
    "tutorial",
    "eli5",
];

const ARTICLES: &[&str] = &["an", "a", "the"];

/// What stands around a term and is no part of it.
const MARKS: &[char] = &[
    '?', '!', '.', ',', ';', ':', '"', '\'', '`', '*', '_', '~', '#', '>', '<', '(', ')', '[', ']',
    '{', '}', '|', '=', '-', '–', '—', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›', '…',
    '¿', '¡', '•', '。', '？', '！', '「', '」',
];

/// The terms that a query may ask for, from all of it to the shortest that is left when questions,
/// articles and marks are taken off; without what was typed itself.
#[must_use]
pub fn terms(query: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = trim(query);
    let mut with_verb = false;
    note(&mut found, query, rest);
    while let Some((opening, shorter)) = start(rest, OPENINGS) {
        with_verb |= ASK_WITH_VERB.iter().any(|word| opening.contains(word));
        rest = trim(article(shorter));
        note(&mut found, query, rest);
    }
    rest = trim(article(rest));
    note(&mut found, query, rest);
    loop {
        let verbs = if with_verb { VERBS } else { &[] };
        let Some(shorter) = end(rest, CLOSINGS).or_else(|| end(rest, verbs)) else {
            return found;
        };
        rest = trim(shorter);
        note(&mut found, query, rest);
    }
}

fn note<'q>(found: &mut Vec<&'q str>, query: &str, term: &'q str) {
    if !term.is_empty() && term.len() < query.len() && found.last() != Some(&term) {
        found.push(term);
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c))
}

fn article(text: &str) -> &str {
    start(text, ARTICLES).map_or(text, |(_, rest)| rest)
}

/// The phrase that a text starts with, and what follows it.
fn start<'q>(text: &'q str, phrases: &[&'static str]) -> Option<(&'static str, &'q str)> {
    phrases.iter().find_map(|phrase| {
        let (head, rest) = split(text, phrase.chars().count())?;
        (is(head, phrase) && rest.starts_with(char::is_whitespace))
            .then(|| (*phrase, rest.trim_start()))
            .filter(|(_, rest)| !trim(rest).is_empty())
    })
}

/// What stands before the phrase that a text ends with.
fn end<'q>(text: &'q str, phrases: &[&str]) -> Option<&'q str> {
    let letters = text.chars().count();
    phrases.iter().find_map(|phrase| {
        let (rest, tail) = split(text, letters.checked_sub(phrase.chars().count())?)?;
        (is(tail, phrase) && rest.ends_with(char::is_whitespace))
            .then(|| rest.trim_end())
            .filter(|rest| !trim(rest).is_empty())
    })
}

fn split(text: &str, letters: usize) -> Option<(&str, &str)> {
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .nth(letters)?;
    text.split_at_checked(at)
}

/// Whether a text is a phrase, but for case and the kind of apostrophe.
fn is(text: &str, phrase: &str) -> bool {
    text.chars()
        .map(|c| {
            if c == '’' {
                '\''
            } else {
                c.to_ascii_lowercase()
            }
        })
        .eq(phrase.chars())
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn a_question_is_taken_off() {
        for (typed, asked) in [
            ("what is a transformer?", "transformer"),
            ("What's an LLM", "LLM"),
            ("What’s an LLM", "LLM"),
            ("how does beam search work", "beam search"),
            ("what does RAG stand for?", "RAG"),
            ("the Turing test", "Turing test"),
            ("kernel in machine learning", "kernel"),
            ("define overfitting", "overfitting"),
            ("tokenizer,", "tokenizer"),
            ("can you explain what a GAN is?", "GAN"),
            ("explain attention to me like I'm five", "attention"),
            ("what is the difference", "difference"),
            ("what is the meaning of “epoch”?", "epoch"),
            (
                "tell me about the bias-variance tradeoff, please",
                "bias-variance tradeoff",
            ),
            ("**softmax**", "softmax"),
            ("\"gradient descent\"", "gradient descent"),
            ("- [perplexity]", "perplexity"),
            ("backpropagation explained", "backpropagation"),
        ] {
            assert_eq!(terms(typed).last(), Some(&asked), "{typed}");
        }
    }

    #[test]
    fn a_term_is_left_alone() {
        for typed in [
            "attention",
            "definition",
            "what",
            "a",
            "k-means",
            "means",
            "",
        ] {
            assert!(terms(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn what_may_belong_to_the_term_is_tried_with_it() {
        assert_eq!(terms("what is k means"), ["k means", "k"]);
        assert_eq!(
            terms("A* search?"),
            ["A* search", "* search", "search"][..1]
        );
    }
}
