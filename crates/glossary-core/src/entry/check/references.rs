//! Several entries: names that collide, references that lead nowhere, relations, circles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Checker, MAX_ALIKE, NameLookup, RELATED_TERMS};
use crate::entry::Entry;
use crate::entry::diagnostic::Place;
use crate::entry::markdown;
use crate::entry::names::split_title;
use crate::entry::normalize::{canonical, fold};
use crate::entry::rule::Rule;
use crate::entry::sections::Depth;

/// The entries that are checked, with their names and those of the layers beneath.
pub(super) struct Neighbors<'e> {
    entries: &'e [&'e Entry],
    by_slug: BTreeMap<&'e str, usize>,
    by_name: HashMap<String, BTreeSet<&'e str>>,
    /// The slugs of the other entries that each entry lists as related.
    related: Vec<BTreeSet<String>>,
    /// The slugs of all entries that others list.
    listed: BTreeSet<String>,
    beneath: &'e dyn NameLookup,
}

impl<'e> Neighbors<'e> {
    pub(super) fn new(entries: &'e [&'e Entry], beneath: &'e dyn NameLookup) -> Self {
        let mut by_name: HashMap<String, BTreeSet<&str>> = HashMap::new();
        for entry in entries {
            for name in entry.names() {
                for key in [fold(&name.text), canonical(&name.text)] {
                    by_name.entry(key).or_default().insert(&entry.slug);
                }
            }
        }
        let slugs = entries.iter().enumerate();
        let mut neighbors = Self {
            entries,
            by_slug: slugs
                .map(|(number, entry)| (&*entry.slug, number))
                .collect(),
            by_name,
            related: Vec::new(),
            listed: BTreeSet::new(),
            beneath,
        };
        for entry in entries {
            let slugs = entry
                .related
                .iter()
                .flat_map(|title| neighbors.owners(title));
            let others: BTreeSet<String> = slugs.filter(|slug| *slug != entry.slug).collect();
            neighbors.listed.extend(others.iter().cloned());
            neighbors.related.push(others);
        }
        neighbors
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
        match keys.iter().find_map(|key| self.by_name.get(key)) {
            Some(slugs) => slugs.iter().map(ToString::to_string).collect(),
            None => self.beneath.owners(name),
        }
    }

    fn exists(&self, slug: &str) -> bool {
        self.by_slug.contains_key(slug)
            || self.beneath.owners(slug).iter().any(|owner| owner == slug)
    }

    fn requires(&self, slug: &str) -> Vec<String> {
        match self.by_slug.get(slug) {
            Some(&number) => self.entries[number].front.requires.clone(),
            None => self.beneath.requires(slug),
        }
    }

    /// The names that an entry shares with others.
    pub(super) fn check_names(&self, checker: &mut Checker<'_>) {
        let entry = checker.entry;
        let homonyms = &entry.front.homonyms;
        let declared: BTreeSet<String> = homonyms.iter().map(|name| canonical(name)).collect();
        let mut shared = BTreeSet::new();
        for name in entry.names() {
            let keys = [fold(&name.text), canonical(&name.text)];
            let mut owners = keys
                .iter()
                .filter_map(|key| self.by_name.get(key))
                .flatten();
            let Some(other) = owners.find(|slug| **slug != entry.slug) else {
                continue;
            };
            let key = canonical(&name.text);
            if shared.insert(key.clone()) && !declared.contains(&key) {
                let name = &name.text;
                let message = format!(
                    "“{name}” is also a name of `{other}`; drop it, or list it under `homonyms` in both"
                );
                checker.report(Rule::NameTaken, checker.key("title"), message);
            }
        }
        for name in homonyms
            .iter()
            .filter(|name| !shared.contains(&canonical(name)))
        {
            let message = format!("no other entry has the name “{name}”; take it off the list");
            checker.report(Rule::UnusedHomonym, checker.key("homonyms"), message);
        }
    }

    /// The slugs and titles that an entry refers to.
    pub(super) fn check_references(&self, checker: &mut Checker<'_>) {
        let entry = checker.entry;
        for slug in entry
            .front
            .requires
            .iter()
            .filter(|slug| !self.exists(slug))
        {
            let message = format!("no entry `{slug}`; write its slug, or the entry");
            checker.report(Rule::RequiresUnknown, checker.key("requires"), message);
        }
        for title in &entry.related {
            let (rule, message) = match self.owners(title).as_slice() {
                [] => {
                    let message = format!("no entry is called “{title}”; use a name that exists");
                    (Rule::RelatedUnknown, message)
                }
                [slug] if *slug == entry.slug => {
                    let message = format!("“{title}” is this entry; take it off the list");
                    (Rule::RelatedSelf, message)
                }
                [_] => continue,
                [one, .., other] => {
                    let message = format!("“{title}” may be `{one}` or `{other}`; use the title");
                    (Rule::RelatedAmbiguous, message)
                }
            };
            checker.report(
                rule,
                checker.within(entry.sections.related(), title),
                message,
            );
        }
        for depth in Depth::ALL {
            let mut links = BTreeSet::new();
            let blocks = markdown::parse(entry.section(depth).unwrap_or_default());
            markdown::each_run(&blocks, &mut |run| links.extend(run.link.clone()));
            links.retain(|link| {
                let is_internal = !link.contains(':') && !link.starts_with(['/', '#', '.']);
                is_internal && !self.exists(link)
            });
            for link in links.iter().take(MAX_ALIKE) {
                let message = format!("no entry `{link}`; link a slug that exists");
                let place = checker.in_section(depth, &format!("({link})"));
                checker.report(Rule::LinkUnknown, place, message);
            }
        }
    }

    /// An entry that no other lists as related, and relations that only one side lists.
    pub(super) fn check_relations(&self, checker: &mut Checker<'_>) {
        let entry = checker.entry;
        let is_listed_beneath = || entry.names().any(|name| self.beneath.mentions(&name.text));
        if !self.listed.contains(&entry.slug) && !is_listed_beneath() {
            let message = "no other entry lists it as related; add it to one that should";
            checker.report(Rule::Orphan, Place::START, message);
        }
        let Some(&number) = self.by_slug.get(entry.slug.as_str()) else {
            return;
        };
        for other in self.related[number]
            .iter()
            .filter_map(|slug| self.by_slug.get(&**slug))
        {
            let (other, lists) = (self.entries[*other], &self.related[*other]);
            // A list that is full cannot take one more.
            let has_room = other.related.len() < *RELATED_TERMS.end();
            if has_room && !lists.contains(&entry.slug) {
                let title = &other.front.title;
                let message = format!("lists “{title}” as related, but “{title}” does not list it");
                let place = checker.within(entry.sections.related(), "");
                checker.report(Rule::OneSided, place, message);
            }
        }
    }

    /// An entry that requires itself, directly or through others.
    pub(super) fn check_circles(&self, checker: &mut Checker<'_>) {
        let slug = &checker.entry.slug;
        let mut came_from: BTreeMap<String, String> = BTreeMap::new();
        let mut open = vec![slug.clone()];
        while let Some(current) = open.pop() {
            for next in self.requires(&current) {
                if !came_from.contains_key(&next) {
                    came_from.insert(next.clone(), current.clone());
                    open.push(next);
                }
            }
        }
        if came_from.contains_key(slug) {
            let mut path = vec![slug.as_str()];
            while path.len() == 1 || path.last() != Some(&slug.as_str()) {
                path.push(&came_from[path[path.len() - 1]]);
            }
            path.reverse();
            let message = format!("requires itself: {}; remove one of them", path.join(" → "));
            checker.report(Rule::RequiresCircle, checker.key("requires"), message);
        }
    }
}
