//! The names that a text is searched for, as a trie of words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Corpus, Id};
use crate::entry::key::{canonical_word, characters_at, fold};
use crate::entry::names::{Kind, split_title};
use crate::error::Result;
use crate::query::english::{is_common, is_word};
use crate::query::word_lists::section;

/// Names of up to this many letters are matched in their own case if they are acronyms.
const SHORT: usize = 4;

/// The letters of a pair.
const PAIR: usize = 2;

/// Names of so many words are also written as one.
const MOST_JOINED: usize = 3;

/// Shorter verbs are not made of nouns that end in "ing": "string" is none of "str".
const SHORTEST_VERB: usize = 3;

/// Words longer than this, in bytes, are in no name.
const LONGEST_WORD: usize = 48;

const EVERYDAY: &str = include_str!("../../../data/everyday.txt");

/// Whether a name says by itself that a text means the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// It can mean nothing else.
    Term,
    /// It counts by itself, but says nothing about what others mean.
    Quiet,
    /// It is everyday English, too.
    Everyday,
    /// It is everyday English, and the entry only covers it.
    Aside,
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
    /// The entries of the user's glossaries.
    users_entries: FxHashSet<Id>,
    /// The keys of the everyday names.
    everyday_names: FxHashSet<String>,
    /// Words after which an everyday word means the term.
    subjects: FxHashSet<&'static str>,
    /// The keys of the names that say nothing about others.
    quiet_names: FxHashSet<String>,
}

