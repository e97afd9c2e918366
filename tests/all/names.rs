//! From what is typed to the entry that is meant: the names of an entry, in every spelling.

use crate::support::run;
use serde_json::Value;

/// What `--json` says of a query: how it was matched, and the slugs of the entries.
fn look_up(words: &[&str]) -> (String, Vec<String>) {
    let arguments = [&["--json", "--"], words].concat();
    let answer: Value = serde_json::from_str(&run(&arguments).stdout).unwrap();
    let slugs = answer["entries"].as_array().unwrap().iter();
    let slugs = slugs.map(|entry| entry["slug"].as_str().unwrap().to_string());
    (
        answer["match"].as_str().unwrap().to_string(),
        slugs.collect(),
    )
}

#[test]
fn a_name_in_any_spelling_opens_its_entry() {
    for (typed, matched, slug) in [
        (
            "generative-adversarial-network",
            "exact",
            "generative-adversarial-network",
        ),
        (
            "Generative Adversarial Network",
            "exact",
            "generative-adversarial-network",
        ),
        (
            "Generative Adversarial Network (GAN)",
            "exact",
            "generative-adversarial-network",
        ),
        (
            "generative_adversarial networks",
            "exact",
            "generative-adversarial-network",
        ),
        ("GAN", "alias", "generative-adversarial-network"),
        ("gans", "alias", "generative-adversarial-network"),
        ("GAN's", "alias", "generative-adversarial-network"),
        ("ＧＡＮ", "alias", "generative-adversarial-network"),
        ("G.A.N.", "alias", "generative-adversarial-network"),
        (
            "generative adversarial nets",
            "alias",
            "generative-adversarial-network",
        ),
        ("“latent space”", "exact", "latent-space"),
        ("latent\u{2014}space", "exact", "latent-space"),
        ("látent spacè", "exact", "latent-space"),
        ("latent\u{a0}space", "exact", "latent-space"),
        ("a transformer", "exact", "transformer"),
        ("what is a transformer?", "exact", "transformer"),
        ("What's the latent space", "exact", "latent-space"),
        (
            "how does unsupervised learning work?",
            "exact",
            "unsupervised-learning",
        ),
        (
            "Generative Adversarial Network (another short form)",
            "exact",
            "generative-adversarial-network",
        ),
        ("quantisation", "alias", "quantization"),
    ] {
        assert_eq!(
            look_up(&[typed]),
            (matched.to_string(), vec![slug.to_string()]),
            "{typed}"
        );
    }
}

#[test]
fn words_need_no_quotes() {
    assert_eq!(look_up(&["latent", "space"]), look_up(&["latent space"]));
    assert_eq!(look_up(&["what", "is", "a", "GAN?"]), look_up(&["GAN"]));
}

#[test]
fn a_covered_name_opens_the_entry_that_explains_it_and_says_so() {
    let (matched, slugs) = look_up(&["SolidGoldMagikarp"]);
    assert_eq!(
        (matched.as_str(), slugs),
        ("covered", vec!["token".to_string()])
    );
    let shown = run(&["SolidGoldMagikarp"]);
    assert_eq!(
        shown.stderr,
        "glossary: “Token” covers “SolidGoldMagikarp”\n"
    );
    assert!(shown.stdout.starts_with("SolidGoldMagikarp  in Token\n\n"));
    assert!(
        shown
            .stdout
            .lines()
            .nth(2)
            .unwrap()
            .contains("SolidGoldMagikarp")
    );
    assert_eq!(shown.status, 0);
}

#[test]
fn a_near_miss_is_shown_as_such_and_only_where_it_is_allowed() {
    let shown = run(&["genrative", "ai"]);
    assert_eq!(
        shown.stderr,
        "glossary: no entry for “genrative ai”; nearest name: “Generative Artificial Intelligence”\n"
    );
    assert!(
        shown
            .stdout
            .starts_with("Generative Artificial Intelligence (Generative AI)\n")
    );
    assert_eq!(shown.status, 0);

    let exact = run(&["--exact", "genrative", "ai"]);
    assert_eq!((exact.stdout.as_str(), exact.status), ("", 1));
    assert_eq!(exact.stderr, "glossary: no entry for “genrative ai”\n");
}

#[test]
fn what_is_no_term_finds_nothing() {
    for typed in [
        "garden",
        "bird",
        "...",
        "",
        " ",
        "🤖",
        "$(id)",
        "taylor swift",
    ] {
        let shown = run(&["--", typed]);
        assert_eq!((shown.stdout.as_str(), shown.status), ("", 1), "{typed}");
        assert!(
            shown.stderr.starts_with("glossary: no entry for “"),
            "{}",
            shown.stderr
        );
    }
}

#[test]
fn a_term_that_begins_like_a_command_is_reached() {
    let tokens = run(&["show", "token"]).stdout;
    assert!(tokens.starts_with("Token\n"));
    assert_eq!(run(&["--", "token"]).stdout, tokens);
    assert_eq!(
        run(&["random", "latent", "space"]).status,
        1,
        "looked up, not taken as a command"
    );
    assert!(run(&["--json", "list"]).stdout.starts_with("[{\"slug\""));
    assert!(run(&["list", "--json"]).stdout.starts_with("[{\"slug\""));
    let listed = run(&["--", "list"]);
    assert_eq!((listed.stdout.as_str(), listed.status), ("", 1));
}
