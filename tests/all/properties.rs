//! What holds for any input: nothing panics, and what comes out is well formed.

use glossary_cli::render::{Hyperlinks, Layout, OutputStyle, Theme, blocks, sanitize_lines};
use glossary_core::corpus::Corpus;
use glossary_core::entry::markdown;
use glossary_core::entry::normalize::{canonical, fold};
use glossary_core::entry::sections::Depth;
use glossary_core::entry::template;
use glossary_core::entry::{Entry, check};
use glossary_core::query::resolve::{NearMisses, resolve};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Text with the marks of Markdown, wide, combining and invisible characters, and control characters.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[a-zA-Z]{1,9}".boxed(),
        4 => Just(" ".to_string()).boxed(),
        2 => prop::sample::select(vec![
            "\n", "\n\n", "# ", "### Summary\n", "- ", "1. ", "> ", "|", "|-|-|\n", "```", "~~~", "`", "*", "**",
            "_", "[", "](", ")", "<", ">", "<b>", "<!--", "&amp;", "&#27;", "\\", "    ", "\t", "---\n", "===\n",
        ]).prop_map(str::to_string).boxed(),
        1 => prop::sample::select(vec![
            "\u{1b}[31m", "\r", "\r\n", "\u{7f}", "\u{9b}", "\u{202e}", "\u{200b}", "\u{301}", "\u{a0}", "注意力",
            "👨‍👩‍👧", "ß", "İ", "ﬁ", "\u{feff}", "\u{ad}",
        ]).prop_map(str::to_string).boxed(),
        1 => any::<char>().prop_map(|c| c.to_string()).boxed(),
    ];
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// The file of an entry, with any text in its sections.
fn file() -> impl Strategy<Value = String> {
    (text(), text(), text(), "[A-Z][a-z]{2,9}").prop_map(|(summary, in_depth, related, title)| {
        format!(
            "---\ntitle: {title}x\naliases: [{title} y]\n---\n\n### Summary\n\n{summary}\n\n### In-depth explanation\n\n{in_depth}\n\n### Related terms\n\n{related}\n"
        )
    })
}

fn has_control(text: &str) -> bool {
    text.contains(|c: char| c != '\n' && markdown::is_unprintable(c))
}

proptest! {
    #[test]
    fn folding_is_idempotent(name in any::<String>(), text in text()) {
        for name in [name, text] {
            let key = fold(&name);
            prop_assert_eq!(fold(&key), key);
        }
    }

    #[test]
    fn keys_of_any_name_are_made(name in any::<String>()) {
        let key = canonical(&name);
        prop_assert!(!key.contains(char::is_whitespace));
    }

    #[test]
    fn any_text_is_an_entry_or_a_problem(text in any::<String>(), file in file()) {
        for text in [text, file] {
            match Entry::parse("slug", &text) {
                Ok(entry) => {
                    for (_, problem) in check::all(&[&entry], &check::Alone) {
                        prop_assert!(problem.place.line > 0 && problem.place.column > 0);
                    }
                }
                Err(problem) => prop_assert!(!problem.message.is_empty()),
            }
        }
    }

    #[test]
    fn plain_output_holds_no_control_character(text in text()) {
        let mut out = String::new();
        blocks::write(&markdown::parse(&text), 0, &OutputStyle::Plain { width: None }, &mut out);
        prop_assert!(!has_control(&out), "{out:?}");
    }

    #[test]
    fn every_line_fits_the_width_unless_one_word_does_not(text in text(), width in 1..120_usize) {
        let mut out = String::new();
        blocks::write(&markdown::parse(&text), 0, &OutputStyle::Plain { width: Some(width) }, &mut out);
        prop_assert!(!has_control(&out), "{out:?}");
        let layout = Layout { width, hyperlinks: Hyperlinks::Off };
        let style = OutputStyle::Page { layout, theme: Theme::Unstyled };
        let mut page = String::new();
        blocks::write(&markdown::parse(&text), 0, &style, &mut page);
        prop_assert!(!has_control(&page), "{page:?}");
        // Code is not broken, nor are words; margins take half of the page at most.
        if !text.contains(['`', '~', '\t', '|']) && !text.contains("    ") {
            for line in page.lines() {
                let words = line.trim_start().split(' ').filter(|word| !word.is_empty());
                let longest = words.map(UnicodeWidthStr::width).max().unwrap_or(0);
                prop_assert!(
                    line.width() <= width || longest + width / 2 + 1 >= width,
                    "{width}: {line:?}"
                );
            }
        }
    }

    #[test]
    fn the_printed_source_of_an_entry_is_the_same_entry(file in file()) {
        let entry = Entry::parse("slug", &file).expect("an entry");
        let printed = sanitize_lines(&entry.text);
        prop_assert!(!has_control(&printed.replace('\t', "")));
        let again = Entry::parse("slug", &printed).expect("an entry");
        prop_assert_eq!(&again.front, &entry.front);
        if *printed == *entry.text {
            prop_assert_eq!(again, entry);
        }
    }

    #[test]
    fn a_template_is_an_entry_of_its_title(title in "\\PC{1,60}") {
        let slug = template::slug(&title);
        prop_assert!(!slug.contains(['/', '\\', '.']));
        let title = glossary_cli::render::sanitize(&title).trim().to_string();
        if !title.is_empty() && !slug.is_empty() {
            let entry = Entry::parse(&slug, &template::text(&title));
            prop_assert_eq!(entry.map(|entry| entry.front.title), Ok(title));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_question_has_an_answer(query in any::<String>(), text in text()) {
        let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).expect("the built-in glossary");
        for query in [query, text] {
            let answer = resolve(&corpus, &query, NearMisses::Shown).expect("an answer");
            for id in answer.ids() {
                prop_assert!(corpus.entry(id).is_ok_and(|entry| entry.section(Depth::Summary).is_some()));
            }
        }
    }
}
