//! Any text is scanned; what is found stands in it, and where the text was cut into pieces does not
//! show.
#![no_main]

use std::sync::LazyLock;

use glossary_core::corpus::Corpus;
use glossary_core::query::scan::{EverydayWords, Lexicon, Scanner, Use};
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let corpus = Corpus::built_in(glossary_cli::embedded::BUILT_IN).expect("the built-in glossary");
    Lexicon::new(&corpus).expect("its names")
});

fn scan<'t>(pieces: impl Iterator<Item = &'t str>, everyday: EverydayWords) -> Vec<Use> {
    let mut uses = Vec::new();
    let mut found = |found| uses.push(found);
    let mut scanner = Scanner::new(&LEXICON, everyday);
    pieces.for_each(|piece| scanner.read(piece, &mut found));
    scanner.finish(&mut found);
    uses
}

/// Where `Scanner::read` allows a cut: behind a line, or between two words of one without code and
/// links; not before the end of what may be front matter.
fn cuts(text: &str) -> Vec<usize> {
    let body = text.rfind("\n---").map_or(0, |divider| divider + 1);
    let mut cuts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.contains(['`', '~', ']']) {
            let between = line.match_indices(' ').map(|(at, _)| start + at + 1);
            cuts.extend(
                between.filter(|&at| is_word_end(&text[..at - 1]) && is_word_start(&text[at..])),
            );
        }
        start += line.len();
        cuts.push(start);
    }
    cuts.retain(|&at| at > body);
    cuts
}

fn is_word_end(text: &str) -> bool {
    text.ends_with(|c: char| !c.is_whitespace())
}

fn is_word_start(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_whitespace())
}

/// The pieces of a text; the bits of `choice` say, over and over, which cuts are made.
fn pieces(text: &str, choice: u64) -> impl Iterator<Item = &str> {
    let chosen = cuts(text)
        .into_iter()
        .enumerate()
        .filter(move |(number, _)| choice >> (number % 64) & 1 == 1)
        .map(|(_, at)| at);
    let mut start = 0;
    chosen.chain([text.len()]).map(move |end| {
        let piece = &text[start..end];
        start = end;
        piece
    })
}

fuzz_target!(|input: (u64, &[u8])| {
    let (choice, bytes) = input;
    let text = String::from_utf8_lossy(bytes);
    for everyday in [EverydayWords::BesideATerm, EverydayWords::Always] {
        let whole = scan([&*text].into_iter(), everyday);
        for found in &whole {
            let line = text
                .split('\n')
                .nth(found.position.line - 1)
                .expect("its line");
            let first = line
                .chars()
                .nth(found.position.column - 1)
                .expect("its column");
            assert!(first.is_alphanumeric(), "{found:?} in {line:?}");
        }
        assert!(whole.is_sorted_by_key(|found| found.position));
        assert_eq!(scan(pieces(&text, choice), everyday), whole);
    }
});
