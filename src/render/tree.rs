//! A graph of terms as a tree, each term once.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{OutputStyle, Role, sanitize};
use glossary_core::query::term_graph::{Node, Relation, TermGraph};

/// A summary is shown only where it has at least so many columns.
const MIN_SUMMARY: usize = 24;

/// Branches take at most this share of the width: what is nested deeper is not indented further.
const MAX_INDENT_SHARE: usize = 3;

/// The text of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The title.
    Title,
    /// The title after the position in the graph.
    Numbered,
}

/// A node that is still to be written.
struct Branch {
    node: usize,
    /// The lines of the branches above that go on.
    lines: String,
    connector: &'static str,
}

/// Appends a tree whose root is the node where the walk started.
pub(super) fn write(graph: &TermGraph<'_>, label: Label, style: &OutputStyle, out: &mut String) {
    let mut children = vec![Vec::new(); graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children[parent].push(at);
        }
    }
    let start = |node: &Node<'_>| node.relation == Relation::Start;
    let root = graph.nodes.iter().position(start);
    let mut open: Vec<Branch> = root
        .map(|node| Branch {
            node,
            lines: String::new(),
            connector: "",
        })
        .into_iter()
        .collect();
    let max_indent = (style.width() / MAX_INDENT_SHARE).max(4);
    while let Some(branch) = open.pop() {
        write_branch(graph, label, &branch, style, out);
        let mut lines = branch.lines;
        match branch.connector {
            "├── " => lines.push_str("│   "),
            "└── " => lines.push_str("    "),
            _ => {}
        }
        if lines.chars().count() > max_indent {
            lines = lines.chars().take(max_indent / 4 * 4).collect();
        }
        for (number, &node) in children[branch.node].iter().rev().enumerate() {
            open.push(Branch {
                node,
                lines: lines.clone(),
                connector: if number == 0 {
                    "└── "
                } else {
                    "├── "
                },
            });
        }
    }
}

/// A title and, where there is room for it, the beginning of the summary.
fn write_branch(
    graph: &TermGraph<'_>,
    label: Label,
    branch: &Branch,
    style: &OutputStyle,
    out: &mut String,
) {
    let node = &graph.nodes[branch.node];
    let lines = format!("{}{}", branch.lines, branch.connector);
    let number = match label {
        Label::Title => String::new(),
        Label::Numbered => format!("{}. ", branch.node + 1),
    };
    let room = style.width().saturating_sub(lines.width() + number.width());
    let title = shortened(&sanitize(&node.title), room);
    let room = room.saturating_sub(title.width() + 2);
    out.push_str(&style.paint(Role::Rule, &lines));
    out.push_str(&style.paint(Role::Note, &number));
    out.push_str(&style.paint(Role::Title, &title));
    let summary = match &node.entry {
        Some(entry) => &*entry.head.gloss,
        None => "(no entry yet)",
    };
    if room >= MIN_SUMMARY && !summary.is_empty() {
        let summary = shortened(&sanitize(summary), room);
        out.push_str("  ");
        out.push_str(&style.paint(Role::Text, &summary));
    }
    out.push('\n');
}

/// A text that takes at most so many columns, cut between words if possible.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut short = String::new();
    let mut used = 1;
    for character in text.graphemes(true) {
        used += character.width();
        if used > width {
            break;
        }
        short.push_str(character);
    }
    let words = short.rfind(' ').filter(|&space| space > short.len() / 2);
    short.truncate(words.unwrap_or(short.len()));
    short.push('…');
    short
}
