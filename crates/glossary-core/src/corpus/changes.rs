//! What changed in a folder since it was packed, as an index that is joined to the one in the pack.
//!
//! Owns which files are read again. It must not know where packs lie, nor what is in the entries.
//!
//! With a file that changed, all are read again whose slugs have the same key. So whatever depends on
//! several files (which of two has the slug, whether a slug is hidden) depends on these alone.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::rc::Rc;

use super::folder::{self, Finding, Watch, key};
use super::kept::{Kept, is_so_still};
use super::survey::Survey;
use super::walk::{Look, at};
use crate::index::builder::{Builder, Texts};
use crate::index::bytes::{Cursor, put_varint};
use crate::index::card::Card;
use crate::index::dictionary;
use crate::index::joined::Numbering;
use crate::index::reader::Index;
use crate::index::{Error, Section};

/// The keys of the slugs for which a pack stands no more.
pub(super) struct Stale {
    keys: HashSet<String>,
}

impl Stale {
    /// Those that changed between a pack and a walk; none when that cannot be told.
    pub(super) fn between(base: &Kept, root: &Path, survey: &Survey) -> Option<Self> {
        let names = survey.changes(base.survey()).ok()?.into_iter();
        let mut keys: HashSet<String> = names
            .filter_map(|(folder, name)| key(&at(root, folder, name)))
            .collect();
        let otherwise = base.unusable.iter().filter(|finding| !is_so_still(finding));
        keys.extend(otherwise.filter_map(|finding| key(&finding.path)));
        // The entries of the base are found by these keys.
        keys.iter()
            .all(|key| dictionary::takes(key))
            .then_some(Self { keys })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.keys.len()
    }

    /// Reads their files; so many slugs, with these, have been read again since the base was made.
    ///
    /// # Errors
    /// The pack is damaged.
    pub(super) fn read(
        &self,
        base: &Kept,
        spent: usize,
        root: &Path,
        survey: &Survey,
        watch: &mut Watch<'_>,
    ) -> io::Result<Changes> {
        let is_one = |path: &Path| key(path).is_some_and(|key| self.keys.contains(&key));
        let listing = survey.listing_of(root, |folder, name, look| {
            !matches!(look, Look::File(_)) || is_one(&at(root, folder, name))
        });
        let mut builder = Builder::new(Vec::new(), Texts::Inside)?;
        self.hide(base, &mut builder).map_err(io::Error::other)?;
        let (bytes, read) = folder::index(root, &listing.files, builder, watch)?;
        let bytes = Rc::new(bytes);
        let numbering = self.number(base, &bytes).map_err(io::Error::other)?;
        let unchanged = base
            .unusable
            .iter()
            .filter(|finding| !is_one(&finding.path));
        Ok(Changes {
            bytes,
            note: Note {
                base: base.stamp,
                spent,
                numbering,
            },
            unusable: unchanged.cloned().chain(read).collect(),
            listed: if base.are_some_listed || !listing.findings.is_empty() {
                survey.listing(root).findings
            } else {
                Vec::new()
            },
        })
    }

    /// Hides what the files that did not change hide: changes say all that is hidden.
    fn hide(&self, base: &Kept, builder: &mut Builder<Vec<u8>>) -> Result<(), Error> {
        let hidden = base.index.dictionary(Section::Hidden)?;
        for number in 0..hidden.len() {
            let key = hidden.key(number)?.into_owned();
            if !self.keys.contains(&key) {
                builder.add(Card::Hidden(key))?;
            }
        }
        Ok(())
    }

    fn number(&self, base: &Kept, changes: &Rc<Vec<u8>>) -> Result<Numbering, Error> {
        let changes = Index::open(Box::new(Rc::clone(changes)), None)?;
        Numbering::new(&base.index, &changes, self.keys.iter().map(String::as_str))
    }
}

/// Files that changed, read.
pub(super) struct Changes {
    /// The index of their entries.
    pub(super) bytes: Rc<Vec<u8>>,
    /// What else is to be known.
    pub(super) note: Note,
    /// What is listed of the whole folder and cannot be used.
    pub(super) unusable: Vec<Finding>,
    /// What is found in the listing of it.
    pub(super) listed: Vec<Finding>,
}

/// What is to be known of changes beside the state of the folder.
pub(super) struct Note {
    /// The stamp of the pack to which they belong.
    pub(super) base: [u64; 2],
    /// How many slugs have been read again since that was made.
    pub(super) spent: usize,
    /// Which numbers the entries have in the whole.
    pub(super) numbering: Numbering,
}

impl Note {
    /// The note as bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for number in [self.base[0], self.base[1], self.spent as u64] {
            put_varint(&mut out, number);
        }
        self.numbering.put(&mut out);
        out
    }

    /// The note that was made bytes.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = Cursor::new(bytes);
        Ok(Self {
            base: [from.varint()?, from.varint()?],
            spent: from.size()?,
            numbering: Numbering::read(&mut from)?,
        })
    }
}
