//! Folders that were read before, packed in the user's cache.
//!
//! Owns what is kept of a folder and when it is made, and that whatever becomes of the cache, the answer
//! is that of the folder's files. It must not know what is in the entries, nor how a pack is laid out.
//!
//! A folder has one pack of all its entries, the base, and beside it one of those that changed since. Each
//! stands as long as a walk through the folder meets what was met when it was made; so a use walks through
//! the folder and opens no file of it. When something else is met, the files that changed are read into
//! new changes, and from time to time the whole is packed anew.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::changes::{Changes, Note, Stale};
use super::folder::{self, Entries, Finding};
use super::kept::{Body, Identity, Kept, State, may_be_asked_for};
use super::pack::Pages;
use super::survey::Survey;
use super::whole::Draft;
use crate::error::Result;
use crate::index::builder::{Builder, Texts};
use crate::index::reader::Index;

/// Folders with fewer files are read each time: that takes some milliseconds, and a pack would save no
/// more than that (`docs/benchmarks.md`).
const WORTH_KEEPING: usize = 16;

/// Changes are at most one in so many of the files of a folder, for they are made in memory.
const LARGEST_PART: usize = 8;

/// What the names of packs end in, and of those of changes.
const EXTENSION: &str = "glossary";
const OF_CHANGES: &str = "changes";

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
        .and_then(|cache| Place::of(root, cache));
    let found = place.and_then(|place| {
        let found = place.kept(&survey).or_else(|| place.made(&survey, watch))?;
        Some(found)
    });
    match found {
        Some((index, findings)) => Ok(Entries::new(index, findings)),
        None => folder::read(root, survey.listing(root), watch),
    }
}

/// An index of a folder, and what cannot be used there.
type Found = (Index, Vec<Finding>);

/// Where a folder is kept.
struct Place {
    root: PathBuf,
    identity: Identity,
    /// The pack of all entries.
    base: PathBuf,
    /// That of those that changed since.
    changes: PathBuf,
}

impl Place {
    fn of(root: &Path, cache: &Path) -> Option<Self> {
        let identity = Identity {
            whole: fs::canonicalize(root).ok()?,
            called: root.file_name().unwrap_or_default().to_os_string(),
        };
        let mut hasher = DefaultHasher::new();
        identity.hash(&mut hasher);
        let base = cache.join(format!("{:016x}.{EXTENSION}", hasher.finish()));
        Some(Self {
            root: root.to_path_buf(),
            identity,
            changes: base.with_extension(OF_CHANGES),
            base,
        })
    }

    /// What is kept of the folder, in which a walk met this; none when it met something else when that
    /// was made.
    fn kept(&self, survey: &Survey) -> Option<Found> {
        self.kept_with_changes(survey).or_else(|| {
            let base = self.open(&self.base)?;
            let findings = base
                .stands_for(survey)
                .then(|| base.findings(&self.root, survey))?;
            Some((base.index, findings))
        })
    }

    fn kept_with_changes(&self, survey: &Survey) -> Option<Found> {
        let changes = self.open(&self.changes)?;
        let base = Body::open(&self.base)?;
        let note = Note::read(changes.note()).ok()?;
        if note.base != base.stamp() || !changes.stands_for(survey) {
            return None;
        }
        let findings = changes.findings(&self.root, survey);
        let index = base.index()?.with(changes.index, note.numbering).ok()?;
        Some((index, findings))
    }

    fn open(&self, path: &Path) -> Option<Kept> {
        Kept::open(path, &self.identity, &self.root)
    }

