//! reStructuredText becomes Markdown, line by line.

use super::directives::{Content, Expanded, content, title};
use super::lines::{Definitions, Lines, indent};
use super::macros::{link, role_text};

/// Directives are nested no deeper than this.
const MAX_DEPTH: usize = 6;

/// A directive whose content goes on while lines are indented further than it is.
struct Open {
    own_indent: usize,
    /// How far the content is indented; known with its first line.
    indent: Option<usize>,
    content: Content,
    prefix: String,
    definitions: Definitions,
}

/// Converts a text; where it has glossary blocks, only those.
pub(super) fn convert(text: &str) -> Expanded {
    let has_glossary = text
        .lines()
        .any(|line| line.trim_start().starts_with(".. glossary::"));
    let mut converter = Converter {
        done: Expanded {
            has_glossary,
            ..Expanded::default()
        },
        source: text,
        open: vec![Open {
            own_indent: 0,
            indent: Some(0),
            content: if has_glossary {
                Content::Nothing
            } else {
                Content::Quote
            },
            prefix: String::new(),
            definitions: Definitions::default(),
        }],
        adornments: Vec::new(),
        opens_code: None,
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        let next = lines.get(number + 1).copied().unwrap_or_default();
        let after = lines.get(number + 2).copied().unwrap_or_default();
        number += converter.line(line, next, after, number + 1);
    }
    converter.close(0);
    converter.done
}

struct Converter<'s> {
    done: Expanded,
    source: &'s str,
    /// The text itself first, then open directives.
    open: Vec<Open>,
    /// The marks under and over titles, the highest level first.
    adornments: Vec<(char, bool)>,
    /// How far a paragraph is indented that announces code.
    opens_code: Option<usize>,
}

impl Converter<'_> {
    /// Converts a line; gives how many lines it takes.
    fn line(&mut self, line: &str, next: &str, after: &str, number: usize) -> usize {
        let text = line.trim();
        if text.is_empty() {
            self.blank(number);
            return 1;
        }
        self.close(indent(line));
        if self
            .opens_code
            .take()
            .is_some_and(|outer| indent(line) > outer)
        {
            let outer = indent(line) - 1;
            self.open(Content::Code, outer, number);
        }
        if let Some(open) = self.open.last_mut().filter(|open| open.indent.is_none()) {
            if text.starts_with(':') && text[1..].contains(':') {
                return 1;
            }
            open.indent = Some(indent(line));
        }
        if self
            .open
            .last()
            .is_some_and(|open| open.content == Content::Code)
        {
            self.emit(line, number);
            return 1;
        }
        if let Some(lines) = self.heading(line, next, after, number) {
            return lines;
        }
        match text
            .strip_prefix("..")
            .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            Some(rest) => self.explicit(rest.trim(), indent(line), number),
            None => self.text(line, next, number),
        }
        1
    }

    fn blank(&mut self, number: usize) {
        if let Some(open) = self.open.last_mut() {
            open.definitions.line("");
        }
        self.emit("", number);
    }

    fn text(&mut self, line: &str, next: &str, number: usize) {
        if let Some(outer) = line.trim_end().strip_suffix("::").map(|_| indent(line)) {
            self.opens_code = Some(outer);
        }
        let line = line.trim_end();
        let line = line
            .strip_suffix("::")
            .map_or(line.to_string(), |line| match line.trim() {
                "" => String::new(),
                _ => format!("{line}:"),
            });
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let inner = line
            .get(open.indent.unwrap_or(0).min(indent(&line))..)
            .unwrap_or(&line);
        let inner = match open.definitions.line(inner) {
            text if !open.definitions.is_in_text() && indent(&text) >= 4 => {
                text.trim_start().to_string()
            }
            text => text,
        };
        let is_name =
            indent(&inner) == 0 && !next.trim().is_empty() && indent(next) > indent(&line);
        let inner = match inner.split_once(" : ") {
            Some((name, _)) if is_name => name.to_string(),
            _ => inner,
        };
        let prefix = open.prefix.clone();
        if open.content != Content::Nothing {
            let line = inline(&inner, self.source);
            self.done.lines.push(&format!("{prefix}{line}\n"), number);
        }
    }

    /// A title with a line of marks under it, and perhaps one over it.
    fn heading(&mut self, line: &str, next: &str, after: &str, number: usize) -> Option<usize> {
        if self.open.len() > 1 {
            return None;
        }
        let (title, mark, is_over) = match (adornment(line), adornment(next), adornment(after)) {
            (Some(mark), None, Some(under)) if mark == under && !next.trim().is_empty() => {
                (next, mark, true)
            }
            (None, Some(mark), _) if indent(line) == 0 => (line, mark, false),
            (Some(_), ..) => {
                self.emit("", number);
                return Some(1);
            }
            _ => return None,
        };
        let known = self
            .adornments
            .iter()
            .position(|known| *known == (mark, is_over));
        let level = known.unwrap_or_else(|| {
            self.adornments.push((mark, is_over));
            self.adornments.len() - 1
        });
        self.emit("", number);
        let title = format!(
            "{} {}",
            "#".repeat((level + 1).min(6)),
            inline(title.trim(), self.source)
        );
        self.emit(&title, number + usize::from(is_over));
        self.emit("", number);
        Some(if is_over { 3 } else { 2 })
    }

    /// What follows two dots: a directive, a footnote, a target, or a comment.
    fn explicit(&mut self, text: &str, own_indent: usize, number: usize) {
        if let Some((label, note)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
            let note = inline(note.trim(), self.source);
            let line = format!("[^{}]: {note}\n", label.trim_start_matches(['#', '*']));
            self.done.lines.push(&line, number);
            return self.open(Content::Nothing, own_indent, number);
        }
        let name_and_argument = text
            .split_once("::")
            .filter(|(name, _)| !name.contains(' ') && !name.is_empty());
        let Some((name, argument)) = name_and_argument else {
            return self.open(Content::Nothing, own_indent, number);
        };
        let (content, title) = (content(name), title(name, argument));
        self.open(content, own_indent, number);
        if content == Content::Quote && !title.is_empty() {
            self.emit(&title, number);
            self.emit("", number);
        }
    }

    fn open(&mut self, content: Content, own_indent: usize, number: usize) {
        let Some(outer) = self.open.last() else {
            return;
        };
        let in_text = outer.definitions.is_in_text() && own_indent > outer.indent.unwrap_or(0);
        let mut prefix = outer.prefix.clone() + if in_text { "  " } else { "" };
        let is_hidden = outer.content == Content::Nothing && content != Content::Glossary;
        let content = if is_hidden || self.open.len() > MAX_DEPTH {
            Content::Nothing
        } else {
            content
        };
        self.emit("", number);
        if content == Content::Quote {
            prefix.push_str("> ");
        }
        self.open.push(Open {
            own_indent,
            indent: None,
            content,
            prefix,
            definitions: Definitions::default(),
        });
        if content == Content::Code {
            self.emit("```", number);
        }
    }

    /// Closes the directives that end before a line that is indented so.
    fn close(&mut self, indent: usize) {
        while self.open.len() > 1
            && self
                .open
                .last()
                .is_some_and(|open| indent <= open.own_indent)
        {
            let number = self.done.lines.last_number();
            if self
                .open
                .last()
                .is_some_and(|open| open.content == Content::Code)
            {
                self.emit("```", number);
            }
            self.open.pop();
            self.emit("", number);
        }
    }

    fn emit(&mut self, line: &str, number: usize) {
        if let Some(open) = self
            .open
            .last()
            .filter(|open| open.content != Content::Nothing)
        {
            let inner = line
                .get(open.indent.unwrap_or(0).min(indent(line))..)
                .unwrap_or(line);
            self.done
                .lines
                .push(&format!("{}{inner}\n", open.prefix), number);
        }
    }
}

