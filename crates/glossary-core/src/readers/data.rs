//! Data files: YAML, JSON, and tables of comma- or tab-separated values.

use super::draft::Draft;
use super::fields::{Fields, Others, get};
use super::macros::near;
use super::many::columns;
use super::words::{Role, is_in, names_glossary};
use super::{File, Item, Reading, Way};
use crate::entry::key::fold;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::entry::value::{Invalid, Map, Value};

/// Keys under which a glossary may be, folded.
const CONTAINERS: &str = "terms glossary glossaries entries items definitions words data vocabulary acronyms \
    abbreviations concepts dictionary";

/// How deep a glossary may be under such keys.
const MAX_CONTAINERS: usize = 4;

/// An item is at most this long, in bytes, for its line to be found.
const MAX_ITEM: usize = 16 * 1024;

/// How sure it is that a file is a glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// Other files look so, too.
    Weak,
    /// Only a glossary has such keys.
    Strong,
}

/// Reads YAML.
pub(super) fn yaml(file: &File<'_>, text: &str) -> Reading {
    tree(file, text, "YAML", Value::from_yaml(text))
}

/// Reads JSON.
pub(super) fn json(file: &File<'_>, text: &str) -> Reading {
    let value = Value::from_json(text).and_then(|(value, end)| match text[end..].trim() {
        "" => Ok(value),
        _ => Err(Invalid {
            reason: "text behind the value".to_string(),
            byte: end,
        }),
    });
    tree(file, text, "JSON", value)
}

fn tree(file: &File<'_>, text: &str, format: &str, value: Result<Value, Invalid>) -> Reading {
    let is_called_glossary = file.way == Way::Named || names_glossary(&file.stem);
    let refuse = |place, message: String| {
        if is_called_glossary {
            Reading::refused(Problem::new(Rule::Data, place, message))
        } else {
            Reading::default()
        }
    };
    let value = match value {
        Ok(value) => value,
        Err(error) => {
            let message = format!("invalid {format}: {}", error.reason);
            return refuse(Place::at(text, error.byte), message);
        }
    };
    let Some((items, evidence, is_one)) = items(&value, 0) else {
        let message = "no glossary; write a list of items with the keys `term` and `definition`";
        return refuse(Place::START, message.to_string());
    };
    if evidence == Evidence::Weak && !is_called_glossary {
        return Reading::default();
    }
    let mut reading = Reading {
        holds_many: !is_one,
        ..Reading::default()
    };
    let mut finder = Finder {
        text,
        at: 0,
        line: 1,
    };
    for (number, item) in items.iter().enumerate() {
        let title = Fields::new(item).title();
        let line = title.as_deref().and_then(|title| finder.line(title));
        reading.take_fields(
            item,
            line.unwrap_or(finder.line),
            &format!("item {}", number + 1),
        );
    }
    if let (true, [Item::Draft(draft)]) = (is_one, reading.items.as_mut_slice()) {
        draft.slug = Some(file.name.clone());
    }
    reading
}

/// The items of a glossary in a value, how sure it is one, and whether it is one of a single entry.
fn items(value: &Value, depth: usize) -> Option<(Vec<Map>, Evidence, bool)> {
    match value {
        Value::List(values) => {
            let maps = values.iter().filter_map(|value| match value {
                Value::Map(map) => Some(localized(map)),
                _ => None,
            });
            let maps: Vec<Map> = maps.collect();
            let evidence = maps.iter().filter_map(|map| entry(map)).max()?;
            Some((maps, evidence, false))
        }
        Value::Map(map) => {
            let is_term = map.iter().any(|(key, _)| fold(key) == "term");
            let inner = map
                .iter()
                .filter(|(key, _)| is_in(&fold(key), CONTAINERS) && !is_term);
            let mut inner = inner
                .filter(|_| depth < MAX_CONTAINERS)
                .map(|(_, value)| value);
            if let Some(found) = inner.find_map(|value| match value {
                Value::List(_) | Value::Map(_) => items(value, depth + 1),
                _ => None,
            }) {
                let (items, _, _) = found;
                return Some((items, Evidence::Strong, false));
            }
            if let Some(evidence) = entry(map) {
                return Some((vec![localized(map)], evidence, true));
            }
            let is_letter = |(key, value): &(String, Value)| {
                key.chars().count() == 1 && matches!(value, Value::List(_) | Value::Map(_))
            };
            if map.iter().all(is_letter) && !map.is_empty() && depth < MAX_CONTAINERS {
                let parts = map.iter().filter_map(|(_, value)| items(value, depth + 1));
                let parts: Vec<_> = parts.collect();
                let evidence = parts.iter().map(|(_, evidence, _)| *evidence).max()?;
                return Some((
                    parts.into_iter().flat_map(|(items, ..)| items).collect(),
                    evidence,
                    false,
                ));
            }
            by_name(map)
        }
        _ => None,
    }
}

