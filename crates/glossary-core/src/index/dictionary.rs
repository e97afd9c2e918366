//! A dictionary: sorted keys that lead to postings.
//!
//! Keys are sorted by their length in characters, then by their bytes. This order serves an exact lookup (a
//! binary search among the keys of one length), a prefix scan (a binary search for each length), and a fuzzy
//! lookup (a scan of the lengths within reach, through a letter filter).
//!
//! ```text
//! count u32 · (LENGTH_CLASSES + 1) × u32: where each length starts · (count + 1) × u32: where each key
//! starts · (count + 1) × u32: where each posting list starts · letter bitmaps, each of ⌈count ÷ 256⌉ × 32
//! bytes · keys · posting lists
//! ```

use std::borrow::Cow;
use std::marker::PhantomData;

use super::Error;
use super::bytes::u32_at;
use super::letter_filter::{BLOCK, BLOCK_BYTES, LETTERS, LetterFilter, letters};
use super::postings::{PostingList, SHORTEST_POSTING};
use super::schema::Payload;
use super::store::Store;

/// The lengths that are told apart. All longer keys count as keys of the last length.
pub(super) const LENGTH_CLASSES: u8 = 64;

/// The last length.
const LONGEST: u8 = LENGTH_CLASSES - 1;

/// Bytes before the offsets of the keys.
const HEADER_LEN: u64 = 4 + 4 * (LENGTH_CLASSES as u64 + 1);

/// Blocks that are filtered at once: few enough for the processor's cache.
const BLOCKS_AT_ONCE: u32 = 128;

/// The most bytes of a key. Longer ones are not indexed, as users do not type them.
const MAX_KEY_LEN: usize = 512;

/// Whether dictionaries accept a key.
pub(super) fn accepts(key: &str) -> bool {
    (1..=MAX_KEY_LEN).contains(&key.len())
}

/// The length under which a key is sorted.
pub(super) fn length_class(key: &str) -> u8 {
    let length = u8::try_from(key.chars().count()).unwrap_or(LONGEST);
    length.min(LONGEST)
}

/// A dictionary, read in place.
#[derive(Clone, Copy)]
pub struct Dictionary<'s, P> {
    store: &'s dyn Store,
    start: u64,
    count: u32,
    payload: PhantomData<P>,
}

impl<'s, P: Payload> Dictionary<'s, P> {
    /// The dictionary that starts at a byte of a store.
    pub fn open(store: &'s dyn Store, start: u64) -> Result<Self, Error> {
        let count = u32_at(&store.read(start, 4)?, 0)?;
        Ok(Self {
            store,
            start,
            count,
            payload: PhantomData,
        })
    }

