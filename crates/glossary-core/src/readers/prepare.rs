//! Extensions of Markdown become plain Markdown: admonitions quotes; macros, shortcodes, template tags,
//! wiki links, and HTML the text that they show. Code keeps them. No line is added or taken out, so that
//! each keeps its number.

use std::collections::HashMap;

use super::words::is_in;
use crate::entry::normalize::fold;
use crate::entry::related::page;
use crate::entry::value::Map;

/// A macro, tag, or comment is at most this long, in bytes.
const MAX_BYTES: usize = 4_000;

/// Marks in code are moved by this much, to a plane of Unicode without characters, while macros are
/// expanded.
const HIDDEN: u32 = 0x0010_0000;

/// A text of plain Markdown.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) text: String,
    /// Whether there is a glossary block.
    pub(super) has_glossary: bool,
    /// The ends of directives, and whether these are quotes.
    open: Vec<(Fence, bool)>,
    /// The end of the code that the lines are in, and whether these may be options.
    code: Option<(Fence, bool)>,
}

/// The mark of a fence, and how often it occurs.
type Fence = (char, usize);

/// Prepares the text of a page. `page` is the front matter, of which templates show values.
pub(super) fn prepare(text: &str, page: &Map) -> Prepared {
    let mut done = Prepared::default();
    for line in text.lines() {
        let line = done.line(line);
        done.text.push_str(&line);
        done.text.push('\n');
    }
    let unhide = |c: char| char::from_u32(u32::from(c).wrapping_sub(HIDDEN)).unwrap_or(c);
    done.text = expand(&done.text, page).chars().map(unhide).collect();
    done
}

impl Prepared {
    fn line(&mut self, line: &str) -> String {
        let quote = "> ".repeat(self.open.iter().filter(|open| open.1).count());
        if let Some((fence, has_options)) = self.code {
            let is_option = has_options && line.starts_with(':');
            self.code = (!closes(line, fence)).then_some((fence, is_option));
            let shown = quote + &hidden(line);
            return Some(shown).filter(|_| !is_option).unwrap_or_default();
        }
        if self.open.last().is_some_and(|open| closes(line, open.0)) {
            self.open.pop();
            return String::new();
        }
        if let Some((name, argument, fence)) = opening(line) {
            if is_in(name, "code-directive") {
                self.code = Some((fence, true));
                return "```".to_string();
            }
            self.has_glossary |= name == "glossary";
            self.open.push((fence, name != "glossary"));
            return match name {
                "seealso" => "> **See also:**".to_string(),
                _ => titled(argument),
            };
        }
        let callout = line.strip_prefix("> [!");
        if let Some((_, title)) = callout.and_then(|line| line.split_once(']')) {
            return titled(title);
        }
        if self.is_mark(line) {
            return String::new();
        }
        self.code = fence(line).map(|fence| (fence, false));
        if self.code.is_some() {
            return quote + &hidden(line);
        }
        quote + &without_code(line)
    }

    /// Whether only a site generator reads a line: an option, a target, an import.
    fn is_mark(&self, line: &str) -> bool {
        let bare = line.trim_matches(['[', ']', '{', '}', ':', '_', ' ']);
        let is_statement = line.starts_with("import ") || line.starts_with("export ");
        is_statement && line.ends_with([';', '\'', '"', '}'])
            || line.starts_with("% ")
            || line.starts_with(':') && !line.starts_with(": ") && !self.open.is_empty()
            || line.starts_with('(') && line.ends_with(")=")
            || line.starts_with("<a ") && line.ends_with("></a>")
            || line.len() > bare.len() && bare.eq_ignore_ascii_case("toc")
    }
}

/// The first line of a quote.
fn titled(title: &str) -> String {
    match title.trim_matches(['"', '[', ']', ' ', '-', '+']) {
        "" => ">".to_string(),
        title => format!("> **{title}**\\"),
    }
}

/// The name, argument, and fence of a directive that a line opens.
fn opening(line: &str) -> Option<(&str, &str, Fence)> {
    let line = line.trim();
    let mark = line.chars().next().filter(|mark| "`~:".contains(*mark))?;
    let rest = line.trim_start_matches(mark);
    let (length, rest) = (line.len() - rest.len(), rest.trim_start());
    let (name, argument) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None if mark == ':' => rest.split_once([' ', '[']).unwrap_or((rest, "")),
        None => return None,
    };
    let is_directive = length >= 3 && name.contains(char::is_alphabetic);
    is_directive.then_some((name, argument, (mark, length)))
}

