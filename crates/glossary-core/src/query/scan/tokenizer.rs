//! The words of a text that are prose. Code, markup, addresses, and front matter are passed over.

use super::Position;
use crate::entry::normalize::{characters_at, is_letter_or_mark};

/// A part of a text.
pub(super) enum Event<'t> {
    /// A word, where it is, and how it follows the word before.
    Word(&'t str, Position, Link),
    /// A parenthesis that opens.
    Open,
    /// Something that no phrase goes across: punctuation, code, the end of a paragraph.
    Break,
}

/// How a word follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// After a space, or by itself.
    Apart,
    /// Directly after another, as in Chinese.
    Joined,
    /// After a hyphen.
    Hyphen,
}

/// A text that is being read.
#[derive(Default)]
pub(super) struct Tokenizer {
    /// Whole lines that were read.
    lines: usize,
    /// The characters of the unfinished line that were read.
    passed: usize,
    /// The fence of the code block that is open.
    fence: Option<Fence>,
    state: State,
}

#[derive(Default, PartialEq, Eq)]
enum State {
    #[default]
    Unread,
    FrontMatter,
    Body,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Fence {
    mark: u8,
    length: usize,
}

impl Tokenizer {
    /// Reads a piece: whole lines, or a part of one.
    pub(super) fn read(&mut self, piece: &str, visit: &mut impl FnMut(Event<'_>)) {
        if self.state == State::Unread {
            let piece = piece.strip_prefix('\u{feff}').unwrap_or(piece);
            // A line that is cut off may go on.
            let mut lines = piece
                .split_inclusive('\n')
                .filter(|line| line.ends_with('\n'));
            let opened = lines.next().is_some_and(|line| line.trim_end() == "---");
            // If nothing closes it soon, it is a divider rather than front matter.
            let closed = lines.any(|line| line.trim_end() == "---");
            self.state = if opened && closed {
                State::FrontMatter
            } else {
                State::Body
            };
        }
        for line in piece.split_inclusive('\n') {
            let text = line.strip_suffix('\n').unwrap_or(line);
            self.line(text.strip_suffix('\r').unwrap_or(text), visit);
            if text.len() < line.len() {
                self.lines += 1;
                self.passed = 0;
            } else {
                self.passed += line.chars().count();
            }
        }
    }

    fn line(&mut self, line: &str, visit: &mut impl FnMut(Event<'_>)) {
        if self.state == State::FrontMatter {
            if self.lines > 0 && self.passed == 0 && line.trim_end() == "---" {
                self.state = State::Body;
            }
            return;
        }
        let fence = if self.passed == 0 { fence(line) } else { None };
        match (self.fence, fence) {
            (None, Some(fence)) => {
                self.fence = Some(fence);
                visit(Event::Break);
            }
            (Some(open), Some(close)) if close.mark == open.mark && close.length >= open.length => {
                self.fence = None;
            }
            (Some(_), _) => {}
            (None, None) => self.words(line, visit),
        }
    }

    fn words(&self, line: &str, visit: &mut impl FnMut(Event<'_>)) {
        if line.trim().is_empty() {
            visit(Event::Break);
        }
        let (mut at, mut column) = (0, self.passed + 1);
        // What nothing closes is looked for once.
        let mut unclosed = String::new();
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            let length = match c {
                _ if is_letter_or_mark(c) => {
                    let end = rest.find(|c| !is_letter_or_mark(c)).unwrap_or(rest.len());
                    let (word, after) = rest.split_at(end);
                    if is_address(word, after) {
                        visit(Event::Break);
                        rest.find(char::is_whitespace).unwrap_or(rest.len())
                    } else {
                        let position = Position {
                            line: self.lines + 1,
                            column,
                        };
                        each_part(word, position, link(&line[..at]), visit);
                        end + possessive(after)
                    }
                }
                '`' => {
                    visit(Event::Break);
                    code_length(rest)
                }
                '-' | '/' | '_' | '*' | '\u{2010}' | '\u{2011}' => c.len_utf8(),
                _ if c.is_whitespace() => c.len_utf8(),
                '(' => {
                    visit(Event::Open);
                    1
                }
                _ => {
                    visit(Event::Break);
                    markup_length(rest, &mut unclosed).unwrap_or(c.len_utf8())
                }
            };
            column += rest[..length].chars().count();
            at += length;
        }
    }
}

/// Gives a word, or each character of one whose names are found by their characters.
fn each_part(word: &str, start: Position, mut link: Link, visit: &mut impl FnMut(Event<'_>)) {
    for (at, part) in characters_at(word) {
        let column = start.column + word[..at].chars().count();
        visit(Event::Word(part, Position { column, ..start }, link));
        link = Link::Joined;
    }
}

/// How a word follows what is before it.
fn link(before: &str) -> Link {
    let joined = before.strip_suffix('-');
    if joined.is_some_and(|joined| joined.ends_with(|c: char| c.is_ascii_alphanumeric())) {
        Link::Hyphen
    } else {
        Link::Apart
    }
}

/// Whether a word, with what follows it, begins an address.
fn is_address(word: &str, rest: &str) -> bool {
    rest.starts_with("://") || word == "www" && rest.starts_with('.')
}

/// How long the tag or the target of a link is that a text begins with.
fn markup_length(text: &str, unclosed: &mut String) -> Option<usize> {
    let close = match text.as_bytes() {
        [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!', ..] => '>',
        [b']', b'(', ..] => ')',
        _ => return None,
    };
    if unclosed.contains(close) {
        return None;
    }
    let end = text.find(close);
    if end.is_none() {
        unclosed.push(close);
    }
    end.map(|end| end + 1)
}

/// How long an `'s` is that a text begins with.
fn possessive(text: &str) -> usize {
    let after = ["'s", "’s"]
        .iter()
        .find_map(|ending| text.strip_prefix(ending));
    let after = after.filter(|after| !after.starts_with(is_letter_or_mark));
    after.map_or(0, |after| text.len() - after.len())
}

/// How long the code span is that a text begins with; a run of backticks that nothing closes is text.
fn code_length(text: &str) -> usize {
    let run = |at: usize| text[at..].bytes().take_while(|&byte| byte == b'`').count();
    let opening = run(0);
    let mut at = opening;
    while let Some(next) = text[at..].find('`') {
        let length = run(at + next);
        at += next + length;
        if length == opening {
            return at;
        }
    }
    opening
}

/// The fence that a line is, if it is one.
fn fence(line: &str) -> Option<Fence> {
    let text = line.trim_start_matches(' ');
    let mark = *text.as_bytes().first()?;
    let length = text.bytes().take_while(|&byte| byte == mark).count();
    (matches!(mark, b'`' | b'~') && length >= 3 && line.len() - text.len() <= 3)
        .then_some(Fence { mark, length })
}
