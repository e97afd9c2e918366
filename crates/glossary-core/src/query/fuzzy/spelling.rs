//! Names that are spelled nearly like a query as a whole. Spaces do not count.

use std::cmp::Reverse;

use super::sound::Sound;
use super::weights::WEIGHTS;
use super::{Confidence, Hit, ParsedQuery, Word};
use crate::corpus::{Corpus, Reach};
use crate::entry::names::Kind;
use crate::error::Result;

/// How many edits are searched for, one after the other until something is found that can be shown:
/// nearly all slips are one, and more take longer.
const REACHES: [usize; 3] = [1, 2, 4];

/// How many letters a name may have more than a query that it begins with.
const LONGEST_REST: u8 = 12;

/// How many edits leave a name of so many letters recognizable.
pub(super) fn allowed(letters: usize) -> usize {
    [
        WEIGHTS.shortest,
        WEIGHTS.two_edits,
        WEIGHTS.three_edits,
        WEIGHTS.four_edits,
    ]
    .iter()
    .filter(|&&least| letters >= least)
    .count()
}

/// The optimal string alignment distance between two spellings (insertions, deletions, substitutions,
/// and transpositions of neighbors; Damerau, 1964), if it is at most `most`.
pub(super) fn edits_within(one: &str, other: &str, most: usize) -> Option<usize> {
    let lengths = [one, other].map(|text| text.chars().count());
    if lengths[0].abs_diff(lengths[1]) > most {
        return None;
    }
    Some(strsim::osa_distance(one, other)).filter(|&edits| edits <= most)
}

/// What so many edits cost.
pub(super) fn cost(edits: usize, sounds_alike: bool) -> u32 {
    let discount = if sounds_alike {
        WEIGHTS.phonetic_discount
    } else {
        0
    };
    (u32::try_from(edits)
        .unwrap_or(u32::MAX)
        .saturating_mul(WEIGHTS.edit))
    .saturating_sub(discount)
}

/// The names that are near.
pub(super) fn find(corpus: &Corpus, query: &ParsedQuery) -> Result<Vec<Hit>> {
    let letters = query.key.chars().count();
    if letters < SHORTEST_WORD {
        return Ok(Vec::new());
    }
    let mut may_be_meant = Vec::with_capacity(query.words.len());
    for word in &query.words {
        may_be_meant.push(word.is_known || !corpus.name_word(&word.canonical)?.is_empty());
    }
    // Letters may have been left out.
    let furthest = allowed(letters + 1) + 1;
    let mut reaches = REACHES.map(|reach| reach.min(furthest)).to_vec();
    reaches.dedup();
    let mut hits = Vec::new();
    for reach in reaches {
        let done = hits
            .iter()
            .any(|hit: &Hit| hit.confidence == Confidence::Show);
        let enough = match reach {
            0..2 => false,
            2 => done || letters < WEIGHTS.shortest || query.is_known_word(),
            // If every word may be meant as it is, nothing that is further off was meant.
            _ => done || !hits.is_empty() || !may_be_meant.contains(&false),
        };
        if enough {
            break;
        }
        hits = within(corpus, query, &may_be_meant, reach)?;
    }
    if hits.is_empty() && letters >= WEIGHTS.shortest && !query.is_known_word() {
        return longer(corpus, query);
    }
    Ok(hits)
}

/// The names that begin with a query, whatever its spaces: "fewshot" begins "few-shot learning".
fn longer(corpus: &Corpus, query: &ParsedQuery) -> Result<Vec<Hit>> {
    let (prefix, most) = (&query.canonical, WEIGHTS.most_forms);
    let mut cost = |name: &str| Some(u32::try_from(name.len() - prefix.len()).unwrap_or(u32::MAX));
    let names = corpus.names_with_prefix(prefix, LONGEST_REST, most, &mut cost)?;
    let hits = names.into_iter().flat_map(|name| {
        let (key, cost) = (name.key, WEIGHTS.missing + name.judgment);
        name.postings.into_iter().map(move |posting| Hit {
            entry: posting.id,
            name: key.clone(),
            kind: posting.kind,
            confidence: Confidence::Suggest,
            cost,
        })
    });
    Ok(hits.collect())
}

fn within(
    corpus: &Corpus,
    query: &ParsedQuery,
    may_be_meant: &[bool],
    edits: usize,
) -> Result<Vec<Hit>> {
    let reach = Reach {
        edits: u8::try_from(edits).unwrap_or(u8::MAX),
        limit: if edits > REACHES[1] {
            WEIGHTS.most_compared
        } else {
            usize::MAX
        },
    };
    let other = (query.key != query.canonical).then_some(&query.key);
    let mut hits = Vec::new();
    for typed in std::iter::once(&query.canonical).chain(other) {
        let sound = Sound::new(typed);
        let names = corpus.fuzzy_names(typed, reach, &mut |name| {
            let slip = Slip {
                query,
                may_be_meant,
                typed,
                name,
                edits: edits_within(typed, name, edits)?,
                sounds_alike: sound.is_like(name),
            };
            slip.judge()
        })?;
        for name in names {
            let (confidence, cost, weakest) = name.judgment;
            let postings = name.postings.iter();
            hits.extend(postings.filter(|name| name.kind <= weakest).map(|posting| {
                // A guess never opens an entry by the name of a narrower thing.
                let is_narrower = posting.kind == Kind::Covered;
                let confidence = if is_narrower {
                    Confidence::Suggest
                } else {
                    confidence
                };
                Hit {
                    entry: posting.id,
                    name: name.key.clone(),
                    kind: posting.kind,
                    confidence,
                    cost,
                }
            }));
        }
    }
    Ok(hits)
}

