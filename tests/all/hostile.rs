//! Whatever lies in a folder: the entry that cannot be read is left out and said to be, the others are
//! served, nothing panics or hangs, and no control character is printed.

use std::fs;

use crate::support::{Place, Run, entry, finish};

/// Every way in which an answer is printed.
const WAYS: [&[&str]; 9] = [
    &["--all"],
    &["--all", "--width", "1"],
    &["--all", "--width", "40", "--color", "always"],
    &["--all", "--width", "1", "--color", "always"],
    &["--json"],
    &["--markdown"],
    &["related"],
    &["learn"],
    &["show", "--in-depth"],
];

/// A folder with a sound entry and, beside it, a file with these bytes, to which the sound one leads.
fn beside(bytes: impl AsRef<[u8]>) -> Place {
    let sound = entry("Sound", "Whole and well.") + "\n### Related terms\n\nHostile\n";
    let place = Place::with("team/sound.md", sound);
    place.write("team/hostile.md", bytes);
    place
}

/// The text of an entry with a body of Markdown under each of its headings.
fn body(markdown: &str) -> String {
    format!(
        "---\ntitle: Hostile\n---\n\n### Summary\n\n{markdown}\n\n### In-depth explanation\n\n{markdown}\n\n### Related terms\n\n{markdown}\n"
    )
}

#[track_caller]
fn assert_left_out(place: &Place, rule: &str) {
    let run = place.run(&["--glossary", "team", "sound"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains("Whole and well."), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "glossary: 1 file of team cannot be used; `glossary check team` says why\n"
    );
    let check = place.run(&["check", "team"]);
    assert_eq!(check.status, 1);
    let found: Vec<&str> = check
        .stdout
        .lines()
        .filter(|line| line.contains("hostile"))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with(&format!("team/hostile.md:{rule}")),
        "{found:?}"
    );
    assert_no_control(&check.stdout);
}

/// Shows the hostile entry in every way, and checks it.
#[track_caller]
fn assert_served(place: &Place) {
    for way in WAYS {
        let run = place.run(&[&["--glossary", "team"], way, &["hostile"]].concat());
        assert_eq!(run.status, 0, "{way:?}: {}", run.stderr);
        assert_eq!(run.stderr, "", "{way:?}");
        assert_printable(&run, way);
    }
    for command in ["list", "tags", "paths"] {
        let run = place.run(&["--glossary", "team", command]);
        assert_eq!(run.status, 0);
        assert_no_control(&run.stdout);
    }
    let check = place.run(&["check", "team"]);
    assert_eq!(check.status, 0, "{}", check.stdout);
    assert_no_control(&check.stdout);
}

/// A styled page may hold the codes of its styles; nothing else holds any.
#[track_caller]
fn assert_printable(run: &Run, way: &[&str]) {
    let mut text = String::new();
    let mut pieces = run.stdout.split("\x1b[");
    text.extend(pieces.next());
    for piece in pieces {
        assert!(way.contains(&"always"), "{piece:.40}");
        let (codes, rest) = piece.split_once('m').expect("a style");
        assert!(
            codes.bytes().all(|b| b.is_ascii_digit() || b == b';'),
            "{codes:?}"
        );
        text.push_str(rest);
    }
    if way.contains(&"--markdown") {
        text = text.replace('\t', "");
    }
    assert_no_control(&text);
}

#[track_caller]
fn assert_no_control(text: &str) {
    let bad = text.chars().find(|&c| {
        c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}')
    });
    assert_eq!(bad, None);
}

