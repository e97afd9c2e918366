//! Opening glossaries and stacking them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cache;
use super::embedded::Embedded;
use super::folder::{self, Finding, Listing, OpenedFolder, cannot};
use super::indexing::OnProgress;
use super::pack;
use super::source::{Location, Origin, SourceSpec, UnavailableSource};
use crate::error::{Error, Result};
use crate::index;
use crate::index::segment::Segment;
use crate::readers::reader;

/// The name of the built-in glossary.
pub const BUILT_IN: &str = "built-in";

/// An entry of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The position of its layer; the nearest is 0.
    pub(super) layer: usize,
    /// Its number in the layer.
    pub(super) number: u32,
}

/// A glossary that is consulted.
#[derive(Debug)]
pub struct Glossary {
    /// The name shown with its entries.
    pub name: String,
    /// Where it is.
    pub location: Location,
    /// Why it is consulted.
    pub origin: Origin,
    /// How many entries it has, including those that a nearer glossary replaces or hides.
    pub entries: u32,
    /// What cannot be used in it.
    pub findings: Vec<Finding>,
}

impl Glossary {
    /// The path by which it was named; `None` for the built-in glossary.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.location {
            Location::Folder(path) | Location::File(path) | Location::Pack(path) => Some(path),
            Location::Binary => None,
        }
    }

    /// The folder or the file with its source; `None` if it is packed.
    #[must_use]
    pub fn source_path(&self) -> Option<&Path> {
        self.path()
            .filter(|_| !matches!(self.location, Location::Pack(_)))
    }

    /// The folder in which its entries are files; `None` if they are not files.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.location {
            Location::Folder(path) => Some(path),
            Location::File(_) | Location::Pack(_) | Location::Binary => None,
        }
    }
}

/// A glossary and its index.
pub(super) struct Layer {
    pub(super) glossary: Glossary,
    pub(super) segment: Segment,
}

impl Layer {
    /// Queries the index. An error names the glossary.
    pub(super) fn query<'l, T>(
        &'l self,
        query: impl FnOnce(&'l Segment) -> std::result::Result<T, index::Error>,
    ) -> Result<T> {
        query(&self.segment).map_err(|error| self.damaged(error))
    }

    /// The error for a glossary that cannot be read.
    pub(super) fn damaged(&self, error: index::Error) -> Error {
        Error::Glossary {
            name: self.glossary.name.clone(),
            error,
        }
    }
}

/// All entries that can be looked up.
pub struct Corpus {
    pub(super) layers: Vec<Layer>,
    unavailable: Vec<UnavailableSource>,
}

/// How folders are read.
pub struct CorpusOptions<'o> {
    /// The folder for caches; `None` to read folders each time.
    pub cache: Option<PathBuf>,
    /// Is called while files are read.
    pub on_progress: Box<OnProgress<'o>>,
}

impl Default for CorpusOptions<'_> {
    fn default() -> Self {
        Self {
            cache: None,
            on_progress: Box::new(|_, _| {}),
        }
    }
}

impl Corpus {
    /// Opens the glossaries in these places, the nearest first, and the built-in one, if it is given, beneath
    /// them.
    ///
    /// # Errors
    /// A place that a flag names cannot be read, or the binary is damaged.
    pub fn open(
        sources: &[SourceSpec],
        built_in: Option<Embedded>,
        options: &mut CorpusOptions<'_>,
    ) -> Result<Self> {
        let mut corpus = Self::empty();
        let mut opened: Vec<PathBuf> = Vec::new();
        for source in sources {
            let canonical = fs::canonicalize(&source.path);
            let canonical = canonical.unwrap_or_else(|_| source.path.clone());
            if opened.contains(&canonical) {
                continue;
            }
            match open(&source.path, options) {
                Ok((location, folder)) => {
                    let name = corpus.display_name(source.origin, &canonical);
                    corpus.push(name, location, source.origin, folder);
                    opened.push(canonical);
                }
                Err(error) if source.origin == Origin::Flag => return Err(error),
                Err(error) => corpus.unavailable.push(UnavailableSource {
                    source: source.clone(),
                    error,
                }),
            }
        }
        if let Some(built_in) = built_in {
            let name = BUILT_IN.to_string();
            let segment =
                Segment::open(Box::new(built_in.index), Some(built_in.texts)).map_err(|error| {
                    Error::Glossary {
                        name: name.clone(),
                        error,
                    }
                })?;
            corpus.push(name, Location::Binary, Origin::BuiltIn, segment.into());
        }
        Ok(corpus)
    }

