//! The pager, for answers that are taller than the screen.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::settings::PagerSettings;
use crate::signals;

/// A pager that runs.
pub(crate) struct Pager {
    command_line: String,
    process: Child,
}

impl Pager {
    /// Starts the pager; `None` if that fails.
    pub(crate) fn start(settings: &PagerSettings) -> Option<Self> {
        let mut words = shlex::split(&settings.command_line)?.into_iter();
        let program = words.next()?;
        let mut command = Command::new(&program);
        command.args(words);
        if Path::new(&program)
            .file_stem()
            .is_some_and(|stem| stem == "less")
        {
            // Colors pass through, whatever LESS says.
            command.arg("-R");
        }
        command
            .envs(settings.variables.iter().copied())
            .stdin(Stdio::piped());
        // Ctrl-C is for the pager, which would otherwise be left behind in the background.
        signals::ignore_interrupts();
        Some(Self {
            process: command.spawn().ok()?,
            command_line: settings.command_line.clone(),
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.process.stdin {
            Some(stdin) => stdin.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    /// Waits until the user leaves the pager; says if it failed.
    pub(crate) fn wait(mut self) -> Result<(), String> {
        let failed = |how: String| {
            let pager = &self.command_line;
            format!("the pager `{pager}` failed ({how}); `--no-pager` shows the answer without it")
        };
        match self.process.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(failed(status.to_string())),
            Err(error) => Err(failed(error.to_string())),
        }
    }
}
