//! `glossary check`: what it finds in a user's own entries, and how it says so.

use crate::support::{Place, entry};

/// Longer than a summary is.
fn long_winded() -> String {
    entry("Widget", &"word ".repeat(50))
}

#[test]
fn findings_are_lines_that_editors_understand() {
    let place = Place::with("team/widget.md", "---\ntitle: Widget\ntags: 5\n---\n");
    place.write("team/none.md", "Just notes.\n");
    let run = place.run(&["check", "team"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.stdout,
        "team/widget.md:1:1: no-text: no text; write what the term means\n\
         2 files: 1 error, 0 warnings\n"
    );
}

#[test]
fn house_style_is_advice_unless_strict() {
    let place = Place::with("team/widget.md", long_winded());
    let advised = place.run(&["check", "team"]);
    assert_eq!(advised.status, 0, "{}", advised.stdout);
    assert!(
        advised.stdout.contains(
            "team/widget.md:7:1: summary-length: Summary has 50 words; write 12 to 45 (warning)\n"
        ),
        "{}",
        advised.stdout
    );
    assert_eq!(place.run(&["check", "--strict", "team"]).status, 1);
}

#[test]
fn a_slug_key_that_says_otherwise_than_the_file_is_advised_against() {
    for (key, finding) in [
        ("slug: widget", None),
        (
            "slug: the-widget",
            Some("`slug: the-widget` does not find the entry, `widget` does;"),
        ),
        (
            "slug: 7",
            Some("`slug: 7` does not find the entry, `widget` does;"),
        ),
    ] {
        let text = entry("Widget", "A part.").replacen("---\n", &format!("---\n{key}\n"), 1);
        let place = Place::with("team/widget.md", text);
        let found = place.run(&["check", "team"]).stdout;
        let line = found.lines().find(|line| line.contains(": slug: "));
        match finding {
            None => assert_eq!(line, None),
            Some(text) => {
                let line = line.unwrap_or_else(|| panic!("{key}: {found}"));
                assert!(line.starts_with("team/widget.md:2:1: slug: "), "{line}");
                assert!(line.contains(text) && line.ends_with("(warning)"), "{line}");
            }
        }
    }
}

#[test]
fn ones_own_folders_are_checked_by_default() {
    let place = Place::with("home/.local/share/glossary/broken.md", "");
    place.write("team/widget.md", "");
    let run = place.run(&["--glossary", "team", "check"]);
    assert!(
        run.stdout.ends_with("2 files: 2 errors, 0 warnings\n"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, "");
    let none = Place::new().run(&["check"]);
    assert_eq!(none.status, 0);
    assert!(
        none.stderr.contains("no folder of your own"),
        "{}",
        none.stderr
    );
}

#[test]
fn names_of_built_in_entries_are_known_and_others_are_not() {
    let text = entry("Widget", "A part.") + "\n### Related terms\n\nDropout, Flux Capacitor\n";
    let place = Place::with("team/widget.md", text);
    let found = place.run(&["check", "team"]).stdout;
    assert!(!found.contains("“Dropout”"), "{found}");
    assert!(
        found
            .contains("team/widget.md:11:10: related-unknown: no entry is called “Flux Capacitor”"),
        "{found}"
    );
}

#[test]
fn terms_that_require_one_another_are_an_error() {
    let requiring = |title, slug: &str| {
        entry(title, "A part.").replace("---\n\n", &format!("requires: [{slug}]\n---\n\n"))
    };
    let place = Place::with("team/one.md", requiring("One", "two"));
    place.write("team/two.md", requiring("Two", "one"));
    let run = place.run(&["check", "team"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout
            .contains("team/one.md:3:1: requires-circle: requires itself: one → two → one"),
        "{}",
        run.stdout
    );
}

#[test]
fn two_files_with_one_slug_are_an_error_and_the_first_is_shown() {
    let place = Place::with("team/a/widget.md", entry("Widget", "The first."));
    place.write("team/b/widget.md", entry("Widget", "The second."));
    let run = place.run(&["check", "team"]);
    assert!(
        run.stdout
            .contains("team/b/widget.md:1:1: duplicate-slug: `team/a/widget.md` has this slug"),
        "{}",
        run.stdout
    );
    let shown = place.run(&["--glossary", "team", "widget"]);
    assert!(shown.stdout.contains("The first.") && !shown.stdout.contains("The second."));
}

#[test]
fn names_that_collide_are_named() {
    let place = Place::with("team/widget.md", entry("Widget", "A part."));
    place.write("team/gadget.md", entry("Gadget (Widget)", "Another."));
    let found = place.run(&["check", "team"]).stdout;
    assert!(
        found.contains("name-taken: “Widget” is also a name of `widget`"),
        "{found}"
    );
}

#[test]
fn programs_get_an_object() {
    let place = Place::with("team/widget.md", "");
    for arguments in [
        ["check", "team", "--json"].as_slice(),
        &["check", "team", "--format", "json"],
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, 1);
        assert_eq!(
            run.stdout,
            "{\"schema\":1,\"files\":1,\"errors\":1,\"warnings\":0,\"findings\":[{\"path\":\"team/widget.md\",\"line\":1,\"column\":1,\"rule\":\"unreadable\",\"severity\":\"error\",\"message\":\"empty; write an entry, or take it out\"}]}\n"
        );
    }
}

#[test]
fn github_gets_annotations_that_nothing_in_a_file_can_forge() {
    let place = Place::with("team/a:b,c%.md", long_winded());
    place.write(
        "team/forged.md",
        "---\ntitle: Widget\n\"::error::\": 1\ndraft: \"a\\n::error::b\"\n---\n",
    );
    let run = place.run(&["check", "team", "--format", "github"]);
    assert!(
        run.stdout.contains("::warning file=team/a%3Ab%2Cc%25.md,line=7,col=1,title=summary-length::Summary has 50 words"),
        "{}",
        run.stdout
    );
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("::error"))
        .collect();
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("::error file=team/")),
        "{lines:?}"
    );
}

#[test]
fn a_rule_says_why_it_is_there() {
    let place = Place::new();
    let run = place.run(&["check", "--explain", "duplicate-slug"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout
            .starts_with("duplicate-slug  an error\n\nThe file's stem"),
        "{}",
        run.stdout
    );
    let unknown = place.run(&["check", "--explain", "spelling"]);
    assert_eq!(unknown.status, 2);
    assert!(
        unknown
            .stderr
            .contains("no rule `spelling`; the rules are unreadable,")
    );
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    let run = Place::new().run(&["check", "missing"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.starts_with("glossary: cannot read missing:"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_can_be_checked_by_itself() {
    let place = Place::with("team/widget.md", long_winded());
    place.write("team/broken.md", "");
    let run = place.run(&["check", "team/widget.md"]);
    assert!(run.stdout.contains("\n1 file: 0 errors"), "{}", run.stdout);
}
