//! Running the program: in a pipe and on a terminal, in surroundings that a test decides.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::{Command, Output, Stdio};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_glossary");

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

/// A command in empty surroundings: no variable of the person who runs the tests reaches it.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("XDG_CACHE_HOME", "/dev/null/cache")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::null());
    command
}

/// Runs the program with its output in a pipe.
pub fn run(arguments: &[&str]) -> Run {
    finish(command(arguments).output().unwrap())
}

/// Runs the program with something on its standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    finish(child.wait_with_output().unwrap())
}

pub fn finish(output: Output) -> Run {
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().expect("ended by a signal"),
    }
}

/// A terminal to run the program on.
pub struct Terminal {
    pub columns: u16,
    pub lines: u16,
    pub variables: Vec<(&'static str, &'static str)>,
}

/// What a terminal got: every byte, and the exit code.
pub struct Shown {
    pub bytes: String,
    pub status: u32,
    columns: u16,
}

impl Terminal {
    pub fn new(columns: u16) -> Self {
        Self {
            columns,
            lines: 200,
            variables: Vec::new(),
        }
    }

    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Runs the program with a pseudo-terminal as its input, output and error.
    pub fn run(&self, arguments: &[&str]) -> Shown {
        let size = PtySize {
            rows: self.lines,
            cols: self.columns,
            ..PtySize::default()
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        command.env_clear();
        command.env("HOME", "/nonexistent");
        command.env("XDG_CACHE_HOME", "/dev/null/cache");
        command.env("PATH", std::env::var("PATH").unwrap());
        command.env("TERM", "xterm-256color");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
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
    pub fn lines(&self) -> Vec<String> {
        let (rows, columns) = (NonZeroU16::new(2000), NonZeroU16::new(self.columns));
        let mut parser = vt100::Parser::new(rows.unwrap(), columns.unwrap(), 0);
        parser.process(self.bytes.as_bytes());
        let text = parser.screen().contents();
        text.lines().map(str::to_string).collect()
    }
}
