//! The question around a term: "what is a transformer?" asks for "transformer".

use super::word_lists::{is_stop_word, section};
use crate::entry::normalize::{fold, words, words_at};

const PHRASES: &str = include_str!("../../data/questions.txt");

const ARTICLES: &[&str] = &["an", "a", "the"];

/// Marks around a term that are no part of it.
const MARKS: &[char] = &[
    '?', '!', '.', ',', ';', ':', '"', '\'', '`', '*', '_', '~', '#', '>', '<', '(', ')', '[', ']',
    '{', '}', '|', '=', '-', '–', '—', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›', '…',
    '¿', '¡', '•', '。', '？', '！', '「', '」',
];

/// The terms that a query may ask for, from the longest to the shortest that is left without the
/// question, articles, and marks. What was typed is not among them.
#[must_use]
pub fn terms(query: &str) -> Vec<&str> {
    let mut terms = vec![trim(query)];
    let mut rest = terms[0];
    let mut endings = vec!["closings"];
    while let Some((opening, shorter)) = opening(rest) {
        if section(PHRASES, "openings with a verb").any(|word| opening.contains(word)) {
            endings.push("verbs");
        }
        rest = trim(without_article(shorter));
        terms.push(rest);
    }
    rest = trim(without_article(rest));
    terms.push(rest);
    while let Some(shorter) = without_ending(rest, &endings) {
        rest = trim(shorter);
        terms.push(rest);
    }
    terms.dedup();
    terms.retain(|term| !term.is_empty() && term.len() < query.len());
    terms
}

/// A query without what asks for the name of the thing that it describes.
pub(super) fn description(query: &str) -> &str {
    let telling = words_at(query).find(|(_, word)| !is_stop_word(&fold(word)));
    let rest = telling
        .and_then(|(start, _)| query.get(start..))
        .unwrap_or(query);
    let mut phrases = section(PHRASES, "asking for a name");
    phrases
        .find_map(|phrase| after(rest, phrase))
        .unwrap_or(query)
}

/// Whether a query asks about what it names, rather than describes something: "how does perplexity
/// work".
pub(super) fn is_about_names(query: &str) -> bool {
    let words: Vec<String> = words(query).map(fold).collect();
    section(PHRASES, "questions about names").any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|part| part == phrase)
    })
}

/// How many words of a query tell what it is about.
pub(super) fn telling_words(query: &str) -> usize {
    let verbs: Vec<&str> = section(PHRASES, "verbs").collect();
    let words = words(query).map(fold);
    words
        .filter(|word| !is_stop_word(word) && !verbs.contains(&word.as_str()))
        .count()
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c))
}

fn without_article(text: &str) -> &str {
    ARTICLES
        .iter()
        .find_map(|article| after(text, article))
        .unwrap_or(text)
}

/// The longest phrase that opens a question, and what follows it.
fn opening(text: &str) -> Option<(&'static str, &str)> {
    section(PHRASES, "openings")
        .filter_map(|phrase| Some((phrase, after(text, phrase)?)))
        .max_by_key(|(phrase, _)| phrase.len())
}

/// The text before an ending, which is in one of the sections of the list.
fn without_ending<'q>(text: &'q str, sections: &[&str]) -> Option<&'q str> {
    let mut phrases = sections.iter().flat_map(|name| section(PHRASES, name));
    phrases.find_map(|phrase| before(text, phrase))
}

/// What follows a phrase that a text starts with, if that has a word.
fn after<'q>(text: &'q str, phrase: &str) -> Option<&'q str> {
    let (head, rest) = text.split_at_checked(byte_of(text, phrase.chars().count())?)?;
    let follows = rest.starts_with(char::is_whitespace) && !trim(rest).is_empty();
    (follows && is_same(head, phrase)).then(|| rest.trim_start())
}

/// The text before the phrase that it ends with, if it has a word.
fn before<'q>(text: &'q str, phrase: &str) -> Option<&'q str> {
    let letters = text.chars().count().checked_sub(phrase.chars().count())?;
    let (rest, tail) = text.split_at_checked(byte_of(text, letters)?)?;
    let precedes = rest.ends_with(char::is_whitespace) && !trim(rest).is_empty();
    (precedes && is_same(tail, phrase)).then(|| rest.trim_end())
}

/// The byte at which the character with a number begins.
fn byte_of(text: &str, number: usize) -> Option<usize> {
    let bytes = text.char_indices().map(|(byte, _)| byte);
    bytes.chain([text.len()]).nth(number)
}

/// Whether a text is a phrase, apart from case and the kind of apostrophe.
fn is_same(text: &str, phrase: &str) -> bool {
    let plain = |c| if c == '’' { '\'' } else { c };
    text.chars()
        .map(|c| plain(c).to_ascii_lowercase())
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