/// The items of a map from names to texts or maps.
fn by_name(map: &Map) -> Option<(Vec<Map>, Evidence, bool)> {
    let mut evidence = None;
    let mut items = Vec::new();
    for (name, value) in map {
        let mut item = match value {
            Value::Text(text) => vec![("definition".to_string(), Value::Text(text.clone()))],
            Value::Null => Map::new(),
            Value::Map(inner) => {
                let inner = localized(inner);
                let has_text = Fields::new(&inner).has_text();
                evidence = evidence.max(has_text.then_some(Evidence::Strong));
                inner
            }
            _ => return None,
        };
        let own = Fields::new(&item).get(Role::Term).next().is_some();
        let key = if own { "slug" } else { "term" };
        item.insert(0, (key.to_string(), Value::Text(name.clone())));
        items.push(item);
    }
    let is_text = |(_, value): &(String, Value)| matches!(value, Value::Text(_));
    let evidence = evidence.or(map.iter().any(is_text).then_some(Evidence::Weak))?;
    Some((items, evidence, false))
}

/// Whether a map is an entry: it has a name, and a text or relations.
fn entry(map: &Map) -> Option<Evidence> {
    let map = localized(map);
    let fields = Fields::new(&map);
    fields.title()?;
    if !fields.has_text() && fields.get(Role::Related).next().is_none() {
        return None;
    }
    let has = |key| get(&map, key).is_some();
    let sure = ["definition", "def", "shortdefinition", "shortdescription"];
    let is_strong = has("term") || sure.iter().any(|key| has(key));
    Some(if is_strong {
        Evidence::Strong
    } else {
        Evidence::Weak
    })
}

/// An item with a map of each language: the keys of `en`, or else of the first, and the names of all.
fn localized(map: &Map) -> Map {
    let is_code = |key: &str| {
        let (language, region) = key.split_once(['-', '_']).unwrap_or((key, "xx"));
        (2..=3).contains(&language.len())
            && region.len() <= 4
            && key
                .chars()
                .all(|c| c.is_ascii_alphabetic() || "-_".contains(c))
    };
    let languages = map.iter().filter_map(|(key, value)| match value {
        Value::Map(inner) if is_code(key) && Fields::new(inner).title().is_some() => {
            Some((key, inner))
        }
        _ => None,
    });
    let languages: Vec<_> = languages.collect();
    let shown = languages
        .iter()
        .find(|(key, _)| *key == "en")
        .or(languages.first());
    let Some((shown, inner)) = shown else {
        return map.clone();
    };
    let is_other = |key: &String| !languages.iter().any(|(language, _)| *language == key);
    let mut item: Map = map
        .iter()
        .filter(|(key, _)| is_other(key))
        .cloned()
        .collect();
    item.extend(inner.iter().cloned());
    let others = languages.iter().filter(|(key, _)| key != shown);
    let names = others.filter_map(|(_, inner)| Fields::new(inner).title().map(Value::Text));
    item.push(("aliases".to_string(), Value::List(names.collect())));
    item
}

/// Reads values that are separated by commas, semicolons, or tabs.
pub(super) fn table(file: &File<'_>, text: &str) -> Reading {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| header.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok);
    let header = rows.next().unwrap_or_default();
    let Some(keys) = columns(header.iter().map(str::trim)) else {
        if file.way != Way::Named && !names_glossary(&file.stem) {
            return Reading::default();
        }
        let message = "no header with a column for the term and one for its text; write `term` and `definition` above them";
        return Reading::refused(Problem::new(Rule::Data, Place::START, message));
    };
    let mut reading = Reading {
        holds_many: true,
        ..Reading::default()
    };
    let mut is_glossary = file.way == Way::Named || names_glossary(&file.stem);
    for row in rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
        let line = row
            .position()
            .map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
        if row.len() != keys.len() {
            let message = format!(
                "{} fields, and {} in the header; quote what holds a separator",
                row.len(),
                keys.len()
            );
            reading.warn(line, message);
        }
        let cells = row.iter().map(|cell| Value::Text(cell.trim().to_string()));
        let fields: Map = keys.iter().cloned().zip(cells).collect();
        is_glossary |= entry(&fields) == Some(Evidence::Strong);
        reading.take_fields(&fields, line, "row");
    }
    if is_glossary {
        reading
    } else {
        Reading::default()
    }
}

impl Reading {
    /// Adds the entry of fields, or a warning that there is none.
    pub(super) fn take_fields(&mut self, map: &Map, line: usize, what: &str) {
        let fields = Fields::new(map);
        if fields.is_draft() {
            return;
        }
        let Some(title) = fields.title() else {
            return self.warn(line, format!("{what} has no term; write it under `term`"));
        };
        let mut draft = Draft::new(&title, line);
        fields.fill(&mut draft, Others::Shown);
        self.take(draft);
    }
}

/// Finds the lines of titles in a text, each after the one before it.
struct Finder<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Finder<'_> {
    /// The line on which a title comes next.
    fn line(&mut self, title: &str) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let found = near(rest, MAX_ITEM).find(title)?;
        self.line += rest[..found].matches('\n').count();
        self.at += found + title.len();
        Some(self.line)
    }
}
