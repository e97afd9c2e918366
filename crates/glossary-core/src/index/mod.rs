//! The index of a glossary: everything that a look-up needs, in bytes that can be read where they lie.
//!
//! Owns the format, which the built-in glossary, a folder in the cache and a packed file share, so
//! that one reader serves them all. It must not know where the bytes lie (`Store`) or what is asked
//! of them. The build script compiles this module too, so it names nothing of the crate outside
//! `crate::entry` and `crate::index`.
//!
//! ```text
//! MAGIC VERSION                    16 bytes
//! entries                          a record each, followed by the entry's text in a pack
//! offsets                          u64 each: where each record begins, and the end of the last
//! dictionaries                     one for each `Section`
//! table                            (start u64, length u64) for each section
//! TAIL                             u64: where the table begins
//! ```
//!
//! Numbers are little-endian; lists and texts inside a record carry their length as a varint.

pub mod builder;
pub mod bytes;
pub mod card;
pub mod dictionary;
pub mod joined;
pub mod reader;
pub mod record;
pub mod runs;
mod sight;
pub mod terms;

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::rc::Rc;

/// The first bytes of an index.
pub const MAGIC: &[u8; 8] = b"GLOSSARY";

/// The version of the format; a reader reads its own version only.
pub const VERSION: u32 = 2;

/// Magic, version and four bytes of padding.
pub const HEAD: usize = 16;

/// The parts of an index, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Records, each with its text where texts are inside.
    Entries,
    /// Where each record begins.
    Offsets,
    /// Name key → entries, tagged with the kind of name.
    Names,
    /// Word of a name, in the singular and in American spelling → entries.
    NameWords,
    /// Key of a related title → the entries that name it.
    Backlinks,
    /// Topic → its entries.
    Tags,
    /// Stem of a word → the entries that use it, tagged with its weight there.
    Terms,
    /// One byte an entry: its length, as a quantized logarithm, for ranking.
    Lengths,
    /// Slugs that this layer takes out of the layers below.
    Hidden,
}

impl Section {
    /// How many sections there are.
    pub const COUNT: usize = Self::ALL.len();

    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::Entries,
        Self::Offsets,
        Self::Names,
        Self::NameWords,
        Self::Backlinks,
        Self::Tags,
        Self::Terms,
        Self::Lengths,
        Self::Hidden,
    ];

    /// Those that are dictionaries.
    pub const DICTIONARIES: [Self; 6] = [
        Self::Names,
        Self::NameWords,
        Self::Backlinks,
        Self::Tags,
        Self::Terms,
        Self::Hidden,
    ];
}

/// Where the bytes of an index lie.
pub trait Store {
    /// `length` bytes from `start`.
    ///
    /// # Errors
    /// The store cannot be read, or holds fewer bytes.
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error>;

    /// How many bytes there are.
    fn len(&self) -> u64;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Store for &'static [u8] {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        slice(self, start, length)
    }

    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }
}

impl Store for Vec<u8> {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        slice(self, start, length)
    }

    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }
}

impl<S: Store> Store for Rc<S> {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        (**self).read(start, length)
    }

    fn len(&self) -> u64 {
        (**self).len()
    }
}

fn slice(bytes: &[u8], start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
    let start = usize::try_from(start).map_err(|_| Error::Damaged("an offset"))?;
    let end = start
        .checked_add(length)
        .ok_or(Error::Damaged("a length"))?;
    bytes
        .get(start..end)
        .map(Cow::Borrowed)
        .ok_or(Error::Damaged("an offset"))
}

/// Why an index could not be read.
#[derive(Debug)]
pub enum Error {
    /// The bytes could not be had.
    Io(io::Error),
    /// The bytes are not what the format says; names the part.
    Damaged(&'static str),
    /// There are no bytes at all.
    Empty,
    /// The bytes begin like no index.
    Foreign,
    /// The index is of another version of the format.
    Version(u32),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Damaged(part) => write!(f, "damaged ({part}); pack it again"),
            Self::Empty => write!(f, "empty, not a packed glossary"),
            Self::Foreign => write!(f, "not a packed glossary"),
            Self::Version(version) => {
                write!(
                    f,
                    "packed in format {version}, this program reads format {VERSION}; pack it again"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
