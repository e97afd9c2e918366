//! Names that are spelled nearly like what was typed, as a whole: spaces do not count.
//!
//! Owns how many edits a name of a length allows. It must not know what words a name is made of.

use std::cmp::Reverse;

use super::sound::Sound;
use super::{Asked, EDIT, HEARD, Hit, SHORTEST, Trust, Word};
use crate::corpus::{Corpus, Reach};
use crate::entry::names::Kind;
use crate::error::Result;

/// The edits that are looked for, one after the other until something is found that can be shown:
/// nearly all slips are one, and looking further takes longer.
const REACHES: [u8; 3] = [1, 2, 4];

/// Names that are compared in a look for more edits: among very many it would take too long, and find
/// too much.
pub(super) const MOST_COMPARED: usize = 2_000;

/// From how many letters on a name is long.
const LONG: usize = 12;

/// Names with more letters are suggested for what is further off, and for ordinary words.
pub(super) const SHORTEST_GUESS: usize = 7;

/// Shorter words are taken as they stand.
const SHORTEST_WORD: usize = 3;

/// Two slips in words that may be meant as they stand leave names of so many letters recognizable.
const LONG_OF_SEVERAL: usize = 10;

/// What it costs to take an ordinary word for a slip.
const BENT: u32 = 14;

/// How many edits leave a name of so many letters recognizable.
pub(super) fn allowed(letters: usize) -> usize {
    match letters {
        0..SHORTEST => 0,
        SHORTEST..8 => 1,
        8..LONG => 2,
        LONG..16 => 3,
        _ => 4,
    }
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

/// The names that are near.
pub(super) fn find(corpus: &Corpus, asked: &Asked) -> Result<Vec<Hit>> {
    let letters = asked.key.chars().count();
    if letters < SHORTEST_WORD {
        return Ok(Vec::new());
    }
    let mut meant = Vec::with_capacity(asked.words.len());
    for word in &asked.words {
        meant.push(word.is_known() || !corpus.name_word(&word.canonical)?.is_empty());
    }
    // Letters may have been left out.
    let furthest = allowed(letters + 1) + 1;
    let known = matches!(&asked.words[..], [word] if word.is_known());
    let mut hits = Vec::new();
    let mut reaches = REACHES
        .map(|reach| usize::from(reach).min(furthest))
        .to_vec();
    reaches.dedup();
    for reach in reaches {
        let done = hits.iter().any(|hit: &Hit| hit.trust == Trust::Show);
        // Beyond two edits, whatever is nearer is what was meant, and where every word may be meant as it
        // stands, nothing further off is.
        let enough = match reach {
            ..2 => false,
            2 => done || letters < SHORTEST || known,
            _ => done || !hits.is_empty() || !meant.contains(&false),
        };
        if enough {
            break;
        }
        hits = within(corpus, asked, &meant, reach)?;
    }
    Ok(hits)
}

/// `meant` says of each word whether it may be meant as it was typed: it is English, or in some name.
fn within(corpus: &Corpus, asked: &Asked, meant: &[bool], edits: usize) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    let reach = Reach {
        edits: u8::try_from(edits).unwrap_or(u8::MAX),
        limit: if edits > REACHES[1].into() {
            MOST_COMPARED
        } else {
            usize::MAX
        },
    };
    let other = (asked.key != asked.canonical).then_some(&asked.key);
    for typed in std::iter::once(&asked.canonical).chain(other) {
        let sound = Sound::of(typed);
        let names = corpus.fuzzy_names(typed, reach, &mut |name| {
            let slip = Slip {
                asked,
                meant,
                typed,
                name,
                edits: edits_within(typed, name, edits)?,
                heard: sound.is_like(name),
            };
            slip.judge()
        })?;
        for name in names {
            let Verdict {
                trust,
                cost,
                weakest,
            } = name.judgment;
            let of_kind = name.postings.iter().filter(|name| name.kind <= weakest);
            hits.extend(of_kind.map(|name| Hit {
                trust,
                cost,
                kind: name.kind,
                entry: name.id,
            }));
        }
    }
    Ok(hits)
}

/// What a name is worth.
struct Verdict {
    /// How far it is to be trusted.
    trust: Trust,
    /// What it costs.
    cost: u32,
    /// The weakest kind of name of which that holds.
    weakest: Kind,
}

/// A name taken for what was typed.
struct Slip<'q> {
    asked: &'q Asked,
    /// Of each word, whether it may be meant as it was typed.
    meant: &'q [bool],
    /// The form of what was typed that is compared.
    typed: &'q str,
    name: &'q str,
    edits: usize,
    /// Whether both sound alike.
    heard: bool,
}

