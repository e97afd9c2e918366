//! The sections of one entry: their presence, their length, and their wording.

use std::ops::RangeInclusive;

use super::{Checker, MAX_ALIKE, RELATED_TERMS};
use crate::entry::diagnostic::Place;
use crate::entry::markdown::{self, Block, Run};
use crate::entry::names::split_title;
use crate::entry::passage::{Passages, canonical_words, mentions_in};
use crate::entry::readability::{count_words, grade, is_sentence_end};
use crate::entry::rule::Rule;
use crate::entry::sections::Depth;

/// Phrases that advertise or fill, in lower case.
const FILLERS: &[&str] = &[
    "revolutionary",
    "cutting-edge",
    "seamless",
    "game-changing",
    "game changer",
    "plays a crucial role",
    "plays a vital role",
    "in today's world",
    "it is important to note",
    "it's important to note",
    "delve",
    "in the realm of",
];

/// Phrases with which a Summary delays its definition, in lower case.
const DELAYS: &[&str] = &["refers to", "is when"];

/// What only LaTeX contains.
const LATEX: &[&str] = &[
    "\\frac", "\\sum", "\\math", "\\text{", "\\left", "\\cdot", "\\alpha", "\\theta", "$$",
];

/// Symbols that make a text a formula.
const FORMULA: [char; 11] = ['=', '×', '√', '∑', 'Σ', '≤', '≥', '∫', '∂', '∇', '∏'];

/// Symbols that make a formula unreadable outside of code.
const MATH: [char; 5] = ['∑', '∫', '∂', '∇', '∏'];

const SUMMARY_WORDS: RangeInclusive<usize> = 12..=45;
const ELI5_WORDS: RangeInclusive<usize> = 35..=120;
const IN_DEPTH_WORDS: RangeInclusive<usize> = 150..=450;
/// The same where the text explains many covered names.
const IN_DEPTH_WORDS_WITH_COVERS: RangeInclusive<usize> = 150..=500;
const MANY_COVERS: usize = 5;
const CODE_COLUMNS: usize = 76;
const MAX_GRADE: f64 = 9.0;
const GOOD_GRADE: f64 = 7.0;
/// The sentences of an In-depth explanation that must be plain.
const OPENING_SENTENCES: usize = 2;

