//! The entries of a corpus by their ids.
//!
//! An entry is visible unless a nearer layer replaces or hides its slug.

use std::path::Path;

use super::layers::{Corpus, Id, Layer};
use super::source::Location;
use crate::entry::Entry;
use crate::entry::names::Kind;
use crate::entry::normalize::fold;
use crate::entry::sections::Depth;
use crate::error::Result;
use crate::index::record::{EntryLocation, Head};
use crate::index::schema::{HIDDEN, NAMES, TAGS};

impl Layer {
    /// The number of the entry with a slug, by the key of the slug.
    fn by_slug(&self, key: &str) -> Result<Option<u32>> {
        self.query(|segment| {
            for name in &segment.dictionary(NAMES)?.get(key)? {
                let name = name?;
                if name.payload.kind == Kind::Slug && !name.payload.is_variant {
                    return Ok(Some(name.entry));
                }
            }
            Ok(None)
        })
    }

    /// Whether this layer replaces or hides the slug with a key in the layers beneath.
    fn covers_slug(&self, key: &str) -> Result<bool> {
        let is_hidden =
            || self.query(|segment| Ok(!segment.dictionary(HIDDEN)?.get(key)?.is_empty()));
        Ok(self.by_slug(key)?.is_some() || is_hidden()?)
    }
}

/// A section that an entry lacks and an entry that it replaces has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionBeneath {
    /// The depth.
    pub depth: Depth,
    /// The text, in Markdown.
    pub text: String,
    /// The name of the glossary that it is from.
    pub source: String,
}

impl Corpus {
    /// The sections that an entry lacks, from entries with its slug in the layers beneath.
    pub fn sections_beneath(&self, id: Id, entry: &Entry) -> Result<Vec<SectionBeneath>> {
        let mut found: Vec<SectionBeneath> = Vec::new();
        let key = fold(&entry.slug);
        for (layer, of_layer) in self.layers.iter().enumerate().skip(id.layer + 1) {
            let is_missing = |depth: &Depth| {
                entry.section(*depth).is_none() && found.iter().all(|known| known.depth != *depth)
            };
            let missing: Vec<Depth> = Depth::ALL.into_iter().filter(is_missing).collect();
            if missing.is_empty() {
                break;
            }
            let Some(number) = of_layer.by_slug(&key)? else {
                continue;
            };
            let beneath = self.entry(Id { layer, number })?;
            found.extend(missing.into_iter().filter_map(|depth| {
                Some(SectionBeneath {
                    depth,
                    text: beneath.section(depth)?.to_string(),
                    source: of_layer.glossary.name.clone(),
                })
            }));
        }
        Ok(found)
    }

    /// An entry.
    pub fn entry(&self, id: Id) -> Result<Entry> {
        let layer = self.layer(id);
        Ok(layer.query(|segment| segment.entry(id.number))?.0)
    }

    /// An entry with an empty text. Reading it takes less time if only the names are needed.
    pub fn entry_without_text(&self, id: Id) -> Result<Entry> {
        let layer = self.layer(id);
        layer.query(|segment| segment.entry_without_text(id.number))
    }

    /// Where an entry is; `None` for an entry in a pack or in the binary.
    pub fn location(&self, id: Id) -> Result<Option<EntryLocation>> {
        let layer = self.layer(id);
        let folder = match &layer.glossary.location {
            Location::Folder(path) => path.as_path(),
            Location::File(path) => path.parent().unwrap_or(Path::new("")),
            Location::Pack(_) | Location::Binary => return Ok(None),
        };
        let (_, location) = layer.query(|segment| segment.entry(id.number))?;
        Ok(Some(EntryLocation {
            path: folder.join(location.path),
            line: location.line,
        }))
    }

    /// The part of an entry that lists show.
    pub fn head(&self, id: Id) -> Result<Head<'_>> {
        self.layer(id).query(|segment| segment.head(id.number))
    }

    /// The topics of an entry.
    pub fn topics(&self, id: Id) -> Result<Vec<String>> {
        self.layer(id).query(|segment| {
            let head = segment.head(id.number)?;
            Ok(head.tags()?.into_iter().map(str::to_string).collect())
        })
    }

    /// The name of the glossary that an entry is from.
    #[must_use]
    pub fn source(&self, id: Id) -> &str {
        &self.layer(id).glossary.name
    }

    /// The visible entries.
    pub fn ids(&self) -> Result<Vec<Id>> {
        let mut ids = Vec::new();
        for id in self.all_ids() {
            if self.is_visible(id)? {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// The visible entries, sorted by slug.
    pub fn all(&self) -> Result<Vec<(Id, Head<'_>)>> {
        let counts = self.layers.iter().map(|layer| layer.segment.entry_count());
        // Growing the list step by step would touch several times its memory.
        let mut all = Vec::with_capacity(counts.map(|count| count as usize).sum());
        for id in self.all_ids() {
            let head = self.head(id)?;
            if !self.is_slug_covered(id, &head.slug)? {
                all.push((id, head));
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

    /// The visible entries of a topic.
    pub fn tagged(&self, topic: &str) -> Result<Vec<Id>> {
        self.visible_with_key(TAGS, topic)
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

    fn all_ids(&self) -> impl Iterator<Item = Id> {
        let layers = self.layers.iter().enumerate();
        layers.flat_map(|(layer, of_layer)| {
            (0..of_layer.segment.entry_count()).map(move |number| Id { layer, number })
        })
    }

    fn layer(&self, id: Id) -> &Layer {
        &self.layers[id.layer]
    }
}
