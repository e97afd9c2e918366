//! Extensions of Markdown become plain Markdown: directives and admonitions quotes; macros, shortcodes,
//! roles, template tags, wiki links, and HTML the text that they show. Code keeps them. No line is added
//! or taken out, so that each keeps its number.

use std::collections::HashMap;

use super::relations::page;
use super::words::is_in;
use crate::entry::key::fold;
use crate::entry::value::Map;

/// A macro or tag is at most this long, in bytes, and a comment this long.
const MAX_TAG: usize = 1_000;
const MAX_COMMENT: usize = 20_000;

/// A text of plain Markdown, and what was gathered from it.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) text: String,
    /// Whether there is a glossary block.
    pub(super) has_glossary: bool,
    /// Abbreviations `*[ABC]: text`, with their lines.
    pub(super) abbreviations: Vec<(usize, String, String)>,
    /// Directives whose end has not come yet.
    open: Vec<Open>,
    /// The fence that ends the code that the lines are in.
    code: Option<(char, usize)>,
}

struct Open {
    /// The fence that ends it, unless its lines are indented.
    fence: (char, usize),
    indent: usize,
    content: Content,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Quote,
    Glossary,
    Dropped,
}

/// What macros refer to.
struct Context<'t> {
    /// Addresses by the labels of reference links.
    links: HashMap<&'t str, &'t str>,
    page: &'t Map,
}

/// Prepares the text of a page. `page` is the front matter, of which templates show values.
pub(super) fn prepare(text: &str, page: &Map) -> Prepared {
    let lines = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix('['));
    let links = lines.filter_map(|line| line.split_once("]: ")).collect();
    let context = Context { links, page };
    let mut done = Prepared::default();
    let mut rest = text;
    let (mut after_blank, mut in_list) = (true, false);
    while let Some(line) = rest.split_inclusive('\n').next() {
        let bare = line.trim_end();
        let mut is_code = after_blank && !in_list && indent(line) >= 4 && done.open.is_empty();
        after_blank = bare.is_empty();
        if !after_blank && indent(line) < 4 {
            let mark = bare.trim_start().chars().next().unwrap_or(' ');
            in_list = mark.is_ascii_digit() || "-*+:>|".contains(mark);
        }
        if let Some(code) = done.code {
            is_code = true;
            done.code = (!closes(bare, code)).then_some(code);
        } else if let Some(shown) = done.directive(bare).or_else(|| done.mark(bare)) {
            done.text.push_str(&shown);
            done.text.push('\n');
            rest = &rest[line.len()..];
            continue;
        } else if !is_code {
            done.code = fence(bare);
            is_code = done.code.is_some();
        }
        let outer = done
            .open
            .last()
            .map_or(0, |open| open.indent.min(indent(line)));
        let is_quote = |open: &&Open| open.content == Content::Quote;
        let quotes = done.open.iter().filter(is_quote).count();
        done.text.push_str(&"> ".repeat(quotes));
        if is_code {
            done.text.push_str(&line[outer..]);
            rest = &rest[line.len()..];
        } else {
            rest = expand_line(&rest[outer..], &context, &mut done.text);
        }
    }
    done
}

impl Prepared {
    /// What a line becomes that begins or ends a directive, or is in one without text.
    fn directive(&mut self, line: &str) -> Option<String> {
        while let Some(open) = self.open.last() {
            if open.indent == 0 && closes(line, open.fence) {
                self.open.pop();
                return Some(String::new());
            }
            if line.is_empty() || indent(line) >= open.indent {
                break;
            }
            self.open.pop();
        }
        let inside = self.open.last().map(|open| open.content);
        if inside == Some(Content::Dropped) || inside.is_some() && is_option(line) {
            return Some(String::new());
        }
        let (name, argument, fence, indent) = opening(line)?;
        if is_in(&name, "code-directive") {
            self.code = Some(fence);
            return Some("```".to_string());
        }
        let content = match name.as_str() {
            "glossary" => Content::Glossary,
            name if is_in(name, "dropped-directive") => Content::Dropped,
            _ => Content::Quote,
        };
        self.has_glossary |= content == Content::Glossary;
        self.open.push(Open {
            fence,
            indent,
            content,
        });
        Some(match argument.trim_matches(['"', '[', ']', ' ']) {
            _ if name == "seealso" => "> **See also:**".to_string(),
            "" => String::new(),
            title => format!("> **{title}**\\"),
        })
    }

