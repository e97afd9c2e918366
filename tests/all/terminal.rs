//! On a real terminal: width, color, links, the pager.
#![cfg(unix)]

use crate::support::{Place, Terminal};

#[test]
fn a_page_fits_its_terminal_and_is_never_wider_than_reading_allows() {
    for (columns, widest) in [(40, 40), (80, 80), (200, 88)] {
        let shown = Terminal::new(columns).run(&["--all", "k-means", "--no-pager"]);
        let lines = shown.lines();
        let longest = lines
            .iter()
            .map(|line| line.trim_end().chars().count())
            .max()
            .unwrap();
        assert!(
            longest <= widest && longest + 12 >= widest,
            "{columns}: {longest}"
        );
        assert!(
            lines.iter().any(|line| line.starts_with("• ")),
            "{columns}: {lines:#?}"
        );
        assert_eq!(shown.status, 0);
    }
}

#[test]
fn the_flag_beats_the_environment_and_the_environment_the_terminal() {
    let styled = |terminal: Terminal, arguments: &[&str]| {
        let arguments = [&["token", "--no-pager"], arguments].concat();
        terminal.run(&arguments).bytes.contains("\u{1b}[")
    };
    assert!(styled(Terminal::new(80), &[]));
    assert!(!styled(Terminal::new(80), &["--color", "never"]));
    assert!(!styled(Terminal::new(80).with("NO_COLOR", "1"), &[]));
    assert!(styled(Terminal::new(80).with("NO_COLOR", ""), &[]));
    assert!(styled(
        Terminal::new(80).with("NO_COLOR", "1"),
        &["--color", "always"]
    ));
    assert!(!styled(Terminal::new(80).with("TERM", "dumb"), &[]));
    assert!(!styled(
        Terminal::new(80)
            .with("NO_COLOR", "1")
            .with("CLICOLOR_FORCE", "1"),
        &[]
    ));

    let piped = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = crate::support::command(&[&["token"], arguments].concat())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        crate::support::finish(output).stdout.contains("\u{1b}[")
    };
    assert!(!piped(&[], &[]));
    assert!(piped(&[], &["--color", "always"]));
    assert!(piped(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!piped(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!piped(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn only_the_attributes_and_colors_of_the_terminals_theme_are_used() {
    let bytes = Terminal::new(80)
        .run(&["--all", "k-means", "--no-pager"])
        .bytes;
    let codes = bytes
        .split("\u{1b}[")
        .skip(1)
        .map(|rest| &rest[..rest.find('m').unwrap()]);
    for code in codes.flat_map(|codes| codes.split(';')) {
        let number: u8 = code.parse().unwrap_or_default();
        assert!(matches!(number, 0..=4 | 30..=37 | 90..=97), "{code}");
    }
}

#[test]
fn width_comes_from_the_flag_then_columns_then_the_terminal() {
    let longest = |terminal: Terminal, arguments: &[&str]| {
        let arguments = [&["--all", "token", "--no-pager"], arguments].concat();
        let lines = terminal.run(&arguments).lines();
        lines
            .iter()
            .map(|line| line.trim_end().chars().count())
            .max()
            .unwrap()
    };
    assert!((50..=60).contains(&longest(Terminal::new(200).with("COLUMNS", "60"), &[])));
    assert!((40..=50).contains(&longest(
        Terminal::new(200).with("COLUMNS", "60"),
        &["--width", "50"]
    )));
    assert!((90..=100).contains(&longest(Terminal::new(200), &["--width", "100"])));
    assert!(longest(Terminal::new(1), &[]) >= 1);
}

#[test]
fn a_long_answer_goes_through_the_pager_and_a_short_one_does_not() {
    let with_pager = |lines: u16, arguments: &[&str]| {
        let mut terminal = Terminal::new(80)
            .with("PAGER", "false")
            .with("GLOSSARY_PAGER", "sed s/^/paged:/");
        terminal.lines = lines;
        terminal
            .run(&[&["--all", "token"], arguments].concat())
            .bytes
            .contains("paged:")
    };
    assert!(with_pager(24, &[]));
    assert!(!with_pager(24, &["--no-pager"]));
    assert!(!with_pager(200, &[]));
}

#[test]
fn a_pager_that_does_not_start_or_ends_early_withholds_nothing() {
    let mut terminal = Terminal::new(80).with("PAGER", "/nonexistent/pager --option");
    terminal.lines = 24;
    let shown = terminal.run(&["--all", "token"]);
    assert!(shown.bytes.contains("Related:"), "{}", shown.bytes);
    assert_eq!(shown.status, 0);
    let mut terminal = Terminal::new(80).with("PAGER", "head -n 1");
    terminal.lines = 24;
    assert_eq!(terminal.run(&["list"]).status, 0);
}

#[test]
fn a_pager_that_fails_is_reported() {
    for (pager, arguments) in [
        // Reads nothing, of less than a pipe holds and of more.
        ("false", vec!["--all", "token"]),
        ("false", vec!["list"]),
        // Fails when it has read everything.
        ("grep glossary-has-no-such-line", vec!["--all", "token"]),
    ] {
        let mut terminal = Terminal::new(80).with("PAGER", pager);
        terminal.lines = 24;
        let shown = terminal.run(&arguments);
        let note = format!(
            "the pager `{pager}` failed (exit status: 1); `--no-pager` shows the answer without it"
        );
        assert!(shown.lines().join(" ").contains(&note), "{}", shown.bytes);
        assert_eq!(shown.status, 0);
    }
}

#[test]
fn an_empty_variable_turns_the_pager_off() {
    for (variable, other) in [("GLOSSARY_PAGER", "PAGER"), ("PAGER", "EDITOR")] {
        let mut terminal = Terminal::new(80)
            .with(variable, "")
            .with(other, "sed s/^/paged:/");
        terminal.lines = 24;
        let shown = terminal.run(&["--all", "token"]);
        assert!(!shown.bytes.contains("paged:"), "{variable}");
        assert!(shown.bytes.contains("Related:"), "{variable}");
    }
}

#[test]
fn the_command_line_of_a_pager_is_split_as_a_shell_does() {
    let mut terminal = Terminal::new(80).with("PAGER", r#"sed -e "s/^/paged: /" -e 's/$/ :end/'"#);
    terminal.lines = 24;
    let shown = terminal.run(&["--all", "token"]);
    assert!(shown.lines()[0].starts_with("paged: "), "{}", shown.bytes);
}

#[test]
fn less_gets_colors_and_letters_through_whatever_its_variables_say() {
    if !std::path::Path::new("/usr/bin/less").exists() {
        #[expect(clippy::print_stderr, reason = "the test harness shows it")]
        {
            eprintln!("skipped: no less");
        }
        return;
    }
    for (name, value) in [("LESS", "-iFX"), ("LC_ALL", "C"), ("LANG", "")] {
        let mut terminal = Terminal::new(80).with(name, value);
        terminal.lines = 24;
        // The pager waits for input, so it runs in a terminal whose input has ended.
        let shown = terminal.run_with_input(&["--all", "k-means"], "q");
        assert!(!shown.bytes.contains("ESC["), "{name}: {}", shown.bytes);
        assert!(!shown.bytes.contains("<E2>"), "{name}: {}", shown.bytes);
        assert!(shown.bytes.contains("K-Means"), "{name}: {}", shown.bytes);
    }
}

#[test]
fn a_width_of_zero_is_none() {
    let longest = |terminal: Terminal| {
        let lines = terminal.run(&["--all", "token", "--no-pager"]).lines();
        let widths = lines.iter().map(|line| line.trim_end().chars().count());
        widths.max().unwrap()
    };
    assert!((50..=60).contains(&longest(Terminal::new(60).with("COLUMNS", "0"))));
}

#[test]
fn reading_from_a_terminal_says_so() {
    for (arguments, what) in [(["scan"], "a text"), (["-"], "terms")] {
        let shown = Terminal::new(80).run_with_input(&arguments, "GAN\n\u{4}");
        let note = format!("reading {what} from the terminal; end with Ctrl-D");
        assert!(shown.bytes.contains(&note), "{}", shown.bytes);
    }
}

#[test]
fn a_guess_stands_apart_from_the_page() {
    let shown = Terminal::new(80).run(&["genrative", "ai"]);
    let lines = shown.lines();
    assert!(
        lines[0].starts_with("glossary: no entry “genrative ai”"),
        "{lines:?}"
    );
    assert_eq!(lines[2], "", "{lines:?}");
    assert!(shown.bytes.starts_with("\u{1b}[1;35m"), "{}", shown.bytes);
}

#[test]
fn other_names_are_below_the_title() {
    let lines = Terminal::new(80).run(&["nucleus sampling"]).lines();
    assert_eq!(lines[0], "Top-P Sampling");
    assert!(lines[1].starts_with("also: nucleus sampling"), "{lines:?}");
}

#[test]
fn a_course_is_a_tree_with_each_term_once() {
    let lines = Terminal::new(100)
        .run(&["learn", "GAN", "--no-pager"])
        .lines();
    let terms = |line: &String| {
        let line = line.trim_start_matches(['│', '├', '└', '─', ' ']);
        line.split("  ").next().unwrap().to_string()
    };
    let titles: std::collections::BTreeSet<String> = lines.iter().map(terms).collect();
    assert_eq!(titles.len(), lines.len(), "{lines:#?}");
    assert!(lines[1].starts_with("├── "), "{lines:#?}");
    assert!(
        lines.iter().all(|line| line.chars().count() <= 88),
        "{lines:#?}"
    );
}

#[test]
fn lists_have_space_between_items_and_wrap_in_every_column() {
    for arguments in [
        &["related", "VAE"][..],
        &["list", "generative-models"],
        &["search", "neural", "network"],
    ] {
        let arguments = [arguments, &["--no-pager", "--color", "never"]].concat();
        let bytes = Terminal::new(40).run(&arguments).bytes;
        let lines: Vec<&str> = bytes.split("\r\n").collect();
        for pair in lines.windows(2) {
            assert!(pair[1].chars().count() <= 40, "{pair:?}");
            // The text of an item is indented; the next title comes after a blank line.
            let is_title = !pair[1].is_empty() && !pair[1].starts_with(' ');
            assert!(!(is_title && pair[0].starts_with("  ")), "{pair:?}");
        }
    }
}

#[test]
fn findings_are_marked_colored_and_wrapped_at_words() {
    let place = Place::with(
        "team/widget.md",
        "---\ntitle: Widget\n---\n\n### Summary\n\nA part.\n\n### Related terms\n\nFlux Capacitor\n",
    );
    place.write("team/broken.md", "---\ntitle: [\n---\n");
    let shown = Terminal::new(60).run_in(&place, &["check", "team"]);
    for mark in ["\u{1b}[1;31merror", "\u{1b}[1;35mwarning"] {
        assert!(shown.bytes.contains(mark), "{}", shown.bytes);
    }
    let arguments = ["check", "team", "--color", "never"];
    let plain = Terminal::new(60).run_in(&place, &arguments).bytes;
    let pipe = place.run(&["check", "team", "--color", "never"]).stdout;
    let words = |text: &str| -> Vec<String> {
        let words = text.split_whitespace().filter(|word| word.len() > 12);
        words.map(str::to_string).collect()
    };
    assert!(plain.split("\r\n").all(|line| line.chars().count() <= 60));
    let shown = words(&plain);
    for word in words(&pipe).iter().filter(|word| !word.contains(':')) {
        assert!(shown.contains(word), "{word} in {plain}");
    }
}

#[test]
fn an_interrupt_is_left_to_the_pager() {
    let pager = "sh -c 'cat > /dev/null; kill -INT $PPID; sleep 0.1; echo still here'";
    let mut terminal = Terminal::new(80).with("PAGER", pager);
    terminal.lines = 24;
    let shown = terminal.run(&["--all", "token"]);
    assert!(shown.bytes.contains("still here"), "{}", shown.bytes);
    assert_eq!(shown.status, 0);
}

#[test]
fn a_tree_of_related_terms_is_drawn_and_a_pipe_gets_a_list() {
    let lines = Terminal::new(100)
        .run(&["related", "VAE", "--depth", "2", "--no-pager"])
        .lines();
    assert!(lines[1].starts_with("├── "), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("│   └── ")));
    let piped = crate::support::run(&["related", "VAE", "--depth", "2"]).stdout;
    assert!(piped.lines().all(|line| line.split('\t').count() == 4));
}
