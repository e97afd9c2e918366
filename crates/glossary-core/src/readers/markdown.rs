//! Markdown: a page of one term, or a file of many.

use super::draft::Draft;
use super::fields::{Fields, Others};
use super::many;
use super::prepare::{Prepared, prepare};
use super::words::{is_glossary, names_glossary, names_glossary_surely};
use super::{File, Reading, Way, is_index};
use crate::entry::front_matter::{self, Form, FrontMatter};
use crate::entry::key::fold;
use crate::entry::markdown::{holds, is_unprintable, printable};
use crate::entry::outline::{Block, Kind, blocks, plain};
use crate::entry::problem::Place;
use crate::entry::rule::Rule;
use crate::entry::sections::{Sections, is_section};
use crate::entry::value::Map;
use crate::entry::{Entry, Problem};

/// Reads Markdown.
pub(super) fn read(file: &File, source: &str) -> Reading {
    read_page(file, source).unwrap_or_else(Reading::refused)
}

fn read_page(file: &File, source: &str) -> Result<Reading, Problem> {
    let front = front_matter::find(source)?;
    let own = FrontMatter::from_map(&front.map);
    let sections = Sections::find(source, front.body);
    let has_sections = sections.explain() && !own.title.is_empty();
    let is_native = front.form == Form::Yaml && (has_sections || own.hidden);
    let outside = sections.outside(source, front.body);
    if is_native && !is_stray(&outside, &own.title) {
        let entry = Entry::parse(&file.name, source)?;
        let (slug, front) = (entry.slug.clone(), entry.front.clone());
        let native = Some(entry);
        return Ok(Reading::of_one(Draft {
            line: 1,
            slug,
            native,
            front,
            ..Draft::default()
        }));
    }
    let (head, body) = source.split_at(front.body);
    let body = printable(body);
    let prepared = prepare(&body, &front.map);
    let is_footnote = |block: &Block| block.kind == Kind::Footnote;
    let (footnotes, blocks) = blocks(&prepared.text).into_iter().partition(is_footnote);
    let first = 1 + head.matches('\n').count();
    let own = is_native.then_some(own);
    Page {
        first,
        blocks,
        footnotes,
        own,
        map: &front.map,
        prepared: &prepared,
    }
    .read(file)
}

/// A text that has been reduced to Markdown.
struct Page<'p> {
    /// The line of the file at which it begins.
    first: usize,
    blocks: Vec<Block>,
    footnotes: Vec<Block>,
    /// The front matter of the native layout.
    own: Option<FrontMatter>,
    map: &'p Map,
    prepared: &'p Prepared,
}

impl Page<'_> {
    fn read(&self, file: &File) -> Result<Reading, Problem> {
        let is_title = |block: &Block| block.kind == Kind::Heading(1) && !block.text.is_empty();
        let heading = self.blocks.iter().position(is_title);
        let title = heading.map(|heading| self.blocks[heading].text.clone());
        let fields = Fields::new(self.map);
        let key = fields.page_title();
        if self.holds_many(file, key.as_ref().or(title.as_ref())) {
            return self.read_many();
        }
        if file.stem == "README" && file.way == Way::InFolder {
            return Ok(Reading::default());
        }
        let is_repeated = key.is_none() || key.as_deref().map(fold) == title.as_deref().map(fold);
        let given = key.or(title);
        let name = given.clone().unwrap_or_else(|| title_of(&file.name));
        let mut draft = Draft::new(&name, 1);
        let (title, aliases) = (draft.front.title, draft.front.aliases);
        draft.front = FrontMatter {
            title,
            aliases,
            ..FrontMatter::from_map(self.map)
        };
        match &self.own {
            Some(own) => own.aliases.iter().for_each(|name| draft.add_name(name)),
            None => fields.fill(&mut draft, Others::Ignored),
        }
        draft.slug = file.name.clone();
        let mut blocks = self.blocks.clone();
        heading
            .filter(|_| is_repeated)
            .map(|heading| blocks.remove(heading));
        draft.absorb(&blocks, &self.footnotes);
        if draft.front.draft || draft.is_empty() && given.is_none() && self.is_blank() {
            return Ok(Reading::default());
        }
        let refuse = |rule, message: &str| Err(Problem::new(rule, Place::START, message));
        if holds(&draft.front.title, is_unprintable) {
            return refuse(
                Rule::FrontMatter,
                "control character in the title; take it out",
            );
        }
        if !draft.front.title.contains(char::is_alphanumeric) {
            return refuse(Rule::FrontMatter, "no title; write `title: \"The Term\"`");
        }
        if draft.is_empty() {
            return refuse(Rule::Text, "no text; write what the term means");
        }
        Ok(Reading::of_one(draft))
    }

    /// Whether there is no text but headings.
    fn is_blank(&self) -> bool {
        let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(_) | Kind::Rule);
        self.blocks
            .iter()
            .all(|block| is_heading(block) || plain(&block.text).is_empty())
    }

    /// Whether a file has many terms rather than one.
    fn holds_many(&self, file: &File, title: Option<&String>) -> bool {
        let is_term =
            |(key, _): &(String, _)| matches!(fold(key).as_str(), "term" | "definition" | "def");
        if self.own.is_some() || self.map.iter().any(is_term) {
            return false;
        }
        let is_letter = |block: &&Block| {
            matches!(block.kind, Kind::Heading(_)) && block.text.chars().count() == 1
        };
        let is_titled = title.is_some_and(|title| names_glossary(title));
        let is_folder = is_index(&file.stem) || file.stem == "README" || file.way == Way::Named;
        self.prepared.has_glossary
            || self.blocks.iter().filter(is_letter).count() >= 2
            || self.blocks.is_empty() && !self.prepared.abbreviations.is_empty()
            || is_glossary(&file.stem)
            || names_glossary_surely(&file.stem) && (is_titled || title.is_none())
            || is_folder && (is_titled || many::File::new(&self.blocks).is_mostly_terms())
    }

    fn read_many(&self) -> Result<Reading, Problem> {
        let mut drafts = many::File::new(&self.blocks).drafts(&self.footnotes);
        for (line, name, text) in &self.prepared.abbreviations {
            let mut draft = Draft::new(name, *line);
            draft.absorb_text(text);
            drafts.push(draft);
        }
        let mut reading = Reading::of_many();
        for mut draft in drafts {
            draft.line += self.first;
            reading.take(draft);
        }
        if !reading.drafts.is_empty() {
            return Ok(reading);
        }
        if self.is_blank() {
            return Ok(Reading::default());
        }
        let message = "no term; write a heading, a bold name, or a row of a table for each";
        Err(Problem::new(Rule::Text, Place::START, message))
    }
}

/// A title made of a file name: `gantry_tide` is “Gantry tide”, `GTX` stays.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if !words.contains(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => words,
    }
}

/// Whether text outside of the sections is more than comments and the title.
fn is_stray(outside: &str, title: &str) -> bool {
    let blocks = blocks(&prepare(outside, &Map::new()).text);
    blocks.iter().any(|block| match block.kind {
        Kind::Rule => false,
        Kind::Heading(_) => !is_section(&block.text) && fold(&block.text) != fold(title),
        _ => !block.text.is_empty(),
    })
}
