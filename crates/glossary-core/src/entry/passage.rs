//! Finds the passages of an entry that define a covered name or mention another entry.

use super::Entry;
use super::markdown::{self, Block, Cell, Run};
use super::names::split_title;
use super::normalize::{canonical, canonical_word, words};
use super::sections::Depth;

/// The sections that define things, in the order in which they are searched.
const DEFINING: [Depth; 3] = [Depth::InDepth, Depth::Summary, Depth::Eli5];

/// The paragraphs, list items, and table rows of an entry that may define what it covers.
pub struct Passages<'e> {
    entry: &'e Entry,
    blocks: Vec<Block>,
}

impl<'e> Passages<'e> {
    /// Reads the passages of an entry.
    #[must_use]
    pub fn read(entry: &'e Entry) -> Self {
        let blocks = passages(entry, &DEFINING);
        Self { entry, blocks }
    }

    /// Whether a name is in bold, alone or as a part of a longer text.
    #[must_use]
    pub fn has_in_bold(&self, name: &str) -> bool {
        let spellings = spellings_of(self.entry, name);
        let texts = self.blocks.iter().flat_map(bold_texts);
        texts
            .into_iter()
            .any(|text| spellings.contains(&canonical(&text)) || mentions(&text, name))
    }

    /// The passage that defines a name which the entry covers: the one with the name in bold, or else
    /// the first that contains it.
    #[must_use]
    pub fn defining(&self, name: &str) -> Option<&Block> {
        let spellings = spellings_of(self.entry, name);
        let is_name = |text: &String| spellings.contains(&canonical(text));
        let is_bold = |passage: &&Block| bold_texts(passage).iter().any(is_name);
        let has_in_bold =
            |passage: &&Block| bold_texts(passage).iter().any(|text| mentions(text, name));
        let contains = |passage: &&Block| mentions(&text_of(passage), name);
        let found = self.blocks.iter().find(is_bold);
        let found = found.or_else(|| self.blocks.iter().find(has_in_bold));
        found.or_else(|| self.blocks.iter().find(contains))
    }
}

/// The passages of an entry that mention any of the names, at most so many.
#[must_use]
pub fn mentioning(entry: &Entry, names: &[String], most: usize) -> Vec<Block> {
    let mut passages = passages(entry, &[Depth::Summary, Depth::InDepth]);
    passages.retain(|passage| {
        let text = text_of(passage);
        names.iter().any(|name| mentions(&text, name))
    });
    passages.truncate(most);
    passages
}

/// The keys of all spellings of a name that an entry lists, such as `rank-stabilized LoRA (rsLoRA)`.
fn spellings_of(entry: &Entry, name: &str) -> Vec<String> {
    let key = canonical(name);
    let of_listed = |listed: &String| {
        let (headword, acronym) = split_title(listed);
        let mut keys = vec![canonical(listed), canonical(&headword)];
        keys.extend(acronym.map(canonical));
        keys
    };
    let mut listed = entry.front.covers.iter().map(of_listed);
    let found = listed.find(|keys| keys.contains(&key));
    found.unwrap_or_else(|| vec![key])
}

/// The paragraphs, list items, and table rows of sections. A row comes with the head of its table.
fn passages(entry: &Entry, sections: &[Depth]) -> Vec<Block> {
    let mut passages = Vec::new();
    for section in sections.iter().filter_map(|&depth| entry.section(depth)) {
        add_passages(markdown::parse(section), &mut passages);
    }
    passages
}

fn add_passages(blocks: Vec<Block>, passages: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Paragraph(_) => passages.push(block),
            Block::List { items, .. } => {
                passages.extend(items.into_iter().map(|item| Block::List {
                    first: None,
                    items: vec![item],
                }));
            }
            Block::Table(rows) => {
                let mut rows = rows.into_iter();
                let head = rows.next().unwrap_or_default();
                passages.extend(rows.map(|row| Block::Table(vec![head.clone(), row])));
            }
            Block::Quote(inner) => add_passages(inner, passages),
            Block::Heading(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}

/// The text of a passage, without the head of its table.
fn text_of(passage: &Block) -> String {
    match passage {
        Block::Table(rows) => {
            let row = rows.last().into_iter().flatten();
            let cells: Vec<Cell> = row.cloned().collect();
            markdown::one_line(&[Block::Table(vec![cells])])
        }
        _ => markdown::one_line(std::slice::from_ref(passage)),
    }
}

/// The texts of a passage that are in bold, each in one piece.
fn bold_texts(passage: &Block) -> Vec<String> {
    let mut texts = Vec::new();
    let mut was_bold = false;
    markdown::each_run(std::slice::from_ref(passage), &mut |run: &Run| {
        if run.style.bold && !was_bold {
            texts.push(String::new());
        }
        if let Some(text) = texts.last_mut().filter(|_| run.style.bold) {
            text.push_str(&run.text);
        }
        was_bold = run.style.bold;
    });
    texts
}

/// Whether a text contains a name, apart from case, hyphens, plural, and British spelling.
#[must_use]
pub fn mentions(text: &str, name: &str) -> bool {
    mentions_in(&canonical_words(text), name)
}

/// The words of a text, each in its canonical form.
#[must_use]
pub fn canonical_words(text: &str) -> Vec<String> {
    words(text).map(canonical_word).collect()
}

/// Like [`mentions`], for the canonical words of a text that is asked for several names.
#[must_use]
pub fn mentions_in(words: &[String], name: &str) -> bool {
    let name = canonical(name);
    if name.is_empty() {
        return false;
    }
    // A name may be written in one word or several.
    (0..words.len()).any(|start| {
        let mut rest = name.as_str();
        for word in &words[start..] {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return true,
                Some(other) if !word.is_empty() => rest = other,
                _ => return false,
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::{Passages, mentions, text_of};
    use crate::entry::Entry;

    const TEXT: &str = "---\ntitle: Adapter\ncovers: [\"DoRA\", \"rank-stabilized adapter (rsA)\", \"VeRA\"]\n---\n\
        ### Summary\nA small part.\n\n### In-depth explanation\nDoRA and VeRA are variants.\n\n\
        - **VeRA** shares matrices.\n- Others do not.\n\n| Variant | What |\n|---|---|\n\
        | **DoRA** | splits |\n| **Rank-stabilized adapter** (rsA) | divides |\n";

    #[test]
    fn a_name_is_defined_where_it_is_in_bold() {
        let entry = Entry::parse("adapter", TEXT).unwrap();
        let passages = Passages::read(&entry);
        let passage = |name: &str| passages.defining(name).map(text_of);
        assert_eq!(passage("VeRA").unwrap(), "VeRA shares matrices.");
        assert_eq!(passage("dora").unwrap(), "DoRA splits");
        assert_eq!(
            passage("rsA").unwrap(),
            "Rank-stabilized adapter (rsA) divides"
        );
        assert_eq!(passage("small part").unwrap(), "A small part.");
        assert_eq!(passage("LoRA"), None);
    }

    #[test]
    fn a_name_may_be_written_in_several_ways() {
        assert!(mentions("All few-shot prompts help.", "few shot prompt"));
        assert!(mentions("over fitting", "overfitting"));
        assert!(!mentions("a fitting", "overfitting") && !mentions("prompts", ""));
    }
}
