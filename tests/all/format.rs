//! The entry format as it is found in the wild: what is read, and what is said of what is not.

use glossary_cli::render::sanitize_lines;
use glossary_core::entry::Entry;
use glossary_core::entry::sections::Depth;

const FRONT: &str = "---\ntitle: \"Recall\"\n---\n";

fn parse(text: &str) -> Entry {
    Entry::parse("recall", text).unwrap_or_else(|problem| panic!("{problem:?}\n{text}"))
}

#[test]
fn sections_are_found_however_their_headings_are_written() {
    for body in [
        "### Summary\nA share.\n### ELI5\nEggs.\n### In-depth explanation\nTP.\n### Related terms\nPrecision\n",
        "### Summary\n\nA share.\n\n### ELI5\n\nEggs.\n\n### In-depth Explanation\n\nTP.\n\n### Related Terms\n\nPrecision",
        "## Summary  \nA share.\n## ELI5\t\nEggs.\n## In-Depth Explanation ##\nTP.\n## RELATED TERMS\nPrecision.",
        "#### Summary\r\nA share.\r\n#### ELI5\r\nEggs.\r\n#### In depth\r\nTP.\r\n#### Related\r\nPrecision\r\n",
        "Lead.\n\n### Related terms\nPrecision\n\n### ELI5\nEggs.\n\n### In-depth explanation\nTP.\n\n### Summary\nA share.\n",
        "### Summary\nA share.\n### History\nLong.\n### ELI5\nEggs.\n### In-depth explanation\nTP.\n### Related terms\n\"Precision\"\n\nRead on elsewhere, too.\n",
    ] {
        let entry = parse(&format!("{FRONT}{body}"));
        let sections = Depth::ALL.map(|depth| entry.section(depth).unwrap_or_default());
        assert_eq!(sections, ["A share.", "Eggs.", "TP."], "{body}");
        assert_eq!(entry.related, ["Precision"], "{body}");
    }
}

#[test]
fn a_section_keeps_what_only_looks_like_its_end() {
    for inner in [
        "First.\n\n```python\n# Summary\nx = 1  # count\n```\n\nLast.",
        "First.\n\n---\n\nLast.",
        "First.\n\n#### A part\n\nLast.",
        "First\n---\nLast.",
        "> ### Summary\n> quoted\n\nLast.",
    ] {
        let entry = parse(&format!(
            "{FRONT}### In-depth explanation\n{inner}\n### Summary\nA share.\n"
        ));
        assert_eq!(entry.section(Depth::InDepth), Some(inner), "{inner}");
        assert_eq!(entry.section(Depth::Summary), Some("A share."), "{inner}");
    }
}

#[test]
fn front_matter_is_read_as_people_keep_it() {
    for (front, title) in [
        ("title: Recall", "Recall"),
        (
            "title: \"Recall (True Positive Rate)\"",
            "Recall (True Positive Rate)",
        ),
        ("title: 'Bayes'' Theorem'", "Bayes' Theorem"),
        ("title: \"TCP/IP, Explained\"", "TCP/IP, Explained"),
        ("title: 3.14", "3.14"),
        ("title: yes", "yes"),
        ("title: 007", "007"),
        ("\ntitle: Recall\n\ndraft: false\n", "Recall"),
        (
            "title: Recall\ndate: 2023-06-01\nweight: 3\nparams:\n  toc: true",
            "Recall",
        ),
        ("title: Recall\ntags:\naliases: []", "Recall"),
    ] {
        for ends in ["\n", "\r\n"] {
            let text = format!("---\n{front}\n---\n### Summary\nA share.").replace('\n', ends);
            assert_eq!(parse(&text).front.title, title, "{front}");
            assert_eq!(
                parse(&format!("\u{feff}{text}")).front.title,
                title,
                "BOM, {front}"
            );
        }
    }
}

#[test]
fn keywords_are_a_list_or_a_text() {
    for written in ["[\"missed alarms\", hits]", "missed alarms, hits"] {
        let text = format!("---\ntitle: Recall\nkeywords: {written}\n---\n### Summary\nA share.\n");
        assert_eq!(parse(&text).front.keywords, ["missed alarms", "hits"]);
    }
}

#[test]
fn redirects_of_a_hugo_site_are_no_names() {
    let entry = parse(
        "---\ntitle: Recall\naliases: [\"/glossary/recall/\", \"sensitivity\"]\n---\n### Summary\nA share.\n",
    );
    assert_eq!(entry.front.aliases, ["sensitivity"]);
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let nested = "[".repeat(100_000);
    for (text, place, reason) in [
        ("", (1, 1), "no front matter"),
        ("# Recall\n", (1, 1), "no front matter"),
        (
            "+++\ntitle = \"Recall\"\n+++\n",
            (1, 1),
            "TOML front matter",
        ),
        ("{\n\"title\": \"Recall\"\n}\n", (1, 1), "JSON front matter"),
        (
            "---\ntitle: Recall\n### Summary\nA share.\n",
            (1, 1),
            "not closed",
        ),
        (
            "---\ntitle: GAN: a network\n---\n### Summary\nA\n",
            (2, 11),
            "mapping values are not allowed",
        ),
        (
            "---\nlayout: entry\n---\n### Summary\nA\n",
            (1, 1),
            "no title",
        ),
        ("---\ntitle:\n---\n### Summary\nA\n", (1, 1), "no title"),
        ("---\ntitle: ~\n---\n### Summary\nA\n", (1, 1), "no title"),
        (
            "---\ntitle: \"A\\x1b[31mB\"\n---\n### Summary\nA\n",
            (1, 1),
            "control character",
        ),
        (
            "---\ntitle: Recall\n---\nOnly prose.\n",
            (4, 1),
            "no section explains the term",
        ),
        (
            &format!("---\ntitle: Recall\nx: {nested}\n---\n### Summary\nA\n"),
            (1, 1),
            "over 16 KiB",
        ),
    ] {
        let problem = Entry::parse("recall", text).expect_err(text.get(..60).unwrap_or(text));
        assert!(
            problem.message.contains(reason),
            "{problem:?} for {text:.60}"
        );
        assert_eq!(
            (problem.place.line, problem.place.column),
            place,
            "{problem:?} for {text:.60}"
        );
    }
}

/// YAML ends a line there, and Markdown does; printing must not join what stands around it.
#[test]
fn a_carriage_return_ends_a_line_wherever_it_stands() {
    let file =
        "---\r\ntitle: Weight\rtags: [\"neural\rnetworks\"]\n---\n### Summary\rA\rnumber.\r\n";
    let entry = Entry::parse("weight", file).unwrap();
    assert_eq!(entry.front.tags, ["neural networks"]);
    assert_eq!(entry.gloss(), "A number.");
    assert!(!entry.text.contains('\r'));
    assert_eq!(
        Entry::parse("weight", &sanitize_lines(&entry.text)),
        Ok(entry)
    );
}

/// Without the control character the line would open a fence, and hide what follows from a reader of
/// the printed source.
#[test]
fn what_is_not_printed_does_not_part_marks() {
    let file = format!("{FRONT}### Summary\n``\u{1}`text\n### ELI5\nEggs.\n");
    let entry = parse(&file);
    assert_eq!(entry.text, file.replace('\u{1}', ""));
    assert_eq!(entry.section(Depth::Eli5), None);
    assert_eq!(
        Entry::parse("recall", &sanitize_lines(&entry.text)),
        Ok(entry)
    );
}
