//! Full-text search: entries ranked by how well their words answer a query.
//!
//! Owns the ranking. It must not know how a query is read (`wanted`), which sentence is shown
//! (`sentence`), nor how the answer looks.
//!
//! The ranking is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
//! Beyond, 2009) over the weights that the index keeps of each word, times the share of the query that
//! the entry answers; then other entries have their say (`standing`), those few of which one sentence
//! answers much are raised, and what has the query for its name comes first.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashSet};
use std::ops::Range;

use super::lookup::{self, Suggestion};
use super::resolve::{NearMisses, Resolution, resolve};
use super::sentence::{self, Sentence};
use super::standing;
use super::summary::EntrySummary;
use super::wanted::{Finder, KINSHIP, Wanted, Word};
use crate::corpus::{Corpus, Id};
use crate::entry::key::canonical_word;
use crate::entry::markdown;
use crate::entry::sections::Depth;
use crate::entry::stem::stem;
use crate::error::Result;
use crate::index::dictionary::{self, List, Posting};
use crate::index::{self, Section, terms};

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

/// How many times as many are ranked when too many of them may not be shown.
const MORE: usize = 8;

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
pub struct SearchAnswer {
    /// The entries, the best first.
    pub hits: Vec<SearchHit>,
    /// The words of the query that no entry uses.
    pub unknown_terms: Vec<UnknownTerm>,
    /// When nothing was found, the entries whose names are nearest to the query.
    pub nearest: Vec<Suggestion>,
}

/// An entry that answers a search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The entry.
    pub entry: EntrySummary,
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
    fn read(self, corpus: &Corpus) -> Result<SearchHit> {
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
pub fn search(corpus: &Corpus, query: &str, among: SearchOptions<'_>) -> Result<SearchAnswer> {
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
    let named = resolve(corpus, query, NearMisses::Off)?.found;
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
        lookup::suggestions(corpus, &[found, suggestions].concat(), query)?
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
    let mut tagged = Vec::new();
    for layer in 0..corpus.layers().len() {
        tagged.push(
            among
                .topic
                .map(|tag| self::tagged(corpus, layer, tag))
                .transpose()?,
        );
    }
    let asked = |id: Id| {
        let tagged = tagged[id.layer].as_ref();
        tagged.is_none_or(|tagged| tagged.contains(&id.number))
    };
    let mut most = enough;
    let mut found = loop {
        let mut ranked = Best::new(most);
        for layer in 0..corpus.layers().len() {
            let asked = |number| asked(Id { layer, number });
            ranking
                .rank(layer, wanted.required, &asked, &mut ranked)
                .map_err(|error| corpus.damage(layer, error))?;
        }
        let are_all = !ranked.is_full();
        let mut found = Vec::new();
        for Ranked { score, id } in ranked.into_sorted() {
            if found.len() < enough && corpus.is_visible(id)? && holds_phrases(corpus, id, wanted)?
            {
                found.push((id, score));
            }
        }
        if are_all || found.len() == enough {
            break found;
        }
        // Too many of them may not be shown.
        most = most.saturating_mul(MORE);
    };
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
    /// For each layer the lists of the words that count as this one.
    layers: Vec<Vec<Listed<'c>>>,
    /// How many entries use the word itself; if none does, those that use a word near it in meaning.
    entries: usize,
}

/// The entries that use a stem.
struct Listed<'c> {
    list: List<'c>,
    /// How fully it answers.
    share: f32,
}

