//! Your own entries in addition to the built-in ones: where they are looked for, what they replace, hide
//! and share, and that every command sees them.

use crate::support::{Place, entry, finish};

/// A slug, a title and a related title that the built-in glossary has.
const BUILT_IN: (&str, &str) = ("dropout", "Dropout");

#[test]
fn an_entry_is_found_in_every_place_that_is_consulted() {
    for (folder, variable, arguments) in [
        ("team", None, vec!["--glossary", "team", "widget"]),
        (
            "team",
            Some(("GLOSSARY_PATH", "nowhere:team")),
            vec!["widget"],
        ),
        ("home/.local/share/glossary", None, vec!["widget"]),
        (
            "data/glossary",
            Some(("XDG_DATA_HOME", "data")),
            vec!["widget"],
        ),
        ("shared/glossary", None, vec!["widget"]),
    ] {
        let place = Place::with(
            &format!("{folder}/deep/er/widget.md"),
            entry("Widget", "A part."),
        );
        let mut command = place.command(&arguments);
        if let Some((name, value)) = variable {
            let value = if name == "XDG_DATA_HOME" {
                place.path(value).into_os_string()
            } else {
                value.into()
            };
            command.env(name, value);
        }
        let run = finish(command.output().unwrap());
        assert_eq!(run.status, 0, "{folder}: {}", run.stderr);
        assert!(run.stdout.contains("A part."), "{folder}: {}", run.stdout);
    }
}

#[test]
fn no_folder_is_read_that_was_not_named() {
    let place = Place::with("widget.md", entry("Widget", "A part."));
    assert_eq!(place.run(&["--exact", "widget"]).status, 1);
}

#[test]
fn flags_come_before_the_environment_and_that_before_data_folders() {
    let place = Place::new();
    for folder in [
        "one",
        "two",
        "three",
        "home/.local/share/glossary",
        "shared/glossary",
    ] {
        place.write(
            format!("{folder}/widget.md"),
            entry("Widget", &format!("From {folder}.")),
        );
    }
    let mut command = place.command(&["--glossary", "one", "--glossary", "two", "paths"]);
    command.env("GLOSSARY_PATH", "three");
    let paths = finish(command.output().unwrap()).stdout;
    let home = place.path("home/.local/share/glossary");
    let shared = place.path("shared/glossary");
    let rows: Vec<String> = paths
        .lines()
        .map(|line| line.split('\t').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        rows[..5],
        [
            "one --glossary 1".to_string(),
            "two --glossary 1".to_string(),
            "three GLOSSARY_PATH 1".to_string(),
            format!("{} your data folder 1", home.display()),
            format!("{} a shared data folder 1", shared.display()),
        ]
    );
    assert!(rows[5].starts_with("built-in built-in "), "{rows:?}");
    let run = place.run(&["--glossary", "two", "--glossary", "one", "widget"]);
    assert!(run.stdout.contains("From two."), "{}", run.stdout);
}

