//! The words that were typed beside the words of a name.
//!
//! Owns what each difference costs, and which leave a name to be trusted. It must not know how words
//! and names are found.

use super::generic::{self, Sort};
use super::typo::SHORTEST_GUESS;
use super::{Asked, EDIT, MARGIN, SHORTEST, STOP_WORDS, Trust, Word};
use crate::corpus::Id;
use crate::entry::key::{self, canonical_word};
use crate::entry::names::{Kind, Name};

/// What it costs that a name has a stop word more.
const STOP_WORD: u32 = 3;
/// What it costs that a word stands in another place.
const ORDER: u32 = 4;
/// What it costs that a name has a generic word more.
const GENERIC_MISSING: u32 = 8;
/// What it costs that a name has another word more.
const MISSING: u32 = 16;
/// What it costs that the query has a generic word, or a number, more.
const GENERIC_EXTRA: u32 = 12;
/// What it costs that the query has another word more.
const EXTRA: u32 = 30;

/// Names that cost more are not worth suggesting.
const DEAREST: u32 = 60;

/// How a word that was typed is a word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same.
    Same,
    /// Another form of it: "overfit", "overfitting".
    Form,
    /// Misspelled.
    Typo,
    /// An ordinary word, which may be meant as it stands.
    Bent,
}

/// A word of some name that a word that was typed may stand for.
pub(super) struct Match {
    /// The word of the name.
    pub(super) word: String,
    /// How it is that word.
    pub(super) fit: Fit,
    /// In tenths of an edit.
    pub(super) cost: u32,
    /// The entries with such a name.
    pub(super) entries: Vec<Id>,
}

/// What was typed, with what is known of its words.
pub(super) struct Typed<'q> {
    /// What was typed.
    pub(super) asked: &'q Asked,
    /// Of each word, the words of names for which it may stand.
    pub(super) matches: Vec<Vec<Match>>,
    /// Of each word, what sort of generic word it is, and by how many slips.
    pub(super) sorts: Vec<Option<(Sort, u32)>>,
}

/// What was typed and a name, word by word.
struct Alignment<'q> {
    /// The words that both have.
    fits: Vec<(&'q Word, Fit)>,
    /// Whether they come in the same order.
    in_order: bool,
    /// How many generic words of the field only the query has.
    extra_of_field: usize,
    /// How many other generic words only the query has.
    extra_beside_terms: usize,
    /// How many other words only the query has.
    extra: usize,
    /// How many generic words only the name has.
    generic_missing: usize,
    /// How many other words only the name has.
    missing: usize,
    /// What all of it costs.
    cost: u32,
}

/// How far a name is to be trusted, and what it costs; `None` when it is not near.
pub(super) fn compare(typed: &Typed<'_>, name: &Name<'_>) -> Option<(Trust, u32)> {
    let asked = typed.asked;
    let (words, left_out) = words_of(&name.text, &asked.left_out);
    let mut alignment = Alignment::of(typed, &words);
    alignment.cost += STOP_WORD * left_out;
    if alignment.cost > DEAREST {
        return None;
    }
    let trust = match &asked.words[..] {
        [word] => alignment.of_one(word, &words, name.kind),
        _ => alignment.of_several(words.len()),
    };
    trust.map(|trust| (trust, alignment.cost))
}

/// The words of a name as they are compared, and how many were left out that were not typed either.
fn words_of(name: &str, typed: &[String]) -> (Vec<String>, u32) {
    let mut left_out = 0;
    let mut words: Vec<String> = key::words(name).map(canonical_word).collect();
    words.retain(|word| {
        let kept = !word.is_empty() && !STOP_WORDS.contains(&word.as_str());
        left_out += u32::from(!kept && !typed.contains(word));
        kept
    });
    (words, left_out)
}

impl<'q> Alignment<'q> {
    /// Gives each word that was typed the word of the name that it fits best.
    fn of(typed: &Typed<'q>, name: &[String]) -> Self {
        let mut alignment = Self {
            fits: Vec::new(),
            in_order: true,
            extra_of_field: 0,
            extra_beside_terms: 0,
            extra: 0,
            generic_missing: 0,
            missing: 0,
            cost: 0,
        };
        let mut used = vec![false; name.len()];
        let mut last = 0;
        let words = typed.asked.words.iter().zip(&typed.matches);
        for ((word, matches), &sort) in words.zip(&typed.sorts) {
            let best = matches
                .iter()
                .filter_map(|one| {
                    let place = (0..name.len()).find(|&at| !used[at] && name[at] == one.word)?;
                    Some((one.cost, place, one.fit))
                })
                .min();
            if let Some((cost, place, fit)) = best {
                used[place] = true;
                alignment.in_order &= place >= last;
                alignment.cost += cost + if place < last { ORDER } else { 0 };
                last = place;
                alignment.fits.push((word, fit));
            } else {
                alignment.add_extra(sort);
            }
        }
        for (word, _) in name.iter().zip(used).filter(|(_, used)| !used) {
            alignment.add_missing(word);
        }
        alignment
    }

    fn add_extra(&mut self, sort: Option<(Sort, u32)>) {
        let Some((sort, slips)) = sort else {
            self.extra += 1;
            self.cost += EXTRA;
            return;
        };
        match sort {
            Sort::OfField => self.extra_of_field += 1,
            Sort::BesideTerms => self.extra_beside_terms += 1,
        }
        self.cost += GENERIC_EXTRA + EDIT * slips;
    }

