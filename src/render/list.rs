//! Entries as a list: on a page title and summary, in a pipe one tab-separated line each.
//!
//! Owns the layout of lists. It must not know why an entry is on one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::{Look, Role, safe};
use crate::error::Result;
use glossary_core::corpus::{Corpus, Id};
use glossary_core::entry::markdown::{Block, Run};
use glossary_core::index::record::Head;

/// The spaces before an item's summary.
const INDENT: usize = 2;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'c> {
    /// The entry; none for a term that has none.
    pub id: Option<Id>,
    /// Its slug.
    pub slug: Option<Cow<'c, str>>,
    /// What it is called.
    pub title: Cow<'c, str>,
    /// What is said of it in one line: mostly its summary.
    pub gloss: Cow<'c, str>,
    /// Where the gloss has words to mark, in bytes, in their order.
    pub marks: Vec<Range<usize>>,
    /// What the item stands under, where a list has parts.
    pub group: Option<String>,
}

impl<'c> Item<'c> {
    /// An entry whose head is known.
    #[must_use]
    pub fn new(id: Id, head: Head<'c>) -> Self {
        Self {
            id: Some(id),
            slug: Some(head.slug),
            title: head.title,
            gloss: head.gloss,
            marks: Vec::new(),
            group: None,
        }
    }

    /// An entry.
    pub fn of(corpus: &'c Corpus, id: Id) -> Result<Self> {
        Ok(Self::new(id, corpus.head(id)?))
    }

    /// A term that has no entry.
    #[must_use]
    pub fn missing(title: &str) -> Self {
        Self {
            id: None,
            slug: None,
            title: title.to_string().into(),
            gloss: "(no entry yet)".into(),
            marks: Vec::new(),
            group: None,
        }
    }

    /// The item under a heading.
    #[must_use]
    pub fn under(self, group: &str) -> Self {
        Self {
            group: Some(group.to_string()),
            ..self
        }
    }

    /// The item with a sentence in the place of its summary, and the words to mark in it.
    #[must_use]
    pub fn saying(self, gloss: &str, marks: Vec<Range<usize>>) -> Self {
        Self {
            gloss: gloss.to_string().into(),
            marks,
            ..self
        }
    }

    /// The gloss in runs, its marks set off.
    fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut push = |range: Range<usize>, marked| {
            if let Some(text) = self.gloss.get(range).filter(|text| !text.is_empty()) {
                let mut run = Run {
                    text: text.to_string(),
                    ..Run::default()
                };
                run.style.marked = marked;
                runs.push(run);
            }
        };
        let mut end = 0;
        for mark in &self.marks {
            push(end..mark.start, false);
            push(mark.clone(), true);
            end = mark.end;
        }
        push(end..self.gloss.len(), false);
        runs
    }

    /// Appends the item as a tab-separated line.
    fn write_cells(&self, out: &mut String) {
        let slug = self.slug.as_deref().unwrap_or("-");
        for (cell, end) in [(slug, '\t'), (&*self.title, '\t'), (&*self.gloss, '\n')] {
            out.push_str(&safe(cell));
            out.push(end);
        }
    }
}

/// A list; in a pipe slug, title and summary, and the part of the list where it has parts.
#[must_use]
pub fn of(items: &[Item<'_>], look: &Look) -> String {
    // A line takes some two hundred bytes; growing the text by doubling would copy most of it again.
    let mut out = String::with_capacity(items.len() * 256);
    let mut group = None;
    for item in items {
        if let Look::Plain { width: None } = look {
            item.write_cells(&mut out);
            continue;
        }
        if item.group != group {
            group.clone_from(&item.group);
            if let Some(name) = &group {
                let gap = if out.is_empty() { "" } else { "\n" };
                let _ = writeln!(out, "{gap}{}", look.paint(Role::Heading, name));
            }
        }
        entry(item, "", look, &mut out);
    }
    out
}

/// A list in which the order matters.
#[must_use]
pub fn numbered(items: &[Item<'_>], look: &Look) -> String {
    let mut out = String::new();
    let digits = items.len().to_string().len();
    for (number, item) in items.iter().enumerate() {
        if let Look::Plain { width: None } = look {
            item.write_cells(&mut out);
        } else {
            entry(item, &format!("{:digits$}. ", number + 1), look, &mut out);
        }
    }
    out
}

/// Topics with the number of their entries.
#[must_use]
pub fn tags(counts: &BTreeMap<String, usize>, look: &Look) -> String {
    let widest = counts
        .keys()
        .map(|tag| tag.chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for (tag, count) in counts {
        let tag = safe(tag);
        let _ = match look {
            Look::Plain { width: None } => writeln!(out, "{tag}\t{count}"),
            _ => writeln!(out, "{tag:widest$}  {count:>4}"),
        };
    }
    out
}

/// Title and slug on a line, the summary below.
fn entry(item: &Item<'_>, mark: &str, look: &Look, out: &mut String) {
    let slug = item.slug.as_deref().unwrap_or_default();
    let title = look.paint(Role::Title, &item.title);
    let slug = look.paint(Role::Note, slug);
    let _ = writeln!(out, "{}", format!("{mark}{title}  {slug}").trim_end());
    let gloss = Block::Paragraph(item.runs());
    look.blocks(&[gloss], INDENT + mark.len().saturating_sub(INDENT), out);
}
