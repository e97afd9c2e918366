//! All files of a glossary together: slugs that are taken, and what relations lead to.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::relations::Reference;
use super::{Item, Reading, printable};
use crate::entry::Entry;
use crate::entry::key::fold;
use crate::entry::markdown::{headings, is_unprintable};
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::entry::sections::{Depth, RELATED, Sections};
use crate::entry::skeleton;
use unicode_normalization::UnicodeNormalization;

/// An entry names at most this many others.
const MAX_RELATED: usize = 256;

/// An entry has at most this many names beside its title.
const MAX_NAMES: usize = 64;

/// Headings in a text are of this level or the one below, so that none of them begins a section.
const HEADING_LEVEL: usize = 5;

/// An entry of a glossary, ready to be served.
#[derive(Debug)]
pub struct Resolved {
    /// The number of its file.
    pub file: usize,
    /// The line at which it begins.
    pub line: usize,
    /// Whether its file is in the native layout, so that its text is that of the file.
    pub is_native: bool,
    /// The entry.
    pub entry: Entry,
}

/// Resolves what the files of a glossary hold, in the order of their paths. Gives the entries, and what
/// is wrong with which file.
#[must_use]
pub fn resolve(files: Vec<(PathBuf, Reading)>) -> (Vec<Resolved>, Vec<(usize, Problem)>) {
    let mut problems = Vec::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut items: Vec<(usize, String, Item)> = Vec::new();
    let mut many = Vec::new();
    let mut paths = Vec::new();
    for (file, (path, reading)) in files.into_iter().enumerate() {
        paths.push(path);
        problems.extend(reading.problems.into_iter().map(|problem| (file, problem)));
        for item in reading.items {
            if reading.holds_many {
                many.push((file, item));
                continue;
            }
            let slug = item.slug();
            match taken.get(&slug) {
                Some(&first) => problems.push((file, duplicate(&paths[first]))),
                None => {
                    taken.insert(slug.clone(), file);
                    items.push((file, slug, item));
                }
            }
        }
    }
    for (file, item) in many {
        let slug = free_slug(&item, &taken);
        taken.insert(slug.clone(), file);
        items.push((file, slug, item));
    }
    let names = Names::new(&items);
    let related: Vec<Vec<String>> = (0..items.len())
        .map(|number| names.related(&items, number))
        .collect();
    let entries = items
        .into_iter()
        .zip(related)
        .map(|((file, slug, item), related)| match item {
            Item::Entry(entry) => Resolved {
                file,
                line: 1,
                is_native: true,
                entry,
            },
            Item::Draft(draft) => Resolved {
                file,
                line: draft.line,
                is_native: false,
                entry: finish(slug, draft, related),
            },
        });
    (entries.collect(), problems)
}

/// That a file has the slug of another, which comes first.
fn duplicate(first: &Path) -> Problem {
    let message = format!(
        "`{}` has this slug as well, and only that is shown; rename one of them",
        first.display()
    );
    Problem::new(Rule::DuplicateSlug, Place::START, message)
}

impl Item {
    fn title(&self) -> &str {
        match self {
            Self::Entry(entry) => &entry.front.title,
            Self::Draft(draft) => draft.title(),
        }
    }

    fn slug(&self) -> String {
        match self {
            Self::Entry(entry) => entry.slug.clone(),
            Self::Draft(draft) => draft
                .slug
                .clone()
                .unwrap_or_else(|| slug(&without_parentheses(draft.title()))),
        }
    }

    fn names(&self) -> &[String] {
        match self {
            Self::Entry(entry) => &entry.front.aliases,
            Self::Draft(draft) => &draft.front.aliases,
        }
    }
}

/// A slug that no other entry has: of the headword, else of the whole title, else with a number.
fn free_slug(item: &Item, taken: &HashMap<String, usize>) -> String {
    let whole = slug(item.title());
    let numbered = (2..).map(|number: usize| format!("{whole}-{number}"));
    let mut slugs = [item.slug(), whole.clone()].into_iter().chain(numbered);
    slugs
        .find(|slug| !slug.is_empty() && !taken.contains_key(slug))
        .unwrap_or_default()
}

/// The slug of a title: letters, digits, and marks in lower case, `+`, `#`, and `*` behind them, and a
/// hyphen in the place of anything else.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfc().flat_map(char::to_lowercase) {
        let is_mark = unicode_normalization::char::is_combining_mark(c);
        if c.is_alphanumeric()
            || is_mark
            || "+#*".contains(c) && !slug.is_empty() && !slug.ends_with('-')
        {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_string()
}

