//! The library of the `glossary` command. It knows nothing of command lines or terminals.
//!
//! The modules in reading order; each may use those above it:
//!
//! - [`entry`]: what an entry is, how its file is read, and the rules it must follow;
//! - [`index`]: a glossary as bytes that are read where they are;
//! - [`error`]: what can go wrong;
//! - [`corpus`]: which entries there are, in layers;
//! - [`query`]: questions about them: a name, a search, what is related, what to read first.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod corpus;
pub mod entry;
pub mod error;
pub mod index;
pub mod query;
pub mod readers;
