//! Which entries there are: layers of glossaries, the nearest first, the built-in one last.
//!
//! Owns what a layer hides of those beneath it. It must not know what is asked, nor where settings
//! come from: it is told which layers to open.

#[cfg(unix)]
mod cache;
#[cfg(unix)]
mod changes;
pub mod embedded;
mod entries;
pub mod folder;
pub mod inspect;
mod intake;
#[cfg(unix)]
mod kept;
mod known;
mod lookup;
pub mod own;
pub mod pack;
#[cfg(unix)]
mod survey;
mod walk;
mod whole;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::index::reader::Index;
pub use lookup::{Candidate, Lengths, NameMatch, Reach, TermIter, TermPosting, TermPostings};

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
#[derive(Debug)]
pub struct Glossary {
    /// The name shown with its entries.
    pub name: String,
    /// Where it lies.
    pub place: Place,
    /// Why it is consulted.
    pub origin: Origin,
    /// How many entries it has, including those that a nearer glossary replaces or hides.
    pub entries: u32,
    /// What lies there and cannot be used.
    pub findings: Vec<Finding>,
}

/// A glossary and its index.
struct Layer {
    glossary: Glossary,
    index: Index,
}

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

impl Glossary {
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
    layer: usize,
    /// Its number there.
    number: u32,
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
        let mut corpus = Self::empty();
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
                    corpus.add(name, place, source.origin, entries);
                    opened.push(whole);
                }
                Err(error) => corpus.miss(source, error)?,
            }
        }
        let built_in = Index::open(Box::new(built_in.index), Some(built_in.texts));
        let index = built_in.map_err(|error| Error::Glossary {
            name: BUILT_IN.to_string(),
            error,
        })?;
        corpus.add(
            BUILT_IN.to_string(),
            Place::Binary,
            Origin::BuiltIn,
            Entries::new(index, Vec::new()),
        );
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

    fn add(&mut self, name: String, place: Place, origin: Origin, entries: Entries) {
        let glossary = Glossary {
            name,
            place,
            origin,
            entries: entries.index.len(),
            findings: entries.findings,
        };
        self.layers.push(Layer {
            glossary,
            index: entries.index,
        });
    }

    /// The built-in glossary alone.
    ///
    /// # Errors
    /// The binary is damaged.
    pub fn built_in(built_in: Embedded) -> Result<Self> {
        Self::open(&[], built_in, &mut Reading::default())
    }

    /// A corpus without entries, for commands that need none.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            layers: Vec::new(),
            absent: Vec::new(),
        }
    }

    /// A glossary by itself, without the built-in one.
    #[must_use]
    pub fn alone(name: &str, index: Index) -> Self {
        let mut corpus = Self::empty();
        let entries = Entries::new(index, Vec::new());
        corpus.add(name.to_string(), Place::Binary, Origin::Flag, entries);
        corpus
    }

    /// What the entries of a place are said to be from: its last part, where that tells it apart.
    fn name(&self, origin: Origin, place: &Path) -> String {
        let whole = place.to_string_lossy();
        let named = matches!(origin, Origin::Flag | Origin::Environment);
        let last = place.file_name().map(|name| name.to_string_lossy());
        last.filter(|_| named)
            .filter(|last| {
                last != BUILT_IN && self.glossaries().all(|glossary| glossary.name != *last)
            })
            .unwrap_or(whole)
            .into_owned()
    }

    /// The places that were to be consulted and cannot be.
    #[must_use]
    pub fn absent(&self) -> &[Absent] {
        &self.absent
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
