//! A Markdown file of one term: front matter of any kind, or none, and a free text.

use super::document::{Document, Kind};
use super::draft::Draft;
use super::fields::{Fields, Others, fill_native};
use super::relations::is_same;
use crate::entry::value::Map;

/// Where the parts of a page come from.
pub(super) struct Page<'p> {
    pub(super) map: &'p Map,
    pub(super) document: &'p Document,
    /// The name of the file or folder, of which a title is made where there is none.
    pub(super) stem: &'p str,
    /// Whether the page has sections of the native layout.
    pub(super) is_native: bool,
}

/// Reads a page.
pub(super) fn read(page: &Page<'_>) -> Draft {
    let fields = Fields::new(page.map);
    let nodes = page.document.nodes.as_slice();
    let heading = nodes
        .iter()
        .position(|node| node.kind == Kind::Heading(1) && !node.text.trim().is_empty());
    let title = fields.page_title();
    let from_heading = || heading.map(|at| nodes[at].text.clone());
    let mut draft = Draft::new(
        &title
            .clone()
            .or_else(from_heading)
            .unwrap_or_else(|| from_stem(page.stem)),
        1,
    );
    fill_native(&mut draft, page.map);
    if !page.is_native {
        fields.fill(&mut draft, Others::Ignored);
    }
    let is_title = |at: &usize| title.is_none() || is_same(&nodes[*at].text, &draft.front.title);
    match heading.filter(is_title) {
        Some(at) => {
            for id in page.document.ids(&nodes[at].range) {
                draft.add_name(id);
            }
            let mut nodes = nodes.to_vec();
            nodes.remove(at);
            draft.absorb(page.document, &nodes);
        }
        None => draft.absorb(page.document, nodes),
    }
    draft
}

/// A title made of a file name: `gantry_tide` is “Gantry tide”, `GTX` stays.
fn from_stem(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    if words.contains(char::is_uppercase) {
        return words;
    }
    let mut chars = words.chars();
    let first = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
