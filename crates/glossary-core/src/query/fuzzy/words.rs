//! Names that share words with a query: in another order, one missing, one too many, each perhaps
//! misspelled.

use rustc_hash::FxHashMap;

use super::alignment::{Fit, Match, Typed, compare, is_noun_of};
use super::sound::Sound;
use super::weights::WEIGHTS;
use super::{Hit, ParsedQuery, Word, spelling};
use crate::corpus::{Candidate, Corpus, Id, Reach};
use crate::entry::stem::stem;
use crate::error::Result;

/// How many letters a form of a word may have more than its stem.
const LONGEST_REST: u8 = 12;

/// Shorter words are not clipped ones.
const SHORTEST_CLIPPED: usize = 3;

/// Shorter queries are no parts of names.
const SHORTEST_QUERY: usize = 3;

/// The names that are near.
pub(super) fn find(corpus: &Corpus, query: &ParsedQuery) -> Result<Vec<Hit>> {
    if query.key.chars().count() < SHORTEST_QUERY {
        return Ok(Vec::new());
    }
    let mut matches = Vec::with_capacity(query.words.len());
    for word in &query.words {
        matches.push(matches_of(corpus, word)?);
    }
    let typed = Typed { query, matches };
    let mut entries = candidates(corpus, &typed.matches)?;
    // "Q-learning algorithm"
    for left_out in query.words.iter().filter(|word| word.generic.is_some()) {
        let others = query.words.iter().filter(|word| word.key != left_out.key);
        let key: String = others.map(|word| word.canonical.as_str()).collect();
        entries.extend(corpus.names(&key)?.iter().map(|name| name.id));
    }
    let mut hits: Vec<Hit> = Vec::new();
    for entry in entries {
        for name in corpus.entry_without_text(entry)?.names() {
            if let Some((confidence, cost)) = compare(&typed, &name) {
                hits.push(Hit {
                    entry,
                    kind: name.kind,
                    name: name.text.into_owned(),
                    confidence,
                    cost,
                });
            }
        }
    }
    Ok(hits)
}

/// The words of names that a word may be: itself, or else its forms, or else words spelled nearly so.
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
    let letters = word.canonical.chars().count();
    if letters >= SHORTEST_CLIPPED {
        matches.extend(forms(corpus, word)?.into_iter().map(Match::from));
    }
    if matches.is_empty() && letters >= WEIGHTS.shortest {
        matches.extend(misspelled(corpus, word)?.into_iter().map(Match::from));
    }
    Ok(matches)
}

type Found = Vec<Candidate<(Fit, u32), Id>>;

/// Other forms of the word, and words that it begins: "accum" is the beginning of "accumulation".
fn forms(corpus: &Corpus, word: &Word) -> Result<Found> {
    let typed = word.canonical.as_str();
    let stem_of_word = stem(typed);
    // Some endings change the last letter: "tune" and "tuning", "classify" and its noun.
    let beginning = stem_of_word.trim_end_matches(['e', 'i']);
    let mut judge = |other: &str| {
        let is_noun = is_noun_of(other, typed);
        let is_form = typed.len() >= WEIGHTS.shortest - 1
            && (stem(other) == stem_of_word || typed.ends_with('y') && is_noun);
        if other == typed || !is_form && !other.starts_with(typed) {
            return None;
        }
        let letters = || u32::try_from(strsim::osa_distance(other, typed)).unwrap_or(WEIGHTS.form);
        Some(match is_form {
            false => (Fit::Clipped, WEIGHTS.clipped),
            // A verb that everyday English lacks means its noun.
            true if !word.is_known && is_noun => (Fit::Form, WEIGHTS.form_letter),
            true => (
                Fit::Form,
                WEIGHTS.form.min(WEIGHTS.form_letter * (letters() + 2)),
            ),
        })
    };
    corpus.name_words_with_prefix(beginning, LONGEST_REST, WEIGHTS.most_forms, &mut judge)
}

fn misspelled(corpus: &Corpus, word: &Word) -> Result<Found> {
    let letters = word.canonical.chars().count();
    let sound = Sound::new(&word.canonical);
    let (reach, fit) = if word.is_known {
        (1, Fit::RealWordError)
    } else {
        (spelling::allowed(letters), Fit::Typo)
    };
    // Spelling by ear takes more edits than mistyping.
    for most in [1, reach, reach + letters / WEIGHTS.shortest] {
        let scanned = Reach {
            edits: u8::try_from(most).unwrap_or(u8::MAX),
            limit: WEIGHTS.most_compared,
        };
        let found = corpus.fuzzy_name_words(&word.canonical, scanned, &mut |other| {
            if other.chars().count() < WEIGHTS.shortest {
                return None;
            }
            let edits = spelling::edits_within(&word.canonical, other, most)?;
            let sounds_alike = sound.is_like(other);
            (edits <= reach || sounds_alike).then(|| (fit, spelling::cost(edits, sounds_alike)))
        })?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The entries that share the most words with the query. Rarer words count more.
fn candidates(corpus: &Corpus, matches: &[Vec<Match>]) -> Result<Vec<Id>> {
    // Of each entry, the words that it shares, a bit each, and how rare they are.
    let mut shared: FxHashMap<Id, (u32, f32)> = FxHashMap::default();
    for (number, of_word) in matches.iter().enumerate() {
        for one in of_word {
            #[expect(clippy::cast_precision_loss, reason = "a weight needs no precision")]
            let rarity = 1.0 / (one.entries.len() as f32).sqrt();
            for &entry in &one.entries {
                let (bits, weight) = shared.entry(entry).or_default();
                if *bits & 1 << number == 0 {
                    *bits |= 1 << number;
                    *weight += rarity;
                }
            }
        }
    }
    let most = shared.values().map(|(bits, _)| bits.count_ones()).max();
    let enough = most.unwrap_or(0).saturating_sub(1).max(1);
    let mut entries: Vec<(Id, (u32, f32))> = shared
        .into_iter()
        .filter(|(_, (bits, _))| bits.count_ones() >= enough)
        .collect();
    entries.sort_by(|(a, (of_a, rarity_a)), (b, (of_b, rarity_b))| {
        let words = of_b.count_ones().cmp(&of_a.count_ones());
        words.then(rarity_b.total_cmp(rarity_a)).then(a.cmp(b))
    });
    let most = match matches {
        [_] => WEIGHTS.most_entries_of_word,
        _ => WEIGHTS.most_entries,
    };
    let mut visible = Vec::new();
    for (entry, _) in entries {
        if visible.len() == most {
            break;
        }
        if corpus.is_visible(entry)? {
            visible.push(entry);
        }
    }
    Ok(visible)
}
