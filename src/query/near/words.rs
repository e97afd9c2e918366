//! Names that share words with what was typed: in another order, one missing, one too many, each
//! perhaps misspelled.
//!
//! Owns which words may differ and how two lists of words are compared. It must not know of spellings
//! as a whole (`typo`).

use std::collections::HashMap;

use super::sound::Sound;
use super::typo::SHORTEST_GUESS;
use super::{Asked, EDIT, HEARD, Hit, MARGIN, SHORTEST, STOP_WORDS, Trust, Word, edits, typo};
use crate::entry::key::{self, canonical_word};
use crate::entry::names::{Kind, Name};
use crate::entry::stem::stem;
use crate::index::dictionary::{Dictionary, Posting};
use crate::index::reader::Index;
use crate::index::{Error, Section};

/// Words that say of what sort a thing is: a query may have one too many of them ("LSTM network"),
/// and a name does not need them ("zero shot" for "zero-shot learning").
const GENERIC: [&str; 20] = [
    "ai",
    "algorithm",
    "architecture",
    "classifier",
    "dataset",
    "dl",
    "embedding",
    "function",
    "layer",
    "learning",
    "llm",
    "mechanism",
    "method",
    "metric",
    "ml",
    "model",
    "network",
    "neural",
    "nlp",
    "technique",
];

/// Generic words that everyday English uses as well: they may only be too many beside a word that it
/// does not know, so that "BLEU score" is one and "weight loss" is not.
const GENERIC_BESIDE_TERMS: [&str; 16] = [
    "activation",
    "approach",
    "framework",
    "library",
    "loss",
    "neuron",
    "optimization",
    "optimizer",
    "prompting",
    "regularization",
    "score",
    "software",
    "system",
    "task",
    "test",
    "tool",
];

/// What it costs that one has a stop word more.
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
/// What a letter costs in which two forms of a word differ, and all of them at most.
const FORM_LETTER: u32 = 2;
const FORM: u32 = 10;

/// Names that cost more are not worth suggesting.
const DEAREST: u32 = 60;

/// Words that begin alike that are looked at to find the forms of one.
const MOST_FORMS: usize = 64;

/// Shorter queries are no parts of names.
const SHORTEST_QUERY: usize = 3;

/// Entries whose names are compared word by word.
const MOST_ENTRIES: usize = 32;

/// Lists longer than this only add to entries that a rarer word has found.
const LONG_LIST: usize = 4096;

/// How a word that was typed is a word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
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
struct Match {
    word: String,
    fit: Fit,
    cost: u32,
    postings: Vec<Posting>,
}

/// The names that are near.
pub(super) fn find(index: &Index, asked: &Asked) -> Result<Vec<Hit<u32>>, Error> {
    if asked.key.chars().count() < SHORTEST_QUERY {
        return Ok(Vec::new());
    }
    let dictionary = index.dictionary(Section::NameWords)?;
    let mut matches = Vec::with_capacity(asked.words.len());
    for word in &asked.words {
        matches.push(matches_of(dictionary, word)?);
    }
    let mut hits = Vec::new();
    for entry in promising(&matches) {
        for name in index.names(entry)?.names() {
            if let Some((trust, cost)) = compare(asked, &matches, &name) {
                hits.push(Hit {
                    trust,
                    cost,
                    kind: name.kind,
                    entry,
                });
            }
        }
    }
    Ok(hits)
}

/// The words of a name as they are compared.
///
/// With them comes how many were left out.
fn words_of(name: &str) -> (Vec<String>, u32) {
    let mut left_out = 0;
    let mut words: Vec<String> = key::words(name).map(canonical_word).collect();
    words.retain(|word| {
        let kept = !word.is_empty() && !STOP_WORDS.contains(&word.as_str());
        left_out += u32::from(!kept);
        kept
    });
    (words, left_out)
}

/// The words of names for which a word may stand: itself, else its forms, else those that are spelled
/// nearly so.
fn matches_of(dictionary: Dictionary<'_>, word: &Word) -> Result<Vec<Match>, Error> {
    let mut matches = Vec::new();
    let postings = dictionary.get(&word.canonical)?;
    if !postings.is_empty() {
        matches.push(Match {
            word: word.canonical.clone(),
            fit: Fit::Same,
            cost: 0,
            postings,
        });
    }
    if word.canonical.chars().count() < SHORTEST - 1 {
        return Ok(matches);
    }
    forms(dictionary, word, &mut matches)?;
    if matches.is_empty() && word.canonical.chars().count() >= SHORTEST {
        typos(dictionary, word, &mut matches)?;
    }
    Ok(matches)
}

fn forms(dictionary: Dictionary<'_>, word: &Word, matches: &mut Vec<Match>) -> Result<(), Error> {
    let wanted = stem(&word.canonical);
    for number in dictionary.starting_with(&wanted, MOST_FORMS)? {
        let other = dictionary.key(number)?;
        if *other != *word.canonical && stem(&other) == wanted {
            let letters = strsim::osa_distance(&other, &word.canonical);
            matches.push(Match {
                cost: FORM.min(FORM_LETTER * u32::try_from(letters).unwrap_or(FORM)),
                fit: Fit::Form,
                postings: dictionary.postings(number)?,
                word: other.into_owned(),
            });
        }
    }
    Ok(())
}

