//! The names that a text is searched for, as a trie of words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Token;
use crate::corpus::{Corpus, Id};
use crate::entry::names::{Kind, split_title};
use crate::entry::normalize::{canonical_word, characters_at, fold};
use crate::error::Result;
use crate::query::english::{is_common, is_word};
use crate::query::word_lists::section;

/// Names of up to this many letters are matched in their own case if they are acronyms.
const SHORT: usize = 4;

/// The letters of a pair.
const PAIR: usize = 2;

/// Names of so many words are also written as one.
const MOST_JOINED: usize = 3;

/// Shorter roots of nouns that end in "ing" are not verbs: "string" does not come from "str".
const SHORTEST_VERB: usize = 3;

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

/// A word of some name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    number: usize,
    /// Whether it is a form of the verb that a noun is made of.
    is_form: bool,
}

/// A name that texts may use.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) entries: Vec<Id>,
    pub(super) meaning: Meaning,
    /// The only spelling that counts, without spaces and hyphens; without it, any case counts.
    pub(super) own_case: Option<String>,
    /// Whether verbs count for their noun.
    has_forms: bool,
}

/// Every name of a corpus.
#[derive(Default)]
pub struct Lexicon {
    /// Canonical words, and the verbs that nouns are made of.
    words: FxHashMap<String, Word>,
    /// Where a word leads from a node. The first node is the start.
    steps: FxHashMap<(usize, usize), usize>,
    /// The names that end at each node.
    ends: Vec<Vec<Target>>,
    /// The entries of the user's glossaries.
    users_entries: FxHashSet<Id>,
    everyday_names: FxHashSet<String>,
    /// The keys of the names that say nothing about others.
    quiet_names: FxHashSet<String>,
    /// Words after which an everyday word means the term.
    subjects: FxHashSet<&'static str>,
}

