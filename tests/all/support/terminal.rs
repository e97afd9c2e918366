//! A pseudo-terminal to run the program on.

use std::io::{Read, Write};
use std::num::NonZeroU16;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::{PROGRAM, Place};

/// A terminal of some size, and the variables that are set on it.
pub(crate) struct Terminal {
    pub(crate) columns: u16,
    pub(crate) lines: u16,
    pub(crate) variables: Vec<(&'static str, &'static str)>,
}

/// Every byte that a terminal received, and the exit code.
pub(crate) struct Shown {
    pub(crate) bytes: String,
    pub(crate) status: u32,
    columns: u16,
}

impl Terminal {
    pub(crate) fn new(columns: u16) -> Self {
        Self {
            columns,
            lines: 200,
            variables: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Runs the program with a pseudo-terminal as its input, output, and error.
    pub(crate) fn run(&self, arguments: &[&str]) -> Shown {
        self.run_in(&Place::new(), arguments)
    }

    /// Runs the program while the user types.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Shown {
        self.start(&Place::new(), arguments, input)
    }

    /// Runs the program in a place.
    pub(crate) fn run_in(&self, place: &Place, arguments: &[&str]) -> Shown {
        self.start(place, arguments, "")
    }

    fn start(&self, place: &Place, arguments: &[&str], input: &str) -> Shown {
        let size = PtySize {
            rows: self.lines,
            cols: self.columns,
            ..PtySize::default()
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        command.cwd(place.path(""));
        command.env_clear();
        command.env("HOME", place.path("home"));
        command.env("XDG_DATA_DIRS", place.path("shared"));
        command.env("PATH", std::env::var("PATH").unwrap());
        command.env("TERM", "xterm-256color");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut keyboard = pty.master.take_writer().unwrap();
        keyboard.write_all(input.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // The end of a pseudo-terminal reads as an error on Linux.
        let _ = pty
            .master
            .try_clone_reader()
            .unwrap()
            .read_to_end(&mut bytes);
        Shown {
            bytes: String::from_utf8(bytes).unwrap(),
            status: child.wait().unwrap().exit_code(),
            columns: self.columns,
        }
    }
}

impl Shown {
    /// The lines on the screen, as a terminal of the same width shows them.
    pub(crate) fn lines(&self) -> Vec<String> {
        let (rows, columns) = (NonZeroU16::new(2000), NonZeroU16::new(self.columns));
        let mut parser = vt100::Parser::new(rows.unwrap(), columns.unwrap(), 0);
        parser.process(self.bytes.as_bytes());
        let text = parser.screen().contents();
        text.lines().map(str::to_string).collect()
    }
}
