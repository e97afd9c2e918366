//! Names that share words with what was typed: in another order, one missing, one too many, each
//! perhaps misspelled.
//!
//! Owns which words may stand for one, and which entries are worth comparing. It must not know what
//! their likeness is worth (`alignment`), nor of spellings as a whole (`typo`).

use rustc_hash::FxHashMap;

use super::alignment::{Fit, Match, Typed, compare, is_verb_of};
use super::generic::{self, Sort};
use super::sound::Sound;
use super::typo::{self, MOST_COMPARED};
use super::{Asked, EDIT, HEARD, Hit, SHORTEST, Trust, Word};
use crate::corpus::{Corpus, Id, Reach};
use crate::entry::stem::stem;
use crate::error::Result;

/// What a letter costs in which two forms of a word differ, and all of them at most.
const FORM_LETTER: u32 = 2;
const FORM: u32 = 10;

/// Words that begin alike that are looked at to find the forms of one, and how many letters they may
/// have more than their stem.
const MOST_FORMS: usize = 64;
const LONGEST_ENDING: u8 = 8;

/// Shorter queries are no parts of names.
const SHORTEST_QUERY: usize = 3;

/// Entries whose names are compared word by word.
const MOST_ENTRIES: usize = 12;

/// Lists longer than this only add to entries that a rarer word has found.
const LONG_LIST: usize = 4096;