    /// What the folder holds now, which is kept if it can be; none when it is better read.
    fn made(&self, survey: &Survey, watch: &mut folder::Watch<'_>) -> Option<Found> {
        // What was changed a moment ago may be changed again without a trace.
        let is_settled = survey.settle();
        let Some((base, changes)) = self.refreshed(survey, watch) else {
            let packed = is_settled.then(|| self.packed(survey, watch));
            return packed.and_then(io::Result::ok);
        };
        if is_settled {
            // The cache may be full or closed to us: the answer does not depend on it.
            let _ = self.keep(&changes, survey);
        }
        let findings = [changes.unusable, changes.listed].concat();
        let index = Index::open(Box::new(changes.bytes), None).ok()?;
        let index = base.index.with(index, changes.note.numbering).ok()?;
        Some((index, findings))
    }

    /// The base, and what changed since; none when the whole is better packed.
    ///
    /// Each time, all that changed since the base was made is read. Once that comes to more files than the
    /// folder has, packing costs no more than what was spent already: this is how long to rent before
    /// one buys (Karlin et al., Competitive Snoopy Caching, 1988).
    fn refreshed(&self, survey: &Survey, watch: &mut folder::Watch<'_>) -> Option<(Kept, Changes)> {
        let base = self.open(&self.base)?;
        let stale = Stale::between(&base, &self.root, survey)?;
        let spent = self.spent(&base).saturating_add(stale.count());
        let is_small = stale.count() <= survey.count() / LARGEST_PART;
        if !is_small || spent > survey.count() {
            return None;
        }
        let changes = stale.read(&base, spent, &self.root, survey, watch).ok()?;
        Some((base, changes))
    }

    /// How many slugs were read again since a base was packed.
    fn spent(&self, base: &Kept) -> usize {
        let changes = self.open(&self.changes);
        let note = changes.and_then(|changes| Note::read(changes.note()).ok());
        note.filter(|note| note.base == base.stamp)
            .map_or(0, |note| note.spent)
    }

    /// Keeps changes.
    fn keep(&self, changes: &Changes, survey: &Survey) -> io::Result<()> {
        let mut draft = Draft::private(&self.changes)?;
        let mut pages = Pages::new(draft.file())?;
        pages.write_all(&changes.bytes)?;
        let state = self.state(survey, &changes.listed, &changes.unusable);
        state.write(&changes.note.bytes(), pages)?;
        draft.put(&self.changes)
    }

    /// Packs the folder.
    fn packed(&self, survey: &Survey, watch: &mut folder::Watch<'_>) -> io::Result<Found> {
        if let Some(cache) = self.base.parent() {
            make(cache)?;
            sweep(cache);
        }
        let mut draft = Draft::private(&self.base)?;
        let listing = survey.listing(&self.root);
        let pages = Pages::new(draft.file())?;
        let builder = Builder::with_room(pages, Texts::Inside, &Draft::aside(&self.base))?;
        let (pages, unusable) = folder::index(&self.root, &listing.files, builder, watch)?;
        let state = self.state(survey, &listing.findings, &unusable);
        state.write(&[], pages)?;
        let index = Body::open(draft.path()).and_then(Body::index);
        draft.put(&self.base)?;
        // Those that there are belong to the pack that was there.
        let _ = fs::remove_file(&self.changes);
        let index = index.ok_or_else(|| io::Error::other("changed by another program"))?;
        Ok((index, [listing.findings, unusable].concat()))
    }

    fn state<'s>(
        &'s self,
        survey: &'s Survey,
        listed: &[Finding],
        unusable: &'s [Finding],
    ) -> State<'s> {
        State {
            identity: &self.identity,
            root: &self.root,
            survey,
            are_some_listed: !listed.is_empty(),
            unusable,
        }
    }
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
        let kind = path.extension().and_then(OsStr::to_str);
        let is_rubbish = if Draft::is_named(&file.file_name()) {
            let written = file.metadata().and_then(|metadata| metadata.modified());
            written.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() > ABANDONED))
        } else {
            // Without their pack changes are nothing.
            matches!(kind, Some(EXTENSION | OF_CHANGES))
                && !may_be_asked_for(&path.with_extension(EXTENSION))
        };
        if is_rubbish {
            let _ = fs::remove_file(path);
        }
    }
}
