//! An index and the changes to it, read as one.
//!
//! Owns which numbers entries and keys have in the whole: those that they would have if all had been
//! indexed together. It must not know how an index is laid out, nor where changes come from.
//!
//! The changes are an index of their own, of the entries that were added to the first one, the base, or
//! took the place of some of it.

use std::borrow::Cow;
use std::cell::Cell;
use std::iter::{self, Peekable};
use std::vec;

use super::bytes::{Cursor, put_varint};
use super::dictionary::{Dictionary, List, Posting, Postings, lengths_behind, lengths_within};
use super::reader::Index;
use super::{Error, Section};
use crate::entry::names::Kind;

/// Which numbers the entries of a base and of the changes to it have in the whole.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The entries of the base that are gone, by their numbers there, in their order.
    gone: Vec<u32>,
    /// For each entry of the changes, in their order, how many of the base that are left stand before it.
    before: Vec<u32>,
}

/// Where an entry of the whole lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// In the base.
    Base(u32),
    /// In the changes.
    Changes(u32),
}

impl Numbering {
    /// The numbering when all entries of the base are gone whose slugs have one of these keys. Entries
    /// stand in the order of slugs.
    pub fn new<'k>(
        base: &Index,
        changes: &Index,
        keys: impl Iterator<Item = &'k str>,
    ) -> Result<Self, Error> {
        let names = base.dictionary(Section::Names)?;
        let mut gone = Vec::new();
        for key in keys {
            let postings = names.get(key)?.into_iter();
            let slugs = postings.filter(|posting| posting.tag == Kind::Slug as u8);
            gone.extend(slugs.map(|posting| posting.entry));
        }
        gone.sort_unstable();
        gone.dedup();
        let mut before = Vec::new();
        for number in 0..changes.len() {
            let all = base.rank(&changes.head(number)?.slug)?;
            let are_gone = gone.partition_point(|&gone| gone < all);
            before.push(all - count(are_gone));
        }
        Ok(Self { gone, before })
    }

    /// Appends the numbering.
    pub fn put(&self, out: &mut Vec<u8>) {
        for numbers in [&self.gone, &self.before] {
            put_varint(out, numbers.len() as u64);
            for &number in numbers {
                put_varint(out, number.into());
            }
        }
    }

    /// The numbering that was put.
    pub fn read(from: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut numbers = || -> Result<Vec<u32>, Error> {
            (0..from.size()?)
                .map(|_| u32::try_from(from.varint()?).map_err(|_| DAMAGED))
                .collect()
        };
        Ok(Self {
            gone: numbers()?,
            before: numbers()?,
        })
    }

    /// How many entries there are in the whole, if this is the numbering of so many in each.
    pub(super) fn count(&self, base: u32, changes: u32) -> Result<u32, Error> {
        let left = base.checked_sub(count(self.gone.len())).ok_or(DAMAGED)?;
        let fits = self.before.len() == changes as usize
            && self.gone.is_sorted_by(|a, b| a < b)
            && self.gone.last().is_none_or(|&last| last < base)
            && self.before.is_sorted()
            && self.before.last().is_none_or(|&last| last <= left);
        let whole = left.checked_add(changes).filter(|_| fits);
        whole.ok_or(DAMAGED)
    }

    /// Where an entry lies.
    pub(super) fn find(&self, number: u32) -> Number {
        let new = first(&self.before, |before, new| before + new < number);
        if self.of_changes(new) == Some(number) {
            return Number::Changes(new);
        }
        let left = number - new;
        let are_gone = first(&self.gone, |gone, nth| gone - nth <= left);
        Number::Base(left.saturating_add(are_gone))
    }

    /// What is known of each entry of the base and of the changes, in the order of the whole.
    pub(super) fn join(&self, base: &[u8], changes: &[u8]) -> Vec<u8> {
        let mut joined = Vec::with_capacity(base.len() + changes.len());
        let mut gone = self.gone.iter().peekable();
        let mut new = self.before.iter().zip(changes).peekable();
        let mut left = 0;
        for (number, &of_base) in (0..).zip(base) {
            if gone.next_if_eq(&&number).is_some() {
                continue;
            }
            while let Some((_, &of_new)) = new.next_if(|(before, _)| **before <= left) {
                joined.push(of_new);
            }
            joined.push(of_base);
            left += 1;
        }
        joined.extend(new.map(|(_, of_new)| of_new));
        joined
    }

    /// The number of an entry of the base; none when it is gone.
    fn of_base(&self, number: u32) -> Option<u32> {
        let gone = self.gone.binary_search(&number).err()?;
        let left = number - count(gone);
        let new = self.before.partition_point(|&before| before <= left);
        Some(left.saturating_add(count(new)))
    }

    /// The number of an entry of the changes.
    fn of_changes(&self, number: u32) -> Option<u32> {
        Some(self.before.get(number as usize)? + number)
    }
}

