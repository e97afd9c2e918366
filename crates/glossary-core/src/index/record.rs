//! An entry as a record, which is read without parsing YAML or Markdown.
//!
//! The part that lists show comes first, so that they need not read more.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use super::Error;
use super::bytes::{Cursor, put_list, put_text, put_varint};
use crate::entry::Entry;
use crate::entry::front_matter::FrontMatter;
use crate::entry::sections::{Depth, Sections};

/// The part of an entry that lists show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head<'r> {
    /// The slug.
    pub slug: Cow<'r, str>,
    /// The headword.
    pub title: Cow<'r, str>,
    /// The summary in one line.
    pub gloss: Cow<'r, str>,
    /// The topics as bytes, which `tags` decodes: most callers do not need them.
    tags: Cow<'r, [u8]>,
}

impl Head<'_> {
    /// The topics.
    pub fn tags(&self) -> Result<Vec<&str>, Error> {
        Cursor::new(&self.tags).texts()
    }

    /// The head, independent of the record that it was read from.
    #[must_use]
    pub fn into_owned(self) -> Head<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Head {
            slug: own(self.slug),
            title: own(self.title),
            gloss: own(self.gloss),
            tags: Cow::Owned(self.tags.into_owned()),
        }
    }
}

/// Where an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLocation {
    /// The file.
    pub path: PathBuf,
    /// The line on which the entry starts, counted from 1.
    pub line: usize,
}

/// Appends an entry's record. `gloss` is its summary in one line. The entry starts on a line of the file at
/// `path`, which is relative to the folder.
pub fn put(out: &mut Vec<u8>, entry: &Entry, gloss: &str, path: &str, line: usize) {
    let front = &entry.front;
    put_text(out, &entry.slug);
    put_text(out, &front.title);
    put_text(out, gloss);
    put_list(out, &front.tags);
    put_text(out, path);
    put_varint(out, line as u64);
    for depth in Depth::ALL {
        put_range(out, entry.sections.of(depth));
    }
    put_range(out, entry.sections.related());
    for list in [
        &front.aliases,
        &front.covers,
        &front.homonyms,
        &front.requires,
        &front.sources,
        &front.keywords,
        &entry.related,
    ] {
        put_list(out, list);
    }
}

/// Appends the text after the record.
pub fn put_entry_text(out: &mut Vec<u8>, entry: &Entry) {
    put_text(out, &entry.text);
}

/// The head at the start of a record.
pub fn head(record: &[u8]) -> Result<Head<'_>, Error> {
    read_head(&mut Cursor::new(record))
}

fn read_head<'r>(from: &mut Cursor<'r>) -> Result<Head<'r>, Error> {
    Ok(Head {
        slug: from.text()?.into(),
        title: from.text()?.into(),
        gloss: from.text()?.into(),
        tags: from.skip_texts()?.into(),
    })
}

/// The entry of a record, and where it is. `text` is its text; `None` if the text follows the record.
pub fn read(record: &[u8], text: Option<&str>) -> Result<(Entry, EntryLocation), Error> {
    let mut from = Cursor::new(record);
    let head = read_head(&mut from)?.into_owned();
    let location = EntryLocation {
        path: from.text()?.into(),
        line: from.size()?,
    };
    let depths = [range(&mut from)?, range(&mut from)?, range(&mut from)?];
    let related = range(&mut from)?;
    let front = FrontMatter {
        title: head.title.into_owned(),
        tags: Cursor::new(&head.tags).list()?,
        aliases: from.list()?,
        covers: from.list()?,
        homonyms: from.list()?,
        requires: from.list()?,
        sources: from.list()?,
        keywords: from.list()?,
        ..FrontMatter::default()
    };
    let entry = Entry {
        slug: head.slug.into_owned(),
        front,
        related: from.list()?,
        sections: Sections::at(depths, related),
        text: match text {
            Some(text) => text.to_string(),
            None => from.text()?.to_string(),
        },
    };
    Ok((entry, location))
}

/// Appends a range as its start plus one and its length, and no range as zero.
fn put_range(out: &mut Vec<u8>, range: Option<Range<usize>>) {
    match range {
        None => put_varint(out, 0),
        Some(range) => {
            put_varint(out, range.start as u64 + 1);
            put_varint(out, range.len() as u64);
        }
    }
}

fn range(from: &mut Cursor<'_>) -> Result<Option<Range<usize>>, Error> {
    let Some(start) = from.size()?.checked_sub(1) else {
        return Ok(None);
    };
    let end = start
        .checked_add(from.size()?)
        .ok_or(Error::Damaged("a section"))?;
    Ok(Some(start..end))
}
