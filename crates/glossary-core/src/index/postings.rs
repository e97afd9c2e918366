//! Postings: the entries under a key, each with a payload.
//!
//! A list is a run of steps, each a varint from the entry before, followed by the payload's byte.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::Error;
use super::bytes::Cursor;
use super::schema::Payload;

/// The fewest bytes of a posting.
pub(super) const SHORTEST_POSTING: usize = 2;

/// An entry under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting<P> {
    /// The number of the entry.
    pub entry: u32,
    /// The payload stored with it.
    pub payload: P,
}

/// The postings of one key.
#[derive(Debug, Clone)]
pub struct PostingList<'s, P> {
    bytes: Cow<'s, [u8]>,
    payload: PhantomData<P>,
}

impl<'s, P: Payload> PostingList<'s, P> {
    pub(super) fn new(bytes: Cow<'s, [u8]>) -> Self {
        Self {
            bytes,
            payload: PhantomData,
        }
    }

    /// A list without postings.
    #[must_use]
    pub fn empty() -> Self {
        Self::new(Cow::Borrowed(&[]))
    }

    /// Whether there are no postings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The postings, in the order of entries.
    #[must_use]
    pub fn iter(&self) -> PostingIter<'_, P> {
        PostingIter {
            rest: Cursor::new(&self.bytes),
            entry: 0,
            payload: PhantomData,
        }
    }

    /// All postings.
    pub fn to_vec(&self) -> Result<Vec<Posting<P>>, Error> {
        self.iter().collect()
    }
}

impl<'l, P: Payload> IntoIterator for &'l PostingList<'_, P> {
    type Item = Result<Posting<P>, Error>;
    type IntoIter = PostingIter<'l, P>;

    fn into_iter(self) -> PostingIter<'l, P> {
        self.iter()
    }
}

/// Reads postings one after the other.
#[derive(Debug, Clone)]
pub struct PostingIter<'l, P> {
    rest: Cursor<'l>,
    entry: u32,
    payload: PhantomData<P>,
}

impl<P: Payload> PostingIter<'_, P> {
    fn read(&mut self) -> Result<Posting<P>, Error> {
        const DAMAGED: Error = Error::Damaged("a posting");
        let step = u32::try_from(self.rest.varint()?).map_err(|_| DAMAGED)?;
        self.entry = self.entry.checked_add(step).ok_or(DAMAGED)?;
        Ok(Posting {
            entry: self.entry,
            payload: P::from_byte(self.rest.byte()?).ok_or(DAMAGED)?,
        })
    }
}

impl<P: Payload> Iterator for PostingIter<'_, P> {
    type Item = Result<Posting<P>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_at_end()).then(|| self.read())
    }
}
