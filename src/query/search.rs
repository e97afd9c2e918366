//! Full-text search: entries ranked by how well their words answer a query.
//!
//! Owns the ranking. It must not know how a query is read (`wanted`), which sentence is shown
//! (`sentence`), nor how the answer looks.
//!
//! The ranking is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
//! Beyond, 2009) over the weights that the index keeps of each word, times the share of the query that
//! the entry answers; then other entries have their say (`standing`).

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashSet};

use super::resolve::NearMisses;
use super::sentence::{self, Sentence};
use super::standing;
use super::wanted::{Wanted, Word};
use crate::corpus::{Corpus, Id};
use crate::entry::key::canonical_word;
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;
use crate::error::Result;
use crate::index::dictionary::Posting;
use crate::index::{Section, terms};

/// How soon more of a word stops to count for more.
const SATURATION: f32 = 8.0;

/// How much more a rare word counts than a common one: the power of its inverse document frequency.
/// Less than 1, as readers who describe a thing happen on words that the field rarely uses.
const RARITY: f32 = 0.5;

/// What a word counts for that only means nearly the same as the one that was typed.
const KINSHIP: f32 = 0.5;

/// How much the length of an entry counts against it: 0 not at all, 1 in full.
const LENGTH: f32 = 0.5;

/// How much it counts that an entry answers the whole query: the power of the share that it answers.
const COORDINATION: f32 = 0.5;

/// How many of the best answers other entries have a say in.
const RAISED: usize = 30;

/// Words of fewer letters are found as they are or not at all.
const SHORTEST: usize = 4;

/// Which entries are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Among<'a> {
    /// How many at most.
    pub limit: usize,
    /// Of which topic; of any when there is none.
    pub tag: Option<&'a str>,
    /// Whether a word that no entry uses stands for the nearest that one does.
    pub near_misses: NearMisses,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The entries, the best first.
    pub hits: Vec<Hit>,
    /// Words that no entry uses.
    pub strange: Vec<Strange>,
}

/// An entry that answers.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Which.
    pub id: Id,
    /// How well, comparable within one answer.
    pub score: f32,
    /// Its sentence that answers best.
    pub sentence: Sentence,
}

/// A word that no entry uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strange {
    /// As it was typed.
    pub typed: String,
    /// The word that was searched for in its place, as the best entry writes it.
    pub instead: Option<String>,
}

/// Finds the entries that answer a query best.
pub fn search(corpus: &Corpus, query: &str, among: Among<'_>) -> Result<Answer> {
    let mut wanted = Wanted::read(query);
    let restored = terms::restored();
    let mut uses = Vec::new();
    let mut strange = Vec::new();
    for number in 0..wanted.words.len() {
        let mut of_word = Uses::of(corpus, &wanted.words[number], &restored)?;
        if of_word.entries == 0 {
            strange.push(number);
            let in_phrase = wanted.required & (1 << number) != 0;
            if among.near_misses == NearMisses::Shown && !in_phrase {
                if let Some(near) = nearest(corpus, &wanted.words[number])? {
                    wanted.replace(number, near);
                    of_word = Uses::of(corpus, &wanted.words[number], &restored)?;
                }
            }
        }
        uses.push(of_word);
    }
    let ranking = Ranking::new(corpus, &uses, restored)?;
    let mut ranked = BinaryHeap::new();
    for layer in 0..corpus.layers().len() {
        let tagged = among
            .tag
            .map(|tag| tagged(corpus, layer, tag))
            .transpose()?;
        let asked = |number: &u32| tagged.as_ref().is_none_or(|tagged| tagged.contains(number));
        let scores = ranking.rank(layer, wanted.required);
        let scores = scores.filter(|(number, _)| asked(number));
        ranked.extend(scores.map(|(number, score)| Ranked {
            score,
            id: Id { layer, number },
        }));
    }
    let hits = best(corpus, ranked, &wanted, among.limit)?
        .into_iter()
        .map(|(id, score)| {
            let sentence = sentence::best(&corpus.entry(id)?, &wanted, &ranking.weights);
            Ok(Hit {
                id,
                score,
                sentence,
            })
        })
        .collect::<Result<Vec<Hit>>>()?;
    let strange = strange.into_iter().map(|number| Strange {
        typed: wanted.words[number].typed.clone(),
        instead: (uses[number].entries > 0)
            .then(|| as_written(&wanted.words[number], number, &hits)),
    });
    Ok(Answer {
        strange: strange.collect(),
        hits,
    })
}

