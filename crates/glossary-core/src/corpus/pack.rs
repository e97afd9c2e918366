//! A packed glossary: index and texts in one file, in pages that are checked as they are read.
//!
//! Owns the pages, and what packing leaves out. It must not know what lies in the pages: the index
//! does.
//!
//! ```text
//! page 0     MAGIC · format u32 · stamp u32 · length of the index u64 · zeros · checksum u32
//! page 1…    4092 bytes of the index, the last page filled up with zeros · checksum u32
//! ```
//!
//! A checksum is the CRC-32 of the bytes before it, begun with the number of the page. Those of the
//! index are written with the stamp added bit by bit, which is the CRC-32 of all of them: a page that
//! was changed, moved or taken from another pack does not fit. So nothing but the pages that an answer
//! needs is read, and nothing is believed of them that is not what was packed.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crc32fast::Hasher;

use super::folder::{self, Finding};
use super::intake;
use super::whole::Draft;
use crate::entry::key::fold;
use crate::error::{Error, Result};
use crate::index::builder::{Builder, Texts};
use crate::index::bytes::{u32_at, u64_at};
use crate::index::{self, Store, VERSION};

/// The first bytes of a pack.
const MAGIC: &[u8; 8] = b"GLOSPACK";

/// The bytes of a page: those that a system reads at once.
const PAGE: usize = 4096;

/// The bytes of a page before its checksum.
const PAYLOAD: usize = PAGE - 4;

/// Where the length of the index stands in the head; the stamp stands before it.
const LENGTH_AT: usize = MAGIC.len() + 8;

/// Bytes that are written at once.
const WRITTEN_AT_ONCE: usize = 64 * PAGE;

/// Pages that are read at once when more than one is wanted.
const RUN: u64 = 16;

/// Pages that are kept: enough for the steps of a search among a million names.
const KEPT: usize = 64;

/// What was packed.
#[derive(Debug)]
pub struct Packed {
    /// How many entries.
    pub entries: usize,
    /// What could not be used and was left out.
    pub findings: Vec<Finding>,
}

/// Packs the entries of folders into a file, which is there whole or not at all. The nearest folder
/// comes first: its entries replace and hide those of the others, as they do in layers. Calls `watch`
/// with how many more files were read, and of how many.
///
/// # Errors
/// A folder cannot be read, there is no entry, or the file cannot be written or is something else.
pub fn pack(
    folders: &[PathBuf],
    path: &Path,
    watch: &mut dyn FnMut(usize, usize),
) -> Result<Packed> {
    let cannot_write = |error| Error::File {
        doing: "write",
        path: path.to_path_buf(),
        error,
    };
    may_be_replaced(path)?;
    let mut findings = Vec::new();
    let files = files(folders, &mut findings)?;
    let mut draft = Draft::of(path).map_err(cannot_write)?;
    let known: Vec<_> = files
        .iter()
        .map(|file| (&file.file, folders[file.folder].as_path()))
        .collect();
    let mut read = |count| watch(count, known.len());
    let mut write = || {
        let pages = Pages::new(draft.file())?;
        let mut builder = Builder::with_room(pages, Texts::Inside, &Draft::aside(path))?;
        let intake = intake::read(&known, &mut builder, &mut read)?;
        builder.finish()?.finish()?;
        Ok(intake)
    };
    let intake = write().map_err(cannot_write)?;
    findings.extend(intake.findings);
    if intake.entries + intake.hidden == 0 {
        let folders: Vec<_> = folders
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        return Err(Error::Request(format!(
            "no entry in {} that could be packed; `glossary new TERM --in DIR` begins one",
            folders.join(", ")
        )));
    }
    draft.replace(path).map_err(cannot_write)?;
    Ok(Packed {
        entries: intake.entries,
        findings,
    })
}

/// Refuses to put a pack in the place of what is none.
fn may_be_replaced(path: &Path) -> Result<()> {
    let refuse = |error| {
        Err(Error::File {
            doing: "write",
            path: path.to_path_buf(),
            error,
        })
    };
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => refuse(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) if !metadata.is_file() => refuse(io::Error::other("not a regular file")),
        Ok(_) => match Pack::open(path) {
            Err(index::Error::Foreign) => refuse(io::Error::other(
                "it is something else than a packed glossary; remove it first",
            )),
            _ => Ok(()),
        },
        Err(_) => Ok(()),
    }
}

/// A file, and the number of the folder that it is in.
struct Numbered {
    file: folder::File,
    folder: usize,
}

