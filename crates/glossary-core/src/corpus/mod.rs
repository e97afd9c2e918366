//! Which entries there are: glossaries in layers, the nearest first and the built-in one last.
//!
//! A [`Corpus`] hides the layers. An entry of a nearer glossary replaces or hides the one with its slug in
//! the glossaries beneath.

mod atomic_file;
mod cache;
pub mod embedded;
mod entries;
mod fingerprint;
pub mod folder;
pub mod indexing;
pub mod inspect;
mod layers;
mod lookup;
mod name_lookup;
pub mod pack;
mod paged_file;
pub mod policy;
pub mod select;
mod source;
mod terms;
pub mod user_folder;
mod walk;

pub use entries::SectionBeneath;
pub use layers::{BUILT_IN, Corpus, CorpusOptions, Glossary, Id};
pub use lookup::{Candidate, NameMatch, Reach};
pub use source::{Location, Origin, SourceSpec, UnavailableSource};
pub use terms::{Norms, TermPosting, TermPostings};
