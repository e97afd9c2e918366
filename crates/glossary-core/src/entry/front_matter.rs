//! The front matter of an entry: YAML between two lines of `---`, TOML between two of `+++`, or JSON.

use super::diagnostic::{Diagnostic, Place};
use super::markdown::{holds, is_unprintable};
use super::normalize::fold;
use super::rule::Rule;
use super::value::{Invalid, Map, Value};

/// Longer front matter is refused unread: the time of the YAML parser grows with the square of nesting.
pub const MAX_BYTES: usize = 16 * 1024;

/// Front matter is looked for in this many lines.
const MAX_LEAD: usize = 40;

/// The keys of an entry's front matter that this program reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// The headword, with an acronym in parentheses. Optional in an entry that only hides another.
    pub title: String,
    /// Whether the entry is not ready to be shown.
    pub draft: bool,
    /// Whether the file only hides the entry with its slug in the glossaries beneath.
    pub hidden: bool,
    /// The end of the page's address in a Hugo site. Lookups use the stem of the file instead;
    /// `entry::check` says where they differ.
    pub slug: Option<String>,
    /// Synonyms and other spellings.
    pub aliases: Vec<String>,
    /// Narrower names that the entry explains.
    pub covers: Vec<String>,
    /// Names that the field also uses for the subject of another entry.
    pub homonyms: Vec<String>,
    /// Topics, the main one first.
    pub tags: Vec<String>,
    /// Slugs of what to understand first.
    pub requires: Vec<String>,
    /// Publications: authors, title, year.
    pub sources: Vec<String>,
    /// Descriptions by people who do not know the term. Only `search` reads them.
    pub keywords: Vec<String>,
}

/// The keys of the native layout.
pub const KEYS: [&str; 13] = [
    "title", "slug", "draft", "type", "layout", "aliases", "covers", "homonyms", "tags",
    "requires", "sources", "keywords", "hidden",
];

impl FrontMatter {
    /// Reads the keys of a map.
    #[must_use]
    pub fn from_map(map: &Map) -> Self {
        let get = |key: &str| {
            map.iter()
                .find(|(name, _)| fold(name) == key)
                .map(|(_, value)| value)
        };
        let text = |key| {
            get(key)
                .and_then(Value::text)
                .map(|text| text.trim().to_string())
        };
        let list = |key| get(key).map(Value::texts).into_iter().flatten();
        let listed = |key| {
            list(key)
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(ToString::to_string)
                .collect()
        };
        let is_true = |key| get(key).is_some_and(is_true);
        Self {
            title: text("title").unwrap_or_default(),
            draft: is_true("draft"),
            hidden: is_true("hidden"),
            slug: text("slug"),
            aliases: split(get("aliases")),
            covers: listed("covers"),
            homonyms: listed("homonyms"),
            tags: split(get("tags")),
            requires: split(get("requires")),
            sources: listed("sources"),
            keywords: split(get("keywords")),
        }
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let lists = [
            &self.aliases,
            &self.covers,
            &self.homonyms,
            &self.tags,
            &self.requires,
            &self.sources,
            &self.keywords,
        ];
        std::iter::once(&self.title).chain(lists.into_iter().flatten())
    }
}

/// Whether a value means yes, either as a Boolean or as text.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    value
        .text()
        .is_some_and(|text| ["true", "yes", "on"].contains(&text.to_lowercase().as_str()))
}

/// Names without the addresses that redirect to a page of a Hugo site: those begin with a slash.
fn names<'v>(texts: impl Iterator<Item = &'v str>) -> Vec<String> {
    texts
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.starts_with('/'))
        .map(ToString::to_string)
        .collect()
}

/// The texts of a list, or of one text with commas between them.
fn split(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(_)) => names(value.into_iter().flat_map(Value::texts)),
        _ => names(
            value
                .and_then(Value::text)
                .into_iter()
                .flat_map(|text| text.split([',', ';'])),
        ),
    }
}

/// The forms of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// No front matter.
    None,
    /// Between two lines of `---`.
    Yaml,
    /// Between two lines of `+++`.
    Toml,
    /// An object at the beginning of the file.
    Json,
}

/// Front matter and where it ends.
#[derive(Debug)]
pub struct Front {
    /// How it is written.
    pub form: Form,
    /// Its keys and values.
    pub map: Map,
    /// The byte at which the body begins.
    pub body: usize,
}

/// Reads the front matter of an entry in the native layout; also gives the byte at which the body
/// begins.
///
/// # Errors
/// Front matter that is missing, unclosed, not YAML, or without a title.
pub fn read(text: &str) -> Result<(FrontMatter, usize), Diagnostic> {
    let refuse = |message: &str| Err(Diagnostic::new(Rule::FrontMatter, Place::START, message));
    let found = find(text)?;
    match found.form {
        Form::Yaml => {}
        Form::Toml => return refuse("TOML front matter; write it as YAML between `---`"),
        Form::Json => return refuse("JSON front matter; write it as YAML between `---`"),
        Form::None => {
            return refuse("no front matter; begin the file with `---`, a title and `---`");
        }
    }
    let front = FrontMatter::from_map(&found.map);
    if !front.hidden && front.title.is_empty() {
        return refuse("no title; write `title: \"The Term\"`");
    }
    if let Some(text) = front.texts().find(|text| holds(text, is_unprintable)) {
        return refuse(&format!("control character in {text:?}; take it out"));
    }
    Ok((front, found.body))
}

