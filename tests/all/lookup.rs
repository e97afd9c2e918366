//! How often the right entry is found: tables of what people type, a kind a file, each kind held to a
//! bar and to what was reached.
//!
//! A row of `tests/lookup/KIND.tsv` is a query and the slug that it means (`|` between several that
//! are right); the rows of the two kinds that mean no entry have none.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;

use glossary_core::corpus::Corpus;
use glossary_core::query::named::NamedEntry;
use glossary_core::query::resolve::{Match, NearMisses, Resolution, resolve};

/// A kind of query that means an entry.
struct Kind {
    /// The stem of its file.
    name: &'static str,
    /// Of a hundred, how many must open the entry first.
    bar: usize,
    /// How many of the table do not; a change may make it fewer.
    closed: usize,
}

const KINDS: &[Kind] = &[
    kind("one-error", 98, 0),
    kind("two-errors", 98, 1),
    kind("by-ear", 90, 0),
    kind("acronyms", 97, 0),
    kind("compounds", 97, 0),
    kind("spelling", 97, 0),
    kind("synonyms", 97, 0),
    kind("partial", 97, 2),
    kind("order", 97, 0),
    kind("extra-word", 97, 0),
    kind("questions", 97, 0),
    kind("typography", 97, 0),
];

const fn kind(name: &'static str, bar: usize, closed: usize) -> Kind {
    Kind { name, bar, closed }
}

/// Of a thousand queries that mean an entry, how many may open another.
const WRONG_BAR: usize = 5;
/// How many do.
const WRONG: usize = 0;

/// Of a hundred queries that open nothing, how many must have the right entry among the suggestions.
const SUGGESTED_BAR: usize = 95;

/// How many of those that are too uncertain to open their entry are not suggested either.
const NOT_SUGGESTED: usize = 5;

/// Of a hundred queries that should find nothing, how many may print suggestions.
const GUESSED_BAR: usize = 2;
/// How many do.
const GUESSED: usize = 2;

/// From so many entries on, rows whose entry is not there are an error in the table.
const WHOLE: usize = 900;
/// Of a hundred rows, how many may be such.
const MISSING_BAR: usize = 2;

/// What became of a query that means an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It opened the entry.
    Right,
    /// It opened another.
    Wrong,
    /// It opened none; the entry is among the suggestions.
    Suggested,
    /// It opened none, and the entry is not suggested.
    Missed,
    /// The glossary has no such entry.
    Absent,
}

#[test]
fn what_means_an_entry_opens_it() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    let entries: HashSet<String> = corpus
        .all()
        .unwrap()
        .into_iter()
        .map(|(_, head)| head.slug.into_owned())
        .collect();
    let mut report = String::new();
    let mut broken = Vec::new();
    let mut all = Vec::new();
    for Kind { name, bar, closed } in KINDS {
        let mut outcomes = Vec::new();
        for (query, means) in rows(name) {
            let answer = ask(&corpus, &query);
            let outcome = judge(&corpus, &entries, &answer, &means);
            if !matches!(outcome, Outcome::Right | Outcome::Absent) {
                let found = slugs(&corpus, &answer.found);
                let offered = slugs(&corpus, &answer.suggestions);
                writeln!(report, "{name}: {outcome:?}: {query:?} means {means}; opened {found:?}, suggested {offered:?}")
                    .unwrap();
            }
            outcomes.push(outcome);
        }
        let right = count(&outcomes, Outcome::Right);
        let asked = outcomes.len() - count(&outcomes, Outcome::Absent);
        if right * 100 < bar * asked {
            broken.push(format!("{name}: {right} of {asked}, the bar is {bar} %"));
        }
        if asked - right > *closed {
            broken.push(format!(
                "{name}: {} not opened; it was {closed}",
                asked - right
            ));
        }
        all.extend(outcomes);
    }
    let absent = count(&all, Outcome::Absent);
    let asked = all.len() - absent;
    let wrong = count(&all, Outcome::Wrong);
    if wrong * 1000 > WRONG_BAR * asked || wrong > WRONG {
        broken.push(format!(
            "{wrong} of {asked} opened a wrong entry; it was {WRONG}"
        ));
    }
    let suggested = count(&all, Outcome::Suggested);
    let shut = suggested + count(&all, Outcome::Missed);
    if suggested * 100 < SUGGESTED_BAR * shut {
        broken.push(format!(
            "{suggested} of {shut} that opened nothing were suggested, the bar is {SUGGESTED_BAR} %"
        ));
    }
    if entries.len() >= WHOLE && absent * 100 > MISSING_BAR * all.len() {
        broken.push(format!("{absent} rows name no entry of the glossary"));
    }
    assert!(broken.is_empty(), "{}\n\n{report}", broken.join("\n"));
}