    /// The built-in glossary alone.
    ///
    /// # Errors
    /// The binary is damaged.
    pub fn built_in(built_in: Embedded) -> Result<Self> {
        Self::open(&[], Some(built_in), &mut CorpusOptions::default())
    }

    /// A corpus without entries, for commands that need none.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            layers: Vec::new(),
            unavailable: Vec::new(),
        }
    }

    /// A single glossary, without the built-in one.
    #[must_use]
    pub fn single(name: &str, segment: Segment) -> Self {
        let mut corpus = Self::empty();
        let name = name.to_string();
        corpus.push(name, Location::Binary, Origin::Flag, segment.into());
        corpus
    }

    fn push(&mut self, name: String, location: Location, origin: Origin, opened: OpenedFolder) {
        let OpenedFolder { segment, findings } = opened;
        let glossary = Glossary {
            name,
            location,
            origin,
            entries: segment.entry_count(),
            findings,
        };
        self.layers.push(Layer { glossary, segment });
    }

    /// The name for a glossary: the last part of its path if the user named it and no other glossary has that
    /// name, or else the whole path.
    fn display_name(&self, origin: Origin, path: &Path) -> String {
        let is_named = matches!(origin, Origin::Flag | Origin::Environment);
        let last = path.file_name().map(|name| name.to_string_lossy());
        let is_free = |name: &str| {
            name != BUILT_IN && self.glossaries().all(|glossary| glossary.name != name)
        };
        last.filter(|last| is_named && is_free(last))
            .unwrap_or_else(|| path.to_string_lossy())
            .into_owned()
    }

    /// Whether an entry is from a glossary of the user.
    #[must_use]
    pub fn is_users(&self, id: Id) -> bool {
        self.layers[id.layer].glossary.origin != Origin::BuiltIn
    }

    /// Whether glossaries of the user are consulted.
    pub(super) fn has_users_entries(&self) -> bool {
        let nearest = self.layers.first();
        nearest.is_some_and(|layer| layer.glossary.origin != Origin::BuiltIn)
    }

    /// The glossaries that are consulted, the nearest first.
    pub fn glossaries(&self) -> impl Iterator<Item = &Glossary> {
        self.layers.iter().map(|layer| &layer.glossary)
    }

    /// The places that should be consulted but cannot be.
    #[must_use]
    pub fn unavailable(&self) -> &[UnavailableSource] {
        &self.unavailable
    }
}

/// Opens the folder, file, or pack at a path.
fn open(path: &Path, options: &mut CorpusOptions<'_>) -> Result<(Location, OpenedFolder)> {
    let own = path.to_path_buf();
    let metadata = fs::metadata(path).map_err(|error| cannot("read", path, error))?;
    if metadata.is_dir() {
        let folder = cache::read(path, options.cache.as_deref(), &mut *options.on_progress)?;
        return Ok((Location::Folder(own), folder));
    }
    if !metadata.is_file() {
        let error = io::Error::other("neither a folder nor a file");
        return Err(cannot("read", path, error));
    }
    match pack::open(path) {
        Ok(segment) => Ok((Location::Pack(own), OpenedFolder::from(segment))),
        Err(index::Error::Foreign) if reader(path).is_some() => {
            let read = folder::read(&Listing::open(path)?, &mut *options.on_progress)?;
            Ok((Location::File(own), read))
        }
        Err(error) => {
            let name = path.display().to_string();
            Err(Error::Glossary { name, error })
        }
    }
}
