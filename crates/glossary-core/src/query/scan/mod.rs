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
use lexicon::{Meaning, Target, Word};
pub use mention::{Mention, Mentions};
use tokenizer::{Event, Link, Tokenizer};

/// How many words may lie between an everyday word and the term that shows what it means here.
const REACH: u64 = 40;

/// Of the words before an acronym, how many show whether the text is shouted, and how many of these must
/// be in capitals.
const OBSERVED: u32 = 3;
const LOUD: u32 = 2;

/// Names with more words are not looked for.
const LONGEST_NAME: usize = 12;

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

/// A word of names in a text.
struct Token {
    word: Word,
    spelling: String,
    position: Position,
    /// Its number among the words of the text.
    number: u64,
    /// Whether the text before it is in capitals, so that those of an acronym say nothing.
    is_shouted: bool,
    link: Link,
    /// Whether it directly follows a word such as "model".
    follows_subject: bool,
}

/// A name in a text.
struct Found<'l> {
    target: &'l Target,
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
    /// The last words, if they are words of names.
    window: VecDeque<Token>,
    /// How many words were read, and at which of them was a term that can mean nothing else.
    words: u64,
    last_sign: Option<u64>,
    /// The last word that names something that only the field's verbs go with, such as "model".
    last_subject: Option<u64>,
    /// Which of the last words of two letters or more were in capitals, a bit each, the last one lowest.
    capitals: u8,
    /// The last words before a parenthesis, and whether one has just opened.
    recent: VecDeque<String>,
    is_open: bool,
    /// Whether each acronym that the text itself expands means an entry.
    expanded: FxHashMap<String, bool>,
    /// Everyday words that wait for a term to show what they mean.
    waiting: VecDeque<Found<'l>>,
    /// How many names were met, and how many of them were given.
    met: usize,
    given: usize,
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
            words: 0,
            last_sign: None,
            last_subject: None,
            capitals: 0,
            recent: VecDeque::new(),
            is_open: false,
            expanded: FxHashMap::default(),
            waiting: VecDeque::new(),
            met: 0,
            given: 0,
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

    /// Gives the uses that the end of the text makes certain. Returns how many names were left out, because
    /// they may mean something else.
    pub fn finish(mut self, found: &mut impl FnMut(Use)) -> usize {
        self.flush(Link::Apart, found);
        self.met - self.given
    }

    fn word(
        &mut self,
        spelling: &str,
        position: Position,
        link: Link,
        found: &mut impl FnMut(Use),
    ) {
        self.words += 1;
        let observed = self.capitals & ((1 << OBSERVED) - 1);
        self.observe_case(spelling);
        self.observe_expansion(spelling);
        let follows_subject = self.last_subject.is_some_and(|last| last + 1 == self.words);
        if self.lexicon.is_subject(spelling) {
            self.last_subject = Some(self.words);
        }
        let Some(word) = self.lexicon.word(spelling) else {
            self.flush(link, found);
            return;
        };
        if self.window.len() == LONGEST_NAME {
            self.settle(link, found);
        }
        self.window.push_back(Token {
            word,
            spelling: spelling.to_string(),
            position,
            number: self.words,
            is_shouted: observed.count_ones() >= LOUD,
            link,
            follows_subject,
        });
    }

    /// Notes whether a word is in capitals. An acronym always is, and says nothing.
    fn observe_case(&mut self, spelling: &str) {
        if spelling.len() > 1 {
            let is_acronym = || {
                let target = self.lexicon.find(&[spelling]);
                target.is_some_and(|target| target.own_case.is_some())
            };
            let is_loud = spelling.bytes().all(|byte| byte.is_ascii_uppercase()) && !is_acronym();
            self.capitals = self.capitals << 1 | u8::from(is_loud);
        }
    }

    /// Notes what the text says that an acronym stands for: "sparse attention (SA)".
    fn observe_expansion(&mut self, spelling: &str) {
        let initials = spelling.strip_suffix('s').unwrap_or(spelling);
        let is_acronym = (2..=LONGEST_EXPANSION).contains(&initials.len())
            && initials.bytes().all(|byte| byte.is_ascii_uppercase());
        if std::mem::take(&mut self.is_open) && is_acronym {
            let others = self.recent.len().saturating_sub(initials.len());
            let words: Vec<&str> = self.recent.range(others..).map(String::as_str).collect();
            let first = |word: &&str| word.chars().next().map(|c| c.to_ascii_uppercase());
            if words.iter().filter_map(first).eq(initials.chars()) {
                let entries = |words: &[&str]| self.lexicon.find(words).map(|name| &name.entries);
                let is_meant = entries(&words)
                    .zip(entries(&[initials]))
                    .is_some_and(|(meant, named)| named.iter().any(|id| meant.contains(id)));
                self.expanded.insert(initials.to_string(), is_meant);
            }
        }
        if self.recent.len() == LONGEST_EXPANSION {
            self.recent.pop_front();
        }
        self.recent.push_back(spelling.to_string());
    }

    /// Settles what is left in the window. Nothing that follows can go on with it; `next` is how that
    /// follows.
    fn flush(&mut self, next: Link, found: &mut impl FnMut(Use)) {
        while !self.window.is_empty() {
            self.settle(next, found);
        }
    }

    /// Takes the longest name out of the window, or its first word if no name starts with that.
    fn settle(&mut self, next: Link, found: &mut impl FnMut(Use)) {
        let longest = self.lexicon.longest(self.window.iter());
        let taken = longest.map_or(1, |(words, _)| words);
        let next = self.window.get(taken).map_or(next, |token| token.link);
        let tokens: Vec<Token> = self.window.drain(..taken).collect();
        if let Some((_, target)) = longest {
            self.decide(target, &tokens, next, found);
        }
    }

    /// Decides whether a name counts.
    fn decide(
        &mut self,
        target: &'l Target,
        tokens: &[Token],
        next: Link,
        found: &mut impl FnMut(Use),
    ) {
        let first = &tokens[0];
        let now = first.number;
        self.met += usize::from(!target.entries.is_empty());
        let is_acronym = target.own_case.is_some();
        let is_shouted = first.is_shouted && is_acronym;
        let is_in_compound = [first.link, next].contains(&Link::Hyphen);
        let expanded = self.expanded.get(&first.spelling).filter(|_| is_acronym);
        let meaning = match (expanded, target.meaning) {
            (Some(false), _) => return,
            (Some(true), _) => Meaning::Term,
            // "The model hallucinates"
            (None, Meaning::Everyday) if first.follows_subject && !is_in_compound => Meaning::Term,
            (None, meaning) => meaning,
        };
        let name = Found::new(target, tokens);
        self.waiting
            .retain(|waiting| !is_too_far(waiting.number, now));
        match meaning {
            _ if self.everyday == EverydayWords::Always => name.emit(&mut self.given, found),
            Meaning::Aside => {}
            // Nothing sets it apart from the everyday word, or from a part of another name.
            Meaning::Everyday if is_shouted || is_in_compound => {}
            Meaning::Term if !is_shouted => {
                self.last_sign = Some(now);
                for waiting in self.waiting.drain(..) {
                    waiting.emit(&mut self.given, found);
                }
                name.emit(&mut self.given, found);
            }
            Meaning::Quiet if !is_shouted => name.emit(&mut self.given, found),
            // A sign was not far before it, or may follow.
            _ if self.last_sign.is_some_and(|sign| !is_too_far(sign, now)) => {
                name.emit(&mut self.given, found);
            }
            _ => self.waiting.push_back(name),
        }
    }
}

impl<'l> Found<'l> {
    fn new(target: &'l Target, tokens: &[Token]) -> Self {
        let mut words = String::new();
        for token in tokens {
            match token.link {
                _ if words.is_empty() => {}
                Link::Hyphen => words.push('-'),
                Link::Apart => words.push(' '),
                Link::Joined => {}
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
            target,
            position: first.position,
            words,
            length,
            number: first.number,
        }
    }

    /// Gives the uses of a name, and counts it.
    fn emit(&self, given: &mut usize, found: &mut impl FnMut(Use)) {
        *given += usize::from(!self.target.entries.is_empty());
        for &id in &self.target.entries {
            found(Use {
                id,
                position: self.position,
                words: self.words.clone(),
                length: self.length,
            });
        }
    }
}

/// Whether a word is out of reach of a later one.
fn is_too_far(then: u64, now: u64) -> bool {
    then + REACH < now
}
