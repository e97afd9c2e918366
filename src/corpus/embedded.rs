//! The glossary in the binary.
//!
//! Owns the embedded bytes. Nothing of them is parsed before it is asked for.

use crate::index::Error;
use crate::index::reader::Index;

static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));
static TEXTS: &[&str] = &include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Opens it.
pub(super) fn open() -> Result<Index, Error> {
    Index::open(Box::new(INDEX), Some(TEXTS))
}
