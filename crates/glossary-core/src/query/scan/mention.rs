//! The terms that texts mention, with everything that a list of them shows.

use rustc_hash::FxHashMap;

use super::{Position, Use};
use crate::corpus::{Corpus, Id};
use crate::entry::Entry;
use crate::entry::names::Title;
use crate::error::Result;

/// A term that texts mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The entry that explains it.
    pub entry: Entry,
    /// The title of the entry.
    pub title: Title,
    /// The name of the glossary that the entry is from.
    pub source: String,
    /// The file of the first mention.
    pub file: String,
    /// The place of the first mention.
    pub position: Position,
    /// The words of the first mention.
    pub words: String,
    /// How many characters the first mention takes up.
    pub length: usize,
    /// The number of mentions in all files.
    pub count: usize,
}

impl Mention {
    /// A mention at one place.
    pub fn read(corpus: &Corpus, file: &str, found: &Use) -> Result<Self> {
        let entry = corpus.entry(found.id)?;
        Ok(Self {
            title: Title::parse(&entry.front.title),
            entry,
            source: corpus.source(found.id).to_string(),
            file: file.to_string(),
            position: found.position,
            words: found.words.clone(),
            length: found.length,
            count: 1,
        })
    }
}

/// Counts mentions, each term once.
#[derive(Debug, Default)]
pub struct Mentions {
    mentions: Vec<Mention>,
    /// The position of each term among them.
    positions: FxHashMap<Id, usize>,
}

impl Mentions {
    /// Counts a mention.
    pub fn add(&mut self, corpus: &Corpus, file: &str, found: &Use) -> Result<()> {
        if let Some(&at) = self.positions.get(&found.id) {
            self.mentions[at].count += 1;
        } else {
            self.positions.insert(found.id, self.mentions.len());
            self.mentions.push(Mention::read(corpus, file, found)?);
        }
        Ok(())
    }

    /// The terms in the order of their first mentions.
    #[must_use]
    pub fn into_vec(self) -> Vec<Mention> {
        self.mentions
    }
}
