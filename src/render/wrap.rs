//! Spans of text as lines of a given width, in the columns of a terminal.
//!
//! Lines break only at ASCII spaces, not at no-break spaces or where the style changes within a word. As
//! long as the parts fit on one line, they also do not break
//!
//! - within verbatim text, so that a formula stays in one piece,
//! - before `, . ; : ) ? !`, which must not begin a line.
//!
//! A word that is wider than a line is cut between two characters as a reader sees them (extended
//! grapheme clusters, UAX 29).

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::{Role, Theme};

const HYPERLINK_END: &str = "\x1b]8;;\x1b\\";

/// Text in one style. A `\n` in it is a line break.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Span<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) roles: Vec<Role>,
    /// The address that a hyperlink leads to.
    pub(super) address: Option<String>,
}

impl<'t> Span<'t> {
    pub(super) fn new(text: impl Into<Cow<'t, str>>, roles: impl Into<Vec<Role>>) -> Self {
        Self {
            text: text.into(),
            roles: roles.into(),
            address: None,
        }
    }
}

/// A stretch of a span.
type Piece<'s> = (&'s Span<'s>, &'s str);

/// A line: its pieces from left to right.
pub(super) type Line<'s> = Vec<Piece<'s>>;

/// The number of columns for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Widths {
    /// On the first line.
    pub(super) first: usize,
    /// On the lines after it.
    pub(super) rest: usize,
}

impl Widths {
    /// The same on all lines.
    pub(super) const fn same(width: usize) -> Self {
        Self {
            first: width,
            rest: width,
        }
    }
}

/// The number of columns that a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Extent {
    /// The widest word: with less, words are cut.
    pub(super) word: usize,
    /// The widest part that should stay together: with less, formulas are broken at spaces.
    pub(super) unit: usize,
    /// The widest line when only line breaks in the text break it.
    pub(super) line: usize,
}

