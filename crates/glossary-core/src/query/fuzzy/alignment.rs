//! The words of a query next to the words of a name.

use super::weights::WEIGHTS;
use super::{Confidence, ParsedQuery, Word};
use crate::corpus::{Candidate, Id};
use crate::entry::names::{Kind, Name};
use crate::entry::normalize::{self, canonical_word};
use crate::query::english;
use crate::query::generic::{self, Sort};
use crate::query::word_lists::is_function_word;

/// How a word of a query is a word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same.
    Same,
    /// Another form of it: "overfit" for "overfitting".
    Form,
    /// Its beginning: "accum" for "accumulation".
    Clipped,
    /// Misspelled.
    Typo,
    /// An English word, which may be meant as it was typed.
    RealWordError,
}

/// A word of some name that a word of a query may be.
pub(super) struct Match {
    pub(super) word: String,
    pub(super) fit: Fit,
    pub(super) cost: u32,
    /// The entries with such a name.
    pub(super) entries: Vec<Id>,
}

impl From<Candidate<(Fit, u32), Id>> for Match {
    fn from(found: Candidate<(Fit, u32), Id>) -> Self {
        let (fit, cost) = found.judgment;
        Self {
            word: found.key,
            fit,
            cost,
            entries: found.postings,
        }
    }
}

/// A query, with the words of names that each of its words may be.
pub(super) struct Typed<'q> {
    pub(super) query: &'q ParsedQuery,
    pub(super) matches: Vec<Vec<Match>>,
}

/// A query and a name, word by word.
struct Alignment<'q> {
    /// The words that both have.
    fits: Vec<(&'q Word, Fit)>,
    /// Whether they come in the same order.
    in_order: bool,
    /// How many words only the query has: generic ones, and others.
    generic_extra: usize,
    has_extra_of_field: bool,
    extra: usize,
    /// How many words only the name has: generic ones, and others.
    generic_missing: usize,
    missing: usize,
    cost: u32,
}

/// The confidence in a name, and its cost; `None` if it is not near.
pub(super) fn compare(typed: &Typed<'_>, name: &Name<'_>) -> Option<(Confidence, u32)> {
    let query = typed.query;
    let words = normalize::words(&name.text).map(canonical_word);
    let (function_words, words): (Vec<_>, Vec<_>) = words.partition(|word| is_function_word(word));
    let mut alignment = Alignment::new(typed, &words);
    alignment.cost += function_words
        .iter()
        .map(|_| WEIGHTS.function_word)
        .sum::<u32>();
    if alignment.cost > WEIGHTS.highest {
        return None;
    }
    if name.kind == Kind::Covered && !alignment.is_complete() {
        alignment.cost += WEIGHTS.margin;
    }
    let confidence = match &query.words[..] {
        [word] => alignment.confidence_of_word(word, &words, name.kind),
        _ => alignment.confidence_of_words(),
    };
    // A guess never opens an entry by the name of a narrower thing, and a form of a word only by a title.
    let worst_fit = alignment.fits.iter().map(|(_, fit)| *fit).max();
    let limit = match (worst_fit, name.kind) {
        (Some(fit), Kind::Covered) if fit > Fit::Form => Confidence::Suggest,
        (Some(Fit::Form), Kind::Alias | Kind::Covered) if query.words.len() > 1 => {
            Confidence::Suggest
        }
        _ => Confidence::Show,
    };
    confidence.map(|confidence| (confidence.max(limit), alignment.cost))
}

impl<'q> Alignment<'q> {
    /// Gives each word of the query the word of the name that fits it best.
    fn new(typed: &Typed<'q>, name: &[String]) -> Self {
        let mut alignment = Self {
            fits: Vec::new(),
            in_order: true,
            generic_extra: 0,
            has_extra_of_field: false,
            extra: 0,
            generic_missing: 0,
            missing: 0,
            cost: 0,
        };
        let mut used = vec![false; name.len()];
        let mut last = 0;
        for (word, matches) in typed.query.words.iter().zip(&typed.matches) {
            let place_of =
                |one: &Match| (0..name.len()).find(|&at| !used[at] && name[at] == one.word);
            let best = matches
                .iter()
                .filter_map(|one| Some((one.cost, place_of(one)?, one.fit)))
                .min();
            if let Some((cost, place, fit)) = best {
                used[place] = true;
                alignment.in_order &= place >= last;
                alignment.cost += cost + if place < last { WEIGHTS.order } else { 0 };
                last = place;
                alignment.fits.push((word, fit));
            } else {
                alignment.add_extra(word);
            }
        }
        for (word, _) in name.iter().zip(used).filter(|(_, used)| !used) {
            alignment.add_missing(word);
        }
        alignment
    }

    fn add_extra(&mut self, word: &Word) {
        let (extra, cost) = match word.generic {
            None => (&mut self.extra, WEIGHTS.extra),
            Some((sort, cost)) => {
                self.has_extra_of_field |= sort == Sort::OfField;
                (&mut self.generic_extra, WEIGHTS.generic_extra + cost)
            }
        };
        *extra += 1;
        self.cost += cost;
    }

    fn add_missing(&mut self, word: &str) {
        let (missing, cost) = match generic::sort(word) {
            None => (&mut self.missing, WEIGHTS.missing),
            Some(Sort::OfField) => (&mut self.generic_missing, WEIGHTS.generic_missing),
            Some(Sort::BesideTerms) => (
                &mut self.generic_missing,
                WEIGHTS.generic_missing + WEIGHTS.margin,
            ),
        };
        *missing += 1;
        self.cost += cost;
    }

