//! Lookups over all glossaries of a corpus at once.
//!
//! Each method merges what the layers hold, the nearest layer first. Entries that a nearer layer replaces
//! or hides are left out, except where a method says otherwise.

use super::{Corpus, Id, Layer};
use crate::entry::key::{canonical, fold};
use crate::entry::names::{Kind, split_title};
use crate::error::Result;
use crate::index::builder::VARIANT;
use crate::index::dictionary::{List, Posting, Reading};
use crate::index::joined::Joined;
use crate::index::{self, Section};

/// An entry that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMatch {
    /// The entry.
    pub id: Id,
    /// What the name is to the entry.
    pub kind: Kind,
}

/// A key near the one that was asked for, or that starts with it.
#[derive(Debug)]
pub struct Candidate<J, P> {
    /// The key.
    pub key: String,
    /// What the caller made of the key.
    pub judgment: J,
    /// What the glossaries hold under the key.
    pub postings: Vec<P>,
}

/// Which keys of an index a fuzzy lookup considers.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// How many insertions, deletions, substitutions, and transpositions a key may be away.
    pub edits: u8,
    /// How many keys of each glossary are considered at most, those of the most similar length first.
    pub limit: usize,
}

impl Reach {
    /// All keys within so many edits.
    #[must_use]
    pub fn all_within(edits: u8) -> Self {
        Self {
            edits,
            limit: usize::MAX,
        }
    }
}

/// Whether the singular and American form of a name counts as a spelling of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variants {
    Excluded,
    Included,
}

/// The keys of a dictionary that are considered.
#[derive(Clone, Copy)]
enum Keys<'k> {
    Near(&'k str, Reach),
    /// Those that start with a prefix, are at most so many letters longer, and at most so many.
    StartingWith(&'k str, u8, usize),
}

impl Keys<'_> {
    fn visit(
        self,
        dictionary: &Joined<'_>,
        visit: &mut dyn FnMut(u32) -> std::result::Result<(), index::Error>,
    ) -> std::result::Result<(), index::Error> {
        match self {
            Self::Near(key, reach) => dictionary.maybe_within(key, reach.edits, reach.limit, visit),
            Self::StartingWith(prefix, more, limit) => {
                let numbers = dictionary.starting_with(prefix, more, limit)?;
                numbers.into_iter().try_for_each(visit)
            }
        }
    }
}

/// Names.
impl Corpus {
    /// The entries with a name spelled like `spelling`, apart from case, accents, and punctuation; if
    /// there is none, also those with a name that has the same singular and American form. Nearest
    /// layer first, then by kind.
    pub fn by_name(&self, spelling: &str) -> Result<Vec<NameMatch>> {
        let found = self.named(&fold(spelling), Variants::Excluded)?;
        if found.is_empty() {
            self.named(&canonical(spelling), Variants::Included)
        } else {
            Ok(found)
        }
    }

    /// The entries that a title leads to: by the whole title, or else without its acronym.
    pub fn by_title(&self, title: &str) -> Result<Vec<NameMatch>> {
        let found = self.by_name(title)?;
        let (headword, acronym) = split_title(title);
        if found.is_empty() && acronym.is_some() {
            return self.by_name(&headword);
        }
        Ok(found)
    }

