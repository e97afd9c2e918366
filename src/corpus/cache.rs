//! Folders that were read before, packed in the user's cache.
//!
//! Owns when what was packed still stands for a folder, and that whatever becomes of the cache, the
//! answer is that of the folder's files. It must not know what is in the entries.
//!
//! The pack of a folder holds, behind the index, what a walk met when it was made; it stands as long
//! as a walk meets the same. So each use walks through the folder and opens no file of it.
//!
//! ```text
//! index · the program's reader · path · last part of the name · whether `Listing` has findings ·
//! findings of what it lists · `Survey` · u64: length of the index
//! ```

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::folder::{self, Entries, File, Finding, Listing};
use super::pack::{Pack, Pages};
use super::survey::Survey;
use super::whole::Draft;
use crate::entry::problem::{Place, Problem};
use crate::entry::rule::Rule;
use crate::error::Result;
use crate::index::builder::{Builder, Texts};
use crate::index::bytes::{Cursor, put_bytes, put_text, put_varint, u64_at};
use crate::index::{Error, Store};

/// Folders with fewer files are read each time: that takes some milliseconds, and a pack would save no
/// more than that, but would be made anew with each change (`docs/benchmarks.md`).
const WORTH_KEEPING: usize = 16;

/// What tells programs apart that lay out otherwise what they keep, or read entries otherwise.
const READER: &str = env!("GLOSSARY_READER");

/// What the names of packs end in.
const EXTENSION: &str = "glossary";

/// Drafts that are older, in seconds, are those of commands that were ended.
const ABANDONED: u64 = 3600;

/// Reads a folder, or what is kept of it.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn read(
    root: &Path,
    cache: Option<&Path>,
    watch: &mut folder::Watch<'_>,
) -> Result<Entries> {
    let survey = Survey::of(root)?;
    let place = cache
        .filter(|_| survey.count() >= WORTH_KEEPING)
        .and_then(|cache| Some((cache, fs::canonicalize(root).ok()?)));
    let Some((cache, whole)) = place else {
        return folder::read(root, survey.listing(root), watch);
    };
    let identity = Identity {
        whole,
        called: root.file_name().unwrap_or_default(),
    };
    let path = cache.join(identity.name());
    if let Some(kept) = Kept::open(&path, root, &identity, &survey) {
        return Ok(kept);
    }
    // What was changed a moment ago may be changed again without a trace.
    if !survey.settle() {
        return folder::read(root, survey.listing(root), watch);
    }
    match keep(&path, root, &identity, &survey, watch) {
        Ok(kept) => Ok(kept),
        // The cache is full or cannot be written: the answer does not depend on it.
        Err(_) => folder::read(root, survey.listing(root), watch),
    }
}

/// Which folder it is.
#[derive(Hash)]
struct Identity<'r> {
    /// Its path, without links.
    whole: PathBuf,
    /// The last part of the name that it was called by, which is the slug of the page in it.
    called: &'r OsStr,
}

impl Identity<'_> {
    /// What its pack is called.
    fn name(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("{:016x}.{EXTENSION}", hasher.finish())
    }

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

/// Packs a folder into the cache.
fn keep(
    path: &Path,
    root: &Path,
    identity: &Identity<'_>,
    survey: &Survey,
    watch: &mut folder::Watch<'_>,
) -> io::Result<Entries> {
    if let Some(cache) = path.parent() {
        make(cache)?;
        sweep(cache);
    }
    let mut draft = Draft::private(path)?;
    let Listing {
        files,
        mut findings,
    } = survey.listing(root);
    let pages = Pages::new(draft.file())?;
    let builder = Builder::with_room(pages, Texts::Inside, &Draft::aside(path))?;
    let (mut pages, unusable) = folder::index(root, &files, builder, watch)?;
    let length = pages.length();
    let mut described = Vec::new();
    identity.put(&mut described);
    described.push(u8::from(!findings.is_empty()));
    put_findings(&mut described, root, &unusable);
    survey.put(&mut described);
    pages.write_all(&described)?;
    pages.write_all(&length.to_le_bytes())?;
    pages.finish()?;
    findings.extend(unusable);
    let pack = Pack::open(draft.path()).map_err(io::Error::other)?;
    draft.put(path)?;
    Ok(Entries::new(
        Box::new(Kept::new(pack, length, path, root)),
        findings,
    ))
}

/// Makes the cache, for the user alone.
fn make(cache: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let make = |folder| match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    };
    // No more than the place for all caches and this one: where the home is missing, none is made.
    cache.parent().map_or(Ok(()), make)?;
    make(cache)
}