/// The fence of code that a line opens.
fn fence(line: &str) -> Option<Fence> {
    let line = line.trim_start_matches([' ', '>', '-', '*']);
    let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    (length >= 3 && !info.contains('`')).then_some((mark, length))
}

/// Whether a line closes a fence.
fn closes(line: &str, (mark, length): Fence) -> bool {
    let line = line.trim_matches([' ', '>']);
    line.len() >= length && line.chars().all(|c| c == mark)
}

/// A text whose marks are not expanded.
fn hidden(text: &str) -> String {
    let hide = |c: char| match c {
        '{' | '<' | '[' | '~' | '%' => char::from_u32(u32::from(c) + HIDDEN).unwrap_or(c),
        c => c,
    };
    text.chars().map(hide).collect()
}

/// A line with its code hidden, and roles as their text.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, code)) = rest.split_once('`') {
        out.push_str(before);
        let inner = code.trim_start_matches('`');
        let mark = "`".repeat(1 + code.len() - inner.len());
        let (inner, after) = inner.split_once(&mark).unwrap_or(("", inner));
        rest = after;
        let role_name = before.strip_suffix('}');
        if let Some((text, name)) = role_name.and_then(|text| text.rsplit_once('{')) {
            out.truncate(out.len() - before.len() + text.len());
            out.push_str(&role(name, inner));
        } else {
            let end = if inner.is_empty() { "" } else { &mark };
            out.push_str(&[&mark, &*hidden(inner), end].concat());
        }
    }
    out + rest
}

/// The text that a role of Sphinx shows, ``{name}`text` ``: the text without a target.
fn role(name: &str, text: &str) -> String {
    let target = text.strip_suffix('>');
    let target = target.and_then(|text| text.rsplit_once('<'));
    let last = text.rsplit('.').next().filter(|_| text.starts_with('~'));
    let (shown, target) = target.unwrap_or((last.unwrap_or(text), text));
    if is_in(name, "linking-role") {
        link(shown, target)
    } else {
        format!("`{}`", hidden(shown))
    }
}

