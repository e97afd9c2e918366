//! Words by their outline: the first two letters, the last two, and the length.
//!
//! Owns a table that tells most words which are in no name apart, without reading all of them: most
//! words of a text are such. It must not know what the words are for.
//!
//! It is a Bloom filter with one hash function (B. H. Bloom, “Space/time trade-offs in hash coding with
//! allowable errors”, 1970).

/// The bits of the table, as a power of two: they fit the nearest cache.
const BITS: u32 = 16;

/// A set of outlines.
pub(super) struct Outlines {
    bits: Vec<u64>,
}

impl Default for Outlines {
    fn default() -> Self {
        Self {
            bits: vec![0; 1 << (BITS - 6)],
        }
    }
}

impl Outlines {
    /// Takes in a word, in lower case.
    pub(super) fn add(&mut self, word: &[u8]) {
        let (place, bit) = place(word);
        self.bits[place] |= bit;
    }

    /// Whether a word in ASCII may have been taken in, in whatever case.
    pub(super) fn may_have(&self, word: &[u8]) -> bool {
        let (place, bit) = place(word);
        self.bits[place] & bit != 0
    }
}

/// The number in the table of a word's outline, and its bit there.
fn place(word: &[u8]) -> (usize, u64) {
    /// What makes capitals small, and tells other letters and digits apart as before.
    const SMALL: u32 = 0x2020_2020;
    /// Knuth's multiplicative hashing: 2³² divided by the golden ratio.
    const SPREAD: u32 = 0x9e37_79b1;
    let outline = match word {
        [first, second, .., before, last] => u32::from_le_bytes([*first, *second, *before, *last]),
        [first, second, last] => u32::from_le_bytes([*first, *second, *last, 0]),
        [first, last] => u32::from_le_bytes([*first, *last, 0, 0]),
        [only] => u32::from(*only),
        [] => 0,
    };
    #[expect(clippy::cast_possible_truncation, reason = "words are short")]
    let length = word.len() as u32;
    let hash = (outline | SMALL)
        .wrapping_add(length << 7)
        .wrapping_mul(SPREAD)
        >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}
