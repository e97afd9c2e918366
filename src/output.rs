//! Standard output and standard error. Nothing else in the program writes to them.

use std::io::{self, BufWriter, Stderr, Stdout, Write};
use std::mem;

use crate::pager::Pager;
use crate::render::{self, OutputStyle, Role};
use crate::settings::{PagerSettings, Settings};

/// Where answers go: to standard output, or to the pager once the answer is taller than the screen.
pub(crate) struct Output {
    direct: BufWriter<Stdout>,
    /// The pager to start, as long as that is undecided.
    pager: Option<PagerSettings>,
    /// The answer so far, as long as that is undecided.
    held: Vec<u8>,
    running: Option<Pager>,
}

impl Output {
    /// The output that the settings ask for.
    #[must_use]
    pub(crate) fn new(pager: Option<PagerSettings>) -> Self {
        Self {
            direct: BufWriter::new(io::stdout()),
            pager,
            held: Vec::new(),
            running: None,
        }
    }

    /// Writes what is left, and waits until the user leaves the pager.
    pub(crate) fn finish(mut self, messages: &mut Messages) -> io::Result<()> {
        self.flush()?;
        let ended = self.running.map_or(Ok(()), Pager::wait);
        ended.unwrap_or_else(|reason| messages.note(&reason));
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(pager) = &mut self.running {
            return pager.write(bytes);
        }
        let Some(settings) = &self.pager else {
            return self.direct.write(bytes);
        };
        self.held.extend_from_slice(bytes);
        let lines = self.held.split(|&byte| byte == b'\n').skip(1);
        if lines.count() >= settings.height {
            // Without a pager, the answer is printed directly.
            self.running = Pager::start(settings);
            self.pager = None;
            let held = mem::take(&mut self.held);
            self.write_all(&held)?;
        }
        Ok(bytes.len())
    }

    /// Shows what was written so far. From then on, an answer that is still growing needs no pager.
    fn flush(&mut self) -> io::Result<()> {
        self.pager = None;
        self.direct.write_all(&mem::take(&mut self.held))?;
        self.direct.flush()
    }
}

/// Messages to the user, on standard error. If it cannot be written to, they are lost.
pub(crate) struct Messages {
    to: Stderr,
    style: OutputStyle,
    /// Whether answers appear below the messages.
    shares_terminal: bool,
}

impl Messages {
    /// Messages that look as the settings say.
    #[must_use]
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            to: io::stderr(),
            style: settings.message_style,
            shares_terminal: settings.shares_terminal,
        }
    }

    /// Writes a message on one line.
    pub(crate) fn note(&mut self, message: &str) {
        self.write(Role::Warning, message);
    }

    /// Writes an error on one line.
    pub(crate) fn error(&mut self, message: &str) {
        self.write(Role::Error, message);
    }

    /// Writes a message about the answer that follows, set apart from it on a terminal.
    pub(crate) fn introduce(&mut self, message: &str) {
        self.note(message);
        if self.shares_terminal {
            let _ = writeln!(self.to);
        }
    }

    /// Writes lines as they are, such as usage errors, which name the program themselves.
    pub(crate) fn print(&mut self, text: &str) {
        let _ = self.to.write_all(text.as_bytes());
    }

    fn write(&mut self, role: Role, message: &str) {
        let line = render::message(role, message, &self.style);
        let _ = self.to.write_all(line.as_bytes());
    }
}
