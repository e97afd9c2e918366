//! Any Markdown is laid out at any width, without a control character.
#![no_main]

use glossary_cli::render::{Hyperlinks, Layout, OutputStyle, Theme, blocks};
use glossary_core::entry::markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (width, text) = (usize::from(input.0).max(1), input.1);
    let text = markdown::parse(text);
    let mut out = String::new();
    let page = |theme| OutputStyle::Page {
        layout: Layout {
            width,
            hyperlinks: Hyperlinks::Off,
        },
        theme,
    };
    for style in [
        OutputStyle::Plain { width: None },
        OutputStyle::Plain { width: Some(width) },
        page(Theme::Unstyled),
    ] {
        blocks::write(&text, 0, &style, &mut out);
    }
    assert!(!out.contains(|c: char| c != '\n' && markdown::is_unprintable(c)));
    blocks::write(&text, 0, &page(Theme::Styled), &mut out);
});