    /// The postings of a key.
    pub fn get(&self, key: &str) -> Result<PostingList<'s, P>, Error> {
        match self.find(key)? {
            Some(number) => self.postings(number),
            None => Ok(PostingList::empty()),
        }
    }

    /// The postings of a key; `None`, without reading them, if there may be more than `most`.
    pub fn get_if_short(
        &self,
        key: &str,
        most: usize,
    ) -> Result<Option<PostingList<'s, P>>, Error> {
        let Some(number) = self.find(key)? else {
            return Ok(Some(PostingList::empty()));
        };
        let (start, end) = self.bounds(self.list_offsets(), number)?;
        let is_short = (end - start) as usize / SHORTEST_POSTING <= most;
        is_short.then(|| self.postings(number)).transpose()
    }

    /// The numbers of the keys that start with `prefix` and are at most `more` letters longer, the shortest
    /// keys first; at most `limit`.
    pub fn prefix_scan(&self, prefix: &str, more: u8, limit: usize) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        let shortest = length_class(prefix);
        for length in shortest..=shortest.saturating_add(more).min(LONGEST) {
            let (start, end) = self.keys_of_length(length)?;
            for number in self.lower_bound(start, end, prefix)?..end {
                if found.len() >= limit {
                    return Ok(found);
                }
                if !self.key(number)?.starts_with(prefix) {
                    break;
                }
                found.push(number);
            }
        }
        Ok(found)
    }

    /// Calls `visit` with the numbers of keys that may be within `edits` insertions, deletions,
    /// substitutions, and transpositions of `key`: all that are, and few that are not. Keys of the most
    /// similar length come first, and at most `limit` are visited.
    pub fn fuzzy_candidates(
        &self,
        key: &str,
        edits: u8,
        limit: usize,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let letters = letters(key);
        let length = length_class(key);
        let shortest = length.saturating_sub(edits);
        let mut lengths: Vec<u8> = (shortest..=length.saturating_add(edits).min(LONGEST)).collect();
        lengths.sort_by_key(|other| other.abs_diff(length));
        let mut rest = limit;
        for other in lengths {
            // Insertions cannot remove letters, so they lower the budget. The last length has longer keys
            // too, so there their number is unknown.
            let insertions = if other < LONGEST {
                other.saturating_sub(length)
            } else {
                0
            };
            self.filter(&letters, other, edits - insertions, &mut |number| {
                if rest == 0 {
                    return Ok(());
                }
                rest -= 1;
                visit(number)
            })?;
            if rest == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Calls `visit` with the numbers of the keys of a length that lack at most so many of the letters.
    fn filter(
        &self,
        letters: &[u32],
        length: u8,
        max_missing: u8,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (start, end) = self.keys_of_length(length)?;
        if start == end {
            return Ok(());
        }
        let (first, last) = (start / BLOCK, end.div_ceil(BLOCK));
        for block in (first..last).step_by(BLOCKS_AT_ONCE as usize) {
            let blocks = BLOCKS_AT_ONCE.min(last - block);
            let filter = LetterFilter {
                blocks,
                letter_bitmaps: self.letter_bitmaps(letters, block, blocks)?,
                max_missing,
            };
            filter.each(&mut |key| {
                let number = block * BLOCK + key;
                if (start..end).contains(&number) {
                    visit(number)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The bitmaps of letters for some blocks of keys.
    fn letter_bitmaps(
        &self,
        letters: &[u32],
        first: u32,
        count: u32,
    ) -> Result<Vec<Cow<'s, [u8]>>, Error> {
        let blocks = u64::from(self.count.div_ceil(BLOCK));
        let read = |&letter: &u32| {
            let block = u64::from(letter) * blocks + u64::from(first);
            let start = self.bitmaps() + block * BLOCK_BYTES as u64;
            self.store.read(start, count as usize * BLOCK_BYTES)
        };
        letters.iter().map(read).collect()
    }

    /// The key with a number.
    pub fn key(&self, number: u32) -> Result<Cow<'s, str>, Error> {
        let (start, end) = self.bounds(self.key_offsets(), number)?;
        let bytes = self
            .store
            .read(self.keys() + u64::from(start), (end - start) as usize)?;
        let key = match bytes {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
        };
        key.ok_or(Error::Damaged("a key"))
    }

    /// The postings of the key with a number.
    pub fn postings(&self, number: u32) -> Result<PostingList<'s, P>, Error> {
        let (start, end) = self.bounds(self.list_offsets(), number)?;
        let length = (end - start) as usize;
        let key_bytes = u32_at(&self.store.read(self.list_offsets() - 4, 4)?, 0)?;
        let lists = self.keys() + u64::from(key_bytes);
        let bytes = self.store.read(lists + u64::from(start), length)?;
        Ok(PostingList::new(bytes))
    }

    fn find(&self, key: &str) -> Result<Option<u32>, Error> {
        let (start, end) = self.keys_of_length(length_class(key))?;
        let number = self.lower_bound(start, end, key)?;
        Ok((number < end && self.key(number)? == key).then_some(number))
    }

    /// The numbers of the first key of a length and of the first longer key.
    fn keys_of_length(&self, length: u8) -> Result<(u32, u32), Error> {
        let bytes = self.store.read(self.start + 4 + 4 * u64::from(length), 8)?;
        let (start, end) = (u32_at(&bytes, 0)?, u32_at(&bytes, 4)?);
        if start <= end && end <= self.count {
            Ok((start, end))
        } else {
            Err(Error::Damaged("the order of the keys"))
        }
    }

    /// The first number from `low` to `high` whose key is not less than `key`.
    fn lower_bound(&self, mut low: u32, mut high: u32, key: &str) -> Result<u32, Error> {
        while low < high {
            let middle = low + (high - low) / 2;
            if *self.key(middle)? < *key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// Where the part with a number starts and ends, by a table of offsets.
    fn bounds(&self, offsets: u64, number: u32) -> Result<(u32, u32), Error> {
        if number >= self.count {
            return Err(Error::Damaged("the number of a key"));
        }
        let bytes = self.store.read(offsets + 4 * u64::from(number), 8)?;
        let (start, end) = (u32_at(&bytes, 0)?, u32_at(&bytes, 4)?);
        if start <= end {
            Ok((start, end))
        } else {
            Err(Error::Damaged("the order of the keys"))
        }
    }

    fn key_offsets(&self) -> u64 {
        self.start + HEADER_LEN
    }

    fn list_offsets(&self) -> u64 {
        self.key_offsets() + 4 * (u64::from(self.count) + 1)
    }

    fn bitmaps(&self) -> u64 {
        self.list_offsets() + 4 * (u64::from(self.count) + 1)
    }

    fn keys(&self) -> u64 {
        self.bitmaps() + (LETTERS * BLOCK_BYTES) as u64 * u64::from(self.count.div_ceil(BLOCK))
    }
}