/// The files of all folders by slug, without those that an entry in a nearer folder replaces or hides.
fn files(folders: &[PathBuf], findings: &mut Vec<Finding>) -> Result<Vec<Numbered>> {
    let mut files = Vec::new();
    for (number, root) in folders.iter().enumerate() {
        let listing = folder::list(root)?;
        findings.extend(listing.findings);
        files.extend(listing.files.into_iter().map(|file| Numbered {
            file,
            folder: number,
        }));
    }
    if folders.len() > 1 {
        let nearest = nearest(&files);
        files.retain(|file| {
            nearest
                .get(&fold(&file.file.slug))
                .is_none_or(|&folder| folder >= file.folder)
        });
        files.sort_by(|a, b| a.file.slug.cmp(&b.file.slug));
    }
    Ok(files)
}

/// For each slug that several folders have, the nearest folder with an entry of it that counts.
fn nearest(files: &[Numbered]) -> HashMap<String, usize> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut several: HashSet<String> = HashSet::new();
    for file in files {
        let key = fold(&file.file.slug);
        match first.get(&key) {
            Some(&folder) if folder != file.folder => {
                several.insert(key);
            }
            Some(_) => {}
            None => {
                first.insert(key, file.folder);
            }
        }
    }
    let mut nearest = HashMap::new();
    for file in files {
        let key = fold(&file.file.slug);
        if several.contains(&key) && !nearest.contains_key(&key) {
            // A draft, and what cannot be read, stands in nobody's way.
            if matches!(file.file.read(), Ok(Some(entry)) if !entry.front.draft) {
                nearest.insert(key, file.folder);
            }
        }
    }
    nearest
}

/// The checksum of a page's bytes, before the stamp.
fn checksum(number: u64, payload: &[u8]) -> u32 {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let mut hasher = Hasher::new_with_initial(number);
    hasher.update(payload);
    hasher.finalize()
}

/// Where a page begins.
fn place(number: u64) -> io::Result<u64> {
    number
        .checked_mul(PAGE as u64)
        .ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}

/// Lays bytes out in pages.
pub(super) struct Pages<'f> {
    file: BufWriter<&'f mut File>,
    /// The page that is being filled.
    page: Vec<u8>,
    /// The checksums of the pages that are written, before the stamp.
    sums: Vec<u32>,
    length: u64,
}

impl<'f> Pages<'f> {
    /// Begins behind the head.
    pub(super) fn new(file: &'f mut File) -> io::Result<Self> {
        file.seek(SeekFrom::Start(place(1)?))?;
        Ok(Self {
            file: BufWriter::with_capacity(WRITTEN_AT_ONCE, file),
            page: Vec::with_capacity(PAGE),
            sums: Vec::new(),
            length: 0,
        })
    }

    /// How many bytes were laid out.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Writes the page that is full.
    fn turn(&mut self) -> io::Result<()> {
        let sum = checksum(self.sums.len() as u64 + 1, &self.page);
        self.sums.push(sum);
        self.page.extend_from_slice(&sum.to_le_bytes());
        self.file.write_all(&self.page)?;
        self.page.clear();
        Ok(())
    }

    /// Writes what is left, the stamp and the head.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if !self.page.is_empty() {
            self.page.resize(PAYLOAD, 0);
            self.turn()?;
        }
        let mut hasher = Hasher::new();
        for sum in &self.sums {
            hasher.update(&sum.to_le_bytes());
        }
        let stamp = hasher.finalize();
        self.file.flush()?;
        let file = self.file.get_mut();
        // Many pages at once: a system that has put pages away by now would read each of them again.
        let mut pages = vec![0; WRITTEN_AT_ONCE];
        let mut number = 1;
        for sums in self.sums.chunks(WRITTEN_AT_ONCE / PAGE) {
            let pages = &mut pages[..sums.len() * PAGE];
            read_at(file, pages, place(number)?)?;
            for (page, sum) in pages.chunks_exact_mut(PAGE).zip(sums) {
                page[PAYLOAD..].copy_from_slice(&(sum ^ stamp).to_le_bytes());
            }
            write_at(file, pages, place(number)?)?;
            number += sums.len() as u64;
        }
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&stamp.to_le_bytes());
        head.extend_from_slice(&self.length.to_le_bytes());
        head.resize(PAYLOAD, 0);
        head.extend_from_slice(&checksum(0, &head).to_le_bytes());
        write_at(file, &head, 0)
    }
}

