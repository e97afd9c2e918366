//! Markdown: a page of one term, or a file of many.

use super::draft::Draft;
use super::fields::Fields;
use super::many;
use super::prepare::prepare;
use super::words::{is_glossary, names_glossary, names_glossary_surely};
use super::{File, Reading, Way, is_index};
use crate::entry::diagnostic::Place;
use crate::entry::front_matter::{self, Form, FrontMatter};
use crate::entry::markdown::{holds, is_unprintable, printable};
use crate::entry::normalize::fold;
use crate::entry::outline::{Block, Kind, blocks, plain};
use crate::entry::rule::Rule;
use crate::entry::sections::{Sections, is_section};
use crate::entry::value::Map;
use crate::entry::{Diagnostic, Entry};

/// Reads Markdown.
pub(super) fn read(file: &File, source: &str) -> Result<Reading, Diagnostic> {
    let front = front_matter::find(source)?;
    let own = FrontMatter::from_map(&front.map);
    let sections = Sections::find(source, front.body);
    let has_sections = sections.explain() && !own.title.is_empty();
    let is_native = front.form == Form::Yaml && (has_sections || own.hidden);
    let outside = sections.outside(source, front.body);
    if is_native && !is_stray(&outside, &own.title) {
        let entry = Entry::parse(&file.name, source)?;
        let mut draft = Draft::new(&entry.front.title, 1);
        draft.front = entry.front.clone();
        draft.slug.clone_from(&entry.slug);
        draft.native = Some(entry);
        return Ok(Reading::page(draft));
    }
    let (head, body) = source.split_at(front.body);
    let prepared = prepare(&printable(body), &front.map);
    let page = Page {
        first: 1 + head.matches('\n').count(),
        blocks: blocks(&prepared.text),
        has_glossary: prepared.has_glossary,
        own: is_native.then_some(own),
        map: &front.map,
    };
    page.read(file)
}

impl Reading {
    /// The entry of a page.
    fn page(mut draft: Draft) -> Self {
        draft.is_page = true;
        let mut reading = Self::default();
        reading.drafts.push(draft);
        reading
    }
}

/// A text that has been reduced to Markdown.
struct Page<'p> {
    /// The line of the file at which it begins.
    first: usize,
    blocks: Vec<Block>,
    /// The front matter of the native layout.
    own: Option<FrontMatter>,
    map: &'p Map,
    has_glossary: bool,
}

impl Page<'_> {
    fn read(&self, file: &File) -> Result<Reading, Diagnostic> {
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
        let mut draft = Draft::new(given.as_ref().unwrap_or(&title_of(&file.name)), 1);
        let names = std::mem::replace(&mut draft.front, FrontMatter::from_map(self.map));
        (draft.front.title, draft.front.aliases) = (names.title, names.aliases);
        match &self.own {
            Some(own) => draft.add_names(&own.aliases),
            None => fields.fill(&mut draft),
        }
        draft.slug.clone_from(&file.name);
        let mut blocks = self.blocks.clone();
        if let (true, Some(heading)) = (is_repeated, heading) {
            blocks.remove(heading);
        }
        draft.absorb(&blocks, &self.blocks);
        if draft.front.draft || draft.is_empty() && given.is_none() && self.is_blank() {
            return Ok(Reading::default());
        }
        let refuse = |rule, message: &str| Err(Diagnostic::new(rule, Place::START, message));
        if holds(&draft.front.title, is_unprintable) {
            let message = "control character in the title; take it out";
            return refuse(Rule::FrontMatter, message);
        }
        if !draft.front.title.contains(char::is_alphanumeric) {
            return refuse(Rule::FrontMatter, "no title; write `title: \"The Term\"`");
        }
        if draft.is_empty() {
            return refuse(Rule::Text, "no text; write what the term means");
        }
        Ok(Reading::page(draft))
    }

    /// Whether there are only headings.
    fn is_blank(&self) -> bool {
        let mut texts = self.blocks.iter().filter(|block| block.is_text());
        texts.all(|block| plain(&block.text).is_empty())
    }

    /// Whether a file has many terms rather than one.
    fn holds_many(&self, file: &File, title: Option<&String>) -> bool {
        let mut keys = self.map.iter().map(|(key, _)| fold(key));
        if self.own.is_some() || keys.any(|key| ["term", "definition", "def"].contains(&&*key)) {
            return false;
        }
        let is_letter = |block: &&Block| block.is_heading() && block.text.chars().count() == 1;
        let is_titled = title.is_some_and(|title| names_glossary(title));
        let is_folder = is_index(&file.stem) || file.stem == "README" || file.way == Way::Named;
        self.has_glossary
            || self.blocks.iter().filter(is_letter).count() >= 2
            || is_glossary(&file.stem)
            || names_glossary_surely(&file.stem) && (is_titled || title.is_none())
            || is_folder && (is_titled || many::File::new(&self.blocks).holds_mostly_terms())
    }

    fn read_many(&self) -> Result<Reading, Diagnostic> {
        let mut reading = Reading::default();
        for mut draft in many::File::new(&self.blocks).drafts() {
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
        Err(Diagnostic::new(Rule::Text, Place::START, message))
    }
}

/// A title made of a file name: `gantry_tide` is “Gantry tide”, `GTX` stays.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let first: String = words.chars().take(1).flat_map(char::to_uppercase).collect();
    let rest: String = words.chars().skip(1).collect();
    let has_capital = words.contains(char::is_uppercase);
    Some(words).filter(|_| has_capital).unwrap_or(first + &rest)
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
