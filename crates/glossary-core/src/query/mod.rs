//! Questions about the entries, and their answers as values.
//!
//! Owns what is found and in which order. It must not know how answers are shown or what flags were
//! given.

mod code;
mod comparison;
mod english;
mod exact;
pub mod fuzzy;
mod generic;
pub mod graph;
pub mod list;
pub mod lookup;
pub mod named;
pub mod question;
pub mod resolve;
pub mod scan;
pub mod search;
pub mod sentence;
pub mod standing;
pub mod summary;
pub mod synonyms;
pub mod term_graph;
mod translations;
pub mod wanted;
mod word_lists;
