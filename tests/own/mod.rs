//! A place of one's own to run the program in: a home, folders of entries, and nothing else that
//! could reach it.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// A folder that is gone after the test; the program runs in it.
pub(crate) struct Place {
    root: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("home")).unwrap();
        Self { root }
    }

    /// With one file.
    pub(crate) fn with(path: &str, text: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        place.write(path, text);
        place
    }

    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(path)
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.path(path)).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        self.start(env!("CARGO_BIN_EXE_glossary"), arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        finish(self.command(arguments).output().unwrap())
    }

    /// Runs the program from a shell script, in which it is `$0`.
    pub(crate) fn script(&self, script: &str) -> Output {
        self.start("sh", &["-c", script, env!("CARGO_BIN_EXE_glossary")])
            .output()
            .unwrap()
    }

    /// A command as somebody to whom permissions apply, which they do not to root.
    #[cfg(unix)]
    pub(crate) fn command_as_user(&self, arguments: &[&str]) -> Command {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        use std::os::unix::process::CommandExt;
        const NOBODY: u32 = 65534;
        let root = self.root.path();
        if fs::metadata(root).unwrap().uid() != 0 {
            return self.command(arguments);
        }
        let copy = self.path("glossary");
        // By another process: a program that another test's child still holds open for writing, as a
        // copy made here might be, cannot be started.
        let copied = Command::new("cp")
            .arg(env!("CARGO_BIN_EXE_glossary"))
            .arg(&copy)
            .status();
        assert!(copied.unwrap().success());
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(root, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = self.start(copy, arguments);
        command.uid(NOBODY);
        command
    }

    fn start(&self, program: impl AsRef<OsStr>, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.root.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.path("home"))
            .env("XDG_DATA_DIRS", self.path("shared"))
            .stdin(Stdio::null());
        command
    }
}

pub(crate) fn finish(output: Output) -> Run {
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().expect("ended by a signal"),
    }
}

/// A short entry.
pub(crate) fn entry(title: &str, summary: &str) -> String {
    format!("---\ntitle: \"{title}\"\n---\n\n### Summary\n\n{summary}\n")
}
