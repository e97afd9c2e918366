//! Which entries there are: layers of glossaries, the nearest first, the built-in one last.
//!
//! Owns what a layer hides of those beneath it. It must not know what is asked, nor where settings
//! come from: it is told which layers to open.

#[cfg(unix)]
mod cache;
#[cfg(unix)]
mod changes;
pub mod embedded;
pub mod folder;
pub mod inspect;
mod intake;
#[cfg(unix)]
mod kept;
mod known;
pub mod own;
pub mod pack;
pub mod select;
#[cfg(unix)]
mod survey;
mod walk;
mod whole;

use std::cell::LazyCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::entry::Entry;
use crate::entry::key::{canonical, fold};
use crate::entry::names::Kind;
use crate::error::{Error, Result};
use crate::index::builder::VARIANT;
use crate::index::dictionary::Posting;
use crate::index::reader::Index;
use crate::index::record::Head;
use crate::index::{self, Section};
use embedded::Embedded;
use folder::{Entries, Finding, cannot};
use pack::Pack;

/// A place where a glossary may lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The place.
    pub path: PathBuf,
    /// Who says so.
    pub origin: Origin,
}

/// Why a glossary is consulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A flag names it.
    Flag,
    /// The environment names it.
    Environment,
    /// It lies where a user's data lie.
    DataHome,
    /// It lies where data for all users lie.
    DataDirs,
    /// It is in the binary.
    BuiltIn,
}

/// One glossary among those that are consulted.
pub struct Layer {
    /// What its entries are said to be from.
    pub name: String,
    /// Where it lies.
    pub place: Place,
    /// Why it is consulted.
    pub origin: Origin,
    /// Its entries.
    pub index: Index,
    /// The same index anew, for when what it lies in turns out to be damaged; none where it cannot be
    /// had.
    pub anew: Anew,
    /// What lies there and cannot be used.
    pub findings: Vec<Finding>,
}

/// An index that is made when it is first wanted.
pub type Anew = LazyCell<Option<Index>, Box<dyn FnOnce() -> Option<Index>>>;

/// Where a glossary lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the files of a folder.
    Folder(PathBuf),
    /// In one file, packed.
    Pack(PathBuf),
    /// In the binary.
    Binary,
}

impl Layer {
    /// The path under which it was named; none for the one in the binary.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(path) | Place::Pack(path) => Some(path),
            Place::Binary => None,
        }
    }

    /// The folder in which its entries are files; none when they are not.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(path) => Some(path),
            Place::Pack(_) | Place::Binary => None,
        }
    }
}

/// A place where no glossary could be read.
#[derive(Debug)]
pub struct Absent {
    /// The place.
    pub source: Source,
    /// Why not.
    pub error: Error,
}

impl Absent {
    /// Whether there is nothing at all in the place.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(&self.error, Error::File { error, .. } if error.kind() == io::ErrorKind::NotFound)
    }
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
    absent: Vec<Absent>,
}

impl Corpus {
    /// The glossaries in these places, the nearest first, and the built-in one beneath them.
    ///
    /// # Errors
    /// A place that a flag names cannot be read, or the binary is damaged.
    pub fn open(sources: &[Source], built_in: Embedded, reading: &mut Reading<'_>) -> Result<Self> {
        let mut corpus = Self {
            layers: Vec::new(),
            absent: Vec::new(),
        };
        let mut opened: Vec<PathBuf> = Vec::new();
        for source in sources {
            let metadata = match fs::metadata(&source.path) {
                Ok(metadata) => metadata,
                Err(error) => {
                    corpus.miss(source, cannot("read", &source.path, error))?;
                    continue;
                }
            };
            let whole = fs::canonicalize(&source.path).unwrap_or_else(|_| source.path.clone());
            if opened.contains(&whole) {
                continue;
            }
            match read(&source.path, &metadata, reading) {
                Ok((place, entries)) => {
                    let name = corpus.name(source.origin, &whole);
                    corpus.layers.push(Layer {
                        name,
                        place,
                        origin: source.origin,
                        index: entries.index,
                        anew: entries.anew,
                        findings: entries.findings,
                    });
                    opened.push(whole);
                }
                Err(error) => corpus.miss(source, error)?,
            }
        }
        corpus.layers.push(Layer {
            name: BUILT_IN.to_string(),
            place: Place::Binary,
            origin: Origin::BuiltIn,
            index: Index::open(Box::new(built_in.index), Some(built_in.texts)).map_err(
                |error| Error::Glossary {
                    name: BUILT_IN.to_string(),
                    error,
                },
            )?,
            anew: LazyCell::new(Box::new(|| None)),
            findings: Vec::new(),
        });
        Ok(corpus)
    }

    /// Notes that a place cannot be read, which is an error where a flag names it.
    fn miss(&mut self, source: &Source, error: Error) -> Result<()> {
        if source.origin == Origin::Flag {
            return Err(error);
        }
        self.absent.push(Absent {
            source: source.clone(),
            error,
        });
        Ok(())
    }

    /// The built-in glossary alone.
    ///
    /// # Errors
    /// The binary is damaged.
    pub fn built_in(built_in: Embedded) -> Result<Self> {
        Self::open(&[], built_in, &mut Reading::default())
    }

