//! The front matter of one entry: its keys, its slug, and its lists.

use strsim::osa_distance;

use super::{Checker, RESERVED};
use crate::entry::diagnostic::Place;
use crate::entry::front_matter::KEYS;
use crate::entry::rule::Rule;

const MAX_REQUIRED: usize = 4;

impl Checker<'_> {
    pub(super) fn front_matter(&mut self) {
        let (front, slug) = (&self.entry.front, &self.entry.slug);
        let keys: Vec<&str> = top_level_keys(&self.entry.text).collect();
        for key in ["draft", "type", "layout", "tags"] {
            if !keys.contains(&key) {
                let message = format!("no `{key}` in the front matter; add it");
                self.report(Rule::MissingKey, Place::START, message);
            }
        }
        for key in keys.iter().filter(|key| !KEYS.contains(key)) {
            let is_like = |known: &&&str| osa_distance(&key.to_lowercase(), known) <= 1;
            if let Some(meant) = KEYS.iter().find(is_like) {
                let message = format!("unknown key `{key}`; if you mean `{meant}`, write that");
                self.report(Rule::UnknownKey, self.key(key), message);
            }
        }
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if slug.is_empty() || slug.starts_with('-') || !slug.bytes().all(is_plain) {
            let message = format!("rename `{slug}.md`; a slug has only a-z, 0-9, and hyphens");
            self.report(Rule::Slug, Place::START, message);
        }
        if let Some(other) = front.slug.as_ref().filter(|other| *other != slug) {
            let message = format!(
                "`slug: {other}` does not find the entry, `{slug}` does; rename the file, or remove the key"
            );
            self.report(Rule::Slug, self.key("slug"), message);
        }
        if RESERVED.contains(&slug.as_str()) {
            let message = format!("`{slug}` is a subcommand; rename the file");
            self.report(Rule::ReservedSlug, Place::START, message);
        }
        let count = front.requires.len();
        if count > MAX_REQUIRED {
            let message = format!("{count} required terms; keep the {MAX_REQUIRED} most direct");
            self.report(Rule::RequiresCount, self.key("requires"), message);
        }
        for source in front.sources.iter().filter(|source| !is_source(source)) {
            let message =
                format!("“{source}”; write authors, title, and year, with commas between");
            self.report(Rule::SourceForm, self.key("sources"), message);
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

/// Authors, a title and a year, with commas between.
fn is_source(source: &str) -> bool {
    let parts: Vec<&str> = source.split(", ").collect();
    let year = parts
        .last()
        .is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    parts.len() >= 3 && year && parts.iter().all(|part| !part.trim().is_empty())
}