impl Lexicon {
    /// The names of all entries of a corpus.
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let everyday = section(EVERYDAY, "names").chain(section(EVERYDAY, "acronyms"));
        let mut lexicon = Self {
            ends: vec![Vec::new()],
            everyday_names: everyday.map(fold).collect(),
            subjects: section(EVERYDAY, "subjects").collect(),
            quiet_names: section(EVERYDAY, "quiet names").map(fold).collect(),
            ..Self::default()
        };
        for id in corpus.ids()? {
            let is_users = corpus.is_users(id);
            if is_users {
                lexicon.users_entries.insert(id);
            }
            let entry = corpus.entry_without_text(id)?;
            for name in entry.names() {
                let is_whole_title =
                    name.kind == Kind::Title && split_title(&name.text).1.is_some();
                if (is_users || name.kind != Kind::Slug) && !is_whole_title {
                    lexicon.add(&name.text, name.kind, id);
                }
            }
        }
        for phrase in section(EVERYDAY, "phrases") {
            let target = Target {
                entries: Vec::new(),
                meaning: Meaning::Aside,
                own_case: None,
                has_forms: false,
            };
            lexicon.insert(&parts_of(phrase), target);
        }
        Ok(lexicon)
    }

    fn add(&mut self, name: &str, kind: Kind, id: Id) {
        let parts = parts_of(name);
        let symbols = name.contains(['+', '#', '*', '&', '@']);
        let key = fold(name);
        let letters = key.chars().count();
        if symbols || letters < PAIR || parts.iter().any(|part| part.is_empty()) {
            return;
        }
        let has_own_case = needs_own_case(name);
        let mut meaning = self.meaning(name, &key, kind, parts.len());
        if self.users_entries.contains(&id) && meaning != Meaning::Term {
            // A team means the words that its glossary defines.
            meaning = Meaning::Quiet;
        }
        let target = Target {
            entries: vec![id],
            meaning,
            own_case: has_own_case.then(|| parts.concat()),
            has_forms: kind == Kind::Title,
        };
        self.insert(&parts, target.clone());
        // In lower case, one without vowels cannot be a word, and any other needs a sign.
        if has_own_case && letters > PAIR && !is_word(&key) {
            let has_vowel = key.contains(['a', 'e', 'i', 'o', 'u', 'y']);
            let least = if has_vowel {
                Meaning::Everyday
            } else {
                Meaning::Term
            };
            let target = Target {
                meaning: target.meaning.max(least),
                own_case: None,
                ..target.clone()
            };
            self.insert(&parts, target);
        }
        // UNet for U-Net
        if (2..=MOST_JOINED).contains(&parts.len()) && letters >= SHORT && !is_word(&key) {
            let own_case = None;
            self.insert(&[&key], Target { own_case, ..target });
        }
        if let Some(&last) = parts.last().filter(|_| kind == Kind::Title) {
            let noun = canonical_word(last);
            let number = self.words[&noun].number;
            for form in verb_forms(&noun) {
                let is_form = true;
                self.words.entry(form).or_insert(Word { number, is_form });
            }
        }
    }

    fn meaning(&self, name: &str, key: &str, kind: Kind, words: usize) -> Meaning {
        let is_word_of = |is_english: fn(&str) -> bool| words == 1 && is_english(key);
        let has_own_case = needs_own_case(name);
        let letters = key.chars().count();
        if self.quiet_names.contains(key) {
            Meaning::Quiet
        } else if kind == Kind::Covered && !has_own_case && is_word_of(is_word) {
            Meaning::Aside
        } else if self.everyday_names.contains(key)
            || words == 1 && letters <= if has_own_case { PAIR } else { SHORT }
            || (kind == Kind::Covered || !has_own_case) && is_word_of(is_common)
        {
            Meaning::Everyday
        } else {
            Meaning::Term
        }
    }

    /// Adds a name of such words.
    fn insert(&mut self, parts: &[&str], target: Target) {
        let mut node = 0;
        for part in parts {
            let (next, is_form) = (self.words.len(), false);
            let word = self.words.entry(canonical_word(part));
            let number = word
                .or_insert(Word {
                    number: next,
                    is_form,
                })
                .number;
            node = *self.steps.entry((node, number)).or_insert_with(|| {
                self.ends.push(Vec::new());
                self.ends.len() - 1
            });
        }
        let ends = &mut self.ends[node];
        let Some(same) = ends
            .iter_mut()
            .find(|same| same.own_case == target.own_case)
        else {
            ends.push(target);
            return;
        };
        let is_users = |id: &Id| self.users_entries.contains(id);
        let has_users = same.entries.iter().any(is_users);
        // A fixed phrase never means the term, unless the user defines it.
        if target.entries.is_empty() && !has_users {
            *same = target;
            return;
        }
        if same.meaning == Meaning::Aside || target.meaning != Meaning::Aside {
            same.meaning = same.meaning.min(target.meaning);
            same.has_forms |= target.has_forms;
            let new = target
                .entries
                .iter()
                .filter(|id| !same.entries.contains(id))
                // The user's entries come first, and leave no place for others.
                .filter(|id| !has_users || is_users(id));
            let new: Vec<Id> = new.copied().collect();
            same.entries.extend(new);
        }
    }

    /// The word of names that a word of a text is.
    pub(super) fn word(&self, spelling: &str) -> Option<Word> {
        let known = self.words.get(&canonical_word(spelling)).copied();
        known.or_else(|| self.words.get(&fold(without_number(spelling)?)).copied())
    }

    /// The longest name that some words begin with, and of how many words it is.
    pub(super) fn longest<'t>(
        &self,
        tokens: impl Iterator<Item = &'t Token>,
    ) -> Option<(usize, &Target)> {
        let (mut node, mut spelling, mut longest) = (0, String::new(), None);
        for (number, token) in (1..).zip(tokens) {
            let Some(&next) = self.steps.get(&(node, token.word.number)) else {
                break;
            };
            node = next;
            spelling.push_str(&token.spelling);
            let target = self.target(node, &spelling, token.word.is_form);
            longest = target.map(|target| (number, target)).or(longest);
        }
        longest
    }

    fn target(&self, node: usize, spelling: &str, is_form: bool) -> Option<&Target> {
        let bare = spelling.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_spelled =
            |own: &str| [spelling, bare].contains(&own) || spelling.strip_suffix('s') == Some(own);
        let targets = || {
            self.ends[node]
                .iter()
                .filter(|target| target.has_forms || !is_form)
        };
        targets()
            .find(|target| target.own_case.as_deref().is_some_and(is_spelled))
            .or_else(|| targets().find(|target| target.own_case.is_none()))
    }

    /// The name that some words are together.
    pub(super) fn find(&self, spellings: &[&str]) -> Option<&Target> {
        let mut node = 0;
        for spelling in spellings {
            node = *self.steps.get(&(node, self.word(spelling)?.number))?;
        }
        self.target(node, &spellings.concat(), false)
    }

    /// Whether an everyday word after this one means the term.
    pub(super) fn is_subject(&self, spelling: &str) -> bool {
        self.subjects.contains(spelling)
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

/// The verbs that a noun is made of, in their forms: of "tokenization", "tokenize", "tokenized", …
fn verb_forms(noun: &str) -> Vec<String> {
    let root = |ending| noun.strip_suffix(ending);
    let verbs = if let Some(root) = root("ization") {
        vec![format!("{root}ize")]
    } else if let Some(root) = root("ation") {
        vec![format!("{root}ate")]
    } else if let Some(root) = root("ing").filter(|root| root.len() >= SHORTEST_VERB) {
        vec![root.to_string(), format!("{root}e")]
    } else {
        return Vec::new();
    };
    let forms = verbs.iter().flat_map(|verb| {
        let root = verb.strip_suffix('e').unwrap_or(verb);
        [verb.clone(), format!("{root}ed"), format!("{root}ing")]
    });
    forms.collect()
}

/// A word of three letters or more without the number at its end: `gpt4`.
fn without_number(word: &str) -> Option<&str> {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    (bare.len() > PAIR && bare.len() < word.len()).then_some(bare)
}
