//! Lookups over all glossaries of a corpus.
//!
//! Each method merges what the layers hold, the nearest layer first. Replaced and hidden entries are left
//! out, except where a method says otherwise.

use super::layers::{Corpus, Id};
use crate::entry::names::{Kind, split_title};
use crate::entry::normalize::{canonical, fold};
use crate::error::Result;
use crate::index;
use crate::index::dictionary::Dictionary;
use crate::index::postings::Posting;
use crate::index::schema::{BACKLINKS, Field, NAME_WORDS, NAMES, NamePayload, Payload};

/// An entry that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMatch {
    /// The entry.
    pub id: Id,
    /// How the name is related to the entry.
    pub kind: Kind,
}

/// A key that a fuzzy lookup or a prefix scan found.
#[derive(Debug)]
pub struct Candidate<J, P> {
    /// The key.
    pub key: String,
    /// The result of the caller's `judge`.
    pub judgment: J,
    /// The entries under the key.
    pub postings: Vec<P>,
}

/// Which keys a fuzzy lookup considers.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// How many insertions, deletions, substitutions, and transpositions away they may be.
    pub edits: u8,
    /// How many keys of each glossary are considered at most. Those of the most similar length come first.
    pub limit: usize,
}

impl Reach {
    /// All keys within so many edits.
    #[must_use]
    pub fn within(edits: u8) -> Self {
        Self {
            edits,
            limit: usize::MAX,
        }
    }

    fn around(self, key: &str) -> Keys<'_> {
        Keys::Near(key, self)
    }
}

/// The keys of a dictionary that are considered.
#[derive(Clone, Copy)]
enum Keys<'k> {
    /// Those near a key.
    Near(&'k str, Reach),
    /// Those that start with a prefix and are at most so many letters longer; at most so many of them.
    StartingWith(&'k str, u8, usize),
}

impl Keys<'_> {
    fn visit<P: Payload>(
        self,
        dictionary: &Dictionary<'_, P>,
        visit: &mut dyn FnMut(u32) -> std::result::Result<(), index::Error>,
    ) -> std::result::Result<(), index::Error> {
        match self {
            Self::Near(key, reach) => {
                dictionary.fuzzy_candidates(key, reach.edits, reach.limit, visit)
            }
            Self::StartingWith(prefix, more, limit) => {
                let numbers = dictionary.prefix_scan(prefix, more, limit)?;
                numbers.into_iter().try_for_each(visit)
            }
        }
    }
}

/// Names.
impl Corpus {
    /// The entries with a name spelled like `spelling`, apart from case, accents, and punctuation; if there
    /// are none, those with a name that has the same singular and American form. If one of the user's entries
    /// is called so in any of these ways, built-in entries do not count. Entries of the nearest layer come
    /// first, and in a layer the strongest kind of name.
    pub fn by_name(&self, spelling: &str) -> Result<Vec<NameMatch>> {
        if self.has_users_entries() {
            let own = self.named_among(spelling, |id| self.is_users(id))?;
            if own.iter().any(|name| name.kind < Kind::Covered) {
                return Ok(own);
            }
        }
        self.named_among(spelling, |_| true)
    }

    /// The built-in entries with a name that leads to the user's entries instead.
    pub fn built_in_by_name(&self, spelling: &str) -> Result<Vec<NameMatch>> {
        self.named_among(spelling, |id| !self.is_users(id))
    }

    fn named_among(&self, spelling: &str, counts: impl Fn(Id) -> bool) -> Result<Vec<NameMatch>> {
        let mut names = self.names_where(&fold(spelling), |name| !name.is_variant)?;
        names.retain(|name| counts(name.id));
        if names.is_empty() {
            names = self.names(&canonical(spelling))?;
            names.retain(|name| counts(name.id));
        }
        Ok(names)
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
        let named = self.names_where(&fold(slug), |name| !name.is_variant);
        let mut ids = named.ok()?.into_iter().map(|name| name.id);
        ids.find(|&id| self.head(id).is_ok_and(|head| head.slug == slug))
    }

    /// The entries with a name whose key, or the key of its singular and American form, is `key`.
    pub fn names(&self, key: &str) -> Result<Vec<NameMatch>> {
        self.names_where(key, |_| true)
    }

