//! Runs of text as lines of a given width, in the columns of a terminal.
//!
//! Lines break only at ASCII spaces, not at no-break spaces or where the style changes within a word. As
//! long as the parts fit on one line, they also do not break
//!
//! - within verbatim text, so that a formula stays in one piece,
//! - before `, . ; : ) ? !`, which must not begin a line.
//!
//! A word that is wider than a line is cut between two characters as a reader sees them (extended
//! grapheme clusters, UAX 29).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use glossary_core::entry::markdown::{Run, Style};

/// The additional indent of the rest of a line of code that is cut.
const CONTINUATION_INDENT: usize = 2;

/// A stretch of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its text, without a line break.
    pub text: &'a str,
    /// The position of the run among the runs.
    pub run: usize,
}

/// A line: its pieces from left to right.
pub type Line<'a> = Vec<Piece<'a>>;

/// The number of columns for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// On the first line.
    pub first: usize,
    /// On the lines after it.
    pub rest: usize,
}

impl Widths {
    /// Without limit: only line breaks in the text end a line.
    pub const UNLIMITED: Self = Self::same(usize::MAX);

    /// The same on all lines.
    #[must_use]
    pub const fn same(width: usize) -> Self {
        Self {
            first: width,
            rest: width,
        }
    }
}

/// The number of columns that a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The widest word: with less, words are cut.
    pub word: usize,
    /// The widest part that should stay together: with less, formulas are broken at spaces.
    pub unit: usize,
    /// The widest line when only line breaks in the text break it.
    pub line: usize,
}

/// Breaks runs into lines. No text, no lines.
#[must_use]
pub fn wrap(runs: &[Run], widths: Widths) -> Vec<Line<'_>> {
    let text = Text::read(runs);
    let mut builder = LineBuilder {
        widths,
        lines: Vec::new(),
        line: Vec::new(),
        used: 0,
    };
    let mut next = 0;
    while next < text.words.len() {
        let unit = text.unit(next);
        next = unit.end;
        if text.width(unit.clone()) <= widths.rest {
            builder.place(&text, unit);
        } else {
            unit.for_each(|word| builder.place(&text, word..word + 1));
        }
    }
    if !builder.line.is_empty() {
        builder.flush();
    }
    builder.lines
}

/// Measures runs.
#[must_use]
pub fn measure(runs: &[Run]) -> Extent {
    let text = Text::read(runs);
    let mut extent = Extent::default();
    let mut line = 0_usize;
    for word in &text.words {
        line = match word.gap {
            Gap::Line => word.width,
            _ => line
                .saturating_add(word.gap.width())
                .saturating_add(word.width),
        };
        extent.line = extent.line.max(line);
        extent.word = extent.word.max(word.width);
    }
    let mut next = 0;
    while next < text.words.len() {
        let unit = text.unit(next);
        next = unit.end;
        extent.unit = extent.unit.max(text.width(unit));
    }
    extent
}

/// A line of a program or a formula as lines of at most `width` columns. If it does not fit, it is cut, at
/// a space if possible, and the rest is indented further.
#[must_use]
pub fn code_line(line: &str, width: usize) -> Vec<String> {
    let line = line.trim_end_matches(' ');
    if line.width() <= width {
        return vec![line.to_string()];
    }
    let body = line.trim_start_matches(' ');
    let indent = (line.len() - body.len()).min(width / 2);
    let more = CONTINUATION_INDENT.min(width / 4);
    let run = Run {
        text: body.to_string(),
        style: Style {
            code: true,
            ..Style::default()
        },
        link: None,
    };
    let widths = Widths {
        first: (width - indent).max(1),
        rest: (width - indent - more).max(1),
    };
    let text = |line: &Line| -> String { line.iter().map(|piece| piece.text).collect() };
    wrap(std::slice::from_ref(&run), widths)
        .iter()
        .enumerate()
        .map(|(index, line)| {
            " ".repeat(if index == 0 { indent } else { indent + more }) + &text(line)
        })
        .collect()
}

