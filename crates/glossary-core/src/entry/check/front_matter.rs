//! The front matter of one entry: its keys, its slug, what it requires and cites.

use super::{Page, RESERVED};
use crate::entry::front_matter::KEYS;
use crate::entry::names::split_title;
use crate::entry::passage::Passages;
use crate::entry::problem::Place;
use crate::entry::rule::Rule;

const MOST_REQUIRED: usize = 4;

impl Page<'_> {
    pub(super) fn front_matter(&mut self) {
        let entry = self.entry;
        let keys: Vec<&str> = top_level_keys(&entry.text).collect();
        for wanted in ["draft", "type", "layout", "tags"] {
            if !keys.contains(&wanted) {
                self.report(
                    Rule::MissingKey,
                    Place::START,
                    format!("no `{wanted}` in the front matter; add it"),
                );
            }
        }
        for key in &keys {
            if KEYS.contains(key) {
                continue;
            }
            if let Some(meant) = KEYS.iter().find(|known| one_slip(key, known)) {
                self.report(
                    Rule::UnknownKey,
                    self.key(key),
                    format!("unknown key `{key}`; if `{meant}` is meant, write that"),
                );
            }
        }
        let slug = &entry.slug;
        let well_formed = !slug.is_empty()
            && slug
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !slug.starts_with('-');
        if !well_formed {
            self.report(
                Rule::Slug,
                Place::START,
                format!("`{slug}.md` is no slug; rename the file with a-z, 0-9 and hyphens"),
            );
        }
        if let Some(other) = entry.front.slug.as_ref().filter(|other| *other != slug) {
            self.report(
                Rule::Slug,
                self.key("slug"),
                format!("`slug: {other}` is not what finds the entry, `{slug}` is; rename the file, or take the key out"),
            );
        }
        if RESERVED.contains(&slug.as_str()) {
            self.report(
                Rule::ReservedSlug,
                Place::START,
                format!("`{slug}` is a subcommand; rename the file"),
            );
        }
        if entry.front.requires.len() > MOST_REQUIRED {
            self.report(
                Rule::RequiresCount,
                self.key("requires"),
                format!(
                    "{} required terms; keep the {MOST_REQUIRED} most direct",
                    entry.front.requires.len()
                ),
            );
        }
        let passages = Passages::read(entry);
        for name in &entry.front.covers {
            let headword = split_title(name).0;
            if passages.defining(&headword).is_none() {
                self.report(
                    Rule::CoversUndefined,
                    self.key("covers"),
                    format!(
                        "the text does not contain “{headword}”; explain it, with the name in bold"
                    ),
                );
            }
        }
        for source in &entry.front.sources {
            if !is_source(source) {
                self.report(
                    Rule::SourceForm,
                    self.key("sources"),
                    format!("“{source}”; write authors, title and year with commas between"),
                );
            }
        }
    }
}

fn top_level_keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .skip_while(|line| line.trim_end() != "---")
        .skip(1)
        .take_while(|line| line.trim_end() != "---")
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .filter(|key| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        })
}

/// Whether two keys differ by one letter too many, too few, other or swapped.
fn one_slip(typed: &str, key: &str) -> bool {
    if typed.len().abs_diff(key.len()) > 1 || typed.eq_ignore_ascii_case(key) {
        return typed != key && typed.eq_ignore_ascii_case(key);
    }
    let (a, b) = (typed.as_bytes(), key.as_bytes());
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a[front..]
        .iter()
        .rev()
        .zip(b[front..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    a.len() <= 1 && b.len() <= 1 || (a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0])
}

/// Authors, a title and a year, with commas between.
fn is_source(source: &str) -> bool {
    let parts: Vec<&str> = source.split(", ").collect();
    let year = parts
        .last()
        .is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    parts.len() >= 3 && year && parts.iter().all(|part| !part.trim().is_empty())
}