#[test]
fn a_file_that_is_no_entry_is_left_out() {
    for (bytes, rule) in [
        ("", "1:1: unreadable: empty"),
        (
            "---\ntitle: Hostile\n\n### Summary\n\nText.\n",
            "1:1: front-matter: front matter is not closed",
        ),
        (
            "---\ntitle: Hostile\n",
            "1:1: front-matter: front matter is not closed",
        ),
        ("+++\ntitle = \"Hostile\"\n+++\n", "1:1: no-text: no text"),
        ("{\"title\": \"Hostile\"}\n", "1:1: no-text: no text"),
        ("---\ntitle: [\n---\n", "3:1: front-matter: invalid YAML: "),
        (
            "---\ntitle: \"a\\eb\"\n---\n\n### Summary\n\nText.\n",
            "1:1: front-matter: control character",
        ),
        (
            "---\ntitle: Hostile\n---\n\n### Summary\n\nA\0B\n",
            "7:2: unreadable: a NUL byte",
        ),
    ] {
        let place = beside(bytes);
        let found = place.run(&["check", "team/hostile.md"]).stdout;
        assert!(
            found.starts_with(&format!("team/hostile.md:{rule}")),
            "{bytes:?}: {found}"
        );
        assert_left_out(&place, rule);
    }
}

#[test]
fn what_is_not_utf_8_is_left_out() {
    assert_left_out(
        &beside(b"---\ntitle: Hostile\n---\n\n### Summary\n\nna\xefve\n"),
        "7:3: unreadable: not UTF-8",
    );
    let utf_16: Vec<u8> = "---\ntitle"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_left_out(&beside(utf_16), "1:2: unreadable: a NUL byte");
}

#[test]
fn front_matter_that_would_take_its_parser_hours_is_refused() {
    let many = |text: &str, count| text.repeat(count);
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, of) in ('b'..'m').zip('a'..) {
        let nine = vec![format!("*{of}"); 9].join(", ");
        bomb += &[
            &name.to_string(),
            ": &",
            &name.to_string(),
            " [",
            &nine,
            "]\n",
        ]
        .concat();
    }
    for yaml in [
        many("[", 100_000),
        many("{a: ", 100_000),
        many("- ", 100_000),
        many("[", 15_000),
        many("- ", 8_000),
        many("? ", 8_000),
        bomb.clone() + "aliases: *l",
        "aliases: &a [*a, *a]".to_string(),
        many("x", 17 * 1024),
    ] {
        let place = beside(format!(
            "---\ntitle: Hostile\n{yaml}\n---\n\n### Summary\n\nText.\n"
        ));
        let run = place.run(&["--glossary", "team", "sound"]);
        assert!(
            run.stderr.contains("1 file of team cannot be used"),
            "{yaml:.40}"
        );
    }
}

