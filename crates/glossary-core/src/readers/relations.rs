//! Names and relations as people write them: lists, sentences, links, paths.

use std::ops::Range;

use super::document::{Document, Kind, Node};
use super::draft::Keep;
use super::macros;
use super::words::is_glossary;
use crate::entry::key::fold;

/// A name in a list of names has at most this many words.
const MAX_NAME_WORDS: usize = 8;

/// What an entry names or links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The name, or the text of the link.
    pub(super) text: String,
    /// The address of the link.
    pub(super) target: Option<String>,
}

impl Reference {
    /// A reference in a list of front matter or data: a name, a path, or a link.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let document = Document::parse(text.trim());
        if let [first, ..] = document.links(&(0..text.len())) {
            return Some(Self::to(&first.text, &first.target));
        }
        let text = text.trim();
        let is_path = !text.contains(' ') && (text.contains('/') || text.starts_with('#'))
            || [".md", ".html", ".mdx"]
                .iter()
                .any(|end| text.ends_with(end));
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        Some(if is_path {
            Self::to(&page(text).replace(['-', '_'], " "), text)
        } else {
            Self {
                text: text.to_string(),
                target: None,
            }
        })
    }

    fn to(text: &str, target: &str) -> Self {
        Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            target: Some(target.to_string()),
        }
    }

    /// Whether it leads to another site.
    pub(super) fn is_web(&self) -> bool {
        self.target.as_deref().is_some_and(is_web)
    }

    /// The names to look for, in this order.
    pub(super) fn candidates(&self) -> impl Iterator<Item = String> {
        let page = self
            .target
            .as_deref()
            .map(|target| page(target).to_string());
        page.into_iter().chain([self.text.clone()])
    }
}

fn is_web(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:") || target.starts_with("//")
}

/// The last part of an address, without its extension: the page that it leads to, or the place in a
/// file of many terms.
fn page(target: &str) -> &str {
    let (path, place) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path).trim_end_matches('/');
    let mut parts = path
        .rsplit('/')
        .filter(|part| !part.is_empty() && *part != "." && *part != "..");
    let stem = |part: &'_ str| -> usize {
        let ends = [".md", ".mdx", ".markdown", ".html", ".htm", ".rst"];
        let end = ends.iter().find(|end| part.to_lowercase().ends_with(*end));
        part.len() - end.map_or(0, |end| end.len())
    };
    let Some(last) = parts.next() else {
        return place;
    };
    let last = last.get(..stem(last)).unwrap_or(last);
    if !place.is_empty() && is_glossary(last) {
        return place;
    }
    match last {
        "index" | "_index" | "README" => parts.next().unwrap_or(last),
        _ => last,
    }
}

/// The links of a text to pages of the same site.
pub(super) fn links(document: &Document, range: &Range<usize>) -> Vec<Reference> {
    let links = document
        .links(range)
        .iter()
        .filter(|link| !is_web(&link.target));
    links
        .map(|link| Reference::to(&link.text, &link.target))
        .collect()
}

