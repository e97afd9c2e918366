//! The rules, applied: what is wrong with an entry, and with entries beside one another.
//!
//! Owns every check of text that could be read. It must not know where entries came from; what lies
//! in other layers it asks of `Known`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Entry;
use super::front_matter::KEYS;
use super::key::{canonical, canonical_word, fold, words};
use super::markdown::{self, Block};
use super::names::{Name, split_title};
use super::problem::{Place, Problem};
use super::readability::{count_words, grade};
use super::rule::Rule;
use super::sections::{Depth, RELATED};

/// The names of the subcommands: slugs that cannot be looked up without `show`.
pub const RESERVED: &[&str] = &[
    "show",
    "related",
    "search",
    "learn",
    "list",
    "tags",
    "random",
    "scan",
    "check",
    "new",
    "edit",
    "pack",
    "paths",
    "completions",
    "man",
];

/// Phrases that advertise or fill, in lower case.
const BANNED: &[&str] = &[
    "revolutionary",
    "powerful",
    "cutting-edge",
    "seamless",
    "game-changing",
    "game changer",
    "plays a crucial role",
    "plays a vital role",
    "in today's world",
    "simply",
    "basically",
    "essentially",
    "it is important to note",
    "it's important to note",
    "delve",
    "in the realm of",
];

/// Phrases that a summary circles around its term with, in lower case.
const CIRCLING: &[&str] = &["refers to", "is when"];

const SUMMARY_WORDS: Range<usize> = 12..46;
const ELI5_WORDS: Range<usize> = 35..111;
const IN_DEPTH_WORDS: Range<usize> = 150..401;
const RELATED_TERMS: Range<usize> = 3..10;
const MOST_REQUIRED: usize = 4;
const CODE_COLUMNS: usize = 76;
/// Findings of one kind in one section: who has as many needs no more to see what is wrong.
const MOST_ALIKE: usize = 20;
const HARDEST_GRADE: f64 = 9.0;
const WANTED_GRADE: f64 = 7.0;

/// What the entries under check may name beside one another.
pub trait Known {
    /// The slugs of the entries that a name leads to.
    fn owners(&self, name: &str) -> Vec<String>;
    /// What an entry requires; nothing when there is no such entry.
    fn requires(&self, slug: &str) -> Vec<String>;
    /// Whether an entry names this as related.
    fn mentions(&self, name: &str) -> bool;
}

/// Nothing lies beneath: the built-in glossary stands alone.
pub struct Alone;

impl Known for Alone {
    fn owners(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn requires(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn mentions(&self, _: &str) -> bool {
        false
    }
}

/// What is wrong with one entry, looked at by itself.
#[must_use]
pub fn entry(entry: &Entry) -> Vec<Problem> {
    let mut page = Page {
        entry,
        problems: Vec::new(),
    };
    page.front_matter();
    page.sections();
    page.summary();
    page.eli5();
    page.in_depth();
    page.phrases();
    page.problems
}

/// What is wrong between entries: for each of `entries`, by its number, the findings.
#[must_use]
pub fn together(entries: &[&Entry], known: &dyn Known) -> Vec<(usize, Problem)> {
    let names = NameTable::of(entries, known);
    let mut found = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let mut page = Page {
            entry,
            problems: Vec::new(),
        };
        names.check_names(&mut page);
        names.check_references(&mut page);
        found.extend(page.problems.into_iter().map(|problem| (number, problem)));
    }
    found.extend(relations(entries, &names));
    found.extend(circles(entries, known));
    found
}

/// An entry and what has been found in it.
struct Page<'e> {
    entry: &'e Entry,
    problems: Vec<Problem>,
}