impl<'c> Uses<'c> {
    fn of(corpus: &'c Corpus, word: &Word) -> Result<Self> {
        let mut layers = Vec::new();
        let (mut own, mut others) = (0, HashSet::new());
        for layer in 0..corpus.layers().len() {
            let (using, lists) = corpus.ask(layer, |index| {
                let stems = index.dictionary(Section::Terms)?;
                let list = stems.list(&word.stem)?;
                let mut using = 0;
                for posting in list.postings() {
                    posting?;
                    using += 1;
                }
                let mut lists = vec![Listed { list, share: 1.0 }];
                let most = (index.len() as usize / COMMON).clamp(FEW, MANY);
                for stem in &word.kin {
                    let list = stems.list_up_to(stem, most)?;
                    lists.extend(list.map(|list| Listed {
                        list,
                        share: KINSHIP,
                    }));
                }
                Ok((using, lists))
            })?;
            own += using;
            layers.push(lists);
        }
        if own == 0 {
            for (layer, lists) in layers.iter().enumerate() {
                for posting in lists.iter().flat_map(|listed| listed.list.postings()) {
                    let posting = posting.map_err(|error| corpus.damage(layer, error))?;
                    others.insert((layer, posting.entry));
                }
            }
        }
        Ok(Self {
            layers,
            entries: own.max(others.len()),
        })
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
            near.extend(corpus.ask(layer, |index| {
                let keys = index.dictionary(section)?;
                let mut near = Vec::new();
                keys.maybe_within(key, edits, usize::MAX, &mut |number| {
                    let other = keys.key(number)?;
                    let distance = strsim::osa_distance(key, &other);
                    if distance <= usize::from(edits) {
                        let otherwise = other.chars().next() != key.chars().next();
                        let using = Reverse(keys.postings(number)?.len());
                        near.push((distance, otherwise, using, other.into_owned()));
                    }
                    Ok(())
                })?;
                Ok(near)
            })?);
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
        .filter_map(|depth| entry.section(depth))
        .filter(|text| wanted.may_have_phrase_in(text));
    let sections = sections.map(|text| markdown::one_line(&markdown::parse(text)));
    let related = entry.related.iter().cloned();
    Ok(wanted.has_phrases_in(names.chain(related).chain(sections)))
}

/// What a score is made from.
struct Ranking<'a> {
    uses: &'a [Uses<'a>],
    /// What each word of the query weighs: the more, the fewer entries use it.
    weights: Vec<f32>,
    /// For each layer the quantized lengths of its entries.
    lengths: Vec<Vec<u8>>,
    /// What each quantized length comes to, relative to the average of all layers.
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
        let lengths = (0..corpus.layers().len())
            .map(|layer| corpus.ask(layer, |index| Ok(index.lengths()?.into_owned())))
            .collect::<Result<Vec<_>>>()?;
        let entries = lengths.iter().map(Vec::len).sum::<usize>() as f32;
        let weight = |word: &Uses<'_>| {
            let using = word.entries as f32;
            ((entries - using + 0.5).max(0.5) / (using + 0.5))
                .ln_1p()
                .powf(RARITY)
        };
        let mut restored = [0.0; 256];
        for byte in 0..=u8::MAX {
            restored[usize::from(byte)] = terms::restore(byte);
        }
        let mut having = [0_u32; 256];
        for &length in lengths.iter().flatten() {
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

    /// Takes in the entries of a layer that are asked for and use any of the words and all that are
    /// required. All lists are read side by side; words that together are not worth as much as the
    /// worst of the best bring no entry by themselves (Turtle and Flood, Query Evaluation: Strategies
    /// and Optimizations, 1995).
    fn rank(
        &self,
        layer: usize,
        required: u64,
        asked: &dyn Fn(u32) -> bool,
        best: &mut Best,
    ) -> std::result::Result<(), index::Error> {
        let mut readings = Vec::new();
        // Words that bring no entry come last, so that they can be passed over.
        let by_worth = self.by_worth();
        for &word in &by_worth {
            for Listed { list, share } in &self.uses[word].layers[layer] {
                readings.push(Reading {
                    word,
                    share: *share,
                    tag: 0,
                    rest: list.postings(),
                });
            }
        }
        let heads = readings.iter_mut().map(Reading::step);
        let mut heads = heads.collect::<std::result::Result<Vec<u32>, _>>()?;
        let mut busy = readings.len();
        let mut here: Vec<(usize, Use)> = Vec::new();
        loop {
            let entry = heads.iter().take(busy).copied().min();
            let Some(entry) = entry.filter(|&entry| entry != END) else {
                return Ok(());
            };
            here.clear();
            for (reading, head) in readings.iter_mut().zip(&mut heads) {
                while *head < entry {
                    *head = reading.step()?;
                }
                if *head != entry {
                    continue;
                }
                let (word, share) = (reading.word, reading.share);
                let weight = share * self.restored[usize::from(reading.tag)];
                match here.last_mut() {
                    Some((last, of)) if *last == word => {
                        of.weight += weight;
                        of.share = of.share.max(share);
                    }
                    _ => here.push((word, Use { weight, share })),
                }
                *head = reading.step()?;
            }
            let met = here.iter().fold(0, |met, (word, _)| met | 1 << word);
            if met & required != required || !asked(entry) {
                continue;
            }
            let id = Id {
                layer,
                number: entry,
            };
            let score = self.score(layer, entry, &here);
            if best.offer(Ranked { score, id }) {
                let idle = self.idle(&by_worth, best.worst());
                let is_busy = |reading: &&Reading<'_>| idle & (1 << reading.word) == 0;
                busy = readings.iter().take_while(is_busy).count();
            }
        }
    }

    /// The words, the weightiest first.
    fn by_worth(&self) -> Vec<usize> {
        let mut words: Vec<usize> = (0..self.weights.len()).collect();
        words.sort_by(|&a, &b| self.weights[b].total_cmp(&self.weights[a]));
        words
    }

    /// The words that together are worth less than a score, however much an entry uses them; given by
    /// their worth.
    fn idle(&self, by_worth: &[usize], score: f32) -> u64 {
        let whole: f32 = self.weights.iter().sum();
        let (mut idle, mut worth) = (0, 0.0);
        for &word in by_worth.iter().rev() {
            worth += self.weights[word];
            let share = worth / whole;
            // A little more, for what rounding may add.
            if share * share.powf(COORDINATION) * 1.001 >= score {
                break;
            }
            idle |= 1 << word;
        }
        idle
    }

    /// The score of an entry that uses these words.
    fn score(&self, layer: usize, entry: u32, uses: &[(usize, Use)]) -> f32 {
        let byte = self.lengths[layer]
            .get(entry as usize)
            .copied()
            .unwrap_or_default();
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
    /// The quantized weight in the entry at which it stands.
    tag: u8,
    rest: dictionary::Reading<'l>,
}

/// In the place of an entry, where a list ends.
const END: u32 = u32::MAX;

impl Reading<'_> {
    /// Goes to the next entry, and gives its number.
    fn step(&mut self) -> std::result::Result<u32, index::Error> {
        let next = self.rest.next().transpose()?;
        Ok(next.map_or(END, |Posting { entry, tag }| {
            self.tag = tag;
            entry
        }))
    }
}

/// The best entries so far.
struct Best {
    /// The worst of them is the greatest here.
    ranked: BinaryHeap<Reverse<Ranked>>,
    most: usize,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            ranked: BinaryHeap::new(),
            most,
        }
    }

    fn is_full(&self) -> bool {
        self.ranked.len() == self.most
    }

    /// The worst score that is among the best; 0 while there is room.
    fn worst(&self) -> f32 {
        let worst = self.ranked.peek().filter(|_| self.is_full());
        worst.map_or(0.0, |Reverse(worst)| worst.score)
    }

    /// Takes an entry in if it is among the best; says whether it was taken.
    fn offer(&mut self, entry: Ranked) -> bool {
        if !self.is_full() {
            self.ranked.push(Reverse(entry));
            return true;
        }
        match self.ranked.peek_mut() {
            Some(mut worst) if entry > worst.0 => {
                *worst = Reverse(entry);
                true
            }
            _ => false,
        }
    }

    /// The best first.
    fn into_sorted(self) -> impl Iterator<Item = Ranked> {
        let ranked = self.ranked.into_sorted_vec().into_iter();
        ranked.map(|Reverse(ranked)| ranked)
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
