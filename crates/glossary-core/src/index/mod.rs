//! The index of a glossary. It holds everything a lookup needs and is read in place, without parsing.
//!
//! The built-in glossary, the cache of a folder, and a pack share this format, so one reader serves all of
//! them. A [`Segment`](segment::Segment) is laid out as follows:
//!
//! ```text
//! MAGIC · VERSION · 0 u32          16 bytes
//! entries                          a record for each, with the entry's text unless it is stored elsewhere
//! offsets                          u64 each: where each record starts, and the end of the last one
//! dictionaries                     one for each field: keys with their postings
//! …                                the remaining sections, in the order of `schema::Section`
//! table                            (start u64, length u64) for each section
//! u64                              where the table starts
//! ```
//!
//! Numbers are little-endian. Lists and texts in a record start with their length as a varint.

pub mod analyzer;
pub mod bytes;
pub mod dictionary;
mod error;
mod inverted_lists;
mod letter_filter;
pub mod norm;
pub mod postings;
pub mod record;
pub mod schema;
pub mod segment;
pub mod store;
mod term_vector;
pub mod writer;

pub use error::Error;