/// The names that are near.
pub(super) fn find(corpus: &Corpus, asked: &Asked) -> Result<Vec<Hit>> {
    if asked.key.chars().count() < SHORTEST_QUERY {
        return Ok(Vec::new());
    }
    let mut matches = Vec::with_capacity(asked.words.len());
    for word in &asked.words {
        matches.push(matches_of(corpus, word)?);
    }
    let sorts: Vec<Option<(Sort, u32)>> = asked
        .words
        .iter()
        .map(|word| generic::misspelled_sort(&word.canonical))
        .collect();
    let typed = Typed {
        asked,
        matches,
        sorts,
    };
    let mut candidates = promising(corpus, &typed.matches)?;
    let most_shared = candidates.first().map_or(0, |(_, shared)| *shared);
    for entry in with_one_word_less(corpus, &typed)? {
        candidates.retain(|(other, _)| *other != entry);
        candidates.insert(0, (entry, most_shared));
    }
    let mut hits: Vec<Hit> = Vec::new();
    let mut most = 0;
    for (entry, shared) in candidates {
        // Who shares fewer words cannot be nearer than who shares more and can be shown.
        if shared < most && hits.iter().any(|hit| hit.trust == Trust::Show) {
            break;
        }
        most = shared;
        for name in corpus.entry_without_text(entry)?.names() {
            if let Some((trust, cost)) = compare(&typed, &name) {
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

/// The words of names for which a word may stand: itself, else its forms, else those that are spelled
/// nearly so.
fn matches_of(corpus: &Corpus, word: &Word) -> Result<Vec<Match>> {
    let mut matches = Vec::new();
    let entries = corpus.name_word(&word.canonical)?;
    if !entries.is_empty() {
        matches.push(Match {
            word: word.canonical.clone(),
            fit: Fit::Same,
            cost: 0,
            entries,
        });
    }
    if word.canonical.chars().count() < SHORTEST - 1 {
        return Ok(matches);
    }
    forms(corpus, word, &mut matches)?;
    if matches.is_empty() && word.canonical.chars().count() >= SHORTEST {
        typos(corpus, word, &mut matches)?;
    }
    Ok(matches)
}

fn forms(corpus: &Corpus, word: &Word, matches: &mut Vec<Match>) -> Result<()> {
    let wanted = stem(&word.canonical);
    // The last letter is another before some endings: "tune" and "tuning", "classify" and its noun.
    let beginning = wanted.trim_end_matches(['e', 'i']);
    let mut cost = |other: &str| {
        let is_form = stem(other) == wanted
            || word.canonical.ends_with('y') && is_verb_of(&word.canonical, other);
        let letters = || strsim::osa_distance(other, &word.canonical);
        (*other != *word.canonical && is_form)
            .then(|| FORM.min(FORM_LETTER * u32::try_from(letters()).unwrap_or(FORM)))
    };
    let forms = corpus.name_words_with_prefix(beginning, LONGEST_ENDING, MOST_FORMS, &mut cost)?;
    matches.extend(forms.into_iter().map(|form| Match {
        word: form.key,
        fit: Fit::Form,
        cost: form.judgment,
        entries: form.postings,
    }));
    Ok(())
}

fn typos(corpus: &Corpus, word: &Word, matches: &mut Vec<Match>) -> Result<()> {
    let letters = word.canonical.chars().count();
    let sound = Sound::of(&word.canonical);
    // Who spells by ear is further off than who mistypes.
    let reach = if word.is_known() {
        1
    } else {
        typo::allowed(letters)
    };
    let by_ear = reach + letters / SHORTEST;
    let mut reaches = vec![1, reach, by_ear];
    reaches.dedup();
    for most in reaches {
        let scanned = Reach {
            edits: u8::try_from(most).unwrap_or(u8::MAX),
            limit: MOST_COMPARED,
        };
        let typos = corpus.fuzzy_name_words(&word.canonical, scanned, &mut |other| {
            if other.chars().count() < SHORTEST {
                return None;
            }
            let edits = typo::edits_within(&word.canonical, other, most)?;
            let heard = sound.is_like(other);
            let cost = EDIT * u32::try_from(edits).unwrap_or(EDIT);
            (edits <= reach || heard).then(|| cost.saturating_sub(if heard { HEARD } else { 0 }))
        })?;
        matches.extend(typos.into_iter().map(|typo| Match {
            word: typo.key,
            fit: if word.is_known() {
                Fit::Bent
            } else {
                Fit::Typo
            },
            cost: typo.judgment,
            entries: typo.postings,
        }));
        if !matches.is_empty() {
            break;
        }
    }
    Ok(())
}

/// The entries of which what was typed is a name when a generic word is left out.
fn with_one_word_less(corpus: &Corpus, typed: &Typed<'_>) -> Result<Vec<Id>> {
    let words = &typed.asked.words;
    let mut entries = Vec::new();
    for (left_out, _) in typed
        .sorts
        .iter()
        .enumerate()
        .filter(|(_, sort)| sort.is_some())
    {
        let rest = words
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != left_out);
        let key: String = rest.map(|(_, word)| word.canonical.as_str()).collect();
        entries.extend(corpus.names(&key)?.iter().map(|name| name.id));
    }
    Ok(entries)
}

/// The entries that share most words with the query, and how many; the rarer words count more.
fn promising(corpus: &Corpus, matches: &[Vec<Match>]) -> Result<Vec<(Id, u32)>> {
    let mut lists: Vec<(usize, &Match)> = matches
        .iter()
        .enumerate()
        .flat_map(|(number, matches)| matches.iter().map(move |one| (number, one)))
        .collect();
    lists.sort_by_key(|(_, one)| one.entries.len());
    // Which words an entry shares, and how rare they are.
    let mut shared: FxHashMap<Id, (u32, f32)> = FxHashMap::default();
    for (number, one) in lists {
        let bit = 1_u32 << number;
        #[allow(clippy::cast_precision_loss, reason = "a weight needs no precision")]
        let rarity = 1.0 / (one.entries.len() as f32).sqrt();
        let only_known = one.entries.len() > LONG_LIST && !shared.is_empty();
        for entry in one
            .entries
            .iter()
            .take(if only_known { usize::MAX } else { LONG_LIST })
        {
            if only_known && !shared.contains_key(entry) {
                continue;
            }
            let (bits, weight) = shared.entry(*entry).or_default();
            if *bits & bit == 0 {
                *bits |= bit;
                *weight += rarity;
            }
        }
    }
    let most = shared.values().map(|(bits, _)| bits.count_ones()).max();
    let enough = most.unwrap_or(0).saturating_sub(1).max(1);
    let mut entries: Vec<(Id, (u32, f32))> = shared
        .into_iter()
        .filter(|(_, (bits, _))| bits.count_ones() >= enough)
        .collect();
    entries.sort_by(|(a, (p, x)), (b, (q, y))| {
        (q.count_ones().cmp(&p.count_ones()))
            .then(y.total_cmp(x))
            .then(a.cmp(b))
    });
    let mut promising = Vec::new();
    for (entry, (bits, _)) in entries {
        if promising.len() == MOST_ENTRIES {
            break;
        }
        if corpus.is_visible(entry)? {
            promising.push((entry, bits.count_ones()));
        }
    }
    Ok(promising)
}