#[test]
fn what_is_uncertain_is_suggested() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    let mut opened = Vec::new();
    let mut missed = Vec::new();
    for (query, means) in rows("uncertain") {
        let answer = ask(&corpus, &query);
        // A guess that is right does no harm.
        if slugs(&corpus, &answer.found) == [means.as_str()] {
            continue;
        }
        if !answer.found.is_empty() {
            opened.push((query, slugs(&corpus, &answer.found)));
        } else if !slugs(&corpus, &answer.suggestions).contains(&means) {
            missed.push((query, means));
        }
    }
    assert!(opened.is_empty(), "opened: {opened:?}");
    assert!(
        missed.len() <= NOT_SUGGESTED,
        "not suggested, it was {NOT_SUGGESTED}: {missed:?}"
    );
}

#[test]
fn what_means_no_entry_opens_none() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    let mut opened = Vec::new();
    let mut guessed = Vec::new();
    let nothing = rows("not-found");
    let asked = nothing.len();
    for (query, _) in nothing {
        let answer = ask(&corpus, &query);
        if !answer.found.is_empty() {
            opened.push((query.clone(), slugs(&corpus, &answer.found)));
        }
        if !answer.suggestions.is_empty() {
            guessed.push((query, slugs(&corpus, &answer.suggestions)));
        }
    }
    for (query, _) in rows("suggest-only") {
        let answer = ask(&corpus, &query);
        if !answer.found.is_empty() {
            opened.push((query, slugs(&corpus, &answer.found)));
        }
    }
    assert!(opened.is_empty(), "opened: {opened:?}");
    assert!(
        guessed.len() * 100 <= GUESSED_BAR * asked && guessed.len() <= GUESSED,
        "suggested where nothing is meant, the bar is {GUESSED_BAR} %, it was {GUESSED}: {guessed:?}"
    );
}

#[test]
fn without_near_misses_only_names_are_found() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    for (query, _) in rows("one-error") {
        let answer = resolve(&corpus, &query, NearMisses::Off).unwrap();
        assert_eq!(
            (answer.matched, answer.found, answer.suggestions),
            (Match::None, vec![], vec![]),
            "{query}"
        );
    }
}

#[test]
fn anything_may_be_typed() {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).unwrap();
    for query in [
        "x".repeat(10_000_000),
        "gradient descent ".repeat(100_000),
        "a ".repeat(500),
        "\u{301}".repeat(300),
        "é".repeat(128),
        "𝔤".repeat(60),
        "how to ".repeat(100),
        "(((((((((".to_string(),
        "\0\u{1b}[31m".to_string(),
        "a\u{300}b\u{300}c d\u{300}e\u{300}f g".to_string(),
        "ﷺﷺﷺﷺﷺ".to_string(),
        "İİİİİİİİ".to_string(),
    ] {
        let answer = ask(&corpus, &query);
        assert!(answer.found.is_empty(), "{query:.40}");
    }
}

fn ask(corpus: &Corpus, query: &str) -> Resolution {
    resolve(corpus, query, NearMisses::Shown).unwrap()
}

fn judge(corpus: &Corpus, entries: &HashSet<String>, answer: &Resolution, means: &str) -> Outcome {
    let right: Vec<&str> = means
        .split('|')
        .filter(|slug| entries.contains(*slug))
        .collect();
    if right.is_empty() {
        return Outcome::Absent;
    }
    let is_meant = |slugs: Vec<String>| slugs.iter().any(|slug| right.contains(&slug.as_str()));
    if is_meant(slugs(corpus, &answer.found)) {
        Outcome::Right
    } else if !answer.found.is_empty() {
        Outcome::Wrong
    } else if is_meant(slugs(corpus, &answer.suggestions)) {
        Outcome::Suggested
    } else {
        Outcome::Missed
    }
}

fn slugs(corpus: &Corpus, named: &[NamedEntry]) -> Vec<String> {
    let slug = |named: &NamedEntry| corpus.head(named.id).unwrap().slug.into_owned();
    named.iter().map(slug).collect()
}

fn count(outcomes: &[Outcome], wanted: Outcome) -> usize {
    outcomes
        .iter()
        .filter(|&&outcome| outcome == wanted)
        .count()
}

/// The rows of a table: a query, and what it means.
fn rows(name: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(format!("tests/lookup/{name}.tsv")).unwrap();
    text.lines()
        .map(|line| {
            let (query, means) = line.split_once('\t').unwrap_or((line, ""));
            (unescape(query), means.to_string())
        })
        .collect()
}

/// `\uXXXX` stands for a character that is not to be seen, `\t` for a tab.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (code, rest) = part.split_at(4);
        let code = u32::from_str_radix(code, 16).unwrap();
        plain.push(char::from_u32(code).unwrap());
        plain.push_str(rest);
    }
    plain.replace("\\t", "\t")
}
