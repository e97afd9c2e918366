//! Names in the corpus, for rules about entries that refer to others.

use super::layers::Corpus;
use crate::entry::check::NameLookup;
use crate::entry::normalize::canonical;

/// A layer that cannot be read has no names.
impl NameLookup for Corpus {
    fn owners(&self, name: &str) -> Vec<String> {
        let owners = self.by_title(name).unwrap_or_default().into_iter();
        let mut slugs: Vec<String> = owners
            .filter_map(|owner| Some(self.head(owner.id).ok()?.slug.into_owned()))
            .collect();
        slugs.sort();
        slugs.dedup();
        slugs
    }

    fn requires(&self, slug: &str) -> Vec<String> {
        self.by_slug(slug)
            .and_then(|id| self.entry(id).ok())
            .map(|entry| entry.front.requires)
            .unwrap_or_default()
    }

    fn mentions(&self, name: &str) -> bool {
        self.backlinks(&canonical(name))
            .is_ok_and(|ids| !ids.is_empty())
    }
}
