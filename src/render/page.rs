//! An entry as a page: its title, the sections that were asked for, where to go next.
//!
//! Owns the order and the spacing of a page. It must not know how a block is laid out.

use super::{Look, Role, safe};
use crate::error::Result;
use glossary_core::corpus::{BUILT_IN, Corpus, Id};
use glossary_core::entry::Entry;
use glossary_core::entry::markdown::{self, Block, Run};
use glossary_core::entry::sections::Depth;

/// The page of an entry.
pub fn of(corpus: &Corpus, id: Id, depths: &[Depth], look: &Look) -> Result<String> {
    let entry = corpus.entry(id)?;
    let mut page = String::new();
    look.blocks(&[title(&entry.front.title)], 0, &mut page);
    let source = corpus.source(id);
    if source != BUILT_IN {
        page.pop();
        page.push_str(&look.paint(Role::Note, &format!("  from {source}")));
        page.push('\n');
    }
    for &depth in depths {
        page.push('\n');
        section(&entry, depth, depths, look, &mut page);
    }
    if !entry.related.is_empty() {
        page.push('\n');
        labelled("Related", &entry.related.join(", "), look, &mut page);
    }
    if depths.contains(&Depth::InDepth) {
        for source in &entry.front.sources {
            labelled("Source", source, look, &mut page);
        }
    }
    Ok(page)
}

fn title(text: &str) -> Block {
    Block::Heading(vec![Run {
        text: safe(text).into_owned(),
        ..Run::default()
    }])
}

/// A section; under its heading when there are several, or when it is not the one that is expected.
fn section(entry: &Entry, depth: Depth, depths: &[Depth], look: &Look, page: &mut String) {
    if depths.len() > 1 {
        page.push_str(&look.paint(Role::Heading, depth.heading()));
        page.push('\n');
    }
    match entry.section(depth).map(markdown::parse) {
        Some(blocks) if !blocks.is_empty() => look.blocks(&blocks, 0, page),
        _ => {
            let lacking = format!("This entry has no text under “{}”.", depth.heading());
            look.blocks(&[paragraph(&lacking)], 0, page);
        }
    }
}

/// A line with a label in front, such as `Related: …`.
fn labelled(label: &str, text: &str, look: &Look, page: &mut String) {
    let mut block = paragraph(&format!(" {text}"));
    if let Block::Paragraph(runs) = &mut block {
        let mut lead = Run {
            text: format!("{label}:"),
            ..Run::default()
        };
        lead.style.bold = true;
        runs.insert(0, lead);
    }
    look.blocks(&[block], 0, page);
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Run {
        text: text.to_string(),
        ..Run::default()
    }])
}
