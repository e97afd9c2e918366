//! Which terms a text uses: where first, and how often.
//!
//! Owns the reading of a text: words, what is passed over, the longest match, and which matches
//! count. It must not know where the text comes from or how the terms are listed.
//!
//! A text is read once, in pieces of any size, in memory that does not grow with it.

mod lexicon;
mod prose;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

pub use lexicon::Lexicon;
use lexicon::{Meaning, Name, Node};
use prose::Prose;

use crate::corpus::Id;

/// How many words may lie between an everyday word and the term that shows what it means here.
const REACH: u64 = 40;

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

/// A term that a text uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The entry that explains it.
    pub id: Id,
    /// Where it stands first.
    pub first: Position,
    /// How often it stands in the text, under any of its names.
    pub count: usize,
}

/// A word that occurs in some name.
#[derive(Debug, Clone, Copy)]
struct Token {
    word: u32,
    position: Position,
    /// Where its spelling ends in `Scanner::spellings`.
    end: usize,
}

/// An everyday word that waits for a term to show what it means.
struct Waiting {
    name: Name,
    position: Position,
    at: u64,
}

/// Reads a text.
pub struct Scanner<'l> {
    lexicon: &'l Lexicon,
    everyday: EverydayWords,
    prose: Prose,
    /// Words that a match may still begin or go on with, with their spellings one behind the other.
    window: VecDeque<Token>,
    spellings: String,
    /// How many words were read, and at which of them a term stood that can mean nothing else.
    words: u64,
    last_sign: Option<u64>,
    waiting: VecDeque<Waiting>,
    uses: FxHashMap<Id, Use>,
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
            waiting: VecDeque::new(),
            uses: FxHashMap::default(),
        }
    }

    /// Reads the next piece of the text: whole lines, or a part of a long one cut between words. The
    /// first piece decides whether the text begins with front matter.
    pub fn read(&mut self, piece: &str) {
        let mut prose = std::mem::take(&mut self.prose);
        prose.read(piece, &mut |event| match event {
            prose::Event::Word(word, position) => self.word(word, position),
            prose::Event::Break => self.flush(),
        });
        self.prose = prose;
    }

    /// The terms of the text, in the order in which they first stand in it.
    #[must_use]
    pub fn finish(mut self) -> Vec<Use> {
        self.flush();
        let mut uses: Vec<Use> = self.uses.into_values().collect();
        uses.sort_by_key(|found| (found.first, found.id));
        uses
    }

    fn word(&mut self, spelling: &str, position: Position) {
        self.words += 1;
        let Some(word) = self.lexicon.word(spelling) else {
            self.flush();
            return;
        };
        self.spellings.push_str(spelling);
        let end = self.spellings.len();
        self.window.push_back(Token {
            word,
            position,
            end,
        });
        if self.window.len() >= self.lexicon.longest() {
            self.match_front();
        }
    }

    /// Matches what is left in the window; nothing that follows can go on with it.
    fn flush(&mut self) {
        while !self.window.is_empty() {
            self.match_front();
        }
        self.spellings.clear();
    }

    /// Notes the longest name that begins with the first word of the window, and passes over it.
    fn match_front(&mut self) {
        let mut node = Node::START;
        let mut longest = None;
        for (count, token) in self.window.iter().enumerate() {
            let Some(next) = self.lexicon.next(node, token.word) else {
                break;
            };
            node = next;
            let spelling = self.spelling(count + 1);
            if let Some(name) = self.lexicon.name(node, spelling) {
                longest = Some((count + 1, name));
            }
        }
        let taken = longest.map_or(1, |(count, _)| count);
        if let (Some((_, name)), Some(first)) = (longest, self.window.front()) {
            let position = first.position;
            self.note(name, position);
        }
        let end = self
            .window
            .drain(..taken)
            .next_back()
            .map_or(0, |token| token.end);
        self.spellings.drain(..end);
        self.window.iter_mut().for_each(|token| token.end -= end);
    }

    /// What is written in the first words of the window, without what stands between them.
    fn spelling(&self, words: usize) -> &str {
        let end = self.window.get(words - 1).map_or(0, |token| token.end);
        self.spellings.get(..end).unwrap_or_default()
    }

    fn note(&mut self, name: Name, position: Position) {
        let now = self.words;
        while self
            .waiting
            .front()
            .is_some_and(|waiting| waiting.at + REACH < now)
        {
            self.waiting.pop_front();
        }
        match self.lexicon.meaning(name) {
            _ if self.everyday == EverydayWords::Always => self.count(name, position),
            Meaning::Term => {
                self.last_sign = Some(now);
                while let Some(waiting) = self.waiting.pop_front() {
                    self.count(waiting.name, waiting.position);
                }
                self.count(name, position);
            }
            Meaning::Everyday if self.last_sign.is_some_and(|sign| sign + REACH >= now) => {
                self.count(name, position);
            }
            Meaning::Everyday => self.waiting.push_back(Waiting {
                name,
                position,
                at: now,
            }),
        }
    }

    fn count(&mut self, name: Name, position: Position) {
        for &id in self.lexicon.entries(name) {
            let found = self.uses.entry(id).or_insert(Use {
                id,
                first: position,
                count: 0,
            });
            found.count += 1;
            found.first = found.first.min(position);
        }
    }
}
