//! Keys and columns with their values: front matter, items of data files, rows of tables.

use super::draft::Draft;
use super::prepare::prepare;
use super::words::{Role, rank, role};
use crate::entry::front_matter::is_true;
use crate::entry::outline;
use crate::entry::related::{self, Reference};
use crate::entry::value::{Map, Value};

/// The fields of one entry: roles and how strong the keys for them are, keys, and values, the strongest
/// key for each role first.
pub(super) struct Fields<'m>(Vec<(Option<Role>, Option<usize>, &'m str, &'m Value)>);

impl<'m> Fields<'m> {
    /// Reads the keys of a map.
    pub(super) fn new(map: &'m Map) -> Self {
        let mut fields = Vec::new();
        for (key, value) in map {
            let (role, rank) = rank(key).unzip();
            fields.push((role, rank, key.as_str(), value));
        }
        fields.sort_by_key(|(_, rank, ..)| *rank);
        Self(fields)
    }

    fn values(&self, role: Role) -> impl Iterator<Item = &'m Value> {
        let fields = self.0.iter().filter(move |field| field.0 == Some(role));
        fields.map(|(.., value)| *value)
    }

    /// The texts with a role that are not empty.
    pub(super) fn texts(&self, role: Role) -> Vec<String> {
        self.values(role).flat_map(texts).collect()
    }

    /// The items with a role: of lists, or of texts with commas.
    fn list(&self, role: Role) -> Vec<String> {
        let mut list = Vec::new();
        for value in self.values(role) {
            match value {
                Value::Text(text) => list.extend(related::split(text)),
                value => list.extend(texts(value)),
            }
        }
        list.retain(|text| text.contains(char::is_alphanumeric));
        list.iter().map(|text| text.trim().to_string()).collect()
    }

    /// The title: the strongest key for it, else an acronym.
    pub(super) fn title(&self) -> Option<String> {
        let titles = [self.texts(Role::Term), self.texts(Role::Names)].concat();
        titles.first().map(|title| plain(title))
    }

    /// The title that the front matter of a page gives.
    pub(super) fn page_title(&self) -> Option<String> {
        let titles = self.0.iter().filter(|field| field.0 == Some(Role::Term));
        let mut titles = titles.filter(|field| field.1 < Some(3));
        let title = titles.find_map(|(.., value)| texts(value).pop())?;
        Some(plain(&title))
    }

    /// Whether there is a text that explains.
    pub(super) fn has_text(&self) -> bool {
        let roles = [Role::Summary, Role::Text, Role::FullName, Role::Eli5];
        roles.into_iter().any(|role| !self.texts(role).is_empty())
    }

    /// Whether it is not to be shown.
    pub(super) fn is_draft(&self) -> bool {
        let is_no = |text: &String| matches!(text.to_lowercase().as_str(), "false" | "no");
        let is_yes = |text: String| is_true(&Value::Text(text));
        let is_draft = self.texts(Role::Draft).into_iter().any(is_yes);
        is_draft || self.texts(Role::Published).iter().any(is_no)
    }

    /// Adds what the fields say to an entry.
    pub(super) fn fill(&self, draft: &mut Draft) {
        for title in self.texts(Role::Term) {
            draft.add_name(&plain(&title));
        }
        for slug in self.texts(Role::Slug) {
            let last = related::page(&slug).to_string();
            if last.contains(char::is_alphabetic) {
                draft.add_name(&last);
                draft.slug = last;
            }
        }
        let mut texts = [self.texts(Role::Summary), self.texts(Role::Text)].concat();
        let mut names = self.list(Role::Names);
        if texts.is_empty() {
            texts = self.texts(Role::FullName);
        } else {
            names.extend(self.list(Role::FullName));
        }
        draft.add_names(&names);
        draft.absorb_text(&texts.join("\n\n"));
        draft.eli5.push_str(&self.texts(Role::Eli5).join("\n\n"));
        let tags = self.list(Role::Tags);
        draft.front.tags.retain(|tag| !tags.contains(tag));
        draft.front.tags.extend(tags);
        draft.front.draft |= self.is_draft();
        for text in self.list(Role::Related) {
            let text = prepare(&text, &Vec::new()).text;
            draft.related.push(Reference::parse(text.trim()));
        }
    }

    /// Adds what has no known key as text.
    pub(super) fn show_others(&self, draft: &mut Draft) {
        for (_, _, key, value) in self.0.iter().filter(|field| field.0.is_none()) {
            let text = texts(value).join(", ");
            if !text.is_empty() {
                draft.in_depth.push(format!("{key}: {text}"));
            }
        }
    }
}

/// The texts in a value: its own, those of its items, or the titles of the maps in it.
fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Map(map) => Fields::new(map).page_title(),
        value => value.text().map(str::to_string),
    };
    let mut texts: Vec<String> = match value {
        Value::List(values) => values.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    };
    texts.retain(|text| text.contains(char::is_alphanumeric));
    texts
}

/// A text of a field without marks.
fn plain(written: &str) -> String {
    let plain = outline::plain(&prepare(written, &Vec::new()).text);
    let text = Some(plain).filter(|plain| !plain.is_empty());
    text.unwrap_or_else(|| written.to_string())
}

/// The keys for the columns of a glossary; `None` if the columns are not those of one. A column whose
/// name has no meaning as a whole has that of a part or word of it.
pub(super) fn columns(names: &[String]) -> Option<Vec<String>> {
    let has_term = names.iter().any(|name| role(name) == Some(Role::Term));
    let is_key = |part: &&str| role(part).is_some_and(|role| !has_term || role != Role::Term);
    let key = |name: &String| {
        let mut parts = name.split(['/', '(', ')', ',']).chain(name.split(' '));
        let part = parts.find(is_key).filter(|_| role(name).is_none());
        part.unwrap_or(name).to_string()
    };
    let keys: Vec<String> = names.iter().map(key).collect();
    let has = |wanted: &[Role]| {
        let mut roles = keys.iter().filter_map(|key| role(key));
        roles.any(|role| wanted.contains(&role))
    };
    let has_text = has(&[Role::Text, Role::Summary, Role::FullName]);
    (has_text && has(&[Role::Term, Role::Names])).then_some(keys)
}