/// A name taken for what was typed.
struct Slip<'q> {
    query: &'q ParsedQuery,
    /// Of each word, whether it may be meant as it was typed: it is English, or in some name.
    may_be_meant: &'q [bool],
    /// The form of the query that is compared.
    typed: &'q str,
    name: &'q str,
    edits: usize,
    sounds_alike: bool,
}

impl Slip<'_> {
    /// The confidence in the name, its cost, and the weakest kind of name that is worth it; `None` if it is
    /// not near.
    fn judge(&self) -> Option<(Confidence, u32, Kind)> {
        // Numbers are no slips: GPT-4 is not GPT-3.
        let digits = |text: &str| text.replace(|c: char| !c.is_ascii_digit(), "");
        if digits(&self.query.key) != digits(self.name) {
            return None;
        }
        let cost = cost(self.edits, self.sounds_alike);
        let (typed, name) = (self.typed.chars().count(), self.name.chars().count());
        if self.query.is_known_word() {
            let weakest = self.weakest_for_known_word(typed, name)?;
            return Some((Confidence::Suggest, cost, weakest));
        }
        if typed.min(name) < WEIGHTS.shortest {
            let may_be_acronym = self.may_be_acronym(typed, name);
            return may_be_acronym.then_some((Confidence::Suggest, cost, Kind::Covered));
        }
        // Letters that were left out shorten what was typed.
        let left_out = typed + self.edits == name && typed > WEIGHTS.shortest;
        let most = allowed(name.min(typed + if left_out { 2 } else { 1 }));
        let confidence = match self.edits {
            edits if edits <= most + usize::from(self.sounds_alike) => Confidence::Show,
            edits if edits == most + 1 && name > WEIGHTS.shortest_guess => Confidence::Suggest,
            _ => return None,
        };
        if self.query.words.len() == 1 {
            return Some((confidence, cost, Kind::Covered));
        }
        let (limit, more) = self.of_several_words()?;
        Some((confidence.max(limit), cost + more, Kind::Covered))
    }

    /// The weakest kind of name that is suggested for a known word: most people who type one mean no
    /// term. But one slip makes "mist" of MNIST, and most often a letter is left out, two are swapped,
    /// or the word is spelled by ear.
    fn weakest_for_known_word(&self, typed: usize, name: usize) -> Option<Kind> {
        if self.edits > 1 || name < WEIGHTS.shortest {
            return None;
        }
        if name >= WEIGHTS.shortest_guess {
            return Some(Kind::Covered);
        }
        let by_ear = self.sounds_alike && (typed > name || name > WEIGHTS.shortest);
        (typed < name || by_ear).then_some(Kind::Title)
    }

    /// Whether an acronym may hold a letter too many or too few. Another letter makes another acronym,
    /// unless there are four.
    fn may_be_acronym(&self, typed: usize, name: usize) -> bool {
        let shorter = typed.min(name);
        let is_likely = shorter == WEIGHTS.shortest - 1
            || shorter >= SHORTEST_WORD && typed != name && self.query.words.len() == 1;
        let starts_alike = self.name.chars().next() == self.typed.chars().next();
        self.edits == 1
            && is_likely
            && (starts_alike || self.name.ends_with(self.typed))
            && self.query.words.iter().all(|word| !word.is_known)
    }

    /// How good the name is for several words, and what it costs more: that depends on which of them
    /// must be wrong.
    fn of_several_words(&self) -> Option<(Confidence, u32)> {
        let words = || self.query.words.iter().zip(self.may_be_meant);
        let mut changed: Vec<(&Word, &bool)> = words()
            .filter(|(word, _)| {
                !self.name.contains(&word.key) && !self.name.contains(&word.canonical)
            })
            .collect();
        if changed.is_empty() {
            // Each occurs in the name by itself: rather an unknown word is wrong, or a long one.
            changed.extend(words().min_by_key(|(word, meant)| (**meant, Reverse(word.letters()))));
        }
        if changed
            .iter()
            .any(|(word, _)| word.letters() < SHORTEST_WORD)
        {
            // A letter by itself is a word too many, not a slip.
            let may_be_slip = self.edits == 1 && self.typed.len() <= self.name.len();
            return may_be_slip.then_some((Confidence::Suggest, 0));
        }
        let mut real = changed.iter().filter(|(_, meant)| **meant);
        let limit = match (real.next(), real.next()) {
            (None, _) => return Some((Confidence::Show, 0)),
            // One may be a slip that a spelling checker lets pass: "gradient decent".
            (Some((word, _)), None)
                if (self.edits == 1 || self.sounds_alike)
                    && (word.letters() > SHORTEST_WORD || self.typed.len() < self.name.len()) =>
            {
                Confidence::Show
            }
            _ => Confidence::Suggest,
        };
        (limit == Confidence::Show || self.edits <= 2).then_some((limit, WEIGHTS.real_word))
    }
}

/// Shorter words are taken as they are.
const SHORTEST_WORD: usize = 3;
