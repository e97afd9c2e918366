//! reStructuredText, of which a glossary uses little: it becomes Markdown, line by line, so that each line
//! keeps its number.

use std::ops::Range;

use super::markdown::read_terms;
use super::words::is_in;
use super::{File, Reading};
use crate::entry::Problem;

/// The directive whose items are terms.
const GLOSSARY: &str = ".. glossary::";

/// A definition has at most this many names.
const MAX_NAMES: usize = 8;

/// Reads the terms of glossary directives; without one, those of a file that is called a glossary.
pub(super) fn read(file: &File, source: &str) -> Result<Reading, Problem> {
    let has_glossary = source.lines().any(|line| line.trim() == GLOSSARY);
    if !has_glossary && !file.is_called_glossary() {
        return Ok(Reading::default());
    }
    let mut converter = Converter {
        lines: whole_lines(source),
        marks: Vec::new(),
        out: Vec::new(),
    };
    let end = converter.lines.len();
    converter.block(
        0..end,
        0,
        if has_glossary {
            &Part::Outside
        } else {
            &Part::Text
        },
    );
    read_terms(&converter.out.join("\n"), 1)
}

/// What the lines of a block are.
enum Part {
    /// Text of a file.
    Text,
    /// Names and their definitions.
    Glossary,
    /// Text with the marks that its lines begin with in Markdown.
    Prefixed(String),
    /// The same for the text of a definition.
    Definition(String),
    /// Beside the glossary: only that and footnotes are read.
    Outside,
    /// Nothing that is shown.
    Hidden,
}

impl Part {
    fn prefix(&self) -> &str {
        match self {
            Self::Prefixed(prefix) | Self::Definition(prefix) => prefix,
            _ => "",
        }
    }
}

struct Converter {
    lines: Vec<String>,
    /// The marks under headings, those of the highest level first.
    marks: Vec<char>,
    out: Vec<String>,
}

impl Converter {
    /// Converts lines that are indented by at least `indent`.
    fn block(&mut self, range: Range<usize>, indent: usize, part: &Part) {
        let (mut at, end) = (range.start, range.end);
        while at < end {
            let text = self.lines[at].get(indent..).unwrap_or_default();
            let text = &*text.trim_end().to_string();
            let is_hidden = matches!(part, Part::Hidden) || text.is_empty();
            let inside = if is_hidden {
                None
            } else {
                self.opening(text, at, indent, part)
            };
            at += 1;
            if let Some((line, inside)) = inside {
                let inner = at..self.end_of_inner(at, end, indent);
                let indents = self.lines[inner.clone()].iter().map(|line| indent_of(line));
                let (first, next) = (self.out.len() + 1, indents.min().unwrap_or(indent));
                self.out.push(line);
                at = inner.end;
                self.block(inner, next, &inside);
                if let Part::Definition(prefix) = inside
                    && let Some(line) = self.out[first..].iter_mut().find(|line| !line.is_empty())
                {
                    *line = format!("{}: {}", &prefix[2..], line.trim_start());
                }
            } else {
                let is_shown = !is_hidden && !matches!(part, Part::Outside);
                let line = if is_shown {
                    self.line(text, at - 1, indent)
                } else {
                    String::new()
                };
                let line = format!("{}{line}", part.prefix());
                self.out.push(line.trim_end().to_string());
            }
        }
    }

    /// The Markdown of a line that says what the lines under it are, and what they are.
    fn opening(&self, text: &str, at: usize, indent: usize, part: &Part) -> Option<(String, Part)> {
        let prefix = part.prefix();
        if text == GLOSSARY {
            return Some((String::new(), Part::Glossary));
        }
        if text.starts_with(".. ") || text == ".." {
            return Some(directive(text[2..].trim(), prefix));
        }
        if matches!(part, Part::Outside) || is_item(text) || is_option(text) {
            return None;
        }
        let blank = self.lines[at + 1..]
            .iter()
            .take_while(|line| line.trim().is_empty());
        let blank = blank.take_while(|_| matches!(part, Part::Glossary)).count();
        if self.is_above(at + blank, 1, indent) {
            let line = format!("{prefix}{}", inline(name(text)));
            return Some((line, Part::Definition(format!("{prefix}  "))));
        }
        let line = format!(
            "{prefix}{}",
            inline(text.strip_suffix(':').filter(|text| text.ends_with(':'))?)
        );
        Some((line, Part::Prefixed(format!("{prefix}    "))))
    }

    /// Text without what is under it.
    fn line(&mut self, text: &str, at: usize, indent: usize) -> String {
        let next = self.lines.get(at + 1).map_or("", String::as_str);
        if is_option(text) || is_mark(text) {
            return String::new();
        }
        if is_mark(next) && indent == 0 {
            let mark = next.chars().next().unwrap_or_default();
            let level = self.marks.iter().position(|known| *known == mark);
            if level.is_none() {
                self.marks.push(mark);
            }
            let level = level.map_or(self.marks.len(), |level| level + 1);
            return format!("{} {}", "#".repeat(level.min(6)), inline(text));
        }
        // One of several names of a definition.
        inline(if self.is_above(at, MAX_NAMES, indent) {
            name(text)
        } else {
            text
        })
    }

    /// Whether lines that are indented further directly follow within some lines.
    fn is_above(&self, at: usize, lines: usize, indent: usize) -> bool {
        let mut after = self.lines[at + 1..].iter().take(lines);
        let next = after.find(|line| indent_of(line) > indent);
        next.is_some_and(|line| !line.trim().is_empty())
    }

