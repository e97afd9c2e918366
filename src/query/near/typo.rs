//! Names that are spelled nearly like what was typed, as a whole: spaces do not count.
//!
//! Owns how many edits a name of a length allows. It must not know what words a name is made of.

use super::sound::Sound;
use super::{Asked, EDIT, HEARD, Hit, SHORTEST, Trust, Word, edits};
use crate::entry::names::Kind;
use crate::index::builder::VARIANT;
use crate::index::dictionary::Dictionary;
use crate::index::reader::Index;
use crate::index::{Error, Section};

/// The edits that are looked for, one after the other until something is found that can be shown:
/// nearly all slips are one, and looking further takes longer.
const REACHES: [u8; 3] = [1, 2, 4];

/// Names that are compared in a look for more edits: among very many it would take too long, and find
/// too much.
pub(super) const MOST_COMPARED: usize = 10_000;

/// From how many letters on a name is long.
const LONG: usize = 12;

/// Names with more letters are suggested for what is further off, and for ordinary words.
pub(super) const SHORTEST_GUESS: usize = 7;

/// Shorter words are taken as they stand.
const SHORTEST_WORD: usize = 3;

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

/// The names that are near.
pub(super) fn find(index: &Index, asked: &Asked) -> Result<Vec<Hit<u32>>, Error> {
    let letters = asked.key.chars().count();
    if letters < SHORTEST_WORD {
        return Ok(Vec::new());
    }
    let names = index.dictionary(Section::Names)?;
    let words = index.dictionary(Section::NameWords)?;
    let mut meant = Vec::with_capacity(asked.words.len());
    for word in &asked.words {
        meant.push(word.is_known() || !words.get(&word.canonical)?.is_empty());
    }
    let furthest = allowed(letters) + 1;
    let mut hits = Vec::new();
    for reach in REACHES.map(usize::from) {
        let done = hits.iter().any(|hit: &Hit<u32>| hit.trust == Trust::Show);
        // Beyond two edits, whatever is nearer is what was meant.
        if done || reach > 2 && !hits.is_empty() || reach > 1 && letters < SHORTEST {
            break;
        }
        hits = within(names, asked, &meant, reach.min(furthest))?;
    }
    Ok(hits)
}

/// `meant` says of each word whether it may be meant as it was typed: it is English, or in some name.
fn within(
    names: Dictionary<'_>,
    asked: &Asked,
    meant: &[bool],
    reach: usize,
) -> Result<Vec<Hit<u32>>, Error> {
    let mut hits = Vec::new();
    let mut compared = 0_usize;
    let sound = Sound::of(&asked.canonical);
    let scanned = u8::try_from(reach).unwrap_or(u8::MAX);
    names.maybe_within(&asked.canonical, scanned, &mut |number| {
        compared += 1;
        if reach > REACHES[1].into() && compared > MOST_COMPARED {
            return Ok(());
        }
        let name = names.key(number)?;
        let other = (asked.key != asked.canonical).then_some(&asked.key);
        let best = std::iter::once(&asked.canonical)
            .chain(other)
            .filter_map(|typed| {
                let edits = edits::within(typed, &name, reach)?;
                let heard = sound.is_like(&name);
                judge(asked, meant, typed, &name, edits, heard)
            })
            .min();
        if let Some((trust, cost)) = best {
            for posting in names.postings(number)? {
                let kind = Kind::ALL.get(usize::from(posting.tag & !VARIANT));
                hits.extend(kind.map(|&kind| Hit {
                    trust,
                    cost,
                    kind,
                    entry: posting.entry,
                }));
            }
        }
        Ok(())
    })?;
    Ok(hits)
}

/// How far a name is to be trusted that lies so many edits away, and what it costs.
fn judge(
    asked: &Asked,
    meant: &[bool],
    typed: &str,
    name: &str,
    edits: usize,
    heard: bool,
) -> Option<(Trust, u32)> {
    if digits(&asked.key).ne(digits(name)) {
        return None;
    }
    let letters = name.chars().count();
    let shorter = letters.min(typed.chars().count());
    if shorter < SHORTEST {
        // A letter more or less is worth a suggestion; another letter makes another acronym.
        let other_length = letters != typed.chars().count();
        let alike = edits == 1
            && (other_length && asked.words.len() == 1 && shorter >= SHORTEST_WORD
                || shorter == SHORTEST - 1)
            && name.chars().next() == asked.key.chars().next();
        let meant = asked.words.iter().all(|word| !word.is_known());
        return (alike && meant).then_some((Trust::Suggest, EDIT));
    }
    // One letter less than a longer name allows two edits as well.
    let most = allowed(letters.min(shorter + 1));
    let cost = u32::try_from(edits).ok()? * EDIT - if heard { HEARD } else { 0 };
    let trust = match edits {
        _ if edits <= most + usize::from(heard) => Trust::Show,
        _ if edits == most + 1 && letters > SHORTEST_GUESS => Trust::Suggest,
        _ => return None,
    };
    if let [word] = &asked.words[..] {
        return match trust {
            _ if !word.is_known() => Some((trust, cost)),
            _ if edits == 1 && letters > SHORTEST_GUESS => Some((Trust::Suggest, cost)),
            _ => None,
        };
    }
    let letters_of = |word: &Word| word.key.chars().count();
    let words = || asked.words.iter().zip(meant);
    let mut changed: Vec<(&Word, &bool)> =
        words().filter(|(word, _)| is_changed(word, name)).collect();
    if changed.is_empty() {
        // Each word occurs in the name by itself, but something is amiss: it may be any of them.
        changed.extend(words().find(|(_, meant)| **meant));
    }
    let short = changed
        .iter()
        .any(|(word, _)| letters_of(word) < SHORTEST_WORD);
    let bent: Vec<usize> = changed
        .iter()
        .filter(|(_, meant)| **meant)
        .map(|(word, _)| letters_of(word))
        .collect();
    match bent[..] {
        _ if short => (edits == 1).then_some((Trust::Suggest, cost)),
        [] => Some((trust, cost)),
        // One may be a slip that the spelling checker let pass: "gradient decent".
        [bent] if edits * 3 <= bent || heard => {
            let clear = edits == 1 || heard;
            let context = bent > SHORTEST_WORD || letters >= LONG;
            Some((
                if clear && context {
                    trust
                } else {
                    Trust::Suggest
                },
                cost + BENT,
            ))
        }
        _ => None,
    }
}

/// Whether a name does not contain a word as it was typed.
fn is_changed(word: &Word, name: &str) -> bool {
    !name.contains(&word.key) && !name.contains(&word.canonical)
}

/// Numbers are no slips: GPT-4 is not GPT-3.
fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}
