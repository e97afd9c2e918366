//! The names that a text is searched for, as a trie of words.
//!
//! Owns which spelling of a word counts, and which names are everyday English as well. It must not
//! know how a text is cut into words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Corpus, Id};
use crate::entry::key::{canonical_word, fold, words};
use crate::entry::names::{Kind, split_title};
use crate::error::Result;
use crate::query::ordinary::is_ordinary;

/// Names of up to this many letters are matched in their own case if they are acronyms.
const SHORT: usize = 4;

/// Words longer than this, in bytes, are in no name.
const LONGEST_WORD: usize = 48;

/// Acronyms of two letters that mean the field alone. All others stand for too many other things.
const TELLING_PAIRS: &[&str] = &["AI", "ML"];

/// Longer acronyms that stand for something else in everyday English, and for people and places.
const EVERYDAY_ACRONYMS: &[&str] = &[
    "ANN", "API", "ASL", "ASP", "CAI", "CFG", "CPT", "CSP", "CTR", "DFS", "DINO", "DPO", "EMA",
    "ERM", "GAIA", "HHH", "IID", "IPO", "IRL", "IVF", "MAS", "MIA", "MIR", "MLA", "MPC", "NAS",
    "NFL", "NORA", "OOB", "ORA", "PAC", "PDF", "PDP", "PGM", "PPV", "ROME", "RPA", "RSP", "RTE",
    "SAM", "SDD", "SOM", "SRL", "SRM", "SSD", "SSL", "STT", "TPS", "TTL", "VAD",
];

/// Names that are everyday English all the same: those of several words, and those that are not among
/// the ordinary words (`query::ordinary`), which are the commonest and no names of people.
const EVERYDAY_NAMES: &[&str] = &[
    "Adam",
    "Claude",
    "Gemini",
    "Medusa",
    "Triton",
    "Watson",
    "alignment problem",
    "anonymization",
    "automatic translation",
    "base model",
    "batch size",
    "bell curve",
    "benchmark",
    "bidirectional",
    "bitter lesson",
    "black box",
    "blue team",
    "body language",
    "bootstrapping",
    "brute force",
    "catastrophic risk",
    "chain rule",
    "code generation",
    "code interpreter",
    "code of conduct",
    "cognitive bias",
    "cold start",
    "collective intelligence",
    "color channel",
    "common sense",
    "community detection",
    "content moderation",
    "control problem",
    "control theory",
    "copilot",
    "corpora",
    "crossover",
    "crowdsourcing",
    "custom instructions",
    "cutout",
    "data analysis",
    "data cleaning",
    "data generation",
    "data integration",
    "data management",
    "data preparation",
    "data privacy",
    "data protection",
    "data quality",
    "data selection",
    "data set",
    "decision making",
    "decontamination",
    "deduplication",
    "default logic",
    "digital assistant",
    "digital divide",
    "discount factor",
    "discount rate",
    "disinformation",
    "document retrieval",
    "dynamic routing",
    "early exit",
    "echo chamber",
    "encoder",
    "endpoint",
    "equal opportunity",
    "error analysis",
    "error function",
    "evals",
    "execution environment",
    "expected value",
    "export controls",
    "failure analysis",
    "fake news",
    "false alarm",
    "false negative",
    "false positive",
    "feedback control",
    "feedback loop",
    "game theory",
    "gold standard",
    "graph theory",
    "ground truth",
    "guardrails",
    "hit rate",
    "human oversight",
    "human review",
    "human rights",
    "humanoid",
    "implicit bias",
    "imputation",
    "independent variable",
    "information theory",
    "jailbreak",
    "job displacement",
    "knowledge base",
    "latency",
    "leaderboard",
    "learning curve",
    "likelihood ratio",
    "linked data",
    "load balancing",
    "long-term memory",
    "majority voting",
    "malicious use",
    "memorization",
    "memory bandwidth",
    "missing data",
    "missing values",
    "modality",
    "moral agency",
    "multitask",
    "nonlinear",
    "normalization",
    "numerical data",
    "offline",
    "online",
    "ontology",
    "open source",
    "outlier",
    "overreliance",
    "path planning",
    "pathfinding",
    "pattern recognition",
    "performance metric",
    "personal data",
    "personally identifiable information",
    "power-seeking",
    "praxis",
    "prefetching",
    "prior belief",
    "production monitoring",
    "production system",
    "protected attribute",
    "protected class",
    "pseudonymization",
    "quality control",
    "random sampling",
    "rate limit",
    "rater",
    "rectifier",
    "reference set",
    "reference text",
    "reflexion",
    "replicability",
    "reporting bias",
    "reproducibility",
    "requests per second",
    "response set",
    "response time",
    "retraining",
    "rollout",
    "rule of thumb",
    "safety evaluation",
    "sample rate",
    "sampling frequency",
    "sampling rate",
    "sandbox",
    "sandboxing",
    "selection bias",
    "self-consistency",
    "self-correction",
    "self-management",
    "self-reflection",
    "self-training",
    "sensitive attribute",
    "shard",
    "short-term memory",
    "significance test",
    "social good",
    "social network",
    "specificity",
    "splitter",
    "standard deviation",
    "standard error",
    "state of mind",
    "structured data",
    "supercomputing",
    "superposition",
    "sycophancy",
    "tabular data",
    "target variable",
    "telemetry",
    "temporal data",
    "termination condition",
    "test case",
    "test data",
    "test error",
    "test set",
    "text corpus",
    "the singularity",
    "time complexity",
    "time series",
    "time-series data",
    "token economics",
    "tool use",
    "toxicity",
    "trajectory",
    "transfer function",
    "treacherous turn",
    "trial and error",
    "triple store",
    "unawareness",
    "unidirectional",
    "utility function",
    "variable selection",
    "vertex",
    "virtual assistant",
    "voice recognition",
    "weighted sum",
    "white box",
    "wide model",
    "win rate",
    "winning ticket",
    "working memory",
    "world knowledge",
    "world model",
    "zero padding",
    "zero-sum game",
];

