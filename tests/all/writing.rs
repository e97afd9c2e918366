//! `glossary new` and `glossary edit`: what they write, where, and that nothing is ever lost or half
//! written.

use std::fs;

use crate::support::{APPENDING_EDITOR, Place, entry, finish};

const OWN: &str = "home/.local/share/glossary";

/// The files of a folder, hidden ones too.
fn files(place: &Place, folder: &str) -> Vec<String> {
    let Ok(found) = fs::read_dir(place.path(folder)) else {
        return Vec::new();
    };
    found
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_new_entry_lacks_only_what_is_still_to_be_written() {
    let place = Place::new();
    let run = place.run(&["new", "Data", "Mesh", "(DM)"]);
    let path = place.path(OWN).join("data-mesh.md");
    assert_eq!(run.stdout, format!("{}\n", path.display()));
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let check = place.run(&["check"]);
    assert_eq!(check.status, 0);
    let mut rules: Vec<&str> = check
        .stdout
        .lines()
        .filter_map(|line| line.split(": ").nth(1))
        .collect();
    rules.dedup();
    assert_eq!(
        rules,
        [
            "missing-section",
            "orphan",
            "related-count",
            "0 errors, 5 warnings"
        ]
    );
    assert!(
        place
            .run(&["DM"])
            .stdout
            .starts_with("Data Mesh (DM)  from ")
    );
}

#[test]
fn a_new_entry_is_never_written_over_a_file() {
    let place = Place::with("team/widget.md", "mine");
    for arguments in [
        ["new", "Widget", "--in", "team"].as_slice(),
        &["--glossary", "team", "new", "Widget"],
    ] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains("team/widget.md"), "{}", run.stderr);
        assert_eq!(place.read("team/widget.md"), "mine");
    }
    assert_eq!(files(&place, "team"), ["widget.md"]);
}

#[test]
fn a_new_entry_goes_to_the_first_folder_that_can_be_written_to() {
    let place = Place::new();
    place.folder("team").folder("locked").folder("own");
    assert_eq!(
        place
            .run(&["new", "One", "--in", "own", "--glossary", "team"])
            .status,
        0
    );
    assert_eq!(place.run(&["--glossary", "team", "new", "Two"]).status, 0);
    let mut command = place.command(&["new", "Three"]);
    command.env("GLOSSARY_PATH", "missing:team");
    assert_eq!(finish(command.output().unwrap()).status, 0);
    assert_eq!(files(&place, "own"), ["one.md"]);
    let mut team = files(&place, "team");
    team.sort();
    assert_eq!(team, ["three.md", "two.md"]);
}

