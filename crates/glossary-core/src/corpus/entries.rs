//! The entries of a corpus, by their ids.
//!
//! An entry is visible unless a nearer layer replaces or hides its slug.

use std::path::PathBuf;

use super::{Corpus, Glossary, Id, Layer};
use crate::entry::Entry;
use crate::entry::key::fold;
use crate::entry::names::Kind;
use crate::error::{Error, Result};
use crate::index::reader::Index;
use crate::index::record::Head;
use crate::index::{self, Section};

impl Layer {
    /// Asks the index; an error names the glossary.
    pub(super) fn ask<'l, T>(
        &'l self,
        question: impl FnOnce(&'l Index) -> std::result::Result<T, index::Error>,
    ) -> Result<T> {
        question(&self.index).map_err(|error| self.damaged(error))
    }

    /// The error for a glossary that cannot be read.
    pub(super) fn damaged(&self, error: index::Error) -> Error {
        Error::Glossary {
            name: self.glossary.name.clone(),
            error,
        }
    }

    /// Whether an entry of this layer replaces or hides the slug with a key in the layers beneath.
    fn covers_slug(&self, key: &str) -> Result<bool> {
        self.ask(|index| {
            let names = index.dictionary(Section::Names)?.get(key)?;
            Ok(names.iter().any(|name| name.tag == Kind::Slug as u8)
                || !index.dictionary(Section::Hidden)?.get(key)?.is_empty())
        })
    }
}

impl Corpus {
    /// An entry.
    pub fn entry(&self, id: Id) -> Result<Entry> {
        self.layer(id).ask(|index| Ok(index.entry(id.number)?.0))
    }

    /// An entry with an empty text. Reading it takes less time where only its names are of interest.
    pub fn entry_without_text(&self, id: Id) -> Result<Entry> {
        self.layer(id).ask(|index| index.names(id.number))
    }

    /// The path of an entry's file; `None` for an entry in a pack or in the binary.
    pub fn path(&self, id: Id) -> Result<Option<PathBuf>> {
        let layer = self.layer(id);
        let (_, path) = layer.ask(|index| index.entry(id.number))?;
        Ok(layer.glossary.folder().map(|folder| folder.join(path)))
    }

    /// What a list shows of an entry.
    pub fn head(&self, id: Id) -> Result<Head<'_>> {
        self.layer(id).ask(|index| index.head(id.number))
    }

    /// The topics of an entry.
    pub fn topics(&self, id: Id) -> Result<Vec<String>> {
        self.layer(id).ask(|index| {
            let head = index.head(id.number)?;
            Ok(head.tags()?.into_iter().map(str::to_string).collect())
        })
    }

    /// The name of the glossary that an entry is from.
    #[must_use]
    pub fn source(&self, id: Id) -> &str {
        &self.layer(id).glossary.name
    }

    /// The glossaries that are consulted, the nearest first.
    pub fn glossaries(&self) -> impl Iterator<Item = &Glossary> {
        self.layers.iter().map(|layer| &layer.glossary)
    }

    /// The visible entries.
    pub fn ids(&self) -> Result<Vec<Id>> {
        let mut ids = Vec::new();
        for (layer, of_layer) in self.layers.iter().enumerate() {
            for number in 0..of_layer.index.len() {
                let id = Id { layer, number };
                if self.is_visible(id)? {
                    ids.push(id);
                }
            }
        }
        Ok(ids)
    }

    /// The visible entries, sorted by slug.
    pub fn all(&self) -> Result<Vec<(Id, Head<'_>)>> {
        let mut all = Vec::new();
        for (layer, of_layer) in self.layers.iter().enumerate() {
            for number in 0..of_layer.index.len() {
                let id = Id { layer, number };
                let head = self.head(id)?;
                if !self.is_slug_covered(id, &head.slug)? {
                    all.push((id, head));
                }
            }
        }
        if self.layers.len() > 1 {
            all.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
        }
        Ok(all)
    }

    /// The visible entries of a topic, sorted by slug.
    pub fn all_tagged(&self, topic: &str) -> Result<Vec<(Id, Head<'_>)>> {
        let mut all = Vec::new();
        for id in self.tagged(topic)? {
            all.push((id, self.head(id)?));
        }
        all.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
        Ok(all)
    }

    /// Whether no nearer layer replaces or hides an entry.
    pub fn is_visible(&self, id: Id) -> Result<bool> {
        Ok(id.layer == 0 || !self.is_slug_covered(id, &self.head(id)?.slug)?)
    }

    fn is_slug_covered(&self, id: Id, slug: &str) -> Result<bool> {
        let nearer = &self.layers[..id.layer];
        if nearer.is_empty() {
            return Ok(false);
        }
        let key = fold(slug);
        for layer in nearer {
            if layer.covers_slug(&key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn layer(&self, id: Id) -> &Layer {
        &self.layers[id.layer]
    }
}
