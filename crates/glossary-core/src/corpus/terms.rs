//! The words that entries use, over all glossaries, for ranking. They include those of replaced and hidden
//! entries.

use super::layers::{Corpus, Id, Layer};
use crate::error::Result;
use crate::index::postings::PostingList;
use crate::index::schema::{TERMS, TermWeight};

impl Corpus {
    /// The entries that use a stem.
    pub fn term(&self, stem: &str) -> Result<TermPostings<'_>> {
        let postings = self.rare_term(stem, usize::MAX)?;
        Ok(postings.unwrap_or_default())
    }

    /// The entries that use a stem; `None` if there may be more than `most` in one glossary.
    pub fn rare_term(&self, stem: &str, most: usize) -> Result<Option<TermPostings<'_>>> {
        let mut lists = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let list = layer.query(|segment| segment.dictionary(TERMS)?.get_if_short(stem, most));
            let Some(list) = list? else {
                return Ok(None);
            };
            lists.push(LayerPostings {
                number,
                layer,
                list,
            });
        }
        Ok(Some(TermPostings { lists }))
    }

    /// How many entries there are, including replaced and hidden ones.
    #[must_use]
    pub fn entry_count(&self) -> usize {
        let layers = self.layers.iter();
        layers
            .map(|layer| layer.segment.entry_count() as usize)
            .sum()
    }

    /// The lengths of all entries.
    pub fn norms(&self) -> Result<Norms> {
        let norms = |layer: &Layer| layer.query(|segment| Ok(segment.norms()?.into_owned()));
        Ok(Norms {
            layers: self.layers.iter().map(norms).collect::<Result<_>>()?,
        })
    }
}

/// The entries that use a stem, in the order of their ids.
#[derive(Default)]
pub struct TermPostings<'c> {
    lists: Vec<LayerPostings<'c>>,
}

struct LayerPostings<'c> {
    number: usize,
    layer: &'c Layer,
    list: PostingList<'c, TermWeight>,
}

/// An entry that uses a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermPosting {
    /// The entry.
    pub id: Id,
    /// How much it uses the stem.
    pub weight: TermWeight,
}

impl TermPostings<'_> {
    /// The postings.
    pub fn iter(&self) -> impl Iterator<Item = Result<TermPosting>> {
        self.lists.iter().flat_map(|of_layer| {
            of_layer.list.iter().map(|posting| {
                let posting = posting.map_err(|error| of_layer.layer.damaged(error))?;
                let id = Id {
                    layer: of_layer.number,
                    number: posting.entry,
                };
                Ok(TermPosting {
                    id,
                    weight: posting.payload,
                })
            })
        })
    }
}

/// The lengths of all entries, as [`encode_norm`](crate::index::norm::encode_norm) gives them.
#[derive(Debug)]
pub struct Norms {
    layers: Vec<Vec<u8>>,
}

impl Norms {
    /// The length of an entry.
    #[must_use]
    pub fn get(&self, id: Id) -> u8 {
        let layer = self.layers.get(id.layer);
        let norm = layer.and_then(|norms| norms.get(id.number as usize));
        norm.copied().unwrap_or_default()
    }

    /// The lengths, including those of replaced and hidden entries.
    pub fn iter(&self) -> impl Iterator<Item = u8> {
        self.layers.iter().flatten().copied()
    }
}
