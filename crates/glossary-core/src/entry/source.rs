//! The text of a file, from its bytes.

use std::borrow::Cow;

use super::diagnostic::{Diagnostic, Place};
use super::rule::Rule;

/// The text of a file: UTF-8 without a byte order mark, with line feeds alone.
///
/// # Errors
/// A file that is empty or not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<String, Diagnostic> {
    let refuse = |byte: usize, message: &str| {
        let before = String::from_utf8_lossy(bytes.get(..byte).unwrap_or_default());
        let place = Place::at(&before, before.len());
        Err(Diagnostic::new(Rule::Unreadable, place, message))
    };
    let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if let Some(nul) = bytes
        .iter()
        .position(|&byte| byte == 0)
        .filter(|_| !is_utf_16)
    {
        return refuse(nul, "a NUL byte, so this is not text; save it as UTF-8");
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => return refuse(error.valid_up_to(), "not UTF-8; save it as UTF-8"),
    };
    if text.trim().is_empty() {
        return refuse(0, "empty; write an entry, or take it out");
    }
    Ok(with_line_feeds(text).into_owned())
}

/// A text whose lines all end in a line feed: YAML and Markdown end one at a carriage return, too.
pub(super) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}
