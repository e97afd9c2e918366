//! A sorted dictionary in bytes: keys to postings, a posting being an entry and a tag.
//!
//! Owns the layout and the three ways to ask: a key, the keys that begin so, the keys that are near.
//! It must not know what keys and tags stand for.
//!
//! Keys are sorted by their length in characters and then by their bytes, so that one order serves
//! the exact look-up (a binary search among keys of one length), the prefix (one such search a
//! length) and the near miss (a scan of the lengths within reach). For the latter it is noted of each
//! letter which keys hold it, a bit a key, so that the letters which keys lack are counted for many
//! keys at once: those that lack more of what was asked for than the edits could take away are passed
//! over unread, and nothing is read about letters that were not asked for.
//!
//! ```text
//! count u32 · LENGTHS+1 × u32: where each length begins · count+1 × u32: where each key begins ·
//! count+1 × u32: where each list of postings begins · LETTERS × ⌈count ÷ 256⌉ × 4 × u64: the keys
//! that hold each letter · keys · postings
//! ```

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::{Range, RangeInclusive};

use super::bytes::{Cursor, put_varint, u32_at};
use super::runs::{Aside, Run, Runs, Spool};
use super::{Error, Store};

/// Keys longer than this are kept among those of this length.
const LENGTHS: u8 = 64;

/// The bytes in front of the key offsets.
const HEAD: u64 = 4 + 4 * (LENGTHS as u64 + 1);

/// The letters that are told apart: a bit each of a mask.
const LETTERS: usize = u128::BITS as usize;

/// Keys that are looked at side by side, a bit each: as many as the processor has room for.
type Block = [u64; 4];

/// The keys of a block.
const BLOCK: u32 = 256;

/// The bytes of a block.
const BLOCK_BYTES: usize = size_of::<Block>();

/// Blocks that are read at once: few enough to stay in the processor's cache.
const BLOCKS_AT_ONCE: u32 = 128;

/// The fewest bytes of a posting.
const SMALLEST: usize = 2;

/// One entry under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The entry's number.
    pub entry: u32,
    /// What it is to the key: the kind of name, the weight of a word.
    pub tag: u8,
}

