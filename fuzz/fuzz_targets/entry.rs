//! Any text is an entry or a problem; an entry can be checked, and its printed source read again.
#![no_main]

use glossary_core::entry::{Entry, check};
use glossary_cli::render::sanitize_lines;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(entry) = Entry::parse("slug", text) else {
        return;
    };
    let _ = check::all(&[&entry], &check::Alone);
    let again = Entry::parse("slug", &sanitize_lines(&entry.text)).expect("the source of an entry");
    assert_eq!(again.front, entry.front);
});