#[test]
fn a_file_over_1_mib_is_left_out_unread() {
    let place = beside("");
    let file = fs::File::create(place.path("team/hostile.md")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    assert_left_out(
        &place,
        "1:1: unreadable: 100 MiB, more than an entry may have",
    );
    let line = beside(body("") + &"word ".repeat(2_000_000));
    assert_left_out(&line, "1:1: unreadable: 10 MiB");
}

#[test]
fn line_ends_and_a_byte_order_mark_make_no_difference() {
    let text = entry("Hostile", "One line,\nanother.") + "\n### Related terms\n\nSound, Dropout\n";
    let plain = beside(&text);
    let windows = beside(format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_served(&windows);
    for way in WAYS.into_iter().filter(|way| *way != ["--markdown"]) {
        let arguments = [&["--glossary", "team"], way, &["hostile"]].concat();
        assert_eq!(
            windows.run(&arguments).stdout,
            plain.run(&arguments).stdout,
            "{way:?}"
        );
    }
}

#[test]
fn escape_sequences_reach_no_terminal() {
    for evil in [
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07",
        "\u{9b}31m",
        "`\x1b[2J`",
        "```\n\x1b[2J\x08\n```",
        "| a\x1b[1m | b |\n|---|---|\n| \x1b[2J | c |",
        "<https://example.org/\x1b[31m>",
        "[text](https://example.org/\x1b]8;;x\x07)",
        "&#27;[31m &#x9b;31m",
        "a\rb\x0bc\x0cd\x7f",
        "\u{202e}txet\u{2066}",
    ] {
        assert_served(&beside(body(evil)));
    }
}

#[test]
fn names_with_line_ends_and_escape_sequences_stay_on_their_line() {
    let place = Place::with("team/line\nzz-end\x1b[31m.md", entry("Odd", "An odd name."));
    place.write("team/bro\nzz-ken\x1b[31m.md", "");
    for command in ["list", "paths", "check"] {
        let run = place.run(&["--glossary", "team", command]);
        assert_no_control(&run.stdout);
        assert!(
            !run.stdout.contains("\nzz-end") && !run.stdout.contains("\nzz-ken"),
            "{}",
            run.stdout
        );
    }
    let run = place.run(&["--glossary", "team", "odd"]);
    assert!(run.stdout.contains("An odd name."));
    let made = Place::with("a folder\nwith 'quotes'/x.md", "");
    let said = made
        .run(&["--glossary", "a folder\nwith 'quotes'", "dropout"])
        .stderr;
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf_8_are_served() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    place.write(
        OsStr::from_bytes(b"team/caf\xe9.md"),
        entry("Coffee House", "Served."),
    );
    let mut command = place.command(&["coffee house"]);
    command.env("GLOSSARY_PATH", place.path("team"));
    let run = finish(command.output().unwrap());
    assert!(run.stdout.contains("Served."), "{}", run.stderr);
    let check = place.run(&["check", "team"]);
    assert!(
        check.stdout.contains("slug: rename `caf\u{fffd}.md`"),
        "{}",
        check.stdout
    );
}

#[test]
fn markdown_nested_without_end_is_shown() {
    for markdown in [
        ">".repeat(10_000) + " deep",
        "- ".repeat(10_000) + "deep",
        (0..400)
            .map(|depth| "  ".repeat(depth) + "- deep\n")
            .collect(),
        "[".repeat(10_000) + &"]".repeat(10_000),
        "*a ".repeat(10_000),
        "**a _b ".repeat(10_000),
        "[a](".repeat(10_000),
        "<div>".repeat(10_000),
        "<!--".repeat(10_000),
        (1..300).map(|length| "`".repeat(length) + " ").collect(),
    ] {
        assert_served(&beside(body(&markdown)));
    }
}

/// A text that holds the numbers up to a count, each between two pieces.
fn numbered(before: &str, after: &str, count: usize) -> String {
    let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
    [before, &numbers.join(&[after, before].concat()), after].concat()
}

#[test]
fn text_without_measure_is_shown() {
    for markdown in [
        "word ".repeat(12_000),
        "x".repeat(60_000),
        "e".to_string() + &"\u{301}".repeat(20_000),
        "\u{200b}".repeat(20_000),
        format!(
            "|{}\n|{}\n|{}",
            "a|".repeat(1_000),
            "-|".repeat(1_000),
            "b|".repeat(1_000)
        ),
        "|a|b|\n|-|-|\n".to_string() + &"|x|y|\n".repeat(1_000),
        numbered("term ", ", ", 4_000),
        numbered("[a](slug", ") ", 2_000),
        "### Summary\n".repeat(2_000),
        format!("```\n{}```", ("y".repeat(80) + "\n").repeat(500)),
    ] {
        assert_served(&beside(body(&markdown)));
    }
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_not_opened() {
    let place = beside("");
    fs::remove_file(place.path("team/hostile.md")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(place.path("team/hostile.md")).unwrap();
    assert_left_out(&place, "1:1: unreadable: not a regular file");
    for make in ["mkfifo team/hostile.md", "ln -s /dev/zero team/hostile.md"] {
        fs::remove_file(place.path("team/hostile.md")).unwrap();
        assert!(place.script(make).status.success());
        assert_left_out(&place, "1:1: unreadable: not a regular file");
        let checked = place.run(&["check", "team/hostile.md"]);
        assert!(
            checked.stdout.contains("not a regular file"),
            "{}",
            checked.stdout
        );
    }
}

#[test]
#[cfg(unix)]
fn links_that_lead_back_or_nowhere_do_no_harm() {
    let place = Place::with("team/sound.md", entry("Sound", "Whole and well."));
    place.write("outside/other.md", entry("Other", "Not named."));
    let made = place.script(
        "cd team && ln -s . self && ln -s .. up && ln -s ../outside out && ln -s loop.md loop.md && ln -s ../sound.md alias.md",
    );
    assert!(made.status.success());
    let run = place.run(&["--glossary", "team", "paths"]);
    assert!(
        run.stdout.starts_with("team\t--glossary\t1\t2\tfolder\n"),
        "{}",
        run.stdout
    );
    let check = place.run(&["check", "team"]);
    assert!(
        check
            .stdout
            .contains("team/alias.md:1:1: unreadable: cannot be read: No such file")
    );
    assert!(
        check
            .stdout
            .contains("team/loop.md:1:1: unreadable: cannot be read: ")
    );
    let linked = place.script("ln -s team link; ln -s itself itself");
    assert!(linked.status.success());
    assert_eq!(place.run(&["--glossary", "link", "sound"]).status, 0);
    assert_eq!(place.run(&["--glossary", "itself", "sound"]).status, 2);
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_left_out() {
    use std::os::unix::fs::PermissionsExt;
    let place = beside(entry("Hostile", "Secret."));
    place.write("team/closed/in.md", entry("In", "Secret."));
    let closed = |path: &str, mode| {
        fs::set_permissions(place.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    closed("team/hostile.md", 0o000);
    closed("team/closed", 0o000);
    let run = finish(
        place
            .command_as_user(&["--glossary", "team", "sound"])
            .output()
            .unwrap(),
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("2 files of team cannot be used"),
        "{}",
        run.stderr
    );
    closed("team", 0o000);
    let run = finish(
        place
            .command_as_user(&["--glossary", "team", "sound"])
            .output()
            .unwrap(),
    );
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("cannot read team: Permission denied"),
        "{}",
        run.stderr
    );
    closed("team", 0o755);
    closed("team/closed", 0o755);
}

#[test]
fn files_that_come_and_go_while_they_are_read_are_there_or_not() {
    let place = Place::with("team/sound.md", entry("Sound", "Whole and well."));
    let (text, path) = (
        entry("Fleeting", "Now and then."),
        place.path("team/fleeting.md"),
    );
    std::thread::scope(|scope| {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let (text, path) = (&text, &path);
        scope.spawn(move || {
            while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
                fs::write(path.with_extension("part"), text).unwrap();
                fs::rename(path.with_extension("part"), path).unwrap();
                fs::remove_file(path).unwrap();
            }
        });
        for _ in 0..50 {
            let run = place.run(&["--glossary", "team", "sound"]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        }
        drop(stop);
    });
}

#[test]
fn many_broken_files_are_one_line() {
    let place = Place::with("team/sound.md", entry("Sound", "Whole and well."));
    for number in 0..50 {
        place.write(format!("team/{number}.md"), "");
    }
    place.write("more/broken.md", "");
    let run = place.run(&["--glossary", "team", "--glossary", "more", "sound"]);
    assert_eq!(
        run.stderr,
        "glossary: 51 files of team and more cannot be used; `glossary check team more` says why\n"
    );
}

#[test]
#[cfg(unix)]
fn closed_streams_do_no_harm() {
    let place = beside("");
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        let output = place.script(&format!("exec \"$0\" --glossary team sound {closed}"));
        assert_eq!(output.status.code(), Some(0), "{closed}: {output:?}");
    }
    let full = place.script("exec \"$0\" --glossary team check >/dev/full");
    assert_eq!(full.status.code(), Some(2), "{full:?}");
}
