//! Relations and names as people write them: lists, sentences, links, paths.

use std::collections::HashSet;

use super::normalize::fold;
use super::outline::{Block, Kind, blocks, plain, runs};

/// A name in a list of names has at most this many words.
const MAX_WORDS: usize = 12;

/// Further titles are ignored, as each costs a lookup.
pub const MAX_RELATED: usize = 256;

/// The titles in the first paragraph or list of the section Related terms, in order, each once.
#[must_use]
pub fn titles(text: &str) -> Vec<String> {
    let list = blocks(text)
        .into_iter()
        .find(|block| block.kind != Kind::Rule);
    let (references, _) = references(&list.map(|block| block.text).unwrap_or_default());
    let mut seen = HashSet::new();
    let mut titles: Vec<String> = references.into_iter().map(|title| title.text).collect();
    titles.retain(|title| seen.insert(fold(title)));
    titles.truncate(MAX_RELATED);
    titles
}

/// A name or link in an entry's list of related terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name, or the text of the link.
    pub text: String,
    /// The address of the link.
    pub target: Option<String>,
}

impl Reference {
    fn new(text: &str, target: Option<String>) -> Self {
        let text = text.trim().to_string();
        Self { text, target }
    }

    /// A reference in a list of front matter or data: a name, a path, or a link.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let is_path = !written.contains(' ') && written.contains('/') || written.contains(".md");
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
    #[must_use]
    pub fn is_web(&self) -> bool {
        let is_web = |target: &String| target.contains(':') || target.starts_with("//");
        self.target.as_ref().is_some_and(is_web)
    }

    /// The names to look for, in this order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.target
            .as_deref()
            .map(page)
            .into_iter()
            .chain([self.text.as_str()])
    }
}

/// The last part of an address, without its extension: the page that it leads to, or the place in the
/// same page.
#[must_use]
pub fn page(target: &str) -> &str {
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
        _ if last.is_empty() || !place.is_empty() && last == "glossary" => place,
        _ => last,
    }
}

/// The links in a text.
#[must_use]
pub fn links(text: &str) -> Vec<Reference> {
    let link = |(text, target): (String, Option<String>)| {
        target.map(|target| Reference::new(&text, Some(target)))
    };
    runs(text).into_iter().filter_map(link).collect()
}

/// Whether a block is nothing but links within its page, such as a table of contents.
#[must_use]
pub fn is_navigation(block: &Block) -> bool {
    let is_inside = |(text, target): &(String, Option<String>)| match target {
        Some(target) => target.starts_with('#'),
        None => !text.contains(char::is_alphanumeric),
    };
    let runs = runs(&block.text);
    let has_link = runs.iter().any(|(_, target)| target.is_some());
    has_link && matches!(block.kind, Kind::List | Kind::Paragraph) && runs.iter().all(is_inside)
}

/// The references in a section or after a label, split at list items and commas, and whether the text says
/// more than that.
#[must_use]
pub fn references(text: &str) -> (Vec<Reference>, bool) {
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
    let rest = rest.trim_matches(['"', '“', '”', ';', ' ', '\n']);
    let bare = rest.trim_end_matches(['.', '"', '”']);
    let rest = if bare.contains('.') { rest } else { bare };
    let name = rest.strip_prefix("and ").unwrap_or(rest);
    // A link by reference whose address is somewhere else.
    let linked = name.strip_prefix('[').filter(|_| name.ends_with(']'));
    let linked = linked.and_then(|name| name.split_once("]["));
    let name = linked.map_or(name, |(text, _)| text);
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
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        depth += usize::from("([<".contains(c));
        match parts.last_mut() {
            Some(part) if c == ';' && ends_entity(part) => part.push(c),
            Some(part) if depth > 0 || !",;，、；،؛".contains(c) => part.push(c),
            _ => parts.push(String::new()),
        }
        depth -= usize::from(")]>".contains(c) && depth > 0);
    }
    parts
}

/// Whether a text ends in a character reference of HTML without its semicolon, such as `&lt`.
fn ends_entity(text: &str) -> bool {
    let name = text.rsplit_once('&').map_or("", |(_, name)| name);
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.len() > 1 && name.trim_start_matches('#').chars().all(is_letter)
}

/// The names in a paragraph that gives nothing else: `(Also called X or Y)`.
#[must_use]
pub fn also_known(text: &str) -> Option<Vec<String>> {
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

#[cfg(test)]
mod tests {
    use super::titles;

    #[test]
    fn lists_are_read_as_people_write_them() {
        for (written, read) in [
            ("Recall, F1 Score", vec!["Recall", "F1 Score"]),
            ("\nRecall, F1 Score.\n", vec!["Recall", "F1 Score"]),
            ("\"Recall\", \"F1 Score\"", vec!["Recall", "F1 Score"]),
            ("“Recall,” “F1 Score.”", vec!["Recall", "F1 Score"]),
            (
                "ETL (Extract, Transform, Load), Data Lake",
                vec!["ETL (Extract, Transform, Load)", "Data Lake"],
            ),
            (
                "Precision and Recall, and Accuracy",
                vec!["Precision and Recall", "Accuracy"],
            ),
            ("A* Search, D* Lite", vec!["A* Search", "D* Lite"]),
            ("R&amp;D; &lt;p&gt;, Q&A; C", vec!["R&D", "<p>", "Q&A", "C"]),
            ("R&D, TCP/IP", vec!["R&D", "TCP/IP"]),
            (
                "- Recall\n- [F1 Score](f1-score)\n",
                vec!["Recall", "F1 Score"],
            ),
            (
                "* Recall\n\n* **F1 Score**\n\nRead on.",
                vec!["Recall", "F1 Score"],
            ),
            ("1. Recall\n2. F1 Score", vec!["Recall", "F1 Score"]),
            (
                "[Recall](/glossary/recall/), [F1][f1]",
                vec!["Recall", "F1"],
            ),
            ("Recall, recall, RECALL", vec!["Recall"]),
            (
                "Recall,\nF1 Score\n\nThese, too, matter.",
                vec!["Recall", "F1 Score"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(titles(written), read, "{written:?}");
        }
    }
}
