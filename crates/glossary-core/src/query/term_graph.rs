//! The entries around an entry: what to read first, and what is related.

use std::collections::{HashMap, HashSet};

use super::graph;
use super::summary::EntrySummary;
use crate::corpus::{Corpus, Id};
use crate::error::Result;

/// Entries and the links between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermGraph<'c> {
    /// The entries, each once. A course has them in the order in which to read them, its goal last;
    /// related terms start with the entry itself, followed by the others, the closest first.
    pub nodes: Vec<Node<'c>>,
    /// The links, as positions in `nodes`: from what to read first to what requires it, or from an entry
    /// to one that it lists as related.
    pub edges: Vec<(usize, usize)>,
}

/// An entry in a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'c> {
    /// What it is called.
    pub title: String,
    /// The entry; `None` when no entry has that title.
    pub entry: Option<EntrySummary<'c>>,
    /// How the walk got there.
    pub relation: Relation,
    /// The position of the node from which the walk got there; `None` for the start.
    pub parent: Option<usize>,
}

/// How a walk got to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The walk started there.
    Start,
    /// By so many links.
    Steps(usize),
    /// The entry lists the start as related.
    Backlink,
}

impl<'c> TermGraph<'c> {
    fn push(&mut self, corpus: &'c Corpus, id: Id, relation: Relation) -> Result<usize> {
        let entry = EntrySummary::read(corpus, id)?;
        self.nodes.push(Node {
            title: entry.head.title.to_string(),
            entry: Some(entry),
            relation,
            parent: None,
        });
        Ok(self.nodes.len() - 1)
    }
}

/// What to read to understand an entry: all that it requires within `depth` steps, each after all that
/// it requires itself, the entry last.
///
/// A depth-first walk that notes an entry once all that it requires is noted (Cormen et al.,
/// Introduction to Algorithms, section on topological sort).
pub fn prerequisites(corpus: &Corpus, id: Id, depth: usize) -> Result<TermGraph<'_>> {
    let requires = graph::requirements_within(corpus, id, depth)?;
    let required_by = |id: Id| requires.get(&id).map(Vec::as_slice).unwrap_or_default();
    let (mut graph, mut parents) = (TermGraph::default(), Vec::new());
    let mut positions = HashMap::new();
    let mut entered = HashSet::from([id]);
    let mut trail = vec![(id, required_by(id).iter())];
    while let Some((current, rest)) = trail.last_mut() {
        let current = *current;
        match rest.next() {
            None => {
                trail.pop();
                let parent = trail.last().map(|(parent, _)| *parent);
                let relation = parent.map_or(Relation::Start, |_| Relation::Steps(1));
                positions.insert(current, graph.push(corpus, current, relation)?);
                parents.push((current, parent));
            }
            Some(&next) if requires.contains_key(&next) && entered.insert(next) => {
                trail.push((next, required_by(next).iter()));
            }
            Some(_) => {}
        }
    }
    for (at, (id, parent)) in parents.into_iter().enumerate() {
        graph.nodes[at].parent = parent.map(|parent| positions[&parent]);
        let first = required_by(id).iter().filter_map(|id| positions.get(id));
        graph.edges.extend(first.map(|&first| (first, at)));
    }
    Ok(graph)
}

/// The terms that an entry lists as related, those that they list, and so on for `depth` steps; then the
/// entries that list it without being listed by it.
pub fn related_terms(corpus: &Corpus, start: Id, depth: usize) -> Result<TermGraph<'_>> {
    let mut walk = RelatedWalk::default();
    walk.visit(corpus, start, Relation::Start)?;
    let mut ring = vec![start];
    for step in 1..=depth {
        let mut next = Vec::new();
        for id in ring {
            next.extend(walk.follow(corpus, id, step)?);
        }
        ring = next;
    }
    for id in graph::naming(corpus, start)? {
        let from = match walk.positions.get(&id) {
            Some(&from) => from,
            None => walk.visit(corpus, id, Relation::Backlink)?,
        };
        if !walk.graph.edges.contains(&(from, 0)) {
            walk.graph.edges.push((from, 0));
        }
    }
    Ok(walk.graph)
}

/// A walk along related terms.
#[derive(Default)]
struct RelatedWalk<'c> {
    graph: TermGraph<'c>,
    /// The position of each entry in the graph.
    positions: HashMap<Id, usize>,
}

impl<'c> RelatedWalk<'c> {
    fn visit(&mut self, corpus: &'c Corpus, id: Id, relation: Relation) -> Result<usize> {
        let at = self.graph.push(corpus, id, relation)?;
        self.positions.insert(id, at);
        Ok(at)
    }

    /// Follows the links of an entry; gives the entries that are new.
    fn follow(&mut self, corpus: &'c Corpus, id: Id, step: usize) -> Result<Vec<Id>> {
        let from = self.positions[&id];
        let relation = Relation::Steps(step);
        let mut new = Vec::new();
        for term in graph::related(corpus, id)? {
            let known = term.id.map(|target| self.positions.get(&target).copied());
            let to = match (term.id, known.flatten()) {
                (Some(_), Some(to)) => to,
                (Some(target), None) => {
                    new.push(target);
                    let to = self.visit(corpus, target, relation)?;
                    self.graph.nodes[to].parent = Some(from);
                    to
                }
                // Further away, missing entries say little.
                (None, _) if step > 1 => continue,
                (None, _) => {
                    self.graph.nodes.push(Node {
                        title: term.title,
                        entry: None,
                        relation,
                        parent: Some(from),
                    });
                    self.graph.nodes.len() - 1
                }
            };
            self.graph.edges.push((from, to));
        }
        Ok(new)
    }
}
