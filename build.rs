//! Reads `entries`, checks every entry against the rules, and writes the index that the binary embeds. All
//! errors are printed at once, as `path:line:column`, and fail the build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use glossary_core::entry::Entry;
use glossary_core::entry::check;
use glossary_core::entry::diagnostic::{Diagnostic, Place};
use glossary_core::entry::rule::{Rule, Severity, Standard};
use glossary_core::index::analyzer::{Analyzer, TextStorage};
use glossary_core::index::writer::SegmentWriter;

const FOLDER: &str = "entries";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FOLDER}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (entries, mut unreadable) = read(&root.join(FOLDER))?;
    let all: Vec<&Entry> = entries.iter().collect();
    let problems = check::all(&all, &check::Alone);
    let slug = |number: usize| entries[number].slug.clone();
    unreadable.extend(
        problems
            .into_iter()
            .map(|(number, problem)| (slug(number), problem)),
    );
    report(unreadable);

    let mut writer = SegmentWriter::new(Vec::new())?;
    let mut analyzer = Analyzer::new(TextStorage::Outside);
    let mut texts = String::from("[\n");
    for entry in &entries {
        let path = root.join(FOLDER).join(format!("{}.md", entry.slug));
        writer.add(&analyzer.analyze(entry, &format!("{}.md", entry.slug), 1))?;
        writeln!(texts, "include_str!(r#\"{}\"#),", path.display()).map_err(io::Error::other)?;
    }
    texts.push(']');
    fs::write(out.join("index.bin"), writer.finish(&[])?)?;
    fs::write(out.join("texts.rs"), texts)?;
    println!("cargo::rustc-env=GLOSSARY_ENTRIES={}", entries.len());
    Ok(())
}

/// Problems, each with the slug of its entry.
type Findings = Vec<(String, Diagnostic)>;

/// The entries to embed, by slug, and problems with files that cannot be read.
fn read(folder: &Path) -> io::Result<(Vec<Entry>, Findings)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort_by_key(|path| path.file_stem().map(ToOwned::to_owned));
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let slug = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path)?;
        match Entry::parse(&slug, &text) {
            Ok(entry) if entry.front.draft => {}
            // The index has the positions of the sections in the file, so the text must be that of the file.
            Ok(entry) if entry.text != text => {
                let message =
                    "a byte order mark or carriage returns; save it with line feeds alone";
                problems.push((
                    slug,
                    Diagnostic::new(Rule::Unreadable, Place::START, message),
                ));
            }
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push((slug, problem)),
        }
    }
    Ok((entries, problems))
}

/// Prints every problem that is an error in the built-in glossary, and ends the build if there is one.
fn report(mut problems: Findings) {
    problems.retain(|(_, problem)| problem.rule.severity(Standard::House) == Severity::Error);
    problems.sort_by(|(a, p), (b, q)| (a, p.place).cmp(&(b, q.place)));
    for (
        slug,
        Diagnostic {
            rule,
            place,
            message,
        },
    ) in &problems
    {
        println!(
            "cargo::error={FOLDER}/{slug}.md:{}:{}: {}: {message}",
            place.line,
            place.column,
            rule.id()
        );
    }
    if !problems.is_empty() {
        process::exit(1);
    }
}
