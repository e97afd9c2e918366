//! What is kept of a folder in a pack: an index, and what stood in the folder when it was made.
//!
//! Owns the bytes behind the index, and when they still stand for the folder. It must not know where
//! packs are kept, nor when they are made.
//!
//! ```text
//! index · the program's reader · path · last part of the name · whether `Listing` has findings ·
//! findings of what it lists · `note` · `Survey` · u64: length of the index
//! ```

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::folder::{File, Finding};
use super::pack::{Pack, Pages};
use super::survey::Survey;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::index::bytes::{Cursor, put_bytes, put_text, put_varint, u64_at};
use crate::index::reader::Index;
use crate::index::{Error, Store};

/// What tells programs apart that lay out otherwise what they keep, or read entries otherwise.
const READER: &str = env!("CARGO_PKG_VERSION");

/// Which folder it is.
#[derive(Hash)]
pub(super) struct Identity {
    /// Its path, without links.
    pub(super) whole: PathBuf,
    /// The last part of the name that it was called by, which is the slug of the page in it.
    pub(super) called: OsString,
}

impl Identity {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(out, READER);
        put_bytes(out, self.whole.as_os_str().as_bytes());
        put_bytes(out, self.called.as_bytes());
    }

    /// Whether the next bytes are those of this folder, put by a program that reads as this one does.
    fn is(&self, kept: &mut Cursor<'_>) -> Option<bool> {
        let reader = kept.text().ok()?;
        let parts = [kept.bytes().ok()?, kept.bytes().ok()?];
        let own = [self.whole.as_os_str().as_bytes(), self.called.as_bytes()];
        Some(reader == READER && parts == own)
    }
}

/// What is known of a folder beside its entries.
pub(super) struct State<'s> {
    /// Which it is.
    pub(super) identity: &'s Identity,
    /// The name under which it was read.
    pub(super) root: &'s Path,
    /// What a walk met in it.
    pub(super) survey: &'s Survey,
    /// Whether anything was found in its listing.
    pub(super) are_some_listed: bool,
    /// What was listed and cannot be used. What was found in the listing is not kept, for its wording
    /// depends on how the folder is called.
    pub(super) unusable: &'s [Finding],
}

impl State<'_> {
    /// Writes the state behind an index, with a note of whatever else is to be known.
    pub(super) fn write(&self, note: &[u8], mut pages: Pages<'_>) -> io::Result<()> {
        let length = pages.length();
        let mut out = Vec::new();
        self.identity.put(&mut out);
        out.push(u8::from(self.are_some_listed));
        put_findings(&mut out, self.root, self.unusable);
        put_bytes(&mut out, note);
        self.survey.put(&mut out);
        out.extend_from_slice(&length.to_le_bytes());
        pages.write_all(&out)?;
        pages.finish()
    }
}

fn put_findings(out: &mut Vec<u8>, root: &Path, findings: &[Finding]) {
    put_varint(out, findings.len() as u64);
    for Finding { path, problem } in findings {
        let path = path.strip_prefix(root).unwrap_or(path);
        put_bytes(out, path.as_os_str().as_bytes());
        put_text(out, problem.rule.id());
        put_varint(out, problem.place.line as u64);
        put_varint(out, problem.place.column as u64);
        put_text(out, &problem.message);
    }
}

fn finding(root: &Path, kept: &mut Cursor<'_>) -> Option<Finding> {
    let path = root.join(OsStr::from_bytes(kept.bytes().ok()?));
    let id = kept.text().ok()?;
    let rule = *Rule::ALL.iter().find(|rule| rule.id() == id)?;
    let place = Place {
        line: kept.size().ok()?,
        column: kept.size().ok()?,
    };
    let problem = Problem::new(rule, place, kept.text().ok()?);
    Some(Finding { path, problem })
}

/// Whether what a file cannot be used for is so still. Whether a file can be opened is not for its times
/// to tell.
pub(super) fn is_so_still(finding: &Finding) -> bool {
    finding.problem.rule != Rule::Unreadable
        || File::at(finding.path.clone()).read().err().as_ref() == Some(&finding.problem)
}

/// The index in a pack.
pub(super) struct Body {
    pack: Pack,
    length: u64,
}

