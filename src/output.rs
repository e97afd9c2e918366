//! Standard output, standard error, and the pager.
//!
//! Owns the only writers of the program. It must not know what is written.

use std::io::{self, BufWriter, Stderr, Stdout, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::config::Destination;
use crate::render::safe;

/// Where answers go: one buffered writer, whatever stands behind it.
pub struct Output {
    direct: BufWriter<Stdout>,
    paged: Option<Paged>,
}

/// An answer that waits until it is known how long it is.
struct Paged {
    pager: String,
    options: Option<(&'static str, &'static str)>,
    height: usize,
    text: Vec<u8>,
}

impl Output {
    /// The output that the settings ask for.
    #[must_use]
    pub fn new(destination: Destination) -> Self {
        let paged = match destination {
            Destination::Direct => None,
            Destination::Paged {
                pager,
                options,
                height,
            } => Some(Paged {
                pager,
                options,
                height,
                text: Vec::new(),
            }),
        };
        Self {
            direct: BufWriter::new(io::stdout()),
            paged,
        }
    }

    /// Writes what is left, through the pager if it is taller than the screen.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(paged) = self.paged.take() {
            let lines = paged.text.split(|&byte| byte == b'\n').count() - 1;
            // A pager that does not start is no reason to withhold the answer.
            match (lines >= paged.height)
                .then(|| start(&paged.pager, paged.options))
                .flatten()
            {
                Some(pager) => return show(pager, &paged.text),
                None => self.direct.write_all(&paged.text)?,
            }
        }
        self.direct.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.paged {
            Some(paged) => paged.text.write(bytes),
            None => self.direct.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.paged {
            Some(_) => Ok(()),
            None => self.direct.flush(),
        }
    }
}

fn start(pager: &str, options: Option<(&str, &str)>) -> Option<Child> {
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words).envs(options).stdin(Stdio::piped());
    command.spawn().ok()
}

fn show(mut pager: Child, text: &[u8]) -> io::Result<()> {
    let written = pager
        .stdin
        .take()
        .map_or(Ok(()), |mut stdin| stdin.write_all(text));
    pager.wait()?;
    match written {
        // Leaving the pager before the end is how one reads.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
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
    total: u64,
    done: u64,
    started: Instant,
    bar: Option<ProgressBar>,
}

/// How long something may take before a bar shows.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    /// Of `total` bytes; none when it is not known how many there are.
    #[must_use]
    pub fn new(total: u64) -> Self {
        Self {
            total,
            done: 0,
            started: Instant::now(),
            bar: None,
        }
    }

    /// Notes that so many more bytes were read.
    pub fn advance(&mut self, bytes: u64) {
        self.done += bytes;
        if self.bar.is_none() && self.started.elapsed() >= PATIENCE {
            let bar = if self.total > 0 {
                ProgressBar::new(self.total)
            } else {
                ProgressBar::new_spinner()
            };
            bar.set_style(style(self.total));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(total: u64) -> ProgressStyle {
    let template = if total > 0 {
        "{bar:40} {bytes}/{total_bytes}"
    } else {
        "{spinner} {bytes}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
