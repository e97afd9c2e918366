//! A command-line glossary of artificial intelligence: any term at three depths, offline.
//!
//! The modules in reading order; each may use those above it, and nothing below `commands` knows of
//! flags, environment or terminals:
//!
//! - [`entry`]: what an entry is, how its file is read, and the rules that it is held to;
//! - [`index`]: a glossary in bytes that can be read where they lie;
//! - [`corpus`]: which entries there are, in layers;
//! - [`query`]: questions about them: a name, what is related, what to read first;
//! - [`render`]: blocks of text laid out, in a style and a width that the caller chooses.

pub mod corpus;
pub mod entry;
pub mod error;
pub mod index;
pub mod query;
pub mod render;