/// Removes what commands left behind that were ended, and packs that nobody will ask for.
fn sweep(cache: &Path) {
    for file in fs::read_dir(cache).into_iter().flatten().flatten() {
        let path = file.path();
        let is_rubbish = if Draft::is_named(&file.file_name()) {
            let written = file.metadata().and_then(|metadata| metadata.modified());
            written.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() > ABANDONED))
        } else {
            path.extension().is_some_and(|kind| kind == EXTENSION) && !may_be_asked_for(&path)
        };
        if is_rubbish {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether this program can read a pack, and its folder is there.
fn may_be_asked_for(pack: &Path) -> bool {
    let whole = || {
        let (_, bytes) = described(&Pack::open(pack).ok()?)?;
        let mut described = Cursor::new(&bytes);
        let is_own = described.text().ok()? == READER;
        is_own.then(|| PathBuf::from(OsStr::from_bytes(described.bytes().unwrap_or_default())))
    };
    whole().is_some_and(|whole| whole.is_dir())
}

/// The length of the index in a pack, and what is kept behind it.
fn described(pack: &Pack) -> Option<(u64, Vec<u8>)> {
    let tail = pack.len().checked_sub(8)?;
    let length = u64_at(&pack.read(tail, 8).ok()?, 0).ok()?;
    let bytes = usize::try_from(tail.checked_sub(length)?).ok()?;
    Some((length, pack.read(length, bytes).ok()?.into_owned()))
}

/// Appends findings; those of a listing are not among them, for their wording depends on how the folder
/// is called.
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

/// The index of a folder, in the cache.
struct Kept {
    pack: Pack,
    length: u64,
    path: PathBuf,
    root: PathBuf,
    /// The index anew, when the pack turned out to be damaged; none when that cannot be had.
    mended: OnceCell<Option<Vec<u8>>>,
}

impl Kept {
    fn new(pack: Pack, length: u64, path: &Path, root: &Path) -> Self {
        Self {
            pack,
            length,
            path: path.to_path_buf(),
            root: root.to_path_buf(),
            mended: OnceCell::new(),
        }
    }

    /// What is kept of a folder in which a walk met this; none when it met something else then, or
    /// when it cannot be read.
    fn open(path: &Path, root: &Path, identity: &Identity<'_>, survey: &Survey) -> Option<Entries> {
        let pack = Pack::open(path).ok()?;
        let (length, bytes) = described(&pack)?;
        let mut described = Cursor::new(&bytes);
        if !identity.is(&mut described)? {
            return None;
        }
        let are_some_listed = described.byte().ok()? != 0;
        let mut findings = Vec::new();
        for _ in 0..described.size().ok()? {
            findings.push(finding(root, &mut described).filter(is_so_still)?);
        }
        if !survey.is(&mut described) {
            return None;
        }
        if are_some_listed {
            findings.extend(survey.listing(root).findings);
        }
        Some(Entries::new(
            Box::new(Self::new(pack, length, path, root)),
            findings,
        ))
    }

    /// The index as the files make it, which are what they were when it was packed.
    fn mended(&self) -> Option<&Vec<u8>> {
        let mended = self.mended.get_or_init(|| {
            let _ = fs::remove_file(&self.path);
            let listing = Survey::of(&self.root).ok()?.listing(&self.root);
            let builder = Builder::new(Vec::new(), Texts::Inside).ok()?;
            let anew = folder::index(&self.root, &listing.files, builder, &mut |_, _| {});
            let (bytes, _) = anew.ok()?;
            (bytes.len() as u64 == self.length).then_some(bytes)
        });
        mended.as_ref()
    }
}

fn finding(root: &Path, described: &mut Cursor<'_>) -> Option<Finding> {
    let path = root.join(OsStr::from_bytes(described.bytes().ok()?));
    let id = described.text().ok()?;
    let rule = *Rule::ALL.iter().find(|rule| rule.id() == id)?;
    let place = Place {
        line: described.size().ok()?,
        column: described.size().ok()?,
    };
    let problem = Problem::new(rule, place, described.text().ok()?);
    Some(Finding { path, problem })
}

/// Whether what a file cannot be used for is so still. Whether a file can be opened is not for its times
/// to tell.
fn is_so_still(finding: &Finding) -> bool {
    finding.problem.rule != Rule::Unreadable
        || File::at(finding.path.clone()).read().err().as_ref() == Some(&finding.problem)
}

impl Store for Kept {
    fn read(&self, start: u64, length: usize) -> std::result::Result<Cow<'_, [u8]>, Error> {
        if start
            .checked_add(length as u64)
            .is_none_or(|end| end > self.length)
        {
            return Err(Error::Damaged("an offset"));
        }
        if self.mended.get().is_none() {
            match self.pack.read(start, length) {
                Err(Error::Damaged(_) | Error::Io(_)) => {}
                read => return read,
            }
        }
        match self.mended() {
            Some(bytes) => bytes.read(start, length),
            None => Err(Error::Damaged("the cache, while the folder was changed")),
        }
    }

    fn len(&self) -> u64 {
        self.length
    }
}
