//! The sections of an index, and the fields whose keys can be looked up.

use std::marker::PhantomData;

use crate::entry::names::Kind;

/// The first bytes of an index.
pub const MAGIC: &[u8; 8] = b"GLOSSARY";

/// The version of the format. A reader accepts only its own version.
pub const VERSION: u32 = 5;

/// Bytes before the first record: magic, version, and four bytes of padding.
pub const HEADER_LEN: usize = 16;

/// The parts of an index, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The records of the entries.
    Entries,
    /// Where each record starts.
    Offsets,
    /// The dictionary of [`NAMES`].
    Names,
    /// The dictionary of [`NAME_WORDS`].
    NameWords,
    /// The dictionary of [`BACKLINKS`].
    Backlinks,
    /// The dictionary of [`TAGS`].
    Tags,
    /// The dictionary of [`TERMS`].
    Terms,
    /// A byte for each entry: its length, as [`encode_norm`](super::norm::encode_norm) gives it.
    Norms,
    /// The dictionary of [`HIDDEN`].
    Hidden,
    /// The state of the folder, in its cache. Empty in other indexes.
    Cache,
}

impl Section {
    /// All sections, in their order.
    pub const ALL: [Self; 10] = [
        Self::Entries,
        Self::Offsets,
        Self::Names,
        Self::NameWords,
        Self::Backlinks,
        Self::Tags,
        Self::Terms,
        Self::Norms,
        Self::Hidden,
        Self::Cache,
    ];

    /// How many sections there are.
    pub const COUNT: usize = Self::ALL.len();
}

/// A field whose keys lead to entries, each with a payload `P`.
#[derive(Debug, Clone, Copy)]
pub struct Field<P> {
    /// The section with the field's dictionary.
    pub(super) section: Section,
    payload: PhantomData<P>,
}

impl<P> Field<P> {
    const fn new(section: Section) -> Self {
        Self {
            section,
            payload: PhantomData,
        }
    }
}

/// Keys of names, and of their singular and American forms.
pub const NAMES: Field<NamePayload> = Field::new(Section::Names);

/// Words of names, in the singular and in American spelling.
pub const NAME_WORDS: Field<()> = Field::new(Section::NameWords);

/// Keys of related titles; they lead to the entries that list the titles.
pub const BACKLINKS: Field<()> = Field::new(Section::Backlinks);

/// Topics.
pub const TAGS: Field<()> = Field::new(Section::Tags);

/// Stems of words.
pub const TERMS: Field<TermWeight> = Field::new(Section::Terms);

/// Keys of slugs that this glossary hides in the glossaries beneath it. They lead to entry 0.
pub const HIDDEN: Field<()> = Field::new(Section::Hidden);

/// A value stored with an entry under a key. Each payload is one byte.
pub trait Payload: Copy {
    /// The payload as a byte. If an entry is added twice under a key, the lower byte is kept.
    fn to_byte(self) -> u8;

    /// The payload of a byte; `None` for a byte that stands for no payload.
    fn from_byte(byte: u8) -> Option<Self>;
}

impl Payload for () {
    fn to_byte(self) -> u8 {
        0
    }

    fn from_byte(_: u8) -> Option<Self> {
        Some(())
    }
}

/// How a name leads to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamePayload {
    /// How the name is related to the entry.
    pub kind: Kind,
    /// Whether the key is the name's singular and American form, and no name is spelled like it.
    pub is_variant: bool,
}

impl NamePayload {
    const VARIANT: u8 = 0x80;
}

impl Payload for NamePayload {
    fn to_byte(self) -> u8 {
        self.kind as u8 | if self.is_variant { Self::VARIANT } else { 0 }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        let kind = *Kind::ALL.get(usize::from(byte & !Self::VARIANT))?;
        Some(Self {
            kind,
            is_variant: byte & Self::VARIANT != 0,
        })
    }
}

/// How much an entry uses a term, as [`encode_norm`](super::norm::encode_norm) gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermWeight(pub u8);

impl Payload for TermWeight {
    fn to_byte(self) -> u8 {
        self.0
    }

    fn from_byte(byte: u8) -> Option<Self> {
        Some(Self(byte))
    }
}
