//! Macros, shortcodes, roles, template tags, and HTML become the text that they show. Code keeps them.

use std::collections::HashSet;

use super::html;
use super::lines::{Lines, closes, fence, indent};
use super::words::is_in;
use crate::entry::key::fold;
use crate::entry::value::{Map, Value};

/// A macro or tag is at most this long, in bytes.
const MAX_TAG: usize = 1_000;

/// Roles of Sphinx that name a term or page.
const LINKING_ROLES: &str = "term ref doc any numref glossary std:term std:ref std:doc";

/// Expands the macros of a text. `page` is the front matter, of which templates show values.
pub(super) fn expand(source: &Lines, page: &Map) -> Lines {
    let closing = source.text().split("</").skip(1);
    let mut scanner = Scanner {
        source,
        closed: closing.filter_map(|tag| tag.split('>').next()).collect(),
        rest: source.text(),
        out: Lines::default(),
        page,
        absent: Vec::new(),
        in_list: false,
    };
    scanner.run();
    scanner.out
}

/// Expands the macros of a text that is not of a file.
pub(super) fn expand_text(text: &str) -> String {
    expand(&Lines::new(text, 1), &Map::new()).text().to_string()
}

pub(super) struct Scanner<'s> {
    source: &'s Lines,
    /// The names of tags that are closed.
    closed: HashSet<&'s str>,
    rest: &'s str,
    out: Lines,
    page: &'s Map,
    /// Ends that do not occur in the rest.
    absent: Vec<&'static str>,
    /// Whether indented lines may be part of a list.
    in_list: bool,
}

impl<'s> Scanner<'s> {
    fn run(&mut self) {
        let mut code = None;
        let mut after_blank = true;
        while !self.rest.is_empty() {
            let line = self.rest.split_inclusive('\n').next().unwrap_or_default();
            let is_code = match code {
                Some(mark) if closes(line, mark) => {
                    code = None;
                    true
                }
                Some(_) => true,
                None => {
                    code = fence(line.trim_end());
                    code.is_some() || after_blank && !self.in_list && indent(line) >= 4
                }
            };
            after_blank = line.trim().is_empty() || is_code && after_blank;
            if is_code {
                self.copy(line.len());
            } else {
                if !line.trim().is_empty() && indent(line) < 4 {
                    let marks = ['-', '*', '+', ':', '>', '|'];
                    self.in_list = line
                        .trim_start()
                        .starts_with(|c: char| marks.contains(&c) || c.is_ascii_digit());
                }
                self.line();
            }
        }
    }

    /// Expands up to the end of a line; what a macro spans goes with it.
    fn line(&mut self) {
        loop {
            let plain = self
                .rest
                .find(['\n', '`', '{', '<', '%', '\\'])
                .unwrap_or(self.rest.len());
            self.copy(plain);
            let Some(first) = self.rest.bytes().next() else {
                return;
            };
            match first {
                b'\n' => return self.copy(1),
                b'`' => self.code_span(),
                b'\\' => {
                    let escaped = self.rest.chars().nth(1).filter(|&c| c != '\n');
                    self.copy(1 + escaped.map_or(0, char::len_utf8));
                }
                _ => {
                    let before = self.rest.len();
                    match first {
                        b'{' => self.brace(),
                        b'<' => html::tag(self),
                        _ => self.remark(),
                    }
                    if self.rest.len() == before {
                        self.copy(1);
                    }
                }
            }
        }
    }