    /// What a line becomes that only a site generator reads, or that is an abbreviation.
    fn mark(&mut self, line: &str) -> Option<String> {
        if let Some((name, text)) = line
            .strip_prefix("*[")
            .and_then(|line| line.split_once("]:"))
        {
            let number = self.text.matches('\n').count();
            self.abbreviations
                .push((number, name.to_string(), text.to_string()));
            return Some(String::new());
        }
        let callout = line
            .strip_prefix("> [!")
            .and_then(|line| line.split_once(']'));
        if let Some((_, title)) = callout {
            let title = title.trim_start_matches(['-', '+', ' ']);
            let quote = if title.is_empty() {
                ">"
            } else {
                &format!("> **{title}**\\")
            };
            return Some(quote.to_string());
        }
        let bare = line.trim_matches(['[', ']', '{', '}', ':', '_', ' ']);
        let is_statement = line.starts_with("import ") || line.starts_with("export ");
        let is_mark = is_statement && line.ends_with([';', '\'', '"', '}'])
            || line.starts_with("% ")
            || line == "+++"
            || line.starts_with('(') && line.ends_with(")=")
            || line.starts_with("<a ") && line.ends_with("></a>")
            || line.len() > bare.len() && bare.eq_ignore_ascii_case("toc");
        is_mark.then(String::new)
    }
}

/// The name, argument, fence, and indent of a directive that a line opens.
fn opening(line: &str) -> Option<(String, &str, (char, usize), usize)> {
    let trimmed = line.trim();
    let mark = trimmed
        .chars()
        .next()
        .filter(|mark| "`~:!?".contains(*mark))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    let rest = rest.trim_start_matches(['+', ' ']);
    let braced = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let (name, argument) = match braced {
        None if "`~".contains(mark) => return None,
        None => rest.split_at(rest.find([' ', '[']).unwrap_or(rest.len())),
        Some(braced) => braced,
    };
    let is_directive = length >= 3 && name.contains(char::is_alphabetic) && !name.contains(' ');
    let indent = if "!?".contains(mark) {
        indent(line) + 4
    } else {
        0
    };
    is_directive.then(|| (name.to_lowercase(), argument, (mark, length), indent))
}

/// Whether a line is an option of a directive: `:name: value`.
fn is_option(line: &str) -> bool {
    let option = line
        .trim()
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(':'));
    option.is_some_and(|(name, _)| !name.is_empty() && !name.contains([' ', '`']))
}

/// The spaces at the beginning of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The mark of a fence of code that a line opens, and how often it occurs.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches([' ', '>', '-', '*']);
    let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    (length >= 3 && !info.contains('`')).then_some((mark, length))
}

/// Whether a line closes a fence.
fn closes(line: &str, (mark, length): (char, usize)) -> bool {
    let line = line.trim_matches([' ', '>']);
    line.len() >= length && !line.is_empty() && line.chars().all(|c| c == mark)
}

/// Expands up to the end of a line; gives the rest. What a macro spans goes with it.
fn expand_line<'t>(text: &'t str, context: &Context<'_>, out: &mut String) -> &'t str {
    let start = out.len();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '`', '{', '%', '\\', '<', '[', '!', '~']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(rest) = rest.strip_prefix('\n') {
            out.push('\n');
            return rest;
        }
        let far = out.len().saturating_sub(MAX_TAG).max(start);
        let before = out.get(far..).unwrap_or_default();
        let (shown, length) = shown(rest, before, context).unwrap_or((rest[..1].to_string(), 1));
        let breaks = rest[..length].matches('\n').count();
        let breaks = breaks.saturating_sub(shown.matches('\n').count());
        out.push_str(&shown);
        out.push_str(&"\n".repeat(breaks));
        rest = &rest[length..];
    }
    out.push_str(rest);
    ""
}

