//! Full-text search: entries ranked by how well their words answer a query.
//!
//! Owns the ranking. It must not know how a query is read (`wanted`), which sentence is shown
//! (`sentence`), nor how the answer looks.
//!
//! The ranking is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
//! Beyond, 2009) over the weights that the index keeps of each word, times the share of the query that
//! the entry answers; then other entries have their say (`standing`), those few of which one sentence
//! answers much are raised, and what has the query for its name comes first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::ops::Range;

use super::lookup::{self, Suggestion};
use super::resolve::{NearMisses, Resolution, resolve};
use super::sentence::{self, Sentence};
use super::standing;
use super::summary::EntrySummary;
use super::wanted::{Finder, KINSHIP, Wanted, Word};
use crate::corpus::{Candidate, Corpus, Id, Norms, Reach, TermPosting, TermPostings};
use crate::entry::key::canonical_word;
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;
use crate::error::Result;
use crate::index::norm::decode_norm;

/// How soon more of a word stops to count for more.
const SATURATION: f32 = 8.0;

/// How much more a rare word counts than a common one: the power of its inverse document frequency.
/// Less than 1, as readers who describe a thing happen on words that the field rarely uses.
const RARITY: f32 = 0.25;

/// A word that more than one in so many entries use stands for no other, unless `FEW` entries use it:
/// it would say little and be found nearly everywhere. Nor does one that `MANY` use, for reading which
/// they are would take too long.
const COMMON: usize = 3;
const FEW: usize = 100;
const MANY: usize = 20_000;

/// How much the length of an entry counts against it: 0 not at all, 1 in full.
const LENGTH: f32 = 0.5;

/// How much it counts that an entry answers the whole query: the power of the share that it answers.
const COORDINATION: f32 = 0.5;

/// What it counts to have the query for a name: more than all words come to.
const NAMED: f32 = 3.0;

/// How many of the best answers other entries have a say in.
const RAISED: usize = 30;

/// How much it counts that one sentence of an entry answers the whole query.
const SENTENCE: f32 = 0.4;

/// How many of the best answers are put in order by their sentences.
const READ: usize = 10;

/// Words of fewer letters are found as they are or not at all.
const SHORTEST: usize = 4;

/// Which entries a search lists.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions<'a> {
    /// How many at most.
    pub limit: usize,
    /// Only those of this topic.
    pub topic: Option<&'a str>,
    /// Whether a word that no entry uses is replaced by the nearest that one does.
    pub near_misses: NearMisses,
}

/// The answer to a search.
#[derive(Debug, Clone, Default)]
pub struct SearchAnswer<'c> {
    /// The entries, the best first.
    pub hits: Vec<SearchHit<'c>>,
    /// The words of the query that no entry uses.
    pub unknown_terms: Vec<UnknownTerm>,
    /// When nothing was found, the entries whose names are nearest to the query.
    pub nearest: Vec<Suggestion<'c>>,
}

/// An entry that answers a search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit<'c> {
    /// The entry.
    pub entry: EntrySummary<'c>,
    /// How well it answers, comparable with the others of one answer only.
    pub score: f32,
    /// Its sentence that answers best, as plain text.
    pub snippet: String,
    /// The bytes of the snippet's words that were searched for, in their order.
    pub matches: Vec<Range<usize>>,
}

/// A word that no entry uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm {
    /// As it was typed.
    pub typed: String,
    /// The word that was searched for instead, as the best entry writes it.
    pub replacement: Option<String>,
}

/// An entry that answers, before it is read for the answer.
struct Hit {
    id: Id,
    score: f32,
    sentence: Sentence,
}

impl Hit {
    fn read(self, corpus: &Corpus) -> Result<SearchHit<'_>> {
        let found = self.sentence.found.into_iter();
        Ok(SearchHit {
            entry: EntrySummary::read(corpus, self.id)?,
            score: self.score,
            snippet: self.sentence.text,
            matches: found.map(|found| found.place).collect(),
        })
    }
}