const DAMAGED: Error = Error::Damaged("the numbers of the entries");

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// How many of `numbers` come first, which `is_first` tells of each and its place.
fn first(numbers: &[u32], is_first: impl Fn(u32, u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, numbers.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if is_first(numbers[middle], count(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    count(low)
}

/// A dictionary of an index, and of the changes to it.
///
/// Keys have the numbers that they have in the base; behind those come the numbers of the changes.
#[derive(Clone, Copy)]
pub struct Joined<'s> {
    base: Dictionary<'s>,
    changes: Option<(Dictionary<'s>, &'s Numbering)>,
}

impl<'s> Joined<'s> {
    /// A dictionary that is whole.
    #[must_use]
    pub fn whole(base: Dictionary<'s>) -> Self {
        Self {
            base,
            changes: None,
        }
    }

    /// A dictionary, and what the changes add to it.
    pub(super) fn new(
        base: Dictionary<'s>,
        changes: Dictionary<'s>,
        numbering: &'s Numbering,
    ) -> Result<Self, Error> {
        let keys = base.len().checked_add(changes.len());
        keys.ok_or(Error::Damaged("the number of keys"))?;
        Ok(Self {
            base,
            changes: Some((changes, numbering)),
        })
    }

    /// How many keys there are, with those under which no entry is left, and those that are in both.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.base.len() + self.changes.map_or(0, |(changes, _)| changes.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The postings of a key, none when it is not in the dictionary.
    pub fn get(&self, key: &str) -> Result<Vec<Posting>, Error> {
        self.list(key)?.postings().collect()
    }

    /// The postings of a key where they lie.
    pub fn list(&self, key: &str) -> Result<List<'s>, Error> {
        let base = self.base.list(key)?;
        match self.changes {
            None => Ok(base),
            Some((changes, numbering)) => merged(&base, &changes.list(key)?, numbering),
        }
    }

    /// The postings of a key where they lie; none when there may be more than `most`.
    pub fn list_up_to(&self, key: &str, most: usize) -> Result<Option<List<'s>>, Error> {
        match self.changes {
            None => self.base.list_up_to(key, most),
            Some(_) => Ok(Some(self.list(key)?).filter(|list| list.at_most() <= most)),
        }
    }

    /// The numbers of the keys that begin with `prefix` and have at most `more` letters more, the
    /// shortest first, at most `limit`.
    pub fn starting_with(&self, prefix: &str, more: u8, limit: usize) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        for length in lengths_behind(prefix, more) {
            let mut new = self.new_keys(|changes, visit| {
                for number in changes.not_before(prefix, length)? {
                    if !changes.key(number)?.starts_with(prefix) {
                        break;
                    }
                    visit(number)?;
                }
                Ok(())
            })?;
            for number in self.base.not_before(prefix, length)? {
                if found.len() >= limit || !self.base.key(number)?.starts_with(prefix) {
                    break;
                }
                found.extend(up_to(number, &mut new));
                if self.is_left(number)? {
                    found.push(number);
                }
            }
            found.extend(up_to(u32::MAX, &mut new));
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The numbers of the keys that may lie within `edits` insertions, omissions, substitutions and
    /// transpositions of `key`: all that do, and few that do not; those of the most similar length
    /// first, at most `limit`.
    pub fn maybe_within(
        &self,
        key: &str,
        edits: u8,
        limit: usize,
        visit: &mut dyn FnMut(u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let rest = Cell::new(limit);
        let mut each = |number| match rest.get().checked_sub(1) {
            None => Ok(()),
            Some(left) => {
                rest.set(left);
                visit(number)
            }
        };
        for length in lengths_within(key, edits) {
            let limit = rest.get();
            if limit == 0 {
                break;
            }
            let mut new = self.new_keys(|changes, visit| {
                changes.maybe_within(key, length, edits, limit, visit)
            })?;
            // How many keys of the base have no entry left is not known.
            let most = self.changes.map_or(limit, |_| usize::MAX);
            self.base
                .maybe_within(key, length, edits, most, &mut |number| {
                    up_to(number, &mut new).try_for_each(&mut each)?;
                    if rest.get() > 0 && self.is_left(number)? {
                        each(number)?;
                    }
                    Ok(())
                })?;
            up_to(u32::MAX, &mut new).try_for_each(&mut each)?;
        }
        Ok(())
    }

    /// Whether there is an entry under the key that has this number in the base.
    fn is_left(&self, number: u32) -> Result<bool, Error> {
        let Some((changes, numbering)) = self.changes else {
            return Ok(true);
        };
        for posting in self.base.list_of(number)?.postings() {
            if numbering.of_base(posting?.entry).is_some() {
                return Ok(true);
            }
        }
        let (_, is_there) = changes.position(&self.base.key(number)?)?;
        Ok(is_there)
    }

    /// Those of the keys visited in the changes that are not in the base.
    fn new_keys(
        &self,
        each: impl FnOnce(
            &Dictionary<'s>,
            &mut dyn FnMut(u32) -> Result<(), Error>,
        ) -> Result<(), Error>,
    ) -> Result<NewKeys, Error> {
        let mut new = Vec::new();
        if let Some((changes, _)) = &self.changes {
            each(changes, &mut |number| {
                let (at, is_there) = self.base.position(&changes.key(number)?)?;
                if !is_there {
                    new.push((at, self.base.len() + number));
                }
                Ok(())
            })?;
        }
        Ok(new.into_iter().peekable())
    }

    /// The key with this number.
    pub fn key(&self, number: u32) -> Result<Cow<'s, str>, Error> {
        match self.changes {
            Some((changes, _)) if number >= self.base.len() => {
                changes.key(number - self.base.len())
            }
            _ => self.base.key(number),
        }
    }

    /// The postings of the key with this number.
    pub fn postings(&self, number: u32) -> Result<Vec<Posting>, Error> {
        let list = match self.changes {
            None => self.base.list_of(number)?,
            Some(_) => self.list(&self.key(number)?)?,
        };
        list.postings().collect()
    }
}

/// Keys that only the changes have, in their order: each behind the number in the base before which it
/// would stand.
type NewKeys = Peekable<vec::IntoIter<(u32, u32)>>;

/// The next of these keys that stand before the key with a number in the base.
fn up_to(number: u32, new: &mut NewKeys) -> impl Iterator<Item = u32> {
    iter::from_fn(move || Some(new.next_if(|(at, _)| *at <= number)?.1))
}

/// Postings in a base and in the changes as those of the whole.
fn merged<'s>(
    base: &List<'_>,
    changes: &List<'_>,
    numbering: &Numbering,
) -> Result<List<'s>, Error> {
    let new = |posting: Result<Posting, Error>| {
        let Posting { entry, tag } = posting?;
        let entry = numbering.of_changes(entry).ok_or(DAMAGED)?;
        Ok(Posting { entry, tag })
    };
    let new: Vec<Posting> = changes.postings().map(new).collect::<Result<_, Error>>()?;
    let mut new = new.into_iter().peekable();
    let mut merged = Postings::default();
    for posting in base.postings() {
        let Posting { entry, tag } = posting?;
        let Some(entry) = numbering.of_base(entry) else {
            continue;
        };
        while let Some(earlier) = new.next_if(|new| new.entry < entry) {
            merged.push(earlier);
        }
        merged.push(Posting { entry, tag });
    }
    new.for_each(|posting| merged.push(posting));
    Ok(merged.into())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::{Joined, Numbering};
    use crate::entry::Entry;
    use crate::entry::key::fold;
    use crate::index::builder::{self, Texts};
    use crate::index::dictionary::{Builder, Dictionary};
    use crate::index::reader::Index;
    use crate::index::{Error, Section};

    fn dictionary_of(keys: &[String]) -> Vec<u8> {
        let mut builder = Builder::default();
        for (key, entry) in keys.iter().zip(0..) {
            builder.add(key, entry, 0);
        }
        let mut bytes = Vec::new();
        builder.finish(&mut bytes).unwrap();
        bytes
    }

    fn visited(bytes: &Vec<u8>, key: &str, edits: u8, limit: usize) -> Vec<String> {
        let dictionary = Joined::whole(Dictionary::open(bytes, 0).unwrap());
        let mut visited = Vec::new();
        dictionary
            .maybe_within(key, edits, limit, &mut |number| {
                visited.push(dictionary.key(number)?.into_owned());
                Ok(())
            })
            .unwrap();
        visited
    }

    /// Words of up to four syllables, more of one length than a block holds.
    fn words() -> Vec<String> {
        let syllables = ["", "na", "ban", "to", "ken", "er"];
        let mut words: Vec<String> = (0..6_usize.pow(4))
            .map(|word| {
                let syllable = |place| syllables[word / 6_usize.pow(place) % 6];
                (0..4).map(syllable).collect()
            })
            .filter(|word: &String| !word.is_empty())
            .collect();
        words.sort();
        words.dedup();
        words
    }

    #[test]
    fn no_key_within_reach_is_passed_over() {
        let long = "abcdefghij".repeat(7);
        let mut keys: Vec<String> = [
            "a",
            "ab",
            "ba",
            "token",
            "tokens",
            "taken",
            "tokken",
            "gpt3",
            "gpt4",
            "gpt33",
            "ällo",
            "allo",
            "hallucination",
            "halucinaiton",
            "aaaaaa",
            "aaaa",
        ]
        .map(str::to_string)
        .to_vec();
        keys.extend([&long[1..], &long[..62], &long[..63], &long, &long[7..]].map(str::to_string));
        let asked: Vec<String> = keys
            .iter()
            .cloned()
            .chain(words().into_iter().step_by(97))
            .collect();
        keys.extend(words());
        let bytes = dictionary_of(&keys);
        for asked in &asked {
            for edits in 0..8 {
                let visited = visited(&bytes, asked, edits, usize::MAX);
                let visited: HashSet<&str> = visited.iter().map(String::as_str).collect();
                for key in keys.iter().filter(|key| !visited.contains(key.as_str())) {
                    let apart = strsim::osa_distance(asked, key);
                    assert!(apart > usize::from(edits), "{asked} {key} {edits}");
                }
            }
        }
    }

    #[test]
    fn keys_that_lack_too_many_letters_are_passed_over() {
        let keys =
            ["banana", "bananas", "bandana", "tokens", "banner", "ananas"].map(str::to_string);
        let bytes = dictionary_of(&keys);
        for (asked, edits, near) in [
            ("banana", 0, &["banana"][..]),
            ("banana", 1, &["ananas", "banana", "bandana", "bananas"]),
            ("aaabnn", 0, &["banana"]),
            ("xyz", 2, &[]),
        ] {
            let mut visited = visited(&bytes, asked, edits, usize::MAX);
            visited.sort();
            let mut near = near.to_vec();
            near.sort_unstable();
            assert_eq!(visited, near, "{asked} {edits}");
        }
    }

    #[test]
    fn those_of_the_most_similar_length_come_first_and_no_more_than_asked_for() {
        let bytes = dictionary_of(&words());
        let all = visited(&bytes, "bantoken", 2, usize::MAX);
        let lengths: Vec<usize> = all.iter().map(|key| key.len().abs_diff(8)).collect();
        assert!(
            lengths.is_sorted() && lengths.last() == Some(&2),
            "{lengths:?}"
        );
        assert_eq!(visited(&bytes, "bantoken", 2, 10), all[..10]);
    }

    /// An index of entries, each by its slug with its words.
    fn index<'e>(entries: impl Iterator<Item = (&'e String, &'e Vec<&'static str>)>) -> Index {
        let mut builder = builder::Builder::new(Vec::new(), Texts::Inside).unwrap();
        let mut scribe = builder.scribe();
        for (slug, words) in entries {
            let title = words.join(" ");
            let text = format!(
                "---\ntitle: \"The {title}\"\ntags: [{}]\n---\n\n### Summary\n\n{title}\n\n\
                 ### Related terms\n\n{}\n",
                words.join(", "),
                words.join(", ")
            );
            let entry = Entry::parse(slug, &text).unwrap();
            builder.add(scribe.card(&entry, slug)).unwrap();
        }
        Index::open(Box::new(builder.finish().unwrap()), None).unwrap()
    }

    /// All that can be asked of an index.
    fn answers(index: &Index) -> Result<Vec<String>, Error> {
        let mut answers = vec![format!("{:?}", index.lengths()?)];
        for number in 0..index.len() {
            answers.push(format!("{:?}", index.head(number)?));
            answers.push(format!("{:?}", index.entry(number)?));
        }
        for section in Section::DICTIONARIES {
            let keys = index.dictionary(section)?;
            let mut found = |number| {
                answers.push(format!(
                    "{} {:?}",
                    keys.key(number)?,
                    keys.postings(number)?
                ));
                Ok::<_, Error>(())
            };
            for word in WORDS {
                for limit in [2, 100] {
                    keys.maybe_within(word, 3, limit, &mut found)?;
                    for number in keys.starting_with(&word[..1], 9, limit)? {
                        found(number)?;
                    }
                }
            }
            for word in WORDS {
                answers.push(format!("{:?}", keys.get(word)?));
                let few = keys.list_up_to(word, 2)?;
                answers.push(format!("{:?}", few.map(|list| list.at_most())));
            }
        }
        Ok(answers)
    }

    const WORDS: [&str; 7] = ["token", "tokens", "taken", "tok", "weight", "weigh", "part"];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_index_with_changes_is_that_of_all_entries(
            before in btree_map("[a-d]{1,2}", vec(prop::sample::select(&WORDS[..]), 1..4), 0..12),
            written in btree_map("[a-e]{1,2}", vec(prop::sample::select(&WORDS[..]), 1..4), 0..6),
            removed in vec("[a-d]{1,2}", 0..4),
        ) {
            let base = index(before.iter());
            let changes = index(written.iter());
            let keys: Vec<String> = written.keys().chain(&removed).map(|slug| fold(slug)).collect();
            let numbering = Numbering::new(&base, &changes, keys.iter().map(String::as_str));
            let removed = removed.iter().filter(|slug| !written.contains_key(*slug));
            let mut whole = before.clone();
            for slug in removed {
                whole.remove(slug);
            }
            whole.extend(written);
            let joined = base.with(changes, numbering.unwrap()).unwrap();
            prop_assert_eq!(joined.len() as usize, whole.len());
            prop_assert_eq!(answers(&joined).unwrap(), answers(&index(whole.iter())).unwrap());
        }
    }
}
