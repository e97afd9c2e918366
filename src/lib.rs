//! A command-line glossary of artificial intelligence.
pub mod entry;
pub mod render;
