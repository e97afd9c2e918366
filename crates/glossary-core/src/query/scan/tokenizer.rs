//! The words of a text that are prose. Code, markup, addresses, and front matter are passed over.

use super::Position;

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
            // What is not closed soon is a divider and not front matter.
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
        let bytes = line.as_bytes();
        let is_ascii = line.is_ascii();
        // Columns are counted on from word to word, where they are not the same as bytes.
        let (mut counted, mut before) = (0, self.passed);
        let mut is_blank = true;
        // What no parenthesis closes is looked for once.
        let mut may_close = true;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let class = CLASSES[usize::from(byte)];
            if class == Class::Between {
                is_blank &= byte.is_ascii_whitespace();
                at += 1;
                continue;
            }
            is_blank = false;
            match class {
                Class::Between => {}
                Class::Word | Class::Beyond => {
                    let end = word_end(line, at);
                    if end == at {
                        // A character that is no letter: a dash or a quotation mark parts phrases, a
                        // non-breaking space does not.
                        let c = line[at..].chars().next().unwrap_or(' ');
                        if !c.is_whitespace() && !matches!(c, '\u{2010}' | '\u{2011}') {
                            visit(Event::Break);
                        }
                        at += c.len_utf8();
                    } else if is_address(&bytes[at..end], &bytes[end..]) {
                        visit(Event::Break);
                        at = line[end..]
                            .find(char::is_whitespace)
                            .map_or(bytes.len(), |space| end + space);
                    } else {
                        before += if is_ascii {
                            at - counted
                        } else {
                            line[counted..at].chars().count()
                        };
                        counted = at;
                        let position = Position {
                            line: self.lines + 1,
                            column: before + 1,
                        };
                        let is_joined = at > 1
                            && bytes[at - 1] == b'-'
                            && bytes[at - 2].is_ascii_alphanumeric();
                        let joint = if is_joined { Link::Hyphen } else { Link::Apart };
                        visit(Event::Word(&line[at..end], position, joint));
                        at = possessive_end(line, end);
                    }
                }
                Class::Backtick => {
                    visit(Event::Break);
                    at = code_end(bytes, at);
                }
                Class::Break => {
                    visit(if byte == b'(' {
                        Event::Open
                    } else {
                        Event::Break
                    });
                    at = match bytes.get(at..at + 2) {
                        Some([b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!']) => {
                            line[at..].find('>').map_or(at + 1, |close| at + close + 1)
                        }
                        Some(b"](") if may_close => {
                            let close = line[at..].find(')');
                            may_close = close.is_some();
                            close.map_or(at + 2, |close| at + close + 1)
                        }
                        _ => at + 1,
                    };
                }
            }
        }
        if is_blank {
            visit(Event::Break);
        }
    }
}

/// What a byte does to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It is a part of a word.
    Word,
    /// It begins or goes on with a character that is not ASCII.
    Beyond,
    /// It stands between the words of a phrase.
    Between,
    /// It may open a code span.
    Backtick,
    /// It parts phrases.
    Break,
}

/// The classes of all bytes: a table, because every byte of a text is looked up.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 0x80_u8 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b' ' | b'\t' | b'-' | b'/' | b'_' | b'*' => Class::Between,
            b'`' => Class::Backtick,
            _ => Class::Break,
        };
        byte += 1;
    }
    classes
};

/// Whether a word, with what follows it, begins an address.
fn is_address(word: &[u8], rest: &[u8]) -> bool {
    match rest.first() {
        Some(b':') => rest.starts_with(b"://"),
        Some(b'.') => word == b"www",
        _ => false,
    }
}

/// The fence that a line is, if it is one.
fn fence(line: &str) -> Option<Fence> {
    let text = line.trim_start_matches(' ');
    let mark = *text.as_bytes().first()?;
    let length = text.bytes().take_while(|&byte| byte == mark).count();
    (matches!(mark, b'`' | b'~') && length >= 3 && line.len() - text.len() <= 3)
        .then_some(Fence { mark, length })
}

/// Where the word that begins at `start` ends; `start` when none does.
fn word_end(line: &str, start: usize) -> usize {
    let bytes = line.as_bytes();
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        match CLASSES[usize::from(byte)] {
            Class::Word => end += 1,
            Class::Beyond => match line[end..].chars().next() {
                Some(c) if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) => {
                    end += c.len_utf8();
                }
                _ => break,
            },
            _ => break,
        }
    }
    end
}

/// Where a word with an `'s` behind it ends.
fn possessive_end(line: &str, end: usize) -> usize {
    if !matches!(line.as_bytes().get(end), Some(b'\'' | 0x80..)) {
        return end;
    }
    let rest = &line[end..];
    let after = ["'s", "’s"]
        .iter()
        .find_map(|ending| rest.strip_prefix(ending));
    match after {
        Some(after) if !after.starts_with(char::is_alphanumeric) => line.len() - after.len(),
        _ => end,
    }
}

/// Where the code span that opens at `start` ends; a run of backticks that nothing closes is text.
fn code_end(bytes: &[u8], start: usize) -> usize {
    let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
    let opening = run(start);
    let mut at = start + opening;
    while at < bytes.len() {
        let length = run(at);
        if length == opening {
            return at + length;
        }
        at += length.max(1);
    }
    start + opening
}
