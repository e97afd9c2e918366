//! Data files: YAML, JSON, and tables of comma- or tab-separated values.

use super::draft::Draft;
use super::fields::{Fields, columns};
use super::prepare::near;
use super::words::{Role, is_in};
use super::{File, Reading};
use crate::entry::diagnostic::{Diagnostic, Place};
use crate::entry::normalize::fold;
use crate::entry::rule::Rule;
use crate::entry::value::{Invalid, Map, Value};

/// How deep a glossary may be under keys such as `terms`, or under letters.
const MAX_DEPTH: usize = 4;

/// An item is at most this long, in bytes, for its line to be found.
const MAX_ITEM: usize = 16 * 1024;

/// Reads YAML.
pub(super) fn yaml(file: &File, text: &str) -> Result<Reading, Diagnostic> {
    tree(file, text, "YAML", Value::from_yaml(text))
}

/// Reads JSON.
pub(super) fn json(file: &File, text: &str) -> Result<Reading, Diagnostic> {
    let value = Value::from_json(text).map(|(value, _)| value);
    tree(file, text, "JSON", value)
}

type Parsed = Result<Value, Invalid>;

fn tree(file: &File, text: &str, format: &str, value: Parsed) -> Result<Reading, Diagnostic> {
    let value = value.map_err(|error| {
        let message = format!("invalid {format}: {}", error.reason);
        Diagnostic::new(Rule::Data, Place::at(text, error.byte), message)
    })?;
    let message = "no glossary; write a list of items with the keys `term` and `definition`";
    let unknown = Diagnostic::new(Rule::Data, Place::START, message);
    let items = items(&value, 0).ok_or(unknown)?;
    let mut reading = Reading::default();
    if !file.is_called_glossary() && !items.iter().any(is_sure) {
        return Ok(reading);
    }
    let (mut at, mut line) = (0, 1);
    for (number, item) in items.iter().enumerate() {
        let title = Fields::new(item).title().unwrap_or_default();
        let rest = text.get(at..).unwrap_or_default();
        if let Some(found) = near(rest, MAX_ITEM).find(&title) {
            line += rest[..found].matches('\n').count();
            at += found + title.len();
        }
        reading.take_fields(item, line, &format!("item {}", number + 1));
    }
    let is_one = matches!(&value, Value::Map(map) if is_entry(map));
    if let (true, [draft]) = (is_one, reading.drafts.as_mut_slice()) {
        draft.slug.clone_from(&file.name);
        draft.is_page = true;
    }
    Ok(reading)
}

/// The items of a glossary in a value: of a list, of a map from names to texts or maps, of one of these
/// under a key for a glossary or under letters, or a map that is itself an entry.
fn items(value: &Value, depth: usize) -> Option<Vec<Map>> {
    let mut found = Vec::new();
    let map = match value {
        Value::Map(map) if is_entry(map) => return Some(vec![localized(map)]),
        Value::Map(map) if depth < MAX_DEPTH => map,
        Value::List(values) => {
            for value in values {
                if let Value::Map(map) = value {
                    found.push(localized(map));
                }
            }
            return found.iter().any(is_entry).then_some(found);
        }
        _ => return None,
    };
    for (key, value) in map {
        if is_in(&fold(key), "container")
            && let Some(items) = items(value, depth + 1)
        {
            return Some(items);
        }
    }
    let are_letters = map.iter().all(|(key, _)| key.chars().count() == 1);
    for (name, value) in map {
        let mut item = match value {
            Value::Map(_) | Value::List(_) if are_letters => {
                found.extend(items(value, depth + 1)?);
                continue;
            }
            Value::Text(text) => vec![("meaning".to_string(), Value::Text(text.clone()))],
            Value::Map(inner) => localized(inner),
            Value::Null => Map::new(),
            _ => return None,
        };
        let has_title = !Fields::new(&item).texts(Role::Term).is_empty();
        let key = if has_title { "slug" } else { "name" };
        item.push((key.to_string(), Value::Text(name.clone())));
        found.push(item);
    }
    found.iter().any(is_entry).then_some(found)
}

/// Whether a map is an entry: it has a name, and a text or relations.
fn is_entry(map: &Map) -> bool {
    let map = localized(map);
    let fields = Fields::new(&map);
    let explains = fields.has_text() || !fields.texts(Role::Related).is_empty();
    explains && fields.title().is_some()
}

/// Whether a map is an entry of a glossary for sure.
fn is_sure(map: &Map) -> bool {
    let keys = map.iter().filter(|(_, value)| *value != Value::Null);
    is_entry(map) && { keys }.any(|(key, _)| is_in(&fold(key), "sure-key"))
}

/// An item with a map of each language: the keys of `en`, or else of the first, and the names of all.
fn localized(map: &Map) -> Map {
    let mut item = Map::new();
    let mut shown: Option<&Map> = None;
    for (key, value) in map {
        match value {
            Value::Map(inner) if key.len() <= 5 && Fields::new(inner).title().is_some() => {
                shown = shown.filter(|_| key != "en").or(Some(inner));
                let title = Fields::new(inner).title().unwrap_or_default();
                item.push(("aka".to_string(), Value::Text(title)));
            }
            _ => item.push((key.clone(), value.clone())),
        }
    }
    item.extend(shown.into_iter().flatten().cloned());
    item
}

/// Reads values that are separated by commas, semicolons, or tabs.
pub(super) fn table(file: &File, text: &str) -> Result<Reading, Diagnostic> {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(count);
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true);
    reader.delimiter(separator.unwrap_or(b','));
    let rows = reader.from_reader(text.as_bytes()).into_records();
    let mut rows = rows.filter_map(Result::ok);
    let header = rows.next().unwrap_or_default();
    let names: Vec<String> = header.iter().map(|name| name.trim().to_string()).collect();
    let message = "no header with a term and its text; write `term,definition` above";
    let unknown = Diagnostic::new(Rule::Data, Place::START, message);
    let keys = columns(&names).ok_or(unknown)?;
    let mut reading = Reading::default();
    if !file.is_called_glossary() && !keys.iter().any(|key| is_in(&fold(key), "sure-key")) {
        return Ok(reading);
    }
    for row in rows {
        let line = row.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(1);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() != keys.len() {
            let (count, keys) = (row.len(), keys.len());
            let message = format!("{count} fields, {keys} in the header; quote what holds commas");
            reading.warn(line, message);
        }
        let cells = row.iter().map(|cell| Value::Text(cell.trim().to_string()));
        reading.take_fields(&keys.iter().cloned().zip(cells).collect(), line, "row");
    }
    Ok(reading)
}

impl Reading {
    /// Adds the entry of some fields, or a warning that they have no entry.
    fn take_fields(&mut self, map: &Map, line: usize, what: &str) {
        let fields = Fields::new(map);
        if fields.is_draft() {
            return;
        }
        let Some(title) = fields.title() else {
            return self.warn(line, format!("{what} has no term; write it under `term`"));
        };
        let mut draft = Draft::new(&title, line);
        fields.fill(&mut draft);
        fields.show_others(&mut draft);
        self.take(draft);
    }
}
