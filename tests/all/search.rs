//! `glossary search` as readers see it: what is found for words of their own, and what is printed.

use std::collections::BTreeSet;
use std::process::Output;

use crate::support::command;

/// Descriptions with the slugs that they mean, tab-separated; several slugs with `|` between. Each set
/// is held to the least share of them whose entry comes first, and among the first three.
///
/// The ranking and some keywords of the entries were worked on with the first two sets. The other two
/// were written by others, from the titles alone, and tell how well readers fare: nothing may be fitted
/// to them. The aim is 0.80 and 0.95.
const SETS: [(&str, f64, f64); 4] = [
    (include_str!("../search/develop.tsv"), 0.91, 0.98),
    (include_str!("../search/queries.tsv"), 0.87, 0.97),
    (include_str!("../search/unseen.tsv"), 0.89, 0.94),
    (include_str!("../search/later.tsv"), 0.85, 0.92),
];

/// With so many entries, hardly a description may be left without its entry.
const WHOLE: usize = 900;

fn glossary(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary runs")
}

fn answer(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = glossary(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

fn slugs(arguments: &[&str]) -> Vec<String> {
    let (out, ..) = answer(arguments);
    let slug = |line: &str| line.split('\t').next().unwrap_or_default().to_string();
    out.lines().map(slug).collect()
}

#[test]
fn what_is_described_comes_first() {
    for (queries, first, among_three) in SETS {
        let entries: BTreeSet<String> = slugs(&["list"]).into_iter().collect();
        is_described(queries, &entries, first, among_three);
    }
}

#[expect(clippy::cast_precision_loss, reason = "shares of some dozens")]
fn is_described(
    queries: &str,
    entries: &BTreeSet<String>,
    least_first: f64,
    least_among_three: f64,
) {
    let (mut asked, mut first, mut among_three, mut skipped) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    for line in queries.lines() {
        let (query, meant) = line.split_once('\t').expect("a query, a tab, the slugs");
        if !meant.split('|').any(|slug| entries.contains(slug)) {
            skipped += 1;
            continue;
        }
        let found = slugs(&["search", "--limit", "3", query]);
        let place = found
            .iter()
            .position(|slug| meant.split('|').any(|one| one == slug));
        asked += 1;
        first += usize::from(place == Some(0));
        among_three += usize::from(place.is_some());
        if place != Some(0) {
            missed.push(format!("{query}: {meant}, not {found:?}"));
        }
    }
    let share = |count: usize| count as f64 / f64::from(asked);
    assert!(
        share(first) >= least_first && share(among_three) >= least_among_three,
        "{first} first and {among_three} among three of {asked}:\n{}",
        missed.join("\n")
    );
    assert!(
        entries.len() < WHOLE || f64::from(skipped) <= 0.02 * f64::from(asked),
        "{skipped} descriptions mean entries that are not there"
    );
}

#[test]
fn what_is_named_comes_first() {
    for (query, named) in [
        ("temperature", "temperature"),
        ("model card", "model-card"),
        ("Pipeline parallelism", "pipeline-parallelism"),
        ("what is temperature?", "temperature"),
        ("VRAM", "gpu-memory"),
        ("back propagation", "backpropagation"),
        ("text summarisation", "text-summarization"),
    ] {
        let found = slugs(&["search", query]);
        assert_eq!(found.first().map(String::as_str), Some(named), "{query}");
    }
    let elsewhere = slugs(&["search", "model card", "--tag", "robotics-and-embodied-ai"]);
    assert!(!elsewhere.contains(&"model-card".to_string()));
}

#[test]
fn in_a_pipe_a_hit_is_a_slug_a_title_and_a_sentence() {
    let (out, notes, status) = answer(&["search", "gan", "--limit", "1"]);
    let cells: Vec<&str> = out.trim_end().split('\t').collect();
    assert_eq!(
        cells[..2],
        [
            "generative-adversarial-network",
            "Generative Adversarial Network (GAN)"
        ]
    );
    assert!(cells[2].ends_with('.') && cells[2].contains("GAN"), "{out}");
    assert_eq!((cells.len(), notes.as_str(), status), (3, "", Some(0)));
}

#[test]
fn a_phrase_occurs_as_such() {
    let words = slugs(&["search", "softmax temperature", "--limit", "1000"]);
    let phrase = slugs(&["search", "“softmax temperature”", "--limit", "1000"]);
    assert!(phrase.contains(&"temperature".to_string()), "{phrase:?}");
    assert!(
        phrase.len() < words.len() / 4,
        "{} of {}",
        phrase.len(),
        words.len()
    );
    let (out, ..) = answer(&["search", "\"learning rate\" schedule"]);
    assert!(out.to_lowercase().contains("learning rate"), "{out}");
    let (out, notes, status) = answer(&["search", "\"temperature softmax of\""]);
    assert_eq!(
        (out.as_str(), notes.as_str(), status),
        (
            "",
            "glossary: nothing found for “\"temperature softmax of\"”; nearest names: “softmax temperature”, in “Temperature”\n",
            Some(1)
        )
    );
}

#[test]
fn a_misspelt_word_stands_for_the_nearest_and_that_is_said() {
    let (out, notes, status) = answer(&["search", "batch normalisaton", "--limit", "1"]);
    assert_eq!(
        notes,
        "glossary: no entry uses “normalisaton”; searched for “normalization”\n"
    );
    assert!(out.starts_with("batch-normalization\t"), "{out}");
    assert_eq!(status, Some(0));
    let (_, notes, _) = answer(&["search", "batch normalisaton", "--exact"]);
    assert_eq!(notes, "glossary: no entry uses “normalisaton”\n");
}

#[test]
fn nothing_found_is_said_with_the_nearest_names() {
    let (out, notes, status) = answer(&["search", "xqzwv"]);
    assert_eq!(
        (out.as_str(), notes.as_str(), status),
        (
            "",
            "glossary: no entry uses “xqzwv”\nglossary: nothing found for “xqzwv”\n",
            Some(1)
        )
    );
    let (_, notes, status) = answer(&["search", "\"tranformer\""]);
    assert_eq!(
        notes,
        "glossary: no entry uses “tranformer”\n\
         glossary: nothing found for “\"tranformer\"”; nearest names: “Transformer”\n"
    );
    assert_eq!(status, Some(1));
}

#[test]
fn a_limit_limits() {
    assert_eq!(slugs(&["search", "network"]).len(), 10);
    let three = slugs(&["search", "network", "--limit", "3"]);
    assert_eq!(three, slugs(&["search", "network"])[..3]);
    let (.., status) = answer(&["search", "network", "--limit", "0"]);
    assert_eq!(status, Some(2));
}

#[test]
fn a_topic_keeps_its_own() {
    let all: BTreeSet<String> = slugs(&["list", "--tag", "reinforcement-learning"])
        .into_iter()
        .collect();
    let found = slugs(&["search", "reward", "--tag", "reinforcement-learning"]);
    assert!(
        !found.is_empty() && found.iter().all(|slug| all.contains(slug)),
        "{found:?}"
    );
    let (out, notes, status) = answer(&["search", "reward", "--tag", "cooking"]);
    assert_eq!((out.as_str(), status), ("", Some(1)));
    assert!(
        notes.ends_with("glossary: no topic “cooking”; `glossary tags` lists the topics\n"),
        "{notes}"
    );
}

#[test]
fn json_tells_programs_the_same() {
    let (out, _, status) = answer(&["search", "gan", "--limit", "2", "--json"]);
    let hits: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let hits = hits.as_array().expect("an array");
    assert_eq!((hits.len(), status), (2, Some(0)));
    let keys: BTreeSet<&String> = hits[0].as_object().expect("an object").keys().collect();
    assert_eq!(
        Vec::from_iter(keys),
        [
            "score", "sentence", "slug", "source", "summary", "tags", "title", "words"
        ]
    );
    assert_eq!(hits[0]["slug"], "generative-adversarial-network");
    assert_eq!(hits[0]["source"], "built-in");
    assert!(hits[0]["score"].as_f64() >= hits[1]["score"].as_f64());
    let (out, _, status) = answer(&["search", "xqzwv", "--json"]);
    assert_eq!((out.as_str(), status), ("[]\n", Some(1)));
}

#[test]
fn matched_words_are_marked_where_there_is_color() {
    let (out, ..) = answer(&["search", "gan", "--limit", "1", "--color", "always"]);
    assert!(
        out.starts_with("\u{1b}[1mGenerative Adversarial Network (GAN)\u{1b}[0m"),
        "{out}"
    );
    assert!(out.contains("\u{1b}[1;4mGAN\u{1b}[0m"), "{out}");
    let (plain, ..) = answer(&["search", "gan", "--limit", "1", "--color", "never"]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn stop_words_do_not_decide() {
    assert_eq!(
        slugs(&["search", "what is the dropout of a"]),
        slugs(&["search", "dropout"])
    );
}

#[test]
fn to_ask_for_the_word_changes_nothing() {
    let plain = slugs(&["search", "many trees that vote on the answer"]);
    for asking in [
        "what was the word for",
        "What's the term for",
        "what do you call it when",
        "How is it called if",
    ] {
        let asked = slugs(&["search", asking, "many trees that vote on the answer"]);
        assert_eq!(asked, plain, "{asking}");
    }
    assert_eq!(
        slugs(&["search", "word for word"]),
        slugs(&["search", "word"])
    );
    assert!(slugs(&["search", "name", "for"]).len() > 1);
}

#[test]
fn a_term_that_begins_like_the_command_is_pointed_out() {
    let (_, notes, status) = answer(&["search", "algorithm"]);
    assert_eq!(
        notes,
        "glossary: to look up “Search Algorithm”: glossary show search algorithm\n"
    );
    assert_eq!(status, Some(0));
}