    /// The entry with a slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<Id> {
        let named = self.named(&fold(slug), Variants::Excluded).ok()?;
        named
            .into_iter()
            .map(|name| name.id)
            .find(|&id| self.head(id).is_ok_and(|head| head.slug == slug))
    }

    /// The entries with a name whose key, or the key of its singular and American form, is `key`.
    pub fn names(&self, key: &str) -> Result<Vec<NameMatch>> {
        self.named(key, Variants::Included)
    }

    /// The names within reach of `key` that `judge` accepts.
    pub fn fuzzy_names<J>(
        &self,
        key: &str,
        reach: Reach,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, NameMatch>>> {
        let candidates = self.candidates(Section::Names, Keys::Near(key, reach), judge)?;
        candidates
            .into_iter()
            .map(|candidate| self.visible_names(candidate))
            .collect()
    }

    /// The names that start with `prefix`, are at most `more` letters longer, and that `judge` accepts.
    /// Considers at most `limit` names of each glossary, the shortest first.
    pub fn names_with_prefix<J>(
        &self,
        prefix: &str,
        more: u8,
        limit: usize,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, NameMatch>>> {
        let keys = Keys::StartingWith(prefix, more, limit);
        let candidates = self.candidates(Section::Names, keys, judge)?;
        candidates
            .into_iter()
            .map(|candidate| self.visible_names(candidate))
            .collect()
    }

    fn visible_names<J>(
        &self,
        candidate: Candidate<J, (Id, u8)>,
    ) -> Result<Candidate<J, NameMatch>> {
        let mut postings = Vec::new();
        for (id, tag) in candidate.postings {
            if let Some(kind) = kind(tag)
                && self.is_visible(id)?
            {
                postings.push(NameMatch { id, kind });
            }
        }
        Ok(Candidate {
            key: candidate.key,
            judgment: candidate.judgment,
            postings,
        })
    }

    fn named(&self, key: &str, variants: Variants) -> Result<Vec<NameMatch>> {
        let mut found = Vec::new();
        for (layer, of_layer) in self.layers.iter().enumerate() {
            let mut postings = of_layer.postings(Section::Names, key)?;
            postings.retain(|posting| variants == Variants::Included || posting.tag & VARIANT == 0);
            postings.sort_by_key(|posting| (posting.tag & !VARIANT, posting.entry));
            for posting in postings {
                let id = Id {
                    layer,
                    number: posting.entry,
                };
                if let Some(kind) = kind(posting.tag)
                    && self.is_visible(id)?
                {
                    found.push(NameMatch { id, kind });
                }
            }
        }
        Ok(found)
    }
}

fn kind(tag: u8) -> Option<Kind> {
    Kind::ALL.get(usize::from(tag & !VARIANT)).copied()
}

/// Words of names, which are in the singular and in American spelling. The entries include replaced and
/// hidden ones: [`Corpus::is_visible`] is for the few that are left in the end.
impl Corpus {
    /// The entries with a word in one of their names.
    pub fn name_word(&self, word: &str) -> Result<Vec<Id>> {
        let postings = self.postings(Section::NameWords, word)?;
        Ok(postings.into_iter().map(|(id, _)| id).collect())
    }

    /// The words within reach of `word` that `judge` accepts.
    pub fn fuzzy_name_words<J>(
        &self,
        word: &str,
        reach: Reach,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, Id>>> {
        let candidates = self.candidates(Section::NameWords, Keys::Near(word, reach), judge)?;
        Ok(candidates
            .into_iter()
            .map(Candidate::without_tags)
            .collect())
    }

    /// The words that start with `prefix`, are at most `more` letters longer, and that `judge` accepts.
    /// Considers at most `limit` words of each glossary, the shortest first.
    pub fn name_words_with_prefix<J>(
        &self,
        prefix: &str,
        more: u8,
        limit: usize,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, Id>>> {
        let keys = Keys::StartingWith(prefix, more, limit);
        let candidates = self.candidates(Section::NameWords, keys, judge)?;
        Ok(candidates
            .into_iter()
            .map(Candidate::without_tags)
            .collect())
    }
}

/// Topics and relations.
impl Corpus {
    /// The entries of a topic.
    pub fn tagged(&self, topic: &str) -> Result<Vec<Id>> {
        self.visible(Section::Tags, topic)
    }

    /// The entries whose "Related terms" list a title with this key.
    pub fn backlinks(&self, key: &str) -> Result<Vec<Id>> {
        self.visible(Section::Backlinks, key)
    }

    fn visible(&self, section: Section, key: &str) -> Result<Vec<Id>> {
        let mut visible = Vec::new();
        for (id, _) in self.postings(section, key)? {
            if self.is_visible(id)? {
                visible.push(id);
            }
        }
        Ok(visible)
    }
}

/// Stems of the words that entries use. The entries include replaced and hidden ones.
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
            let list =
                layer.ask(|index| index.dictionary(Section::Terms)?.list_up_to(stem, most))?;
            let Some(list) = list else {
                return Ok(None);
            };
            lists.push(TermList {
                number,
                layer,
                list,
            });
        }
        Ok(Some(TermPostings { lists }))
    }

    /// The stems within reach of `stem` that `judge` accepts.
    pub fn fuzzy_terms<J>(
        &self,
        stem: &str,
        reach: Reach,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, Id>>> {
        let candidates = self.candidates(Section::Terms, Keys::Near(stem, reach), judge)?;
        Ok(candidates
            .into_iter()
            .map(Candidate::without_tags)
            .collect())
    }

    /// How many entries there are, including replaced and hidden ones.
    #[must_use]
    pub fn len(&self) -> usize {
        let lengths = self.layers.iter().map(|layer| layer.index.len() as usize);
        lengths.sum()
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lengths of all entries.
    pub fn lengths(&self) -> Result<Lengths> {
        let lengths = |layer: &Layer| layer.ask(|index| Ok(index.lengths()?.into_owned()));
        Ok(Lengths {
            layers: self.layers.iter().map(lengths).collect::<Result<_>>()?,
        })
    }
}

/// The merging.
impl Corpus {
    fn postings(&self, section: Section, key: &str) -> Result<Vec<(Id, u8)>> {
        let mut found = Vec::new();
        for (layer, of_layer) in self.layers.iter().enumerate() {
            let postings = of_layer.postings(section, key)?.into_iter();
            found.extend(postings.map(|posting| with_id(layer, posting)));
        }
        Ok(found)
    }

    /// The keys of all layers that `judge` accepts, each once.
    fn candidates<J>(
        &self,
        section: Section,
        keys: Keys<'_>,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, (Id, u8)>>> {
        let mut candidates: Vec<Candidate<J, (Id, u8)>> = Vec::new();
        for (layer, of_layer) in self.layers.iter().enumerate() {
            let nearer = candidates.len();
            of_layer.ask(|index| {
                let dictionary = index.dictionary(section)?;
                keys.visit(&dictionary, &mut |number| {
                    let key = dictionary.key(number)?;
                    let Some(judgment) = judge(&key) else {
                        return Ok(());
                    };
                    let postings = dictionary.postings(number)?.into_iter();
                    let postings = postings.map(|posting| with_id(layer, posting));
                    let known = candidates[..nearer]
                        .iter_mut()
                        .find(|known| known.key == key);
                    match known {
                        Some(known) => known.postings.extend(postings),
                        None => candidates.push(Candidate {
                            postings: postings.collect(),
                            key: key.into_owned(),
                            judgment,
                        }),
                    }
                    Ok(())
                })
            })?;
        }
        Ok(candidates)
    }
}

fn with_id(layer: usize, posting: Posting) -> (Id, u8) {
    let id = Id {
        layer,
        number: posting.entry,
    };
    (id, posting.tag)
}

impl Layer {
    fn postings(&self, section: Section, key: &str) -> Result<Vec<Posting>> {
        self.ask(|index| index.dictionary(section)?.get(key))
    }
}

impl<J> Candidate<J, (Id, u8)> {
    fn without_tags(self) -> Candidate<J, Id> {
        Candidate {
            key: self.key,
            judgment: self.judgment,
            postings: self.postings.into_iter().map(|(id, _)| id).collect(),
        }
    }
}

/// The entries that use a stem, in the order of their ids.
#[derive(Default)]
pub struct TermPostings<'c> {
    lists: Vec<TermList<'c>>,
}

struct TermList<'c> {
    number: usize,
    layer: &'c Layer,
    list: List<'c>,
}

