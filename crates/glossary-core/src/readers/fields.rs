//! Keys and columns with their values: front matter, items of data files, rows of tables.

use super::draft::Draft;
use super::relations::{self, Reference};
use super::words::{Role, rank};
use crate::entry::front_matter::{FrontMatter, is_true};
use crate::entry::key::fold;
use crate::entry::value::{Map, Value};

/// What becomes of keys without a known meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// They are for another program.
    Ignored,
    /// They are text.
    Shown,
}

/// The fields of one entry with their meanings.
pub(super) struct Fields<'m> {
    fields: Vec<(Option<Role>, usize, &'m str, &'m Value)>,
}

impl<'m> Fields<'m> {
    /// Reads the keys of a map.
    pub(super) fn new(map: &'m Map) -> Self {
        let fields = map.iter().map(|(key, value)| match rank(key) {
            Some((role, rank)) => (Some(role), rank, key.as_str(), value),
            None => (None, 0, key.as_str(), value),
        });
        let mut fields: Vec<_> = fields.collect();
        fields.sort_by_key(|(role, rank, ..)| (*role != Some(Role::Term), *rank));
        Self { fields }
    }

    /// Whether there is a text that explains.
    pub(super) fn has_text(&self) -> bool {
        let roles = [Role::Summary, Role::Text, Role::FullName, Role::Eli5];
        roles
            .into_iter()
            .any(|role| self.texts(role).next().is_some())
    }

    /// The values with a role, the strongest key first.
    pub(super) fn get(&self, role: Role) -> impl Iterator<Item = &'m Value> {
        let fields = self
            .fields
            .iter()
            .filter(move |(known, ..)| *known == Some(role));
        fields.map(|(.., value)| *value)
    }

    /// The texts with a role that are not empty.
    pub(super) fn texts(&self, role: Role) -> impl Iterator<Item = &'m str> {
        let texts = self.get(role).flat_map(Value::texts);
        texts.filter(|text| !is_blank(text))
    }

    /// The title that the front matter of a page gives.
    pub(super) fn page_title(&self) -> Option<String> {
        let mut titles = self
            .fields
            .iter()
            .filter(|(role, rank, ..)| *role == Some(Role::Term) && *rank < 3);
        titles.find_map(|(.., value)| {
            value
                .text()
                .filter(|text| !text.trim().is_empty())
                .map(plain)
        })
    }

    /// The title: the strongest key for it, else an acronym.
    pub(super) fn title(&self) -> Option<String> {
        let mut titles = self.texts(Role::Term).chain(self.texts(Role::Names));
        titles.next().map(plain)
    }

    /// Whether it is not to be shown.
    pub(super) fn is_draft(&self) -> bool {
        let is_no = |value: &Value| {
            value
                .text()
                .is_some_and(|text| ["false", "no"].contains(&text.to_lowercase().as_str()))
        };
        self.get(Role::Draft).any(is_true) || self.get(Role::Published).any(is_no)
    }

    /// The entry of the fields; its title must be set.
    pub(super) fn fill(&self, draft: &mut Draft, others: Others) {
        for title in self.texts(Role::Term) {
            draft.add_name(&plain(title));
        }
        for slug in self.texts(Role::Slug) {
            let last = slug
                .rsplit('/')
                .find(|part| !part.is_empty())
                .unwrap_or(slug);
            if last.contains(char::is_alphabetic) {
                draft.add_name(last);
                draft.slug.get_or_insert_with(|| last.to_string());
            }
        }
        self.get(Role::Names)
            .flat_map(names)
            .for_each(|name| draft.add_name(&name));
        let explains = |role| self.texts(role).next().is_some();
        let is_explained = [Role::Summary, Role::Text].into_iter().any(explains);
        if is_explained {
            self.get(Role::FullName)
                .flat_map(names)
                .for_each(|name| draft.add_name(&name));
        }
        for tag in self.get(Role::Tags).flat_map(names) {
            if !draft.front.tags.contains(&tag) {
                draft.front.tags.push(tag);
            }
        }
        draft.front.draft |= self.is_draft();
        let references = self.get(Role::Related).flat_map(references);
        draft.related.extend(references);
        let mut texts: Vec<&str> = [Role::Summary, Role::Text]
            .into_iter()
            .flat_map(|role| self.texts(role))
            .collect();
        if !is_explained {
            texts.extend(self.texts(Role::FullName));
        }
        for text in texts {
            let document = relations::document(text);
            draft.absorb(&document, &document.nodes);
        }
        let eli5: Vec<&str> = self.texts(Role::Eli5).collect();
        draft.eli5 = eli5.join("\n\n");
        draft
            .in_depth
            .splice(0..0, self.texts(Role::InDepth).map(ToString::to_string));
        if others == Others::Shown {
            self.show_others(draft);
        }
    }

    fn show_others(&self, draft: &mut Draft) {
        for (_, _, key, value) in self.fields.iter().filter(|(role, ..)| role.is_none()) {
            let texts: Vec<&str> = value.texts().filter(|text| !is_blank(text)).collect();
            if !texts.is_empty() && !matches!(value, Value::Bool(_)) {
                let text = relations::document(&format!("{key}: {}", texts.join(", ")));
                let blocks = text.nodes.iter().map(|node| text.block(node));
                draft.in_depth.extend(blocks);
            }
        }
    }
}

/// Whether a text is nothing, or a dash that means nothing.
fn is_blank(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// A text of a field without marks.
fn plain(text: &str) -> String {
    let document = relations::document(text);
    let words = document.nodes.iter().map(|node| node.text.as_str());
    let plain = words.collect::<Vec<_>>().join(" ");
    if plain.trim().is_empty() {
        text.to_string()
    } else {
        plain
    }
}

/// The names in a value: a text with commas, a list, or maps with titles.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::List(values) => values
            .iter()
            .flat_map(|value| match value {
                Value::Map(map) => Fields::new(map).title().into_iter().collect(),
                value => value
                    .text()
                    .into_iter()
                    .flat_map(address_free)
                    .collect::<Vec<_>>(),
            })
            .collect(),
        value => value
            .text()
            .map(|text| relations::split_names(&plain(text)))
            .unwrap_or_default(),
    }
}

/// The name in an item of a list, unless it is an address or nothing.
fn address_free(text: &str) -> Option<String> {
    let names = relations::split_names(text);
    let text = text.trim();
    (!names.is_empty() && !text.starts_with('/') && !text.contains("://")).then(|| text.to_string())
}

fn references(value: &Value) -> Vec<Reference> {
    match value {
        Value::List(values) => values
            .iter()
            .flat_map(|value| match value {
                Value::Map(map) => Fields::new(map)
                    .title()
                    .and_then(|title| Reference::parse(&title)),
                value => value.text().and_then(Reference::parse),
            })
            .collect(),
        value => {
            let parts = value.text().map(relations::split).unwrap_or_default();
            parts
                .iter()
                .filter_map(|part| Reference::parse(part))
                .collect()
        }
    }
}

/// The value of a key, however it is written.
pub(super) fn get<'m>(map: &'m Map, key: &str) -> Option<&'m Value> {
    map.iter()
        .find(|(name, _)| fold(name) == key)
        .map(|(_, value)| value)
}

/// Adds the keys that only the native layout has.
pub(super) fn fill_native(draft: &mut Draft, map: &Map) {
    let front = FrontMatter::from_map(map);
    for name in &front.aliases {
        draft.add_name(name);
    }
    draft.front = FrontMatter {
        title: std::mem::take(&mut draft.front.title),
        aliases: std::mem::take(&mut draft.front.aliases),
        draft: front.draft,
        ..front
    };
}