impl Write for Pages<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PAYLOAD - self.page.len());
        self.page.extend_from_slice(&bytes[..taken]);
        self.length += taken as u64;
        if self.page.len() == PAYLOAD {
            self.turn()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A pack, of which the pages are read that are asked for.
pub struct Pack {
    file: File,
    stamp: u32,
    length: u64,
    /// Pages that were read, each where the rest of its number by `KEPT` says.
    kept: RefCell<Vec<Kept>>,
}

#[derive(Default, Clone)]
struct Kept {
    /// The number of the page; 0, the head, is never kept.
    number: u64,
    page: Vec<u8>,
}

impl Pack {
    /// Opens the file at a path.
    ///
    /// # Errors
    /// It cannot be read, or is not a pack of this format and length.
    pub fn open(path: &Path) -> std::result::Result<Self, index::Error> {
        const CUT_SHORT: index::Error = index::Error::Damaged("cut short");
        let file = File::open(path)?;
        let mut head = Vec::new();
        (&file).take(PAGE as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(index::Error::Empty);
        }
        if !head.starts_with(MAGIC) {
            return Err(if MAGIC.starts_with(&head) {
                CUT_SHORT
            } else {
                index::Error::Foreign
            });
        }
        let format = u32_at(&head, MAGIC.len()).map_err(|_| CUT_SHORT)?;
        if format != VERSION {
            return Err(index::Error::Version(format));
        }
        let (payload, sum) = head.split_at_checked(PAYLOAD).ok_or(CUT_SHORT)?;
        if u32_at(sum, 0).map_err(|_| CUT_SHORT)? != checksum(0, payload) {
            return Err(index::Error::Damaged("its head"));
        }
        let stamp = u32_at(payload, LENGTH_AT - 4)?;
        let length = u64_at(payload, LENGTH_AT)?;
        let whole = place(length.div_ceil(PAYLOAD as u64).saturating_add(1))?;
        match file.metadata()?.len() {
            actual if actual < whole => Err(CUT_SHORT),
            actual if actual > whole => Err(index::Error::Damaged("more than was packed")),
            _ => Ok(Self {
                file,
                stamp,
                length,
                kept: RefCell::new(vec![Kept::default(); KEPT]),
            }),
        }
    }

    /// What tells it from other packs: the checksum of all its pages.
    pub(super) fn stamp(&self) -> u32 {
        self.stamp
    }

    /// Reads and checks all pages.
    pub(super) fn verify(&self) -> std::result::Result<(), index::Error> {
        let pages = self.length.div_ceil(PAYLOAD as u64);
        for first in (0..pages).step_by(small(RUN)) {
            self.fetch(first + 1, RUN.min(pages - first))?;
        }
        Ok(())
    }

    /// Reads `count` pages, from `number` on, and checks them; their bytes with the checksums.
    fn fetch(&self, number: u64, count: u64) -> std::result::Result<Vec<u8>, index::Error> {
        let mut pages = vec![0; small(count) * PAGE];
        read_at(&self.file, &mut pages, place(number)?).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => index::Error::Damaged("cut short"),
            _ => error.into(),
        })?;
        for (number, page) in (number..).zip(pages.chunks_exact(PAGE)) {
            let (payload, sum) = page.split_at(PAYLOAD);
            if u32_at(sum, 0)? != checksum(number, payload) ^ self.stamp {
                return Err(index::Error::Damaged("a page is not as it was packed"));
            }
        }
        Ok(pages)
    }

    /// Appends a part of a page, which is kept.
    fn append(
        &self,
        number: u64,
        part: std::ops::Range<usize>,
        out: &mut Vec<u8>,
    ) -> std::result::Result<(), index::Error> {
        let mut kept = self.kept.borrow_mut();
        let kept = &mut kept[small(number % KEPT as u64)];
        if kept.number != number {
            *kept = Kept {
                number,
                page: self.fetch(number, 1)?,
            };
        }
        out.extend_from_slice(&kept.page[part]);
        Ok(())
    }
}

impl Store for Pack {
    fn read(&self, start: u64, length: usize) -> std::result::Result<Cow<'_, [u8]>, index::Error> {
        // Before memory is reserved: a damaged length must not reserve more than there is.
        let end = start
            .checked_add(length as u64)
            .filter(|&end| end <= self.length)
            .ok_or(index::Error::Damaged("an offset"))?;
        let mut bytes = Vec::with_capacity(length);
        let payload = PAYLOAD as u64;
        let mut at = start;
        while at < end {
            let (first, from) = (at / payload, small(at % payload));
            let count = (end.div_ceil(payload) - first).min(RUN);
            let until = end.min((first + count) * payload);
            if count == 1 {
                let part = from..from + small(until - at);
                self.append(first + 1, part, &mut bytes)?;
            } else {
                let wanted = bytes.len() + small(until - at);
                let mut skipped = from;
                for page in self.fetch(first + 1, count)?.chunks_exact(PAGE) {
                    bytes.extend_from_slice(&page[skipped..PAYLOAD]);
                    skipped = 0;
                }
                bytes.truncate(wanted);
            }
            at = until;
        }
        Ok(Cow::Owned(bytes))
    }

    fn len(&self) -> u64 {
        self.length
    }
}

/// A number that is no larger than the bytes of a run.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a run of pages is far smaller than memory"
)]
fn small(number: u64) -> usize {
    number as usize
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}
