//! Which entries there are: layers of glossaries, the nearest first, the built-in one last.
//!
//! Owns what a layer hides of those beneath it. It must not know what is asked, nor where settings
//! come from: it is told which layers to open.

mod embedded;

use crate::entry::Entry;
use crate::entry::key::{canonical, fold};
use crate::entry::names::Kind;
use crate::error::{Error, Result};
use crate::index::builder::VARIANT;
use crate::index::dictionary::Posting;
use crate::index::reader::Index;
use crate::index::record::Head;
use crate::index::{self, Section};

/// One glossary among those that are consulted.
pub struct Layer {
    /// What its entries are said to be from.
    pub name: String,
    /// Its entries.
    pub index: Index,
}

/// The name of the layer that is in the binary.
pub const BUILT_IN: &str = "built-in";

/// An entry of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The layer, counted from the nearest.
    pub layer: usize,
    /// Its number there.
    pub number: u32,
}

/// All entries that can be asked for.
pub struct Corpus {
    layers: Vec<Layer>,
}

impl Corpus {
    /// The built-in glossary alone.
    ///
    /// # Errors
    /// The binary is damaged.
    pub fn built_in() -> Result<Self> {
        let index = embedded::open().map_err(|error| Error::Glossary {
            name: BUILT_IN.to_string(),
            error,
        })?;
        let name = BUILT_IN.to_string();
        Ok(Self {
            layers: vec![Layer { name, index }],
        })
    }

    /// The layers, the nearest first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The name of the layer that an entry is from.
    #[must_use]
    pub fn source(&self, id: Id) -> &str {
        self.layers.get(id.layer).map_or("", |layer| &layer.name)
    }

    /// An entry.
    pub fn entry(&self, id: Id) -> Result<Entry> {
        self.ask(id.layer, |index| Ok(index.entry(id.number)?.0))
    }

    /// What a list shows of an entry.
    pub fn head(&self, id: Id) -> Result<Head> {
        self.ask(id.layer, |index| index.head(id.number))
    }

    /// Every entry that no nearer layer replaces or hides, in the order of slugs.
    pub fn all(&self) -> Result<Vec<(Id, Head)>> {
        let mut all = Vec::new();
        for layer in 0..self.layers.len() {
            let count = self.layers[layer].index.len();
            for number in 0..count {
                let id = Id { layer, number };
                let head = self.head(id)?;
                if layer == 0 || self.is_visible_as(id, &head.slug)? {
                    all.push((id, head));
                }
            }
        }
        if self.layers.len() > 1 {
            all.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
        }
        Ok(all)
    }

    /// The entries with a name whose key is `key`, and how strong that name is for each; the nearest
    /// layer first, and within it the strongest names first.
    pub fn named(&self, key: &str, variants: Variants) -> Result<Vec<(Id, Kind)>> {
        let mut found = Vec::new();
        for layer in 0..self.layers.len() {
            let mut postings = self.postings(layer, Section::Names, key)?;
            postings.retain(|posting| variants == Variants::Too || posting.tag & VARIANT == 0);
            postings.sort_by_key(|posting| (posting.tag & !VARIANT, posting.entry));
            for posting in postings {
                let id = Id {
                    layer,
                    number: posting.entry,
                };
                let kind = Kind::ALL.get(usize::from(posting.tag & !VARIANT));
                if let Some(&kind) = kind.filter(|_| self.is_visible(id).unwrap_or(true)) {
                    found.push((id, kind));
                }
            }
        }
        Ok(found)
    }

    /// The entries that a spelling names: as it is, or else in the singular and in American spelling.
    pub fn by_name(&self, spelling: &str) -> Result<Vec<(Id, Kind)>> {
        let named = self.named(&fold(spelling), Variants::No)?;
        if named.is_empty() {
            self.named(&canonical(spelling), Variants::Too)
        } else {
            Ok(named)
        }
    }

    /// The entries under a key of a dictionary, over all layers.
    pub fn under(&self, section: Section, key: &str) -> Result<Vec<(Id, u8)>> {
        let mut found = Vec::new();
        for layer in 0..self.layers.len() {
            for posting in self.postings(layer, section, key)? {
                let id = Id {
                    layer,
                    number: posting.entry,
                };
                if self.is_visible(id)? {
                    found.push((id, posting.tag));
                }
            }
        }
        Ok(found)
    }

    /// Asks a layer's index, naming the layer when it cannot be read.
    pub fn ask<T>(
        &self,
        layer: usize,
        question: impl FnOnce(&Index) -> std::result::Result<T, index::Error>,
    ) -> Result<T> {
        let layer = &self.layers[layer];
        question(&layer.index).map_err(|error| Error::Glossary {
            name: layer.name.clone(),
            error,
        })
    }

    /// Whether no nearer layer replaces or hides an entry.
    pub fn is_visible(&self, id: Id) -> Result<bool> {
        if id.layer == 0 {
            return Ok(true);
        }
        let slug = self.head(id)?.slug;
        self.is_visible_as(id, &slug)
    }

    fn is_visible_as(&self, id: Id, slug: &str) -> Result<bool> {
        let key = fold(slug);
        for nearer in 0..id.layer {
            let replaced = self
                .postings(nearer, Section::Names, &key)?
                .iter()
                .any(|posting| posting.tag == Kind::Slug as u8);
            if replaced || !self.postings(nearer, Section::Hidden, &key)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn postings(&self, layer: usize, section: Section, key: &str) -> Result<Vec<Posting>> {
        self.ask(layer, |index| index.dictionary(section)?.get(key))
    }
}

/// Whether a key that no name spells, but that is a name's singular or American form, counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variants {
    /// Names as they are spelled.
    No,
    /// Their canonical forms too.
    Too,
}