    /// Whether the name has no word more.
    fn is_complete(&self) -> bool {
        self.missing + self.generic_missing == 0
    }

    /// The confidence in a name if the query is one word.
    fn confidence_of_word(&self, word: &Word, name: &[String], kind: Kind) -> Option<Confidence> {
        let [(_, fit)] = self.fits[..] else {
            return None;
        };
        let is_part = !self.is_complete();
        if is_part && generic::sort(&word.canonical).is_some() {
            return None;
        }
        let is_long = word.canonical.chars().count() >= WEIGHTS.shortest;
        let guess = match fit {
            Fit::RealWordError => return None,
            // Half a name, and misspelled.
            Fit::Typo if is_part => {
                return (word.letters() > WEIGHTS.shortest_guess).then_some(Confidence::Suggest);
            }
            Fit::Typo => Confidence::Show,
            Fit::Form | Fit::Clipped if is_part => Confidence::Suggest,
            Fit::Form => Confidence::Show,
            Fit::Clipped if is_long => Confidence::ShowAlone,
            Fit::Clipped => Confidence::Suggest,
            // Half a name, which may be half of another.
            Fit::Same if self.missing == 0 => Confidence::Show,
            Fit::Same if self.missing == 1 && is_long => Confidence::ShowAlone,
            Fit::Same => Confidence::Suggest,
        };
        if !word.is_known {
            let is_weak = kind == Kind::Covered || name.len() > 2;
            return Some(if is_weak { Confidence::Suggest } else { guess });
        }
        // Most people who type an English word mean no term: "account" is not accountability. But a verb
        // leads to the entry of its noun, and half of a title is worth a suggestion.
        let is_noun = |noun| english::is_word(&word.canonical) && is_noun_of(noun, &word.canonical);
        match (fit, name) {
            _ if kind == Kind::Covered || !is_long => None,
            // In another form than the first, a verb is more often part of a sentence.
            (Fit::Form, [noun])
                if kind < Kind::Alias && word.key == word.canonical && is_noun(noun) =>
            {
                Some(guess)
            }
            (Fit::Form, [_]) => Some(Confidence::Suggest),
            (Fit::Form, [_, noun]) => is_noun(noun).then_some(Confidence::Suggest),
            (Fit::Same, [first, sort])
                if !word.is_common
                    && *first == word.canonical
                    && generic::sort(sort) == Some(Sort::OfField) =>
            {
                Some(guess)
            }
            (Fit::Same, [_, _]) => Some(Confidence::Suggest),
            _ => None,
        }
    }

    /// The confidence in a name if the query is several words.
    fn confidence_of_words(&self) -> Option<Confidence> {
        let fits = |is_counted: fn(&Word, Fit) -> bool| {
            let counted = self
                .fits
                .iter()
                .filter(|(word, fit)| is_counted(word, *fit));
            counted.count()
        };
        let all = self.fits.len();
        let specific = fits(|word, _| generic::sort(&word.canonical).is_none());
        let errors = fits(|_, fit| fit == Fit::RealWordError);
        let is_whole = self.is_complete() && self.extra + self.generic_extra == 0;
        if all == 0 || specific == 0 && !is_whole {
            return None;
        }
        let is_telling = fits(|word, _| !word.is_common) > 0;
        let is_clear = is_telling || specific > 1;
        let is_trusted = match (self.extra, self.generic_extra, self.missing) {
            (0, 0, 0) if self.is_complete() => errors == 0 || errors == 1 && all > 1,
            (0, 0, 0) => errors == 0 && (is_telling || all > 1),
            // A word too many and one too few is another thing.
            (0, 1, 0) => errors == 0 && self.is_complete() && (is_clear || self.has_extra_of_field),
            (0, 0, 1) => {
                let is_exact = fits(|_, fit| matches!(fit, Fit::Same | Fit::Typo)) == all;
                is_exact && is_clear && self.in_order
            }
            _ => false,
        };
        if is_trusted {
            return Some(Confidence::Show);
        }
        // One word of the field among others must be beyond doubt.
        let sure = fits(|word, fit| {
            !word.is_known
                && word.letters() >= SHORTEST_TELLING
                && (fit < Fit::Typo || word.letters() > WEIGHTS.shortest_guess)
        });
        let is_plausible = if self.extra > 0 {
            sure > 0 && all >= self.extra
        } else {
            is_clear || all > 1 || self.is_complete()
        };
        (errors == 0 && is_plausible).then_some(Confidence::Suggest)
    }
}

/// Shorter words say nothing next to words that mean something else.
const SHORTEST_TELLING: usize = 3;

/// Endings that make a noun of a verb.
const NOUN_ENDINGS: [&str; 6] = ["ing", "ion", "ication", "ation", "ence", "ment"];

/// Whether a noun is made of a verb.
pub(super) fn is_noun_of(noun: &str, verb: &str) -> bool {
    NOUN_ENDINGS.iter().any(|ending| {
        noun.strip_suffix(ending).is_some_and(|root| {
            let doubled = root.chars().last().and_then(|last| root.strip_suffix(last));
            [root, root.trim_end_matches('i')].contains(&verb.trim_end_matches(['e', 'y']))
                || root == verb
                || doubled == Some(verb)
        })
    })
}