    pub(super) fn rest(&self) -> &'s str {
        self.rest
    }

    /// The text of the present line so far, or the end of it.
    pub(super) fn line_before(&self) -> &str {
        let text = self.out.text();
        let mut start = text.len().saturating_sub(MAX_TAG);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        text[start..].rsplit('\n').next().unwrap_or_default()
    }

    /// Whether the text closes a tag of this name.
    pub(super) fn closes_tag(&self, name: &str) -> bool {
        self.closed.contains(name)
    }

    pub(super) fn emit(&mut self, text: &str) {
        let at = self.source.text().len() - self.rest.len();
        self.out.push(text, self.source.number(at));
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn copy(&mut self, bytes: usize) {
        for line in self
            .rest
            .get(..bytes)
            .unwrap_or(self.rest)
            .split_inclusive('\n')
        {
            self.emit(line);
            self.skip(line.len());
        }
    }

    /// Where the rest has the end of something, without looking twice for what it does not have.
    pub(super) fn find(&mut self, end: &'static str) -> Option<usize> {
        if self.absent.contains(&end) {
            return None;
        }
        let found = self.rest.find(end);
        if found.is_none() {
            self.absent.push(end);
        }
        found
    }

    /// The rest up to an end that is near.
    fn inside(&self, start: &str, end: &str) -> Option<&'s str> {
        let inner = self.rest.strip_prefix(start)?;
        inner.get(..near(inner, MAX_TAG).find(end)?)
    }

    fn code_span(&mut self) {
        let length = self.rest.len() - self.rest.trim_start_matches('`').len();
        let after = near(&self.rest[length..], MAX_TAG);
        let paragraph = after.split("\n\n").next().unwrap_or_default();
        let mut at = 0;
        while let Some(start) = paragraph[at..].find('`').map(|start| at + start) {
            let run = paragraph[start..].len() - paragraph[start..].trim_start_matches('`').len();
            at = start + run;
            if run == length {
                return self.copy(length + at);
            }
        }
        self.copy(length);
    }

    /// A comment between `%%`.
    fn remark(&mut self) {
        if let Some(inner) = self.inside("%%", "%%")
            && self
                .line_before()
                .ends_with(|c: char| c.is_whitespace() || c == '>')
                | self.line_before().is_empty()
        {
            self.skip(inner.len() + 4);
        }
    }

    fn brace(&mut self) {
        for (start, end) in [("{{<", ">}}"), ("{{%", "%}}")] {
            if let Some(inner) = self.inside(start, end) {
                return self.shortcode(inner);
            }
        }
        if let Some(inner) = self.inside("{{", "}}") {
            return self.output(inner);
        }
        if let Some(inner) = self.inside("{%", "%}") {
            return self.template_tag(inner);
        }
        if self.rest.starts_with("{/*") {
            if let Some(end) = self.find("*/}") {
                self.skip(end + 3);
            }
            return;
        }
        let Some(inner) = self.inside("{", "}").filter(|inner| !inner.contains('\n')) else {
            return;
        };
        let mut chars = inner.chars();
        match chars.next() {
            Some(':') => self.skip(inner.len() + 2),
            Some('#' | '.') if chars.next().is_some_and(char::is_alphabetic) => {
                if !self.line_before().starts_with('#') {
                    self.skip(inner.len() + 2);
                }
            }
            _ => self.role(inner),
        }
    }

    /// A role of MyST: ``{name}`text` ``.
    fn role(&mut self, name: &str) {
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "-_:+".contains(c));
        let quoted = self.rest.get(name.len() + 2..).unwrap_or_default();
        if let Some(text) = quoted.strip_prefix('`')
            && is_name
            && let Some(end) = near(text, MAX_TAG).find('`')
        {
            self.skip(name.len() + 4 + end);
            self.emit(&role_text(name, &text[..end]));
        }
    }

    fn shortcode(&mut self, inner: &str) {
        self.skip(inner.len() + 6);
        let arguments = Arguments::parse(inner);
        let Some(name) = arguments.positional.first() else {
            return;
        };
        if name == "comment" {
            let end = ["{{< /comment >}}", "{{% /comment %}}"];
            if let Some((at, end)) = end.iter().find_map(|end| Some((self.find(end)?, end))) {
                self.skip(at + end.len());
            }
        } else if is_in(name, "ref relref") {
            let path = arguments.positional.get(1).or(arguments.get("path"));
            self.emit(path.map_or("", |path| path));
        } else if let Some((text, target)) = arguments.term() {
            self.link(&text, target);
        }
    }

    /// `{{ … }}`: a macro of MDN, or the output of a template.
    fn output(&mut self, inner: &str) {
        let fills_line = self.line_before().trim().is_empty()
            && self.rest[inner.len() + 4..]
                .split('\n')
                .next()
                .unwrap_or_default()
                .trim()
                .is_empty();
        self.skip(inner.len() + 4);
        let inner = inner.trim_matches(['-', ' ', '\n']);
        if let Some((name, arguments)) = inner
            .strip_suffix(')')
            .and_then(|call| call.split_once('('))
        {
            let arguments = Arguments::parse(&arguments.replace(',', " "));
            let mut texts = arguments
                .positional
                .iter()
                .filter(|text| !text.starts_with('/'));
            let (Some(first), false) = (texts.next(), fills_line) else {
                return;
            };
            let shown = texts.next().unwrap_or(first);
            if name.trim().to_lowercase().contains("glossary") {
                self.link(shown, first);
            } else {
                self.emit(shown);
            }
            return;
        }
        let value = inner.split('|').next().unwrap_or_default().trim();
        if let Some(key) = value.strip_prefix("page.") {
            let value = self.page.iter().find(|(name, _)| fold(name) == fold(key));
            let text = value
                .and_then(|(_, value)| value.text())
                .unwrap_or_default();
            self.emit(text);
        } else if let Some(text) = unquoted(value) {
            self.emit(text);
        }
    }

    fn template_tag(&mut self, inner: &str) {
        self.skip(inner.len() + 4);
        let arguments = Arguments::parse(inner.trim_matches(['-', ' ']));
        let Some(name) = arguments.positional.first() else {
            return;
        };
        let end = match name.as_str() {
            "raw" => "endraw",
            "comment" => "endcomment",
            "link" => return self.emit(arguments.positional.get(1).map_or("", |path| path)),
            _ => {
                if let Some((text, target)) = arguments.term() {
                    self.link(&text, target);
                }
                return;
            }
        };
        if let Some(at) = self.find(end) {
            let inner = self.rest[..at].rfind("{%").unwrap_or(at);
            if name == "raw" {
                self.copy(inner);
            }
            self.skip(self.rest.find("%}").map_or(self.rest.len(), |end| end + 2));
        }
    }

    /// Writes a text that names a term, as a link unless it is in one.
    fn link(&mut self, text: &str, target: &str) {
        let before = self.line_before();
        let in_link = before.matches('[').count() > before.matches(']').count();
        if in_link {
            self.emit(text);
        } else {
            self.emit(&link(text, target));
        }
    }
}

