//! The user's editor.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};
use crate::{settings, signals};

/// Opens a file in the editor and waits until the user leaves it.
pub(crate) fn open(path: &Path) -> Result<()> {
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
    signals::ignore_interrupts();
    let status = Command::new(words.next().unwrap_or_default())
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
