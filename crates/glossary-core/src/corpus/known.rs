//! What a corpus tells the rules of the entries that lie beside those under check.

use super::{Corpus, Id, Variants};
use crate::entry::check::Known;
use crate::entry::key::{canonical, fold};
use crate::entry::names::split_title;
use crate::index::Section;

impl Known for Corpus {
    fn owners(&self, name: &str) -> Vec<String> {
        let (headword, _) = split_title(name);
        let mut slugs: Vec<String> = Vec::new();
        for spelling in [name, &headword] {
            for (key, variants) in [
                (fold(spelling), Variants::No),
                (canonical(spelling), Variants::Too),
            ] {
                // A layer that cannot be read knows nothing.
                for (id, _) in self.named(&key, variants).unwrap_or_default() {
                    slugs.extend(self.head(id).ok().map(|head| head.slug.into_owned()));
                }
                if !slugs.is_empty() {
                    slugs.sort();
                    slugs.dedup();
                    return slugs;
                }
            }
        }
        slugs
    }

    fn requires(&self, slug: &str) -> Vec<String> {
        self.by_slug(slug)
            .and_then(|id| self.entry(id).ok())
            .map(|entry| entry.front.requires)
            .unwrap_or_default()
    }

    fn mentions(&self, name: &str) -> bool {
        self.under(Section::Backlinks, &canonical(name))
            .is_ok_and(|ids| !ids.is_empty())
    }
}

impl Corpus {
    /// The entry with a slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<Id> {
        let named = self.named(&fold(slug), Variants::No).ok()?;
        named
            .into_iter()
            .map(|(id, _)| id)
            .find(|&id| self.head(id).is_ok_and(|head| head.slug == slug))
    }
}