/// The beginning of a text, at most this long.
pub(super) fn near(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A link of Markdown.
pub(super) fn link(text: &str, target: &str) -> String {
    let text = text.replace(['[', ']', '\n'], " ");
    let target = target.replace(['<', '>', '\n'], "");
    format!("[{}](<{}>)", text.trim(), target.trim())
}

/// What a role of Sphinx shows: its text without a target, as a link if it names a term.
pub(super) fn role_text(name: &str, text: &str) -> String {
    let text = text.trim_start_matches('!').replace('\n', " ");
    let (shown, target) = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((shown, target)) if !shown.trim().is_empty() => (shown.trim(), target),
        _ => match text.strip_prefix('~') {
            Some(path) => (path.rsplit('.').next().unwrap_or(path), path),
            None => (text.trim(), text.trim()),
        },
    };
    if is_in(name, LINKING_ROLES) {
        link(shown, target)
    } else if shown.contains(['*', '_', '<', '[', '\\', '=']) && !shown.contains('`') {
        format!("`{shown}`")
    } else {
        shown.to_string()
    }
}

fn unquoted(text: &str) -> Option<&str> {
    ['"', '\'']
        .iter()
        .find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// The arguments of a macro.
#[derive(Default)]
struct Arguments {
    positional: Vec<String>,
    named: Vec<(String, String)>,
}

impl Arguments {
    /// Words and texts in quotes, some of them behind `name=`.
    fn parse(text: &str) -> Self {
        let mut arguments = Self::default();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let name = rest
                .split_once(['=', ':'])
                .map(|(name, _)| name)
                .filter(|name| {
                    !name.is_empty()
                        && name
                            .chars()
                            .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
                });
            if let Some(name) = name {
                rest = &rest[name.len() + 1..];
            }
            let quote = rest
                .chars()
                .next()
                .filter(|quote| ['"', '\'', '`'].contains(quote));
            let inner = quote.map_or(rest, |quote| &rest[quote.len_utf8()..]);
            let end = match quote {
                Some(quote) => inner.find(quote),
                None => inner.find(char::is_whitespace),
            };
            let value = inner[..end.unwrap_or(inner.len())].to_string();
            rest = end.map_or("", |end| &inner[end..]);
            if let (Some(quote), Some(_)) = (quote, end) {
                rest = &rest[quote.len_utf8()..];
            }
            rest = rest.trim_start();
            match name {
                Some(name) => arguments.named.push((fold(name), value)),
                None if first != '/' || !arguments.positional.is_empty() => {
                    arguments.positional.push(value)
                }
                None => arguments.positional.push(String::new()),
            }
        }
        arguments
    }

    fn get(&self, name: &str) -> Option<&String> {
        let mut named = self.named.iter();
        named
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The text and the term of a macro that names one.
    fn term(&self) -> Option<(String, &str)> {
        let mut positional = self.positional.iter();
        let name = positional.next()?.to_lowercase();
        let id = self.get("termid").or(self.get("term"));
        let names_term = ["glossary", "term", "tooltip", "definition"];
        if id.is_none() && !names_term.iter().any(|word| name.contains(word)) {
            return None;
        }
        let first = positional.find(|text| !text.ends_with(".html"));
        let target = id.or(first)?;
        let second = positional.next().filter(|_| id.is_none());
        let text = self.get("text").or(second);
        let words = || target.replace(['-', '_'], " ");
        Some((text.cloned().unwrap_or_else(words), target))
    }
}

/// The value of a key as a template shows it.
#[cfg(test)]
mod tests {
    use super::{Lines, Map, Value, expand, expand_text};

    #[test]
    fn macros_become_their_text() {
        for (source, text) in [
            (
                "a {{< glossary_tooltip text=\"pods\" term_id=\"pod\" >}}.",
                "a [pods](<pod>).",
            ),
            (
                "{{< glossary_tooltip term_id=\"node-pool\" >}}",
                "[node pool](<node-pool>)",
            ),
            (
                "[x]({{< ref \"a.md\" >}}) {{< note >}}b{{< /note >}}",
                "[x](a.md) b",
            ),
            ("{{< comment >}}\na\n{{< /comment >}}b", "b"),
            (
                "{{Glossary(\"Pod\", \"pods\")}} {{domxref('A.b')}}",
                "[pods](<Pod>) A.b",
            ),
            ("{{Sidebar}}\n{{Live(\"a\")}}\nb", "\n\nb"),
            (
                "{{ page.berth }} {{ \"x\" | upcase }}{{ site.url }}",
                "north x",
            ),
            (
                "{% raw %}{{ a }}{% endraw %}{% if x %}b{% endif %}",
                "{{ a }}b",
            ),
            ("{% comment %}\na\n{% endcomment %}b", "b"),
            ("[a]({% link b/c.md %}){: .x}", "[a](b/c.md)"),
            (
                "{term}`a <b>` {ref}`x` {py:class}`~a.b.C` {math}`l = 3`",
                "[a](<b>) [x](<x>) C `l = 3`",
            ),
            ("`{{ a }}` {x} \\{{ b }} 50%", "`{{ a }}` {x} \\{{ b }} 50%"),
            ("```\n{{ a }}\n```\n{{ a }}", "```\n{{ a }}\n```\n"),
            ("a\n\n    {{ a }}\n", "a\n\n    {{ a }}\n"),
            ("- a\n\n    {{ a }}\n", "- a\n\n    \n"),
            ("a %%no%% b {/* no */}c", "a  b c"),
            ("[see {{Glossary(\"a\")}}](b)", "[see a](b)"),
        ] {
            let page = vec![("berth".to_string(), Value::Text("north".into()))];
            assert_eq!(
                expand(&Lines::new(source, 1), &page).text(),
                text,
                "{source:?}"
            );
        }
    }

    #[test]
    fn html_becomes_what_a_browser_shows() {
        for (source, text) in [
            (
                "a <b>b</b> &mdash; <pad> <https://x.y>",
                "a b &mdash; <pad> <https://x.y>",
            ),
            ("a <!-- no\nno --> b\n<!--more-->", "a  b\n<!--more-->"),
            ("<p>a</p><p>b<br>c</p>", "a\n\nb<br>c\n\n"),
            (
                "<details>\n<summary>a</summary>\n\nb\n</details>",
                "\na\n\n\n\nb\n",
            ),
            (
                "<a href=\"#x\">a</a> <img src=\"b.png\" alt=\"b\">",
                "[a](<#x>) ![b](<b.png>)",
            ),
            (
                "<script>no</script>a <Card id={1}>b</Card> <T> <Tab />",
                "a b <T> ",
            ),
            ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\n: b\n\n"),
        ] {
            assert_eq!(expand_text(source), text, "{source:?}");
        }
    }

    #[test]
    fn hostile_macros_end() {
        for part in [
            "{{<",
            "{{",
            "{%",
            "<!--",
            "<a ",
            "`",
            "{x}`",
            "%%",
            "<script>",
            "{% raw %}",
            "{{x(\"",
            "{/*",
        ] {
            let started = std::time::Instant::now();
            let _ = expand_text(&part.repeat(300_000 / part.len()));
            assert!(started.elapsed().as_secs() < 20, "{part}");
        }
    }
}
