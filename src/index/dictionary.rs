//! A sorted dictionary in bytes: keys to postings, a posting being an entry and a tag.
//!
//! Owns the layout and the three ways to ask: a key, the keys that begin so, the keys that are near.
//! It must not know what keys and tags stand for.
//!
//! Keys are sorted by their length in characters and then by their bytes, so that one order serves
//! the exact look-up (a binary search among keys of one length), the prefix (one such search a
//! length) and the near miss (a scan of the lengths within reach). For the latter each key has a mask
//! of the characters that it holds: keys whose masks differ in more bits than the edits could change
//! are passed over unread.
//!
//! ```text
//! count u32 · LENGTHS+1 × u32: where each length begins · count+1 × u32: where each key begins ·
//! count+1 × u32: where each list of postings begins · count × u64: masks · keys · postings
//! ```

use std::borrow::Cow;

use super::bytes::{Cursor, put_varint, u32_at};
use super::{Error, Store};

/// Keys longer than this are kept among those of this length.
const LENGTHS: u8 = 64;

/// The bytes in front of the key offsets.
const HEAD: u64 = 4 + 4 * (LENGTHS as u64 + 1);

/// Masks read at once while scanning: few enough to stay in the processor's cache.
const MASKS_AT_ONCE: u32 = 4096;

/// Masks compared at once: as many as a number has bits.
const BLOCK: usize = 64;

/// One entry under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The entry's number.
    pub entry: u32,
    /// What it is to the key: the kind of name, the weight of a word.
    pub tag: u8,
}

/// A set of characters, as bits: for `a` to `z` one bit for "occurs" and one for "occurs twice or
/// more", and six more for everything else. One edit changes at most two of the counts behind it, so
/// texts within `k` edits have masks that differ in at most `2·k` bits.
#[must_use]
pub fn mask(text: &str) -> u64 {
    let mut mask = 0_u64;
    for c in text.chars() {
        let bit = match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + (c as u32 - '0' as u32) % 3,
            _ => 29 + c as u32 % 3,
        };
        let once = 1_u64 << bit;
        mask |= if mask & once == 0 { once } else { once << 32 };
    }
    mask
}

/// Gathers keys and writes the dictionary.
#[derive(Debug, Default)]
pub struct Builder {
    /// All keys, one behind the other.
    bytes: Vec<u8>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    start: u32,
    length: u16,
    chars: u8,
    posting: Posting,
}

impl Builder {
    /// Notes that `entry` stands under `key`. Keys that are empty or longer than 512 bytes are left
    /// out: nobody types them.
    pub fn add(&mut self, key: &str, entry: u32, tag: u8) {
        let (Ok(start), Ok(length)) = (u32::try_from(self.bytes.len()), u16::try_from(key.len()))
        else {
            return;
        };
        if length == 0 || length > 512 {
            return;
        }
        self.bytes.extend_from_slice(key.as_bytes());
        self.rows.push(Row {
            start,
            length,
            chars: bucket(key),
            posting: Posting { entry, tag },
        });
    }

    /// The dictionary in bytes. An entry that was added twice under a key keeps its lowest tag.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let bytes = &self.bytes;
        let key = |row: &Row| &bytes[row.start as usize..row.start as usize + row.length as usize];
        self.rows.sort_unstable_by(|a, b| {
            (a.chars, key(a), a.posting).cmp(&(b.chars, key(b), b.posting))
        });
        let mut writer = Writer::default();
        for same in self
            .rows
            .chunk_by(|a, b| a.chars == b.chars && key(a) == key(b))
        {
            let mut postings = Postings::default();
            for lowest in same.chunk_by(|a, b| a.posting.entry == b.posting.entry) {
                postings.push(lowest[0].posting);
            }
            writer.push(
                std::str::from_utf8(key(&same[0])).unwrap_or_default(),
                &postings,
            );
        }
        writer.finish()
    }
}

/// The postings of one key as bytes: steps from entry to entry, each followed by its tag.
#[derive(Debug, Default)]
pub struct Postings {
    bytes: Vec<u8>,
    last: u32,
}

impl Postings {
    /// Appends a posting; they come in the order of their entries.
    pub fn push(&mut self, posting: Posting) {
        put_varint(&mut self.bytes, u64::from(posting.entry - self.last));
        self.bytes.push(posting.tag);
        self.last = posting.entry;
    }
}

/// Lays out a dictionary from keys that come in the order of their `rank`.
#[derive(Debug, Default)]
pub struct Writer {
    lengths: Vec<u32>,
    key_ends: Vec<u32>,
    posting_ends: Vec<u32>,
    masks: Vec<u64>,
    keys: Vec<u8>,
    postings: Vec<u8>,
}

impl Writer {
    /// Appends a key with its postings.
    pub fn push(&mut self, key: &str, postings: &Postings) {
        let number = u32::try_from(self.key_ends.len()).unwrap_or(u32::MAX);
        self.lengths.resize(bucket(key) as usize + 1, number);
        self.keys.extend_from_slice(key.as_bytes());
        self.postings.extend_from_slice(&postings.bytes);
        self.key_ends
            .push(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.posting_ends
            .push(u32::try_from(self.postings.len()).unwrap_or(u32::MAX));
        self.masks.push(mask(key));
    }

    /// The dictionary in bytes.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let count = u32::try_from(self.key_ends.len()).unwrap_or(u32::MAX);
        self.lengths.resize(usize::from(LENGTHS) + 1, count);
        let mut out = Vec::new();
        out.extend_from_slice(&count.to_le_bytes());
        let numbers = self.lengths.iter();
        let ends = [0]
            .iter()
            .chain(&self.key_ends)
            .chain([0].iter())
            .chain(&self.posting_ends);
        for number in numbers.chain(ends) {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for mask in &self.masks {
            out.extend_from_slice(&mask.to_le_bytes());
        }
        out.extend_from_slice(&self.keys);
        out.extend_from_slice(&self.postings);
        out
    }
}

/// What keys are sorted by.
#[must_use]
pub fn rank(key: &str) -> (u8, &str) {
    (bucket(key), key)
}

/// The length under which a key is sorted.
fn bucket(key: &str) -> u8 {
    u8::try_from(key.chars().count())
        .unwrap_or(u8::MAX)
        .min(LENGTHS - 1)
}

/// A dictionary where it lies.
#[derive(Clone, Copy)]
pub struct Dictionary<'s> {
    store: &'s dyn Store,
    start: u64,
    count: u32,
}