/// Whether a name says by itself that a text means the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It can mean nothing else.
    Term,
    /// It is everyday English, too.
    Everyday,
}

/// A place in the trie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node(u32);

impl Node {
    /// Before the first word.
    pub(super) const START: Self = Self(0);
}

/// A name, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(usize);

struct Target {
    entries: Vec<Id>,
    meaning: Meaning,
    /// The only spelling that counts, without spaces and hyphens; any case does when there is none.
    own_case: Option<String>,
}

/// Every name of a corpus.
#[derive(Default)]
pub struct Lexicon {
    /// Forms of words, in lower case, with a number that forms of one word share.
    words: FxHashMap<Box<[u8]>, u32>,
    /// Where a word leads from the start, by its number.
    first_steps: Vec<Option<Node>>,
    /// Where a word leads from another node.
    steps: FxHashMap<(Node, u32), Node>,
    /// The names that end at a node, by its number.
    ends: Vec<Vec<Name>>,
    names: Vec<Target>,
    /// The keys of `EVERYDAY_NAMES`.
    everyday_names: FxHashSet<String>,
}

impl Lexicon {
    /// The names of all entries of a corpus.
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let mut lexicon = Self {
            everyday_names: EVERYDAY_NAMES.iter().map(|name| fold(name)).collect(),
            ..Self::default()
        };
        for id in corpus.ids()? {
            let entry = corpus.entry_without_text(id)?;
            for name in entry.names() {
                let is_whole_title =
                    name.kind == Kind::Title && split_title(&name.text).1.is_some();
                if name.kind != Kind::Slug && !is_whole_title {
                    lexicon.add(&name.text, id);
                }
            }
        }
        Ok(lexicon)
    }

    fn add(&mut self, name: &str, id: Id) {
        let parts: Vec<&str> = words(name)
            .flat_map(|word| word.split(['.', '\'']))
            .collect();
        let symbols = name.contains(['+', '#', '*', '&', '@']);
        if symbols || fold(name).chars().count() < 2 || parts.iter().any(|part| part.is_empty()) {
            return;
        }
        let mut node = Node::START;
        for part in &parts {
            let word = self.number(part);
            node = self.step(node, word);
        }
        let own_case = needs_own_case(name).then(|| parts.concat());
        let Some(known) = self.ends.get_mut(node.0 as usize) else {
            return;
        };
        if let Some(same) = known
            .iter()
            .find(|same| self.names[same.0].own_case == own_case)
        {
            let entries = &mut self.names[same.0].entries;
            if !entries.contains(&id) {
                entries.push(id);
            }
            return;
        }
        known.push(Name(self.names.len()));
        let meaning = if is_everyday(name, &parts, &self.everyday_names) {
            Meaning::Everyday
        } else {
            Meaning::Term
        };
        self.names.push(Target {
            entries: vec![id],
            meaning,
            own_case,
        });
    }

    /// Where a word leads from a node; a new node when it led nowhere.
    fn step(&mut self, node: Node, word: u32) -> Node {
        if let Some(next) = self.next(node, word) {
            return next;
        }
        // The first is the start, where no name ends.
        self.ends.resize(self.ends.len().max(1) + 1, Vec::new());
        let next = Node(u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX));
        match self.first_steps.get_mut(word as usize) {
            Some(step) if node == Node::START => *step = Some(next),
            _ => {
                self.steps.insert((node, word), next);
            }
        }
        next
    }

    /// The number of a word, under which its plural and its British spelling stand too.
    fn number(&mut self, word: &str) -> u32 {
        let (written, singular) = (fold(word), canonical_word(word));
        if let Some(&number) = self
            .words
            .get(written.as_bytes())
            .or_else(|| self.words.get(singular.as_bytes()))
        {
            return number;
        }
        let number = u32::try_from(self.first_steps.len()).unwrap_or(u32::MAX);
        self.first_steps.push(None);
        let many = plural(&singular);
        for form in [written, singular, many] {
            let british = form
                .replace("iz", "is")
                .replace("eighbor", "eighbour")
                .replace("ehavior", "ehaviour");
            for form in [form, british] {
                self.words
                    .entry(form.into_bytes().into_boxed_slice())
                    .or_insert(number);
            }
        }
        number
    }

    /// The number of a word of a text; `None` if no name has the word.
    pub(super) fn word(&self, spelling: &str) -> Option<u32> {
        if spelling.len() > LONGEST_WORD {
            return None;
        }
        if !spelling.is_ascii() {
            return self.words.get(fold(spelling).as_bytes()).copied();
        }
        let mut lower = [0; LONGEST_WORD];
        let lower = &mut lower[..spelling.len()];
        lower.copy_from_slice(spelling.as_bytes());
        lower.make_ascii_lowercase();
        self.words.get(&*lower).copied()
    }

    /// Where a word leads from a node.
    pub(super) fn next(&self, node: Node, word: u32) -> Option<Node> {
        if node == Node::START {
            return self.first_steps.get(word as usize).copied().flatten();
        }
        self.steps.get(&(node, word)).copied()
    }

    /// The name that ends at a node, for text that is spelled so.
    pub(super) fn name(&self, node: Node, spelling: &str) -> Option<Name> {
        let names = self.ends.get(node.0 as usize)?;
        let spelled = |name: &&Name| {
            self.names[name.0]
                .own_case
                .as_deref()
                .is_some_and(|own| spelling == own || spelling.strip_suffix('s') == Some(own))
        };
        let any_case = |name: &&Name| self.names[name.0].own_case.is_none();
        names
            .iter()
            .find(spelled)
            .or_else(|| names.iter().find(any_case))
            .copied()
    }

    /// Whether a word of a text, spelled so, is an acronym that counts in its own case.
    pub(super) fn is_acronym(&self, spelling: &str) -> bool {
        self.word(spelling)
            .and_then(|word| self.next(Node::START, word))
            .and_then(|node| self.name(node, spelling))
            .is_some_and(|name| self.has_own_case(name))
    }

    /// Whether a name counts in its own case alone.
    pub(super) fn has_own_case(&self, name: Name) -> bool {
        self.names[name.0].own_case.is_some()
    }

    /// The entries that a name leads to.
    pub(super) fn entries(&self, name: Name) -> &[Id] {
        &self.names[name.0].entries
    }

    /// Whether a name says by itself that the term is meant.
    pub(super) fn meaning(&self, name: Name) -> Meaning {
        self.names[name.0].meaning
    }
}

/// Acronyms count in their own case when they are short, or when in lower case they are a word.
fn needs_own_case(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let is_acronym = name.chars().skip(1).any(char::is_uppercase);
    is_acronym && (letters <= SHORT || is_ordinary(&fold(name)))
}

fn is_everyday(name: &str, parts: &[&str], everyday: &FxHashSet<String>) -> bool {
    let key = fold(name);
    if everyday.contains(&key) {
        return true;
    }
    let &[word] = parts else {
        return false;
    };
    let letters = word.chars().count();
    if needs_own_case(name) {
        // An acronym may be a word in capitals, as headings have them, or stand for something else.
        let is_pair = letters == 2 && !TELLING_PAIRS.contains(&name);
        is_pair || EVERYDAY_ACRONYMS.contains(&name) || is_ordinary(&key)
    } else {
        letters <= SHORT || is_ordinary(&key)
    }
}

fn plural(word: &str) -> String {
    let stem = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match stem {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"]
            .iter()
            .any(|ending| word.ends_with(ending)) =>
        {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}
