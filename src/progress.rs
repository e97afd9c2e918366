//! A progress bar on standard error, shown only on a terminal and only when reading takes long.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// The time after which the bar appears.
const DELAY: Duration = Duration::from_millis(500);

/// The progress of reading a text or a folder.
pub(crate) struct Progress {
    unit: Unit,
    total: u64,
    done: u64,
    started: Instant,
    bar: Option<ProgressBar>,
}

/// The unit that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Bytes of a text.
    Bytes,
    /// Files of a folder.
    Files,
}

impl Progress {
    /// Progress toward a total, or toward 0 when the total is not known.
    #[must_use]
    pub(crate) fn new(unit: Unit, total: u64) -> Self {
        Self {
            unit,
            total,
            done: 0,
            started: Instant::now(),
            bar: None,
        }
    }

    /// Counts more bytes or files.
    pub(crate) fn advance(&mut self, count: u64) {
        self.done += count;
        if self.bar.is_none() && self.started.elapsed() >= DELAY {
            let bar = if self.total > 0 {
                ProgressBar::new(self.total)
            } else {
                ProgressBar::new_spinner()
            };
            bar.set_style(bar_style(self.unit, self.total));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Counts more files out of a total, which is known once reading starts.
    pub(crate) fn count_files(progress: &mut Option<Self>, read: usize, total: usize) {
        progress
            .get_or_insert_with(|| Self::new(Unit::Files, total as u64))
            .advance(read as u64);
    }

    /// Removes the bar.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar_style(unit: Unit, total: u64) -> ProgressStyle {
    let template = match (unit, total) {
        (Unit::Bytes, 0) => "{spinner} {bytes}",
        (Unit::Bytes, _) => "{bar:40} {bytes}/{total_bytes}",
        (Unit::Files, 0) => "{spinner} {human_pos} files",
        (Unit::Files, _) => "{bar:40} {human_pos}/{human_len} files",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