/// The mark of a line of one mark.
fn adornment(line: &str) -> Option<char> {
    let line = line.trim_end();
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line.chars().all(|c| c == mark)).then_some(mark)
}

/// The text of a line: roles, links, and references to footnotes become those of Markdown.
fn inline(line: &str, source: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['`', ':', '[', '\\']) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let (shown, length) = token(after, source).unwrap_or_else(|| (after[..1].to_string(), 1));
        text.push_str(&shown);
        rest = &after[length..];
    }
    text + rest
}

/// What the mark at the beginning of a text shows, and how long it is.
fn token(text: &str, source: &str) -> Option<(String, usize)> {
    if let Some(code) = text.strip_prefix("``") {
        let end = code.find("``")?;
        return Some((text[..end + 4].to_string(), end + 4));
    }
    if let Some(quoted) = text.strip_prefix('`') {
        let end = quoted.find('`')?;
        let (inner, after) = (&quoted[..end], &quoted[end + 1..]);
        let marks = after.len() - after.trim_start_matches('_').len();
        if marks == 0 {
            return Some((text[..end + 2].to_string(), end + 2));
        }
        let shown = match inner
            .strip_suffix('>')
            .and_then(|inner| inner.rsplit_once('<'))
        {
            Some((shown, target)) => link(shown, target),
            None => inner.to_string(),
        };
        return Some((shown, end + 2 + marks));
    }
    if let Some(role) = text.strip_prefix(':') {
        let (name, rest) = role.split_once(":`")?;
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "-_:+.".contains(c));
        let end = rest.find('`').filter(|_| is_name)?;
        return Some((role_text(name, &rest[..end]), name.len() + end + 4));
    }
    if let Some(label) = text.strip_prefix('[') {
        let (label, _) = label.split_once("]_")?;
        let length = label.len() + 3;
        let bare = label.trim_start_matches(['#', '*']);
        let shown = if bare.len() < label.len() || label.chars().all(|c| c.is_ascii_digit()) {
            let is_known = source.contains(&format!(".. [{label}]"));
            if is_known {
                format!("[^{bare}]")
            } else {
                String::new()
            }
        } else {
            bare.to_string()
        };
        return (!label.contains(' ')).then_some((shown, length));
    }
    let escaped = text.strip_prefix('\\')?.chars().next()?;
    let shown = if escaped == ' ' {
        String::new()
    } else {
        format!("\\{escaped}")
    };
    Some((shown, 1 + escaped.len_utf8()))
}
