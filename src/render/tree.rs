//! A graph of terms as a tree, each term once.

use unicode_width::UnicodeWidthStr;

use super::list::NO_ENTRY;
use super::wrap::{self, Span, Widths, wrap};
use super::{OutputStyle, Role, sanitize};
use glossary_core::query::term_graph::{Node, Relation, TermGraph};

/// A summary is shown only where it has at least so many columns.
const MIN_SUMMARY: usize = 24;

/// Branches take at most this share of the width: what is nested deeper is not indented further.
const MAX_INDENT_SHARE: usize = 3;

const MORE: &str = "├── ";
const LAST: &str = "└── ";

/// A node that is still to be written.
struct Branch {
    node: usize,
    /// The lines of the branches above that go on.
    lines: String,
    connector: &'static str,
}

/// Appends a tree whose root is the node where the walk started. `mark` comes before the title of the
/// node at a position in the graph.
pub(super) fn write(
    graph: &TermGraph<'_>,
    mark: impl Fn(usize) -> String,
    style: &OutputStyle,
    out: &mut String,
) {
    let mut children = vec![Vec::new(); graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children[parent].push(at);
        }
    }
    let start = |node: &Node<'_>| node.relation == Relation::Start;
    let root = graph.nodes.iter().position(start);
    let root = root.map(|node| Branch {
        node,
        lines: String::new(),
        connector: "",
    });
    let mut open = Vec::from_iter(root);
    let levels = (style.width() / MAX_INDENT_SHARE).max(4) / 4;
    while let Some(Branch {
        node,
        mut lines,
        connector,
    }) = open.pop()
    {
        write_branch(
            &graph.nodes[node],
            &format!("{lines}{connector}"),
            &mark(node),
            style,
            out,
        );
        if lines.chars().count() < levels * 4 {
            lines.push_str(match connector {
                MORE => "│   ",
                LAST => "    ",
                _ => "",
            });
        }
        for (number, &node) in children[node].iter().rev().enumerate() {
            open.push(Branch {
                node,
                lines: lines.clone(),
                connector: if number == 0 { LAST } else { MORE },
            });
        }
    }
}

/// A title and, where there is room for it, the beginning of the summary.
fn write_branch(node: &Node<'_>, lines: &str, mark: &str, style: &OutputStyle, out: &mut String) {
    let room = style.width().saturating_sub(lines.width() + mark.width());
    let title = shortened(&sanitize(&node.title), room);
    let room = room.saturating_sub(title.width() + 2);
    out.push_str(&style.paint(Role::Rule, lines));
    out.push_str(&style.paint(Role::Note, mark));
    out.push_str(&style.paint(Role::Title, &title));
    let summary = node
        .entry
        .as_ref()
        .map_or(NO_ENTRY, |entry| &entry.head.gloss);
    if room >= MIN_SUMMARY && !summary.is_empty() {
        out.push_str("  ");
        out.push_str(&shortened(&sanitize(summary), room));
    }
    out.push('\n');
}

/// A text that takes at most so many columns, cut between words if possible.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let spans = [Span::new(text, [])];
    let lines = wrap(&spans, Widths::same(width.saturating_sub(1)));
    lines
        .first()
        .map(|line| wrap::text(line))
        .unwrap_or_default()
        + "…"
}
