//! What identifies the state of a folder, so that a cache of it can be trusted.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::thread;
use std::time::{Duration, SystemTime};

use super::walk::{Found, FoundKind, Stamp};

/// A file may be written again within the clock tick in which it was read, and its times do not show it.
/// Systems tick every 16 ms or faster.
const TICK: Duration = Duration::from_millis(20);

/// Where times are whole seconds, file systems may count in steps of two.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// The version of the program: others may read entries differently.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The state of a folder.
pub(super) struct Fingerprint {
    /// A hash of all files with their sizes and times.
    pub(super) hash: u64,
    /// When every later change of a file must show in its times, since 1970.
    quiescent: Duration,
}

impl Fingerprint {
    /// The state of a folder in which a walk found these files, in any order.
    pub(super) fn new(found: &[Found]) -> Self {
        let hashes = found.iter().map(|file| hash(&(&file.path, &file.kind)));
        let files = hashes.fold(0, u64::wrapping_add);
        let quiescent = found.iter().filter_map(|file| match &file.kind {
            FoundKind::File(stamp) => Some(end_of_tick(stamp)),
            FoundKind::Other | FoundKind::Unreadable(_) => None,
        });
        Self {
            hash: hash(&(PROGRAM, found.len(), files)),
            quiescent: quiescent.max().unwrap_or_default(),
        }
    }

    /// Waits until every later change of a file must show in its times, if that is soon. Returns whether it
    /// is.
    pub(super) fn wait_until_quiescent(&self) -> bool {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let left = self.quiescent.saturating_sub(now.unwrap_or_default());
        let is_soon = left <= TICK;
        if is_soon {
            thread::sleep(left);
        }
        is_soon
    }
}

/// When every later change of a file must show in its times.
fn end_of_tick(stamp: &Stamp) -> Duration {
    let is_coarse = stamp.changed.subsec_nanos() == 0;
    stamp
        .changed
        .saturating_add(if is_coarse { COARSE_TICK } else { TICK })
}

/// A hash that is the same in each run of a program.
pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::walk::walk;
    use super::Fingerprint;

    #[test]
    fn every_change_shows_once_a_folder_is_quiescent() {
        let folder = tempfile::tempdir().unwrap();
        let fingerprint = || Fingerprint::new(&walk(folder.path()).unwrap());
        for _ in 0..20 {
            fs::write(folder.path().join("x.md"), "old").unwrap();
            let before = fingerprint();
            assert!(before.wait_until_quiescent());
            assert_eq!(fingerprint().hash, before.hash);
            fs::write(folder.path().join("x.md"), "new").unwrap();
            assert_ne!(fingerprint().hash, before.hash);
        }
    }
}
