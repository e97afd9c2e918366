//! A Markdown file of many terms: headings, definition lists, tables, and bold names.

use std::collections::HashMap;
use std::ops::Range;

use super::draft::Draft;
use super::fields::{Fields, columns};
use super::words::{is_apart, is_label, names_glossary};
use crate::entry::normalize::fold;
use crate::entry::outline::{Block, Kind, Row, blocks, plain};
use crate::entry::value::{Map, Value};

/// A name before a colon or dash in a plain list has at most this many words.
const MAX_WORDS: usize = 6;

/// What may stand between a bold name and its text.
const MARKS: [char; 7] = [':', '：', '—', '–', '-', '\\', '\n'];

/// A file of terms, and what was found out about it.
pub(super) struct File<'f> {
    blocks: &'f [Block],
    /// How often each heading and bold name occurs, folded.
    counts: HashMap<String, usize>,
    terms: Vec<Term>,
}

/// A term that is not a heading.
struct Term {
    /// The number of the block in which it is.
    block: usize,
    draft: Draft,
    text: String,
}

impl<'f> File<'f> {
    pub(super) fn new(blocks: &'f [Block]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for block in blocks {
            let items = block.rows.iter().map(|(_, texts)| texts[0].as_str());
            let names = items.chain([block.text.as_str()]).filter_map(lead);
            let heading = block.is_heading().then(|| block.text.clone());
            for name in names.map(|(name, _)| name).chain(heading) {
                *counts.entry(fold(&name)).or_default() += 1;
            }
        }
        let mut file = Self {
            blocks,
            counts,
            terms: Vec::new(),
        };
        for number in 0..blocks.len() {
            file.find(number);
        }
        file
    }

    /// Whether at least half of the blocks of text are terms, and not only under headings about the file.
    pub(super) fn holds_mostly_terms(self) -> bool {
        let texts = self.blocks.iter().filter(|block| block.is_text()).count();
        let mut with_terms: Vec<usize> = self.terms.iter().map(|term| term.block).collect();
        with_terms.dedup();
        2 * with_terms.len() >= texts && !self.drafts().is_empty()
    }

    fn has_term(&self, block: usize) -> bool {
        let found = self.terms.binary_search_by_key(&block, |term| term.block);
        found.is_ok()
    }

    /// The terms of the file.
    pub(super) fn drafts(mut self) -> Vec<Draft> {
        let mut is_read = vec![true; self.blocks.len()];
        let headings = (1..=6).find_map(|level| self.heading_terms(level, &mut is_read));
        let mut drafts = Vec::new();
        let mut next = self.blocks.len();
        for mut term in std::mem::take(&mut self.terms).into_iter().rev() {
            if !is_read[term.block] || headings.is_some() && !self.is_term_above_headings(&term) {
                continue;
            }
            let mut text = blocks(&term.text);
            if self.blocks[term.block].kind == Kind::Paragraph {
                // What follows belongs to it, up to the next term, heading, or rule.
                let rest = &self.blocks[term.block + 1..next];
                text.extend(rest.iter().take_while(|block| block.is_text()).cloned());
            }
            next = term.block;
            term.draft.absorb(&text, self.blocks);
            drafts.push(term.draft);
        }
        for range in headings.into_iter().flatten() {
            let heading = &self.blocks[range.start];
            let mut draft = Draft::new(&heading.text, heading.line);
            draft.absorb(&self.blocks[range.start + 1..range.end], self.blocks);
            drafts.push(draft);
        }
        drafts.sort_by_key(|draft| draft.line);
        drafts
    }

    /// Above the level of headings that are terms, a table or definition list has terms, too, a bold name
    /// only under a letter or a heading that says glossary.
    fn is_term_above_headings(&self, term: &Term) -> bool {
        let mut before = self.blocks[..term.block].iter().rev();
        let topic = before.find(|block| block.is_heading());
        let topic = topic.map_or("", |block| block.text.as_str());
        let kind = self.blocks[term.block].kind;
        [Kind::Table, Kind::Definitions].contains(&kind)
            || topic.chars().count() == 1
            || names_glossary(topic)
    }

    /// The headings of a level with what is under each, if they are terms. What is under headings about
    /// the file, or under terms, is not read again.
    fn heading_terms(&self, level: usize, is_read: &mut [bool]) -> Option<Vec<Range<usize>>> {
        let title = |range: &Range<usize>| self.blocks[range.start].text.as_str();
        let mut terms: Vec<Range<usize>> = Vec::new();
        for (number, block) in self.blocks.iter().enumerate() {
            if matches!(block.kind, Kind::Heading(next) if next <= level)
                && let Some(last) = terms.last_mut()
            {
                last.end = last.end.min(number);
            }
            if block.kind == Kind::Heading(level) && is_read[number] {
                terms.push(number..self.blocks.len());
            }
        }
        // The only heading of the first level, or one that says glossary, is that of the file.
        let is_file = |first: &Range<usize>| terms.len() == 1 || names_glossary(title(first));
        if level == 1 && terms.first().is_some_and(is_file) {
            terms.remove(0);
        }
        let topics: Vec<_> = terms.iter().filter(|range| self.is_topic(range)).collect();
        let says_glossary = topics.iter().any(|range| names_glossary(title(range)));
        let are_topics = says_glossary || 2 * topics.len() >= terms.len();
        let is_apart = |range: &&Range<usize>| is_apart(title(range));
        let first = terms.iter().take_while(is_apart).count();
        let last = terms[first..].iter().rev().take_while(is_apart).count();
        let own = first..terms.len() - last;
        for (number, range) in terms.iter().enumerate() {
            if !are_topics || !own.contains(&number) {
                is_read[range.clone()].fill(false);
            }
        }
        (!are_topics).then(|| terms.drain(own).collect())
    }

    /// Whether a heading holds terms rather than being one: a heading or term directly follows it, or it
    /// holds several headings or terms whose names occur nowhere else.
    fn is_topic(&self, range: &Range<usize>) -> bool {
        let first = range.start + 1;
        let inner = &self.blocks[first..range.end];
        if self.has_term(first) || inner.first().is_none_or(Block::is_heading) {
            return !inner.is_empty();
        }
        let are_unique = |names: Vec<&str>| {
            let count = |name: &str| self.counts.get(&fold(name)).copied().unwrap_or(0);
            names.len() >= 2 && names.iter().all(|name| count(name) < 2)
        };
        let headings = inner.iter().filter(|block| block.is_heading());
        let highest = headings.map(|block| block.kind).min();
        let headings = inner.iter().filter(|block| Some(block.kind) == highest);
        let end = inner
            .iter()
            .position(Block::is_heading)
            .unwrap_or(inner.len());
        let is_inside = |term: &&Term| (first + 1..first + end).contains(&term.block);
        let start = self.terms.partition_point(|term| term.block <= first);
        let terms = self.terms[start..].iter().take_while(is_inside);
        are_unique(headings.map(|block| block.text.as_str()).collect())
            || self.has_term(first + 1)
                && are_unique(terms.map(|term| term.draft.front.title.as_str()).collect())
    }

    /// Finds the terms in a block.
    fn find(&mut self, number: usize) {
        let block = &self.blocks[number];
        let mut found: Vec<(usize, Vec<String>, String)> = Vec::new();
        match block.kind {
            Kind::Table => self.find_rows(number),
            Kind::Definitions => {
                for (line, texts) in &block.rows {
                    let names = texts[0].lines().map(plain).collect();
                    found.push((*line, names, texts[1..].join("\n\n")));
                }
            }
            Kind::List => {
                let bold = |(line, texts): &Row| self.bold(*line, &texts[0]);
                let any = |row: &Row| bold(row).or_else(|| self.plain(row.0, &row.1[0]));
                let all: Option<Vec<_>> = block.rows.iter().map(any).collect();
                let all = all.filter(|all| all.len() > 1);
                found = all.unwrap_or_else(|| block.rows.iter().filter_map(bold).collect());
            }
            Kind::Paragraph => found.extend(self.bold(block.line, &block.text)),
            _ => {}
        }
        for (line, names, text) in found {
            let mut draft = Draft::new(&names[0], line);
            draft.add_names(&names);
            let block = number;
            self.terms.push(Term { block, draft, text });
        }
    }

    /// Finds the rows of a table with a column for the term and one for its text.
    fn find_rows(&mut self, number: usize) {
        let Some(((_, head), rows)) = self.blocks[number].rows.split_first() else {
            return;
        };
        let keys = columns(head).unwrap_or_default();
        for (line, cells) in rows {
            let cells = cells.iter().cloned().map(Value::Text);
            let row: Map = keys.iter().cloned().zip(cells).collect();
            let fields = Fields::new(&row);
            if let Some(title) = fields.title() {
                let mut draft = Draft::new(&title, *line);
                fields.fill(&mut draft);
                fields.show_others(&mut draft);
                let (block, text) = (number, String::new());
                self.terms.push(Term { block, draft, text });
            }
        }
    }

    fn is_label(&self, name: &str) -> bool {
        is_label(name, self.counts.get(&fold(name)).copied().unwrap_or(0))
    }

    /// A short name, a colon or dash, and a text.
    fn plain(&self, line: usize, item: &str) -> Option<(usize, Vec<String>, String)> {
        let ends = [": ", " - ", " – ", " — ", " -- ", "："];
        let ends = ends.iter().filter_map(|end| item.split_once(end));
        let (name, text) = ends.min_by_key(|(name, _)| name.len())?;
        let name = plain(name);
        let is_name = (1..=MAX_WORDS).contains(&name.split_whitespace().count());
        (is_name && !self.is_label(&name)).then(|| (line, vec![name], text.to_string()))
    }

    /// A bold name, and a colon, a dash, or a new line before its text: `**A** or **B** (C): text`.
    fn bold(&self, line: usize, text: &str) -> Option<(usize, Vec<String>, String)> {
        let (name, mut rest) = lead(text)?;
        let mut names = vec![name];
        let ors = [" or ", " / ", ", "];
        while let Some((name, after)) = ors.iter().find_map(|or| lead(rest.strip_prefix(or)?)) {
            names.push(name);
            rest = after;
        }
        let inside = rest.trim_start().strip_prefix('(');
        let inside = inside.and_then(|rest| rest.split_once(')'));
        if let (Some((inside, after)), [name]) = (inside, names.as_mut_slice()) {
            *name = format!("{name} ({})", plain(inside));
            rest = after;
        }
        let before = text[..text.len() - rest.len()].trim_end_matches(['*', '_']);
        let rest = rest.trim_start_matches(' ');
        let goes_on = rest.is_empty() || rest.starts_with(MARKS);
        let is_marked = goes_on || before.ends_with([':', '.', '：']);
        let mut are_names = true;
        for name in &mut names {
            *name = name.trim_end_matches([':', '.', '：', ' ']).to_string();
            are_names &= name.contains(char::is_alphanumeric) && !self.is_label(name);
        }
        let text = rest.trim_start_matches(MARKS).trim().to_string();
        (are_names && is_marked).then_some((line, names, text))
    }
}

/// The bold text that a text begins with, and the rest.
fn lead(text: &str) -> Option<(String, &str)> {
    let linked = text.strip_prefix('[').filter(|text| text.starts_with("**"));
    let inner = linked.unwrap_or(text);
    let mark = inner.get(..2).filter(|mark| ["**", "__"].contains(mark))?;
    let (name, mut rest) = inner[2..].split_once(mark)?;
    if linked.is_some() {
        rest = rest.strip_prefix("](")?.split_once(')')?.1;
    }
    let is_name = !name.is_empty() && !name.starts_with([' ', '*']);
    is_name.then(|| (plain(name), rest))
}
