//! The names of an entry: its slug, title, short name, aliases and the narrower names it covers.
//!
//! Owns which spellings lead to an entry. It must not know how a spelling is compared (`key`) or
//! looked up.

use super::Entry;

/// By which right a name leads to an entry, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The stem of its file.
    Slug,
    /// Its title, with or without the part in parentheses.
    Title,
    /// The part of its title in parentheses, mostly an acronym.
    Short,
    /// A synonym.
    Alias,
    /// A narrower thing that the entry explains.
    Covered,
}

impl Kind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 5] = [
        Self::Slug,
        Self::Title,
        Self::Short,
        Self::Alias,
        Self::Covered,
    ];
}

/// A name as its author spelled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'e> {
    /// The spelling.
    pub text: std::borrow::Cow<'e, str>,
    /// What it is to the entry.
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
    /// Takes a title apart.
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

/// A title taken apart: `Generative Adversarial Network (GAN)` is a headword and a short name.
///
/// The parentheses may stand anywhere: `ROC (Receiver Operating Characteristic) Curve` is the
/// headword `ROC Curve`.
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
            kind: Kind::Short,
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

/// A listed name may carry a short form too: `Exponential Linear Unit (ELU)`.
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
