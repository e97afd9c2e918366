//! Tags of HTML in Markdown become what a browser shows.

use super::macros::{Scanner, link, near};
use super::words::is_in;

/// Tags that end a line.
const BLOCKS: &str = "address article aside blockquote caption center details dialog div dl dt figcaption figure \
    footer header hr main nav ol p section summary table tbody tfoot thead tr ul";

/// Tags that leave their text in its line.
const INLINE: &str = "abbr acronym b bdi bdo big cite code col colgroup del dfn em font i ins kbd mark nobr q rp rt \
    ruby samp small span strike strong sub sup td th time tt u var wbr";

/// Tags whose content is no text.
const DROPPED: [(&str, &str); 4] = [
    ("script", "</script>"),
    ("style", "</style>"),
    ("svg", "</svg>"),
    ("iframe", "</iframe>"),
];

/// A tag is at most this long, in bytes.
const MAX_TAG: usize = 1_000;

/// Expands the tag at the beginning of the rest, if it is one; other text between angle brackets stays.
pub(super) fn tag(scanner: &mut Scanner<'_>) {
    let rest = scanner.rest();
    if let Some(comment) = rest.strip_prefix("<!--") {
        let mark = near(comment, MAX_TAG)
            .split("-->")
            .next()
            .unwrap_or_default();
        if is_in(mark.trim(), "more truncate") {
            return;
        }
        if let Some(end) = scanner.find("-->") {
            scanner.skip(end + 3);
        }
        return;
    }
    let Some(tag) = whole(rest) else {
        return;
    };
    let inner = tag[1..tag.len() - 1].trim_start_matches('/');
    let name = inner
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-')
        .next()
        .unwrap_or_default();
    let is_closing = tag.starts_with("</");
    let lower = name.to_ascii_lowercase();
    if let Some((_, end)) = DROPPED.iter().find(|(dropped, _)| *dropped == lower) {
        let end = scanner.find(end).map(|at| at + end.len());
        return scanner.skip(end.unwrap_or(tag.len()));
    }
    if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        let is_component = tag.ends_with("/>") || scanner.closes_tag(name);
        return scanner.skip(if is_component { tag.len() } else { 0 });
    }
    match lower.as_str() {
        "a" => anchor(scanner, tag, is_closing),
        "img" => {
            scanner.skip(tag.len());
            if let Some(alt) = attribute(tag, "alt") {
                scanner.emit(&format!(
                    "!{}",
                    link(alt, attribute(tag, "src").unwrap_or_default())
                ));
            }
        }
        "li" | "dd" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            scanner.skip(tag.len());
            break_line(scanner, lower != "dd" || is_closing);
            if !is_closing {
                let level = lower[1..].parse().unwrap_or(0);
                let mark = match lower.as_str() {
                    "li" => "- ".to_string(),
                    "dd" => ": ".to_string(),
                    _ => "#".repeat(level) + " ",
                };
                scanner.emit(&mark);
            }
        }
        _ if is_in(&lower, BLOCKS) => {
            scanner.skip(tag.len());
            break_line(scanner, true);
        }
        _ if is_in(&lower, INLINE) => scanner.skip(tag.len()),
        _ => {}
    }
}

/// The tag at the beginning of a text; quoted values and braces may hold its end mark.
fn whole(text: &str) -> Option<&str> {
    let after = text.strip_prefix('<')?;
    if !after
        .trim_start_matches('/')
        .starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    let mut quote = None;
    let mut braces = 0_usize;
    for (at, c) in text.char_indices().take(MAX_TAG) {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => braces += 1,
            (None, '}') => braces = braces.saturating_sub(1),
            (None, '>') if braces == 0 => return text.get(..=at),
            (None, '<') if at > 0 => return None,
            _ => {}
        }
    }
    None
}

/// A link becomes one of Markdown; the name of a place stays, for it may be a name of a term.
fn anchor(scanner: &mut Scanner<'_>, tag: &str, is_closing: bool) {
    let rest = scanner.rest();
    let target = attribute(tag, "href").filter(|_| !is_closing);
    let text = rest.get(tag.len()..).unwrap_or_default();
    let text = text
        .get(..text.find("</a>").filter(|&end| end < MAX_TAG).unwrap_or(0))
        .unwrap_or_default();
    if let Some(target) = target
        && !text.is_empty()
        && !text.contains(['[', ']', '\n', '<'])
    {
        scanner.skip(tag.len() + text.len() + "</a>".len());
        return scanner.emit(&link(text, target));
    }
    let id = attribute(tag, "id").or(attribute(tag, "name"));
    let line = text.lines().next().unwrap_or_default();
    scanner.skip(tag.len());
    if let Some(id) = id.filter(|_| !line.trim_start_matches("</a>").trim().is_empty()) {
        scanner.emit(&format!("<a id=\"{id}\">"));
    } else if is_closing && scanner.line_before().contains("<a id=") {
        scanner.emit("</a>");
    }
}

/// The value of an attribute.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}="))?;
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        value[1..].split(quote).next()
    } else {
        value.split([' ', '>', '/']).next()
    }
}

/// Ends the line that has been written, unless a list or table would end with it.
fn break_line(scanner: &mut Scanner<'_>, with_blank: bool) {
    let line = scanner.line_before();
    if line.trim().is_empty() {
        return;
    }
    let is_block = line.trim_start().starts_with(['|', '>', '-', '*', '+']);
    scanner.emit(
        match (is_block && !line.trim_start().starts_with("- "), with_blank) {
            (true, _) => " ",
            (false, true) => "\n\n",
            (false, false) => "\n",
        },
    );
}