/// Whether a list or paragraph is nothing but links within its page, such as a table of contents.
pub(super) fn is_navigation(document: &Document, node: &Node) -> bool {
    if !matches!(node.kind, Kind::List | Kind::Paragraph) {
        return false;
    }
    let links = document.links(&node.range);
    let linked: usize = links.iter().map(|link| letters(&link.text)).sum();
    !links.is_empty()
        && links.iter().all(|link| link.target.starts_with('#'))
        && linked == letters_in(node)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn letters_in(node: &Node) -> usize {
    letters(&node.text) + node.children.iter().map(letters_in).sum::<usize>()
}

/// What a section or label relates an entry to, and whether it says more than that.
pub(super) fn section(document: &Document, nodes: &[Node]) -> (Vec<Reference>, Keep) {
    let mut found = Vec::new();
    let mut keep = Keep::Nothing;
    for node in nodes {
        match node.kind {
            Kind::Paragraph => {
                let text = document.markdown(node.range.clone());
                for part in split(&text) {
                    item(&part, &mut found, &mut keep);
                }
            }
            Kind::List | Kind::Item => {
                let (inner, inner_keep) = match (node.kind, node.children.as_slice()) {
                    (Kind::Item, [first, rest @ ..]) if first.kind == Kind::Paragraph => {
                        item(
                            &document.markdown(first.range.clone()),
                            &mut found,
                            &mut keep,
                        );
                        section(document, rest)
                    }
                    (_, children) => section(document, children),
                };
                found.extend(inner);
                keep = if keep == Keep::Text { keep } else { inner_keep };
            }
            Kind::Rule | Kind::More => {}
            _ => keep = Keep::Text,
        }
    }
    (found, keep)
}

/// One item of a list of relations.
fn item(markdown: &str, found: &mut Vec<Reference>, keep: &mut Keep) {
    let markdown = markdown.trim();
    let document = Document::parse(markdown.strip_prefix("and ").unwrap_or(markdown));
    let text: String = document
        .nodes
        .iter()
        .map(|node| node.text.as_str())
        .collect();
    let links = document.links(&(0..markdown.len()));
    if links.is_empty() {
        let name = text
            .trim()
            .trim_matches(['"', '“', '”', '.', ',', ';'])
            .trim();
        if name.ends_with([':', '：']) || !name.contains(char::is_alphanumeric) {
            return;
        }
        if name.split_whitespace().count() > MAX_NAME_WORDS {
            *keep = Keep::Text;
        } else {
            let text = name.to_string();
            found.push(Reference { text, target: None });
        }
        return;
    }
    let linked: usize = links.iter().map(|link| letters(&link.text)).sum();
    if letters(&text) > linked + 4 {
        *keep = Keep::Text;
    }
    for link in links {
        let reference = Reference::to(&link.text, &link.target);
        if reference.is_web() {
            *keep = Keep::Text;
        }
        found.push(reference);
    }
}

/// The parts of a list in a line: between commas and semicolons outside of parentheses and brackets.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = depth == 0 && ",;，、；،؛".contains(c);
        match parts.last_mut() {
            Some(part) if !ends => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// The names in a text.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let names = split(text).into_iter().filter_map(|name| {
        let name = name
            .trim()
            .trim_matches(['"', '“', '”', '\'', '.', '*', '_', '`'])
            .trim();
        let is_address = name.starts_with('/') || is_web(name) || name.ends_with(".html");
        let is_name = name.contains(char::is_alphanumeric) && !is_address;
        is_name.then(|| name.to_string())
    });
    names.collect()
}

/// The names in a section of names, if it holds nothing else.
pub(super) fn names(document: &Document, nodes: &[Node]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for node in nodes {
        match node.kind {
            Kind::Paragraph => found.extend(split_names(&node.text)),
            Kind::List | Kind::Item => found.extend(names(document, &node.children)?),
            _ => return None,
        }
    }
    let is_short = |name: &String| name.split_whitespace().count() <= MAX_NAME_WORDS;
    found.iter().all(is_short).then_some(found)
}

/// The names in a paragraph that gives nothing else: `(Also called X or Y)`.
pub(super) fn also_known(text: &str) -> Option<Vec<String>> {
    let text = text.trim_matches(['(', ')', '.', '*', '_', ' ', '\n']);
    let starts = [
        "also known as",
        "also called",
        "also: ",
        "aka ",
        "a.k.a. ",
        "a.k.a ",
    ];
    let lower = text.to_lowercase();
    let start = starts.iter().find(|start| lower.starts_with(*start))?;
    let rest = text.get(start.len()..)?.trim_start_matches([':', ' ']);
    let rest = rest
        .replace(" or ", ", ")
        .replace(" and ", ", ")
        .replace(" / ", ", ");
    let names = split_names(&rest);
    let are_names = names
        .iter()
        .all(|name| name.split_whitespace().count() <= 5 && !name.contains(". "));
    (are_names && !names.is_empty()).then_some(names)
}

/// The Markdown of a text of a data file.
pub(super) fn document(text: &str) -> Document {
    Document::parse(&macros::expand_text(text))
}

/// Whether two spellings are one name.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}