impl Page<'_> {
    fn report(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.problems.push(Problem::new(rule, place, message));
    }

    /// Where a key of the front matter stands.
    fn key(&self, key: &str) -> Place {
        let text = &self.entry.text;
        let line = text.lines().position(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        });
        line.map_or(Place::START, |line| Place {
            line: line + 1,
            column: 1,
        })
    }

    /// Where a section's text begins, or the words in it.
    fn within(&self, range: Option<Range<usize>>, words: &str) -> Place {
        let text = &self.entry.text;
        let Some(range) = range else {
            return Place::START;
        };
        let section = text.get(range.clone()).unwrap_or_default();
        let lead = section.len() - section.trim_start().len();
        let at = section
            .find(words)
            .filter(|_| !words.is_empty())
            .unwrap_or(lead);
        Place::at(text, range.start + at)
    }

    fn in_section(&self, depth: Depth, words: &str) -> Place {
        self.within(self.entry.sections.of(depth), words)
    }

    fn front_matter(&mut self) {
        let entry = self.entry;
        let keys: Vec<&str> = top_level_keys(&entry.text).collect();
        for wanted in ["draft", "type", "layout", "tags"] {
            if !keys.contains(&wanted) {
                self.report(
                    Rule::MissingKey,
                    Place::START,
                    format!("no `{wanted}` in the front matter; add it"),
                );
            }
        }
        for key in &keys {
            if KEYS.contains(key) {
                continue;
            }
            if let Some(meant) = KEYS.iter().find(|known| one_slip(key, known)) {
                self.report(
                    Rule::UnknownKey,
                    self.key(key),
                    format!("unknown key `{key}`; if `{meant}` is meant, write that"),
                );
            }
        }
        let slug = &entry.slug;
        let well_formed = !slug.is_empty()
            && slug
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !slug.starts_with('-');
        if !well_formed {
            self.report(
                Rule::Slug,
                Place::START,
                format!("`{slug}.md` is no slug; rename the file with a-z, 0-9 and hyphens"),
            );
        }
        if let Some(other) = entry.front.slug.as_ref().filter(|other| *other != slug) {
            self.report(
                Rule::Slug,
                self.key("slug"),
                format!("`slug: {other}` is not what finds the entry, `{slug}` is; rename the file, or take the key out"),
            );
        }
        if RESERVED.contains(&slug.as_str()) {
            self.report(
                Rule::ReservedSlug,
                Place::START,
                format!("`{slug}` is a subcommand; rename the file"),
            );
        }
        if entry.front.requires.len() > MOST_REQUIRED {
            self.report(
                Rule::RequiresCount,
                self.key("requires"),
                format!(
                    "{} required terms; keep the {MOST_REQUIRED} most direct",
                    entry.front.requires.len()
                ),
            );
        }
        for source in &entry.front.sources {
            if !is_source(source) {
                self.report(
                    Rule::SourceForm,
                    self.key("sources"),
                    format!("“{source}”; write authors, title and year with commas between"),
                );
            }
        }
    }

    fn sections(&mut self) {
        for depth in Depth::ALL {
            if self.entry.section(depth).is_none_or(str::is_empty) {
                self.report(
                    Rule::MissingSection,
                    Place::START,
                    format!("no text under `### {}`; write it", depth.heading()),
                );
            }
        }
        let count = self.entry.related.len();
        let place = self.within(self.entry.sections.related(), "");
        if count == 0 {
            self.report(
                Rule::MissingSection,
                Place::START,
                format!(
                    "nothing under `### {RELATED}`; name {} to {} entries",
                    RELATED_TERMS.start,
                    RELATED_TERMS.end - 1
                ),
            );
        } else if !RELATED_TERMS.contains(&count) {
            self.report(
                Rule::RelatedCount,
                place,
                format!(
                    "{count} related terms; name {} to {}",
                    RELATED_TERMS.start,
                    RELATED_TERMS.end - 1
                ),
            );
        }
    }

    fn length(&mut self, rule: Rule, depth: Depth, prose: &str, wanted: &Range<usize>) {
        let count = count_words(prose);
        if count > 0 && !wanted.contains(&count) {
            let place = self.in_section(depth, "");
            self.report(
                rule,
                place,
                format!(
                    "{} has {count} words; write {} to {}",
                    depth.heading(),
                    wanted.start,
                    wanted.end - 1
                ),
            );
        }
    }

    fn summary(&mut self) {
        let summary = self.entry.gloss();
        self.length(
            Rule::SummaryLength,
            Depth::Summary,
            &summary,
            &SUMMARY_WORDS,
        );
        let said: Vec<String> = words(&summary).map(canonical_word).collect();
        let (headword, short) = split_title(&self.entry.front.title);
        for name in std::iter::once(headword.as_str()).chain(short) {
            let term: Vec<String> = words(name).map(canonical_word).collect();
            if !term.is_empty() && said.windows(term.len()).any(|window| window == term) {
                let place = self.in_section(Depth::Summary, name);
                self.report(
                    Rule::SummaryCircular,
                    place,
                    format!("the summary leans on “{name}”; say what it is in other words"),
                );
            }
        }
    }

    fn eli5(&mut self) {
        let Some(section) = self.entry.section(Depth::Eli5) else {
            return;
        };
        let blocks = markdown::parse(section);
        let prose = markdown::one_line(&blocks);
        self.length(Rule::Eli5Length, Depth::Eli5, &prose, &ELI5_WORDS);
        let masked = self.masked(&prose);
        let grade = grade(&masked);
        let place = self.in_section(Depth::Eli5, "");
        if grade > HARDEST_GRADE {
            self.report(Rule::Eli5Grade, place, format!("{} reads at grade {grade:.1}; shorten sentences and words to {HARDEST_GRADE} or below", Depth::Eli5.heading()));
        } else if grade > WANTED_GRADE {
            self.report(
                Rule::Eli5Hard,
                place,
                format!(
                    "{} reads at grade {grade:.1}; {WANTED_GRADE} or below is better",
                    Depth::Eli5.heading()
                ),
            );
        }
        let mut has_code = !code_blocks(&blocks).is_empty();
        markdown::each_run(&blocks, &mut |run| has_code |= run.style.code);
        if has_code || masked.contains(['=', '×', '√', '∑', 'Σ', '≤', '≥']) {
            self.report(
                Rule::Eli5Formula,
                place,
                "a formula or code; put it into a picture or words",
            );
        }
        let acronym = masked
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| word.chars().take_while(|c| c.is_uppercase()).count() > 1);
        if let Some(acronym) = acronym {
            let place = self.in_section(Depth::Eli5, acronym);
            self.report(
                Rule::Eli5Acronym,
                place,
                format!("acronym “{acronym}”; write it in plain words"),
            );
        }
    }

    /// A text with the entry's own names taken out, so that a long headword does not count against it.
    fn masked(&self, text: &str) -> String {
        let front = &self.entry.front;
        let (headword, short) = split_title(&front.title);
        let mut names: Vec<&str> = vec![headword.as_str()];
        names.extend(short);
        names.extend(front.aliases.iter().map(String::as_str));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut masked = text.to_string();
        for name in names {
            masked = replace_word(&masked, name, "thing");
        }
        masked
    }

    fn in_depth(&mut self) {
        let Some(section) = self.entry.section(Depth::InDepth) else {
            return;
        };
        let blocks = markdown::parse(section);
        self.length(
            Rule::InDepthLength,
            Depth::InDepth,
            &markdown::one_line(&blocks),
            &IN_DEPTH_WORDS,
        );
        let explained = fold(section) + &fold(&self.entry.gloss());
        for name in &self.entry.front.covers {
            let (headword, short) = split_title(name);
            let named = std::iter::once(headword.as_str())
                .chain(short)
                .any(|name| explained.contains(&fold(name)));
            if !named {
                self.report(
                    Rule::CoveredUnexplained,
                    self.key("covers"),
                    format!(
                        "“{name}” is not in the text; explain it there or take it off the list"
                    ),
                );
            }
        }
        let too_wide = |line: &&str| line.chars().count() > CODE_COLUMNS;
        let mut wide: Vec<String> = Vec::new();
        for block in code_blocks(&blocks) {
            wide.extend(block.lines().filter(too_wide).map(str::to_string));
        }
        let mut outside = None;
        markdown::each_run(&blocks, &mut |run| {
            if run.style.code {
                wide.extend(Some(run.text.as_str()).filter(too_wide).map(str::to_string));
            } else if let Some(at) = run.text.find(['∑', '∫', '∂', '∇', '∏']) {
                outside.get_or_insert_with(|| run.text[at..].chars().take(1).collect::<String>());
            }
        });
        for line in wide.into_iter().take(MOST_ALIKE) {
            let place = self.in_section(Depth::InDepth, &line);
            self.report(
                Rule::CodeWidth,
                place,
                format!(
                    "code {} columns wide; break it at {CODE_COLUMNS}",
                    line.chars().count()
                ),
            );
        }
        if let Some(symbol) = outside {
            let place = self.in_section(Depth::InDepth, &symbol);
            self.report(
                Rule::FormulaOutsideCode,
                place,
                format!("a formula with {symbol} in running text; put it in backticks"),
            );
        }
    }

    fn phrases(&mut self) {
        for depth in Depth::ALL {
            let Some(section) = self.entry.section(depth) else {
                continue;
            };
            let lower = section.to_lowercase().replace('’', "'");
            let circling = if depth == Depth::Summary {
                CIRCLING
            } else {
                &[]
            };
            for phrase in BANNED.iter().chain(circling) {
                if let Some(at) = find_word(&lower, phrase) {
                    let place = self
                        .in_section(depth, lower.get(at..at + phrase.len()).unwrap_or_default());
                    self.report(
                        Rule::BannedPhrase,
                        place,
                        format!("“{phrase}”; say what is the case, or leave it out"),
                    );
                }
            }
            let command = [
                "\\frac", "\\sum", "\\mathbb", "\\mathrm", "\\text{", "\\left", "\\cdot",
                "\\alpha", "\\theta", "$$",
            ]
            .iter()
            .find(|command| section.contains(**command));
            if let Some(command) = command {
                let place = self.in_section(depth, command);
                self.report(
                    Rule::Latex,
                    place,
                    format!("LaTeX `{command}`; write the formula in Unicode, in code"),
                );
            }
        }
    }
}

