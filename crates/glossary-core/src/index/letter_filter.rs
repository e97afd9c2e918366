//! A filter that finds the keys which may be within a few edits of another, without reading them.
//!
//! For each letter, a bitmap has a bit for each key that contains it. Counting the missing letters of many
//! keys at once rules out those that lack more of them than the edits can take away.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Error;

/// The letters that are told apart: a bit each of a mask.
pub(super) const LETTERS: usize = u128::BITS as usize;

/// Keys that are filtered side by side, a bit each: as many as fit in a vector register.
pub(super) const BLOCK: u32 = 256;

/// A bit for each key of a block.
type Block = [u64; 4];

/// The bytes of a block.
pub(super) const BLOCK_BYTES: usize = size_of::<Block>();

/// The bits of a counter. More missing letters than it can count are not counted.
const COUNTER_BITS: usize = 4;
const MAX_COUNT: u8 = (1 << COUNTER_BITS) - 1;

/// The letters of a text as bits. For each sort of letter, one bit says that it occurs, and one each that
/// it occurs twice, three, and four times. The sorts are `a` to `z` and six for everything else. Higher bits
/// are rarer. A deletion or a substitution clears at most one bit, an insertion or a transposition none.
#[must_use]
fn mask(text: &str) -> u128 {
    let mut mask = 0_u128;
    for c in text.chars() {
        let sort = match c {
            'a'..='z' => SORTS[c as usize - 'a' as usize],
            '0'..='9' => 26 + (c as u32 - '0' as u32) % 3,
            _ => 29 + c as u32 % 3,
        };
        let counts = COUNTS << sort;
        let unset = counts & !mask;
        mask |= unset & unset.wrapping_neg();
    }
    mask
}

/// The bits of the first sort.
const COUNTS: u128 = 1 | 1 << 32 | 1 << 64 | 1 << 96;

/// The sorts of `a` to `z`: how many letters are more frequent in English.
const SORTS: [u32; 26] = {
    let most_frequent_first = b"etaoinsrhldcumfpgwybvkxjqz";
    let mut sorts = [0; 26];
    let mut sort = 0;
    while sort < 26 {
        sorts[(most_frequent_first[sort as usize] - b'a') as usize] = sort;
        sort += 1;
    }
    sorts
};

/// The letters of a text, the rarest first.
pub(super) fn letters(text: &str) -> Vec<u32> {
    let mut letters: Vec<u32> = bits(mask(text)).collect();
    letters.reverse();
    letters
}

/// Writes the bitmaps of all letters for keys in their order.
pub(super) fn write<'k>(
    keys: impl Iterator<Item = &'k str>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut bitmaps: Vec<Vec<u64>> = vec![Vec::new(); LETTERS];
    let mut words = 0;
    for (number, key) in keys.enumerate() {
        words = (number / BLOCK as usize + 1) * 4;
        for letter in bits(mask(key)) {
            let bitmap = &mut bitmaps[letter as usize];
            bitmap.resize(words, 0);
            bitmap[number / 64] |= 1 << (number % 64);
        }
    }
    for mut bitmap in bitmaps {
        bitmap.resize(words, 0);
        for word in bitmap {
            out.write_all(&word.to_le_bytes())?;
        }
    }
    Ok(())
}

/// The filter for some blocks of keys.
pub(super) struct LetterFilter<'s> {
    /// How many blocks there are.
    pub(super) blocks: u32,
    /// The bitmaps of the letters that were asked for, the rarest first.
    pub(super) letter_bitmaps: Vec<Cow<'s, [u8]>>,
    /// How many of the letters a key may lack.
    pub(super) max_missing: u8,
}

impl LetterFilter<'_> {
    /// Calls `visit` with the number of each key that lacks no more letters.
    ///
    /// It counts down from `max_missing` for all keys of a block at once. Bit `n` of each key's counter is in
    /// the `n`-th element of `left`, so subtracting one is a ripple of exclusive ors.
    pub(super) fn each(
        &self,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let max_missing = self.max_missing.min(MAX_COUNT);
        let full: [Block; COUNTER_BITS] = std::array::from_fn(|bit| {
            let is_set = max_missing >> bit & 1 != 0;
            [if is_set { u64::MAX } else { 0 }; 4]
        });
        for block in 0..self.blocks {
            let mut left = full;
            let mut ruled_out = Block::default();
            for some in self.letter_bitmaps.chunks(2) {
                for bitmap in some {
                    let mut borrow = read(bitmap, block)?.map(|contains| !contains);
                    for left in &mut left {
                        for (left, borrow) in left.iter_mut().zip(&mut borrow) {
                            *left ^= *borrow;
                            *borrow &= *left;
                        }
                    }
                    for (ruled_out, borrow) in ruled_out.iter_mut().zip(borrow) {
                        *ruled_out |= borrow;
                    }
                }
                if ruled_out == [u64::MAX; 4] {
                    break;
                }
            }
            for (first, ruled_out) in (block * BLOCK..).step_by(64).zip(ruled_out) {
                bits(!ruled_out).try_for_each(|key| visit(first + key))?;
            }
        }
        Ok(())
    }
}

fn read(bitmap: &[u8], number: u32) -> Result<Block, Error> {
    let bytes: &[u8; BLOCK_BYTES] = bitmap
        .get(number as usize * BLOCK_BYTES..)
        .and_then(<[u8]>::first_chunk)
        .ok_or(Error::Damaged("the letters of the keys"))?;
    let mut block = Block::default();
    for (word, bytes) in block.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
    }
    Ok(block)
}

/// The numbers of the bits that are set, the lowest first.
fn bits(set: impl Into<u128>) -> impl Iterator<Item = u32> {
    let mut rest = set.into();
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros());
        rest &= rest.wrapping_sub(1);
        bit
    })
}
