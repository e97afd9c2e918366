//! Analyzing entries for an index.

use super::record;
use super::schema::{
    BACKLINKS, Field, HIDDEN, NAME_WORDS, NAMES, NamePayload, Payload, Section, TAGS, TERMS,
};
use super::term_vector::TermCounter;
use crate::entry::Entry;
use crate::entry::names::Kind;
use crate::entry::normalize::{bigrams, canonical, canonical_word, fold};

/// Where the texts of entries are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStorage {
    /// In the index, after each record.
    Inside,
    /// Elsewhere; the reader of the index gets them separately.
    Outside,
}

/// An entry as it is indexed.
#[derive(Debug, Default)]
pub struct IndexedDocument {
    /// The record; `None` if the file only hides a slug.
    pub record: Option<Vec<u8>>,
    /// The keys that lead to the entry.
    pub keys: IndexKeys,
    /// Its length: the weight of all its words outside names.
    pub norm: u8,
}

/// Keys, each with its section and payload.
#[derive(Debug, Default)]
pub struct IndexKeys {
    /// All keys, one after the other.
    text: String,
    /// The section of each key, where the key ends, and its payload.
    ends: Vec<(Section, usize, u8)>,
}

impl IndexKeys {
    fn push<P: Payload>(&mut self, field: Field<P>, key: &str, payload: P) {
        self.text.push_str(key);
        self.ends
            .push((field.section, self.text.len(), payload.to_byte()));
    }

    /// The section, the key, and the payload of each.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str, u8)> {
        let mut start = 0;
        self.ends.iter().map(move |&(section, end, payload)| {
            let key = self.text.get(start..end).unwrap_or_default();
            start = end;
            (section, key, payload)
        })
    }
}

/// Analyzes entries, one after the other.
#[derive(Debug)]
pub struct Analyzer {
    texts: TextStorage,
    terms: TermCounter,
}

impl Analyzer {
    /// An analyzer whose documents hold the texts of entries, or do not.
    #[must_use]
    pub fn new(texts: TextStorage) -> Self {
        let terms = TermCounter::default();
        Self { texts, terms }
    }

    /// Analyzes an entry that starts on a line of a file. `path` is relative to the folder.
    pub fn analyze(&mut self, entry: &Entry, path: &str, line: usize) -> IndexedDocument {
        let mut keys = IndexKeys::default();
        if entry.front.hidden {
            keys.push(HIDDEN, &fold(&entry.slug), ());
            return IndexedDocument {
                keys,
                ..IndexedDocument::default()
            };
        }
        let gloss = entry.gloss();
        let emit = |stem: &str, weight| keys.push(TERMS, stem, weight);
        let norm = self.terms.count(entry, &gloss, emit);
        push_names(&mut keys, entry);
        for title in &entry.related {
            keys.push(BACKLINKS, &canonical(title), ());
        }
        for tag in &entry.front.tags {
            keys.push(TAGS, tag, ());
        }
        let mut record = Vec::with_capacity(2 * entry.text.len());
        record::put(&mut record, entry, &gloss, path, line);
        if self.texts == TextStorage::Inside {
            record::put_entry_text(&mut record, entry);
        }
        IndexedDocument {
            record: Some(record),
            keys,
            norm,
        }
    }
}

fn push_names(keys: &mut IndexKeys, entry: &Entry) {
    for name in entry.names() {
        let key = fold(&name.text);
        let variant = canonical(&name.text);
        let payload = |is_variant| NamePayload {
            kind: name.kind,
            is_variant,
        };
        keys.push(NAMES, &key, payload(false));
        if variant != key {
            keys.push(NAMES, &variant, payload(true));
        }
        if name.kind != Kind::Slug {
            for word in bigrams(&name.text) {
                keys.push(NAME_WORDS, &canonical_word(word), ());
            }
        }
    }
}