/// Expands what is not hidden.
fn expand<'t>(text: &'t str, map: &Map) -> String {
    let definition = |line: &'t str| line.trim().strip_prefix('[')?.split_once("]: ");
    let links: HashMap<&str, &str> = text.lines().filter_map(definition).collect();
    let nothing = |_: &str, _: &str, _: &str| Some(String::new());
    let hide = |_: &str, inner: &str, _: &str| Some(hidden(inner));
    let comment = |_: &str, inner: &str, _: &str| {
        let is_mark = matches!(inner.trim(), "more" | "truncate");
        (!is_mark).then(String::new)
    };
    let show = |before: &str, inner: &str, after: &str| show(before, inner, after, map);
    let wiki = |before: &str, inner: &str, _: &str| {
        let name = page(inner.split('#').next()?);
        let (target, text) = inner.split_once('|').unwrap_or((inner, name));
        let is_anchor = last_line(before).starts_with('#') && !before.ends_with("# ");
        let shown = link(text, target);
        Some(if is_anchor { String::new() } else { shown })
    };
    let refer = |_: &str, label: &str, _: &str| Some(format!("](<{}>)", links.get(label)?));
    let rules: [(&str, &str, &Show<'_>); 15] = [
        ("{% raw %}", "{% endraw %}", &hide),
        ("{% comment %}", "{% endcomment %}", &nothing),
        ("<!--", "-->", &comment),
        ("{/*", "*/}", &nothing),
        ("%%", "%%", &nothing),
        ("![[", "]]", &nothing),
        ("{:", "}", &nothing),
        ("{{<", ">}}", &show),
        ("{{%", "%}}", &show),
        ("{{", "}}", &show),
        ("{%", "%}", &show),
        ("[[", "]]", &wiki),
        ("][", "]", &refer),
        ("{#", "}", &nothing),
        ("<", ">", &tag),
    ];
    let mut out = text.replace("~~", "");
    for (start, end, show) in rules {
        out = between(&out, start, end, show);
    }
    out.replace("- [x] ", "- ").replace("- [ ] ", "- ")
}

/// What becomes of a text between two marks, by what is before it, itself, and what is after it.
type Show<'s> = dyn Fn(&str, &str, &str) -> Option<String> + 's;

/// A text in which `show` says what becomes of what is between two marks.
fn between(text: &str, start: &str, end: &str, show: &Show<'_>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(start) {
        out.push_str(before);
        let inner = near(inside, MAX_BYTES).split_once(end);
        let inner = inner.map_or("", |(inner, _)| inner);
        let after = inside[inner.len()..].strip_prefix(end);
        let shown = after.and_then(|after| Some((after, show(&out, inner, after)?)));
        if let Some((after, shown)) = shown {
            let breaks = inner.matches('\n').count();
            let breaks = breaks.saturating_sub(shown.matches('\n').count());
            out.push_str(&(shown + &"\n".repeat(breaks)));
            rest = after;
        } else {
            out.push_str(start);
            rest = inside;
        }
    }
    out + rest
}

/// The end of a text that is on its last line.
fn last_line(text: &str) -> &str {
    let mut near = text.len().saturating_sub(MAX_BYTES)..=text.len();
    let start = near.find(|&start| text.is_char_boundary(start));
    let near = text.get(start.unwrap_or(0)..).unwrap_or_default();
    near.rsplit('\n').next().unwrap_or_default()
}

/// The text that a tag of HTML or MDX shows. Those that no browser knows stay: `<pad>` is a word.
fn tag(_: &str, inner: &str, _: &str) -> Option<String> {
    let bare = inner.trim_start_matches('/');
    let name = bare.split([' ', '/', '\n']).next()?;
    let is_component = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
    let shown = if inner == "li" { "- " } else { "" };
    (is_component || is_in(&name.to_lowercase(), "html")).then(|| shown.to_string())
}

/// The text that a macro, shortcode, or template tag shows.
fn show(before: &str, inner: &str, after: &str, map: &Map) -> Option<String> {
    let inner = inner.trim_matches(['-', ' ']);
    let arguments = arguments(inner);
    let find = |key| arguments.iter().find(|(known, _)| known == key);
    let named = |key| find(key).map(|(_, text)| text.as_str());
    let texts = arguments.iter().filter(|(key, _)| key.is_empty());
    let mut texts = texts.map(|(_, text)| text.as_str());
    let (name, line) = (texts.next()?, last_line(before));
    let id = named("termid").or(named("term"));
    let lower = name.to_lowercase();
    let mut words = ["glossary", "term", "tooltip", "definition"].iter();
    let is_term = words.any(|word| lower.contains(word));
    if (is_term || id.is_some())
        && let Some(target) = id.or_else(|| texts.next())
    {
        let second = texts.next().filter(|_| id.is_none());
        let words = target.replace(['-', '_'], " ");
        let text = named("text").or(second).unwrap_or(&words);
        let is_in_link = line.matches('[').count() > line.matches(']').count();
        let shown = link(text, target);
        return Some(if is_in_link { text.to_string() } else { shown });
    }
    let shown = if matches!(name, "ref" | "relref" | "link") {
        texts.next()
    } else if inner.contains("(\"") || inner.contains("('") {
        let ends_line = after.trim_start_matches(' ').starts_with('\n');
        let is_alone = line.trim().is_empty() && ends_line;
        let mut texts = texts.filter(|text| !is_alone && !text.starts_with('/'));
        let first = texts.next();
        let is_text = |text: &&str| text.contains(char::is_alphabetic);
        texts.next().filter(is_text).or(first)
    } else if let Some(key) = name.strip_prefix("page.") {
        let value = map.iter().find(|(known, _)| fold(known) == fold(key));
        value.and_then(|(_, value)| value.text())
    } else {
        Some(name).filter(|_| inner.starts_with(['"', '\'']))
    };
    shown.map(str::to_string).or(Some(String::new()))
}

/// The arguments of a macro: words and texts in quotes, with their names if they have any.
fn arguments(text: &str) -> Vec<(String, String)> {
    let quote = if text.contains('"') { '"' } else { '\'' };
    let mut arguments = Vec::new();
    let mut name = "";
    for (number, part) in text.split(quote).enumerate() {
        if number % 2 == 1 {
            arguments.push((fold(name), part.to_string()));
            continue;
        }
        name = "";
        for word in part.split([' ', '\n', '(', ')', ',', '|']) {
            match word.split_once('=') {
                Some((key, "")) => name = key,
                Some((key, value)) => arguments.push((fold(key), value.to_string())),
                None if word.is_empty() => {}
                None => arguments.push((String::new(), word.to_string())),
            }
        }
    }
    arguments
}

/// A link of Markdown.
fn link(text: &str, target: &str) -> String {
    let text = text.replace(['[', ']', '\n'], " ");
    let target = target.replace(['<', '>', '\n'], "");
    hidden(&format!("[{}](<{}>)", text.trim(), target.trim()))
}

/// The beginning of a text, at most this long.
pub(super) fn near(text: &str, most: usize) -> &str {
    let mut ends = (0..=most.min(text.len())).rev();
    let end = ends.find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
