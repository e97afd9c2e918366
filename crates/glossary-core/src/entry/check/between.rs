//! Entries beside one another: names that collide, references that lead nowhere, relations, circles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{MOST_ALIKE, NameLookup, Page, RELATED_TERMS};
use crate::entry::Entry;
use crate::entry::key::{canonical, fold};
use crate::entry::markdown;
use crate::entry::names::{Name, split_title};
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::entry::sections::Depth;

/// Which entries each name leads to, among the entries under check and beneath them.
pub(super) struct NameTable<'e> {
    slugs: BTreeMap<&'e str, usize>,
    owners: HashMap<String, BTreeSet<&'e str>>,
    known: &'e dyn NameLookup,
}

impl<'e> NameTable<'e> {
    pub(super) fn of(entries: &[&'e Entry], known: &'e dyn NameLookup) -> Self {
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

    pub(super) fn check_names(&self, page: &mut Page<'_>) {
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

    pub(super) fn check_references(&self, page: &mut Page<'_>) {
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
pub(super) fn relations(entries: &[&Entry], names: &NameTable<'_>) -> Vec<(usize, Problem)> {
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
pub(super) fn circles(entries: &[&Entry], known: &dyn NameLookup) -> Vec<(usize, Problem)> {
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