/// The best entries that may be seen and hold the phrases, once other entries have had their say.
fn best(
    corpus: &Corpus,
    mut ranked: BinaryHeap<Ranked>,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<(Id, f32)>> {
    let mut found = Vec::new();
    while found.len() < limit.max(RAISED) {
        let Some(Ranked { score, id }) = ranked.pop() else {
            break;
        };
        if corpus.is_visible(id)? && holds_phrases(corpus, id, wanted)? {
            found.push((id, score));
        }
    }
    let raised = found.len().min(RAISED);
    standing::raise(corpus, &mut found[..raised])?;
    let mut order = found
        .into_iter()
        .map(|(id, score)| Ok((corpus.head(id)?.slug, id, score)))
        .collect::<Result<Vec<_>>>()?;
    order.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    order.truncate(limit);
    Ok(order
        .into_iter()
        .map(|(_, id, score)| (id, score))
        .collect())
}

/// One entry's use of a word.
#[derive(Debug, Clone, Copy)]
struct Use {
    entry: u32,
    /// How much it uses the word, in weighted occurrences.
    weight: f32,
    /// How fully that answers: less when only words that mean nearly the same are used.
    share: f32,
}

/// The uses of a word.
struct Uses {
    /// A list for each layer, in the order of entries.
    layers: Vec<Vec<Use>>,
    /// How many entries use the word itself; if none does, those that use a word near it in meaning.
    entries: usize,
}

impl Uses {
    /// The uses of a word; `restored` is what each byte of a weight stands for.
    fn of(corpus: &Corpus, word: &Word, restored: &[f32; 256]) -> Result<Self> {
        let mut layers = Vec::new();
        let (mut own, mut all) = (0, 0);
        for layer in 0..corpus.layers().len() {
            let list = |stem: &str, share: f32, uses: &mut Vec<Use>| -> Result<()> {
                let postings =
                    corpus.ask(layer, |index| index.dictionary(Section::Terms)?.get(stem))?;
                let to_use = move |posting: &Posting| Use {
                    entry: posting.entry,
                    weight: share * restored[usize::from(posting.tag)],
                    share,
                };
                uses.extend(postings.iter().map(to_use));
                Ok(())
            };
            let mut uses = Vec::new();
            list(&word.stem, 1.0, &mut uses)?;
            own += uses.len();
            for stem in &word.kin {
                list(stem, KINSHIP, &mut uses)?;
            }
            uses.sort_by_key(|of| of.entry);
            uses.dedup_by(|next, of| {
                let same = next.entry == of.entry;
                if same {
                    of.weight += next.weight;
                    of.share = of.share.max(next.share);
                }
                same
            });
            all += uses.len();
            layers.push(uses);
        }
        let entries = if own > 0 { own } else { all };
        Ok(Self { layers, entries })
    }
}

fn tagged(corpus: &Corpus, layer: usize, tag: &str) -> Result<HashSet<u32>> {
    let postings = corpus.ask(layer, |index| index.dictionary(Section::Tags)?.get(tag))?;
    Ok(postings.iter().map(|posting| posting.entry).collect())
}

/// The stem of the word that is nearest to one that no entry uses: a word of a name, or else the stem
/// of any word; of several the one that begins alike, then the one that more entries use.
fn nearest(corpus: &Corpus, word: &Word) -> Result<Option<String>> {
    let mut near: Vec<(usize, bool, Reverse<usize>, String)> = Vec::new();
    for (section, key) in [
        (Section::NameWords, &canonical_word(&word.typed)),
        (Section::Terms, &word.stem),
    ] {
        let length = key.chars().count();
        if length < SHORTEST {
            continue;
        }
        let edits: u8 = if length < 8 { 1 } else { 2 };
        for layer in 0..corpus.layers().len() {
            corpus.ask(layer, |index| {
                let keys = index.dictionary(section)?;
                keys.maybe_within(key, edits, &mut |number| {
                    let other = keys.key(number)?;
                    let distance = strsim::osa_distance(key, &other);
                    if distance <= usize::from(edits) {
                        let otherwise = other.chars().next() != key.chars().next();
                        let using = Reverse(keys.postings(number)?.len());
                        near.push((distance, otherwise, using, other.into_owned()));
                    }
                    Ok(())
                })
            })?;
        }
        if !near.is_empty() {
            break;
        }
    }
    Ok(near.into_iter().min().map(|(.., nearest)| stem(&nearest)))
}

/// A word that was searched for, in the form of it among the answers that is nearest to what was
/// typed.
fn as_written(word: &Word, number: usize, hits: &[Hit]) -> String {
    let typed = word.typed.to_lowercase();
    let forms = hits.iter().flat_map(|hit| {
        let found = hit.sentence.found.iter();
        found
            .filter(move |(found, _)| *found == number)
            .filter_map(|(_, place)| hit.sentence.text.get(place.clone()))
    });
    forms
        .map(str::to_lowercase)
        .min_by_key(|form| strsim::osa_distance(form, &typed))
        .unwrap_or_else(|| word.stem.clone())
}

/// Whether each phrase stands in a name, a section or a related title of an entry.
fn holds_phrases(corpus: &Corpus, id: Id, wanted: &Wanted) -> Result<bool> {
    if wanted.phrases.is_empty() {
        return Ok(true);
    }
    let entry = corpus.entry(id)?;
    let names = entry.names().map(|name| name.text.into_owned());
    let sections = Depth::ALL
        .into_iter()
        .filter_map(|depth| entry.section(depth))
        .filter(|text| wanted.may_have_phrase_in(text));
    let sections = sections.map(|text| markdown::one_line(&markdown::parse(text)));
    let related = entry.related.iter().cloned();
    Ok(wanted.has_phrases_in(names.chain(related).chain(sections)))
}

/// What a score is made from.
struct Ranking<'a> {
    uses: &'a [Uses],
    /// What each word of the query weighs: the more, the fewer entries use it.
    weights: Vec<f32>,
    /// For each layer the quantized lengths of its entries.
    lengths: Vec<Vec<u8>>,
    /// What each quantized length comes to, relative to the average of all layers.
    relative: [f32; 256],
}