fn typos(dictionary: Dictionary<'_>, word: &Word, matches: &mut Vec<Match>) -> Result<(), Error> {
    let letters = word.canonical.chars().count();
    let sound = Sound::of(&word.canonical);
    // Who spells by ear is further off than who mistypes.
    let reach = if word.is_known() {
        1
    } else {
        typo::allowed(letters)
    };
    let by_ear = reach + letters / SHORTEST;
    let scanned = u8::try_from(by_ear).unwrap_or(u8::MAX);
    dictionary.maybe_within(&word.canonical, scanned, &mut |number| {
        let other = dictionary.key(number)?;
        if other.chars().count() < SHORTEST {
            return Ok(());
        }
        let Some(edits) = edits::within(&word.canonical, &other, by_ear) else {
            return Ok(());
        };
        let heard = sound.is_like(&other);
        if edits <= reach || heard {
            let cost = EDIT * u32::try_from(edits).unwrap_or(EDIT);
            matches.push(Match {
                cost: cost - if heard { HEARD } else { 0 },
                fit: if word.is_known() {
                    Fit::Bent
                } else {
                    Fit::Typo
                },
                postings: dictionary.postings(number)?,
                word: other.into_owned(),
            });
        }
        Ok(())
    })
}

/// The entries that share most words with the query, the rarer words counting more.
fn promising(matches: &[Vec<Match>]) -> Vec<u32> {
    let mut lists: Vec<(usize, &Match)> = matches
        .iter()
        .enumerate()
        .flat_map(|(number, matches)| matches.iter().map(move |one| (number, one)))
        .collect();
    lists.sort_by_key(|(_, one)| one.postings.len());
    // Which words an entry shares, and how rare they are.
    let mut shared: HashMap<u32, (u32, f32)> = HashMap::new();
    for (number, one) in lists {
        let bit = 1_u32 << number;
        #[allow(clippy::cast_precision_loss, reason = "a weight needs no precision")]
        let rarity = 1.0 / (one.postings.len() as f32).sqrt();
        let only_known = one.postings.len() > LONG_LIST && !shared.is_empty();
        for posting in one
            .postings
            .iter()
            .take(if only_known { usize::MAX } else { LONG_LIST })
        {
            if only_known && !shared.contains_key(&posting.entry) {
                continue;
            }
            let (bits, weight) = shared.entry(posting.entry).or_default();
            if *bits & bit == 0 {
                *bits |= bit;
                *weight += rarity;
            }
        }
    }
    let most = shared.values().map(|(bits, _)| bits.count_ones()).max();
    let enough = most.unwrap_or(0).saturating_sub(1).max(1);
    let mut entries: Vec<(u32, (u32, f32))> = shared
        .into_iter()
        .filter(|(_, (bits, _))| bits.count_ones() >= enough)
        .collect();
    entries.sort_by(|(a, (p, x)), (b, (q, y))| {
        (q.count_ones().cmp(&p.count_ones()))
            .then(y.total_cmp(x))
            .then(a.cmp(b))
    });
    entries.truncate(MOST_ENTRIES);
    entries.into_iter().map(|(entry, _)| entry).collect()
}

