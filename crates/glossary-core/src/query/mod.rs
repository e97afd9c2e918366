//! Questions about the entries, and their answers as values.

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
pub mod suggestion;
pub mod summary;
pub mod term_graph;
mod translations;
mod word_lists;