impl<'a> Ranking<'a> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts that are divided by counts"
    )]
    fn new(corpus: &Corpus, uses: &'a [Uses], restored: [f32; 256]) -> Result<Self> {
        let lengths = (0..corpus.layers().len())
            .map(|layer| {
                corpus.ask(layer, |index| {
                    Ok(index.bytes(Section::Lengths)?.into_owned())
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let entries = lengths.iter().map(Vec::len).sum::<usize>() as f32;
        let weight = |word: &Uses| {
            let using = word.entries as f32;
            ((entries - using + 0.5).max(0.5) / (using + 0.5))
                .ln_1p()
                .powf(RARITY)
        };
        let mut relative = restored;
        let all = lengths.iter().flatten();
        let average = all.map(|&byte| relative[usize::from(byte)]).sum::<f32>() / entries;
        for length in &mut relative {
            *length /= average.max(1.0);
        }
        Ok(Self {
            weights: uses.iter().map(weight).collect(),
            uses,
            lengths,
            relative,
        })
    }

    /// The entries of a layer that use any of the words and all that are required, with their scores.
    fn rank(&self, layer: usize, required: u64) -> impl Iterator<Item = (u32, f32)> + '_ {
        let mut rest: Vec<&[Use]> = self.uses.iter().map(|word| &*word.layers[layer]).collect();
        let whole: f32 = self.weights.iter().sum();
        std::iter::from_fn(move || {
            loop {
                let next = rest.iter().filter_map(|uses| uses.first());
                let entry = next.map(|first| first.entry).min()?;
                let length = self.length(layer, entry);
                let (mut score, mut answered, mut met) = (0.0, 0.0, 0);
                for (word, uses) in rest.iter_mut().enumerate() {
                    let Some((of, after)) = uses.split_first().filter(|(of, _)| of.entry == entry)
                    else {
                        continue;
                    };
                    *uses = after;
                    let weight = self.weights[word];
                    score += weight * of.weight / (of.weight + SATURATION * length);
                    answered += weight * of.share;
                    met |= 1 << word;
                }
                if met & required == required {
                    return Some((entry, score / whole * (answered / whole).powf(COORDINATION)));
                }
            }
        })
    }

    /// What the length of an entry counts against it.
    fn length(&self, layer: usize, entry: u32) -> f32 {
        let byte = self.lengths[layer].get(entry as usize).copied();
        1.0 - LENGTH + LENGTH * self.relative[usize::from(byte.unwrap_or_default())]
    }
}

/// An entry in the order of scores; of equals, the first by slug is the greatest.
struct Ranked {
    score: f32,
    id: Id,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}