/// Which entries each name leads to, among the entries under check and beneath them.
struct NameTable<'e> {
    slugs: BTreeMap<&'e str, usize>,
    owners: HashMap<String, BTreeSet<&'e str>>,
    known: &'e dyn Known,
}

impl<'e> NameTable<'e> {
    fn of(entries: &[&'e Entry], known: &'e dyn Known) -> Self {
        let mut table = Self {
            slugs: BTreeMap::new(),
            owners: HashMap::new(),
            known,
        };
        for (number, entry) in entries.iter().enumerate() {
            table.slugs.insert(&entry.slug, number);
            for name in entry.names() {
                for key in [fold(&name.text), canonical(&name.text)] {
                    table.owners.entry(key).or_default().insert(&entry.slug);
                }
            }
        }
        table
    }

    /// The entries that a name leads to: as written, or else in the singular.
    fn owners(&self, name: &str) -> Vec<String> {
        let (headword, _) = split_title(name);
        let keys = [
            fold(name),
            canonical(name),
            fold(&headword),
            canonical(&headword),
        ];
        match keys.iter().find_map(|key| self.owners.get(key)) {
            Some(slugs) => slugs.iter().map(ToString::to_string).collect(),
            None => self.known.owners(name),
        }
    }

    fn exists(&self, slug: &str) -> bool {
        self.slugs.contains_key(slug) || self.known.owners(slug).iter().any(|owner| owner == slug)
    }

    fn check_names(&self, page: &mut Page<'_>) {
        let entry = page.entry;
        let declared: BTreeSet<String> = entry
            .front
            .homonyms
            .iter()
            .map(|name| canonical(name))
            .collect();
        let mut reported = BTreeSet::new();
        let mut shared = BTreeSet::new();
        for name in entry.names() {
            let keys = [fold(&name.text), canonical(&name.text)];
            let others: BTreeSet<&str> = keys
                .iter()
                .filter_map(|key| self.owners.get(key))
                .flatten()
                .copied()
                .filter(|slug| *slug != entry.slug)
                .collect();
            let Some(other) = others.first() else {
                continue;
            };
            shared.insert(canonical(&name.text));
            if !declared.contains(&canonical(&name.text)) && reported.insert(keys) {
                let place = page.key("title");
                page.report(Rule::NameTaken, place, format!("“{}” is a name of `{other}` as well; drop it, or list it under `homonyms` in both", name.text));
            }
        }
        for homonym in &entry.front.homonyms {
            if !shared.contains(&canonical(homonym)) {
                let place = page.key("homonyms");
                page.report(
                    Rule::UnusedHomonym,
                    place,
                    format!("no other entry has the name “{homonym}”; take it off the list"),
                );
            }
        }
    }

    fn check_references(&self, page: &mut Page<'_>) {
        let entry = page.entry;
        for slug in &entry.front.requires {
            if !self.exists(slug) {
                let place = page.key("requires");
                page.report(
                    Rule::RequiresUnknown,
                    place,
                    format!("no entry `{slug}`; write its slug, or the entry"),
                );
            }
        }
        for title in &entry.related {
            let place = page.within(entry.sections.related(), title);
            let owners = self.owners(title);
            match owners.as_slice() {
                [] => page.report(
                    Rule::RelatedUnknown,
                    place,
                    format!(
                        "no entry is called “{title}”; use a name that exists, or write the entry"
                    ),
                ),
                [slug] if *slug == entry.slug => page.report(
                    Rule::RelatedSelf,
                    place,
                    format!("“{title}” is this entry; take it off the list"),
                ),
                [_] => {}
                [one, .., other] => page.report(
                    Rule::RelatedAmbiguous,
                    place,
                    format!("“{title}” may be `{one}` or `{other}`; use the title"),
                ),
            }
        }
        for depth in Depth::ALL {
            let Some(section) = entry.section(depth) else {
                continue;
            };
            let mut links = BTreeSet::new();
            markdown::each_run(&markdown::parse(section), &mut |run| {
                links.extend(run.link.clone());
            });
            let unknown = links.into_iter().filter(|link| {
                let internal = !link.contains(':') && !link.starts_with(['/', '#', '.']);
                internal && !self.exists(link)
            });
            for link in unknown.take(MOST_ALIKE) {
                let place = page.in_section(depth, &format!("({link})"));
                page.report(
                    Rule::LinkUnknown,
                    place,
                    format!("no entry `{link}`; link a slug that exists"),
                );
            }
        }
    }
}

/// Entries that nobody names, and relations that only one side names.
fn relations(entries: &[&Entry], names: &NameTable<'_>) -> Vec<(usize, Problem)> {
    let mentions: Vec<BTreeSet<usize>> = entries
        .iter()
        .map(|entry| {
            let owners = entry.related.iter().flat_map(|title| names.owners(title));
            owners
                .filter_map(|slug| names.slugs.get(slug.as_str()).copied())
                .collect()
        })
        .collect();
    let mentioned: BTreeSet<usize> = mentions
        .iter()
        .enumerate()
        .flat_map(|(number, named)| named.iter().copied().filter(move |&other| other != number))
        .collect();
    let mut found = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let beneath = |name: Name<'_>| names.known.mentions(&name.text);
        if !mentioned.contains(&number) && !entry.names().any(beneath) {
            found.push((
                number,
                Problem::new(
                    Rule::Orphan,
                    Place::START,
                    "no other entry names it as related; add it to one that should",
                ),
            ));
        }
        let page = Page {
            entry,
            problems: Vec::new(),
        };
        let place = page.within(entry.sections.related(), "");
        for &other in &mentions[number] {
            // A list that is full cannot be asked to name one more.
            let has_room = entries[other].related.len() + 1 < RELATED_TERMS.end;
            if other != number && has_room && !mentions[other].contains(&number) {
                let title = &entries[other].front.title;
                found.push((
                    number,
                    Problem::new(
                        Rule::OneSided,
                        place,
                        format!("names “{title}”, which does not name it in turn"),
                    ),
                ));
            }
        }
    }
    found
}

