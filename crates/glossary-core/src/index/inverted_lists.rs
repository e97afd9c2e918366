//! Collecting the keys of a field, and writing them as a dictionary.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::bytes::put_varint;
use super::dictionary::{LENGTH_CLASSES, accepts, length_class};
use super::letter_filter;

/// The keys of a field with their postings.
#[derive(Debug, Default)]
pub(super) struct InvertedLists {
    lists: FxHashMap<Box<str>, EncodedList>,
}

/// Postings as bytes, in the format of [`postings`](super::postings).
#[derive(Debug, Default)]
struct EncodedList {
    bytes: Vec<u8>,
    last: u32,
}

impl EncodedList {
    /// Adds an entry; entries come in the order of their numbers. If one is added twice, the lower payload is
    /// kept.
    fn push(&mut self, entry: u32, payload: u8) {
        match self.bytes.last_mut() {
            Some(last) if self.last == entry => *last = payload.min(*last),
            _ => {
                put_varint(&mut self.bytes, (entry - self.last).into());
                self.bytes.push(payload);
                self.last = entry;
            }
        }
    }
}

impl InvertedLists {
    /// Adds an entry under a key, unless dictionaries do not accept the key.
    pub(super) fn add(&mut self, key: &str, entry: u32, payload: u8) {
        if let Some(list) = self.lists.get_mut(key) {
            list.push(entry, payload);
        } else if accepts(key) {
            let mut list = EncodedList::default();
            list.push(entry, payload);
            self.lists.insert(key.into(), list);
        }
    }

    /// Writes the dictionary; [`dictionary`](super::dictionary) shows the layout.
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        let lists = self.lists.into_iter();
        let mut lists: Vec<_> = lists
            .map(|(key, list)| (length_class(&key), key, list.bytes))
            .collect();
        lists.sort_unstable();
        let mut numbers = vec![u32_of(lists.len())?];
        for class in 0..=LENGTH_CLASSES {
            let shorter = lists.partition_point(|(of_key, ..)| *of_key < class);
            numbers.push(u32_of(shorter)?);
        }
        put_ends(&mut numbers, lists.iter().map(|(_, key, _)| key.len()))?;
        put_ends(&mut numbers, lists.iter().map(|(.., list)| list.len()))?;
        for number in numbers {
            out.write_all(&number.to_le_bytes())?;
        }
        letter_filter::write(lists.iter().map(|(_, key, _)| &**key), out)?;
        for (_, key, _) in &lists {
            out.write_all(key.as_bytes())?;
        }
        for (.., list) in &lists {
            out.write_all(list)?;
        }
        Ok(())
    }
}

/// Appends where parts of these lengths end when they follow one another, with a 0 before the first.
fn put_ends(numbers: &mut Vec<u32>, lengths: impl Iterator<Item = usize>) -> io::Result<()> {
    let mut end = 0;
    numbers.push(0);
    for length in lengths {
        end += length;
        numbers.push(u32_of(end)?);
    }
    Ok(())
}

fn u32_of(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| {
        io::Error::other("too many entries for one pack; make several and use them together")
    })
}