/// Finds the entries that answer a query best.
pub fn search<'c>(
    corpus: &'c Corpus,
    query: &str,
    among: SearchOptions<'_>,
) -> Result<SearchAnswer<'c>> {
    let mut wanted = Wanted::read(query);
    let mut uses = Vec::new();
    let mut strange = Vec::new();
    for number in 0..wanted.words.len() {
        let mut of_word = Uses::of(corpus, &wanted.words[number])?;
        if of_word.entries == 0 {
            strange.push(number);
            let in_phrase = wanted.required & (1 << number) != 0;
            if among.near_misses == NearMisses::Shown
                && !in_phrase
                && let Some(near) = nearest(corpus, &wanted.words[number])?
            {
                wanted.replace(number, near);
                of_word = Uses::of(corpus, &wanted.words[number])?;
            }
        }
        uses.push(of_word);
    }
    let ranking = Ranking::new(corpus, &uses)?;
    let named = resolve(corpus, query, NearMisses::Off)?.ids();
    let mut finder = Finder::new(&wanted);
    let mut hits = best(corpus, &ranking, &wanted, &named, among)?
        .into_iter()
        .map(|(id, score)| {
            let sentence = sentence::best(&corpus.entry(id)?, &mut finder, &ranking.weights);
            Ok(Hit {
                id,
                score,
                sentence,
            })
        })
        .collect::<Result<Vec<Hit>>>()?;
    for hit in hits.iter_mut().take(READ) {
        hit.score *= 1.0 + SENTENCE * hit.sentence.share;
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(among.limit);
    let unknown_terms = strange.into_iter().map(|number| UnknownTerm {
        typed: wanted.words[number].typed.clone(),
        replacement: (uses[number].entries > 0)
            .then(|| as_written(&wanted.words[number], number, &hits)),
    });
    let unknown_terms = unknown_terms.collect();
    let nearest = if hits.is_empty() {
        let Resolution {
            found, suggestions, ..
        } = resolve(corpus, query, among.near_misses)?;
        lookup::suggestions(corpus, &[found, suggestions].concat())?
    } else {
        Vec::new()
    };
    let hits = hits.into_iter().map(|hit| hit.read(corpus));
    Ok(SearchAnswer {
        hits: hits.collect::<Result<_>>()?,
        unknown_terms,
        nearest,
    })
}

/// The best entries that may be seen and hold the phrases, once other entries have had their say; before
/// them those that are `named` by the query. At least those whose sentences are to be read.
fn best(
    corpus: &Corpus,
    ranking: &Ranking<'_>,
    wanted: &Wanted,
    named: &[Id],
    among: SearchOptions<'_>,
) -> Result<Vec<(Id, f32)>> {
    let limit = among.limit.max(READ);
    let enough = limit.max(RAISED);
    let tagged: Option<HashSet<Id>> = match among.topic {
        Some(tag) => Some(corpus.tagged(tag)?.into_iter().collect()),
        None => None,
    };
    let asked = |id: Id| tagged.as_ref().is_none_or(|tagged| tagged.contains(&id));
    let mut found = Vec::new();
    let mut rest = ranking.rank(wanted.required, &asked)?;
    while found.len() < enough
        && let Some((score, Reverse(id))) = rest.pop()
    {
        if corpus.is_visible(id)? && holds_phrases(corpus, id, wanted)? {
            found.push((id, f32::from_bits(score)));
        }
    }
    let raised = found.len().min(RAISED);
    standing::raise(corpus, &mut found[..raised])?;
    for &id in named {
        if let Some((_, score)) = found.iter_mut().find(|(other, _)| *other == id) {
            *score += NAMED;
        } else if asked(id) && holds_phrases(corpus, id, wanted)? {
            found.push((id, NAMED));
        }
    }
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
    /// How much it uses the word, in weighted occurrences.
    weight: f32,
    /// How fully that answers: less when only words that mean nearly the same are used.
    share: f32,
}

