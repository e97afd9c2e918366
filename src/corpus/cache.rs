//! Folders that were read before, packed in the user's cache.
//!
//! Owns when what was packed still stands for a folder, and that whatever becomes of the cache, the
//! answer is that of the folder's files. It must not know what is in the entries.
//!
//! The pack of a folder holds, behind the index, what a walk met when it was made; it stands as long
//! as a walk meets the same. So each use walks through the folder and opens no file of it.
//!
//! ```text
//! index · program's version · path · whether `Listing` has findings · findings of what it lists ·
//! `Survey` · u64: length of the index
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

/// What another version of the program kept may be laid out otherwise, and entries be read otherwise.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

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
    let path = cache.join(name(&whole));
    if let Some(kept) = Kept::open(&path, root, &whole, &survey) {
        return Ok(kept);
    }
    // What was changed a moment ago may be changed again without a trace.
    if !survey.settle() {
        return folder::read(root, survey.listing(root), watch);
    }
    match keep(&path, root, &whole, &survey, watch) {
        Ok(kept) => Ok(kept),
        // The cache is full or cannot be written: the answer does not depend on it.
        Err(_) => folder::read(root, survey.listing(root), watch),
    }
}

/// What the pack of a folder is called.
fn name(whole: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    whole.hash(&mut hasher);
    format!("{:016x}.glossary", hasher.finish())
}

/// Packs a folder into the cache.
fn keep(
    path: &Path,
    root: &Path,
    whole: &Path,
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
    put_text(&mut described, PROGRAM);
    put_bytes(&mut described, whole.as_os_str().as_bytes());
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

/// Removes what commands left behind that were ended.
fn sweep(cache: &Path) {
    let drafts = fs::read_dir(cache).into_iter().flatten().flatten();
    for draft in drafts.filter(|file| Draft::is_named(&file.file_name())) {
        let age = draft.metadata().and_then(|metadata| metadata.modified());
        if age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() > ABANDONED)) {
            let _ = fs::remove_file(draft.path());
        }
    }
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
    fn open(path: &Path, root: &Path, whole: &Path, survey: &Survey) -> Option<Entries> {
        let pack = Pack::open(path).ok()?;
        let tail = pack.len().checked_sub(8)?;
        let length = u64_at(&pack.read(tail, 8).ok()?, 0).ok()?;
        let bytes = tail.checked_sub(length)?;
        let bytes = pack.read(length, usize::try_from(bytes).ok()?).ok()?;
        let mut described = Cursor::new(&bytes);
        if described.text().ok()? != PROGRAM
            || described.bytes().ok()? != whole.as_os_str().as_bytes()
        {
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