/// The letters of a text as bits: for each sort of letter one that says that it occurs, and one each
/// that it does so twice, three and four times. The sorts are `a` to `z` and six for everything else; a
/// higher bit says something rarer. An omission or a substitution takes away at most one of the bits,
/// an insertion or a transposition none.
#[must_use]
pub fn mask(text: &str) -> u128 {
    let mut mask = 0_u128;
    for c in text.chars() {
        let sort = match c {
            'a'..='z' => SORTS[c as usize - 'a' as usize],
            '0'..='9' => 26 + (c as u32 - '0' as u32) % 3,
            _ => 29 + c as u32 % 3,
        };
        let counts = COUNTS << sort;
        let more = counts & !mask;
        mask |= more & more.wrapping_neg();
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

/// Gathers keys and writes the dictionary.
#[derive(Default)]
pub struct Builder {
    /// All keys, one behind the other.
    bytes: Vec<u8>,
    rows: Vec<Row>,
    runs: Runs,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    start: u32,
    length: u16,
    chars: u8,
    posting: Posting,
}

impl Builder {
    /// Gathers more keys than fit into memory.
    #[must_use]
    pub fn new(aside: Aside) -> Self {
        Self {
            runs: Runs::new(aside),
            ..Self::default()
        }
    }

    /// Notes that `entry` stands under `key`, if a dictionary takes it.
    pub fn add(&mut self, key: &str, entry: u32, tag: u8) {
        let (Ok(start), Ok(length)) = (u32::try_from(self.bytes.len()), u16::try_from(key.len()))
        else {
            return;
        };
        if !takes(key) {
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

    /// Puts keys aside when they are too many; to be called between two entries.
    pub fn make_room(&mut self) -> io::Result<()> {
        let bytes = self.bytes.len() + self.rows.len() * size_of::<Row>();
        match self.runs.begin(bytes)? {
            Some(run) => self.put_aside(run),
            None => Ok(()),
        }
    }

    fn put_aside(&mut self, mut run: Run) -> io::Result<()> {
        self.each_key(&mut |key, postings| run.push(key, postings))?;
        self.bytes.clear();
        self.rows.clear();
        self.runs.end(run)
    }

    /// Calls `visit` with each key in memory, in their order. An entry that was added twice under a
    /// key keeps its lowest tag.
    fn each_key(
        &mut self,
        visit: &mut dyn FnMut(&str, &Postings) -> io::Result<()>,
    ) -> io::Result<()> {
        let bytes = &self.bytes;
        let key = |row: &Row| &bytes[row.start as usize..row.start as usize + row.length as usize];
        self.rows.sort_unstable_by(|a, b| {
            (a.chars, key(a), a.posting).cmp(&(b.chars, key(b), b.posting))
        });
        for same in self
            .rows
            .chunk_by(|a, b| a.chars == b.chars && key(a) == key(b))
        {
            let mut postings = Postings::default();
            for lowest in same.chunk_by(|a, b| a.posting.entry == b.posting.entry) {
                postings.push(lowest[0].posting);
            }
            let key = std::str::from_utf8(key(&same[0])).map_err(io::Error::other)?;
            visit(key, &postings)?;
        }
        Ok(())
    }

    /// Writes the dictionary.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::new(self.runs.aside());
        let mut write = |key: &str, postings: &Postings| writer.push(key, postings);
        match self.runs.begin_last()? {
            None => self.each_key(&mut write)?,
            Some(run) => {
                self.put_aside(run)?;
                (self.bytes, self.rows) = Default::default();
                self.runs.merge(&mut write)?;
            }
        }
        writer.finish(out)
    }
}

/// The postings of one key as bytes: steps from entry to entry, each followed by its tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    bytes: Vec<u8>,
    last: u32,
}

impl Postings {
    /// Postings by their bytes and their last entry.
    #[must_use]
    pub fn from_parts(bytes: Vec<u8>, last: u32) -> Self {
        Self { bytes, last }
    }

    /// The last entry.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The steps and tags.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends those of later entries.
    pub fn append(&mut self, later: &Self) -> Result<(), Error> {
        let mut rest = Cursor::new(&later.bytes);
        let first = rest.varint()?;
        let step = first
            .checked_sub(u64::from(self.last))
            .ok_or(Error::Damaged("a posting"))?;
        put_varint(&mut self.bytes, step);
        self.bytes.extend_from_slice(rest.rest());
        self.last = later.last;
        Ok(())
    }

    /// Takes all of them out, and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.last = 0;
    }

    /// Appends a posting; they come in the order of their entries.
    pub fn push(&mut self, posting: Posting) {
        let step = posting.entry - self.last;
        match u8::try_from(step) {
            // As nearly all are.
            Ok(step) if step < 0x80 => self.bytes.extend([step, posting.tag]),
            _ => {
                put_varint(&mut self.bytes, step.into());
                self.bytes.push(posting.tag);
            }
        }
        self.last = posting.entry;
    }
}

/// Lays out a dictionary from keys that come in the order of their `rank`.
#[derive(Default)]
pub struct Writer {
    lengths: Vec<u32>,
    key_ends: Vec<u32>,
    posting_ends: Vec<u32>,
    /// For each block, which keys hold each letter.
    holders: Vec<[Block; LETTERS]>,
    keys: Vec<u8>,
    postings: Spool,
}

impl Writer {
    /// Lays out a dictionary whose postings need not fit into memory.
    #[must_use]
    pub fn new(aside: Aside) -> Self {
        Self {
            postings: Spool::new(aside),
            ..Self::default()
        }
    }

    /// Appends a key with its postings.
    pub fn push(&mut self, key: &str, postings: &Postings) -> io::Result<()> {
        let number = number(self.key_ends.len() as u64)?;
        self.lengths.resize(bucket(key) as usize + 1, number);
        self.keys.extend_from_slice(key.as_bytes());
        self.postings.push(&postings.bytes)?;
        self.key_ends.push(self::number(self.keys.len() as u64)?);
        self.posting_ends
            .push(self::number(self.postings.length())?);
        if number % BLOCK == 0 {
            self.holders.push([Block::default(); LETTERS]);
        }
        if let Some(holders) = self.holders.last_mut() {
            let key_in_block = number % BLOCK;
            for letter in bits(mask(key)) {
                holders[letter as usize][(key_in_block / 64) as usize] |= 1 << (key_in_block % 64);
            }
        }
        Ok(())
    }

    /// Writes the dictionary.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        let count = number(self.key_ends.len() as u64)?;
        self.lengths.resize(usize::from(LENGTHS) + 1, count);
        out.write_all(&count.to_le_bytes())?;
        let numbers = self.lengths.iter();
        let ends = [0]
            .iter()
            .chain(&self.key_ends)
            .chain([0].iter())
            .chain(&self.posting_ends);
        for number in numbers.chain(ends) {
            out.write_all(&number.to_le_bytes())?;
        }
        for letter in 0..LETTERS {
            for some in self.holders.iter().flat_map(|holders| holders[letter]) {
                out.write_all(&some.to_le_bytes())?;
            }
        }
        out.write_all(&self.keys)?;
        self.postings.copy_to(out)
    }
}

/// A count or an offset as it is written.
fn number(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| {
        io::Error::other("too many entries for one pack; make several, which may be used together")
    })
}