/// Breaks spans into lines. No text, no lines.
pub(super) fn wrap<'s>(spans: &'s [Span<'s>], widths: Widths) -> Vec<Line<'s>> {
    let mut builder = LineBuilder {
        widths,
        lines: Vec::new(),
        used: 0,
    };
    for unit in units(&words(spans)) {
        if width(unit) <= widths.rest {
            builder.place(unit);
        } else {
            unit.chunks(1).for_each(|word| builder.place(word));
        }
    }
    builder.lines
}

/// Measures spans.
pub(super) fn measure(spans: &[Span<'_>]) -> Extent {
    let words = words(spans);
    let lines = words.chunk_by(|_, next| next.breaks != Break::Must);
    Extent {
        word: words.iter().map(|word| word.width).max().unwrap_or(0),
        unit: units(&words).map(width).max().unwrap_or(0),
        line: lines.map(width).max().unwrap_or(0),
    }
}

/// A line in its styles, with its links.
pub(super) fn paint(line: &[Piece<'_>], theme: Theme) -> String {
    let mut out = String::new();
    for part in line.chunk_by(|(a, _), (b, _)| a.address == b.address) {
        let address = part.first().and_then(|(span, _)| span.address.as_deref());
        if let Some(address) = address {
            out.extend(["\x1b]8;;", address, "\x1b\\"]);
        }
        for part in part.chunk_by(|(a, _), (b, _)| a.roles == b.roles) {
            theme.write(&part[0].0.roles, &text(part), &mut out);
        }
        if address.is_some() {
            out.push_str(HYPERLINK_END);
        }
    }
    out
}

/// What a line says.
pub(super) fn text(line: &[Piece<'_>]) -> String {
    line.iter().map(|(_, text)| *text).collect()
}

/// Whether a line ends before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Must,
    May,
    /// Only if what should stay together does not fit on a line.
    Avoid,
}

/// The text between two spaces, with a piece for each style.
#[derive(Debug)]
struct Word<'s> {
    breaks: Break,
    /// The spaces before it, unless it begins a line.
    gap: Vec<Piece<'s>>,
    pieces: Vec<Piece<'s>>,
    width: usize,
}

impl<'s> Word<'s> {
    fn after(breaks: Break, gap: Vec<Piece<'s>>) -> Self {
        Self {
            breaks,
            gap,
            pieces: Vec::new(),
            width: 0,
        }
    }
}

fn words<'s>(spans: &'s [Span<'s>]) -> Vec<Word<'s>> {
    let mut words: Vec<Word<'s>> = Vec::new();
    // The word that the next character begins.
    let mut next = Some(Word::after(Break::May, Vec::new()));
    for span in spans {
        for token in span.text.split_inclusive([' ', '\n']) {
            let text = token.trim_end_matches([' ', '\n']);
            if !text.is_empty() {
                if let Some(word) = &mut next
                    && text.starts_with(never_first)
                    && !word.gap.is_empty()
                {
                    word.breaks = Break::Avoid;
                }
                words.extend(next.take());
                if let Some(word) = words.last_mut() {
                    word.pieces.push((span, text));
                    word.width += text.width();
                }
            }
            match (&token[text.len()..], &mut next) {
                ("\n", _) => {
                    let is_empty_line = |word: &Word<'_>| word.breaks == Break::Must;
                    words.extend(next.take().filter(is_empty_line));
                    next = Some(Word::after(Break::Must, Vec::new()));
                }
                (" ", None) => {
                    let is_code = span.roles.contains(&Role::Code);
                    let breaks = if is_code { Break::Avoid } else { Break::May };
                    next = Some(Word::after(breaks, vec![(span, " ")]));
                }
                (" ", Some(word)) if !word.gap.is_empty() => word.gap.push((span, " ")),
                _ => {}
            }
        }
    }
    words
}

/// Parts of a text that should stay together.
fn units<'w, 's>(words: &'w [Word<'s>]) -> impl Iterator<Item = &'w [Word<'s>]> {
    words.chunk_by(|_, next| next.breaks == Break::Avoid)
}

/// The columns that words take on one line.
fn width(words: &[Word<'_>]) -> usize {
    let gaps = words.iter().skip(1).map(|word| word.gap.len());
    gaps.chain(words.iter().map(|word| word.width)).sum()
}

fn never_first(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | ')' | '?' | '!')
}

/// Lines under construction; the last one is being filled.
struct LineBuilder<'s> {
    widths: Widths,
    lines: Vec<Line<'s>>,
    /// The columns that the last line takes.
    used: usize,
}

