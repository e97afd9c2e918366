//! What a walk through a folder met, in bytes that can be kept and held against those of a later walk.
//!
//! Owns those bytes, and when they tell a later change for certain. It must not know what is in the
//! files.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::iter;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::folder::{Gathered, Listing, cannot};
use super::walk::{Look, Stamp, Time, walk};
use crate::error::Result;
use crate::index::Error;
use crate::index::bytes::{Cursor, put_bytes, put_varint, u32_at, u64_at};

/// A file may be written again within the tick of the clock in which it was read, and its times do not
/// tell. Systems tick every 16 ms or faster.
const TICK: Duration = Duration::from_millis(20);

/// Where times are whole seconds, file systems may count in steps of two.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// What a record says of its file.
const FILE: u8 = 0;
const OTHER: u8 = 1;
const UNREADABLE: u8 = 2;

/// What a walk met.
#[derive(Default, PartialEq)]
pub(super) struct Survey {
    /// The folders with names like those of entries, in the order of the walk.
    folders: Vec<Seen>,
    /// How many names were met.
    count: usize,
    /// From when on each change of a file must show in its times, since 1970.
    settled: Duration,
}

/// What was met in a folder.
#[derive(PartialEq)]
struct Seen {
    /// Its path below the root.
    path: PathBuf,
    /// A record for each name.
    bytes: Vec<u8>,
}

impl Survey {
    /// Walks through a folder.
    ///
    /// # Errors
    /// The folder itself cannot be read.
    pub(super) fn of(root: &Path) -> Result<Self> {
        let mut survey = Self::default();
        walk(root, &mut |folder, name, look| {
            survey.take(folder, name, &look);
        })
        .map_err(|error| cannot("read", root, error))?;
        Ok(survey)
    }

    fn take(&mut self, folder: &Path, name: &OsStr, look: &Look) {
        self.count += 1;
        if let Look::File(stamp) = look {
            self.settled = self.settled.max(settled(stamp));
        }
        match self.folders.last_mut() {
            Some(last) if last.path.as_os_str() == folder => put(&mut last.bytes, name, look),
            _ => {
                let mut bytes = Vec::new();
                put(&mut bytes, name, look);
                self.folders.push(Seen {
                    path: folder.to_path_buf(),
                    bytes,
                });
            }
        }
    }

    /// How many names like those of entries were met.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The files that should be entries.
    pub(super) fn listing(&self, root: &Path) -> Listing {
        self.listing_of(root, |_, _, _| true)
    }

    /// What a listing would have if nothing but this had been met.
    pub(super) fn listing_of(
        &self,
        root: &Path,
        is_met: impl Fn(&Path, &OsStr, &Look) -> bool,
    ) -> Listing {
        let mut gathered = Gathered::under(root);
        for folder in &self.folders {
            for (name, look) in records(&folder.bytes) {
                if is_met(&folder.path, name, &look) {
                    gathered.take(&folder.path, name, &look);
                }
            }
        }
        gathered.finish()
    }

