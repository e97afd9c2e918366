//! The sections of one entry: that they are there, how long and how hard they are, and their words.

use std::ops::Range;

use super::{MOST_ALIKE, Page, RELATED_TERMS};
use crate::entry::key::{canonical_word, fold, words};
use crate::entry::markdown::{self, Block};
use crate::entry::names::split_title;
use crate::entry::problem::Place;
use crate::entry::readability::{count_words, grade};
use crate::entry::rule::Rule;
use crate::entry::sections::{Depth, RELATED};

/// Phrases that advertise or fill, in lower case.
const BANNED: &[&str] = &[
    "revolutionary",
    "powerful",
    "cutting-edge",
    "seamless",
    "game-changing",
    "game changer",
    "plays a crucial role",
    "plays a vital role",
    "in today's world",
    "simply",
    "basically",
    "essentially",
    "it is important to note",
    "it's important to note",
    "delve",
    "in the realm of",
];

/// Phrases that a summary circles around its term with, in lower case.
const CIRCLING: &[&str] = &["refers to", "is when"];

const SUMMARY_WORDS: Range<usize> = 12..46;
const ELI5_WORDS: Range<usize> = 35..121;
const IN_DEPTH_WORDS: Range<usize> = 150..451;
/// The same where the text explains many covered names.
const IN_DEPTH_WORDS_WITH_COVERS: Range<usize> = 150..501;
const MANY_COVERS: usize = 5;
const CODE_COLUMNS: usize = 76;
const HARDEST_GRADE: f64 = 9.0;
const WANTED_GRADE: f64 = 7.0;

impl Page<'_> {
    pub(super) fn sections(&mut self) {
        for depth in Depth::ALL {
            if self.entry.section(depth).is_none_or(str::is_empty) {
                self.report(
                    Rule::MissingSection,
                    Place::START,
                    format!("no text under `### {}`; write it", depth.heading()),
                );
            }
        }
        let count = self.entry.related.len();
        let place = self.within(self.entry.sections.related(), "");
        if count == 0 {
            self.report(
                Rule::MissingSection,
                Place::START,
                format!(
                    "nothing under `### {RELATED}`; name {} to {} entries",
                    RELATED_TERMS.start,
                    RELATED_TERMS.end - 1
                ),
            );
        } else if !RELATED_TERMS.contains(&count) {
            self.report(
                Rule::RelatedCount,
                place,
                format!(
                    "{count} related terms; name {} to {}",
                    RELATED_TERMS.start,
                    RELATED_TERMS.end - 1
                ),
            );
        }
    }

    fn length(&mut self, rule: Rule, depth: Depth, prose: &str, wanted: &Range<usize>) {
        let count = count_words(prose);
        if count > 0 && !wanted.contains(&count) {
            let place = self.in_section(depth, "");
            self.report(
                rule,
                place,
                format!(
                    "{} has {count} words; write {} to {}",
                    depth.heading(),
                    wanted.start,
                    wanted.end - 1
                ),
            );
        }
    }

    pub(super) fn summary(&mut self) {
        let summary = self.entry.gloss();
        self.length(
            Rule::SummaryLength,
            Depth::Summary,
            &summary,
            &SUMMARY_WORDS,
        );
        let said: Vec<String> = words(&summary).map(canonical_word).collect();
        let (headword, short) = split_title(&self.entry.front.title);
        for name in std::iter::once(headword.as_str()).chain(short) {
            let term: Vec<String> = words(name).map(canonical_word).collect();
            if !term.is_empty() && said.windows(term.len()).any(|window| window == term) {
                let place = self.in_section(Depth::Summary, name);
                self.report(
                    Rule::SummaryCircular,
                    place,
                    format!("the summary leans on “{name}”; say what it is in other words"),
                );
            }
        }
    }

    pub(super) fn eli5(&mut self) {
        let Some(section) = self.entry.section(Depth::Eli5) else {
            return;
        };
        let blocks = markdown::parse(section);
        let prose = markdown::one_line(&blocks);
        self.length(Rule::Eli5Length, Depth::Eli5, &prose, &ELI5_WORDS);
        let masked = self.masked(&prose);
        let grade = grade(&masked);
        let place = self.in_section(Depth::Eli5, "");
        if grade > HARDEST_GRADE {
            self.report(Rule::Eli5Grade, place, format!("{} reads at grade {grade:.1}; shorten sentences and words to {HARDEST_GRADE} or below", Depth::Eli5.heading()));
        } else if grade > WANTED_GRADE {
            self.report(
                Rule::Eli5Hard,
                place,
                format!(
                    "{} reads at grade {grade:.1}; {WANTED_GRADE} or below is better",
                    Depth::Eli5.heading()
                ),
            );
        }
        let mut has_code = !code_blocks(&blocks).is_empty();
        markdown::each_run(&blocks, &mut |run| has_code |= run.style.code);
        if has_code || masked.contains(['=', '×', '√', '∑', 'Σ', '≤', '≥']) {
            self.report(
                Rule::Eli5Formula,
                place,
                "a formula or code; put it into a picture or words",
            );
        }
        let acronym = masked
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| word.chars().take_while(|c| c.is_uppercase()).count() > 1);
        if let Some(acronym) = acronym {
            let place = self.in_section(Depth::Eli5, acronym);
            self.report(
                Rule::Eli5Acronym,
                place,
                format!("acronym “{acronym}”; write it in plain words"),
            );
        }
    }

    /// A text with the entry's own names taken out, so that a long headword does not count against it.
    fn masked(&self, text: &str) -> String {
        let front = &self.entry.front;
        let (headword, short) = split_title(&front.title);
        let mut names: Vec<&str> = vec![headword.as_str()];
        names.extend(short);
        names.extend(front.aliases.iter().map(String::as_str));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut masked = text.to_string();
        for name in names {
            masked = replace_word(&masked, name, "thing");
        }
        masked
    }

    pub(super) fn in_depth(&mut self) {
        let Some(section) = self.entry.section(Depth::InDepth) else {
            return;
        };
        let blocks = markdown::parse(section);
        let wanted = match self.entry.front.covers.len() {
            MANY_COVERS.. => &IN_DEPTH_WORDS_WITH_COVERS,
            _ => &IN_DEPTH_WORDS,
        };
        let is_text = |block: &&Block| !matches!(block, Block::Table(_));
        let running: Vec<Block> = blocks.iter().filter(is_text).cloned().collect();
        self.length(
            Rule::InDepthLength,
            Depth::InDepth,
            &markdown::one_line(&running),
            wanted,
        );
        let explained = fold(section) + &fold(&self.entry.gloss());
        for name in &self.entry.front.covers {
            let (headword, short) = split_title(name);
            let named = std::iter::once(headword.as_str())
                .chain(short)
                .any(|name| explained.contains(&fold(name)));
            if !named {
                self.report(
                    Rule::CoveredUnexplained,
                    self.key("covers"),
                    format!(
                        "“{name}” is not in the text; explain it there or take it off the list"
                    ),
                );
            }
        }
        let too_wide = |line: &&str| line.chars().count() > CODE_COLUMNS;
        let mut wide: Vec<String> = Vec::new();
        for block in code_blocks(&blocks) {
            wide.extend(block.lines().filter(too_wide).map(str::to_string));
        }
        let mut outside = None;
        markdown::each_run(&blocks, &mut |run| {
            if run.style.code {
                wide.extend(Some(run.text.as_str()).filter(too_wide).map(str::to_string));
            } else if let Some(at) = run.text.find(['∑', '∫', '∂', '∇', '∏']) {
                outside.get_or_insert_with(|| run.text[at..].chars().take(1).collect::<String>());
            }
        });
        for line in wide.into_iter().take(MOST_ALIKE) {
            let place = self.in_section(Depth::InDepth, &line);
            self.report(
                Rule::CodeWidth,
                place,
                format!(
                    "code {} columns wide; break it at {CODE_COLUMNS}",
                    line.chars().count()
                ),
            );
        }
        if let Some(symbol) = outside {
            let place = self.in_section(Depth::InDepth, &symbol);
            self.report(
                Rule::FormulaOutsideCode,
                place,
                format!("a formula with {symbol} in running text; put it in backticks"),
            );
        }
    }

    pub(super) fn phrases(&mut self) {
        for depth in Depth::ALL {
            let Some(section) = self.entry.section(depth) else {
                continue;
            };
            let lower = section.to_lowercase().replace('’', "'");
            let circling = if depth == Depth::Summary {
                CIRCLING
            } else {
                &[]
            };
            for phrase in BANNED.iter().chain(circling) {
                if let Some(at) = find_word(&lower, phrase) {
                    let place = self
                        .in_section(depth, lower.get(at..at + phrase.len()).unwrap_or_default());
                    self.report(
                        Rule::BannedPhrase,
                        place,
                        format!("“{phrase}”; say what is the case, or leave it out"),
                    );
                }
            }
            let command = [
                "\\frac", "\\sum", "\\mathbb", "\\mathrm", "\\text{", "\\left", "\\cdot",
                "\\alpha", "\\theta", "$$",
            ]
            .iter()
            .find(|command| section.contains(**command));
            if let Some(command) = command {
                let place = self.in_section(depth, command);
                self.report(
                    Rule::Latex,
                    place,
                    format!("LaTeX `{command}`; write the formula in Unicode, in code"),
                );
            }
        }
    }
}

