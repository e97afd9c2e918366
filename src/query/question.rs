//! The question around a term: "what is a transformer?" asks for "transformer".
//!
//! Owns the phrases that ask. It must not know which terms there are.

/// What may stand before a term, longest first where one begins another.
const OPENINGS: &[&str] = &[
    "what is the meaning of",
    "what is the definition of",
    "what is meant by",
    "what does",
    "what do",
    "what are",
    "what is",
    "what's",
    "what’s",
    "whats",
    "who is",
    "how does",
    "how do",
    "how is",
    "how are",
    "why is",
    "why are",
    "tell me about",
    "can you explain",
    "please explain",
    "the meaning of",
    "meaning of",
    "the definition of",
    "definition of",
    "definition",
    "define",
    "explain",
    "describe",
    "eli5",
];

/// What may stand behind it.
const CLOSINGS: &[&str] = &[
    "in artificial intelligence",
    "in machine learning",
    "in deep learning",
    "in reinforcement learning",
    "in statistics",
    "in ai",
    "in ml",
    "in nlp",
    "mean",
    "means",
    "stand for",
    "work",
    "works",
    "used for",
    "used",
    "useful",
    "important",
    "meaning",
    "definition",
    "explained",
];

const ARTICLES: &[&str] = &["an", "a", "the"];

/// The term that a question asks for; `None` when there is no question around it.
#[must_use]
pub fn term(query: &str) -> Option<&str> {
    let mut rest = query
        .trim()
        .trim_end_matches(['?', '!', '.', ',', ';', ':'])
        .trim();
    let asked = OPENINGS
        .iter()
        .find_map(|opening| strip_start(rest, opening));
    rest = asked.unwrap_or(rest);
    let bare = ARTICLES
        .iter()
        .find_map(|article| strip_start(rest, article));
    rest = bare.unwrap_or(rest);
    while let Some(shorter) = CLOSINGS.iter().find_map(|closing| strip_end(rest, closing)) {
        rest = shorter;
    }
    (rest.len() < query.len() && !rest.is_empty()).then_some(rest)
}

fn strip_start<'q>(text: &'q str, phrase: &str) -> Option<&'q str> {
    let head = text.get(..phrase.len())?;
    let rest = text.get(phrase.len()..)?;
    (head.eq_ignore_ascii_case(phrase) && rest.starts_with(char::is_whitespace))
        .then(|| rest.trim_start())
}

fn strip_end<'q>(text: &'q str, phrase: &str) -> Option<&'q str> {
    let at = text.len().checked_sub(phrase.len())?;
    let (rest, tail) = (text.get(..at)?, text.get(at..)?);
    (tail.eq_ignore_ascii_case(phrase) && rest.ends_with(char::is_whitespace))
        .then(|| rest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::term;

    #[test]
    fn a_question_is_taken_off_and_a_term_is_left_alone() {
        for (typed, asked) in [
            ("what is a transformer?", Some("transformer")),
            ("What's an LLM", Some("LLM")),
            ("how does beam search work", Some("beam search")),
            ("what does RAG stand for?", Some("RAG")),
            ("the Turing test", Some("Turing test")),
            ("kernel in machine learning", Some("kernel")),
            ("define overfitting", Some("overfitting")),
            ("tokenizer,", Some("tokenizer")),
            ("attention", None),
            ("definition", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(term(typed), asked, "{typed}");
        }
    }
}