/// Entries that require themselves, directly or by way of others.
fn circles(entries: &[&Entry], known: &dyn Known) -> Vec<(usize, Problem)> {
    let by_slug: HashMap<&str, &Entry> = entries
        .iter()
        .map(|entry| (entry.slug.as_str(), *entry))
        .collect();
    let requires = |slug: &str| match by_slug.get(slug) {
        Some(entry) => entry.front.requires.clone(),
        None => known.requires(slug),
    };
    let mut found = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut trail: Vec<(String, Vec<String>)> =
            vec![(entry.slug.clone(), requires(&entry.slug))];
        let mut circle = false;
        while let Some((_, rest)) = trail.last_mut() {
            let Some(next) = rest.pop() else {
                trail.pop();
                continue;
            };
            circle = next == entry.slug;
            if circle {
                break;
            }
            if seen.insert(next.clone()) {
                let following = requires(&next);
                trail.push((next, following));
            }
        }
        if circle {
            let mut path: Vec<&str> = trail.iter().map(|(slug, _)| slug.as_str()).collect();
            path.push(&entry.slug);
            let page = Page {
                entry,
                problems: Vec::new(),
            };
            found.push((
                number,
                Problem::new(
                    Rule::RequiresCircle,
                    page.key("requires"),
                    format!(
                        "requires itself: {}; take one of them out",
                        path.join(" → ")
                    ),
                ),
            ));
        }
    }
    found
}