/// What the mark at the beginning of a text shows, and how long it is; `before` is its line up to there.
fn shown(text: &str, before: &str, context: &Context<'_>) -> Option<(String, usize)> {
    let inside = |start: &str, end: &str, most| {
        let inner = near(text.strip_prefix(start)?, most);
        let inner = &inner[..inner.find(end)?];
        Some((inner, start.len() + inner.len() + end.len()))
    };
    let dropped = |start, end| Some((String::new(), inside(start, end, MAX_COMMENT)?.1));
    let is_first = before.trim_matches([' ', '-', '*', '+', '>']).is_empty();
    match text.as_bytes() {
        [b'`', ..] => Some(code_span(text)),
        [b'\\', next, ..] if next.is_ascii_punctuation() => Some((text[..2].to_string(), 2)),
        [b'~', b'~', ..] => Some((String::new(), 2)),
        [b'%', b'%', ..] if is_first || before.ends_with(' ') => dropped("%%", "%%"),
        [b'!', b'[', b'[', ..] => dropped("![[", "]]"),
        [b'[', b'[', ..] => {
            let (inner, length) = inside("[[", "]]", MAX_TAG)?;
            let name = page(inner.split('#').next()?);
            let (target, text) = inner.split_once('|').unwrap_or((inner, name));
            let is_anchor = before.starts_with('#') && before.contains(char::is_alphanumeric);
            Some((
                if is_anchor {
                    String::new()
                } else {
                    link(text, target)
                },
                length,
            ))
        }
        [b'[', ..] if before.ends_with(']') => {
            let (label, length) = inside("[", "]", MAX_TAG)?;
            let target = context.links.get(label)?;
            Some((format!("(<{target}>)"), length))
        }
        [b'[', b'x' | b'X' | b' ', b']', ..] if is_first && !before.trim().is_empty() => {
            dropped("[", "]")
        }
        [b'<', b'!', b'-', b'-', ..] => {
            let (inner, length) = inside("<!--", "-->", MAX_COMMENT)?;
            let is_mark = matches!(inner.trim(), "more" | "truncate");
            Some((text[..if is_mark { length } else { 0 }].to_string(), length))
        }
        [b'<', ..] => tag(inside("<", ">", MAX_TAG)?),
        [b'{', b'/', b'*', ..] => dropped("{/*", "*/}"),
        [b'{', b':', ..] => dropped("{:", "}"),
        [b'{', b'#' | b'.', next, ..] if next.is_ascii_alphabetic() => dropped("{", "}"),
        [b'{', b'{' | b'%', ..] => {
            let pairs = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
            let (start, end) = pairs.iter().find(|(start, _)| text.starts_with(start))?;
            let (inner, length) = inside(start, end, MAX_TAG)?;
            let inner = inner.trim_matches(['-', ' ']);
            Some(expand_macro(inner, text, length, before, context.page))
        }
        [b'{', ..] => {
            let (name, length) = inside("{", "}`", MAX_TAG)?;
            let (inner, _) = near(&text[length..], MAX_TAG).split_once('`')?;
            let is_name = name
                .chars()
                .all(|c| c.is_alphanumeric() || "-_:+".contains(c));
            is_name.then(|| (role(name, inner), length + inner.len() + 1))
        }
        _ => None,
    }
}

fn code_span(text: &str) -> (String, usize) {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let paragraph = near(&text[ticks..], MAX_TAG)
        .split("\n\n")
        .next()
        .unwrap_or_default();
    let mut at = 0;
    while let Some(start) = paragraph[at..].find('`') {
        let run = &paragraph[at + start..];
        let run = run.len() - run.trim_start_matches('`').len();
        at += start + run;
        if run == ticks {
            return (text[..ticks + at].to_string(), ticks + at);
        }
    }
    (text[..ticks].to_string(), ticks)
}

/// A tag of HTML or MDX. Those that no browser knows stay: `<pad>` is a word.
fn tag((inner, length): (&str, usize)) -> Option<(String, usize)> {
    let bare = inner.trim_start_matches('/');
    let name = bare.split([' ', '/', '\n']).next()?;
    let is_component = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
    let shown = if inner == "li" { "- " } else { "" };
    let is_known = is_component || is_in(&name.to_lowercase(), "html");
    is_known.then(|| (shown.to_string(), length))
}

