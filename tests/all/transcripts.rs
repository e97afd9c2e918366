//! Transcripts of the program over the glossary in `tests/fixtures`.
//!
//! A file in `tests/transcripts` holds command lines, each after `$ `, and what they print: standard
//! output as it is, standard error after `! `, and the exit status unless it is 0. To add a case,
//! write its command line into a file and run `SNAPSHOTS=overwrite cargo test transcripts`. Then read
//! what it recorded.

use std::fmt::Write as _;
use std::path::Path;

use snapbox::{Assert, Data};

use crate::support::{Place, finish};

/// Begins the line of a command.
const PROMPT: &str = "$ ";

fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/transcripts")
        .join(name);
    let recorded = std::fs::read_to_string(&path).unwrap();
    let mut shown = String::new();
    for command in recorded
        .lines()
        .filter_map(|line| line.strip_prefix(PROMPT))
    {
        if !shown.is_empty() {
            shown.push('\n');
        }
        write!(shown, "{PROMPT}{command}\n{}", run(command)).unwrap();
    }
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(shown, Data::read_from(&path, None).raw());
}

/// The output of a command line in a fresh copy of the fixtures.
fn run(line: &str) -> String {
    let place = Place::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    place.copy(&fixtures, "");
    let output = place.shell("sh", &[], line).unwrap();
    let run = finish(output);
    let mut shown = run.stdout;
    if !shown.is_empty() && !shown.ends_with('\n') {
        shown.push_str("[no line end]\n");
    }
    for line in run.stderr.lines() {
        writeln!(shown, "! {line}").unwrap();
    }
    if run.status != 0 {
        writeln!(shown, "[exit {}]", run.status).unwrap();
    }
    // Escape codes as something that an editor shows.
    let root = place.path("").display().to_string();
    let built_in = format!("  {} entries", glossary_cli::embedded::BUILT_IN.texts.len());
    shown
        // The number of built-in entries grows.
        .replace(&built_in, "  [COUNT] entries")
        .replace(root.trim_end_matches('/'), "[PLACE]")
        .replace('\u{1b}', "␛")
}

#[test]
fn entries() {
    check("entries");
}

#[test]
fn misses() {
    check("misses");
}

#[test]
fn lists() {
    check("lists");
}

#[test]
fn pages() {
    check("pages");
}

#[test]
fn programs() {
    check("programs");
}

#[test]
fn glossaries() {
    check("glossaries");
}

#[test]
fn checks() {
    check("checks");
}

#[test]
fn scans() {
    check("scans");
}

#[test]
fn writing() {
    check("writing");
}

#[test]
fn help() {
    check("help");
}

#[test]
fn usage() {
    check("usage");
}

#[test]
fn built_in() {
    check("built-in");
}