/// What keys are sorted by.
#[must_use]
pub fn rank(key: &str) -> (u8, &str) {
    (bucket(key), key)
}

/// Whether a dictionary takes a key. Those that are empty or longer than 512 bytes are left out:
/// nobody types them.
#[must_use]
pub fn takes(key: &str) -> bool {
    (1..=512).contains(&key.len())
}

/// The lengths of the keys that lie within so many edits of `key`, the most similar first.
pub(super) fn lengths_within(key: &str, edits: u8) -> Vec<u8> {
    let length = bucket(key);
    let mut lengths: Vec<u8> = (length.saturating_sub(edits)..=length.saturating_add(edits))
        .filter(|other| *other < LENGTHS)
        .collect();
    lengths.sort_by_key(|other| other.abs_diff(length));
    lengths
}

/// The lengths of the keys that begin with `prefix` and have at most `more` letters more, the shortest
/// first.
pub(super) fn lengths_behind(prefix: &str, more: u8) -> RangeInclusive<u8> {
    let shortest = bucket(prefix);
    shortest..=shortest.saturating_add(more).min(LENGTHS - 1)
}

/// The length under which a key is sorted.
fn bucket(key: &str) -> u8 {
    u8::try_from(key.chars().count())
        .unwrap_or(u8::MAX)
        .min(LENGTHS - 1)
}

/// The postings of one key where they lie.
#[derive(Debug, Clone, Default)]
pub struct List<'s> {
    bytes: Cow<'s, [u8]>,
}

impl From<Postings> for List<'_> {
    fn from(postings: Postings) -> Self {
        Self {
            bytes: postings.bytes.into(),
        }
    }
}

impl List<'_> {
    /// How many postings there are at most, without reading them.
    #[must_use]
    pub fn at_most(&self) -> usize {
        self.bytes.len() / SMALLEST
    }

    /// The postings, in the order of entries.
    #[must_use]
    pub fn postings(&self) -> Reading<'_> {
        Reading {
            rest: Cursor::new(&self.bytes),
            entry: 0,
        }
    }
}

/// Reads postings one after the other.
#[derive(Debug, Clone)]
pub struct Reading<'l> {
    rest: Cursor<'l>,
    entry: u32,
}

impl Iterator for Reading<'_> {
    type Item = Result<Posting, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let posting = |of: &mut Self| {
            let step = u32::try_from(of.rest.varint()?).ok();
            of.entry = step
                .and_then(|step| of.entry.checked_add(step))
                .ok_or(Error::Damaged("a posting"))?;
            Ok(Posting {
                entry: of.entry,
                tag: of.rest.byte()?,
            })
        };
        (!self.rest.is_at_end()).then(|| posting(self))
    }
}

/// The letters that were asked for, the rarest first, and which keys of some blocks hold each.
struct Sieve<'s> {
    blocks: u32,
    holders: Vec<Cow<'s, [u8]>>,
    /// How many of the letters a key may lack.
    may_lack: u8,
}

impl Sieve<'_> {
    /// Calls `visit` with each 64 keys, by their number, of which some lack no more, and these, a bit
    /// each.
    fn each(&self, visit: &mut dyn FnMut(u32, u64) -> Result<(), Error>) -> Result<(), Error> {
        // The fewer bits a count has, the faster is it taken.
        match self.may_lack {
            0 => self.counted::<0>(visit),
            1 => self.counted::<1>(visit),
            2..4 => self.counted::<2>(visit),
            4..8 => self.counted::<3>(visit),
            8..16 => self.counted::<4>(visit),
            _ => self.counted::<8>(visit),
        }
    }

    /// The same with counts of so many bits. A count begins with what may be lacked, and one is taken
    /// from it for each letter that is: bit by bit, as on paper, but for all keys of a block at once.
    fn counted<const BITS: usize>(
        &self,
        visit: &mut dyn FnMut(u32, u64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let full: [Block; BITS] = std::array::from_fn(|bit| {
            let set = self.may_lack >> bit & 1 != 0;
            [if set { u64::MAX } else { 0 }; 4]
        });
        for block in 0..self.blocks {
            let mut left = full;
            let mut lack_more = Block::default();
            for some in self.holders.chunks(2) {
                for holders in some {
                    let mut take = read(holders, block)?.map(|held| !held);
                    for left in &mut left {
                        for (left, take) in left.iter_mut().zip(&mut take) {
                            *left ^= *take;
                            *take &= *left;
                        }
                    }
                    for (lack_more, take) in lack_more.iter_mut().zip(take) {
                        *lack_more |= take;
                    }
                }
                if lack_more == [u64::MAX; 4] {
                    break;
                }
            }
            for (first, lack_more) in (block * BLOCK..).step_by(64).zip(lack_more) {
                if lack_more != u64::MAX {
                    visit(first, !lack_more)?;
                }
            }
        }
        Ok(())
    }
}

