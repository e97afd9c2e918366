//! Where a text uses which terms.
//!
//! Owns the reading of a text: words, what is passed over, the longest match, and which matches
//! count. It must not know where the text comes from, nor how uses are counted or listed.
//!
//! A text is read once, in pieces of any size, in memory that does not grow with it.

mod lexicon;
mod mention;
mod prose;

use std::collections::VecDeque;

pub use lexicon::Lexicon;
use lexicon::{Meaning, Name, Node};
pub use mention::{Mention, Mentions};
use prose::Prose;

use crate::corpus::Id;

/// How many words may lie between an everyday word and the term that shows what it means here.
const REACH: u64 = 40;

/// Of the words before an acronym, how many tell whether the text is shouted, and how many of these must
/// be in capitals.
const HEARD: u32 = 3;
const LOUD: u32 = 2;

/// Whether words that are everyday English as well count by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EverydayWords {
    /// Only within forty words of a term that can mean nothing else.
    BesideATerm,
    /// Wherever they stand.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The entry that explains it.
    pub id: Id,
    /// Where it stands.
    pub position: Position,
}

/// Whether the text before a word is in capitals, so that those of an acronym say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Plain,
    Shouted,
}

impl Voice {
    /// After words that were in capitals or not, a bit each.
    fn after(capitals: u8) -> Self {
        let heard = capitals & ((1 << HEARD) - 1);
        if heard.count_ones() < LOUD {
            Self::Plain
        } else {
            Self::Shouted
        }
    }
}

/// A word that a match may still begin with, or go on with.
#[derive(Debug, Clone, Copy)]
struct Token {
    word: u32,
    position: Position,
    /// Its number among the words of the text.
    number: u64,
    voice: Voice,
    /// Where its spelling ends in `Scanner::spellings`.
    end: usize,
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

/// An everyday word that waits for a term to show what it means.
struct Waiting {
    name: Name,
    position: Position,
    number: u64,
}

/// Reads a text.
pub struct Scanner<'l> {
    lexicon: &'l Lexicon,
    everyday: EverydayWords,
    prose: Prose,
    /// Words that a match may still begin with or go on with, with their spellings one behind the other.
    window: VecDeque<Token>,
    spellings: String,
    /// How many words were read, and at which of them a term stood that can mean nothing else.
    words: u64,
    last_sign: Option<u64>,
    /// Which of the last words of two letters or more were in capitals, a bit each, the last one lowest.
    capitals: u8,
    waiting: VecDeque<Waiting>,
    path: Path,
}

