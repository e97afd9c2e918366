//! What an entry is.
pub mod markdown;
