//! Taking out of a text what could control the terminal.

use std::borrow::Cow;

use glossary_core::entry::markdown::{is_out_of_place, is_unprintable};

/// A text that is safe to print on one line of a terminal: white space that moves the cursor becomes a
/// space. Other control characters and overrides of the writing direction are removed.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    // A loop over bytes without an early end is vectorized, and nearly all text is plain.
    let odd = text.bytes().fold(0, |odd, byte| {
        odd | u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')
    });
    if odd == 0 || !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| match c {
            c if c.is_control() && c.is_whitespace() => ' ',
            c => c,
        })
        .filter(|&c| !is_unprintable(c))
        .collect()
}

/// A text of several lines that is safe to print: line ends and tabs stay, and what else could control
/// the terminal is removed.
pub fn sanitize_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(is_out_of_place) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|&c| !is_out_of_place(c)).collect()
}
