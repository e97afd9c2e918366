//! The glossary that a program carries in its binary.

/// The bytes of a glossary that were compiled into the program. They are parsed only when a query
/// needs them.
#[derive(Debug, Clone, Copy)]
pub struct Embedded {
    /// The index, as `index::builder` writes it.
    pub index: &'static [u8],
    /// The entry files, in the order of their numbers in the index.
    pub texts: &'static [&'static str],
}
