//! Finding a name among 3,000 and 100,000: exactly, and with a typo.
//!
//! `cargo bench --bench names [COUNT…]`
//!
//! The entries are made up: three names each, of syllables drawn by a fixed rule, so that every run measures
//! the same names. The times are of the index alone, without starting a program.

use std::env;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use glossary_core::corpus::Corpus;
use glossary_core::entry::Entry;
use glossary_core::index::analyzer::{Analyzer, TextStorage};
use glossary_core::index::segment::Segment;
use glossary_core::index::writer::SegmentWriter;
use glossary_core::query::resolve::{Match, NearMisses, resolve};

const COUNTS: [usize; 2] = [3_000, 100_000];
const NAMES_OF_AN_ENTRY: usize = 3;
const QUERIES: usize = 200;

fn main() -> io::Result<()> {
    let asked: Vec<usize> = env::args().filter_map(|count| count.parse().ok()).collect();
    let counts = if asked.is_empty() {
        COUNTS.to_vec()
    } else {
        asked
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:>9}  {:<12}{:>10}{:>10}{:>10}  found",
        "names", "query", "median", "95 %", "most"
    )?;
    for count in counts {
        let mut dice = Dice(1);
        let entries = count / NAMES_OF_AN_ENTRY;
        let mut titles = Vec::new();
        let mut writer = SegmentWriter::new(Vec::new())?;
        let mut analyzer = Analyzer::new(TextStorage::Inside);
        for number in 0..entries {
            let names: Vec<String> = (0..NAMES_OF_AN_ENTRY).map(|_| dice.name()).collect();
            if number % (entries / QUERIES).max(1) == 0 {
                titles.push(names[0].clone());
            }
            writer.add(&analyzer.analyze(&entry(number, &names), "", 1))?;
        }
        let index: &'static [u8] = writer.finish(&[])?.leak();
        let segment = Segment::open(Box::new(index), None).map_err(io::Error::other)?;
        let corpus = Corpus::single("made up", segment);
        for (kind, slips) in [("exact", 0), ("one typo", 1), ("two typos", 2)] {
            let queries: Vec<String> = titles.iter().map(|title| dice.slip(title, slips)).collect();
            measure(&mut out, count, kind, &corpus, &queries)?;
        }
        let swapped: Vec<String> = titles.iter().map(|title| swap(title)).collect();
        measure(&mut out, count, "other order", &corpus, &swapped)?;
        let nonsense: Vec<String> = titles.iter().map(|_| dice.nonsense()).collect();
        measure(&mut out, count, "nonsense", &corpus, &nonsense)?;
    }
    Ok(())
}

fn measure(
    out: &mut impl Write,
    count: usize,
    kind: &str,
    corpus: &Corpus,
    queries: &[String],
) -> io::Result<()> {
    let mut times = Vec::with_capacity(queries.len());
    let mut found = 0;
    for query in queries {
        let begin = Instant::now();
        let answer =
            resolve(corpus, black_box(query), NearMisses::Shown).map_err(io::Error::other)?;
        times.push(begin.elapsed());
        found += usize::from(answer.matched != Match::None);
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    let micros = |time: Duration| format!("{:.1} µs", time.as_secs_f64() * 1e6);
    writeln!(
        out,
        "{count:>9}  {kind:<12}{:>10}{:>10}{:>10}  {found} of {}",
        micros(at(50)),
        micros(at(95)),
        micros(at(100)),
        queries.len()
    )
}

/// The last word first.
fn swap(name: &str) -> String {
    let (first, last) = name.rsplit_once(' ').unwrap_or_default();
    format!("{last} {first}")
}

fn entry(number: usize, names: &[String]) -> Entry {
    let mut entry = Entry {
        slug: format!("entry-{number}"),
        ..Entry::default()
    };
    entry.front.title.clone_from(&names[0]);
    entry.front.aliases = names[1..].to_vec();
    entry
}

/// Pseudo-random numbers (xorshift; Marsaglia, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap_or_default()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn word(&mut self) -> String {
        (0..2 + self.below(3))
            .map(|_| {
                self.pick(&[
                    "b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "tr", "st",
                ])
                .to_string()
                    + self.pick(&["a", "e", "i", "o", "u", "an", "er", "in", "or", "al"])
            })
            .collect()
    }

    /// One to three words, as terms are.
    fn name(&mut self) -> String {
        let words: Vec<String> = (0..=self.below(3)).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn nonsense(&mut self) -> String {
        (0..8 + self.below(8))
            .map(|_| char::from(b'a' + u8::try_from(self.below(26)).unwrap_or_default()))
            .collect()
    }

    /// A name with letters left out, doubled or swapped.
    fn slip(&mut self, name: &str, slips: usize) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        for _ in 0..slips {
            let at = 1 + self.below(letters.len() - 2);
            match self.below(3) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letters[at]),
                _ => letters.swap(at, at + 1),
            }
        }
        letters.into_iter().collect()
    }
}