fn code_blocks(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Code(text) => found.push(text.as_str()),
            Block::Quote(inner) => found.extend(code_blocks(inner)),
            Block::List { items, .. } => items
                .iter()
                .for_each(|item| found.extend(code_blocks(item))),
            _ => {}
        }
    }
    found
}

/// The byte at which `phrase` stands in `text` as whole words.
fn find_word(text: &str, phrase: &str) -> Option<usize> {
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// `text` with `name`, also in the plural and in any case, replaced as a whole word.
fn replace_word(text: &str, name: &str, by: &str) -> String {
    let (lower, name) = (text.to_lowercase(), name.to_lowercase());
    // Lower-casing may change lengths outside of ASCII; then offsets do not carry over.
    if lower.len() != text.len() || name.is_empty() {
        return text.to_string();
    }
    let mut replaced = String::new();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| find_start(rest, &name)) {
        let start = from + at;
        let mut end = start + name.len();
        for plural in ["es", "s"] {
            let rest = &lower[end..];
            if rest.starts_with(plural) && !rest[plural.len()..].starts_with(char::is_alphanumeric)
            {
                end += plural.len();
                break;
            }
        }
        replaced.push_str(&text[from..start]);
        if lower[end..].starts_with(char::is_alphanumeric) {
            replaced.push_str(&text[start..end]);
        } else {
            replaced.push_str(by);
        }
        from = end;
    }
    replaced + text.get(from..).unwrap_or_default()
}

fn find_start(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name)
        .map(|(at, _)| at)
        .find(|&at| !text[..at].ends_with(char::is_alphanumeric))
}
