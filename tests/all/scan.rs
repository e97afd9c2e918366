//! The terms that a text uses: which are found, where, and what is passed over.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::{command, run, run_with_input};
use glossary_core::corpus::Corpus;
use glossary_core::query::scan::{EverydayWords, Lexicon, Position, Scanner, Use};
use serde_json::Value;

/// The slugs found in a text, with how often and where first.
fn found(text: &str, flags: &[&str]) -> Vec<(String, u64, String)> {
    let run = run_with_input(&[&["scan", "--json"], flags].concat(), text.as_bytes());
    let is_note = |line: &str| line.starts_with("glossary: left out ");
    assert!(run.stderr.lines().all(is_note), "{text}: {}", run.stderr);
    let list: Value = serde_json::from_str(&run.stdout).unwrap();
    let items = list.as_array().unwrap().iter().map(|item| {
        let place = format!("{}:{}", item["line"], item["column"]);
        (
            item["slug"].as_str().unwrap().to_string(),
            item["count"].as_u64().unwrap(),
            place,
        )
    });
    items.collect()
}

fn slugs(text: &str) -> Vec<String> {
    found(text, &[])
        .into_iter()
        .map(|(slug, _, _)| slug)
        .collect()
}

#[test]
fn names_are_found_as_people_write_them() {
    for (text, slug) in [
        (
            "We train a generative adversarial network on it.",
            "generative-adversarial-network",
        ),
        (
            "Generative Adversarial\nNetworks, once more.",
            "generative-adversarial-network",
        ),
        (
            "a generative-adversarial network",
            "generative-adversarial-network",
        ),
        (
            "Two GANs and a GAN's loss",
            "generative-adversarial-network",
        ),
        ("the *latent space* of", "latent-space"),
        ("(latent space)", "latent-space"),
        ("vector\u{a0}databases", "vector-database"),
        (
            "Unlike RAG, fine-tuning changes weights",
            "retrieval-augmented-generation",
        ),
    ] {
        assert!(
            slugs(text).iter().any(|other| other == slug),
            "{text}: {:?}",
            slugs(text)
        );
    }
}

#[test]
fn what_is_plainly_meant_is_found() {
    for (text, slug) in [
        (
            "We use RAG in production.",
            "retrieval-augmented-generation",
        ),
        ("The llm calls tools.", "large-language-model"),
        ("fine-tune an llm with lora", "low-rank-adaptation"),
        ("fine-tune an llm with lora", "fine-tuning"),
        ("The model hallucinates.", "hallucination"),
        ("fp16 mixed precision", "floating-point-format"),
        ("GPT4 is large.", "generative-pre-trained-transformer"),
        ("A UNet.", "u-net"),
    ] {
        assert!(
            slugs(text).contains(&slug.to_string()),
            "{text}: {:?}",
            slugs(text)
        );
    }
}