    /// A glossary by itself, without the built-in one.
    #[must_use]
    pub fn alone(name: &str, index: Index) -> Self {
        Self {
            layers: vec![Layer {
                name: name.to_string(),
                place: Place::Binary,
                origin: Origin::Flag,
                index,
                anew: LazyCell::new(Box::new(|| None)),
                findings: Vec::new(),
            }],
            absent: Vec::new(),
        }
    }

    /// What the entries of a place are said to be from: its last part, where that tells it apart.
    fn name(&self, origin: Origin, place: &Path) -> String {
        let whole = place.to_string_lossy();
        let named = matches!(origin, Origin::Flag | Origin::Environment);
        let last = place.file_name().map(|name| name.to_string_lossy());
        last.filter(|_| named)
            .filter(|last| last != BUILT_IN && self.layers.iter().all(|layer| layer.name != *last))
            .unwrap_or(whole)
            .into_owned()
    }

    /// The places that were to be consulted and cannot be.
    #[must_use]
    pub fn absent(&self) -> &[Absent] {
        &self.absent
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

    /// Where an entry's file lies; none for what is packed or in the binary.
    pub fn path(&self, id: Id) -> Result<Option<PathBuf>> {
        let (_, path) = self.ask(id.layer, |index| index.entry(id.number))?;
        let folder = self.layers.get(id.layer).and_then(Layer::folder);
        Ok(folder.map(|folder| folder.join(path)))
    }

    /// What a list shows of an entry.
    pub fn head(&self, id: Id) -> Result<Head<'_>> {
        self.ask(id.layer, |index| index.head(id.number))
    }

    /// The topics of an entry.
    pub fn topics(&self, id: Id) -> Result<Vec<String>> {
        self.ask(id.layer, |index| {
            let head = index.head(id.number)?;
            Ok(head.tags()?.into_iter().map(str::to_string).collect())
        })
    }

    /// The entries of a topic that no nearer layer replaces or hides, in the order of slugs.
    pub fn of_topic(&self, topic: &str) -> Result<Vec<(Id, Head<'_>)>> {
        let mut found = Vec::new();
        for (id, _) in self.under(Section::Tags, topic)? {
            found.push((id, self.head(id)?));
        }
        found.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
        Ok(found)
    }

    /// The number of every entry that no nearer layer replaces or hides.
    pub fn ids(&self) -> Result<Vec<Id>> {
        let mut ids = Vec::new();
        for layer in 0..self.layers.len() {
            for number in 0..self.layers[layer].index.len() {
                let id = Id { layer, number };
                if self.is_visible(id)? {
                    ids.push(id);
                }
            }
        }
        Ok(ids)
    }

    /// Every entry that no nearer layer replaces or hides, in the order of slugs.
    pub fn all(&self) -> Result<Vec<(Id, Head<'_>)>> {
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

    /// Asks a layer's index, or the same anew where that is damaged; names the layer when it cannot be
    /// read.
    pub fn ask<'c, T>(
        &'c self,
        layer: usize,
        question: impl Fn(&'c Index) -> std::result::Result<T, index::Error>,
    ) -> Result<T> {
        let asked = &self.layers[layer];
        question(&asked.index)
            .or_else(|error| match &*asked.anew {
                Some(anew) => question(anew),
                None => Err(error),
            })
            .map_err(|error| self.damage(layer, error))
    }

    /// That a layer cannot be read.
    #[must_use]
    pub fn damage(&self, layer: usize, error: index::Error) -> Error {
        Error::Glossary {
            name: self.layers[layer].name.clone(),
            error,
        }
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

/// How folders are read.
pub struct Reading<'r> {
    /// Where those with many entries are kept once they were read; none to read them each time.
    pub cache: Option<PathBuf>,
    /// Who is told how far it has come.
    pub watch: Box<folder::Watch<'r>>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self {
            cache: None,
            watch: Box::new(|_, _| {}),
        }
    }
}

/// Reads what lies at a path: a folder, or a pack.
fn read(
    path: &Path,
    metadata: &fs::Metadata,
    reading: &mut Reading<'_>,
) -> Result<(Place, Entries)> {
    if metadata.is_dir() {
        Ok((Place::Folder(path.to_path_buf()), reading.folder(path)?))
    } else if metadata.is_file() {
        let index = Pack::open(path).and_then(|pack| Index::open(Box::new(pack), None));
        let index = index.map_err(|error| Error::Glossary {
            name: path.display().to_string(),
            error,
        })?;
        let entries = Entries::new(index, Vec::new());
        Ok((Place::Pack(path.to_path_buf()), entries))
    } else {
        let error = io::Error::other("neither a folder nor a file");
        Err(cannot("read", path, error))
    }
}

impl Reading<'_> {
    fn folder(&mut self, path: &Path) -> Result<Entries> {
        #[cfg(unix)]
        return cache::read(path, self.cache.as_deref(), &mut *self.watch);
        #[cfg(not(unix))]
        folder::read(path, folder::list(path)?, &mut *self.watch)
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
