//! An entry as a page: its title, the sections that were asked for, and where to go next.

use super::{OutputStyle, Role, blocks, parts};
use glossary_core::corpus::BUILT_IN;
use glossary_core::entry::Entry;
use glossary_core::entry::markdown;
use glossary_core::entry::sections::Depth;
use glossary_core::query::lookup::{FoundEntry, Remark};

/// The page of an entry.
#[must_use]
pub fn render(found: &FoundEntry, depths: &[Depth], style: &OutputStyle) -> String {
    let entry = &found.entry;
    let mut page = String::new();
    write_title(found, style, &mut page);
    let mut depths = depths.to_vec();
    if let Some(passage) = &found.passage {
        page.push('\n');
        blocks::write(passage, 0, style, &mut page);
        // The summary is about the wider thing.
        depths.retain(|depth| *depth != Depth::Summary);
    }
    // A formula says little without the sentence that says what it is about.
    let is_formula = depths == [Depth::InDepth] && found.passage.is_none();
    if is_formula && entry.section(Depth::Summary).is_some() {
        page.push('\n');
        write_section(entry, Depth::Summary, style, &mut page);
    }
    for &depth in &depths {
        if depths.len() > 1 {
            write_heading(depth.heading(), style, &mut page);
        } else {
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
    let (source, wider) = (
        format!("  from {}", found.source),
        format!("  in {}", found.title.full),
    );
    let mut line = match found.passage {
        Some(_) => vec![(Role::Title, &found.matched_name), (Role::Note, &wider)],
        None => vec![(Role::Title, &found.title.full)],
    };
    if found.source != BUILT_IN {
        line.push((Role::Note, &source));
    }
    let line = line.into_iter().map(|(role, text)| (role, text.as_str()));
    parts::write(&line.collect::<Vec<_>>(), "", style, page);
    let aliases = &found.entry.front.aliases;
    let is_page = matches!(style, OutputStyle::Page { .. });
    if is_page && found.passage.is_none() && !aliases.is_empty() {
        let names = format!("also: {}", aliases.join(", "));
        parts::write(&[(Role::Note, &names)], "", style, page);
    }
}

fn write_section(entry: &Entry, depth: Depth, style: &OutputStyle, page: &mut String) {
    match entry.section(depth).map(markdown::parse) {
        Some(section) if !section.is_empty() => blocks::write(&section, 0, style, page),
        _ => {
            let missing = format!("This entry has no text under “{}”.", depth.heading());
            parts::write(&[(Role::Text, &missing)], "", style, page);
        }
    }
}

/// What entries that are compared say about one another.
#[must_use]
pub fn remarks(remarks: &[Remark], style: &OutputStyle) -> String {
    let mut page = String::new();
    for remark in remarks {
        let (from, about) = (&remark.from.1.headword, &remark.about.1.headword);
        write_heading(&format!("{from} on {about}"), style, &mut page);
        blocks::write(&remark.passages, 0, style, &mut page);
    }
    page
}

fn write_heading(text: &str, style: &OutputStyle, page: &mut String) {
    let heading = style.paint(Role::Heading, text);
    page.extend(["\n", &heading, "\n"]);
}

/// A line that starts with a label, such as `Related: …`.
fn write_labeled(label: &str, text: &str, style: &OutputStyle, page: &mut String) {
    let (label, text) = (format!("{label}:"), format!(" {text}"));
    let line = [(Role::Strong, label.as_str()), (Role::Text, &text)];
    parts::write(&line, "", style, page);
}
