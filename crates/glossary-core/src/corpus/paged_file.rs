//! Files in pages that are checked when they are read.
//!
//! ```text
//! page 0     MAGIC · format u32 · stamp u32 · length of the content u64 · zeros · checksum u32
//! page 1…    4092 bytes of content, the last page filled up with zeros · checksum u32
//! ```
//!
//! The checksum of a page is the CRC-32 of the bytes before it, seeded with the number of the page. In pages
//! of content, it is combined with the stamp, a hash of the content, by an exclusive or. So a page that was
//! changed, moved, or taken from another file does not fit, and an answer can be trusted although only the
//! pages it needs were read.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crc32fast::Hasher;

use crate::index::Error;
use crate::index::bytes::{u32_at, u64_at};
use crate::index::schema::VERSION;
use crate::index::store::Store;

/// The first bytes of a file.
const MAGIC: &[u8; 8] = b"GLOSPACK";

/// Bytes of a page: as many as a system reads at once.
const PAGE: usize = 4096;

/// Bytes of a page before its checksum.
const PAYLOAD: usize = PAGE - 4;

/// Where the stamp and the length of the content are in page 0.
const STAMP_AT: usize = MAGIC.len() + 4;
const LENGTH_AT: usize = MAGIC.len() + 8;

/// Pages that are written at once.
const PAGES_PER_WRITE: usize = 64;

/// Pages that are read at once if more than one is needed.
const PAGES_PER_READ: u64 = 16;

/// Single pages that are kept in memory: enough for the steps of a few binary searches.
const KEPT_PAGES: usize = 64;

/// Writes content in pages.
pub(super) struct PageWriter<'f> {
    file: BufWriter<&'f mut File>,
    stamp: u32,
    /// The page that is being filled, and its number.
    page: Vec<u8>,
    number: u64,
    length: u64,
}

impl<'f> PageWriter<'f> {
    /// Starts after page 0. `stamp` is a hash of the content.
    pub(super) fn new(file: &'f mut File, stamp: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(offset(1)?))?;
        Ok(Self {
            file: BufWriter::with_capacity(PAGES_PER_WRITE * PAGE, file),
            #[expect(clippy::cast_possible_truncation, reason = "a part of a hash is one")]
            stamp: stamp as u32,
            page: Vec::with_capacity(PAGE),
            number: 1,
            length: 0,
        })
    }

    fn end_page(&mut self) -> io::Result<()> {
        let checksum = checksum(self.number, &self.page) ^ self.stamp;
        self.page.extend_from_slice(&checksum.to_le_bytes());
        self.file.write_all(&self.page)?;
        self.page.clear();
        self.number += 1;
        Ok(())
    }

    /// Writes the last page, and then page 0.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if !self.page.is_empty() {
            self.page.resize(PAYLOAD, 0);
            self.end_page()?;
        }
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&self.stamp.to_le_bytes());
        head.extend_from_slice(&self.length.to_le_bytes());
        head.resize(PAYLOAD, 0);
        head.extend_from_slice(&checksum(0, &head).to_le_bytes());
        self.file.rewind()?;
        self.file.write_all(&head)?;
        self.file.flush()
    }
}

