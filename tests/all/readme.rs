//! The README's commands are run in each shell: a `console` block is a transcript, a `sh` block a script.

use crate::support::Place;

/// Stands for anything, within a line or for whole lines.
const ANYTHING: &str = "[...]";

/// Scripts that are the set-up itself, or that `cargo` runs.
const RUN_ELSEWHERE: [&str; 4] = ["cargo install", "cargo test", "cargo bench", "cargo build"];

fn blocks(language: &str) -> Vec<String> {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let opening = format!("```{language}\n");
    let parts = readme.split(&opening).skip(1);
    parts
        .map(|rest| rest[..=rest.find("\n```").unwrap()].to_string())
        .collect()
}

/// The shells in which the examples must work as they are typed.
const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// Runs a line in a shell; standard output and error in the order in which they come. `None` when one of
/// the programs that the line needs is missing.
fn run(shell: &str, line: &str, place: &Place) -> Option<(String, i32)> {
    let named = |program: &&str| {
        line.split(|c: char| !c.is_alphanumeric())
            .any(|word| word == *program)
    };
    let needs: Vec<&str> = ["fzf", "jq", "git"].into_iter().filter(named).collect();
    // With a filter, fzf asks the user nothing.
    let script = if shell == "fish" {
        format!("set -x FZF_DEFAULT_OPTS --filter=latent; cd home\nbegin\n{line}\nend 2>&1")
    } else {
        format!("export FZF_DEFAULT_OPTS=--filter=latent; cd home; exec 2>&1\n{line}")
    };
    let output = place.shell(shell, &needs, &script)?;
    Some((
        String::from_utf8(output.stdout).unwrap(),
        output.status.code().unwrap(),
    ))
}

fn bash(line: &str, place: &Place) -> Option<(String, i32)> {
    run("bash", line, place)
}

/// Whether a text matches an expectation in which `[...]` stands for anything.
fn matches(text: &str, expected: &str) -> bool {
    let mut parts = expected.split(ANYTHING);
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let found = if parts.peek().is_none() {
            rest.ends_with(part).then(|| rest.len() - part.len())
        } else {
            rest.find(part)
        };
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty()
}

#[test]
fn transcripts_show_what_comes_out() {
    for shell in SHELLS {
        let place = Place::new();
        let mut count = 0;
        for block in blocks("console") {
            for step in format!("\n{block}").split("\n$ ").skip(1) {
                let (line, expected) = step.split_once('\n').unwrap_or((step, ""));
                count += 1;
                let Some((mut shown, status)) = run(shell, line, &place) else {
                    continue;
                };
                if status != 0 {
                    shown = format!("{shown}[exit {status}]\n");
                }
                assert!(
                    matches(shown.trim_end(), expected.trim_end()),
                    "{shell}$ {line}\nshows\n{shown}\nexpected\n{expected}"
                );
            }
        }
        assert!(count >= 5, "{count} commands in the README's transcripts");
    }
}

#[test]
fn scripts_run() {
    for shell in SHELLS {
        let place = Place::new();
        let mut count = 0;
        for script in blocks("sh") {
            let starts = |command: &&str| script.starts_with(*command);
            if RUN_ELSEWHERE.iter().any(starts) {
                continue;
            }
            count += 1;
            let strict = if shell == "fish" {
                ""
            } else {
                "set -eu -o pipefail"
            };
            let Some((shown, status)) = run(shell, &format!("{strict}\n{script}"), &place) else {
                continue;
            };
            assert_eq!(status, 0, "{shell}: {script}\n{shown}");
            assert!(!shown.contains("not found"), "{shell}: {script}\n{shown}");
        }
        assert!(count >= 3, "{count} scripts in the README");
    }
}

/// The commands in the README's tables, such as `glossary -e latent space`.
#[test]
fn commands_in_tables_work_as_typed() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let cells = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let commands: Vec<&str> = cells.map(|(command, _)| command).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for shell in SHELLS {
        for command in &commands {
            let Some((shown, status)) = run(shell, command, &Place::new()) else {
                continue;
            };
            assert_eq!(status, 0, "{shell}: {command}\n{shown}");
        }
    }
}

#[test]
fn the_readme_is_short() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.lines().count() <= 150);
    for block in blocks("console") {
        let shown = block.lines().filter(|line| !line.starts_with("$ "));
        assert!(shown.into_iter().any(|line| line != ANYTHING), "{block}");
    }
}

#[test]
fn the_hook_refuses_errors_and_knows_the_neighbours_of_what_is_committed() {
    let place = Place::new();
    let write = |path: &str, text: &str| {
        place.write(format!("home/{path}"), text);
    };
    let commit = |path: &str| {
        let line = format!("git add {path}; git commit --quiet --message {path}");
        bash(&line, &place).unwrap()
    };
    let Some((shown, status)) = bash(
        "git init --quiet; git config user.name me; git config user.email me@example.org
         mkdir -p team-terms .git/hooks; touch .git/hooks/pre-commit
         chmod +x .git/hooks/pre-commit",
        &place,
    ) else {
        return;
    };
    assert_eq!((shown.as_str(), status), ("", 0));
    write(".git/hooks/pre-commit", &blocks("bash").concat());
    for (title, related) in [("widget", "Gadget"), ("gadget", "Widget")] {
        write(
            &format!("team-terms/{title}.md"),
            &format!(
                "---\ntitle: {title}\n---\n\n### Summary\n\nA part.\n\n### Related terms\n\n{related}\n"
            ),
        );
    }
    let (shown, status) = commit("team-terms/widget.md");
    assert!(shown.contains("2 files: 0 errors"), "{shown}");
    assert!(!shown.contains("related-unknown"), "{shown}");
    assert!(!shown.contains("orphan"), "{shown}");
    assert_eq!(status, 0);
    write("notes.txt", "no term");
    assert_eq!(commit("notes.txt"), (String::new(), 0));
    write("team-terms/widget.md", "---\ntitle: [\n---\n\nA part.\n");
    let (shown, status) = commit("team-terms/widget.md");
    assert!(shown.contains("team-terms/widget.md:"), "{shown}");
    assert_eq!(status, 1);
}
