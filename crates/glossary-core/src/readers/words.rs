//! The words that glossaries use for their parts: keys, column names, headings, and labels.
//!
//! They are compared by letters and digits only, ignoring case: `shortDescription` is
//! `short_description`.

use unicode_normalization::UnicodeNormalization;

use crate::entry::key::fold;

/// What a key, column, heading, or label says about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Term,
    Slug,
    Names,
    FullName,
    Tags,
    Draft,
    Published,
    Summary,
    Text,
    Eli5,
    InDepth,
    Related,
}

/// Words for each role, the strongest first.
const ROLES: [(Role, &str); 13] = [
    (
        Role::Term,
        "term title name word headword concept phrase keyword",
    ),
    (Role::Slug, "slug id key"),
    (
        Role::Names,
        "aka alias aliases synonym synonyms alsoknownas alsocalled othername othernames abbreviation \
         abbreviations abbr abbrev acronym acronyms",
    ),
    (Role::FullName, "fullname fullform standsfor expansion"),
    (Role::Tags, "tags tag categories category topic topics"),
    (Role::Draft, "draft"),
    (Role::Published, "published"),
    (
        Role::Summary,
        "summary shortdescription shortdefinition oneliner tldr inshort excerpt hovertext tooltip",
    ),
    (
        Role::Text,
        "definition def description meaning explanation text whatitis whatitmeans",
    ),
    (
        Role::Eli5,
        "eli5 explainlikeimfive explainlikeim5 inplainenglish inplainwords insimpleterms insimplewords \
         simplyput",
    ),
    (Role::InDepth, "indepthexplanation indepth"),
    (
        Role::Related,
        "related relatedterms relatedterm relatedconcepts relatedtopics relatedentries seealso alsosee \
         see ref refs",
    ),
    (Role::Term, "用語 术语 術語 용어"),
];

/// The role of a key, or of a whole column name, heading, or label.
pub(super) fn role(name: &str) -> Option<Role> {
    rank(name).map(|(role, _)| role)
}

/// The role of a key, and how many words for it come first.
pub(super) fn rank(name: &str) -> Option<(Role, usize)> {
    let name = fold(name);
    ROLES.iter().find_map(|(role, words)| {
        let rank = words.split(' ').position(|word| word == name)?;
        Some((*role, rank))
    })
}

/// A key with a role.
pub(super) fn key(role: Role) -> &'static str {
    let words = ROLES.iter().find(|(known, _)| *known == role);
    words
        .and_then(|(_, words)| words.split(' ').next())
        .unwrap_or_default()
}

/// The role of a column: of its whole name, else of the first part or word of it that has one.
pub(super) fn column_role(name: &str) -> Option<Role> {
    let parts = name.split(['/', '(', ')', ',', '|']);
    role(name)
        .or_else(|| parts.clone().find_map(role))
        .or_else(|| parts.flat_map(str::split_whitespace).find_map(role))
}

/// Words for a glossary as a whole: those that say so wherever they occur, and those that may also
/// occur in the name of a single term.
const GLOSSARY: &str =
    "glossary glossaries glossaire glossar glosario glossario 用語集 术语表 術語表 용어집";
const LIKE_GLOSSARY: &str = "terms terminology definitions dictionary vocabulary lexicon acronyms \
    abbreviations jargon";

/// Whether a title or stem holds a word for a glossary.
pub(super) fn names_glossary(name: &str) -> bool {
    let is = |word: &str| is_glossary_word(word, &[GLOSSARY, LIKE_GLOSSARY]);
    words(name).any(|word| is(&word))
}

/// Whether a stem holds a word that only glossaries have in their names.
pub(super) fn names_glossary_surely(stem: &str) -> bool {
    words(stem).any(|word| is_glossary_word(&word, &[GLOSSARY]))
}

/// Whether a stem is a word for a glossary and nothing else.
pub(super) fn is_glossary(stem: &str) -> bool {
    is_glossary_word(&stem.to_lowercase(), &[GLOSSARY, LIKE_GLOSSARY])
}

fn is_glossary_word(word: &str, lists: &[&str]) -> bool {
    lists.iter().any(|list| is_in(word, list))
}

/// Whether a word is in a list of words.
pub(super) fn is_in(word: &str, list: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

fn words(name: &str) -> impl Iterator<Item = String> {
    let name: String = name.nfc().collect();
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_lowercase).collect::<Vec<_>>().into_iter()
}

/// Headings that are no terms where they come first or last, folded.
const APART: &str = "references reference sources notes footnotes contents tableofcontents toc index \
    introduction overview about purpose scope license contributing contribute contributors \
    acknowledgements acknowledgments credits resources links learnmore furtherreading readmore seealso \
    related relatedpages relateddocuments relateddocumentation changelog changes history bibliography \
    externallinks additionalresources morenresources nextsteps conventions usage feedback";

/// Whether a heading is about the file rather than a term, if it comes first or last.
pub(super) fn is_apart(heading: &str) -> bool {
    let folded = fold(heading);
    is_in(&folded, APART)
        || ["howto", "aboutthis", "aboutthe"]
            .iter()
            .any(|start| folded.starts_with(start))
}

/// Labels that are never terms, and those that are none if they repeat, folded.
const LABELS: &str = "note notes example examples eg usage use warning important tip hint caution info \
    see seealso reference references source sources todo remark remarks comment comments \
    nottobeconfusedwith";
const REPEATED_LABELS: &str = "context type source scope status origin translation pronunciation plural \
    purpose why when where how pros cons good bad benefits category tags owner usedby usedin applies";

/// Whether a bold name or the word before a colon is a label and no term. `count` is how often it
/// occurs in the file.
pub(super) fn is_label(name: &str, count: usize) -> bool {
    let folded = fold(name);
    is_weak(name)
        || matches!(role(name), Some(role) if !matches!(role, Role::Term | Role::Slug))
        || count >= 3
        || count >= 2 && is_in(&folded, REPEATED_LABELS)
}

/// Whether a label introduces what is beside the point: a note, an example.
pub(super) fn is_weak(name: &str) -> bool {
    is_in(&fold(name), LABELS)
}
