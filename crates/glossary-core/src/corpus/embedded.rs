//! The glossary in the binary.

/// A glossary that was compiled into the program. It is parsed only as far as a query needs.
#[derive(Debug, Clone, Copy)]
pub struct Embedded {
    /// The index, as `index::writer` writes it.
    pub index: &'static [u8],
    /// The texts of the entries, in the order of their numbers in the index.
    pub texts: &'static [&'static str],
}
