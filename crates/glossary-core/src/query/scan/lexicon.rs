//! The names that a text is searched for, as a trie of words.
//!
//! Owns which spelling of a word counts, and which names are everyday English as well. It must not
//! know how a text is cut into words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Corpus, Id};
use crate::entry::key::{canonical_word, fold, words};
use crate::entry::names::{Kind, split_title};
use crate::error::Result;
use crate::query::english::is_common;
use crate::query::word_lists::section;

/// Names of up to this many letters are matched in their own case if they are acronyms.
const SHORT: usize = 4;

/// Words longer than this, in bytes, are in no name.
const LONGEST_WORD: usize = 48;

const EVERYDAY: &str = include_str!("../../../data/everyday.txt");

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
    /// The keys of the everyday names.
    everyday_names: FxHashSet<String>,
}

impl Lexicon {
    /// The names of all entries of a corpus.
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let mut lexicon = Self {
            everyday_names: section(EVERYDAY, "names").map(fold).collect(),
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
    is_acronym && (letters <= SHORT || is_common(&fold(name)))
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
        let is_pair = letters == 2 && !section(EVERYDAY, "telling pairs").any(|pair| pair == name);
        let is_everyday = || section(EVERYDAY, "acronyms").any(|acronym| acronym == name);
        is_pair || is_everyday() || is_common(&key)
    } else {
        letters <= SHORT || is_common(&key)
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