    /// The names within reach of `key` that `judge` accepts.
    pub fn fuzzy_names<J>(
        &self,
        key: &str,
        reach: Reach,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, NameMatch>>> {
        self.name_candidates(reach.around(key), judge)
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
        self.name_candidates(Keys::StartingWith(prefix, more, limit), judge)
    }

    fn name_candidates<J>(
        &self,
        keys: Keys<'_>,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, NameMatch>>> {
        let mut found = self.candidates(NAMES, keys, judge, name_match)?;
        for candidate in &mut found {
            candidate.postings = self.visible_names(&candidate.postings)?;
        }
        Ok(found)
    }

    fn names_where(
        &self,
        key: &str,
        is_wanted: impl Fn(NamePayload) -> bool,
    ) -> Result<Vec<NameMatch>> {
        let mut names = self.postings(NAMES, key)?;
        names.retain(|(_, name)| is_wanted(*name));
        names.sort_by_key(|(id, name)| (id.layer, name.kind, id.number));
        let names = names.into_iter().map(|(id, name)| name_match(id, name));
        self.visible_names(&names.collect::<Vec<_>>())
    }

    fn visible_names(&self, names: &[NameMatch]) -> Result<Vec<NameMatch>> {
        let mut visible = Vec::new();
        for name in names {
            if self.is_visible(name.id)? {
                visible.push(*name);
            }
        }
        Ok(visible)
    }
}

/// Words of names, in the singular and in American spelling. The entries include replaced and hidden ones,
/// as there may be many; check the few that remain with [`Corpus::is_visible`].
impl Corpus {
    /// The entries with a word in one of their names.
    pub fn name_word(&self, word: &str) -> Result<Vec<Id>> {
        let postings = self.postings(NAME_WORDS, word)?;
        Ok(postings.into_iter().map(|(id, ())| id).collect())
    }

    /// The words within reach of `word` that `judge` accepts.
    pub fn fuzzy_name_words<J>(
        &self,
        word: &str,
        reach: Reach,
        judge: &mut dyn FnMut(&str) -> Option<J>,
    ) -> Result<Vec<Candidate<J, Id>>> {
        self.candidates(NAME_WORDS, reach.around(word), judge, |id, ()| id)
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
        self.candidates(NAME_WORDS, keys, judge, |id, ()| id)
    }
}

/// Relations.
impl Corpus {
    /// The entries whose "Related terms" list a title with this key.
    pub fn backlinks(&self, key: &str) -> Result<Vec<Id>> {
        self.visible_with_key(BACKLINKS, key)
    }
}

/// Merging.
impl Corpus {
    pub(super) fn visible_with_key(&self, field: Field<()>, key: &str) -> Result<Vec<Id>> {
        let mut visible = Vec::new();
        for (id, ()) in self.postings(field, key)? {
            if self.is_visible(id)? {
                visible.push(id);
            }
        }
        Ok(visible)
    }

    fn postings<P: Payload>(&self, field: Field<P>, key: &str) -> Result<Vec<(Id, P)>> {
        let mut found = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            layer.query(|segment| {
                for posting in &segment.dictionary(field)?.get(key)? {
                    found.push(with_id(number, posting?));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The keys of all layers that `judge` accepts, each once.
    fn candidates<P: Payload, J, Q>(
        &self,
        field: Field<P>,
        keys: Keys<'_>,
        judge: &mut dyn FnMut(&str) -> Option<J>,
        posting: fn(Id, P) -> Q,
    ) -> Result<Vec<Candidate<J, Q>>> {
        let mut candidates: Vec<Candidate<J, Q>> = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let from_nearer = candidates.len();
            layer.query(|segment| {
                let dictionary = segment.dictionary(field)?;
                keys.visit(&dictionary, &mut |key_number| {
                    let key = dictionary.key(key_number)?;
                    let Some(judgment) = judge(&key) else {
                        return Ok(());
                    };
                    let postings = dictionary.postings(key_number)?.to_vec()?.into_iter();
                    let postings = postings.map(|of_entry| {
                        let (id, payload) = with_id(number, of_entry);
                        posting(id, payload)
                    });
                    let mut nearer = candidates[..from_nearer].iter_mut();
                    match nearer.find(|candidate| candidate.key == key) {
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

fn name_match(id: Id, name: NamePayload) -> NameMatch {
    let kind = name.kind;
    NameMatch { id, kind }
}

fn with_id<P>(layer: usize, posting: Posting<P>) -> (Id, P) {
    let number = posting.entry;
    (Id { layer, number }, posting.payload)
}
