//! Where a text uses which terms.
//!
//! A text is read once, in pieces of any size, in memory that does not grow with it. At each word the
//! longest name counts. `docs/scan.md` has the rules for names that are everyday English as well.

mod lexicon;
mod mention;
mod tokenizer;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::corpus::Id;
pub use lexicon::Lexicon;
use lexicon::{Meaning, Name, Node};
pub use mention::{Mention, Mentions};
use tokenizer::{Event, Link, Tokenizer};

/// How many words may lie between an everyday word and the term that shows what it means here.
const REACH: u64 = 40;

/// Of the words before an acronym, how many show whether the text is shouted, and how many of these must
/// be in capitals.
const OBSERVED: u32 = 3;
const LOUD: u32 = 2;

/// The longest acronym whose expansion is looked for before it.
const LONGEST_EXPANSION: usize = 6;

/// Whether words that are everyday English as well count by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EverydayWords {
    /// Only within forty words of a term that can mean nothing else.
    BesideATerm,
    /// Everywhere.
    Always,
}

/// A place in a text, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// A place where a text uses a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The entry that explains it.
    pub id: Id,
    /// Where it starts.
    pub position: Position,
    /// Its words as the text has them, with a hyphen or a single space between them.
    pub words: String,
    /// How many characters it takes up; a line break counts as one.
    pub length: usize,
}

/// Whether the text before a word is in capitals, so that those of an acronym say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casing {
    Plain,
    Shouted,
}

impl Casing {
    /// After words that were in capitals or not, a bit each.
    fn after(capitals: u8) -> Self {
        let observed = capitals & ((1 << OBSERVED) - 1);
        if observed.count_ones() < LOUD {
            Self::Plain
        } else {
            Self::Shouted
        }
    }
}

/// A word with which a match may start or go on.
#[derive(Debug, Clone)]
struct Token {
    word: u32,
    spelling: String,
    position: Position,
    /// Its number among the words of the text.
    number: u64,
    casing: Casing,
    link: Link,
    /// Whether it directly follows a word such as "model".
    follows_subject: bool,
}

/// The way through the names that the words of the window take, from the first on.
#[derive(Clone, Copy)]
struct Path {
    node: Node,
    /// How many words led there.
    words: usize,
    /// The longest name on the way: of how many words, and which.
    longest: Option<(usize, Name)>,
}

impl Path {
    const START: Self = Self {
        node: Node::START,
        words: 0,
        longest: None,
    };
}

/// A name in a text.
struct Found {
    name: Name,
    position: Position,
    words: String,
    length: usize,
    number: u64,
}

/// Reads a text.
pub struct Scanner<'l> {
    lexicon: &'l Lexicon,
    everyday: EverydayWords,
    tokenizer: Tokenizer,
    /// Words with which a match may start or go on.
    window: VecDeque<Token>,
    path: Path,
    /// How many words were read, and at which of them was a term that can mean nothing else.
    words: u64,
    last_sign: Option<u64>,
    /// The last word that names something that only the field's verbs go with, such as "model".
    last_subject: u64,
    /// Which of the last words of two letters or more were in capitals, a bit each, the last one lowest.
    capitals: u8,
    /// The last words before a parenthesis, and whether one has just opened.
    recent: VecDeque<String>,
    is_open: bool,
    /// Whether each acronym that the text itself expands means an entry.
    expanded: FxHashMap<String, bool>,
    /// Everyday words that wait for a term to show what they mean.
    waiting: VecDeque<Found>,
}