/// The uses of a word.
struct Uses<'c> {
    /// The lists of the words that count as this one.
    lists: Vec<Listed<'c>>,
    /// How many entries use the word itself; if none does, those that use a word near it in meaning.
    entries: usize,
}

/// The entries that use a stem.
struct Listed<'c> {
    postings: TermPostings<'c>,
    /// How fully it answers.
    share: f32,
}

impl<'c> Uses<'c> {
    fn of(corpus: &'c Corpus, word: &Word) -> Result<Self> {
        let postings = corpus.term(&word.stem)?;
        let mut entries = 0;
        for posting in postings.iter() {
            posting?;
            entries += 1;
        }
        let mut lists = vec![Listed {
            postings,
            share: 1.0,
        }];
        let most = (corpus.entry_count() / COMMON).clamp(FEW, MANY);
        for stem in &word.kin {
            let postings = corpus.rare_term(stem, most)?;
            lists.extend(postings.map(|postings| Listed {
                postings,
                share: KINSHIP,
            }));
        }
        if entries == 0 {
            let mut others = HashSet::new();
            for posting in lists.iter().flat_map(|listed| listed.postings.iter()) {
                others.insert(posting?.id);
            }
            entries = others.len();
        }
        Ok(Self { lists, entries })
    }
}

/// The stem of the word that is nearest to one that no entry uses: a word of a name, or else the stem
/// of any word; of several the one that begins alike, then the one that more entries use.
fn nearest(corpus: &Corpus, word: &Word) -> Result<Option<String>> {
    let in_name = canonical_word(&word.typed);
    let near = nearest_key(&in_name, |reach, judge| {
        corpus.fuzzy_name_words(&in_name, reach, judge)
    })?;
    if near.is_some() {
        return Ok(near.map(|nearest| stem(&nearest)));
    }
    let near = nearest_key(&word.stem, |reach, judge| {
        corpus.fuzzy_terms(&word.stem, reach, judge)
    })?;
    Ok(near.map(|nearest| stem(&nearest)))
}

/// The nearest of the keys that a lookup finds within a typo or two.
fn nearest_key(
    key: &str,
    look_up: impl FnOnce(
        Reach,
        &mut dyn FnMut(&str) -> Option<usize>,
    ) -> Result<Vec<Candidate<usize, Id>>>,
) -> Result<Option<String>> {
    let length = key.chars().count();
    if length < SHORTEST {
        return Ok(None);
    }
    let edits = if length < 8 { 1 } else { 2 };
    let found = look_up(Reach::within(edits), &mut |other| {
        Some(strsim::osa_distance(key, other)).filter(|&distance| distance <= usize::from(edits))
    })?;
    let rank = |found: &Candidate<usize, Id>| {
        let starts_otherwise = found.key.chars().next() != key.chars().next();
        let using = Reverse(found.postings.len());
        (found.judgment, starts_otherwise, using, found.key.clone())
    };
    Ok(found.into_iter().min_by_key(rank).map(|found| found.key))
}

/// A word that was searched for, in the form of it among the answers that is nearest to what was
/// typed.
fn as_written(word: &Word, number: usize, hits: &[Hit]) -> String {
    let typed = word.typed.to_lowercase();
    let forms = hits.iter().flat_map(|hit| {
        let found = hit.sentence.found.iter();
        found
            .filter(move |found| found.number == number)
            .filter_map(|found| hit.sentence.text.get(found.place.clone()))
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
        .filter_map(|depth| entry.section(depth));
    let sections = sections.map(|text| markdown::one_line(&markdown::parse(text)));
    let related = entry.related.iter().cloned();
    Ok(wanted.has_phrases_in(names.chain(related).chain(sections)))
}

/// Entries by their scores, the best first; of equals, the first by slug. A score is not negative, so its bits
/// are in the same order.
type Ranked = BinaryHeap<(u32, Reverse<Id>)>;

/// What a score is made from.
struct Ranking<'a> {
    uses: &'a [Uses<'a>],
    /// What each word of the query weighs: the more, the fewer entries use it.
    weights: Vec<f32>,
    /// The quantized lengths of the entries.
    lengths: Norms,
    /// What each quantized length comes to, relative to the average.
    relative: [f32; 256],
    /// What each quantized weight comes to.
    restored: [f32; 256],
}

