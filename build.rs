//! Reads `entries/`, holds every entry to the house's rules, and makes the index that the binary
//! embeds. A broken entry fails the build with `path:line: what is wrong`, all of them at once.

#[allow(
    dead_code,
    unreachable_pub,
    reason = "the build uses a part of the crate's modules"
)]
#[path = "src/entry/mod.rs"]
mod entry;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the build uses a part of the crate's modules"
)]
#[path = "src/index/mod.rs"]
mod index;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use entry::Entry;
use entry::check;
use entry::problem::{Place, Problem};
use entry::rule::{Rule, Severity, Standard};
use entry::stem::stem;
use index::builder::{Builder, Texts};

const FOLDER: &str = "entries";

/// Groups of words that mean nearly the same, a line each.
const SYNONYMS: &str = "src/query/synonyms.txt";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed={SYNONYMS}");
    println!("cargo::rustc-env=GLOSSARY_READER={:016x}", reader()?);
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (entries, mut unreadable) = read(&root.join(FOLDER))?;
    let mut problems = Vec::new();
    let all: Vec<&Entry> = entries.iter().collect();
    for (number, entry) in entries.iter().enumerate() {
        problems.extend(
            check::entry(entry)
                .into_iter()
                .map(|problem| (number, problem)),
        );
    }
    problems.extend(check::together(&all, &check::Alone));
    let slug = |number: usize| entries[number].slug.clone();
    unreadable.extend(
        problems
            .into_iter()
            .map(|(number, problem)| (slug(number), problem)),
    );
    report(unreadable);

    let mut builder = Builder::new(Vec::new(), Texts::Apart)?;
    let mut scribe = builder.scribe();
    let mut texts = String::from("[\n");
    for entry in &entries {
        let path = root.join(FOLDER).join(format!("{}.md", entry.slug));
        builder.add(scribe.card(entry, &format!("{}.md", entry.slug)))?;
        writeln!(texts, "include_str!(r#\"{}\"#),", path.display()).map_err(io::Error::other)?;
    }
    texts.push(']');
    fs::write(out.join("index.bin"), builder.finish()?)?;
    fs::write(out.join("texts.rs"), texts)?;
    fs::write(
        out.join("kin.txt"),
        kin(&fs::read_to_string(root.join(SYNONYMS))?),
    )?;
    println!("cargo::rustc-env=GLOSSARY_ENTRIES={}", entries.len());
    Ok(())
}

/// A line for each stem in groups of words, in their order: it, and those that share a group with it.
fn kin(groups: &str) -> String {
    let mut kin: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for group in groups.lines() {
        let stems: Vec<String> = group.split_whitespace().map(stem).collect();
        for one in &stems {
            let others = stems.iter().filter(|other| *other != one).cloned();
            kin.entry(one.clone()).or_default().extend(others);
        }
    }
    let line = |(stem, kin): (String, BTreeSet<String>)| {
        let words: Vec<String> = std::iter::once(stem).chain(kin).collect();
        words.join(" ") + "\n"
    };
    kin.into_iter().map(line).collect()
}

/// A number of what reads entries and lays them out: what one build of the program keeps is of no use
/// to another that does so otherwise.
fn reader() -> io::Result<u64> {
    let mut sources = vec![PathBuf::from("Cargo.lock")];
    let mut folders: Vec<PathBuf> = ["src/entry", "src/index", "src/corpus"]
        .map(Into::into)
        .into();
    while let Some(folder) = folders.pop() {
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in fs::read_dir(folder)? {
            let file = file?;
            if file.file_type()?.is_dir() {
                folders.push(file.path());
            } else {
                sources.push(file.path());
            }
        }
    }
    sources.sort();
    let mut hasher = DefaultHasher::new();
    for source in sources {
        // A lock file is not there where the crate is a dependency of another.
        fs::read(source).unwrap_or_default().hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// What is wrong, with the slug of the entry in which it is.
type Findings = Vec<(String, Problem)>;

/// The entries that are to be embedded, by slug, and what could not be read.
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
            // The text is embedded as it lies there, and the index says where its sections are.
            Ok(entry) if entry.text != text => {
                let message =
                    "a byte order mark or carriage returns; save it with line feeds alone";
                problems.push((slug, Problem::new(Rule::Unreadable, Place::START, message)));
            }
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push((slug, problem)),
        }
    }
    Ok((entries, problems))
}

/// Prints every problem that is an error in the house's own entries, and ends the build if any is.
fn report(mut problems: Findings) {
    problems.retain(|(_, problem)| problem.rule.severity(Standard::House) == Severity::Error);
    problems.sort_by(|(a, p), (b, q)| (a, p.place).cmp(&(b, q.place)));
    for (
        slug,
        Problem {
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