impl Slip<'_> {
    /// What the name is worth; `None` when it is not near.
    fn judge(&self) -> Option<Verdict> {
        if digits(&self.asked.key).ne(digits(self.name)) {
            return None;
        }
        let heard = if self.heard { HEARD } else { 0 };
        let cost = (u32::try_from(self.edits).ok()? * EDIT).saturating_sub(heard);
        let (typed, name) = (self.typed.chars().count(), self.name.chars().count());
        let verdict = |trust, cost| Verdict {
            trust,
            cost,
            weakest: Kind::Covered,
        };
        if let [word] = &self.asked.words[..]
            && word.is_known()
        {
            return self.of_known(word, typed, name).map(|weakest| Verdict {
                weakest,
                ..verdict(Trust::Suggest, cost)
            });
        }
        if typed.min(name) < SHORTEST {
            return self
                .is_acronym_of(typed, name)
                .then(|| verdict(Trust::Suggest, cost));
        }
        // Letters that were left out shorten what was typed: the name's length tells what it allows.
        let left_out = typed + self.edits == name && typed > SHORTEST;
        let most = allowed(name.min(typed + if left_out { 2 } else { 1 }));
        let trust = match self.edits {
            edits if edits <= most + usize::from(self.heard) => Trust::Show,
            edits if edits == most + 1 && name > SHORTEST_GUESS => Trust::Suggest,
            _ => return None,
        };
        if self.asked.words.len() == 1 {
            return Some(verdict(trust, cost));
        }
        let (limit, more) = self.of_several(typed, name)?;
        Some(verdict(trust.max(limit), cost + more))
    }

    /// The weakest kind of name that may be suggested for a word which may be meant as it stands: most
    /// who type one mean no term. But one slip makes "mist" of MNIST, and who mistypes a title has most
    /// often left a letter out or swapped two, or spelled it by ear.
    fn of_known(&self, word: &Word, typed: usize, name: usize) -> Option<Kind> {
        if self.edits > 1 || name < SHORTEST {
            return None;
        }
        if name >= SHORTEST_GUESS {
            return Some(Kind::Covered);
        }
        let left_out = typed < name;
        let swapped = typed == name && letters(self.typed) == letters(self.name);
        let heard = self.heard && (typed > name || name > SHORTEST);
        let outside = !word.ordinary && self.starts_alike();
        (left_out || swapped || heard || outside).then_some(Kind::Title)
    }

    /// Whether a letter too many or too few may have come into an acronym; another letter makes
    /// another one, unless there are four.
    fn is_acronym_of(&self, typed: usize, name: usize) -> bool {
        let shorter = typed.min(name);
        let likely = if typed == name || self.asked.words.len() > 1 {
            shorter == SHORTEST - 1
        } else {
            shorter >= SHORTEST_WORD
        };
        let beheaded = shorter == SHORTEST - 1 && self.name.ends_with(self.typed);
        self.edits == 1
            && likely
            && (beheaded || self.starts_alike())
            && self.asked.words.iter().all(|word| !word.is_known())
    }

    fn starts_alike(&self) -> bool {
        self.name.chars().next() == self.typed.chars().next()
    }

    /// How far the name can be trusted for several words, and what that costs more: it depends on
    /// which of them must be wrong.
    fn of_several(&self, typed: usize, name: usize) -> Option<(Trust, u32)> {
        let letters = |word: &Word| word.key.chars().count();
        let words = || self.asked.words.iter().zip(self.meant);
        let mut changed: Vec<(&Word, &bool)> = words()
            .filter(|(word, _)| is_changed(word, self.name))
            .collect();
        if changed.is_empty() {
            // Each occurs in the name by itself, but something is amiss: rather a word that is none, or
            // a long one.
            changed.extend(words().min_by_key(|(word, meant)| (**meant, Reverse(letters(word)))));
        }
        let left_out = typed < name;
        let shortest = SHORTEST_WORD - usize::from(left_out);
        if changed.iter().any(|(word, _)| letters(word) < shortest) {
            return (self.edits == 1).then_some((Trust::Suggest, 0));
        }
        let bent: Vec<&Word> = changed
            .iter()
            .filter(|(_, meant)| **meant)
            .map(|(word, _)| *word)
            .collect();
        // A word that is none says that something is misspelled.
        let telling = self.meant.contains(&false) || name >= LONG_OF_SEVERAL;
        match bent[..] {
            [] => Some((Trust::Show, 0)),
            // One may be a slip that the spelling checker let pass: "gradient decent".
            [word] if self.edits * 3 <= letters(word) || self.heard => {
                let clear = self.edits == 1 || self.heard;
                let context = letters(word) > SHORTEST_WORD
                    || name >= LONG
                    || left_out && name >= SHORTEST_GUESS;
                let trust = if clear && context {
                    Trust::Show
                } else {
                    Trust::Suggest
                };
                Some((trust, BENT))
            }
            _ if self.edits == 1 || self.edits == 2 && telling => Some((Trust::Suggest, BENT)),
            _ => None,
        }
    }
}

/// The letters of a text, sorted.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

/// Whether a name does not contain a word as it was typed.
fn is_changed(word: &Word, name: &str) -> bool {
    !name.contains(&word.key) && !name.contains(&word.canonical)
}

/// Numbers are no slips: GPT-4 is not GPT-3.
fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}