#[test]
fn a_folder_for_a_new_entry_must_be_there() {
    let place = Place::new();
    let run = place.run(&["new", "Widget", "--in", "missing"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("cannot write to missing: the folder does not exist"),
        "{}",
        run.stderr
    );
    assert!(!place.path("missing").exists());
}

#[test]
fn a_term_is_no_path() {
    let place = Place::new();
    place.folder("team");
    place.run(&["new", "--in", "team", "../../escape"]);
    assert_eq!(files(&place, "team"), ["escape.md"]);
    let run = place.run(&["new", "--in", "team", "..."]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("no letters or digits"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_entry_that_hides_a_built_in_one_says_so() {
    let place = Place::new();
    let run = place.run(&["new", "Dropout"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr
            .contains("replaces the entry `dropout` from built-in"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_editor_gets_the_file() {
    let place = Place::new();
    for (variables, arguments) in [
        (
            vec![("VISUAL", "tee -a"), ("EDITOR", "false")],
            vec!["new", "Widget", "--edit"],
        ),
        (
            vec![("VISUAL", ""), ("EDITOR", "tee -a")],
            vec!["edit", "widget"],
        ),
    ] {
        let mut command = place.command(&arguments);
        command
            .envs(variables)
            .stdin(fs::File::open("/dev/null").unwrap());
        let run = finish(command.output().unwrap());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn an_editor_that_fails_or_does_not_exist_loses_nothing() {
    let place = Place::with(&format!("{OWN}/widget.md"), "mine");
    for (editor, why) in [
        ("false", "the editor `false` failed (exit status: 1)"),
        (
            "no-such-editor --wait",
            "the editor `no-such-editor --wait` cannot be started",
        ),
    ] {
        let mut command = place.command(&["edit", "widget"]);
        command.env("EDITOR", editor);
        let run = finish(command.output().unwrap());
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(
            run.stderr.contains("set VISUAL or EDITOR"),
            "{}",
            run.stderr
        );
        assert_eq!(place.read(&format!("{OWN}/widget.md")), "mine");
    }
}

#[test]
fn a_built_in_entry_is_copied_before_it_is_edited() {
    let place = Place::new();
    let source = place.run(&["--markdown", "dropout"]).stdout;
    let mut command = place.command(&["edit", "dropout"]);
    command.env("EDITOR", APPENDING_EDITOR);
    let run = finish(command.output().unwrap());
    assert_eq!(run.status, 0);
    let path = place.path(OWN).join("dropout.md");
    assert_eq!(
        run.stderr,
        format!(
            "glossary: copied the entry from built-in to {}, which replaces it from now on\n",
            path.display()
        )
    );
    assert_eq!(
        place.read(&format!("{OWN}/dropout.md")),
        source + "changed\n"
    );
    let mut again = place.command(&["edit", "dropout"]);
    again.env("EDITOR", "true");
    assert_eq!(finish(again.output().unwrap()).stderr, "");
}

#[test]
fn no_copy_is_made_of_an_entry_that_was_not_changed() {
    for (editor, status) in [("true", 0), ("false", 2)] {
        let place = Place::new();
        let mut command = place.command(&["edit", "dropout"]);
        command.env("EDITOR", editor);
        let run = finish(command.output().unwrap());
        assert_eq!(run.status, status, "{}", run.stderr);
        assert_eq!(files(&place, OWN), [""; 0], "{editor}");
    }
}

#[test]
fn the_command_line_of_an_editor_is_split_as_a_shell_does() {
    let place = Place::with(&format!("{OWN}/widget.md"), entry("Widget", "Mine."));
    place.write(
        "my tools/my editor",
        "#!/bin/sh\ntail -n 1 \"$2\"\necho \"$1\"\n",
    );
    assert!(
        place
            .script("chmod +x 'my tools/my editor'")
            .status
            .success()
    );
    let mut command = place.command(&["edit", "widget"]);
    command.env("EDITOR", "'my tools/my editor' \"a b\"");
    let run = finish(command.output().unwrap());
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("Mine.\na b\n", "")
    );
}

#[test]
fn an_entry_that_cannot_be_read_is_opened_and_not_replaced() {
    let place = Place::with(&format!("{OWN}/dropout.md"), "broken");
    let mut command = place.command(&["edit", "dropout"]);
    command.env("EDITOR", "cat");
    let run = finish(command.output().unwrap());
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "broken"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_does_not_exist_is_not_edited() {
    let place = Place::new();
    let mut command = place.command(&["edit", "droput"]);
    command.env("EDITOR", "true");
    let run = finish(command.output().unwrap());
    assert_eq!(run.status, 1);
    assert_eq!(
        run.stderr,
        "glossary: no entry for “droput”; `glossary new droput` begins one\n"
    );
    assert_eq!(files(&place, OWN), [""; 0]);
}

#[test]
fn a_term_that_begins_like_a_command_is_pointed_out() {
    let place = Place::new();
    for (title, slug) in [("Learn to Rank", "learn"), ("Related Work", "related")] {
        place.write(format!("team/{slug}.md"), entry(title, "A part."));
    }
    for (typed, note) in [
        (
            "edit distance",
            "no entry for “distance”; `glossary new distance` begins one\n\
             glossary: for the entry “Edit Distance”: glossary show edit distance",
        ),
        (
            "learn to rank --exact",
            "no entry for “to rank”\n\
             glossary: for the entry “Learn to Rank”: glossary show learn to rank",
        ),
        (
            "related work --exact",
            "no entry for “work”\n\
             glossary: for the entry “Related Work”: glossary show related work",
        ),
    ] {
        let typed = typed.split(' ').collect::<Vec<_>>();
        let run = place.run(&[&["--glossary", "team"], &typed[..]].concat());
        assert_eq!(run.stderr, format!("glossary: {note}\n"));
        assert_eq!((run.stdout.as_str(), run.status), ("", 1));
    }
}

#[test]
#[cfg(unix)]
fn a_home_that_cannot_be_written_to_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let home = place.path("home");
    fs::set_permissions(&home, fs::Permissions::from_mode(0o555)).unwrap();
    for arguments in [["new", "Widget"], ["edit", "dropout"]] {
        let run = finish(place.command_as_user(&arguments).output().unwrap());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert!(
            run.stderr
                .contains("no folder of your own can be written to (tried /")
                && run
                    .stderr
                    .contains("name one with `--in DIR` or in GLOSSARY_PATH"),
            "{}",
            run.stderr
        );
    }
    let shown = finish(place.command_as_user(&["dropout"]).output().unwrap());
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn without_a_home_a_folder_is_asked_for() {
    let place = Place::with("file", "");
    let mut command = place.command(&["new", "Widget"]);
    command.env("HOME", place.path("file/home"));
    let run = finish(command.output().unwrap());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`--in DIR`"), "{}", run.stderr);
}

/// A limit on the size of files stands in for a disk that is full after so many blocks.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_no_half_entry() {
    for blocks in [0, 1] {
        let place = Place::with("team/widget.md", entry("Widget", "A part."));
        let output = place.script(&format!(
            "ulimit -f {blocks}; EDITOR=true exec \"$0\" --glossary team edit dropout"
        ));
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("dropout.md: File too large"), "{said}");
        assert_eq!(files(&place, "team"), ["widget.md"]);
    }
}

#[test]
#[cfg(unix)]
fn a_write_that_fails_leaves_no_half_entry() {
    for (arguments, name) in [("edit dropout", "dropout.md"), ("new Widget", "widget.md")] {
        for blocks in [0, 1] {
            let place = Place::new();
            place.folder("team");
            let output = place.script(&format!(
                "ulimit -f {blocks}; EDITOR=true exec \"$0\" --glossary team {arguments}"
            ));
            let written = files(&place, "team").contains(&name.to_string());
            if output.status.success() {
                assert!(written && !place.read(&format!("team/{name}")).is_empty());
                continue;
            }
            assert!(!written, "{:?}", files(&place, "team"));
            let next = place.run(&["--glossary", "team", "paths"]);
            assert!(
                next.stdout.starts_with("team\t--glossary\t0\t0\tfolder\n"),
                "{}",
                next.stdout
            );
        }
    }
}