    /// Where the lines end that are indented further than `indent`.
    fn end_of_inner(&self, start: usize, end: usize, indent: usize) -> usize {
        let is_outer = |line: &String| !line.trim().is_empty() && indent_of(line) <= indent;
        let length = self.lines[start..end].iter().position(is_outer);
        let mut end = length.map_or(end, |length| start + length);
        while end > start && self.lines[end - 1].trim().is_empty() {
            end -= 1;
        }
        end
    }
}

/// The Markdown of the first line of a directive, and what the lines under it are.
fn directive(text: &str, prefix: &str) -> (String, Part) {
    let (name, argument) = text.split_once("::").unwrap_or((text, ""));
    let quote = |line: String| {
        (
            format!("{prefix}> {line}"),
            Part::Prefixed(format!("{prefix}> ")),
        )
    };
    let footnote = text
        .strip_prefix('[')
        .and_then(|text| text.split_once("] "));
    if let Some((mark, note)) = footnote {
        let line = format!("[^{}]: {}", mark.trim_start_matches('#'), inline(note));
        return (line, Part::Prefixed("    ".to_string()));
    }
    match name {
        "seealso" => quote(format!("**See also:** {}", inline(argument))),
        "admonition" => quote(format!("**{}**\\", argument.trim())),
        _ if is_in(name, "admonition") => quote(inline(argument.trim())),
        _ if is_in(name, "code-directive") => {
            (String::new(), Part::Prefixed(format!("{prefix}    ")))
        }
        _ => (String::new(), Part::Hidden),
    }
}

/// A name without its classifier: `name : kind`.
fn name(text: &str) -> &str {
    text.split_once(" : ").map_or(text, |(name, _)| name)
}

/// The lines of a text with spaces for tabs. Code and roles that go on in the next line are moved to one of
/// the lines, of which none may become blank.
fn whole_lines(source: &str) -> Vec<String> {
    let lines = source.lines().map(|line| line.replace('\t', "        "));
    let mut lines: Vec<String> = lines.collect();
    for at in 1..lines.len() {
        let (before, after) = lines.split_at_mut(at);
        let (line, next) = (&mut before[at - 1], &mut after[0]);
        let is_open = line.replace("``", "").matches('`').count() % 2 == 1;
        let (Some(mark), Some(end)) = (line.rfind('`').filter(|_| is_open), next.find('`')) else {
            continue;
        };
        let start = next.len() - next.trim_start().len();
        let end = next[end..]
            .find(' ')
            .map_or(next.len(), |space| end + space);
        if end < next.len() {
            *line = format!("{line} {}", &next[start..end]);
            *next = next[..start].to_string() + next[end..].trim_start();
        } else if let Some(space) = line[..mark].rfind(' ') {
            *next = format!(
                "{}{} {}",
                &next[..start],
                &line[space + 1..],
                &next[start..]
            );
            line.truncate(space);
        }
    }
    lines
}

fn indent_of(line: &str) -> usize {
    match line.trim_start_matches(' ') {
        "" => usize::MAX,
        text => line.len() - text.len(),
    }
}

/// Whether a line is one of punctuation: under a heading, or between parts.
fn is_mark(line: &str) -> bool {
    let line = line.trim_end();
    let first = line.chars().next().filter(char::is_ascii_punctuation);
    line.len() >= 3 && first.is_some_and(|mark| line.chars().all(|c| c == mark))
}

/// Whether a line is an option of a directive.
fn is_option(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|text| text.split_once(':'));
    name.is_some_and(|(name, after)| !name.contains(' ') && !after.starts_with('`'))
}

fn is_item(text: &str) -> bool {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '#');
    let is_numbered = number.len() < text.len() && number.starts_with(". ");
    is_numbered
        || ["- ", "* ", "+ ", "| "]
            .iter()
            .any(|mark| text.starts_with(mark))
}

/// A line of text with its code, roles, links, and references in Markdown.
fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let is_code = after.starts_with('`');
        let after = after.trim_start_matches('`');
        let Some((inner, behind)) = after.split_once(if is_code { "``" } else { "`" }) else {
            break;
        };
        let before = references(before);
        let role = before.strip_suffix(':');
        let role = role.and_then(|text| text.rsplit_once([' ', '(', '"']).or(Some(("", text))));
        let role = role.filter(|(_, name)| name.starts_with(':'));
        rest = behind;
        if let (false, Some((_, name))) = (is_code, role) {
            out.push_str(&before[..before.len() - name.len() - 1]);
            out.extend(["{", &name[1..], "}`", inner, "`"]);
        } else if let (false, Some(behind)) = (is_code, behind.strip_prefix('_')) {
            rest = behind.trim_start_matches('_');
            let link = inner
                .strip_suffix('>')
                .and_then(|inner| inner.split_once('<'));
            let link = link.map(|(text, target)| format!("[{}]({target})", text.trim()));
            out.push_str(&(before + &link.unwrap_or_else(|| inner.to_string())));
        } else {
            out.extend([&before, "`", inner, "`"]);
        }
    }
    out + &references(rest)
}

/// A text with its references `[x]_` as footnotes, or as their names.
fn references(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("]_") {
        let (before, name) = before.rsplit_once('[').unwrap_or((before, ""));
        let note = name.trim_start_matches('#');
        let is_note = note.len() < name.len() || note.chars().all(|c| c.is_ascii_digit());
        out.push_str(before);
        if is_note {
            out.extend(["[^", note, "]"]);
        } else {
            out.push_str(name);
        }
        rest = after;
    }
    out + rest
}