/// The gap before a word.
#[derive(Debug, Clone, Copy)]
enum Gap<'a> {
    /// The start of the text.
    Start,
    /// A space at which a line may break.
    Loose(Piece<'a>),
    /// A space at which a line breaks only if it has to.
    Tight(Piece<'a>),
    /// A line break.
    Line,
}

impl<'a> Gap<'a> {
    fn piece(self) -> Option<Piece<'a>> {
        match self {
            Self::Loose(piece) | Self::Tight(piece) => Some(piece),
            Self::Start | Self::Line => None,
        }
    }

    fn width(self) -> usize {
        self.piece().map_or(0, |piece| piece.text.len())
    }
}

/// The text between two spaces, with a piece for each style.
#[derive(Debug)]
struct WordSpan<'a> {
    gap: Gap<'a>,
    pieces: Range<usize>,
    width: usize,
}

/// A text as words.
#[derive(Default)]
struct Text<'a> {
    pieces: Vec<Piece<'a>>,
    words: Vec<WordSpan<'a>>,
}

impl<'a> Text<'a> {
    fn read(runs: &'a [Run]) -> Self {
        let mut text = Self::default();
        let mut gap = Some(Gap::Start);
        for (index, run) in runs.iter().enumerate() {
            let mut rest = run.text.as_str();
            while let Some(first) = rest.chars().next() {
                let end = match first {
                    '\n' => 1,
                    ' ' => rest.find(|c| c != ' ').unwrap_or(rest.len()),
                    _ => rest.find([' ', '\n']).unwrap_or(rest.len()),
                };
                let (token, tail) = rest.split_at(end);
                rest = tail;
                let piece = |text| Piece { text, run: index };
                match first {
                    '\n' => {
                        if matches!(gap, Some(Gap::Line)) {
                            text.begin_word(Gap::Line);
                        }
                        gap = Some(Gap::Line);
                    }
                    ' ' if gap.is_some() => {}
                    ' ' if run.style.code => gap = Some(Gap::Tight(piece(token))),
                    ' ' => gap = Some(Gap::Loose(piece(&token[..1]))),
                    _ => {
                        if let Some(gap) = gap.take() {
                            text.begin_word(match gap {
                                Gap::Loose(space) if token.starts_with(never_first) => {
                                    Gap::Tight(space)
                                }
                                gap => gap,
                            });
                        }
                        text.extend_word(piece(token));
                    }
                }
            }
        }
        text
    }

    fn begin_word(&mut self, gap: Gap<'a>) {
        let end = self.pieces.len();
        self.words.push(WordSpan {
            gap,
            pieces: end..end,
            width: 0,
        });
    }

    fn extend_word(&mut self, piece: Piece<'a>) {
        self.pieces.push(piece);
        if let Some(word) = self.words.last_mut() {
            word.pieces.end = self.pieces.len();
            word.width = word.width.saturating_add(piece.text.width());
        }
    }

    /// The words from `start` on that should stay together.
    fn unit(&self, start: usize) -> Range<usize> {
        let after = self.words.iter().skip(start + 1);
        let together = after
            .take_while(|word| matches!(word.gap, Gap::Tight(_)))
            .count();
        start..start + 1 + together
    }

    /// The columns that words take on one line.
    fn width(&self, words: Range<usize>) -> usize {
        let words = self.words.get(words).unwrap_or_default();
        let width = words.iter().fold(0_usize, |sum, word| {
            sum.saturating_add(word.gap.width())
                .saturating_add(word.width)
        });
        width.saturating_sub(words.first().map_or(0, |word| word.gap.width()))
    }

    fn pieces(&self, word: &WordSpan<'a>) -> &[Piece<'a>] {
        self.pieces.get(word.pieces.clone()).unwrap_or_default()
    }
}

fn never_first(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | ')' | '?' | '!')
}

/// Lines under construction.
struct LineBuilder<'a> {
    widths: Widths,
    lines: Vec<Line<'a>>,
    line: Line<'a>,
    /// The columns that `line` takes.
    used: usize,
}

