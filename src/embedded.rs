//! The built-in glossary: the entries of this project, compiled into the binary.

use glossary_core::corpus::embedded::Embedded;

/// The index that `build.rs` makes, and the entries' files.
pub static BUILT_IN: Embedded = Embedded {
    index: include_bytes!(concat!(env!("OUT_DIR"), "/index.bin")),
    texts: &include!(concat!(env!("OUT_DIR"), "/texts.rs")),
};
