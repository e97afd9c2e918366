//! The front matter of an entry: YAML between two lines of `---`.
//!
//! Owns the reading of YAML and is the only place that names `serde_yaml`, which its author has
//! archived: size and nesting are bounded before it sees a byte. It must not know of sections.

use serde::Deserialize;

use super::markdown::{holds, is_unprintable};
use super::problem::{Place, Problem};
use super::rule::Rule;

/// Longer front matter is refused unread: the YAML parser's time grows with the square of nesting.
pub const MAX_BYTES: usize = 16 * 1024;

/// More brackets than this are refused unread, for the same reason.
const MAX_BRACKETS: usize = 512;

/// What stands above the text of an entry. Keys that are not listed here are left to others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct FrontMatter {
    /// The headword, with a short name in parentheses; what hides an entry needs none.
    #[serde(default, deserialize_with = "title")]
    pub title: String,
    /// Not to be shown yet.
    #[serde(default)]
    pub draft: bool,
    /// Takes the entry with this slug out of the layers below.
    #[serde(default)]
    pub hidden: bool,
    /// What a Hugo site has in the page's address in the place of the file's stem. Here the stem counts
    /// alone; `entry::check` says where they differ.
    #[serde(default, deserialize_with = "text")]
    pub slug: Option<String>,
    /// Synonyms and other spellings.
    #[serde(default, deserialize_with = "names")]
    pub aliases: Vec<String>,
    /// Narrower names that the entry explains.
    #[serde(default, deserialize_with = "names")]
    pub covers: Vec<String>,
    /// Names that the field uses for another entry's thing as well.
    #[serde(default, deserialize_with = "names")]
    pub homonyms: Vec<String>,
    /// Topics, the main one first.
    #[serde(default, deserialize_with = "names")]
    pub tags: Vec<String>,
    /// Slugs of what to understand first.
    #[serde(default, deserialize_with = "names")]
    pub requires: Vec<String>,
    /// Where the thing comes from: authors, title, year.
    #[serde(default, deserialize_with = "names")]
    pub sources: Vec<String>,
    /// Words for it of those who do not know its name; for searching alone.
    #[serde(default, deserialize_with = "keywords")]
    pub keywords: Vec<String>,
}

/// The keys that an entry's front matter may hold and this program reads.
pub const KEYS: [&str; 13] = [
    "title", "slug", "draft", "type", "layout", "aliases", "covers", "homonyms", "tags",
    "requires", "sources", "keywords", "hidden",
];

/// A title; a key without a value is an empty one.
fn title<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(from)?.unwrap_or_default())
}

/// A text; what is written like a number is one too, and anything else is as good as nothing.
fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_yaml::Value::deserialize(from)? {
        serde_yaml::Value::String(text) => Some(text),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A list of names; a key without a value is an empty list. In a Hugo site, `aliases` may also hold
/// addresses that redirect to the page; those begin with a slash and are no names.
fn names<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let listed = Option::<Vec<String>>::deserialize(from)?.unwrap_or_default();
    Ok(listed
        .into_iter()
        .filter(|name| !name.trim().is_empty() && !name.starts_with('/'))
        .collect())
}

/// A list of keywords, or a text of keywords with commas between, as Hugo sites have both.
fn keywords<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Keywords {
        List(Vec<String>),
        Text(String),
    }
    Ok(match Option::<Keywords>::deserialize(from)? {
        None => Vec::new(),
        Some(Keywords::List(list)) => list,
        Some(Keywords::Text(text)) => text
            .split(',')
            .map(|word| word.trim().to_string())
            .collect(),
    })
}

/// Reads the front matter of a file; also gives the byte at which the body begins.
///
/// # Errors
/// Front matter that is missing, unclosed, of another kind, too large, or that YAML or the keys'
/// types do not allow.
pub fn read(text: &str) -> Result<(FrontMatter, usize), Problem> {
    let block = split(text)?;
    let yaml = &text[block.start..block.end];
    let refuse = |place, message: &str| Err(Problem::new(Rule::FrontMatter, place, message));
    if yaml.len() > MAX_BYTES {
        return refuse(
            Place::START,
            "front matter over 16 KiB; shorten it, or close it with `---`",
        );
    }
    if yaml.bytes().filter(|byte| b"[{".contains(byte)).count() > MAX_BRACKETS
        || yaml
            .lines()
            .any(|line| line.matches("- ").count() > MAX_BRACKETS / 8)
    {
        return refuse(
            Place::START,
            "front matter nested too deep; its values are texts and lists of texts",
        );
    }
    let front: FrontMatter = serde_yaml::from_str(yaml).map_err(|error| {
        let place = error.location().map_or(Place::START, |location| Place {
            line: location.line() + Place::at(text, block.start).line - 1,
            column: location.column(),
        });
        Problem::new(Rule::FrontMatter, place, reason(&error.to_string()))
    })?;
    let title = front.title.trim();
    if !front.hidden && title.is_empty() {
        return refuse(Place::START, "no title; write `title: \"The Term\"`");
    }
    let texts = std::iter::once(&front.title).chain(
        [
            &front.aliases,
            &front.covers,
            &front.homonyms,
            &front.tags,
            &front.requires,
            &front.sources,
            &front.keywords,
        ]
        .into_iter()
        .flatten(),
    );
    if let Some(text) = texts.into_iter().find(|text| holds(text, is_unprintable)) {
        let message = format!("control character in {text:?}; take it out");
        return refuse(Place::START, &message);
    }
    Ok((front, block.body))
}

/// What the YAML parser says, without the location that the problem carries anyway.
fn reason(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    message.to_string()
}

/// Where the YAML stands, and where the body begins, in bytes.
struct Block {
    start: usize,
    end: usize,
    body: usize,
}

fn split(text: &str) -> Result<Block, Problem> {
    let missing = |message: &str| Err(Problem::new(Rule::FrontMatter, Place::START, message));
    let mut lines = Lines { text, at: 0 };
    let opening = loop {
        match lines.next() {
            None => {
                return missing("no front matter; begin the file with `---`, a title and `---`");
            }
            Some((_, line)) if line.trim().is_empty() => {}
            Some((_, line)) => break line.trim_end(),
        }
    };
    match opening {
        "---" => {}
        "+++" => {
            return missing(
                "TOML front matter (`+++`) is not read; write it as YAML between `---`",
            );
        }
        line if line.starts_with('{') => {
            return missing("JSON front matter is not read; write it as YAML between `---`");
        }
        _ => return missing("no front matter; begin the file with `---`, a title and `---`"),
    }
    let start = lines.at;
    while let Some((at, line)) = lines.next() {
        if line.trim_end() == "---" {
            return Ok(Block {
                start,
                end: at,
                body: lines.at,
            });
        }
        if line.starts_with("## ") || line.starts_with("### ") || line.starts_with("#### ") {
            break;
        }
        if at > start + MAX_BYTES {
            return missing("front matter over 16 KiB; shorten it, or close it with `---`");
        }
    }
    missing("front matter is not closed; put a line `---` under it")
}

/// The lines of a text with the byte at which each begins.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        self.at += length;
        Some((start, rest[..length].trim_end_matches(['\n', '\r'])))
    }
}