impl<'s> LineBuilder<'s> {
    /// Places words that stay together.
    fn place(&mut self, unit: &[Word<'s>]) {
        let gap = unit[0].gap.len();
        let is_full = self.used > 0 && self.used + gap + width(unit) > self.room();
        let breaks = self.lines.is_empty() || unit[0].breaks == Break::Must || is_full;
        if breaks {
            self.begin_line();
        }
        for (index, word) in unit.iter().enumerate() {
            if index > 0 || !breaks {
                word.gap.iter().for_each(|&space| self.push(space));
            }
            if word.width > self.room() {
                self.cut(word);
            } else {
                word.pieces.iter().for_each(|&piece| self.push(piece));
            }
        }
    }

    /// Places a word that is wider than a line. What must not begin a line takes the character before it
    /// along.
    fn cut(&mut self, word: &Word<'s>) {
        let pieces = word.pieces.iter();
        let characters: Vec<Piece<'s>> = pieces
            .flat_map(|(span, text)| text.graphemes(true).map(move |text| (*span, text)))
            .collect();
        for part in characters.chunk_by(|_, (_, next)| next.starts_with(never_first)) {
            let width =
                |part: &[Piece<'_>]| part.iter().map(|(_, text)| text.width()).sum::<usize>();
            if self.used > 0 && self.used + width(part) > self.room() {
                self.begin_line();
            }
            for &character in part {
                if self.used > 0 && self.used + width(&[character]) > self.room() {
                    self.begin_line();
                }
                self.push(character);
            }
        }
    }

    fn room(&self) -> usize {
        if self.lines.len() > 1 {
            self.widths.rest
        } else {
            self.widths.first
        }
    }

    fn push(&mut self, piece: Piece<'s>) {
        if let Some(line) = self.lines.last_mut() {
            line.push(piece);
        }
        self.used += piece.1.width();
    }

    fn begin_line(&mut self) {
        self.lines.push(Vec::new());
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glossary_core::entry::markdown::{self, Block, Run};

    fn spans(markdown: &str) -> Vec<Span<'static>> {
        let Some(Block::Paragraph(runs)) = markdown::parse(markdown).into_iter().next() else {
            return Vec::new();
        };
        let span = |run: Run| {
            let code = run.style.code.then_some(Role::Code);
            Span::new(run.text, Vec::from_iter(code))
        };
        runs.into_iter().map(span).collect()
    }

    fn lines(spans: &[Span<'_>], widths: Widths) -> Vec<String> {
        wrap(spans, widths).iter().map(|line| text(line)).collect()
    }

    #[test]
    fn lines_break_at_spaces_only() {
        for (width, markdown, expected) in [
            (10, "one two three", &["one two", "three"][..]),
            (7, "one two three", &["one two", "three"]),
            (
                20,
                "un**friggin**believable (*this*)",
                &["unfrigginbelievable", "(this)"],
            ),
            (
                10,
                "5\u{a0}km and 10\u{202f}%",
                &["5\u{a0}km and", "10\u{202f}%"],
            ),
            (10, "one two, three", &["one two,", "three"]),
            (9, "why not us ?", &["why not", "us ?"]),
            (5, "one , two", &["one ,", "two"]),
            (3, "one , two", &["one", ",", "two"]),
            (9, "a\\\nb", &["a", "b"]),
            (9, "a<br><br>b", &["a", "", "b"]),
            (9, "", &[]),
            (13, "take `x / y + z` now", &["take", "x / y + z now"]),
            (9, "take `x / y + z` now", &["take", "x / y + z", "now"]),
            (6, "take `x / y + z` now", &["take x", "/ y +", "z now"]),
            (10, "x (`a b c d`), e", &["x", "(a b c d),", "e"]),
            (20, "`a  b`", &["a  b"]),
            (5, "abcdefghijkl mn", &["abcde", "fghij", "kl mn"]),
            (5, "ab abcdefg", &["ab", "abcde", "fg"]),
            (6, "**abc**defghi", &["abcdef", "ghi"]),
            (6, "数学は難しい", &["数学は", "難しい"]),
            (5, "数学は", &["数学", "は"]),
            (5, "abcde, f", &["abcd", "e, f"]),
            (5, "abcd**e**, f", &["abcd", "e, f"]),
            (1, "a, b", &["a", ",", "b"]),
            (1, "数", &["数"]),
            (4, "👩‍🔬👩‍🔬👩‍🔬", &["👩‍🔬👩‍🔬", "👩‍🔬"]),
            (1, "e\u{301}e\u{301}", &["e\u{301}", "e\u{301}"]),
            (0, "ab", &["a", "b"]),
            (12, "∂L/∂w = Σᵢ xᵢ", &["∂L/∂w = Σᵢ", "xᵢ"]),
        ] {
            assert_eq!(
                lines(&spans(markdown), Widths::same(width)),
                expected,
                "{markdown:?} at {width}"
            );
        }
    }

    #[test]
    fn the_first_line_may_have_another_width() {
        let widths = Widths { first: 9, rest: 6 };
        assert_eq!(
            lines(&spans("one two three four"), widths),
            ["one two", "three", "four"]
        );
    }

    #[test]
    fn an_extent_is_what_wrapping_needs() {
        let extent = measure(&spans("a long `x + y`<br>word"));
        assert_eq!(
            extent,
            Extent {
                word: 4,
                unit: 5,
                line: 12
            }
        );
        assert_eq!(measure(&[]), Extent::default());
    }
}
