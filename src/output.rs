//! Standard output, standard error, and the pager.
//!
//! Owns the only writers of the program. It must not know what is written.

use std::io::{self, BufWriter, Stderr, Stdout, Write};
use std::mem;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::config::Destination;
use crate::render::safe;

/// Where answers go: one buffered writer, whatever stands behind it.
pub struct Output {
    direct: BufWriter<Stdout>,
    way: Way,
}

/// The way that an answer takes.
enum Way {
    /// To standard output.
    Direct,
    /// Nowhere yet: it is not known whether it is taller than the screen.
    Waiting(Waiting),
    /// To a pager that runs.
    Pager(Pager),
}

/// The beginning of an answer, shorter than the screen.
struct Waiting {
    pager: String,
    options: Option<(&'static str, &'static str)>,
    height: usize,
    text: Vec<u8>,
}

/// A pager that runs, with all that it was given: it may fail before it has shown it.
struct Pager {
    name: String,
    process: Child,
    given: Vec<u8>,
}

impl Output {
    /// The output that the settings ask for.
    #[must_use]
    pub fn new(destination: Destination) -> Self {
        let way = match destination {
            Destination::Direct => Way::Direct,
            Destination::Paged {
                pager,
                options,
                height,
            } => Way::Waiting(Waiting {
                pager,
                options,
                height,
                text: Vec::new(),
            }),
        };
        Self {
            direct: BufWriter::new(io::stdout()),
            way,
        }
    }

    /// Writes what is left, and waits for the reader to leave the pager.
    pub fn finish(mut self) -> io::Result<()> {
        match mem::replace(&mut self.way, Way::Direct) {
            Way::Direct => {}
            Way::Waiting(waiting) => self.direct.write_all(&waiting.text)?,
            Way::Pager(pager) => {
                self.leave(pager)?;
            }
        }
        self.direct.flush()
    }

    /// Waits for a pager to end. Of one that failed, nobody knows how much it has shown: all that it
    /// was given is written directly.
    fn leave(&mut self, mut pager: Pager) -> io::Result<ExitStatus> {
        let status = pager.process.wait()?;
        if !status.success() {
            Notes::new().say(&format!(
                "the pager `{}` failed ({status}); GLOSSARY_PAGER or PAGER sets another",
                pager.name
            ));
            self.direct.write_all(&pager.given)?;
        }
        Ok(status)
    }

    /// Goes on without a pager that takes no more. If the reader has left it, that is the end of the
    /// answer.
    fn stop(&mut self, error: io::Error) -> io::Result<()> {
        let Way::Pager(pager) = mem::replace(&mut self.way, Way::Direct) else {
            return Err(error);
        };
        if self.leave(pager)?.success() {
            return Err(error);
        }
        Ok(())
    }

    /// Decides where an answer goes that is taller than the screen.
    fn decide(&mut self) -> io::Result<()> {
        let Way::Waiting(waiting) = &mut self.way else {
            return Ok(());
        };
        let lines = waiting.text.split(|&byte| byte == b'\n').skip(1).count();
        if lines < waiting.height {
            return Ok(());
        }
        let text = mem::take(&mut waiting.text);
        // A pager that does not start is no reason to withhold the answer.
        self.way = Pager::start(&waiting.pager, waiting.options).map_or(Way::Direct, Way::Pager);
        self.write_all(&text)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Direct => self.direct.write(bytes),
            Way::Waiting(waiting) => {
                waiting.text.extend_from_slice(bytes);
                self.decide()?;
                Ok(bytes.len())
            }
            Way::Pager(pager) => {
                if let Err(error) = pager.give(bytes) {
                    self.stop(error)?;
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.way {
            Way::Direct => self.direct.flush(),
            Way::Waiting(_) | Way::Pager(_) => Ok(()),
        }
    }
}

impl Pager {
    fn start(name: &str, options: Option<(&str, &str)>) -> Option<Self> {
        let mut words = name.split_whitespace();
        let mut command = Command::new(words.next()?);
        command.args(words).envs(options).stdin(Stdio::piped());
        Some(Self {
            name: name.to_string(),
            process: command.spawn().ok()?,
            given: Vec::new(),
        })
    }

    fn give(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.given.extend_from_slice(bytes);
        match &mut self.process.stdin {
            Some(stdin) => stdin.write_all(bytes),
            None => Ok(()),
        }
    }
}

/// Notes beside the answer, on standard error.
pub struct Notes {
    to: Stderr,
}

impl Notes {
    /// Standard error.
    #[must_use]
    pub fn new() -> Self {
        Self { to: io::stderr() }
    }

    /// Writes one line, under the program's name. Where standard error cannot be written to, there is
    /// nobody to tell.
    pub fn say(&mut self, note: &str) {
        let _ = writeln!(self.to, "glossary: {}", safe(note));
    }

    /// Writes lines as they are, such as usage errors that name the program themselves.
    pub fn print(&mut self, text: &str) {
        let _ = self.to.write_all(text.as_bytes());
    }
}

impl Default for Notes {
    fn default() -> Self {
        Self::new()
    }
}

/// How far a long reading has come, on standard error, where that is a terminal and it takes long
/// enough to be noticed.
pub struct Progress {
    unit: Unit,
    total: u64,
    done: u64,
    started: Instant,
    bar: Option<ProgressBar>,
}

/// What is counted while something is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of a text.
    Bytes,
    /// Files of a folder.
    Files,
}

/// How long something may take before a bar shows.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    /// Of `total` bytes or files; none when it is not known how many there are.
    #[must_use]
    pub fn new(unit: Unit, total: u64) -> Self {
        Self {
            unit,
            total,
            done: 0,
            started: Instant::now(),
            bar: None,
        }
    }

    /// Notes that so many more were read.
    pub fn advance(&mut self, count: u64) {
        self.done += count;
        if self.bar.is_none() && self.started.elapsed() >= PATIENCE {
            let bar = if self.total > 0 {
                ProgressBar::new(self.total)
            } else {
                ProgressBar::new_spinner()
            };
            bar.set_style(style(self.unit, self.total));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Notes that so many more files were read, of so many.
    pub fn watch(progress: &mut Option<Self>, read: usize, all: usize) {
        progress
            .get_or_insert_with(|| Self::new(Unit::Files, all as u64))
            .advance(read as u64);
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(unit: Unit, total: u64) -> ProgressStyle {
    let template = match (unit, total) {
        (Unit::Bytes, 0) => "{spinner} {bytes}",
        (Unit::Bytes, _) => "{bar:40} {bytes}/{total_bytes}",
        (Unit::Files, 0) => "{spinner} {human_pos} files",
        (Unit::Files, _) => "{bar:40} {human_pos}/{human_len} files",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
