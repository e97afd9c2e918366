//! The editor that a user has chosen.
//!
//! Owns starting it. It must not know what is edited, nor where the choice comes from.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};

/// Opens a file in an editor and waits until it is left. `editor` may carry arguments of its own.
///
/// # Errors
/// The editor cannot be started, or says that it failed.
pub fn open(editor: &str, path: &Path) -> Result<()> {
    // A path that begins with a hyphen is not a flag.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let failed = |why: String| {
        Error::Usage(format!(
            "the editor `{editor}` {why}; set VISUAL or EDITOR to another, or open {} yourself",
            path.display()
        ))
    };
    let status = Command::new(program)
        .args(words)
        .arg(&path)
        .status()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(format!("failed ({status})")))
    }
}