/// An entry that uses a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermPosting {
    /// The entry.
    pub id: Id,
    /// The weight of the stem there, as `index::terms::quantize` encodes it.
    pub weight: u8,
}

impl TermPostings<'_> {
    /// The postings.
    #[must_use]
    pub fn iter(&self) -> TermIter<'_> {
        TermIter {
            lists: self.lists.iter(),
            current: None,
        }
    }
}

impl<'l> IntoIterator for &'l TermPostings<'_> {
    type Item = Result<TermPosting>;
    type IntoIter = TermIter<'l>;

    fn into_iter(self) -> TermIter<'l> {
        self.iter()
    }
}

/// Reads the postings of a stem.
pub struct TermIter<'l> {
    lists: std::slice::Iter<'l, TermList<'l>>,
    current: Option<(usize, &'l Layer, Reading<'l>)>,
}

impl Iterator for TermIter<'_> {
    type Item = Result<TermPosting>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((layer, of_layer, rest)) = &mut self.current
                && let Some(posting) = rest.next()
            {
                let posting = posting.map_err(|error| of_layer.damaged(error));
                return Some(posting.map(|posting| {
                    let (id, weight) = with_id(*layer, posting);
                    TermPosting { id, weight }
                }));
            }
            let TermList {
                number,
                layer,
                list,
            } = self.lists.next()?;
            self.current = Some((*number, layer, list.postings()));
        }
    }
}

/// The lengths of all entries, as `index::terms::quantize` encodes them.
#[derive(Debug)]
pub struct Lengths {
    layers: Vec<Vec<u8>>,
}

impl Lengths {
    /// The length of an entry.
    #[must_use]
    pub fn get(&self, id: Id) -> u8 {
        let layer = self.layers.get(id.layer);
        let length = layer.and_then(|lengths| lengths.get(id.number as usize));
        length.copied().unwrap_or_default()
    }

    /// The lengths, including those of replaced and hidden entries.
    pub fn iter(&self) -> impl Iterator<Item = u8> {
        self.layers.iter().flatten().copied()
    }
}
