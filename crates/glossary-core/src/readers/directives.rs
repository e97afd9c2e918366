//! Line by line: directives, admonitions, and marks that take a line of their own become Markdown.

use super::lines::{Definitions, Lines, closes, fence, indent};
use super::words::{Role, is_in, role};

/// Directives whose content is no text.
const DROPPED: &str = "figure image toctree contents include literalinclude bibliography index raw eval-rst \
    tableofcontents mermaid plot sectionauthor currentmodule module tags csv-table list-table only";

/// Directives whose content is code.
const CODE: &str =
    "code code-block code-cell sourcecode math parsed-literal prompt doctest highlight";

/// Quotes are nested no deeper than this.
const MAX_DEPTH: usize = 6;

/// A text without directives, and what was gathered from them.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    pub(super) lines: Lines,
    /// Whether there is a glossary block.
    pub(super) has_glossary: bool,
    /// Abbreviations `*[ABC]: text`, with their lines.
    pub(super) abbreviations: Vec<(usize, String, String)>,
}

/// What the content of a directive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Quote,
    Glossary,
    Code,
    Nothing,
}

/// What the content of a directive is, by its name.
pub(super) fn content(name: &str) -> Content {
    match name {
        "glossary" => Content::Glossary,
        _ if is_in(name, CODE) => Content::Code,
        _ if is_in(name, DROPPED) => Content::Nothing,
        _ => Content::Quote,
    }
}

/// The first line of the quote that a directive becomes.
pub(super) fn title(name: &str, argument: &str) -> String {
    match argument.trim().trim_matches(['"', '[', ']']) {
        _ if name == "seealso" => "**See also**".to_string(),
        "" => String::new(),
        title => format!("**{title}**"),
    }
}

/// An open directive.
struct Open {
    end: End,
    content: Content,
    /// Whether lines of options may follow.
    is_new: bool,
    definitions: Definitions,
}

enum End {
    /// A fence of at least this length.
    Fence(char, usize),
    /// A line that is indented less.
    Indent(usize),
}

/// Expands the directives of MyST, Docusaurus, MkDocs, and GitHub.
pub(super) fn expand(source: &Lines) -> Expanded {
    let mut expander = Expander::default();
    for (number, line) in source.iter() {
        expander.line(line, number);
    }
    expander.done
}

#[derive(Default)]
struct Expander {
    done: Expanded,
    open: Vec<Open>,
    code: Option<(char, usize)>,
    /// The line before.
    before: String,
    /// Whether a statement of MDX continues.
    in_statement: bool,
}

impl Expander {
    fn line(&mut self, line: &str, number: usize) {
        if let Some(code) = self.code {
            if closes(line, code) {
                self.code = None;
            }
            return self.emit(line, number);
        }
        if self.ends_directive(line, number) {
            return;
        }
        let content = match self.open.last_mut() {
            Some(open) if open.is_new && is_option(line) => return,
            Some(open) => {
                open.is_new = false;
                open.content
            }
            None => Content::Quote,
        };
        match content {
            Content::Nothing => {}
            Content::Code => self.emit(line, number),
            Content::Glossary => {
                let line = self.open.last_mut().map(|open| open.definitions.line(line));
                self.markdown(&line.unwrap_or_default(), number);
            }
            Content::Quote => self.markdown(line, number),
        }
    }

    fn markdown(&mut self, line: &str, number: usize) {
        if let Some((name, argument, end)) = opening(line) {
            return self.start(&name, argument, end, number);
        }
        if let Some(mark) = fence(line) {
            self.code = Some(mark);
            return self.emit(line, number);
        }
        if self.in_statement || is_statement(line) {
            let opens = line.matches('{').count() > line.matches('}').count();
            let closes = line.matches('}').count() > line.matches('{').count();
            self.in_statement = !line.trim().is_empty() && (opens || self.in_statement && !closes);
            return self.emit("", number);
        }
        if is_mark(line.trim()) {
            return self.emit("", number);
        }
        if let Some((name, text)) = abbreviation(line.trim()) {
            let abbreviation = (number, name.to_string(), text.to_string());
            self.done.abbreviations.push(abbreviation);
            return self.emit("", number);
        }
        if let Some((quote, title)) = callout(line) {
            self.emit(&format!("{quote}{title}"), number);
            return self.emit(quote, number);
        }
        self.labeled(line, number);
    }

