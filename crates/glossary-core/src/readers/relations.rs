//! Names and relations as people write them: lists, sentences, links, paths.

use super::words::is_glossary;
use crate::entry::outline::{Block, Kind, blocks, plain, runs};

/// A name in a list of names has at most this many words.
const MAX_WORDS: usize = 8;

/// What an entry names or links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The name, or the text of the link.
    pub(super) text: String,
    /// The address of the link.
    pub(super) target: Option<String>,
}

impl Reference {
    fn new(text: &str, target: Option<String>) -> Self {
        let text = text.trim().to_string();
        Self { text, target }
    }

    /// A reference in a list of front matter or data: a name, a path, or a link.
    pub(super) fn parse(written: &str) -> Self {
        let is_path = !written.contains(' ') && written.contains('/') || written.ends_with(".md");
        let target = is_path.then(|| written.to_string());
        let name = if is_path {
            &page(written).replace(['-', '_'], " ")
        } else {
            written
        };
        links(written)
            .pop()
            .unwrap_or_else(|| Self::new(name, target))
    }

    /// Whether it leads to another site.
    pub(super) fn is_web(&self) -> bool {
        let is_web = |target: &String| target.contains(':') || target.starts_with("//");
        self.target.as_ref().is_some_and(is_web)
    }

    /// The names to look for, in this order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.target
            .as_deref()
            .map(page)
            .into_iter()
            .chain([self.text.as_str()])
    }
}

/// The last part of an address, without its extension: the page that it leads to, or the place in the
/// same page.
pub(super) fn page(target: &str) -> &str {
    let (path, place) = target.split_once('#').unwrap_or((target, ""));
    let mut parts = path
        .rsplit('/')
        .filter(|part| !matches!(*part, "" | "." | ".."));
    let last = parts.next().unwrap_or_default();
    let ends = [".md", ".mdx", ".markdown", ".html", ".rst"];
    let last = ends
        .iter()
        .find_map(|end| last.strip_suffix(end))
        .unwrap_or(last);
    match last {
        "index" | "_index" => parts.next().unwrap_or(place),
        _ if last.is_empty() || !place.is_empty() && is_glossary(last) => place,
        _ => last,
    }
}

/// The links in a text.
pub(super) fn links(text: &str) -> Vec<Reference> {
    let link = |(text, target): (String, Option<String>)| {
        target.map(|target| Reference::new(&text, Some(target)))
    };
    runs(text).into_iter().filter_map(link).collect()
}

/// Whether a block is nothing but links within its page, such as a table of contents.
pub(super) fn is_navigation(block: &Block) -> bool {
    let is_inside = |(text, target): &(String, Option<String>)| match target {
        Some(target) => target.starts_with('#'),
        None => !text.contains(char::is_alphanumeric),
    };
    let runs = runs(&block.text);
    let has_link = runs.iter().any(|(_, target)| target.is_some());
    has_link && matches!(block.kind, Kind::List | Kind::Paragraph) && runs.iter().all(is_inside)
}

/// What a section or label names, item by item and comma by comma, and whether it says more than that.
pub(super) fn references(text: &str) -> (Vec<Reference>, bool) {
    let mut found = Vec::new();
    let mut says_more = false;
    for block in blocks(text) {
        match block.kind {
            Kind::List => {
                for (_, texts) in &block.rows {
                    let (first, nested) = texts[0].split_once('\n').unwrap_or((&texts[0], ""));
                    says_more |= item(first, &mut found);
                    let (inner, more) = references(nested);
                    found.extend(inner);
                    says_more |= more;
                }
            }
            Kind::Paragraph => {
                for part in split(&block.text) {
                    says_more |= item(&part, &mut found);
                }
            }
            Kind::Rule | Kind::More => {}
            _ => says_more = true,
        }
    }
    (found, says_more)
}

/// Adds what an item names; gives whether it says more than that.
fn item(text: &str, found: &mut Vec<Reference>) -> bool {
    let links = links(text);
    let mut rest = String::new();
    for (text, _) in runs(text).iter().filter(|(_, target)| target.is_none()) {
        rest.push_str(text);
    }
    let rest = rest.trim().trim_matches(['"', '“', '”', '.', ';']);
    let name = rest.strip_prefix("and ").unwrap_or(rest);
    let is_long = name.split_whitespace().count() > MAX_WORDS;
    if links.is_empty() && !is_long && name.contains(char::is_alphanumeric) {
        let is_reference = !name.ends_with(':');
        found.extend(is_reference.then(|| Reference::new(name, None)));
        return false;
    }
    let says_more = name.contains(char::is_alphabetic) || links.iter().any(Reference::is_web);
    found.extend(links);
    says_more
}

/// The parts of a list in a line: between commas and semicolons outside of parentheses and brackets.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        depth += usize::from("([<".contains(c));
        match parts.last_mut() {
            Some(part) if depth > 0 || !",;，、；،؛".contains(c) => part.push(c),
            _ => parts.push(String::new()),
        }
        depth -= usize::from(")]>".contains(c) && depth > 0);
    }
    parts
}

/// The names in a paragraph that gives nothing else: `(Also called X or Y)`.
pub(super) fn also_known(text: &str) -> Option<Vec<String>> {
    let text = plain(text);
    let text = text.trim_matches(['(', ')', '.', ' ']);
    let starts = ["lso known as ", "lso called ", "ka ", ".k.a. "];
    let rest = starts
        .iter()
        .find_map(|start| text.get(1..)?.strip_prefix(start))?;
    let names = split(&rest.replace(" or ", ", ").replace(" and ", ", "));
    let is_name = |name: &String| (1..=5).contains(&name.split_whitespace().count());
    names.iter().all(is_name).then_some(names)
}
