//! An entry as a page: its title, the sections that were asked for, and where to go next.

use super::{OutputStyle, Role, blocks, parts, sanitize};
use glossary_core::corpus::BUILT_IN;
use glossary_core::entry::Entry;
use glossary_core::entry::markdown::{self, Block, Run};
use glossary_core::entry::sections::Depth;
use glossary_core::query::lookup::FoundEntry;

/// The page of an entry.
#[must_use]
pub fn render(found: &FoundEntry, depths: &[Depth], style: &OutputStyle) -> String {
    let entry = &found.entry;
    let mut page = String::new();
    write_title(found, style, &mut page);
    // A formula says little without the sentence that says what it is about.
    if depths == [Depth::InDepth] && entry.section(Depth::Summary).is_some() {
        page.push('\n');
        write_section(entry, Depth::Summary, style, &mut page);
    }
    for &depth in depths {
        page.push('\n');
        if depths.len() > 1 {
            page.push_str(&style.paint(Role::Heading, depth.heading()));
            page.push('\n');
        }
        write_section(entry, depth, style, &mut page);
    }
    if !entry.related.is_empty() {
        page.push('\n');
        write_labeled("Related", &entry.related.join(", "), style, &mut page);
    }
    if depths.contains(&Depth::InDepth) {
        for source in &entry.front.sources {
            write_labeled("Source", source, style, &mut page);
        }
    }
    page
}

/// The title, the glossary unless it is the built-in one, and on a terminal the other names.
fn write_title(found: &FoundEntry, style: &OutputStyle, page: &mut String) {
    let source = format!("  from {}", found.source);
    let mut line = vec![(Role::Title, found.title.full.as_str())];
    if found.source != BUILT_IN {
        line.push((Role::Note, &source));
    }
    parts::write(&line, "", style, page);
    let aliases = &found.entry.front.aliases;
    if matches!(style, OutputStyle::Page { .. }) && !aliases.is_empty() {
        let names = format!("also: {}", aliases.join(", "));
        parts::write(&[(Role::Note, &names)], "", style, page);
    }
}

fn write_section(entry: &Entry, depth: Depth, style: &OutputStyle, page: &mut String) {
    match entry.section(depth).map(markdown::parse) {
        Some(section) if !section.is_empty() => blocks::write(&section, 0, style, page),
        _ => {
            let missing = format!("This entry has no text under “{}”.", depth.heading());
            blocks::write(
                &[Block::Paragraph(vec![Run::plain(missing)])],
                0,
                style,
                page,
            );
        }
    }
}

/// A line that starts with a label, such as `Related: …`.
fn write_labeled(label: &str, text: &str, style: &OutputStyle, page: &mut String) {
    let label = format!("{label}:");
    let text = format!(" {}", sanitize(text));
    parts::write(
        &[(Role::Strong, &label), (Role::Text, &text)],
        "",
        style,
        page,
    );
}
