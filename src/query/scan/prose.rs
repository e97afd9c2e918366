//! The words of a text that are prose: code, addresses and front matter are passed over.
//!
//! Owns what counts as a word and what ends a phrase. It must not know which words are terms.

use super::Position;

/// What is met while reading.
pub(super) enum Event<'t> {
    /// A word, and where it stands.
    Word(&'t str, Position),
    /// Something that no phrase goes across: punctuation, code, the end of a paragraph.
    Break,
}

/// A text that is being read.
#[derive(Default)]
pub(super) struct Prose {
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

impl Prose {
    /// Reads a piece: whole lines, or a part of one.
    pub(super) fn read(&mut self, piece: &str, visit: &mut dyn FnMut(Event<'_>)) {
        if self.state == State::Unread {
            let piece = piece.strip_prefix('\u{feff}').unwrap_or(piece);
            let mut lines = piece.lines();
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
            self.line(line.trim_end_matches(['\n', '\r']), visit);
            if line.ends_with('\n') {
                self.lines += 1;
                self.passed = 0;
            } else {
                self.passed += line.chars().count();
            }
        }
    }

    fn line(&mut self, line: &str, visit: &mut dyn FnMut(Event<'_>)) {
        if self.state == State::FrontMatter {
            if self.lines > 0 && line.trim_end() == "---" {
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

    fn words(&self, line: &str, visit: &mut dyn FnMut(Event<'_>)) {
        if line.trim().is_empty() {
            visit(Event::Break);
            return;
        }
        let bytes = line.as_bytes();
        // Columns are counted on from word to word.
        let (mut counted, mut column) = (0, self.passed + 1);
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                let end = word_end(line, at);
                if end == at {
                    // A character that is no letter: a dash or a quotation mark parts phrases, a
                    // non-breaking space does not.
                    let c = line[at..].chars().next().unwrap_or(' ');
                    if !c.is_whitespace() && !matches!(c, '\u{2010}' | '\u{2011}') {
                        visit(Event::Break);
                    }
                    at += c.len_utf8();
                } else if line[end..].starts_with("://") || line[at..].starts_with("www.") {
                    visit(Event::Break);
                    at = line[end..]
                        .find(char::is_whitespace)
                        .map_or(bytes.len(), |space| end + space);
                } else {
                    column += line[counted..at].chars().count();
                    counted = at;
                    let line_number = self.lines + 1;
                    visit(Event::Word(
                        &line[at..end],
                        Position {
                            line: line_number,
                            column,
                        },
                    ));
                    at = possessive_end(line, end);
                }
                continue;
            }
            match byte {
                b' ' | b'\t' | b'-' | b'/' | b'_' | b'*' => at += 1,
                b'`' => {
                    visit(Event::Break);
                    at = code_end(bytes, at);
                }
                b']' if bytes.get(at + 1) == Some(&b'(') => {
                    visit(Event::Break);
                    at = line[at..].find(')').map_or(at + 2, |close| at + close + 1);
                }
                _ => {
                    visit(Event::Break);
                    at += 1;
                }
            }
        }
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
        if byte.is_ascii_alphanumeric() {
            end += 1;
        } else if byte >= 0x80 {
            match line[end..].chars().next() {
                Some(c) if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) => {
                    end += c.len_utf8();
                }
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}

/// Where a word with an `'s` behind it ends.
fn possessive_end(line: &str, end: usize) -> usize {
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
