//! Pipes that close early, outputs that are full, and wrong usage: exit codes and messages.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use crate::support::{command, finish, run};

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    for arguments in [
        &["list"][..],
        &["--all", "token"],
        &["list", "--json"],
        &["--help"],
    ] {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 1];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let run = finish(child.wait_with_output().unwrap());
        assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for arguments in [
        &["list"][..],
        &["token"],
        &["--help"],
        &["--version"],
        &["man"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let run = finish(command(arguments).stdout(full).output().unwrap());
        assert!(
            run.stderr
                .contains("cannot write the answer: No space left"),
            "{arguments:?}: {}",
            run.stderr
        );
        assert_eq!(run.status, 2, "{arguments:?}");
    }
}

#[test]
fn wrong_usage_says_what_to_type() {
    for (arguments, says) in [
        (
            &["--no-such-flag"][..],
            "unexpected argument '--no-such-flag'",
        ),
        (&["--colour", "always", "GAN"], "--color"),
        (&["--width", "0", "GAN"], "invalid value '0'"),
        (&["--json", "--markdown", "GAN"], "cannot be used with"),
        (&["related"], "<TERM>..."),
        (&["completions", "tcsh"], "possible values: bash"),
    ] {
        let run = run(arguments);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{arguments:?}");
    }
}

#[test]
fn help_opens_with_examples_and_the_short_one_fits_a_screen() {
    let short = run(&["-h"]);
    let lines: Vec<&str> = short.stdout.lines().collect();
    assert!(
        lines[2].starts_with("Examples:") && lines[3].starts_with("  glossary "),
        "{}",
        short.stdout
    );
    assert!(lines.len() <= 40, "{} lines", lines.len());
    assert!(
        lines.iter().all(|line| line.chars().count() <= 80),
        "{}",
        short.stdout
    );
    let long = run(&["--help"]);
    for part in [
        "Examples:",
        "\n  related ",
        "--hyperlinks",
        "Exit status: 0 if something was found",
    ] {
        assert!(long.stdout.contains(part), "{part} in {}", long.stdout);
    }
}

#[test]
fn nothing_to_look_up_shows_the_short_help_as_an_error() {
    let help = run(&["-h"]).stdout;
    for arguments in [
        &[][..],
        &["--json"],
        &["-e"],
        &["--built-in", "--no-pager"],
        &["--glossary", "missing", "--width", "40"],
    ] {
        let run = run(arguments);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{arguments:?}");
        assert_eq!(run.stderr, help, "{arguments:?}");
    }
}

#[test]
fn the_version_tells_the_number_of_entries() {
    let entries = run(&["list"]).stdout.lines().count();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        run(&["--version"]).stdout,
        format!("glossary {version} ({entries} entries)\n")
    );
}

#[test]
fn the_manual_names_every_command_and_flag() {
    let page = run(&["man"]).stdout;
    assert!(page.contains(".TH GLOSSARY 1 "));
    let help = run(&["--help"]).stdout;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let commands = list.lines().map_while(|line| line.strip_prefix("  "));
    let commands: Vec<&str> = commands
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert!(commands.len() > 10, "{help}");
    for command in commands {
        let help = run(&[command, "--help"]).stdout;
        let flags = help
            .split_whitespace()
            .filter(|word| word.starts_with("--") && word.len() > 3);
        for flag in flags.filter(|flag| *flag != "--help") {
            let name = flag.trim_matches(|c: char| !c.is_alphanumeric());
            assert!(
                page.contains(&name.replace('-', "\\-")),
                "{flag} in the manual"
            );
        }
    }
    for part in [
        "glossary related",
        "glossary completions",
        "ENVIRONMENT",
        "EXIT STATUS",
    ] {
        assert!(page.contains(part), "{part}");
    }
}
