//! All files of a glossary together: slugs that are taken, and what relations lead to.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::Reading;
use super::draft::Draft;
use crate::entry::diagnostic::{Diagnostic, Place};
use crate::entry::names::split_title;
use crate::entry::normalize::fold;
use crate::entry::related::{MAX_RELATED, Reference};
use crate::entry::rule::Rule;
use crate::entry::{Entry, template};

/// An entry has at most this many names beside its title.
const MAX_NAMES: usize = 64;

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
pub fn resolve(files: Vec<(PathBuf, Reading)>) -> (Vec<Resolved>, Vec<(usize, Diagnostic)>) {
    let mut problems = Vec::new();
    let mut slugs: HashMap<String, usize> = HashMap::new();
    let mut drafts: Vec<(usize, Draft)> = Vec::new();
    let mut paths = Vec::new();
    let (mut pages, mut many) = (Vec::new(), Vec::new());
    for (file, (path, reading)) in files.into_iter().enumerate() {
        problems.extend(reading.problems.into_iter().map(|problem| (file, problem)));
        paths.push(path);
        for draft in reading.drafts {
            let list = if draft.is_page { &mut pages } else { &mut many };
            list.push((file, draft));
        }
    }
    // The file of “CSS” is `css` rather than that of “Block (CSS)” in `block/css`.
    pages.sort_by_key(|(_, draft)| slug_of_headword(draft) != draft.slug);
    for (file, mut draft) in pages {
        let first = slugs.get(&draft.slug).map(|&first| &drafts[first]);
        match first.map(|(other, first)| (other, fold(&first.front.title))) {
            Some((&other, title)) if title == fold(&draft.front.title) => {
                let first = paths[other].display();
                let message = format!("`{first}` has this slug as well; rename one");
                let problem = Diagnostic::new(Rule::DuplicateSlug, Place::START, message);
                problems.push((file, problem));
            }
            Some(_) => {
                draft.slug.clear();
                many.push((file, draft));
            }
            None => {
                slugs.insert(draft.slug.clone(), drafts.len());
                drafts.push((file, draft));
            }
        }
    }
    for (file, mut draft) in many {
        // The slug that it was given, else of the headword, of the whole title, or with a number.
        let whole = template::any_slug(&draft.front.title);
        let numbers = (2..100).chain(slugs.len()..);
        let numbered = numbers.map(|number| format!("{whole}-{number}"));
        let given = [draft.slug.clone(), slug_of_headword(&draft), whole.clone()];
        let mut free = given.into_iter().chain(numbered);
        let free = free.find(|slug| !slug.is_empty() && !slugs.contains_key(slug));
        draft.slug = free.unwrap_or_default();
        slugs.insert(draft.slug.clone(), drafts.len());
        drafts.push((file, draft));
    }
    let names = names(&drafts);
    let resolved = drafts
        .into_iter()
        .map(|(file, draft)| finish(file, draft, &names));
    (resolved.collect(), problems)
}

/// The slug that the title of an entry without its acronym gives.
fn slug_of_headword(draft: &Draft) -> String {
    template::any_slug(&split_title(&draft.front.title).0)
}

/// The title of the entry that each name leads to: slugs come before titles, and those before aliases.
fn names(drafts: &[(usize, Draft)]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut add = |name: &str, draft: &Draft| {
        let title = || draft.front.title.clone();
        names.entry(fold(name)).or_insert_with(title);
    };
    for (_, draft) in drafts {
        add(&draft.slug, draft);
    }
    for (_, draft) in drafts {
        add(&draft.front.title, draft);
        add(&split_title(&draft.front.title).0, draft);
    }
    for (_, draft) in drafts {
        draft.front.aliases.iter().for_each(|name| add(name, draft));
    }
    names
}

/// The titles of what an entry is related to: what it names, or else the entries that its text links to.
fn related(draft: &Draft, names: &HashMap<String, String>) -> Vec<String> {
    let find = |reference: &Reference| {
        let mut found = reference.names().filter_map(|name| names.get(&fold(name)));
        found.next().cloned()
    };
    let mut seen = HashSet::from([fold(&draft.front.title), String::new()]);
    let mut related = Vec::new();
    for reference in &draft.related {
        let name = Some(reference.text.clone()).filter(|_| !reference.is_web());
        let title = find(reference).or(name);
        related.extend(title.filter(|title| seen.insert(fold(title))));
    }
    if related.is_empty() {
        let linked = draft.links.iter().filter_map(find);
        related.extend(linked.filter(|title| seen.insert(fold(title))));
    }
    related.truncate(MAX_RELATED);
    related
}

/// Makes an entry in the native layout of what was read.
fn finish(file: usize, mut draft: Draft, names: &HashMap<String, String>) -> Resolved {
    let related = related(&draft, names);
    draft.front.aliases.truncate(MAX_NAMES);
    let mut texts = [draft.summary, draft.eli5, draft.in_depth.join("\n\n")];
    if texts.concat().is_empty() {
        texts[0] = format!("See {}.", related.join(", "));
    }
    let (line, is_native) = (draft.line, draft.native.is_some());
    let slug = draft.slug;
    let made = || template::entry(slug.clone(), draft.front, &texts, &related);
    let mut entry = draft.native.unwrap_or_else(made);
    entry.slug = slug;
    Resolved {
        file,
        line,
        is_native,
        entry,
    }
}