/// A title without parentheses and what is in them, unless nothing is left.
fn without_parentheses(title: &str) -> String {
    let mut depth = 0_usize;
    let mut text = String::new();
    for c in title.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    if text.contains(char::is_alphanumeric) {
        text
    } else {
        title.to_string()
    }
}

/// Which entry each name leads to.
struct Names {
    entries: HashMap<String, usize>,
}

impl Names {
    fn new(items: &[(usize, String, Item)]) -> Self {
        let mut entries = HashMap::new();
        let mut add = |name: &str, number| {
            entries.entry(fold(name)).or_insert(number);
        };
        for (number, (_, slug, _)) in items.iter().enumerate() {
            add(slug, number);
        }
        for (number, (.., item)) in items.iter().enumerate() {
            add(item.title(), number);
            add(&without_parentheses(item.title()), number);
        }
        for (number, (.., item)) in items.iter().enumerate() {
            item.names().iter().for_each(|name| add(name, number));
        }
        Self { entries }
    }

    fn find(&self, reference: &Reference) -> Option<usize> {
        reference
            .candidates()
            .find_map(|name| self.entries.get(&fold(&name)).copied())
    }

    /// The titles of what an entry is related to.
    fn related(&self, items: &[(usize, String, Item)], number: usize) -> Vec<String> {
        let Some((.., Item::Draft(draft))) = items.get(number) else {
            return Vec::new();
        };
        let own = items[number].2.title();
        let title = |reference: &Reference| {
            self.find(reference)
                .map(|entry| items[entry].2.title().to_string())
        };
        let named = draft
            .related
            .iter()
            .filter_map(|reference| match title(reference) {
                None if reference.is_web() => None,
                None => Some(reference.text.clone()),
                found => found,
            });
        let mut related = unique(named, own);
        if related.is_empty() {
            related = unique(draft.links.iter().filter_map(title), own);
        }
        related
    }
}

/// Titles without the entry's own and without repetition.
fn unique(titles: impl Iterator<Item = String>, own: &str) -> Vec<String> {
    let mut seen = HashSet::from([fold(own), String::new()]);
    titles
        .filter(|title| seen.insert(fold(title)))
        .take(MAX_RELATED)
        .collect()
}

/// Makes an entry in the native layout of what was read.
fn finish(slug: String, mut draft: Draft, related: Vec<String>) -> Entry {
    let related: Vec<String> = related.iter().map(|title| one_line(title)).collect();
    if draft.summary.is_empty() && draft.in_depth.is_empty() && draft.eli5.is_empty() {
        draft.summary = format!("See {}.", related.join(", "));
    }
    let front = &mut draft.front;
    front.title = one_line(&front.title);
    front.aliases.truncate(MAX_NAMES);
    for text in front
        .aliases
        .iter_mut()
        .chain(&mut front.tags)
        .chain(&mut front.keywords)
    {
        *text = one_line(text);
    }
    let mut text = skeleton::front_matter(front);
    let mut depths = [const { None }; 3];
    for (depth, section) in
        Depth::ALL
            .into_iter()
            .zip([&draft.summary, &draft.eli5, &draft.in_depth.join("\n\n")])
    {
        if !section.trim().is_empty() {
            let start = begin_section(&mut text, depth.heading());
            text.push_str(demoted(&printable(section)).trim());
            text.push('\n');
            depths[depth as usize] = Some(start..text.len());
        }
    }
    let mut range = None;
    if !related.is_empty() {
        let start = begin_section(&mut text, RELATED);
        related
            .iter()
            .for_each(|title| text.push_str(&format!("- {title}\n")));
        range = Some(start..text.len());
    }
    Entry {
        slug,
        front: draft.front,
        related,
        sections: Sections::at(depths, range),
        text,
    }
}

/// Writes a heading; gives where its section begins.
fn begin_section(text: &mut String, heading: &str) -> usize {
    text.push_str("\n### ");
    text.push_str(heading);
    text.push('\n');
    let start = text.len();
    text.push('\n');
    start
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|&c| !is_unprintable(c))
        .collect()
}

/// A text whose headings begin no section.
fn demoted(markdown: &str) -> String {
    let headings = headings(markdown);
    let top = headings
        .iter()
        .map(|heading| heading.level)
        .min()
        .unwrap_or(1);
    let mut text = String::new();
    let mut at = 0;
    for heading in &headings {
        let level = HEADING_LEVEL + usize::from(heading.level > top);
        text.push_str(&markdown[at..heading.start]);
        text.push_str(&"#".repeat(level));
        at = heading.start + heading.level;
    }
    text + &markdown[at..]
}