impl<'s> Dictionary<'s> {
    /// The dictionary that begins at byte `start`.
    pub fn open(store: &'s dyn Store, start: u64) -> Result<Self, Error> {
        let count = u32_at(&store.read(start, 4)?, 0)?;
        Ok(Self {
            store,
            start,
            count,
        })
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The postings of a key, none when it is not in the dictionary.
    pub fn get(&self, key: &str) -> Result<Vec<Posting>, Error> {
        let (low, high) = self.of_length(bucket(key))?;
        let at = self.partition(low, high, key)?;
        if at < high && self.key(at)? == key {
            self.postings(at)
        } else {
            Ok(Vec::new())
        }
    }

    /// The numbers of the keys that begin with `prefix`, the shortest first, at most `limit`.
    pub fn starting_with(&self, prefix: &str, limit: usize) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        for length in bucket(prefix)..LENGTHS {
            let (low, high) = self.of_length(length)?;
            let mut at = self.partition(low, high, prefix)?;
            while at < high && found.len() < limit && self.key(at)?.starts_with(prefix) {
                found.push(at);
                at += 1;
            }
        }
        Ok(found)
    }

    /// The numbers of the keys that may lie within `edits` insertions, omissions, substitutions and
    /// transpositions of `key`: all that do, and few that do not.
    pub fn maybe_within(
        &self,
        key: &str,
        edits: u8,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (wanted, length) = (mask(key), bucket(key));
        let low = self.of_length(length.saturating_sub(edits))?.0;
        let high = self
            .of_length(length.saturating_add(edits).min(LENGTHS - 1))?
            .1;
        let masks = self.masks();
        for first in (low..high).step_by(MASKS_AT_ONCE as usize) {
            let count = MASKS_AT_ONCE.min(high - first);
            let bytes = self
                .store
                .read(masks + u64::from(first) * 8, count as usize * 8)?;
            for (block, bytes) in bytes.chunks(8 * BLOCK).enumerate() {
                // One bit for each mask, without a branch, so that several are compared at once.
                let mut near = 0_u64;
                for (bit, mask) in bytes.chunks_exact(8).enumerate() {
                    let mask = mask.try_into().map(u64::from_le_bytes).unwrap_or_default();
                    let is_near = (mask ^ wanted).count_ones() <= 2 * u32::from(edits);
                    near |= u64::from(is_near) << bit;
                }
                while near != 0 {
                    let offset = block * BLOCK + near.trailing_zeros() as usize;
                    near &= near - 1;
                    visit(first + u32::try_from(offset).unwrap_or(u32::MAX))?;
                }
            }
        }
        Ok(())
    }

    /// The key with this number.
    pub fn key(&self, number: u32) -> Result<Cow<'s, str>, Error> {
        let (start, end) = self.ends(self.key_offsets(), number)?;
        let bytes = self
            .store
            .read(self.keys() + u64::from(start), (end - start) as usize)?;
        match bytes {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
        }
        .ok_or(Error::Damaged("a key"))
    }

    /// The postings of the key with this number.
    pub fn postings(&self, number: u32) -> Result<Vec<Posting>, Error> {
        let (start, end) = self.ends(self.posting_offsets(), number)?;
        let all_keys = self.ends(self.key_offsets(), self.count.wrapping_sub(1))?.1;
        let at = self.keys() + u64::from(all_keys) + u64::from(start);
        let bytes = self.store.read(at, (end - start) as usize)?;
        let mut cursor = Cursor::new(&bytes);
        let mut postings = Vec::with_capacity(bytes.len() / 2);
        let mut entry = 0_u32;
        while !cursor.is_at_end() {
            let step = u32::try_from(cursor.varint()?).map_err(|_| Error::Damaged("a posting"))?;
            entry = entry.checked_add(step).ok_or(Error::Damaged("a posting"))?;
            postings.push(Posting {
                entry,
                tag: cursor.byte()?,
            });
        }
        Ok(postings)
    }

    /// The numbers of the first key of a length and of the first longer one.
    fn of_length(&self, length: u8) -> Result<(u32, u32), Error> {
        let bytes = self.store.read(self.start + 4 + 4 * u64::from(length), 8)?;
        let (low, high) = (u32_at(&bytes, 0)?, u32_at(&bytes, 4)?);
        if low <= high && high <= self.count {
            Ok((low, high))
        } else {
            Err(Error::Damaged("the order of the keys"))
        }
    }

    /// The first number from `low` to `high` whose key is not less than `key`.
    fn partition(&self, mut low: u32, mut high: u32, key: &str) -> Result<u32, Error> {
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

    fn ends(&self, offsets: u64, number: u32) -> Result<(u32, u32), Error> {
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
        self.start + HEAD
    }

    fn posting_offsets(&self) -> u64 {
        self.key_offsets() + 4 * (u64::from(self.count) + 1)
    }

    fn masks(&self) -> u64 {
        self.posting_offsets() + 4 * (u64::from(self.count) + 1)
    }

    fn keys(&self) -> u64 {
        self.masks() + 8 * u64::from(self.count)
    }
}