impl<'a> Ranking<'a> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts that are divided by counts"
    )]
    fn new(corpus: &Corpus, uses: &'a [Uses<'a>]) -> Result<Self> {
        let lengths = corpus.norms()?;
        let entries = corpus.entry_count() as f32;
        let weight = |word: &Uses<'_>| {
            let using = word.entries as f32;
            ((entries - using + 0.5).max(0.5) / (using + 0.5))
                .ln_1p()
                .powf(RARITY)
        };
        let mut restored = [0.0; 256];
        for byte in 0..=u8::MAX {
            restored[usize::from(byte)] = decode_norm(byte);
        }
        let mut having = [0_u32; 256];
        for length in lengths.iter() {
            having[usize::from(length)] += 1;
        }
        let all = having.iter().zip(restored);
        let average = all
            .map(|(&having, length)| having as f32 * length)
            .sum::<f32>()
            / entries;
        let relative = restored.map(|length| length / average.max(1.0));
        Ok(Self {
            weights: uses.iter().map(weight).collect(),
            uses,
            lengths,
            relative,
            restored,
        })
    }

    /// The entries that are asked for and use any of the words and all that are required. All lists are read
    /// side by side.
    fn rank(&self, required: u64, asked: &dyn Fn(Id) -> bool) -> Result<Ranked> {
        let mut readings = Vec::new();
        for (word, uses) in self.uses.iter().enumerate() {
            for Listed { postings, share } in &uses.lists {
                readings.push(Reading {
                    word,
                    share: *share,
                    head: None,
                    rest: Box::new(postings.iter()),
                });
            }
        }
        for reading in &mut readings {
            reading.step()?;
        }
        let mut ranked = Vec::new();
        let mut here: Vec<(usize, Use)> = Vec::new();
        loop {
            let heads = readings.iter().filter_map(|reading| reading.head);
            let Some(id) = heads.map(|head| head.id).min() else {
                return Ok(ranked.into());
            };
            here.clear();
            for reading in &mut readings {
                let Some(head) = reading.head.filter(|head| head.id == id) else {
                    continue;
                };
                let (word, share) = (reading.word, reading.share);
                let weight = share * self.restored[usize::from(head.weight.0)];
                match here.last_mut() {
                    Some((last, of)) if *last == word => {
                        of.weight += weight;
                        of.share = of.share.max(share);
                    }
                    _ => here.push((word, Use { weight, share })),
                }
                reading.step()?;
            }
            let met = here.iter().fold(0, |met, (word, _)| met | 1 << word);
            if met & required == required && asked(id) {
                ranked.push((self.score(id, &here).to_bits(), Reverse(id)));
            }
        }
    }

    /// The score of an entry that uses these words.
    fn score(&self, id: Id, uses: &[(usize, Use)]) -> f32 {
        let byte = self.lengths.get(id);
        let length = 1.0 - LENGTH + LENGTH * self.relative[usize::from(byte)];
        let (mut score, mut answered) = (0.0, 0.0);
        for (word, of) in uses {
            let weight = self.weights[*word];
            score += weight * of.weight / (of.weight + SATURATION * length);
            answered += weight * of.share;
        }
        let whole: f32 = self.weights.iter().sum();
        score / whole * (answered / whole).powf(COORDINATION)
    }
}

/// A list that is being read.
struct Reading<'l> {
    /// The word of the query that it answers.
    word: usize,
    share: f32,
    /// The next entry; none at the end.
    head: Option<TermPosting>,
    rest: Box<dyn Iterator<Item = Result<TermPosting>> + 'l>,
}

impl Reading<'_> {
    fn step(&mut self) -> Result<()> {
        self.head = self.rest.next().transpose()?;
        Ok(())
    }
}