impl Lexicon {
    /// The names of all entries of a corpus.
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let mut lexicon = Self {
            everyday_names: section(EVERYDAY, "names").map(fold).collect(),
            subjects: section(EVERYDAY, "subjects").collect(),
            quiet_names: section(EVERYDAY, "quiet names").map(fold).collect(),
            ..Self::default()
        };
        // "State-of-the-art results" do not mean the term.
        let phrases: FxHashSet<String> = section(EVERYDAY, "phrases").map(fold).collect();
        for id in corpus.ids()? {
            if corpus.is_users(id) {
                lexicon.users_entries.insert(id);
            }
            let entry = corpus.entry_without_text(id)?;
            for name in entry.names() {
                if phrases.contains(&fold(&name.text)) && !corpus.is_users(id) {
                    continue;
                }
                let is_whole_title =
                    name.kind == Kind::Title && split_title(&name.text).1.is_some();
                let is_counted = name.kind != Kind::Slug || corpus.is_users(id);
                if is_counted && !is_whole_title {
                    lexicon.add(&name.text, name.kind, id);
                }
            }
        }
        for phrase in section(EVERYDAY, "phrases") {
            let node = lexicon.path(&parts_of(phrase));
            lexicon.add_target(node, None, None, Meaning::Aside);
        }
        Ok(lexicon)
    }

    fn add(&mut self, name: &str, kind: Kind, id: Id) {
        let parts = parts_of(name);
        let symbols = name.contains(['+', '#', '*', '&', '@']);
        let key = fold(name);
        let letters = key.chars().count();
        if symbols || letters < 2 || parts.iter().any(|part| part.is_empty()) {
            return;
        }
        let mut meaning = self.meaning_of(name, kind, &parts);
        if self.users_entries.contains(&id) && meaning != Meaning::Term {
            // The user means the words that the user's glossary defines.
            meaning = Meaning::Quiet;
        }
        let node = self.path(&parts);
        if needs_own_case(name) {
            self.add_target(node, Some(id), Some(parts.concat()), meaning);
            // In lower case, one without vowels cannot be a word, and any other needs a sign.
            if letters > PAIR && !is_word(&key) {
                let meaning = if key.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
                    meaning.max(Meaning::Everyday)
                } else {
                    meaning
                };
                self.add_target(node, Some(id), None, meaning);
            }
        } else {
            self.add_target(node, Some(id), None, meaning);
        }
        // UNet for U-Net
        if (2..=MOST_JOINED).contains(&parts.len()) && letters >= SHORT && !is_word(&key) {
            let node = self.path(&[&key]);
            self.add_target(node, Some(id), None, meaning);
        }
    }

    /// The node at which a name of such words ends; new nodes as far as there were none.
    fn path(&mut self, parts: &[&str]) -> Node {
        let mut node = Node::START;
        for part in parts {
            let word = self.number(part);
            node = self.step(node, word);
        }
        node
    }

    fn add_target(
        &mut self,
        node: Node,
        id: Option<Id>,
        own_case: Option<String>,
        meaning: Meaning,
    ) {
        let Some(known) = self.ends.get_mut(node.0 as usize) else {
            return;
        };
        let same = known
            .iter()
            .find(|same| self.names[same.0].own_case == own_case);
        if let Some(same) = same {
            let target = &mut self.names[same.0];
            if target.meaning == Meaning::Aside || meaning != Meaning::Aside {
                target.meaning = target.meaning.min(meaning);
                // The user's entries come first, and leave no place for others.
                let is_users = |id: &Id| self.users_entries.contains(id);
                let has_users = target.entries.iter().any(is_users);
                let id = id.filter(|id| !target.entries.contains(id));
                target
                    .entries
                    .extend(id.filter(|id| !has_users || is_users(id)));
            }
            return;
        }
        known.push(Name(self.names.len()));
        self.names.push(Target {
            entries: id.into_iter().collect(),
            meaning,
            own_case,
        });
    }

    fn meaning_of(&self, name: &str, kind: Kind, parts: &[&str]) -> Meaning {
        let key = fold(name);
        if self.quiet_names.contains(&key) {
            return Meaning::Quiet;
        }
        if kind == Kind::Covered && parts.len() == 1 && !needs_own_case(name) && is_word(&key) {
            return Meaning::Aside;
        }
        if is_everyday(name, kind, parts, &self.everyday_names) {
            Meaning::Everyday
        } else {
            Meaning::Term
        }
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
        let verbs = verb_forms(&singular);
        for form in [written, singular, many].into_iter().chain(verbs) {
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
        let known = self.words.get(&*lower);
        known
            .or_else(|| self.words.get(without_number(lower)?))
            .copied()
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
            self.names[name.0].own_case.as_deref().is_some_and(|own| {
                let bare = spelling.trim_end_matches(|c: char| c.is_ascii_digit());
                [spelling, bare].contains(&own) || spelling.strip_suffix('s') == Some(own)
            })
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

    /// Whether an everyday word after this one means the term.
    pub(super) fn is_subject(&self, spelling: &str) -> bool {
        self.subjects.contains(spelling)
    }

    /// The name that some words are together.
    pub(super) fn find(&self, spellings: &[&str]) -> Option<Name> {
        let mut node = Node::START;
        for spelling in spellings {
            node = self.next(node, self.word(spelling)?)?;
        }
        self.name(node, &spellings.concat())
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

/// The words of a name.
fn parts_of(name: &str) -> Vec<&str> {
    characters_at(name)
        .flat_map(|(_, word)| word.split(['.', '\'']))
        .collect()
}

/// Whether a name is a short acronym, or one that is a word in lower case.
fn needs_own_case(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let is_acronym = name.chars().skip(1).any(char::is_uppercase);
    is_acronym && (letters <= SHORT || is_common(&fold(name)))
}

fn is_everyday(name: &str, kind: Kind, parts: &[&str], everyday: &FxHashSet<String>) -> bool {
    let key = fold(name);
    if everyday.contains(&key) {
        return true;
    }
    let &[word] = parts else {
        return false;
    };
    if needs_own_case(name) {
        let is_everyday = || section(EVERYDAY, "acronyms").any(|acronym| acronym == name);
        word.chars().count() == PAIR || is_everyday() || kind == Kind::Covered && is_common(&key)
    } else {
        word.chars().count() <= SHORT || is_common(&key)
    }
}

/// The verbs that a noun is made of, in their forms: of "tokenization", "tokenize", "tokenized", …
fn verb_forms(noun: &str) -> Vec<String> {
    let verbs = if let Some(root) = noun.strip_suffix("ization") {
        vec![format!("{root}ize")]
    } else if let Some(root) = noun.strip_suffix("ation") {
        vec![format!("{root}ate")]
    } else if let Some(root) = noun
        .strip_suffix("ing")
        .filter(|root| root.len() >= SHORTEST_VERB)
    {
        vec![root.to_string(), format!("{root}e")]
    } else {
        return Vec::new();
    };
    let forms = verbs.iter().flat_map(|verb| {
        let root = verb.strip_suffix('e').unwrap_or(verb);
        [
            verb.clone(),
            format!("{verb}s"),
            format!("{root}ed"),
            format!("{root}ing"),
        ]
    });
    forms.collect()
}

/// A word of three letters or more without the number at its end: `gpt4`.
fn without_number(word: &[u8]) -> Option<&[u8]> {
    let letters = word.iter().rposition(|byte| !byte.is_ascii_digit())? + 1;
    (letters > PAIR && letters < word.len()).then(|| &word[..letters])
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