/// Finds and parses front matter; a file may have none.
///
/// # Errors
/// Front matter that is not closed, too large, invalid, or not a map.
pub fn find(text: &str) -> Result<Front, Diagnostic> {
    let start = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let opening = text[start..].lines().next().unwrap_or_default().trim_end();
    let none = Front {
        form: Form::None,
        map: Map::new(),
        body: 0,
    };
    let (form, end, map) = match opening {
        "---" | "+++" => {
            let form = if opening == "---" {
                Form::Yaml
            } else {
                Form::Toml
            };
            let start = start
                + text[start..]
                    .find('\n')
                    .map_or(opening.len(), |newline| newline + 1);
            let Some(end) = close(text, start, opening)? else {
                return Ok(none);
            };
            let inner = &text[start..end];
            let value = match form {
                Form::Yaml => Value::from_yaml(inner),
                _ => Value::from_toml(inner),
            };
            let end = end
                + text[end..]
                    .find('\n')
                    .map_or(text.len() - end, |newline| newline + 1);
            (
                form,
                end,
                value.map_err(|error| invalid(text, start, form, &error))?,
            )
        }
        line if is_json(line, &text[start..]) => {
            let (value, length) = Value::from_json(&text[start..])
                .map_err(|error| invalid(text, start, Form::Json, &error))?;
            (Form::Json, start + length, value)
        }
        _ => return refuse_late(text).map(|()| none),
    };
    match map {
        Value::Map(map) => Ok(Front {
            form,
            map,
            body: end,
        }),
        Value::Null => Ok(Front {
            form,
            map: Map::new(),
            body: end,
        }),
        _ => Err(Diagnostic::new(
            Rule::FrontMatter,
            Place::at(text, start),
            "the front matter is not a map; write lines of `key: value`",
        )),
    }
}

/// Whether a file begins with a JSON object rather than a macro.
fn is_json(line: &str, text: &str) -> bool {
    let after = text
        .strip_prefix('{')
        .map(|rest| rest.trim_start().chars().next());
    line.starts_with('{') && matches!(after, Some(Some('"' | '}')))
}

/// The byte at which the closing line of front matter begins. A line of dashes without a key under it does
/// not open front matter.
fn close(text: &str, start: usize, mark: &str) -> Result<Option<usize>, Diagnostic> {
    let inner = text.get(start..).unwrap_or_default();
    let mut at = start;
    for line in inner.split_inclusive('\n') {
        if line.trim_end() == mark {
            return Ok(Some(at));
        }
        if ["## ", "### ", "#### "]
            .iter()
            .any(|heading| line.starts_with(heading))
        {
            break;
        }
        at += line.len();
        if at > start + MAX_BYTES {
            break;
        }
    }
    if !inner.lines().next().is_some_and(is_key) {
        return Ok(None);
    }
    let message = if at > start + MAX_BYTES {
        "front matter over 16 KiB; shorten it, or close it".to_string()
    } else {
        format!("front matter is not closed; put a line `{mark}` under it")
    };
    Err(Diagnostic::new(Rule::FrontMatter, Place::START, message))
}

/// Whether a line is one of front matter: `key: value`, or `key = value`.
fn is_key(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    })
}

/// Refuses front matter that has text before it, because it would be read as text.
fn refuse_late(text: &str) -> Result<(), Diagnostic> {
    const KEYS: [&str; 6] = ["title:", "term:", "tags:", "date:", "draft:", "layout:"];
    let mut lines = text.lines().take(MAX_LEAD).enumerate();
    let mut in_code = false;
    while let Some((number, line)) = lines.next() {
        in_code ^= line.starts_with("```");
        if line.trim_end() != "---" || in_code {
            continue;
        }
        let mut keys = lines
            .clone()
            .map(|(_, line)| line)
            .take_while(|line| line.trim_end() != "---");
        let is_closed = lines.clone().any(|(_, line)| line.trim_end() == "---");
        if is_closed
            && keys.clone().next().is_some_and(is_key)
            && keys.any(|line| KEYS.iter().any(|key| line.to_lowercase().starts_with(key)))
        {
            let place = Place {
                line: number + 1,
                column: 1,
            };
            let message = "text before the front matter; put the front matter first";
            return Err(Diagnostic::new(Rule::FrontMatter, place, message));
        }
    }
    Ok(())
}

fn invalid(text: &str, start: usize, form: Form, error: &Invalid) -> Diagnostic {
    let name = match form {
        Form::Toml => "TOML",
        Form::Json => "JSON",
        _ => "YAML",
    };
    let place = Place::at(text, start + error.byte);
    Diagnostic::new(
        Rule::FrontMatter,
        place,
        format!("invalid {name}: {}", error.reason),
    )
}
