//! All integration tests, in one binary so that `cargo test` links once.

mod cache;
mod check;
mod format;
mod hostile;
mod layers;
mod lookup;
mod names;
mod output;
mod own;
mod packs;
mod pipes;
mod properties;
mod readme;
mod scan;
mod search;
mod shells;
mod support;
mod terminal;
mod transcripts;
mod writing;
