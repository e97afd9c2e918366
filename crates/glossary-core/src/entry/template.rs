//! Creates entries: the template of a new one, and entries made from other files.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Entry;
use super::check::RESERVED;
use super::front_matter::FrontMatter;
use super::markdown::{headings, is_unprintable, printable};
use super::names::split_title;
use super::sections::{Depth, RELATED, Sections};

/// The suffix of a slug that would otherwise be the name of a subcommand.
const APART: &str = "-term";

/// The longest slug: with its extension it must fit the 255 bytes of a file name.
const MAX_BYTES: usize = 200;

/// The slug of a title: its headword in lower-case letters, digits and hyphens. Letters outside of
/// ASCII are kept only where nothing is left without them; empty when a title has neither letters nor
/// digits.
#[must_use]
pub fn slug(title: &str) -> String {
    let (headword, _) = split_title(title);
    let plain: String = headword
        .nfkd()
        .filter(|c| c.is_ascii() || c.is_whitespace() || "–—‐‑".contains(*c))
        .collect();
    let mut slug = hyphenated(&plain);
    if slug.is_empty() {
        slug = hyphenated(&headword);
    }
    if RESERVED.contains(&slug.as_str()) {
        slug.push_str(APART);
    }
    slug
}

fn hyphenated(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '’', '.'], "");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut slug = words.join("-");
    while slug.len() > MAX_BYTES {
        slug.pop();
    }
    slug.trim_end_matches('-').to_string()
}

/// The template of a new entry.
#[must_use]
pub fn text(title: &str) -> String {
    let title = quoted(title);
    let mut text = format!(
        "---\n\
         title: {title}\n\
         draft: false\n\
         type: \"glossary\"\n\
         layout: \"entry\"\n\
         aliases: []   # synonyms and other spellings\n\
         covers: []    # narrower names that this entry explains\n\
         tags: []      # its topic first\n\
         requires: []  # slugs of what to understand first, four at most\n\
         sources: []   # \"authors, title, year\"\n\
         ---\n"
    );
    let headings = Depth::ALL.iter().map(|depth| depth.heading());
    for heading in headings.chain([RELATED]) {
        text.push_str("\n### ");
        text.push_str(heading);
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A slug of a title in any script: letters, digits, and marks in lower case, `+`, `#`, and `*` behind
/// them, and a hyphen in the place of anything else.
#[must_use]
pub fn any_slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfc().flat_map(char::to_lowercase) {
        let is_first = slug.is_empty() || slug.ends_with('-');
        let is_sign = "+#*".contains(c) && !is_first;
        if c.is_alphanumeric() || is_combining_mark(c) || is_sign {
            slug.push(c);
        } else if !is_first {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_string()
}

/// An entry with these texts, one for each depth; empty ones are left out.
#[must_use]
pub fn entry(
    slug: String,
    mut front: FrontMatter,
    texts: &[String; 3],
    related: &[String],
) -> Entry {
    let clean = |text: &str| {
        let is_shown = |c: &char| c.is_whitespace() || !is_unprintable(*c);
        let text: String = text.chars().filter(is_shown).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let related: Vec<String> = related.iter().map(|title| clean(title)).collect();
    for text in front
        .aliases
        .iter_mut()
        .chain(&mut front.tags)
        .chain([&mut front.title])
    {
        *text = clean(text);
    }
    let mut text = front_matter(&front);
    let mut section = |heading: &str, content: &str| {
        let content = printable(content);
        let content = content.trim();
        let start = text.len() + heading.len() + "\n### \n".len();
        if content.is_empty() {
            return None;
        }
        text.extend(["\n### ", heading, "\n\n", content, "\n"]);
        Some(start..text.len())
    };
    let depths = Depth::ALL.map(|depth| section(depth.heading(), &demoted(&texts[depth as usize])));
    let list: Vec<String> = related.iter().map(|title| format!("- {title}")).collect();
    let list = section(RELATED, &list.join("\n"));
    let sections = Sections::at(depths, list);
    Entry {
        slug,
        front,
        related,
        sections,
        text,
    }
}

/// A text whose headings begin no section: they are of a level below those.
fn demoted(markdown: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for heading in headings(markdown) {
        text.push_str(&markdown[at..heading.start]);
        text.push_str("#####");
        at = heading.start + heading.level;
    }
    text + &markdown[at..]
}

/// Front matter with the keys that are not empty.
#[must_use]
pub fn front_matter(front: &FrontMatter) -> String {
    let mut text = format!("---\ntitle: {}\n", quoted(&front.title));
    for (key, list) in [
        ("aliases", &front.aliases),
        ("covers", &front.covers),
        ("homonyms", &front.homonyms),
        ("tags", &front.tags),
        ("requires", &front.requires),
        ("sources", &front.sources),
        ("keywords", &front.keywords),
    ] {
        if !list.is_empty() {
            let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
            text.extend([key, ": [", &list.join(", "), "]\n"]);
        }
    }
    text + "---\n"
}

/// A text in the quotes of YAML, with what YAML does not allow or would change escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        let is_plain = c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric();
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if is_plain => quoted.push(c),
            _ => quoted.extend(["\\U", &format!("{:08X}", u32::from(c))]),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::{slug, text};
    use crate::entry::Entry;

    #[test]
    fn a_title_makes_a_slug_that_can_be_typed() {
        for (title, made) in [
            (
                "Generative Adversarial Network (GAN)",
                "generative-adversarial-network",
            ),
            ("k-means++", "k-means"),
            ("Fréchet Inception Distance", "frechet-inception-distance"),
            ("Moore's Law", "moores-law"),
            ("GPT-3.5", "gpt-35"),
            ("zero\u{2014}shot", "zero-shot"),
            ("../../etc/passwd", "etc-passwd"),
            ("-rf", "rf"),
            ("Random", "random-term"),
            ("注意力", "注意力"),
            ("(…)", ""),
        ] {
            assert_eq!(slug(title), made, "{title}");
        }
    }

    #[test]
    fn a_slug_fits_a_file_name() {
        assert!(slug(&"long ".repeat(1000)).len() <= super::MAX_BYTES);
        assert!(slug(&"注".repeat(1000)).len() <= super::MAX_BYTES);
    }

    #[test]
    fn the_text_reads_as_an_entry_of_the_same_title() {
        for title in [
            "Data Mesh",
            "He said \"no\" \\ yes: # 1",
            "3.14",
            "yes",
            "~",
            "null",
        ] {
            let entry = Entry::parse("slug", &text(title));
            assert_eq!(entry.map(|entry| entry.front.title), Ok(title.to_string()));
        }
    }
}