impl Write for PageWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PAYLOAD - self.page.len());
        self.page.extend_from_slice(&bytes[..taken]);
        self.length += taken as u64;
        if self.page.len() == PAYLOAD {
            self.end_page()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The checksum of a page, without the stamp.
fn checksum(number: u64, payload: &[u8]) -> u32 {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let mut hasher = Hasher::new_with_initial(number);
    hasher.update(payload);
    hasher.finalize()
}

/// Where a page starts.
fn offset(number: u64) -> io::Result<u64> {
    let offset = number.checked_mul(PAGE as u64);
    offset.ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}

/// A file whose pages are read when they are needed.
pub(super) struct PagedFile {
    file: File,
    stamp: u32,
    length: u64,
    /// Pages that were read, each at the remainder of its number.
    kept: RefCell<Vec<KeptPage>>,
}

#[derive(Default, Clone)]
struct KeptPage {
    /// The number of the page. Page 0 is never kept.
    number: u64,
    page: Vec<u8>,
}

impl PagedFile {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read, or does not have this format and length.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        const CUT_SHORT: Error = Error::Damaged("cut short");
        // Opening a pipe would wait for a writer.
        if !fs::metadata(path)?.is_file() {
            return Err(Error::Foreign);
        }
        let file = File::open(path)?;
        let mut head = Vec::new();
        (&file).take(PAGE as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(Error::Empty);
        }
        if !head.starts_with(MAGIC) {
            let is_start = MAGIC.starts_with(&head);
            return Err(if is_start { CUT_SHORT } else { Error::Foreign });
        }
        let format = u32_at(&head, MAGIC.len()).map_err(|_| CUT_SHORT)?;
        if format != VERSION {
            return Err(Error::Version(format));
        }
        let (payload, sum) = head.split_at_checked(PAYLOAD).ok_or(CUT_SHORT)?;
        if u32_at(sum, 0).map_err(|_| CUT_SHORT)? != checksum(0, payload) {
            return Err(Error::Damaged("its head"));
        }
        let stamp = u32_at(payload, STAMP_AT)?;
        let length = u64_at(payload, LENGTH_AT)?;
        let expected = offset(page_count(length).saturating_add(1))?;
        match file.metadata()?.len() {
            actual if actual < expected => Err(CUT_SHORT),
            actual if actual > expected => Err(Error::Damaged("more than was packed")),
            _ => Ok(Self {
                file,
                stamp,
                length,
                kept: RefCell::new(vec![KeptPage::default(); KEPT_PAGES]),
            }),
        }
    }

    /// Reads and checks all pages.
    pub(super) fn verify(&self) -> Result<(), Error> {
        let pages = page_count(self.length);
        for first in (0..pages).step_by(small(PAGES_PER_READ)) {
            self.read_pages(first + 1, PAGES_PER_READ.min(pages - first))?;
        }
        Ok(())
    }

    /// Reads and checks pages. Returns their bytes with the checksums.
    fn read_pages(&self, number: u64, count: u64) -> Result<Vec<u8>, Error> {
        let mut pages = vec![0; small(count) * PAGE];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(offset(number)?))?;
        file.read_exact(&mut pages)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => Error::Damaged("cut short"),
                _ => error.into(),
            })?;
        for (number, page) in (number..).zip(pages.chunks_exact(PAGE)) {
            let (payload, sum) = page.split_at(PAYLOAD);
            if u32_at(sum, 0)? != checksum(number, payload) ^ self.stamp {
                return Err(Error::Damaged("a page is not as it was packed"));
            }
        }
        Ok(pages)
    }

    /// Appends a part of a page, and keeps the page.
    fn append_from_page(
        &self,
        number: u64,
        part: std::ops::Range<usize>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let mut kept = self.kept.borrow_mut();
        let kept = &mut kept[small(number % KEPT_PAGES as u64)];
        if kept.number != number {
            *kept = KeptPage {
                number,
                page: self.read_pages(number, 1)?,
            };
        }
        out.extend_from_slice(&kept.page[part]);
        Ok(())
    }
}

impl Store for PagedFile {
    fn read(&self, start: u64, length: usize) -> Result<Cow<'_, [u8]>, Error> {
        // Check before memory is reserved: a damaged length must not reserve more than there is.
        let end = start
            .checked_add(length as u64)
            .filter(|&end| end <= self.length)
            .ok_or(Error::Damaged("an offset"))?;
        let mut bytes = Vec::with_capacity(length);
        let payload = PAYLOAD as u64;
        let mut position = start;
        while position < end {
            let (first, from) = (position / payload, small(position % payload));
            let count = (end.div_ceil(payload) - first).min(PAGES_PER_READ);
            let until = end.min((first + count) * payload);
            if count == 1 {
                let part = from..from + small(until - position);
                self.append_from_page(first + 1, part, &mut bytes)?;
            } else {
                let wanted = bytes.len() + small(until - position);
                let mut skipped = from;
                for page in self.read_pages(first + 1, count)?.chunks_exact(PAGE) {
                    bytes.extend_from_slice(&page[skipped..PAYLOAD]);
                    skipped = 0;
                }
                bytes.truncate(wanted);
            }
            position = until;
        }
        Ok(Cow::Owned(bytes))
    }

    fn byte_count(&self) -> u64 {
        self.length
    }
}

/// How many pages content of a length takes.
fn page_count(length: u64) -> u64 {
    length.div_ceil(PAYLOAD as u64)
}

/// A number that is at most the number of bytes read at once.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a few pages are far smaller than memory"
)]
fn small(number: u64) -> usize {
    number as usize
}
