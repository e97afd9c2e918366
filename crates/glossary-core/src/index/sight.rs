//! Words that are known by sight: which number belongs to a word that was met before.
//!
//! Owns a table that is asked once for every word of every entry, so it is laid out for the processor's
//! cache: a short word and its number lie side by side in one place. It must not know what the numbers
//! are.

use rustc_hash::FxHashMap;

/// So many words are known before all are forgotten; those that are common soon come again.
const MOST: usize = 1 << 18;

/// The places at first.
const PLACES: usize = 1 << 12;

/// Bytes of a word that stand beside its number.
const SHORT: usize = 12;

/// Bits of the number.
const NUMBER: u32 = 32;

/// Words and their numbers.
#[derive(Debug)]
pub(super) struct Known {
    /// Short words above their numbers; 0 where there is none. A word lies at the place that its hash
    /// says or behind it, with no free place between; half of the places at least are free.
    places: Vec<u128>,
    /// How many short words there are.
    count: usize,
    long: FxHashMap<Box<str>, u32>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            places: vec![0; PLACES],
            count: 0,
            long: FxHashMap::default(),
        }
    }
}

impl Known {
    /// The number of a word.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let Some(sight) = sight(word) else {
            return self.long.get(word).copied();
        };
        let found = self.places[self.place(sight)];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the lower half is the number"
        )]
        (found != 0).then_some(found as u32)
    }

    /// Notes the number of a word that has none yet.
    pub(super) fn insert(&mut self, word: &str, number: u32) {
        if self.count + self.long.len() >= MOST {
            *self = Self::default();
        }
        let Some(sight) = sight(word) else {
            self.long.insert(word.into(), number);
            return;
        };
        if 2 * self.count >= self.places.len() {
            let wider = vec![0; 2 * self.places.len()];
            for known in std::mem::replace(&mut self.places, wider) {
                if known != 0 {
                    let place = self.place(known);
                    self.places[place] = known;
                }
            }
        }
        let place = self.place(sight);
        self.places[place] = sight | u128::from(number);
        self.count += 1;
    }

    /// Where a short word lies, or would.
    fn place(&self, sight: u128) -> usize {
        let word = sight >> NUMBER;
        let last = self.places.len() - 1;
        let mut place = mixed(word) & last;
        while self.places[place] != 0 && self.places[place] >> NUMBER != word {
            place = (place + 1) & last;
        }
        place
    }
}

/// A number in which every bit depends on every bit of another: both halves multiplied, and the halves
/// of that joined, as wyhash does (Wang Yi, 2019).
#[expect(
    clippy::cast_possible_truncation,
    reason = "the halves are what is wanted"
)]
fn mixed(word: u128) -> usize {
    const ODD: (u64, u64) = (0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03);
    let (low, high) = (word as u64 ^ ODD.0, (word >> 64) as u64 ^ ODD.1);
    let product = u128::from(low) * u128::from(high);
    (product as u64 ^ (product >> 64) as u64) as usize
}

/// A short word, above a number that is 0; none for other words. No word is empty or holds a zero
/// byte, so it is not 0, and zeros behind the word cannot be taken for a part of it.
fn sight(word: &str) -> Option<u128> {
    let mut bytes = [0; size_of::<u128>()];
    let place = bytes.get_mut(size_of::<u128>() - SHORT..)?;
    place
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::{Known, MOST};

    #[test]
    fn words_keep_their_numbers_until_there_are_too_many() {
        let word = |number: u32| match number % 3 {
            0 => format!("w{number}"),
            1 => format!("twelve{number:06}"),
            _ => format!("a-longer-word-{number}"),
        };
        let mut known = Known::default();
        for number in 0..20_000 {
            assert_eq!(known.get(&word(number)), None);
            known.insert(&word(number), number);
        }
        for number in 0..20_000 {
            assert_eq!(known.get(&word(number)), Some(number));
        }
        for number in 20_000..=u32::try_from(MOST).unwrap() {
            known.insert(&word(number), number);
        }
        assert_eq!(known.get(&word(7)), None);
    }
}