#[test]
fn nothing_is_invented() {
    for text in [
        "The offline depth of a device is a frame of the summary.",
        "Gradient descent is state-of-the-art, step-by-step, and cost-effective.",
        "Gradient descent, for example, or prior to this.",
        "Gradient descent and SA-V.",
        "Gradient descent <img alt=\"latent space\">.",
        "Gradient descent by sparse attention (SA), and SA again.",
    ] {
        let mut found = slugs(text);
        found.retain(|slug| !["gradient-descent", "sparse-attention"].contains(&slug.as_str()));
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_longest_name_counts_and_where_it_stands_first() {
    let text = "Café notes.\n\nÀ propos: a large language model is a language model;\nlarge language models are, too.\n";
    assert_eq!(
        found(text, &[]),
        [
            ("large-language-model".to_string(), 2, "3:13".to_string()),
            ("language-model".to_string(), 1, "3:39".to_string())
        ]
    );
}

#[test]
fn what_is_no_prose_is_passed_over() {
    for text in [
        "---\ntitle: latent space\n---\nNothing.",
        "```\nlatent space\n```\nNothing.",
        "~~~text\nlatent space\n```\nlatent space\n~~~\nNothing.",
        "Call `latent space` and ``latent ` space``.",
        "See https://example.org/latent-space?q=latent space-less",
        "[here](latent-space) and www.latent.space",
        "latent. Space",
        "latent\n\nspace",
        "latents paced",
    ] {
        assert_eq!(slugs(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        slugs("---\nlatent space\n"),
        ["latent-space"],
        "a divider is no front matter"
    );
    assert_eq!(
        slugs("```\nx\n```\nlatent space"),
        ["latent-space"],
        "the fence is closed"
    );
    assert_eq!(
        slugs("`latent space"),
        ["latent-space"],
        "a code span that is not closed is text"
    );
}

#[test]
fn short_acronyms_count_in_their_own_case_and_everyday_words_beside_a_term() {
    for text in [
        "A rag and a gan.",
        "The model on the cover.",
        "A batch of rolls, step by step.",
        "HER WEIGHT",
        "HE IS AT LAW, AS IS.",
        "By act of LAW, a PDF and an SSL certificate over the API.",
        "The interpretation of a configuration, and the data protection of personal data.",
        "Adam met Claude.",
    ] {
        assert_eq!(slugs(text), Vec::<String>::new(), "{text}");
    }
    let beside = slugs("The batch goes through a convolutional neural network.");
    assert!(beside.contains(&"batch".to_string()), "{beside:?}");
    let behind = slugs("Gradient descent takes a step for each batch.");
    assert!(behind.contains(&"batch".to_string()), "{behind:?}");
    let pair = slugs("Gradient descent by MT and SSL.");
    assert!(
        pair.contains(&"machine-translation".to_string()),
        "{pair:?}"
    );
    assert!(
        pair.contains(&"self-supervised-learning".to_string()),
        "{pair:?}"
    );
    assert_eq!(slugs("What is AI?"), ["artificial-intelligence"]);
    let far = format!(
        "A batch of rolls. {} Gradient descent.",
        "And then we ate. ".repeat(20)
    );
    assert_eq!(slugs(&far), ["gradient-descent"]);
    let all: Vec<String> = found("A batch of rolls.", &["--all-words"])
        .into_iter()
        .map(|(slug, _, _)| slug)
        .collect();
    assert_eq!(all, ["batch"]);
}

/// In shouted text, capitals make no acronym of a word, and one that is no word needs a sign.
#[test]
fn shouted_text_makes_no_acronyms() {
    let shouted = "THE LANGUAGE MODEL IS PROVIDED UNDER APPLICABLE LAW.";
    assert_eq!(slugs(shouted), ["language-model"]);
    let plain = slugs("The language model falls under LAW.");
    assert!(
        plain.contains(&"lethal-autonomous-weapon".to_string()),
        "{plain:?}"
    );
    assert_eq!(slugs("NO PARTY SHALL LLM."), Vec::<String>::new());
    let beside = slugs("HOW TO TRAIN AN LLM: gradient descent.");
    assert!(
        beside.contains(&"large-language-model".to_string()),
        "{beside:?}"
    );
    assert_eq!(slugs("GAN, RNN, LLM").len(), 3, "acronyms in a row");
    let all = found("NO PARTY SHALL LLM.", &["--all-words"]);
    assert!(
        all.iter()
            .any(|(slug, _, _)| slug == "large-language-model"),
        "{all:?}"
    );
}

/// At most one false term in a thousand words of a text about something else.
#[test]
fn a_text_about_something_else_uses_next_to_none() {
    for name in ["cooking", "law", "novel"] {
        let text = std::fs::read_to_string(format!("tests/scan/{name}.txt")).unwrap();
        let words = text.split_whitespace().count();
        let found = slugs(&text);
        assert!(
            found.len() <= words / 1000,
            "{name}, {words} words: {found:?}"
        );
    }
}

#[test]
fn several_files_are_one_list_and_a_missing_one_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("a.md"), "A latent space.").unwrap();
    std::fs::write(path("b.md"), "The latent space of an autoencoder.").unwrap();
    let run = run(&["scan", &path("a.md"), &path("none.md"), &path("b.md")]);
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(
        rows[0][..3],
        [&format!("{}:1:3", path("a.md")), "2", "latent-space"]
    );
    assert_eq!(
        rows[1][..3],
        [&format!("{}:1:24", path("b.md")), "1", "autoencoder"]
    );
    assert!(
        run.stderr
            .contains(&format!("cannot read {}: No such file", path("none.md"))),
        "{}",
        run.stderr
    );
    assert_eq!(run.status, 2);
}

#[test]
fn other_depths_json_and_a_reports_glossary() {
    let text = b"An autoencoder has a latent space.";
    let rows = |flags: &[&str]| run_with_input(&[&["scan"], flags].concat(), text).stdout;
    assert!(
        rows(&[])
            .lines()
            .next()
            .unwrap()
            .contains("A neural network trained to reproduce")
    );
    let simple = run(&["--eli5", "autoencoder"]).stdout;
    let simple = simple.lines().nth(2).unwrap().to_string();
    assert!(rows(&["--eli5"]).lines().next().unwrap().contains(&simple));
    let section = rows(&["--markdown"]);
    assert!(
        section.starts_with("## Glossary\n\n### Autoencoder (AE)\n\nA neural network trained"),
        "{section}"
    );
    assert!(section.contains("\n\n### Latent Space\n\n"), "{section}");
    assert_eq!(run_with_input(&["scan"], b"nothing of the kind").status, 1);
}

#[test]
fn bytes_that_are_no_text_are_replaced_with_a_note() {
    let run = run_with_input(&["scan", "-"], b"\xff\xfe latent space \x00");
    assert!(run.stdout.contains("latent-space"));
    assert_eq!(
        run.stderr,
        "glossary: - is not UTF-8; unreadable bytes were replaced\n"
    );
    assert_eq!(run.status, 0);
}

#[test]
fn a_text_of_any_shape_is_read_in_pieces() {
    let long_line = format!("{} latent space.", "word ".repeat(200_000));
    assert_eq!(
        found(&long_line, &[]),
        [("latent-space".to_string(), 1, "1:1000002".to_string())]
    );
    let one_word = "x".repeat(2_000_000) + " latent space";
    assert_eq!(slugs(&one_word), ["latent-space"]);
    let accents = "é".repeat(900_001) + " latent space";
    assert_eq!(
        found(&accents, &[]),
        [("latent-space".to_string(), 1, "1:900003".to_string())]
    );
    let open_links = format!("{} latent space", "](".repeat(1_000_000));
    assert_eq!(slugs(&open_links), ["latent-space"]);
    let many = "A latent space.\n".repeat(100_000);
    assert_eq!(
        found(&many, &[]),
        [("latent-space".to_string(), 100_000, "1:3".to_string())]
    );
}

#[test]
fn each_use_is_a_line_with_its_place_slug_and_title() {
    let text = "A large language model is a\nlanguage model. Large language models, too.\n";
    let listed = run_with_input(&["scan", "--each"], text.as_bytes());
    assert_eq!(
        listed.stdout,
        "-:1:3\tlarge-language-model\tLarge Language Model (LLM)\tlarge language model\t20\n\
         -:2:1\tlanguage-model\tLanguage Model (LM)\tlanguage model\t14\n\
         -:2:17\tlarge-language-model\tLarge Language Model (LLM)\tLarge language models\t21\n"
    );
    assert_eq!(listed.status, 0);
    let json = run_with_input(&["scan", "--each", "--json"], text.as_bytes());
    let lines: Vec<Value> = json
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["slug"], "language-model");
    assert_eq!(lines[1]["line"], 2);
    assert_eq!(run_with_input(&["scan", "--each"], b"Nothing.").status, 1);
    assert_eq!(run(&["scan", "--each", "--markdown"]).status, 2);
}

/// A reader of what is still being written, as of a log or a conversation, does not wait for its end.
#[test]
fn each_use_is_printed_before_the_text_ends() {
    let mut scan = command(&["scan", "--each"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut text = scan.stdin.take().unwrap();
    text.write_all(b"Into the latent space.\n").unwrap();
    let mut line = String::new();
    BufReader::new(scan.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(
        line,
        "-:1:10\tlatent-space\tLatent Space\tlatent space\t12\n"
    );
    drop(text);
    assert!(scan.wait().unwrap().success());
}

/// A divider with text behind it, cut in between, is no end of front matter.
#[test]
fn where_a_text_is_cut_does_not_show() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    let lexicon = Lexicon::new(&corpus).unwrap();
    let text = "---\nlatent space\n--- | latent space |\n";
    let uses = |pieces: &[&str]| {
        let mut places = Vec::new();
        let mut found = |found: Use| places.push(found.position);
        let mut scanner = Scanner::new(&lexicon, EverydayWords::BesideATerm);
        for piece in pieces {
            scanner.read(piece, &mut found);
        }
        scanner.finish(&mut found);
        places
    };
    let whole = uses(&[text]);
    assert_eq!(whole.len(), 2);
    let (before, behind) = text.split_at("---\nlatent space\n--- ".len());
    assert_eq!(uses(&[before, behind]), whole);
}

/// Texts in which a person has put braces around what means a term. An entry counts as right if one of
/// its uses is marked.
#[test]
fn what_a_reader_marked_is_found_and_little_else() {
    /// Of a hundred entries found, and of a hundred marks, how many must be right.
    const FLOOR: usize = 93;
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    let lexicon = Lexicon::new(&corpus).unwrap();
    let (mut right, mut listed, mut met, mut marked) = (0, 0, 0, 0);
    let mut report = Vec::new();
    let mut texts: Vec<_> = std::fs::read_dir("tests/scan/marked")
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    texts.sort();
    for path in texts {
        let (text, marks) = without_marks(&std::fs::read_to_string(&path).unwrap());
        let mut uses = Vec::new();
        let mut scanner = Scanner::new(&lexicon, EverydayWords::BesideATerm);
        scanner.read(&text, &mut |found| uses.push(found));
        scanner.finish(&mut |found| uses.push(found));
        let is_at = |found: &Use, (line, columns): &(usize, std::ops::Range<usize>)| {
            let Position { line: at, column } = found.position;
            at == *line && column < columns.end && columns.start < column + found.length
        };
        let mut entries = BTreeMap::new();
        for found in &uses {
            let is_right: &mut (bool, &str) =
                entries.entry(found.id).or_insert((false, &found.words));
            is_right.0 |= marks.iter().any(|mark| is_at(found, mark));
        }
        for (is_right, words) in entries.values() {
            right += usize::from(*is_right);
            if !is_right {
                report.push(format!("{}: not marked: {words}", path.display()));
            }
        }
        listed += entries.len();
        met += marks
            .iter()
            .filter(|mark| uses.iter().any(|found| is_at(found, mark)))
            .count();
        marked += marks.len();
    }
    assert!(
        right * 100 >= FLOOR * listed && met * 100 >= FLOOR * marked,
        "{right} of {listed} entries are right, {met} of {marked} marks are found:\n{}",
        report.join("\n")
    );
}

/// A text without its marks, and the line and columns of each.
fn without_marks(text: &str) -> (String, Vec<(usize, std::ops::Range<usize>)>) {
    let (mut plain, mut marks) = (String::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        let (mut column, mut start) = (1, 1);
        for c in line.chars() {
            match c {
                '{' => start = column,
                '}' => marks.push((number, start..column)),
                _ => {
                    plain.push(c);
                    column += 1;
                }
            }
        }
        plain.push('\n');
    }
    (plain, marks)
}