    /// The names, behind their folders, that stand for something else than in a survey that was put, or
    /// are in one of the two only.
    pub(super) fn changes<'s>(
        &'s self,
        kept: &'s [u8],
    ) -> std::result::Result<Vec<(&'s Path, &'s OsStr)>, Error> {
        let mut kept = Cursor::new(kept);
        let mut before: HashMap<&Path, &[u8]> = HashMap::new();
        for _ in 0..kept.size()? {
            let path = Path::new(OsStr::from_bytes(kept.bytes()?));
            before.insert(path, kept.bytes()?);
        }
        let mut changes = Vec::new();
        let mut compare = |folder: &'s Path, before: &'s [u8], now: &'s [u8]| {
            let mut before: HashMap<_, _> = records(before).collect();
            let now =
                records(now).filter(|(name, look)| before.remove(name).as_ref() != Some(look));
            changes.extend(now.map(|(name, _)| (folder, name)));
            changes.extend(before.into_keys().map(|name| (folder, name)));
        };
        for folder in &self.folders {
            let before = before.remove(&*folder.path).unwrap_or_default();
            if before != folder.bytes {
                compare(&folder.path, before, &folder.bytes);
            }
        }
        for (folder, before) in before {
            compare(folder, before, &[]);
        }
        Ok(changes)
    }

    /// Waits until each change of a file from now on must show in its times; whether that is soon.
    pub(super) fn settle(&self) -> bool {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let left = self.settled.saturating_sub(now.unwrap_or_default());
        let is_soon = left <= TICK;
        if is_soon {
            thread::sleep(left);
        }
        is_soon
    }

    /// Appends the survey.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_varint(out, self.folders.len() as u64);
        for folder in &self.folders {
            put_bytes(out, folder.path.as_os_str().as_bytes());
            put_bytes(out, &folder.bytes);
        }
    }

    /// Whether the next bytes are those of a survey that met the same.
    pub(super) fn is(&self, kept: &mut Cursor<'_>) -> bool {
        let same = |kept: &mut Cursor<'_>| -> std::result::Result<bool, Error> {
            if kept.size()? != self.folders.len() {
                return Ok(false);
            }
            for folder in &self.folders {
                if kept.bytes()? != folder.path.as_os_str().as_bytes()
                    || kept.bytes()? != folder.bytes
                {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        same(kept).unwrap_or(false)
    }
}

/// From when on each change of a file must show in its times.
///
/// The time of its last change, which nobody can set, is enough for that: it is at least that of the last
/// writing, unless somebody has set the latter, and a change would set it back.
fn settled(stamp: &Stamp) -> Duration {
    let (seconds, nanoseconds) = stamp.changed();
    let tick = if nanoseconds == 0 { COARSE_TICK } else { TICK };
    Duration::new(u64::try_from(seconds).unwrap_or_default(), nanoseconds).saturating_add(tick)
}

fn put(out: &mut Vec<u8>, name: &OsStr, look: &Look) {
    put_bytes(out, name.as_bytes());
    match look {
        Look::File(stamp) => {
            out.push(FILE);
            out.extend_from_slice(&stamp.size.to_le_bytes());
            out.extend_from_slice(&stamp.inode.to_le_bytes());
            for (seconds, nanoseconds) in stamp.times {
                out.extend_from_slice(&seconds.to_le_bytes());
                out.extend_from_slice(&nanoseconds.to_le_bytes());
            }
        }
        Look::Other => out.push(OTHER),
        Look::Unreadable(why) => {
            out.push(UNREADABLE);
            put_bytes(out, why.as_bytes());
        }
    }
}

/// The names in a folder, and what each stands for.
fn records(bytes: &[u8]) -> impl Iterator<Item = (&OsStr, Look)> {
    let mut rest = Cursor::new(bytes);
    iter::from_fn(move || record(&mut rest).ok())
}

/// The next name and what it stands for.
fn record<'b>(from: &mut Cursor<'b>) -> std::result::Result<(&'b OsStr, Look), Error> {
    let name = OsStr::from_bytes(from.bytes()?);
    let look = match from.byte()? {
        FILE => Look::File(stamp(from)?),
        OTHER => Look::Other,
        UNREADABLE => Look::Unreadable(from.text()?.to_string()),
        _ => return Err(Error::Damaged("a survey")),
    };
    Ok((name, look))
}

fn stamp(from: &mut Cursor<'_>) -> std::result::Result<Stamp, Error> {
    let bytes = from.take(40)?;
    let time = |at| -> std::result::Result<Time, Error> {
        let seconds = i64::from_le_bytes(u64_at(bytes, at)?.to_le_bytes());
        Ok((seconds, u32_at(bytes, at + 8)?))
    };
    Ok(Stamp {
        size: u64_at(bytes, 0)?,
        inode: u64_at(bytes, 8)?,
        times: [time(16)?, time(28)?],
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Survey;
    use crate::index::bytes::Cursor;

    #[test]
    fn once_it_has_settled_every_change_shows() {
        let folder = std::env::temp_dir().join(format!("glossary-survey-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for _ in 0..20 {
            fs::write(folder.join("x.md"), "old").unwrap();
            let before = Survey::of(&folder).unwrap();
            assert!(before.settle());
            fs::write(folder.join("x.md"), "new").unwrap();
            let mut kept = Vec::new();
            before.put(&mut kept);
            let after = Survey::of(&folder).unwrap();
            assert!(before.is(&mut Cursor::new(&kept)));
            assert!(!after.is(&mut Cursor::new(&kept)));
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
