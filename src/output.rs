//! Standard output and standard error. Nothing else in the program writes to them.

use std::io::{self, BufWriter, Stderr, Stdout, Write};
use std::mem;

use crate::pager::Pager;
use crate::render::{self, OutputStyle, Role};
use crate::settings::{PagerSettings, Settings};

/// Where answers go.
pub(crate) struct Output {
    direct: BufWriter<Stdout>,
    sink: Sink,
}

/// Where the next bytes of an answer go.
enum Sink {
    /// To standard output.
    Direct,
    /// Nowhere yet: the answer may still turn out to be taller than the screen.
    Undecided { text: Vec<u8>, pager: PagerSettings },
    /// To the pager.
    Pager(Pager),
}

impl Output {
    /// The output that the settings ask for.
    #[must_use]
    pub(crate) fn new(pager: Option<PagerSettings>) -> Self {
        Self {
            direct: BufWriter::new(io::stdout()),
            sink: pager.map_or(Sink::Direct, |pager| Sink::Undecided {
                text: Vec::new(),
                pager,
            }),
        }
    }

    /// Writes what is left, and waits until the user leaves the pager.
    pub(crate) fn finish(mut self, messages: &mut Messages) -> io::Result<()> {
        match mem::replace(&mut self.sink, Sink::Direct) {
            Sink::Direct => {}
            Sink::Undecided { text, .. } => self.direct.write_all(&text)?,
            Sink::Pager(pager) => {
                if let Err(reason) = pager.wait() {
                    messages.note(&reason);
                }
            }
        }
        self.direct.flush()
    }

    /// Starts the pager if the answer so far is taller than the screen.
    fn decide(&mut self) -> io::Result<()> {
        let Sink::Undecided { text, pager } = &mut self.sink else {
            return Ok(());
        };
        let lines = text.split(|&byte| byte == b'\n').skip(1).count();
        if lines < pager.height {
            return Ok(());
        }
        let text = mem::take(text);
        // Without a pager, the answer is printed directly.
        self.sink = Pager::start(pager).map_or(Sink::Direct, Sink::Pager);
        self.write_all(&text)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Direct => self.direct.write(bytes),
            Sink::Undecided { text, .. } => {
                text.extend_from_slice(bytes);
                self.decide()?;
                Ok(bytes.len())
            }
            Sink::Pager(pager) => pager.write(bytes),
        }
    }

    /// Shows what was written so far. From then on, an answer that is still growing needs no pager.
    fn flush(&mut self) -> io::Result<()> {
        match mem::replace(&mut self.sink, Sink::Direct) {
            Sink::Direct => {}
            Sink::Undecided { text, .. } => self.direct.write_all(&text)?,
            Sink::Pager(pager) => {
                self.sink = Sink::Pager(pager);
                return Ok(());
            }
        }
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