/// How far a name of these words is to be trusted, and what it costs; `None` when it is not near.
fn compare(asked: &Asked, matches: &[Vec<Match>], of: &Name<'_>) -> Option<(Trust, u32)> {
    let (name, left_out) = words_of(&of.text);
    let mut used = vec![false; name.len()];
    let mut cost = STOP_WORD * left_out.abs_diff(asked.left_out);
    let mut last = 0;
    let mut fits: Vec<(&Word, Fit)> = Vec::new();
    let mut extra_words = 0;
    let mut generic_extra = 0;
    let mut in_order = true;
    let mut extra = 0;
    for (word, matches) in asked.words.iter().zip(matches) {
        let best = matches
            .iter()
            .filter_map(|one| {
                let place = (0..name.len()).find(|&at| !used[at] && name[at] == one.word)?;
                Some((one.cost, place, one.fit))
            })
            .min();
        match best {
            Some((price, place, fit)) => {
                used[place] = true;
                in_order &= place >= last;
                cost += price + if place < last { ORDER } else { 0 };
                last = place;
                fits.push((word, fit));
            }
            None => match sort(&word.canonical) {
                Some((sort, edits)) => {
                    extra_words += 1;
                    generic_extra += usize::from(sort == Sort::OfField);
                    cost += GENERIC_EXTRA + EDIT * edits;
                }
                None => {
                    extra += 1;
                    cost += EXTRA;
                }
            },
        }
    }
    let missing: Vec<&String> = name
        .iter()
        .zip(&used)
        .filter(|(_, used)| !**used)
        .map(|(word, _)| word)
        .collect();
    let specific_missing = missing.iter().filter(|word| !is_generic(word)).count();
    for word in &missing {
        cost += match sort(word) {
            Some((Sort::OfField, _)) => GENERIC_MISSING,
            Some((Sort::BesideTerms, _)) => GENERIC_MISSING + MARGIN,
            None => MISSING,
        };
    }
    let specific = fits
        .iter()
        .filter(|(word, _)| !is_generic(&word.canonical))
        .count();
    let strange = fits.iter().any(|(word, _)| !word.ordinary);
    if fits.is_empty()
        || cost > DEAREST
        || (specific == 0 && extra + extra_words + missing.len() > 0)
    {
        return None;
    }
    if let [word] = &asked.words[..] {
        if word.is_known() {
            return alone(word, &fits, &name, of.kind).map(|trust| (trust, cost));
        }
        if fits[0].1 == Fit::Typo && !missing.is_empty() {
            // Half a name, and misspelled.
            let long = word.key.chars().count() > SHORTEST_GUESS;
            return long.then_some((Trust::Suggest, cost));
        }
    }
    let bent = fits.iter().filter(|(_, fit)| *fit == Fit::Bent).count();
    let formed = fits.iter().any(|(_, fit)| *fit == Fit::Form);
    let complete = missing.is_empty();
    let trusted = extra == 0
        // A word too many and one too few is another thing.
        && (complete || extra_words == 0)
        && extra_words <= 1
        && (extra_words == 0 || strange || specific > 1 || generic_extra == extra_words)
        && (bent == 0 || bent == 1 && fits.len() > 1 && complete && extra_words == 0)
        && match specific_missing {
            0 => complete || strange || fits.len() > 1,
            1 => in_order && !formed && (strange || specific > 1),
            _ => false,
        };
    if trusted {
        return Some((Trust::Show, cost));
    }
    let plausible = bent == 0
        && if extra > 0 {
            let known = |&(word, fit): &(&Word, Fit)| {
                !word.is_known()
                    && word.key.chars().count() >= SHORTEST_QUERY
                    && (fit < Fit::Typo || word.key.chars().count() > SHORTEST_GUESS)
            };
            fits.iter().any(known) && fits.len() >= extra
        } else {
            strange
                || specific > 1
                || fits.len() > 1 && extra_words == 0
                || complete && extra_words == 1
                || name.len() <= 2
                    && extra_words == 0
                    && fits
                        .iter()
                        .all(|(word, _)| word.key.chars().count() >= SHORTEST)
        };
    plausible.then_some((Trust::Suggest, cost))
}

/// How far a name is to be trusted for an ordinary word that stands alone. Most who type one mean no
/// term: "account" is not accountability, and "general" not generalization. A verb stands for the
/// entry of its noun, "cluster" for clustering; and half of a title is worth a suggestion.
fn alone(word: &Word, fits: &[(&Word, Fit)], name: &[String], kind: Kind) -> Option<Trust> {
    let (&[(_, fit)], true) = (fits, kind <= Kind::Short) else {
        return None;
    };
    match (fit, name) {
        (Fit::Form, [noun]) if is_verb_of(&word.canonical, noun) => Some(Trust::Show),
        (Fit::Form, [_]) => Some(Trust::Suggest),
        // A network or method that is called after somebody or something.
        (Fit::Same, [_, sort]) if word.name && GENERIC.contains(&sort.as_str()) => {
            Some(Trust::Show)
        }
        (Fit::Same, [_, _]) if word.key.chars().count() >= SHORTEST => Some(Trust::Suggest),
        _ => None,
    }
}

/// Endings that make a noun of a verb.
const NOUNS: [&str; 8] = ["ing", "er", "or", "r", "ion", "ication", "ation", "ence"];

fn is_verb_of(verb: &str, noun: &str) -> bool {
    NOUNS.iter().any(|ending| {
        noun.strip_suffix(ending).is_some_and(|root| {
            let doubled = root.chars().last().and_then(|last| root.strip_suffix(last));
            [root, root.trim_end_matches('i')].contains(&verb.trim_end_matches(['e', 'y']))
                || root == verb
                || doubled == Some(verb)
        })
    })
}

/// What a generic word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// One of `GENERIC`.
    OfField,
    /// One of `GENERIC_BESIDE_TERMS`, or the number of a version.
    BesideTerms,
}

/// What sort of generic word a word is, and by how many slips; `None` when it is none.
fn sort(word: &str) -> Option<(Sort, u32)> {
    let slips = |generics: &[&str]| {
        let edits = generics.iter().filter_map(|generic| {
            let letters = generic.len().min(word.len());
            edits::within(word, generic, typo::allowed(letters).min(1))
        });
        edits.min().and_then(|edits| u32::try_from(edits).ok())
    };
    if is_version(word) {
        return Some((Sort::BesideTerms, 0));
    }
    let of_field = slips(&GENERIC).map(|edits| (Sort::OfField, edits));
    of_field.or_else(|| slips(&GENERIC_BESIDE_TERMS).map(|edits| (Sort::BesideTerms, edits)))
}

/// Whether a word says only of what sort a thing is, or of which version.
fn is_generic(word: &str) -> bool {
    GENERIC.contains(&word) || GENERIC_BESIDE_TERMS.contains(&word) || is_version(word)
}

/// Whether a word is a number as versions have it: `3`, `v2`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