fn top_level_keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .skip_while(|line| line.trim_end() != "---")
        .skip(1)
        .take_while(|line| line.trim_end() != "---")
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .filter(|key| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        })
}

/// Whether two keys differ by one letter too many, too few, other or swapped.
fn one_slip(typed: &str, key: &str) -> bool {
    if typed.len().abs_diff(key.len()) > 1 || typed.eq_ignore_ascii_case(key) {
        return typed != key && typed.eq_ignore_ascii_case(key);
    }
    let (a, b) = (typed.as_bytes(), key.as_bytes());
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a[front..]
        .iter()
        .rev()
        .zip(b[front..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    a.len() <= 1 && b.len() <= 1 || (a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0])
}

/// Authors, a title and a year, with commas between.
fn is_source(source: &str) -> bool {
    let parts: Vec<&str> = source.split(", ").collect();
    let year = parts
        .last()
        .is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    parts.len() >= 3 && year && parts.iter().all(|part| !part.trim().is_empty())
}

fn code_blocks(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Code(text) => found.push(text.as_str()),
            Block::Quote(inner) => found.extend(code_blocks(inner)),
            Block::List { items, .. } => items
                .iter()
                .for_each(|item| found.extend(code_blocks(item))),
            _ => {}
        }
    }
    found
}