impl<'l> Scanner<'l> {
    /// At the beginning of a text.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon, everyday: EverydayWords) -> Self {
        Self {
            lexicon,
            everyday,
            tokenizer: Tokenizer::default(),
            window: VecDeque::new(),
            path: Path::START,
            words: 0,
            last_sign: None,
            last_subject: 0,
            capitals: 0,
            recent: VecDeque::new(),
            is_open: false,
            expanded: FxHashMap::default(),
            waiting: VecDeque::new(),
        }
    }

    /// Reads the next piece of the text: whole lines, or a part of a long one cut between words. The
    /// first piece decides whether the text begins with front matter. Uses are given in the order of the
    /// text, each as soon as it is certain.
    pub fn read(&mut self, piece: &str, found: &mut impl FnMut(Use)) {
        let mut tokenizer = std::mem::take(&mut self.tokenizer);
        tokenizer.read(piece, &mut |event| match event {
            Event::Word(word, position, link) => self.word(word, position, link, found),
            Event::Open => {
                self.flush(Link::Apart, found);
                self.is_open = true;
            }
            Event::Break => {
                self.flush(Link::Apart, found);
                self.recent.clear();
                self.is_open = false;
            }
        });
        self.tokenizer = tokenizer;
    }

    /// Gives the uses that the end of the text makes certain.
    pub fn finish(mut self, found: &mut impl FnMut(Use)) {
        self.flush(Link::Apart, found);
    }

    fn word(
        &mut self,
        spelling: &str,
        position: Position,
        link: Link,
        found: &mut impl FnMut(Use),
    ) {
        self.words += 1;
        let casing = Casing::after(self.capitals);
        self.observe_case(spelling);
        self.observe_expansion(spelling);
        let follows_subject = self.last_subject + 1 == self.words && self.words > 1;
        if self.lexicon.is_subject(spelling) {
            self.last_subject = self.words;
        }
        let known = self.lexicon.word(spelling);
        let starts = |word| self.lexicon.next(Node::START, word).is_some();
        let Some(word) = known.filter(|&word| !self.window.is_empty() || starts(word)) else {
            self.flush(link, found);
            return;
        };
        self.window.push_back(Token {
            word,
            spelling: spelling.to_string(),
            position,
            number: self.words,
            casing,
            link,
            follows_subject,
        });
        self.follow(found);
    }

    /// Notes whether a word is in capitals. An acronym always is, and says nothing.
    fn observe_case(&mut self, spelling: &str) {
        if spelling.len() > 1 {
            let is_loud = spelling.bytes().all(|byte| byte.is_ascii_uppercase())
                && !self.lexicon.is_acronym(spelling);
            self.capitals = self.capitals << 1 | u8::from(is_loud);
        }
    }

    /// Notes what the text says that an acronym stands for: "sparse attention (SA)".
    fn observe_expansion(&mut self, spelling: &str) {
        let initials = spelling.strip_suffix('s').unwrap_or(spelling);
        let is_acronym = (2..=LONGEST_EXPANSION).contains(&initials.len())
            && initials.bytes().all(|byte| byte.is_ascii_uppercase());
        if std::mem::take(&mut self.is_open) && is_acronym {
            let words = self
                .recent
                .iter()
                .skip(self.recent.len().saturating_sub(initials.len()));
            let words: Vec<&str> = words.map(String::as_str).collect();
            let first = |word: &&str| word.chars().next().map(|c| c.to_ascii_uppercase());
            if words.iter().filter_map(first).eq(initials.chars()) {
                let entries = |words: &[&str]| {
                    let name = self.lexicon.find(words);
                    name.map(|name| self.lexicon.entries(name))
                        .unwrap_or_default()
                };
                let meant = entries(&words);
                let is_meant = entries(&[initials]).iter().any(|id| meant.contains(id));
                self.expanded.insert(initials.to_string(), is_meant);
            }
        }
        if self.recent.len() == LONGEST_EXPANSION {
            self.recent.pop_front();
        }
        self.recent.push_back(spelling.to_string());
    }

    /// Follows the words of the window as far as some name goes on so.
    fn follow(&mut self, found: &mut impl FnMut(Use)) {
        while let Some(token) = self.window.get(self.path.words) {
            let Some(node) = self.lexicon.next(self.path.node, token.word) else {
                self.settle(Link::Apart, found);
                continue;
            };
            self.path.node = node;
            self.path.words += 1;
            let tokens = self.window.iter().take(self.path.words);
            let spelling: String = tokens.map(|token| token.spelling.as_str()).collect();
            if let Some(name) = self.lexicon.name(node, &spelling) {
                self.path.longest = Some((self.path.words, name));
            }
        }
    }

    /// Settles what is left in the window. Nothing that follows can go on with it; `next` is how that
    /// follows.
    fn flush(&mut self, next: Link, found: &mut impl FnMut(Use)) {
        while !self.window.is_empty() {
            self.settle(next, found);
            self.follow(found);
        }
    }

    /// Takes the longest name out of the window, or its first word if no name starts with that.
    fn settle(&mut self, next: Link, found: &mut impl FnMut(Use)) {
        let path = std::mem::replace(&mut self.path, Path::START);
        let taken = path.longest.map_or(1, |(words, _)| words);
        let next = self.window.get(taken).map_or(next, |token| token.link);
        let tokens: Vec<Token> = self.window.drain(..taken).collect();
        if let Some((_, name)) = path.longest {
            self.decide(name, &tokens, next, found);
        }
    }

    /// Decides whether a name counts.
    fn decide(&mut self, name: Name, tokens: &[Token], next: Link, found: &mut impl FnMut(Use)) {
        let [first, ..] = tokens else {
            return;
        };
        let now = first.number;
        while self
            .waiting
            .front()
            .is_some_and(|word| is_too_far(word.number, now))
        {
            self.waiting.pop_front();
        }
        let expanded = self.expanded.get(first.spelling.as_str());
        let is_acronym = self.lexicon.has_own_case(name);
        let is_shouted = first.casing == Casing::Shouted && is_acronym;
        let is_in_compound = [first.link, next].contains(&Link::Hyphen);
        let meaning = match self.lexicon.meaning(name) {
            _ if is_acronym && expanded == Some(&false) => return,
            _ if is_acronym && expanded == Some(&true) => Meaning::Term,
            // "The model hallucinates"
            Meaning::Everyday if first.follows_subject && !is_in_compound => Meaning::Term,
            meaning => meaning,
        };
        let name = Found::new(name, tokens);
        match meaning {
            _ if self.everyday == EverydayWords::Always => self.emit(&name, found),
            Meaning::Aside => {}
            // Nothing sets it apart from the everyday word, or from a part of another name.
            Meaning::Everyday if is_shouted || is_in_compound => {}
            Meaning::Term | Meaning::Quiet if is_shouted => self.emit_or_wait(name, found),
            Meaning::Quiet => self.emit(&name, found),
            Meaning::Term => {
                self.last_sign = Some(now);
                while let Some(waiting) = self.waiting.pop_front() {
                    self.emit(&waiting, found);
                }
                self.emit(&name, found);
            }
            Meaning::Everyday => self.emit_or_wait(name, found),
        }
    }

    /// Gives a name if a sign was not far before it. Otherwise one may follow.
    fn emit_or_wait(&mut self, name: Found, found: &mut impl FnMut(Use)) {
        let is_near = |sign| !is_too_far(sign, name.number);
        if self.last_sign.is_some_and(is_near) {
            self.emit(&name, found);
        } else {
            self.waiting.push_back(name);
        }
    }

    fn emit(&self, name: &Found, found: &mut impl FnMut(Use)) {
        for &id in self.lexicon.entries(name.name) {
            found(Use {
                id,
                position: name.position,
                words: name.words.clone(),
                length: name.length,
            });
        }
    }
}

impl Found {
    fn new(name: Name, tokens: &[Token]) -> Self {
        let mut words = String::new();
        for token in tokens {
            if !words.is_empty() {
                words.push(if token.link == Link::Hyphen { '-' } else { ' ' });
            }
            words.push_str(&token.spelling);
        }
        let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
        let length = if first.position.line == last.position.line {
            let width = last.spelling.chars().count();
            last.position.column + width - first.position.column
        } else {
            words.chars().count()
        };
        Self {
            name,
            position: first.position,
            words,
            length,
            number: first.number,
        }
    }
}

/// Whether a word is out of reach of a later one.
fn is_too_far(then: u64, now: u64) -> bool {
    then + REACH < now
}