impl<'a> LineBuilder<'a> {
    /// Places words that stay together.
    fn place(&mut self, text: &Text<'a>, unit: Range<usize>) {
        let words = text.words.get(unit).unwrap_or_default();
        let Some(first) = words.first() else { return };
        let width = words.iter().fold(0_usize, |sum, word| {
            sum.saturating_add(word.gap.width())
                .saturating_add(word.width)
        });
        let breaks = matches!(first.gap, Gap::Line) || width > self.left();
        if breaks && !(self.line.is_empty() && self.lines.is_empty() && self.used == 0) {
            self.flush();
        }
        for (index, word) in words.iter().enumerate() {
            if (index > 0 || !breaks)
                && let Some(space) = word.gap.piece()
            {
                self.push(space, word.gap.width());
            }
            for &piece in text.pieces(word) {
                let width = piece.text.width();
                if word.width > self.available() {
                    self.cut(piece);
                } else {
                    self.push(piece, width);
                }
            }
        }
    }

    fn available(&self) -> usize {
        if self.lines.is_empty() {
            self.widths.first
        } else {
            self.widths.rest
        }
    }

    fn left(&self) -> usize {
        self.available().saturating_sub(self.used)
    }

    fn push(&mut self, piece: Piece<'a>, width: usize) {
        self.line.push(piece);
        self.used = self.used.saturating_add(width);
    }

    /// Places a piece of a word that is wider than a line.
    fn cut(&mut self, piece: Piece<'a>) {
        let mut rest = piece.text;
        while !rest.is_empty() {
            let mut width = 0;
            let mut end = 0;
            for character in rest.graphemes(true) {
                let wider = width + character.width();
                if wider > self.left() && (end > 0 || self.used > 0) {
                    break;
                }
                width = wider;
                end += character.len();
            }
            let (text, tail) = rest.split_at(end);
            if !text.is_empty() {
                self.push(Piece { text, ..piece }, width);
            }
            if tail.starts_with(never_first) {
                self.flush_but_last();
            } else if !tail.is_empty() {
                self.flush();
            }
            rest = tail;
        }
    }

    /// Ends the line before its last character, which begins the next line because what follows it must
    /// not.
    fn flush_but_last(&mut self) {
        let last = self.line.pop().map(|piece| {
            let at = piece
                .text
                .grapheme_indices(true)
                .next_back()
                .map_or(0, |(at, _)| at);
            (piece, piece.text.split_at(at))
        });
        let Some((piece, (text, character))) = last else {
            return self.flush();
        };
        if !text.is_empty() {
            self.line.push(Piece { text, ..piece });
        }
        if self.line.is_empty() {
            self.line.push(piece);
            return self.flush();
        }
        self.flush();
        self.push(
            Piece {
                text: character,
                ..piece
            },
            character.width(),
        );
    }

    fn flush(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glossary_core::entry::markdown::{self, Block};

    fn runs(markdown: &str) -> Vec<Run> {
        match markdown::parse(markdown).into_iter().next() {
            Some(Block::Paragraph(runs)) => runs,
            _ => Vec::new(),
        }
    }

    fn lines(runs: &[Run], widths: Widths) -> Vec<String> {
        let text = |line: &Line| line.iter().map(|piece| piece.text).collect();
        wrap(runs, widths).iter().map(text).collect()
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
                lines(&runs(markdown), Widths::same(width)),
                expected,
                "{markdown:?} at {width}"
            );
        }
    }

    #[test]
    fn the_first_line_may_have_another_width() {
        let widths = Widths { first: 9, rest: 6 };
        assert_eq!(
            lines(&runs("one two three four"), widths),
            ["one two", "three", "four"]
        );
    }

    #[test]
    fn spaces_between_words_are_one() {
        let run = |text: &str| Run {
            text: text.to_string(),
            ..Run::default()
        };
        let runs = [run("  a  "), run("  b"), run(" ")];
        assert_eq!(lines(&runs, Widths::UNLIMITED), ["a b"]);
    }

    #[test]
    fn code_is_cut_only_where_it_is_too_long() {
        for (width, line, expected) in [
            (20, "    return x  # one  ", &["    return x  # one"][..]),
            (16, "    return x  # one", &["    return x  #", "      one"]),
            (8, "abcdefghijkl", &["abcdefgh", "  ijkl"]),
            (4, "            x", &["  x"]),
            (4, "", &[""]),
        ] {
            assert_eq!(code_line(line, width), expected, "{line:?} at {width}");
        }
    }

    #[test]
    fn an_extent_is_what_wrapping_needs() {
        let extent = measure(&runs("a long `x + y`<br>word"));
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
