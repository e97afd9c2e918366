//! The names of an entry: its slug, title, acronym, aliases, and covered names.

use super::Entry;

/// How a name is related to its entry, the strongest relation first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The stem of the file's name.
    Slug,
    /// Its title, with or without the part in parentheses.
    Title,
    /// The part of its title in parentheses, mostly an acronym.
    Acronym,
    /// A synonym.
    Alias,
    /// A narrower name that the entry defines.
    Covered,
}

impl Kind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 5] = [
        Self::Slug,
        Self::Title,
        Self::Acronym,
        Self::Alias,
        Self::Covered,
    ];
}

/// A name as its author spelled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'e> {
    /// The spelling.
    pub text: std::borrow::Cow<'e, str>,
    /// How it is related to the entry.
    pub kind: Kind,
}

/// A title and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// As its author spelled it: `Generative Adversarial Network (GAN)`.
    pub full: String,
    /// Without the part in parentheses.
    pub headword: String,
    /// The part in parentheses, usually an acronym.
    pub acronym: Option<String>,
}

impl Title {
    /// Splits a title.
    #[must_use]
    pub fn parse(full: &str) -> Self {
        let (headword, acronym) = split_title(full);
        Self {
            full: full.to_string(),
            headword,
            acronym: acronym.map(str::to_string),
        }
    }
}

/// Splits a title into headword and acronym: `Generative Adversarial Network (GAN)`.
///
/// The parentheses may be anywhere: the headword of `ROC (Receiver Operating Characteristic) Curve` is
/// `ROC Curve`.
#[must_use]
pub fn split_title(title: &str) -> (String, Option<&str>) {
    let parts = title
        .split_once(['(', '（'])
        .and_then(|(before, rest)| Some((before, rest.split_once([')', '）'])?)));
    let Some((before, (short, after))) = parts else {
        return (title.trim().to_string(), None);
    };
    let (before, short, after) = (before.trim(), short.trim(), after.trim());
    let headword = format!("{before} {after}").trim().to_string();
    if headword.is_empty() || short.is_empty() {
        return (title.trim().to_string(), None);
    }
    (headword, Some(short))
}

/// Every name of an entry, the strongest kinds first.
pub(super) fn of(entry: &Entry) -> impl Iterator<Item = Name<'_>> {
    let front = &entry.front;
    let (headword, short) = split_title(&front.title);
    let own = [
        Name {
            text: entry.slug.as_str().into(),
            kind: Kind::Slug,
        },
        Name {
            text: front.title.as_str().into(),
            kind: Kind::Title,
        },
        Name {
            text: headword.into(),
            kind: Kind::Title,
        },
    ];
    own.into_iter()
        .chain(short.map(|text| Name {
            text: text.into(),
            kind: Kind::Acronym,
        }))
        .chain(
            front
                .aliases
                .iter()
                .flat_map(|text| spellings(text, Kind::Alias)),
        )
        .chain(
            front
                .covers
                .iter()
                .flat_map(|text| spellings(text, Kind::Covered)),
        )
}

/// The spellings of a listed name, which may have an acronym: `Exponential Linear Unit (ELU)`.
fn spellings(text: &str, kind: Kind) -> Vec<Name<'_>> {
    let (headword, short) = split_title(text);
    let whole = Name {
        text: text.into(),
        kind,
    };
    match short {
        None => vec![whole],
        Some(short) => vec![
            whole,
            Name {
                text: headword.into(),
                kind,
            },
            Name {
                text: short.into(),
                kind,
            },
        ],
    }
}
