//! Output in a pipe: plain text, lists, JSON, Markdown.

use crate::support::{run, run_with_input};
use serde_json::Value;

/// Every entry's slug.
fn slugs() -> Vec<String> {
    let list = run(&["list"]).stdout;
    list.lines()
        .map(|line| line.split('\t').next().unwrap().to_string())
        .collect()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&run(arguments).stdout).unwrap()
}

#[test]
fn the_lines_that_users_asked_for_work_word_for_word() {
    let summary = run(&["generative-ai"]);
    assert!(
        summary
            .stdout
            .starts_with("Generative Artificial Intelligence (Generative AI)\n\n")
    );
    assert_eq!(
        summary.stdout.lines().count(),
        5,
        "title, summary, related: {}",
        summary.stdout
    );
    let simple = run(&["--eli5", "GAN"]);
    assert!(simple.stdout.contains("tickets"));
    let related = run(&["related", "VAE"]);
    assert!(
        related
            .stdout
            .starts_with("autoencoder\tAutoencoder (AE)\tA neural network")
    );
    let transformer = run(&["transformer"]).stdout.to_lowercase();
    assert!(transformer.lines().any(|line| line.contains("attention")));
    for shown in [summary, simple, related] {
        assert_eq!((shown.stderr.as_str(), shown.status), ("", 0));
    }
}

#[test]
fn depths_come_in_the_order_of_the_page_wherever_the_flags_stand() {
    let all = run(&["token", "--all"]).stdout;
    let places: Vec<usize> = [
        "\nSummary\n",
        "\nELI5\n",
        "\nIn-depth explanation\n",
        "\nRelated: ",
        "\nSource: ",
    ]
    .iter()
    .map(|part| {
        all.find(part)
            .unwrap_or_else(|| panic!("no {part:?} in {all}"))
    })
    .collect();
    assert!(places.is_sorted(), "{all}");
    for arguments in [
        ["-d", "-e", "-s", "token"],
        ["token", "-s", "-d", "-e"],
        ["-e", "token", "-ds", "--exact"],
    ] {
        assert_eq!(run(&arguments).stdout, all, "{arguments:?}");
    }
}

#[test]
fn plain_text_has_no_escape_codes_no_boxes_and_no_marks() {
    let all = run_with_input(&["-", "--all", "--exact"], slugs().join("\n").as_bytes());
    assert_eq!((all.stderr.as_str(), all.status), ("", 0));
    let control = all.stdout.chars().find(|&c| c.is_control() && c != '\n');
    assert_eq!(control, None);
    // Code is shown as it is, and stands four columns in.
    for line in all.stdout.lines().filter(|line| !line.starts_with("    ")) {
        let boxed = line.contains(|c: char| ('\u{2500}'..='\u{257f}').contains(&c));
        let marked = [" **", "```", "### "]
            .iter()
            .any(|mark| line.contains(mark));
        assert!(!boxed && !marked, "{line}");
    }
}

#[test]
fn a_pipe_is_wrapped_only_when_a_width_is_given() {
    let longest = |arguments: &[&str]| {
        let text = run(arguments).stdout;
        text.lines().map(|line| line.chars().count()).max().unwrap()
    };
    assert!(longest(&["token", "--all"]) > 300);
    assert!(longest(&["token", "--all", "--width", "50"]) <= 50);
    let long_title = "retrieval-augmented-generation";
    assert!(longest(&[long_title, "--width", "32"]) <= 32);
}

#[test]
fn in_depth_begins_with_the_sentence_that_says_what_it_is() {
    for term in ["GRPO", "LoRA", "KV cache"] {
        let summary = run(&[term]).stdout;
        let summary = summary.lines().nth(2).unwrap();
        let page = run(&["-d", term]).stdout;
        assert_eq!(page.lines().nth(2), Some(summary), "{term}");
        assert_eq!(page.matches(summary).count(), 1, "{term}");
    }
}

#[test]
fn lists_are_tab_separated() {
    for (arguments, cells) in [
        (&["list"][..], 3),
        (&["related", "VAE"], 4),
        (&["related", "VAE", "--depth", "2"], 4),
        (&["learn", "transformer"], 3),
        (&["list", "--tag", "generative-models"], 3),
    ] {
        let list = run(arguments);
        assert_eq!(list.status, 0, "{arguments:?}");
        for line in list.stdout.lines() {
            assert_eq!(line.split('\t').count(), cells, "{line}");
        }
    }
    let groups = run(&["related", "VAE", "--depth", "2"]).stdout;
    for group in ["Related", "2 steps away"] {
        assert!(groups.contains(&format!("\t{group}\n")), "{groups}");
    }
    let sorted = slugs();
    assert!(sorted.is_sorted() && sorted.len() >= 40);
    for line in run(&["tags"]).stdout.lines() {
        let (_, count) = line.split_once('\t').unwrap();
        assert!(count.parse::<usize>().unwrap() > 0, "{line}");
    }
    assert_eq!(run(&["list", "--tag", "nonsense"]).status, 1);
}