#[test]
fn the_built_in_entries_can_be_had_alone() {
    let place = Place::with(
        "home/.local/share/glossary/dropout.md",
        entry("Dropout", "Mine."),
    );
    place.write("team/dropout.md", entry("Dropout", "Ours."));
    let mut command = place.command(&["--built-in", "--json", BUILT_IN.0]);
    command.env("GLOSSARY_PATH", "team");
    let run = finish(command.output().unwrap());
    assert!(
        run.stdout.contains(r#""source":"built-in""#),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("Mine.") && !run.stdout.contains("Ours."));
    assert_eq!(
        place.run(&["--built-in", "--glossary", "team", "x"]).status,
        2
    );
    assert_eq!(place.run(&["--built-in", "--only", "x"]).status, 2);
}

#[test]
fn ones_own_entries_can_be_had_alone() {
    let place = Place::with(
        "home/.local/share/glossary/gadget.md",
        entry("Gadget", "Mine."),
    );
    place.write("team/widget.md", entry("Widget", "Ours."));
    let slugs = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = place.command(arguments);
        command.envs(variables.iter().copied());
        let list = finish(command.output().unwrap()).stdout;
        let slugs = list.lines().filter_map(|line| line.split('\t').next());
        slugs.collect::<Vec<_>>().join(" ")
    };
    let team = &[("GLOSSARY_PATH", "team")];
    assert_eq!(slugs(&["--only", "list"], team), "gadget widget");
    assert_eq!(
        slugs(&["--only", "--glossary", "team", "list"], &[]),
        "widget"
    );
    assert_eq!(
        slugs(&["list"], &[("GLOSSARY_ONLY", "1"), team[0]]),
        "gadget widget"
    );
    assert!(slugs(&["list"], &[("GLOSSARY_ONLY", "0")]).contains("dropout"));
    assert!(slugs(&["list", "--built-in"], &[("GLOSSARY_ONLY", "1")]).contains("dropout"));
    for command in [
        &["dropout"][..],
        &["related", "dropout"],
        &["search", "dropout"],
        &["scan", "home/.local/share/glossary/gadget.md"],
        &["tags"],
    ] {
        let run = place.run(&[&["--only", "--glossary", "team"], command].concat());
        assert_eq!((run.status, &*run.stdout), (1, ""), "{command:?}");
    }
}

#[test]
fn without_any_glossary_a_note_says_so() {
    let place = Place::new();
    let run = place.run(&["--only", "dropout"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(
        run.stderr.lines().next(),
        Some(
            "glossary: no glossary to consult; name one with `--glossary PATH` or in GLOSSARY_PATH"
        )
    );
    assert_eq!(place.run(&["--only", "new", "Widget"]).status, 0);
    assert_eq!(place.run(&["--only", "widget"]).status, 0);
}

#[test]
fn a_nearer_entry_replaces_the_one_with_its_slug() {
    let place = Place::with("team/dropout.md", entry("Our Dropout", "Ours."));
    let run = place.run(&["--glossary", "team", "dropout"]);
    assert!(
        run.stdout.starts_with("Our Dropout  from team\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("regularization"), "{}", run.stdout);
    let list = place.run(&["--glossary", "team", "list"]).stdout;
    let slugs = list.lines().filter(|line| line.starts_with("dropout\t"));
    assert_eq!(slugs.count(), 1);
}

#[test]
fn an_entry_can_be_hidden_without_a_title() {
    let place = Place::with("team/dropout.md", "---\nhidden: true\n---\n");
    let run = place.run(&["--glossary", "team", "--exact", "dropout"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    let list = place.run(&["--glossary", "team", "list"]).stdout;
    assert!(!list.contains("dropout\t"));
    let hidden = place.run(&["--glossary", "team", "dropout"]);
    assert_eq!((hidden.status, hidden.stdout.as_str()), (1, ""));
    let near = place.run(&["--glossary", "team", "droput"]);
    assert!(!near.stderr.contains("Dropout"), "{}", near.stderr);
    assert_eq!(place.run(&["--glossary", "team", "check"]).status, 0);
}

#[test]
fn a_draft_is_not_shown() {
    let text = entry("Widget", "A part.").replace("---\n\n", "draft: true\n---\n\n");
    let place = Place::with("team/widget.md", text);
    let run = place.run(&["--glossary", "team", "--exact", "widget"]);
    assert_eq!(run.status, 1);
    assert!(!run.stderr.contains("cannot be used"), "{}", run.stderr);
}

#[test]
fn a_name_of_several_layers_shows_all_of_them_the_nearest_first() {
    let place = Place::with("near/my-dropout.md", entry("Dropout", "Near."));
    place.write("far/their-dropout.md", entry("Dropout", "Far."));
    let run = place.run(&["--glossary", "near", "--glossary", "far", "dropout"]);
    let heads: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("Dropout"))
        .collect();
    assert_eq!(heads, ["Dropout  from near", "Dropout  from far"]);
    assert!(
        run.stdout.ends_with("\n\nalso: Dropout, built in\n"),
        "{}",
        run.stdout
    );
    let json = place.run(&[
        "--glossary",
        "near",
        "--glossary",
        "far",
        "--json",
        "dropout",
    ]);
    let sources: Vec<&str> = json.stdout.matches(r#""source":"near""#).collect();
    assert_eq!(sources.len(), 1, "{}", json.stdout);
    assert!(
        json.stdout
            .contains(r#""also":[{"slug":"dropout","title":"Dropout","#)
    );
}

#[test]
fn two_folders_of_one_name_are_told_apart() {
    let place = Place::with("a/team/one.md", entry("One", "The first."));
    place.write("b/team/two.md", entry("Two", "The second."));
    let run = place.run(&["--glossary", "a/team", "--glossary", "b/team", "two"]);
    let whole = format!(
        "from {}",
        place.path("b/team").canonicalize().unwrap().display()
    );
    assert!(run.stdout.contains(&whole), "{}", run.stdout);
}

#[test]
fn relations_cross_layers() {
    let text = entry("Widget", "A part.") + "\n### Related terms\n\nDropout\n";
    let place = Place::with("team/widget.md", text);
    let forth = place
        .run(&["--glossary", "team", "related", "widget"])
        .stdout;
    assert!(forth.starts_with("dropout\tDropout\t"), "{forth}");
    let back = place
        .run(&["--glossary", "team", "related", "dropout"])
        .stdout;
    assert!(back.contains("widget\tWidget\tA part."), "{back}");
}

#[test]
fn an_entry_without_relations_is_said_to_have_none() {
    let place = Place::with("team/widget.md", entry("Widget (WD)", "A part."));
    for (format, answer) in [(&[][..], ""), (&["--json"], "[]\n")] {
        let run = place.run(&[&["--glossary", "team", "related", "wd"], format].concat());
        assert_eq!(run.stdout, answer);
        assert_eq!(run.stderr, "glossary: “Widget” has no related terms\n");
        assert_eq!(run.status, 1);
    }
}

#[test]
fn requirements_cross_layers() {
    let text = entry("Widget", "A part.").replace("---\n\n", "requires: [dropout]\n---\n\n");
    let place = Place::with("team/widget.md", text);
    let course = place.run(&["--glossary", "team", "learn", "widget"]).stdout;
    let slugs: Vec<&str> = course
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert_eq!(slugs[slugs.len() - 2..], ["dropout", "widget"]);
}

#[test]
fn lists_topics_and_near_misses_know_ones_own_entries() {
    let text = entry("Flux Widget", "A part.").replace("---\n\n", "tags: [our-topic]\n---\n\n");
    let place = Place::with("team/flux-widget.md", text);
    for (arguments, expected) in [
        (
            ["list", "--tag", "our-topic"].as_slice(),
            "flux-widget\tFlux Widget\tA part.\n",
        ),
        (&["random", "--tag", "our-topic"], "A part."),
        (&["tags"], "our-topic\t1\n"),
        (&["search", "flux"], "flux-widget\tFlux Widget\t"),
        (&["flux wigdet"], "A part."),
    ] {
        let run = place.run(&[&["--glossary", "team"], arguments].concat());
        assert!(
            run.stdout.contains(expected),
            "{arguments:?}: {}",
            run.stdout
        );
    }
}

#[test]
fn a_text_is_scanned_for_ones_own_terms() {
    let place = Place::with("team/flux-widget.md", entry("Flux Widget", "A part."));
    place.write("report.txt", "We put a flux widget into it.\n");
    let run = place.run(&["--glossary", "team", "scan", "report.txt"]);
    assert!(run.stdout.contains("Flux Widget"), "{}", run.stdout);
}

#[test]
fn a_hugo_content_folder_is_read_as_it_stands() {
    let place = Place::with("content/_index.md", "---\ntitle: All\n---\n");
    place
        .write("content/gadget/index.md", entry("Gadget", "A thing."))
        .write("content/widget.md", entry("Widget", "A part."))
        .write("content/.obsidian/hidden.md", "no entry")
        .write("content/.hidden.md", "no entry")
        .write("content/README.md", "# How we write entries\n")
        .write("content/image.png", [0, 159, 146, 150])
        .write("content/notes.txt", "no entry");
    let paths = place.run(&["--glossary", "content", "paths"]).stdout;
    assert!(
        paths.starts_with("content\t--glossary\t2\t0\tfolder\n"),
        "{paths}"
    );
    assert_eq!(
        place
            .run(&["--glossary", "content", "--exact", "gadget"])
            .status,
        0
    );
}

#[test]
fn glossaries_are_named_before_a_command_and_behind_it() {
    let place = Place::with("one/widget.md", entry("Widget", "A part."));
    place.write("two/gadget.md", entry("Gadget", "A thing."));
    let run = place.run(&["--glossary", "one", "paths", "--glossary=two"]);
    let named: Vec<&str> = run.stdout.lines().take(2).collect();
    assert_eq!(
        named,
        [
            "one\t--glossary\t1\t0\tfolder",
            "two\t--glossary\t1\t0\tfolder"
        ]
    );
    for contradiction in [
        ["--built-in", "paths", "--glossary=one"],
        ["--glossary=one", "paths", "--built-in"],
    ] {
        let run = place.run(&contradiction);
        assert_eq!(run.status, 2, "{contradiction:?}");
        assert!(run.stderr.contains("cannot be used with"), "{}", run.stderr);
    }
    let run = place.run(&["paths", "--glossary"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("a value is required"), "{}", run.stderr);
}

#[test]
fn a_folder_that_a_flag_names_must_be_there() {
    let run = Place::new().run(&["--glossary", "missing", "dropout"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("cannot read missing:"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_folder_that_the_environment_names_may_be_missing() {
    let place = Place::new();
    let mut command = place.command(&["dropout"]);
    command.env("GLOSSARY_PATH", "missing");
    let run = finish(command.output().unwrap());
    assert_eq!(run.status, 0);
    assert_eq!(
        run.stderr,
        "glossary: missing (GLOSSARY_PATH) is not consulted: does not exist\n"
    );
}

#[test]
fn data_folders_that_do_not_exist_are_no_news() {
    assert_eq!(Place::new().run(&["dropout"]).stderr, "");
}

#[test]
fn a_data_folder_that_is_no_folder_is_noted() {
    let place = Place::with("home/.local/share/glossary", "");
    let run = place.run(&["dropout"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr
            .contains("is not consulted: empty, not a packed glossary"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_empty_folder_is_a_layer_without_entries() {
    let place = Place::new();
    place.folder("empty");
    let run = place.run(&["--glossary", "empty", "dropout"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_folder_that_is_named_twice_is_one_layer() {
    let place = Place::with("team/widget.md", entry("Widget", "A part."));
    let run = place.run(&[
        "--glossary",
        "team",
        "--glossary",
        "./team",
        "paths",
        "--json",
    ]);
    assert_eq!(
        run.stdout.matches(r#""entries":1,"#).count(),
        1,
        "{}",
        run.stdout
    );
}

#[test]
fn without_a_home_there_are_the_built_in_entries() {
    let place = Place::new();
    let mut command = place.command(&["dropout"]);
    command.env_remove("HOME");
    assert_eq!(finish(command.output().unwrap()).status, 0);
}

#[test]
fn paths_says_on_a_page_what_is_there_and_what_is_not() {
    let place = Place::with("team/widget.md", entry("Widget", "A part."));
    place.write("team/broken.md", "");
    let run = place.run(&["--glossary", "team", "paths", "--width", "80"]);
    assert!(
        run.stdout
            .starts_with("team\n  --glossary: 1 entry, 1 problem\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("your data folder: does not exist\n"));
    let json = place.run(&["--glossary", "team", "paths", "--json"]).stdout;
    assert!(
        json.starts_with(r#"[{"source":"team","path":"team","origin":"--glossary","entries":1,"problems":["team/broken.md:1:1: unreadable: empty"#),
        "{json}"
    );
}
