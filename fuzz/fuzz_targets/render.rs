//! Any Markdown is laid out at any width, without a control character.
#![no_main]

use glossary_core::entry::markdown;
use glossary_cli::render::{Hyperlinks, Layout, Theme, plain, terminal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (width, text) = (usize::from(input.0).max(1), input.1);
    let blocks = markdown::parse(text);
    let mut out = String::new();
    plain::blocks(&blocks, None, &mut out);
    plain::blocks(&blocks, Some(width), &mut out);
    let layout = Layout {
        width,
        indent: 0,
        hyperlinks: Hyperlinks::Off,
    };
    terminal::blocks(&blocks, &layout, Theme::Unstyled, &mut out);
    assert!(!out.contains(|c: char| c != '\n' && markdown::is_unprintable(c)));
    terminal::blocks(&blocks, &layout, Theme::Styled, &mut out);
});
