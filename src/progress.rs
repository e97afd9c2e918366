//! A progress bar on standard error, shown only on a terminal and only when reading takes long.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The time after which the bar appears.
const DELAY: Duration = Duration::from_millis(500);

/// The progress of reading a text or a folder.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
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
        let template = match (unit, total) {
            (Unit::Bytes, 0) => "{spinner} {bytes}",
            (Unit::Bytes, _) => "{bar:40} {bytes}/{total_bytes}",
            (Unit::Files, 0) => "{spinner} {human_pos} files",
            (Unit::Files, _) => "{bar:40} {human_pos}/{human_len} files",
        };
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let started = Instant::now();
        Self { bar, started }
    }

    /// Counts more bytes or files.
    pub(crate) fn advance(&self, count: u64) {
        self.bar.inc(count);
        if self.bar.is_hidden() && self.started.elapsed() >= DELAY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Counts more files out of a total, which is known once reading starts.
    pub(crate) fn count_files(progress: &mut Option<Self>, read: usize, total: usize) {
        let progress = progress.get_or_insert_with(|| Self::new(Unit::Files, total as u64));
        progress.advance(read as u64);
    }

    /// Removes the bar.
    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
