//! Running the program: in a pipe and on a terminal, in an environment that the test controls.

#[cfg(unix)]
mod terminal;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

#[cfg(unix)]
pub(crate) use terminal::Terminal;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_glossary");

/// An editor that adds a line to its file. It holds quotes and spaces, as the command line of an editor may.
pub(crate) const APPENDING_EDITOR: &str = r#"sh -c 'echo changed >> "$1"' "my editor""#;

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// A temporary folder with an empty home. Commands run in it, and no variable of the person who runs
/// the tests reaches them.
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

    /// Copies a folder of the repository, such as `tests/fixtures`, into this place.
    pub(crate) fn copy(&self, from: &Path, to: impl AsRef<Path>) {
        for file in fs::read_dir(from).unwrap() {
            let file = file.unwrap();
            let target = to.as_ref().join(file.file_name());
            if file.file_type().unwrap().is_dir() {
                self.copy(&file.path(), target);
            } else {
                self.write(target, fs::read(file.path()).unwrap());
            }
        }
    }

    pub(crate) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        self.start(PROGRAM, arguments)
    }

    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Run {
        finish(self.command(arguments).output().unwrap())
    }

    /// Runs the program with text on its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        finish(child.wait_with_output().unwrap())
    }

    /// Runs the program from a `sh` script, in which it is `$0`.
    pub(crate) fn script(&self, script: &str) -> Output {
        self.start("sh", &["-c", script, PROGRAM]).output().unwrap()
    }

    /// Runs a script in another shell, in which the program is `glossary`; `None`, with a line that
    /// says so, when the shell or another program that the script needs is missing.
    pub(crate) fn shell(&self, shell: &str, needs: &[&str], script: &str) -> Option<Output> {
        if let Some(missing) = missing(&[&[shell], needs].concat()) {
            #[expect(clippy::print_stderr, reason = "the test harness shows it")]
            {
                eprintln!("skipped: no {missing}");
            }
            return None;
        }
        let folder = Path::new(PROGRAM).parent().unwrap().display();
        let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
        let output = self
            .start(shell, &["-c", script])
            .env("PATH", path)
            .env("TERM", "dumb")
            .output();
        Some(output.unwrap())
    }

    /// A command run by a user to whom permissions apply, which they do not to root.
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
        let copied = Command::new("cp").arg(PROGRAM).arg(&copy).status();
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
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", self.path("home"))
            .env("XDG_DATA_DIRS", self.path("shared"))
            .env("TERM", "xterm-256color")
            .stdin(Stdio::null());
        command
    }
}

/// The first of these programs that is not installed.
fn missing<'p>(programs: &[&'p str]) -> Option<&'p str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    programs.iter().copied().find(|program| {
        let mut folders = std::env::split_paths(&path);
        !folders.any(|folder| folder.join(program).is_file())
    })
}

/// Runs the program with its output in a pipe.
pub(crate) fn run(arguments: &[&str]) -> Run {
    Place::new().run(arguments)
}

/// Runs the program with text on its standard input.
pub(crate) fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    Place::new().run_with_input(arguments, input)
}

/// A command whose home folder does not exist.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env_clear()
        .env("HOME", NO_HOME)
        .env("TERM", "xterm-256color")
        .stdin(Stdio::null());
    command
}

/// A home folder that does not exist.
const NO_HOME: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home");

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
