//! A graph of terms in the languages of diagram programs.

use std::fmt::Write as _;

use super::sanitize;
use glossary_core::query::term_graph::TermGraph;

/// The graphs as one diagram for Graphviz.
pub fn dot(graphs: &[TermGraph<'_>]) -> String {
    let quoted = |text: &str| sanitize(text).replace('\\', "\\\\").replace('"', "\\\"");
    let mut out = String::from(
        "digraph glossary {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n",
    );
    for (number, graph) in graphs.iter().enumerate() {
        for (at, node) in graph.nodes.iter().enumerate() {
            let (title, id) = (quoted(&node.title), id(number, at));
            let _ = match &node.entry {
                Some(entry) => {
                    let tooltip = quoted(&entry.head.gloss);
                    writeln!(out, "  {id} [label=\"{title}\", tooltip=\"{tooltip}\"];")
                }
                None => writeln!(out, "  {id} [label=\"{title}\", style=\"rounded,dashed\"];"),
            };
        }
        for &(from, to) in &graph.edges {
            let _ = writeln!(out, "  {} -> {};", id(number, from), id(number, to));
        }
    }
    out.push_str("}\n");
    out
}

/// The graphs as one Mermaid flowchart.
pub fn mermaid(graphs: &[TermGraph<'_>]) -> String {
    let mut out = String::from("flowchart LR\n");
    for (number, graph) in graphs.iter().enumerate() {
        for (at, node) in graph.nodes.iter().enumerate() {
            let title = sanitize(&node.title)
                .replace('#', "#35;")
                .replace('"', "#quot;")
                .replace('<', "#lt;")
                .replace('>', "#gt;");
            let _ = writeln!(out, "  {}[\"{title}\"]", id(number, at));
        }
        for &(from, to) in &graph.edges {
            let _ = writeln!(out, "  {} --> {}", id(number, from), id(number, to));
        }
    }
    out
}

/// The name of a node: graphs share entries, but each is drawn by itself.
fn id(graph: usize, node: usize) -> String {
    if graph == 0 {
        format!("n{node}")
    } else {
        format!("g{graph}n{node}")
    }
}