/// What a macro, shortcode, or template tag shows, and how long it is with what it encloses.
fn expand_macro(
    inner: &str,
    text: &str,
    length: usize,
    before: &str,
    page: &Map,
) -> (String, usize) {
    let arguments = arguments(inner);
    let name = arguments.first().map_or("", |(_, name)| name);
    let rest = near(&text[length..], MAX_COMMENT);
    let end = match name {
        "raw" => rest.find("endraw"),
        "comment" => rest.find("endcomment").or(rest.find("/comment")),
        _ => None,
    };
    if let Some(end) = end {
        let content = rest[..end].rfind('{').unwrap_or(end);
        let close = rest[end..].find('}').unwrap_or(0);
        let close = rest[end + close..].trim_start_matches('}');
        let shown = if name == "raw" { &rest[..content] } else { "" };
        return (shown.to_string(), length + rest.len() - close.len());
    }
    let after = text[length..].lines().next().unwrap_or_default();
    let is_alone = before.trim().is_empty() && after.trim().is_empty();
    let mut texts = arguments.iter().skip(1).map(|(_, text)| text.as_str());
    let shown = if let Some((text, target)) = term(&arguments) {
        let is_in_link = before.matches('[').count() > before.matches(']').count();
        if is_in_link {
            text
        } else {
            link(&text, target)
        }
    } else if matches!(name, "ref" | "relref" | "link") {
        texts.next().unwrap_or_default().to_string()
    } else if inner.contains("(\"") || inner.contains("('") {
        let mut texts = texts.filter(|text| !is_alone && !text.starts_with('/'));
        let first = texts.next().unwrap_or_default();
        let is_text = |text: &&str| text.contains(char::is_alphabetic);
        texts.next().filter(is_text).unwrap_or(first).to_string()
    } else if let Some(key) = name.strip_prefix("page.") {
        let value = page.iter().find(|(known, _)| fold(known) == fold(key));
        value
            .and_then(|(_, value)| value.text())
            .unwrap_or_default()
            .to_string()
    } else {
        name[..if inner.starts_with(['"', '\'']) {
            name.len()
        } else {
            0
        }]
            .to_string()
    };
    (shown, length)
}

/// What a role of Sphinx shows: its text without a target, as a link if it names a term.
fn role(name: &str, text: &str) -> String {
    let target = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    let last = text
        .strip_prefix('~')
        .and_then(|path| path.rsplit('.').next());
    let (shown, target) = target.unwrap_or((last.unwrap_or(text), text));
    if is_in(name, "linking-role") {
        link(shown, target)
    } else if shown.contains(['*', '_', '<', '[', '\\', '=']) {
        format!("`{shown}`")
    } else {
        shown.to_string()
    }
}

/// The arguments of a macro: words and texts in quotes, with their names if they have any.
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    let separates = |c: char| c.is_whitespace() || "(),|".contains(c);
    let mut rest = text.trim_start_matches(separates);
    while !rest.is_empty() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let value = rest[end..].strip_prefix('=');
        let name = if value.is_some() { &rest[..end] } else { "" };
        let value = value.unwrap_or(rest);
        let quote = value.chars().next().filter(|quote| "\"'".contains(*quote));
        let value = &value[usize::from(quote.is_some())..];
        let ends = |c: char| quote.map_or(separates(c), |quote| c == quote);
        let (value, after) = value.split_at(value.find(ends).unwrap_or(value.len()));
        arguments.push((fold(name), value.to_string()));
        rest = after.trim_start_matches(|c| separates(c) || Some(c) == quote);
    }
    arguments
}

/// The text and the term of a macro that names one.
fn term(arguments: &[(String, String)]) -> Option<(String, &str)> {
    let named = |key| arguments.iter().find(|(known, _)| known == key);
    let id = named("termid").or(named("term"));
    let name = arguments.first()?.1.to_lowercase();
    let names_term = ["glossary", "term", "tooltip", "definition"];
    if id.is_none() && !names_term.iter().any(|word| name.contains(word)) {
        return None;
    }
    let mut texts = arguments[1..].iter().filter(|(key, _)| key.is_empty());
    let (_, target) = id.or_else(|| texts.next())?;
    let text = named("text").or_else(|| texts.next().filter(|_| id.is_none()));
    let words = target.replace(['-', '_'], " ");
    Some((text.map_or(words, |(_, text)| text.clone()), target))
}

/// A link of Markdown.
fn link(text: &str, target: &str) -> String {
    let text = text.replace(['[', ']', '\n'], " ");
    let target = target.replace(['<', '>', '\n'], "");
    format!("[{}](<{}>)", text.trim(), target.trim())
}

/// The beginning of a text, at most this long.
pub(super) fn near(text: &str, most: usize) -> &str {
    let mut ends = (0..=most.min(text.len())).rev();
    let end = ends.find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