impl<'l> Scanner<'l> {
    /// At the beginning of a text.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon, everyday: EverydayWords) -> Self {
        Self {
            lexicon,
            everyday,
            prose: Prose::default(),
            window: VecDeque::new(),
            spellings: String::new(),
            words: 0,
            last_sign: None,
            capitals: 0,
            waiting: VecDeque::new(),
            path: Path::START,
        }
    }

    /// Reads the next piece of the text: whole lines, or a part of a long one cut between words. The
    /// first piece decides whether the text begins with front matter. Uses are told in the order in
    /// which they stand, each as soon as it is sure.
    pub fn read(&mut self, piece: &str, found: &mut impl FnMut(Use)) {
        let mut prose = std::mem::take(&mut self.prose);
        prose.read(piece, &mut |event| match event {
            prose::Event::Word(word, position) => self.word(word, position, found),
            prose::Event::Break => self.flush(found),
        });
        self.prose = prose;
    }

    /// Tells the uses that the end of the text makes sure.
    pub fn finish(mut self, found: &mut impl FnMut(Use)) {
        self.flush(found);
    }

    fn word(&mut self, spelling: &str, position: Position, found: &mut impl FnMut(Use)) {
        self.words += 1;
        let before = self.capitals;
        self.hear(spelling);
        let Some(word) = self.lexicon.word(spelling) else {
            self.flush(found);
            return;
        };
        if self.window.is_empty() && self.lexicon.next(Node::START, word).is_none() {
            return;
        }
        self.spellings.push_str(spelling);
        self.window.push_back(Token {
            word,
            position,
            number: self.words,
            voice: Voice::after(before),
            end: self.spellings.len(),
        });
        self.follow(found);
    }

    /// Notes whether a word is in capitals. An acronym is so everywhere, and tells nothing.
    fn hear(&mut self, spelling: &str) {
        if spelling.len() > 1 {
            let loud = spelling.bytes().all(|byte| byte.is_ascii_uppercase())
                && !self.lexicon.is_acronym(spelling);
            self.capitals = self.capitals << 1 | u8::from(loud);
        }
    }

    /// Follows the words of the window as far as some name goes on so.
    fn follow(&mut self, found: &mut impl FnMut(Use)) {
        while let Some(token) = self.window.get(self.path.words) {
            let Some(node) = self.lexicon.next(self.path.node, token.word) else {
                self.settle(found);
                continue;
            };
            self.path.node = node;
            self.path.words += 1;
            let spelling = self.spellings.get(..token.end).unwrap_or_default();
            if let Some(name) = self.lexicon.name(node, spelling) {
                self.path.longest = Some((self.path.words, name));
            }
        }
    }

    /// Settles what is left in the window; nothing that follows can go on with it.
    fn flush(&mut self, found: &mut impl FnMut(Use)) {
        while !self.window.is_empty() {
            self.settle(found);
            self.follow(found);
        }
    }

    /// Takes the longest name out of the window, or its first word when none begins with that.
    fn settle(&mut self, found: &mut impl FnMut(Use)) {
        let path = std::mem::replace(&mut self.path, Path::START);
        if let (Some((_, name)), Some(&first)) = (path.longest, self.window.front()) {
            self.note(name, first, found);
        }
        let taken = path.longest.map_or(1, |(words, _)| words);
        let last = self.window.drain(..taken).next_back();
        let end = last.map_or(0, |token| token.end);
        self.spellings.drain(..end);
        self.window.iter_mut().for_each(|token| token.end -= end);
    }

    /// Weighs a name whose first word is `first`.
    fn note(&mut self, name: Name, first: Token, found: &mut impl FnMut(Use)) {
        let now = first.number;
        while self
            .waiting
            .front()
            .is_some_and(|waiting| too_far(waiting.number, now))
        {
            self.waiting.pop_front();
        }
        let shouted = first.voice == Voice::Shouted && self.lexicon.has_own_case(name);
        match self.lexicon.meaning(name) {
            _ if self.everyday == EverydayWords::Always => self.tell(name, first.position, found),
            // Nothing tells it from the everyday word.
            Meaning::Everyday if shouted => {}
            Meaning::Term if shouted => self.wait_or_tell(name, first, found),
            Meaning::Term => {
                self.last_sign = Some(now);
                while let Some(waiting) = self.waiting.pop_front() {
                    self.tell(waiting.name, waiting.position, found);
                }
                self.tell(name, first.position, found);
            }
            Meaning::Everyday => self.wait_or_tell(name, first, found),
        }
    }

    /// Tells a name when a sign stood not far before it; otherwise one may follow.
    fn wait_or_tell(&mut self, name: Name, first: Token, found: &mut impl FnMut(Use)) {
        if self
            .last_sign
            .is_some_and(|sign| !too_far(sign, first.number))
        {
            self.tell(name, first.position, found);
        } else {
            self.waiting.push_back(Waiting {
                name,
                position: first.position,
                number: first.number,
            });
        }
    }

    fn tell(&self, name: Name, position: Position, found: &mut impl FnMut(Use)) {
        for &id in self.lexicon.entries(name) {
            found(Use { id, position });
        }
    }
}

/// Whether a word is out of reach of a later one.
fn too_far(then: u64, now: u64) -> bool {
    then + REACH < now
}