#[test]
fn json_keeps_its_shape() {
    let answer = json(&["--json", "GAN"]);
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    };
    let mut expected = [
        "schema",
        "query",
        "match",
        "entries",
        "suggestions",
        "comparison",
        "hits",
    ];
    expected.sort_unstable();
    assert_eq!(keys(&answer), expected);
    assert_eq!(answer["schema"], 1);
    let entry = &answer["entries"][0];
    let mut expected = [
        "slug",
        "title",
        "acronym",
        "passage",
        "matched_name",
        "aliases",
        "covers",
        "tags",
        "summary",
        "eli5",
        "in_depth",
        "related",
        "requires",
        "sources",
        "source",
    ];
    expected.sort_unstable();
    assert_eq!(keys(entry), expected);
    assert_eq!(entry["source"], "built-in");
    assert!(
        entry["related"]
            .as_array()
            .unwrap()
            .iter()
            .any(|term| term["slug"] == "variational-autoencoder")
    );

    let miss = run(&["--json", "no such thing at all"]);
    let answer: Value = serde_json::from_str(&miss.stdout).unwrap();
    assert_eq!(
        (
            &answer["match"],
            answer["entries"].as_array().unwrap().len(),
            miss.status
        ),
        (&Value::from("none"), 0, 1)
    );

    for arguments in [
        &["list", "--json"][..],
        &["related", "VAE", "--json"],
        &["learn", "GAN", "--json"],
        &["tags", "--json"],
    ] {
        assert!(
            json(arguments)
                .as_array()
                .is_some_and(|items| !items.is_empty()),
            "{arguments:?}"
        );
    }
}

#[test]
fn markdown_is_the_source() {
    let source = std::fs::read_to_string("entries/token.md").unwrap();
    assert_eq!(run(&["--markdown", "token"]).stdout, source);
}

#[test]
fn standard_input_is_looked_up_line_by_line() {
    let shown = run_with_input(&["-"], b"GAN\n\nno such thing at all\r\nlatent space");
    assert!(
        shown
            .stdout
            .starts_with("Generative Adversarial Network (GAN)\n")
    );
    assert!(shown.stdout.contains("\n\nLatent Space\n"));
    assert_eq!(
        shown.stderr,
        "glossary: no entry for “no such thing at all”\n"
    );
    assert_eq!(shown.status, 0);

    let shown = run_with_input(&["-", "--json"], b"GAN\n\nno such thing at all\n\xff\xfe\n");
    let matches: Vec<Value> = shown
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["match"].clone())
        .collect();
    assert_eq!(matches, ["alias", "none", "none", "none"]);
    assert_eq!(run_with_input(&["-"], b"").status, 1);
}

#[test]
fn what_was_typed_cannot_reach_the_terminal_as_a_command() {
    let shown = run(&["--", "x\u{1b}[2J\u{202e}\u{9b}0m\u{7}y"]);
    assert_eq!(shown.stderr, "glossary: no entry for “x[2J0my”\n");
}

#[test]
fn related_goes_both_ways_and_further() {
    let near = json(&["related", "machine learning", "--json"]);
    let far = json(&["related", "machine learning", "--json", "--depth", "2"]);
    let groups = |list: &Value| {
        let mut groups: Vec<String> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["group"].as_str().unwrap().to_string())
            .collect();
        groups.dedup();
        groups
    };
    assert_eq!(groups(&near), ["Related", "Named by"]);
    assert_eq!(groups(&far)[..2], ["Related", "2 steps away"]);
    assert!(far.as_array().unwrap().len() > near.as_array().unwrap().len());
}

#[test]
fn a_course_puts_each_entry_after_what_it_requires() {
    for term in ["transformer", "GAN", "RAG"] {
        let course = json(&["learn", term, "--json"]);
        let order: Vec<&str> = course
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["slug"].as_str().unwrap())
            .collect();
        for (place, slug) in order.iter().enumerate() {
            let entry = json(&["show", slug, "--exact", "--json"]);
            let requires = entry["entries"][0]["requires"].as_array().unwrap().clone();
            for required in requires.iter().filter_map(Value::as_str) {
                let before = order.iter().position(|other| other == &required);
                assert!(
                    before.is_none_or(|before| before < place),
                    "{required} comes after {slug} in {order:?}"
                );
            }
        }
        let direct = json(&["learn", term, "--json", "--depth", "1"]);
        assert!(direct.as_array().unwrap().len() < order.len(), "{term}");
        assert_eq!(
            direct.as_array().unwrap().last().unwrap()["slug"],
            *order.last().unwrap()
        );
    }
}
