//! A command-line glossary of artificial intelligence.
pub mod entry;
