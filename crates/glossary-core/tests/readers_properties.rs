//! What holds for any file: no reader panics, and what it makes is an entry of the native layout.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use glossary_core::entry::Entry;
use glossary_core::entry::markdown::is_out_of_place;
use glossary_core::entry::sections::Depth;
use glossary_core::readers::{Way, read, resolve};
use proptest::prelude::*;

/// Text with the marks of Markdown and its extensions.
fn markdown() -> impl Strategy<Value = String> {
    pieces(vec![
        "\n",
        "\n\n",
        "# ",
        "## ",
        "### Summary\n",
        "## See also\n",
        "## Definition\n",
        "- ",
        "1. ",
        "> ",
        "|",
        "|-|-|\n",
        "| Term | Definition |\n|-|-|\n",
        "```\n",
        "~~~",
        "`",
        "*",
        "**",
        "**A**: ",
        "_",
        "[",
        "](",
        ")",
        "[[",
        "]]",
        "<",
        ">",
        "<b>",
        "<Tab>",
        "</Tab>",
        "<!--",
        "-->",
        "<!--more-->",
        "{{",
        "}}",
        "{{<",
        ">}}",
        "{%",
        "%}",
        "{% raw %}",
        "{{Glossary(\"a\", \"b\")}}",
        "{:.x}",
        "{#x}",
        "{term}`",
        ":::note\n",
        ":::\n",
        "```{glossary}\n",
        "\n: ",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "][",
        "---\n",
        "+++\n",
        "===\n",
        "    ",
        "\t",
        "\\",
        "&amp;",
        "See also: ",
        "Synonyms: ",
        "(also called ",
        "![",
        "![[",
        "%%",
        "~~",
        "\"",
        "=",
        "/",
        " / ",
        "#",
    ])
}

/// Text with the marks of YAML, JSON, and tables.
fn data() -> impl Strategy<Value = String> {
    pieces(vec![
        "\n",
        "- ",
        "term: ",
        "definition: ",
        "  ",
        "aka: ",
        "see: ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        ",",
        ":",
        ": ",
        "|\n",
        "&a ",
        "*a",
        "!x ",
        "\"term\": ",
        "\"definition\": ",
        "term,definition\n",
        "term\tdefinition\n",
        "en:\n",
        "terms:\n",
        "~",
        "null",
        "1.50",
        "---\n",
        "# ",
    ])
}

fn pieces(marks: Vec<&'static str>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z]{1,9}".boxed(),
        2 => Just(" ".to_string()).boxed(),
        6 => prop::sample::select(marks).prop_map(str::to_string).boxed(),
        1 => prop::sample::select(vec!["\u{1b}[31m", "\r", "\u{202e}", "\u{301}", "注意", "、", "İ", "\u{feff}", "\u{100028}"])
            .prop_map(str::to_string).boxed(),
        1 => any::<char>().prop_map(|c| c.to_string()).boxed(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The names of files of every form, those of pages and those of many terms.
fn name() -> impl Strategy<Value = &'static str> {
    let names = vec![
        "term.md",
        "glossary.md",
        "index.md",
        "README.md",
        "x.mdx",
        "terms.yml",
        "terms.json",
        "terms.csv",
        "x.tsv",
    ];
    prop::sample::select(names)
}

fn holds(name: &str, text: &str) -> Result<(), TestCaseError> {
    let file = Path::new(name);
    let readings = [Way::InFolder, Way::Named].map(|way| {
        (
            PathBuf::from(name),
            read(file, "folder", text.as_bytes(), way),
        )
    });
    for reading in readings {
        let (entries, problems) = resolve(vec![reading]);
        for (_, problem) in problems {
            prop_assert!(
                problem.place.line > 0 && problem.place.column > 0 && !problem.message.is_empty()
            );
        }
        for resolved in entries {
            let entry = resolved.entry;
            prop_assert!(
                resolved.line > 0 && resolved.line <= text.split(['\n', '\r']).count(),
                "{}",
                resolved.line
            );
            prop_assert!(
                !entry.slug.is_empty() && entry.front.title.contains(char::is_alphanumeric)
            );
            prop_assert!(
                resolved.is_native
                    || Depth::ALL
                        .iter()
                        .any(|&depth| entry.section(depth).is_some_and(|text| !text.is_empty()))
            );
            prop_assert!(
                resolved.is_native || !entry.text.contains(is_out_of_place),
                "{:?}",
                entry.text
            );
            let again = Entry::parse(&entry.slug, &entry.text);
            prop_assert!(again.is_ok(), "{:?}: {again:?}", entry.text);
            let again = again.expect("an entry");
            prop_assert_eq!(&again.front.title, &entry.front.title);
            prop_assert_eq!(&again.front.aliases, &entry.front.aliases);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_markdown_is_read(name in name(), text in markdown()) {
        holds(name, &text)?;
        holds(name, &format!("---\ntitle: Recall\naka: [a, b]\n---\n{text}"))?;
    }

    #[test]
    fn any_data_is_read(name in name(), text in data()) {
        holds(name, &text)?;
        holds(name, &format!("---\n{text}\n---\nText."))?;
    }

    #[test]
    fn any_bytes_are_read(name in name(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(Path::new(name), "folder", &bytes, Way::Named);
    }
}

#[test]
fn hostile_files_are_read_in_time() {
    for part in [
        "{{<",
        "{{",
        "{%",
        "<!--",
        "<a ",
        "`",
        "{x}`",
        "%%",
        "{% raw %}",
        "{/*",
        "[[",
        "][",
        "![[",
        "> ",
        "- ",
        "1. ",
        "**a ",
        "**a**: b\n\n",
        "## A\n",
        "## A\n\nb\n\n",
        "# A\n\n## B\n\n",
        "| a | b |\n",
        ":::note\n",
        "[^1]",
        "[^1]: a\n",
        "a\n: b\n\n",
        "See also: a\n",
        "**a:** b\n",
        "(",
        "a,",
        "[a](b) ",
        "---\n",
        "term: a\n",
        "- term: a\n",
        "[",
        "{",
        "\"a\": ",
        "a,b\n",
        "\"",
    ] {
        for name in [
            "glossary.md",
            "term.md",
            "terms.yml",
            "terms.json",
            "terms.csv",
        ] {
            let header = if name == "terms.csv" {
                "term,definition\n"
            } else {
                ""
            };
            let text = header.to_string() + &part.repeat(30_000 / part.len());
            let started = Instant::now();
            let reading = read(Path::new(name), "", text.as_bytes(), Way::Named);
            let _ = resolve(vec![(PathBuf::from(name), reading)]);
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{name}: {part:?} {:?}",
                started.elapsed()
            );
        }
    }
}