impl Checker<'_> {
    pub(super) fn sections(&mut self) {
        for depth in Depth::ALL {
            match self.entry.section(depth) {
                None | Some("") => self.report(
                    Rule::MissingSection,
                    Place::START,
                    format!("no text under `### {}`; write it", depth.heading()),
                ),
                Some(section) => self.section(depth, section, &markdown::parse(section)),
            }
        }
        let count = self.entry.related.len();
        if !RELATED_TERMS.contains(&count) {
            let (least, most) = (RELATED_TERMS.start(), RELATED_TERMS.end());
            let place = self.within(self.entry.sections.related(), "");
            let message = format!("{count} related terms; name {least} to {most}");
            self.report(Rule::RelatedCount, place, message);
        }
        self.covers();
    }

    fn section(&mut self, depth: Depth, section: &str, blocks: &[Block]) {
        let is_text = |block: &&Block| !matches!(block, Block::Table(_));
        let text: Vec<Block> = blocks.iter().filter(is_text).cloned().collect();
        let text = markdown::one_line(&text);
        match depth {
            Depth::Summary => {
                self.length(Rule::SummaryLength, depth, &text, &SUMMARY_WORDS);
                self.summary(&text);
            }
            Depth::Eli5 => {
                self.length(Rule::Eli5Length, depth, &text, &ELI5_WORDS);
                self.eli5(blocks, &text);
            }
            Depth::InDepth => {
                let limits = match self.entry.front.covers.len() {
                    MANY_COVERS.. => &IN_DEPTH_WORDS_WITH_COVERS,
                    _ => &IN_DEPTH_WORDS,
                };
                self.length(Rule::InDepthLength, depth, &text, limits);
                self.opening(blocks);
                self.code_width(blocks);
            }
        }
        self.phrases(section, depth);
        self.notation(section, depth, blocks);
    }

    fn length(&mut self, rule: Rule, depth: Depth, text: &str, limits: &RangeInclusive<usize>) {
        let count = count_words(text);
        if !limits.contains(&count) {
            let (least, most) = (limits.start(), limits.end());
            let heading = depth.heading();
            let message = format!("{heading} has {count} words; write {least} to {most}");
            self.report(rule, self.in_section(depth, ""), message);
        }
    }

    /// The names by which readers know the term, the longest first.
    fn own_names(&self) -> Vec<String> {
        let front = &self.entry.front;
        let (headword, acronym) = split_title(&front.title);
        let mut names = vec![headword];
        names.extend(acronym.map(str::to_string));
        names.extend(front.aliases.iter().cloned());
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    fn summary(&mut self, text: &str) {
        let words = canonical_words(text);
        let (headword, acronym) = split_title(&self.entry.front.title);
        for name in std::iter::once(headword.as_str()).chain(acronym) {
            if mentions_in(&words, name) {
                let message = format!("the Summary uses “{name}”; say what it is in other words");
                let place = self.in_section(Depth::Summary, name);
                self.report(Rule::SummaryCircular, place, message);
            }
        }
    }

    fn eli5(&mut self, blocks: &[Block], text: &str) {
        let names = self.own_names();
        let place = self.in_section(Depth::Eli5, "");
        let words = canonical_words(text);
        let mut names_and_covers = names.iter().chain(&self.entry.front.covers);
        if !names_and_covers.any(|name| mentions_in(&words, name)) {
            let message = "the ELI5 does not name the term; name it in the first sentences";
            self.report(Rule::Eli5Name, place, message);
        }
        // A long headword must not count against its own explanation.
        let lower = text.to_lowercase();
        let text = names.iter().fold(lower, |text, name| {
            text.replace(&name.to_lowercase(), "thing")
        });
        let grade = grade(&text);
        if grade > MAX_GRADE {
            let message = format!("grade {grade:.1}; shorten sentences and words to {MAX_GRADE}");
            self.report(Rule::Eli5Grade, place, message);
        } else if grade > GOOD_GRADE {
            let message = format!("grade {grade:.1}; {GOOD_GRADE} or below is better");
            self.report(Rule::Eli5Hard, place, message);
        }
        let mut has_formula = !code_blocks(blocks).is_empty() || text.contains(FORMULA);
        markdown::each_run(blocks, &mut |run| has_formula |= run.style.code);
        if has_formula {
            let message = "a formula or code; explain it in words or a picture";
            self.report(Rule::Eli5Formula, place, message);
        }
    }

    /// The first sentences, which a newcomer must be able to follow.
    fn opening(&mut self, blocks: &[Block]) {
        let mut sentences = 0;
        let mut found = None;
        let opening = blocks
            .first()
            .filter(|block| matches!(block, Block::Paragraph(_)));
        if opening.is_none() {
            found = Some(String::new());
        }
        markdown::each_run(opening.map_or(&[], std::slice::from_ref), &mut |run| {
            for word in run.text.split_whitespace() {
                if sentences < OPENING_SENTENCES && (run.style.code || is_technical(word)) {
                    found.get_or_insert_with(|| word.to_string());
                }
                sentences += usize::from(is_sentence_end(word));
            }
        });
        if let Some(word) = found {
            let place = self.in_section(Depth::InDepth, &word);
            let message = "the opening has a formula, code, a table, a list, or a year; \
                begin with two plain sentences about the term";
            self.report(Rule::PlainOpening, place, message);
        }
    }

    /// The covered names, which must be defined.
    fn covers(&mut self) {
        let passages = Passages::read(self.entry);
        for name in &self.entry.front.covers {
            let (headword, _) = split_title(name);
            if !passages.has_in_bold(&headword) {
                let message = format!("“{headword}” is not in bold in the text; define it there");
                self.report(Rule::CoversUndefined, self.key("covers"), message);
            }
        }
    }

    fn code_width(&mut self, blocks: &[Block]) {
        let mut lines: Vec<String> = Vec::new();
        for block in code_blocks(blocks) {
            lines.extend(block.lines().map(str::to_string));
        }
        markdown::each_run(blocks, &mut |run| {
            lines.extend(run.style.code.then(|| run.text.clone()));
        });
        lines.retain(|line| line.chars().count() > CODE_COLUMNS);
        for line in lines.iter().take(MAX_ALIKE) {
            let width = line.chars().count();
            let message = format!("code {width} columns wide; break it at {CODE_COLUMNS}");
            self.report(
                Rule::CodeWidth,
                self.in_section(Depth::InDepth, line),
                message,
            );
        }
    }

    fn notation(&mut self, section: &str, depth: Depth, blocks: &[Block]) {
        if let Some(command) = LATEX.iter().find(|command| section.contains(**command)) {
            let message = format!("LaTeX `{command}`; write the formula in Unicode, in code");
            self.report(Rule::Latex, self.in_section(depth, command), message);
        }
        let mut text = String::new();
        markdown::each_run(blocks, &mut |run: &Run| {
            text.push_str(if run.style.code { "`" } else { &run.text });
        });
        if let Some(symbol) = text
            .matches(MATH)
            .next()
            .filter(|_| depth == Depth::InDepth)
        {
            let message = format!("a formula with {symbol} in running text; put it in backticks");
            self.report(
                Rule::FormulaOutsideCode,
                self.in_section(depth, symbol),
                message,
            );
        }
        let is_digit_before = |at: usize| text[..at].ends_with(|c: char| c.is_ascii_digit());
        if text.match_indices(" %").any(|(at, _)| is_digit_before(at)) {
            let message = "a space before %; write `15%`";
            self.report(Rule::PercentSpace, self.in_section(depth, " %"), message);
        }
    }

    fn phrases(&mut self, section: &str, depth: Depth) {
        let delays = if depth == Depth::Summary { DELAYS } else { &[] };
        let phrases = delays.iter().chain(FILLERS);
        let words = canonical_words(&section.to_lowercase().replace('’', "'"));
        for phrase in phrases.filter(|phrase| mentions_in(&words, phrase)) {
            let message = format!("“{phrase}”; say what is the case, or leave it out");
            self.report(Rule::BannedPhrase, self.in_section(depth, phrase), message);
        }
    }
}

/// Whether a word has no place in a plain opening: a formula or a year.
fn is_technical(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_year = bare.len() == 4 && bare.parse().is_ok_and(|year| (1800..2100).contains(&year));
    is_year || word.contains(FORMULA)
}

fn code_blocks(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Code(text) => found.push(text.as_str()),
            Block::Quote(inner) => found.extend(code_blocks(inner)),
            Block::List { items, .. } => {
                found.extend(items.iter().flat_map(|item| code_blocks(item)));
            }
            _ => {}
        }
    }
    found
}