    /// Writes a line; one that begins with a label becomes a paragraph.
    fn labeled(&mut self, line: &str, number: usize) {
        let label = label(line);
        let role = label.and_then(|(name, _)| role(name));
        let is_label = match label {
            Some((_, true)) => role.is_some() || self.before.starts_with("**"),
            Some((_, false)) => matches!(role, Some(Role::Names | Role::Related | Role::Text)),
            None => false,
        };
        if is_label && !self.before.trim().is_empty() {
            self.emit("", number);
        }
        self.emit(line, number);
        if is_label && matches!(role, Some(Role::Names | Role::Related)) {
            self.emit("", number);
        }
    }

    fn start(&mut self, name: &str, argument: &str, end: End, number: usize) {
        let content = content(name);
        self.done.has_glossary |= content == Content::Glossary;
        self.emit("", number);
        self.open.push(Open {
            end,
            content,
            is_new: true,
            definitions: Definitions::default(),
        });
        match content {
            Content::Code => self.emit("```", number),
            Content::Quote => {
                let title = title(name, argument);
                if !title.is_empty() {
                    self.emit(&title, number);
                    self.emit("", number);
                }
            }
            Content::Glossary | Content::Nothing => {}
        }
    }

    /// Closes the directives that end before a line, or with it: then there is no more to the line.
    fn ends_directive(&mut self, line: &str, number: usize) -> bool {
        while let Some(open) = self.open.last() {
            let ends_with_line = match open.end {
                End::Fence(mark, length) if closes(line, (mark, length)) => true,
                End::Indent(least) if !line.trim().is_empty() && indent(line) < least => false,
                _ => return false,
            };
            if open.content == Content::Code {
                self.emit("```", number);
            }
            self.open.pop();
            self.emit("", number);
            if ends_with_line {
                return true;
            }
        }
        false
    }

    /// Writes a line, in the quotes that it is in.
    fn emit(&mut self, line: &str, number: usize) {
        let is_quote = |open: &&Open| open.content == Content::Quote;
        let depth = self.open.iter().filter(is_quote).count().min(MAX_DEPTH);
        let indents = self.open.iter().map(|open| match open.end {
            End::Indent(indent) => indent,
            End::Fence(..) => 0,
        });
        let outer = indents.max().unwrap_or(0).min(indent(line));
        let line = line.get(outer..).unwrap_or(line);
        let line = "> ".repeat(depth) + line;
        self.done.lines.push(&(line.clone() + "\n"), number);
        self.before = line.trim_start_matches("> ").to_string();
    }
}

/// The name, argument, and end of a directive that a line opens.
fn opening(line: &str) -> Option<(String, &str, End)> {
    let trimmed = line.trim();
    for mark in ["!!!", "???+", "???"] {
        if let Some(rest) = trimmed
            .strip_prefix(mark)
            .filter(|rest| rest.starts_with(' '))
        {
            let (name, title) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
            return Some((name.to_lowercase(), title, End::Indent(indent(line) + 4)));
        }
    }
    let mark = trimmed
        .chars()
        .next()
        .filter(|mark| "`~:".contains(*mark))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    let is_name = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
    let (name, argument) = match rest.trim_start().strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None if mark == ':' => {
            let rest = rest.trim_start();
            rest.split_at(rest.find(|c| !is_name(c)).unwrap_or(rest.len()))
        }
        None => return None,
    };
    let name = name.split_whitespace().next()?.trim_start_matches('.');
    let is_directive = length >= 3 && !name.is_empty() && name.chars().all(is_name);
    is_directive.then(|| (name.to_lowercase(), argument, End::Fence(mark, length)))
}

/// An option of a directive: `:name: value`.
fn is_option(line: &str) -> bool {
    let rest = line.trim().strip_prefix(':');
    rest.and_then(|rest| rest.split_once(':'))
        .is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
}

/// An import or export of MDX.
fn is_statement(line: &str) -> bool {
    let quoted = line.contains(['\'', '"']) || line.trim_end().ends_with('{');
    line.starts_with("import ") && quoted
        || [
            "export const ",
            "export default ",
            "export function ",
            "export let ",
        ]
        .iter()
        .any(|start| line.starts_with(start))
}