fn read(blocks: &[u8], number: u32) -> Result<Block, Error> {
    let bytes: &[u8; BLOCK_BYTES] = blocks
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
fn bits(of: impl Into<u128>) -> impl Iterator<Item = u32> {
    let mut of = of.into();
    std::iter::from_fn(move || {
        let bit = (of != 0).then(|| of.trailing_zeros());
        of &= of.wrapping_sub(1);
        bit
    })
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

    /// The postings of a key where they lie.
    pub fn list(&self, key: &str) -> Result<List<'s>, Error> {
        match self.position(key)? {
            (at, true) => self.list_of(at),
            (_, false) => Ok(List::default()),
        }
    }

    /// The postings of a key where they lie; none, and nothing read, when there may be more than `most`.
    pub fn list_up_to(&self, key: &str, most: usize) -> Result<Option<List<'s>>, Error> {
        let (at, true) = self.position(key)? else {
            return Ok(Some(List::default()));
        };
        let (start, end) = self.ends(self.posting_offsets(), at)?;
        let is_short = (end - start) as usize / SMALLEST <= most;
        is_short.then(|| self.list_of(at)).transpose()
    }

    /// The numbers of the keys of a length that are not before `prefix`; those that begin with it are the
    /// first of them.
    pub(super) fn not_before(&self, prefix: &str, length: u8) -> Result<Range<u32>, Error> {
        let (low, high) = self.of_length(length)?;
        Ok(self.partition(low, high, prefix)?..high)
    }

    /// The numbers of the keys of a length that may lie within `edits` insertions, omissions,
    /// substitutions and transpositions of `key`: all that do, and few that do not; at most `limit`.
    pub(super) fn maybe_within(
        &self,
        key: &str,
        length: u8,
        edits: u8,
        limit: usize,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Letters that must be put in take none away; how many they are is not known of the longest.
        let put_in = if length < LENGTHS - 1 {
            length.saturating_sub(bucket(key))
        } else {
            0
        };
        let mut letters: Vec<u32> = bits(mask(key)).collect();
        letters.reverse();
        let mut rest = limit;
        let (low, high) = self.of_length(length)?;
        if low == high {
            return Ok(());
        }
        let (begin, end) = (low / BLOCK, high.div_ceil(BLOCK));
        for first in (begin..end).step_by(BLOCKS_AT_ONCE as usize) {
            let blocks = BLOCKS_AT_ONCE.min(end - first);
            let sieve = Sieve {
                blocks,
                holders: self.holders(&letters, first, blocks)?,
                may_lack: edits - put_in,
            };
            sieve.each(&mut |some, near| {
                for key in bits(near) {
                    let number = first * BLOCK + some + key;
                    if (low..high).contains(&number) && rest > 0 {
                        rest -= 1;
                        visit(number)?;
                    }
                }
                Ok(())
            })?;
            if rest == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Where a key stands or would stand, and whether it is there.
    pub(super) fn position(&self, key: &str) -> Result<(u32, bool), Error> {
        let (low, high) = self.of_length(bucket(key))?;
        let at = self.partition(low, high, key)?;
        Ok((at, at < high && self.key(at)? == key))
    }

    /// Which keys of some blocks hold each of these letters.
    fn holders(
        &self,
        letters: &[u32],
        first: u32,
        count: u32,
    ) -> Result<Vec<Cow<'s, [u8]>>, Error> {
        let blocks = u64::from(self.count.div_ceil(BLOCK));
        let read = |&letter: &u32| {
            let block = u64::from(letter) * blocks + u64::from(first);
            let at = self.letters() + block * BLOCK_BYTES as u64;
            self.store.read(at, count as usize * BLOCK_BYTES)
        };
        letters.iter().map(read).collect()
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

    /// The postings of the key with this number where they lie.
    pub fn list_of(&self, number: u32) -> Result<List<'s>, Error> {
        let (start, end) = self.ends(self.posting_offsets(), number)?;
        let all_keys = self.ends(self.key_offsets(), self.count.wrapping_sub(1))?.1;
        let at = self.keys() + u64::from(all_keys) + u64::from(start);
        let bytes = self.store.read(at, (end - start) as usize)?;
        Ok(List { bytes })
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

    fn letters(&self) -> u64 {
        self.posting_offsets() + 4 * (u64::from(self.count) + 1)
    }

    fn keys(&self) -> u64 {
        self.letters() + (LETTERS * BLOCK_BYTES) as u64 * u64::from(self.count.div_ceil(BLOCK))
    }
}