    fn add_missing(&mut self, word: &str) {
        let sort = generic::sort(word);
        self.cost += match sort {
            Some(Sort::OfField) => GENERIC_MISSING,
            Some(Sort::BesideTerms) => GENERIC_MISSING + MARGIN,
            None => MISSING,
        };
        if sort.is_some() {
            self.generic_missing += 1;
        } else {
            self.missing += 1;
        }
    }

    /// Whether the name has no word more.
    fn is_complete(&self) -> bool {
        self.missing + self.generic_missing == 0
    }

    /// How many generic words only the query has.
    fn generic_extra(&self) -> usize {
        self.extra_of_field + self.extra_beside_terms
    }

    /// How far a name is to be trusted for a word that stands alone.
    fn of_one(&self, word: &Word, name: &[String], kind: Kind) -> Option<Trust> {
        let [(_, fit)] = self.fits[..] else {
            return None;
        };
        let letters = word.key.chars().count();
        let partial = !self.is_complete();
        if generic::sort(&word.canonical).is_some() && partial {
            return None;
        }
        if !word.is_known() {
            return match fit {
                // Half a name, and misspelled.
                Fit::Typo if partial => (letters > SHORTEST_GUESS).then_some(Trust::Suggest),
                Fit::Form if self.missing > 0 => Some(Trust::Suggest),
                _ if self.missing > 1 => Some(Trust::Suggest),
                // Half a name, and so short that it may stand for much else.
                _ if self.missing > 0 && letters < SHORTEST => Some(Trust::Suggest),
                _ => Some(Trust::Show),
            };
        }
        // Most who type an ordinary word mean no term: "account" is not accountability, and "general"
        // not generalization. But a verb stands for the entry of its noun, "cluster" for clustering;
        // and half of a title is worth a suggestion.
        match (fit, name) {
            _ if kind > Kind::Short => None,
            (Fit::Form, [noun]) if is_verb_of(&word.canonical, noun) => Some(Trust::Show),
            (Fit::Form, [_]) => Some(Trust::Suggest),
            (Fit::Form, [_, noun]) if is_verb_of(&word.canonical, noun) => Some(Trust::Suggest),
            // A network or a method that is called after somebody or something.
            (Fit::Same, [_, sort]) if word.name && generic::sort(sort) == Some(Sort::OfField) => {
                Some(Trust::Show)
            }
            (Fit::Same, [_, _]) if letters >= SHORTEST => Some(Trust::Suggest),
            _ => None,
        }
    }

    /// How far a name of so many words is to be trusted for several words.
    fn of_several(&self, words: usize) -> Option<Trust> {
        let specific = self
            .fits
            .iter()
            .filter(|(word, _)| generic::sort(&word.canonical).is_none())
            .count();
        let whole = self.is_complete() && self.extra + self.generic_extra() == 0;
        if self.fits.is_empty() || specific == 0 && !whole {
            return None;
        }
        let strange = self.fits.iter().any(|(word, _)| !word.ordinary);
        if self.is_trusted(specific, strange) {
            Some(Trust::Show)
        } else {
            self.is_plausible(specific, strange, words)
                .then_some(Trust::Suggest)
        }
    }

    fn is_trusted(&self, specific: usize, strange: bool) -> bool {
        let fits = |wanted: Fit| self.fits.iter().filter(|(_, fit)| *fit == wanted).count();
        let one_too_many = match self.generic_extra() {
            0 => false,
            // A word too many and one too few is another thing.
            1 if self.is_complete() && (strange || specific > 1 || self.extra_of_field == 1) => {
                true
            }
            _ => return false,
        };
        let none_bent = match fits(Fit::Bent) {
            0 => true,
            1 => self.fits.len() > 1 && self.is_complete() && !one_too_many,
            _ => false,
        };
        let enough = match self.missing {
            0 => self.is_complete() || strange || self.fits.len() > 1,
            1 => self.in_order && fits(Fit::Form) == 0 && (strange || specific > 1),
            _ => false,
        };
        self.extra == 0 && none_bent && enough
    }

    fn is_plausible(&self, specific: usize, strange: bool, words: usize) -> bool {
        if self.fits.iter().any(|(_, fit)| *fit == Fit::Bent) {
            return false;
        }
        let letters = |word: &Word| word.key.chars().count();
        if self.extra > 0 {
            // One word of the field among others must be beyond doubt.
            let telling = |&(word, fit): &(&Word, Fit)| {
                !word.is_known()
                    && letters(word) >= SHORTEST_TELLING
                    && (fit < Fit::Typo || letters(word) > SHORTEST_GUESS)
            };
            return self.fits.iter().any(telling) && self.fits.len() >= self.extra;
        }
        let generic_extra = self.generic_extra();
        strange
            || specific > 1
            || generic_extra == 0 && self.fits.len() > 1
            || generic_extra == 1 && self.is_complete()
            || generic_extra == 0
                && words <= 2
                && self.fits.iter().all(|(word, _)| letters(word) >= SHORTEST)
    }
}

/// Shorter words tell nothing beside words that mean something else.
const SHORTEST_TELLING: usize = 3;

/// Endings that make a noun of a verb.
const NOUNS: [&str; 10] = [
    "ing", "er", "or", "r", "ion", "ication", "ation", "ence", "ment", "al",
];

/// Whether a noun is made of a verb.
pub(super) fn is_verb_of(verb: &str, noun: &str) -> bool {
    NOUNS.iter().any(|ending| {
        noun.strip_suffix(ending).is_some_and(|root| {
            let doubled = root.chars().last().and_then(|last| root.strip_suffix(last));
            [root, root.trim_end_matches('i')].contains(&verb.trim_end_matches(['e', 'y']))
                || root == verb
                || doubled == Some(verb)
        })
    })
}