/// The byte at which `phrase` stands in `text` as whole words.
fn find_word(text: &str, phrase: &str) -> Option<usize> {
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// `text` with `name`, also in the plural and in any case, replaced as a whole word.
fn replace_word(text: &str, name: &str, by: &str) -> String {
    let (lower, name) = (text.to_lowercase(), name.to_lowercase());
    // Lower-casing may change lengths outside of ASCII; then offsets do not carry over.
    if lower.len() != text.len() || name.is_empty() {
        return text.to_string();
    }
    let mut replaced = String::new();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| find_start(rest, &name)) {
        let start = from + at;
        let mut end = start + name.len();
        for plural in ["es", "s"] {
            let rest = &lower[end..];
            if rest.starts_with(plural) && !rest[plural.len()..].starts_with(char::is_alphanumeric)
            {
                end += plural.len();
                break;
            }
        }
        replaced.push_str(&text[from..start]);
        if lower[end..].starts_with(char::is_alphanumeric) {
            replaced.push_str(&text[start..end]);
        } else {
            replaced.push_str(by);
        }
        from = end;
    }
    replaced + text.get(from..).unwrap_or_default()
}

fn find_start(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name)
        .map(|(at, _)| at)
        .find(|&at| !text[..at].ends_with(char::is_alphanumeric))
}
