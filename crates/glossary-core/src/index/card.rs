//! What one entry brings to an index.
//!
//! Owns what is indexed under which key. It must not know of other entries nor where the index is
//! written, so that cards can be written by many at once.

use super::builder::{Texts, VARIANT};
use super::bytes::put_text;
use super::{Section, record, terms};
use crate::entry::Entry;
use crate::entry::key::{canonical, canonical_word, fold, words};
use crate::entry::names::Kind;

/// All that can be worked out of an entry by itself.
#[derive(Debug)]
pub enum Card {
    /// Of an entry.
    Entry {
        /// Its record, with its text where texts are inside.
        record: Vec<u8>,
        /// The keys under which it stands.
        keys: Keys,
        /// What it says.
        words: terms::Words,
    },
    /// Of what takes an entry out of the layers below: the key of its slug.
    Hidden(String),
}

/// Keys with the dictionary of each and its tag there.
#[derive(Debug, Default)]
pub struct Keys {
    /// All keys, one behind the other.
    text: String,
    /// Of each key the dictionary, the byte at which the key ends, and its tag.
    ends: Vec<(Section, usize, u8)>,
}

impl Keys {
    fn push(&mut self, section: Section, key: &str, tag: u8) {
        self.text.push_str(key);
        self.ends.push((section, self.text.len(), tag));
    }

    /// Of each key the dictionary, itself, and its tag.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str, u8)> {
        let mut start = 0;
        self.ends.iter().map(move |&(section, end, tag)| {
            let key = self.text.get(start..end).unwrap_or_default();
            start = end;
            (section, key, tag)
        })
    }
}

/// Writes the cards of an index.
#[derive(Debug)]
pub struct Scribe {
    texts: Texts,
    words: terms::Reader,
}

impl Scribe {
    /// Writes for an index that keeps texts so, and whose words are read by `words`.
    #[must_use]
    pub fn new(texts: Texts, words: terms::Reader) -> Self {
        Self { texts, words }
    }

    /// The card of an entry, whose file lies at `path`.
    pub fn card(&mut self, entry: &Entry, path: &str) -> Card {
        if entry.front.hidden {
            return Card::Hidden(fold(&entry.slug));
        }
        let mut record = Vec::with_capacity(2 * entry.text.len());
        let gloss = entry.gloss();
        record::put(&mut record, entry, &gloss, path);
        if self.texts == Texts::Inside {
            put_text(&mut record, &entry.text);
        }
        Card::Entry {
            record,
            keys: keys(entry),
            words: self.words.read(entry, &gloss),
        }
    }
}

fn keys(entry: &Entry) -> Keys {
    let mut keys = Keys::default();
    for name in entry.names() {
        let key = fold(&name.text);
        let variant = canonical(&name.text);
        keys.push(Section::Names, &key, name.kind as u8);
        if variant != key {
            keys.push(Section::Names, &variant, name.kind as u8 | VARIANT);
        }
        if name.kind != Kind::Slug {
            for word in words(&name.text) {
                keys.push(Section::NameWords, &canonical_word(word), name.kind as u8);
            }
        }
    }
    for title in &entry.related {
        keys.push(Section::Backlinks, &canonical(title), 0);
    }
    for tag in &entry.front.tags {
        keys.push(Section::Tags, tag, 0);
    }
    keys
}
