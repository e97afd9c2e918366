//! The user's editor.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};
use crate::{settings, signals};

/// Editors that take a line as `+LINE` before the path.
const WITH_PLUS: [&str; 9] = [
    "vi",
    "vim",
    "nvim",
    "nano",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
];

/// Opens a file in the editor and waits until the user leaves it.
pub(crate) fn open(path: &Path) -> Result<()> {
    open_at(path, 1)
}

/// Opens a file in the editor, if possible at a line, and waits until the user leaves it.
pub(crate) fn open_at(path: &Path, line: usize) -> Result<()> {
    let editor = settings::editor();
    // An absolute path cannot be taken for a flag.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let failed = |why: String| {
        Error::Usage(format!(
            "the editor `{editor}` {why}; set VISUAL or EDITOR to another, or open {} yourself",
            path.display()
        ))
    };
    let mut words = shlex::split(&editor)
        .ok_or_else(|| failed("has an unclosed quotation mark".to_string()))?
        .into_iter();
    let program = words.next().unwrap_or_default();
    let name = Path::new(&program).file_stem().unwrap_or_default();
    let takes_line = line > 1 && WITH_PLUS.iter().any(|editor| name == *editor);
    signals::ignore_interrupts();
    let status = Command::new(&program)
        .args(words)
        .args(takes_line.then(|| format!("+{line}")))
        .arg(&path)
        .status()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(format!("failed ({status})")))
    }
}