impl Body {
    /// The one in the file at a path.
    pub(super) fn open(path: &Path) -> Option<Self> {
        // A pipe would keep us waiting.
        let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
        let pack = is_file.then(|| Pack::open(path))?.ok()?;
        // A damaged cache is rebuilt now, so that no query meets the damage.
        pack.verify().ok()?;
        let tail = pack.len().checked_sub(8)?;
        let length = u64_at(&pack.read(tail, 8).ok()?, 0).ok()?;
        (length <= tail).then_some(Self { pack, length })
    }

    /// What tells it, and what stands behind it, from others.
    pub(super) fn stamp(&self) -> [u64; 2] {
        [self.pack.stamp().into(), self.pack.len()]
    }

    /// The index.
    pub(super) fn index(self) -> Option<Index> {
        Index::open(Box::new(self), None).ok()
    }

    /// The bytes behind the index.
    fn behind(&self) -> Option<Vec<u8>> {
        let length = usize::try_from(self.pack.len() - 8 - self.length).ok()?;
        let bytes = self.pack.read(self.length, length).ok()?;
        Some(bytes.into_owned())
    }
}

impl Store for Body {
    fn read(&self, start: u64, length: usize) -> std::result::Result<Cow<'_, [u8]>, Error> {
        start
            .checked_add(length as u64)
            .filter(|&end| end <= self.length)
            .ok_or(Error::Damaged("an offset"))?;
        self.pack.read(start, length)
    }

    fn len(&self) -> u64 {
        self.length
    }
}

/// What is kept of a folder in one pack.
pub(super) struct Kept {
    /// What tells the pack from others.
    pub(super) stamp: [u64; 2],
    /// The index.
    pub(super) index: Index,
    /// Whether anything was found in the listing.
    pub(super) are_some_listed: bool,
    /// What was listed and cannot be used.
    pub(super) unusable: Vec<Finding>,
    behind: Vec<u8>,
    note: Range<usize>,
}

impl Kept {
    /// What is kept in the file at a path of a folder, which is read as `root`; none when it is nothing.
    pub(super) fn open(path: &Path, identity: &Identity, root: &Path) -> Option<Self> {
        let body = Body::open(path)?;
        let behind = body.behind()?;
        let mut rest = Cursor::new(&behind);
        if !identity.is(&mut rest)? {
            return None;
        }
        let are_some_listed = rest.byte().ok()? != 0;
        let unusable = (0..rest.size().ok()?).map(|_| finding(root, &mut rest));
        let unusable = unusable.collect::<Option<_>>()?;
        let length = rest.bytes().ok()?.len();
        let end = behind.len() - rest.rest().len();
        Some(Self {
            stamp: body.stamp(),
            index: body.index()?,
            are_some_listed,
            unusable,
            note: end - length..end,
            behind,
        })
    }

    /// What else was to be known.
    pub(super) fn note(&self) -> &[u8] {
        &self.behind[self.note.clone()]
    }

    /// What a walk met when it was made, as it was put.
    pub(super) fn survey(&self) -> &[u8] {
        &self.behind[self.note.end..]
    }

    /// Whether it stands for a folder in which a walk met this.
    pub(super) fn stands_for(&self, survey: &Survey) -> bool {
        survey.is(&mut Cursor::new(self.survey())) && self.unusable.iter().all(is_so_still)
    }

    /// What cannot be used in the folder for which it stands.
    pub(super) fn findings(&self, root: &Path, survey: &Survey) -> Vec<Finding> {
        let mut findings = self.unusable.clone();
        if self.are_some_listed {
            findings.extend(survey.listing(root).findings);
        }
        findings
    }
}

/// Whether this program can read a pack, and its folder is there.
pub(super) fn may_be_asked_for(pack: &Path) -> bool {
    let whole = || {
        let behind = Body::open(pack)?.behind()?;
        let mut behind = Cursor::new(&behind);
        let is_own = behind.text().ok()? == READER;
        is_own.then(|| PathBuf::from(OsStr::from_bytes(behind.bytes().unwrap_or_default())))
    };
    whole().is_some_and(|whole| whole.is_dir())
}