/// A line that only a site generator reads: a target, a comment, a place for a table of contents.
fn is_mark(line: &str) -> bool {
    let is_target = line.starts_with('(') && line.ends_with(")=") && !line.contains(' ');
    let bare = line
        .trim_start_matches(['*', '-', '1', '.', ' '])
        .trim_matches(['[', ']', '{', '}', ':', '_']);
    is_target
        || line.starts_with("% ")
        || line == "+++"
        || line.starts_with("+++ ")
        || line != bare && bare.eq_ignore_ascii_case("toc")
}

fn abbreviation(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.strip_prefix("*[")?.split_once("]:")?;
    Some((name.trim(), text.trim()))
}

/// The quote marks and the title in bold of a line `> [!NOTE] Title`.
fn callout(line: &str) -> Option<(&str, String)> {
    let rest = line.trim_start_matches(['>', ' ']);
    let (quote, (kind, title)) = (
        &line[..line.len() - rest.len()],
        rest.strip_prefix("[!")?.split_once(']')?,
    );
    let is_callout = quote.contains('>') && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    let title = title.trim_start_matches(['-', '+']).trim();
    let title = if title.is_empty() {
        String::new()
    } else {
        format!("**{title}**")
    };
    is_callout.then_some((quote, title))
}

/// The label that a line begins with, and whether it is bold: `**Context:** …`, `See also: …`.
pub(super) fn label(line: &str) -> Option<(&str, bool)> {
    for mark in ["**", "__"] {
        if let Some((name, rest)) = line
            .strip_prefix(mark)
            .and_then(|rest| rest.split_once(mark))
        {
            let bare = name.trim_end_matches([':', '：', ' ']);
            let is_label = bare.len() < name.len() || rest.trim_start().starts_with([':', '：']);
            return is_label.then_some((bare, true));
        }
    }
    let (name, rest) = line.split_once([':', '：'])?;
    let is_label = name.split_whitespace().count() <= 4 && !rest.starts_with(['/', ':']);
    is_label.then(|| (name.trim_matches(['*', '_', '(', ' ']), false))
}

#[cfg(test)]
mod tests {
    use super::super::lines::Lines;
    use super::expand;

    #[test]
    fn directives_become_quotes() {
        for (source, expanded) in [
            (
                ":::tip Remember\nText.\n:::\nAfter.",
                "\n> **Remember**\n> \n> Text.\n\nAfter.",
            ),
            ("::: danger\nText.\n:::", "\n> Text.\n"),
            (
                "!!! warning \"Old\"\n    Text.\n\n    More.\nAfter.",
                "\n> **Old**\n> \n> Text.\n> \n> More.\n\nAfter.",
            ),
            ("> [!NOTE] Title\n> Text.", "> **Title**\n> \n> Text."),
            ("```{note}\n:class: x\nText.\n```", "\n> Text.\n"),
            (
                "```{code-block} text\n:linenos:\n:::x\n```",
                "\n```\n:::x\n```\n",
            ),
            ("```\n:::tip\n[^1]: x\n```", "```\n:::tip\n[^1]: x\n```"),
            ("```{figure} a.png\n:width: 1\n```\nText.", "\n\nText."),
            (
                "(x)=\n% no\n[TOC]\nimport { A } from 'a';\nText.",
                "\n\n\n\nText.",
            ),
            (
                "```{glossary}\n:sorted:\nA\n  Text.\n\n  More.\n```",
                "\nA\n: Text.\n\n  More.\n",
            ),
            ("**A:** x\n**B:** y", "**A:** x\n\n**B:** y"),
            (
                "Text.\nSee also: A, B\nMore.",
                "Text.\n\nSee also: A, B\n\nMore.",
            ),
            ("*[AB]: text\nText.", "\nText."),
        ] {
            let expanded_now = expand(&Lines::new(source, 1));
            assert_eq!(
                expanded_now.lines.text(),
                format!("{expanded}\n"),
                "{source:?}"
            );
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let lines = expand(&Lines::new(":::note A\nb\n:::\nSee also: x\nlast", 7)).lines;
        let at = |text: &str| lines.number(lines.text().find(text).expect("a text"));
        assert_eq!((at("b"), at("See"), at("last")), (8, 10, 11));
    }
}
