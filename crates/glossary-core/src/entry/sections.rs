//! The sections of an entry: their headings and positions.

use std::ops::Range;

use super::markdown;
use super::normalize::fold;

/// The depth of an explanation, in the order of the page.
#[allow(
    clippy::enum_variant_names,
    reason = "“in depth” is what the section is called"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// One or two sentences.
    Summary,
    /// For a ten-year-old.
    Eli5,
    /// For an engineer.
    InDepth,
}

impl Depth {
    /// All depths in the order of the page.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Eli5, Self::InDepth];

    /// The heading of the section.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Eli5 => "ELI5",
            Self::InDepth => "In-depth explanation",
        }
    }
}

/// The heading of the section that lists the related terms.
pub const RELATED: &str = "Related terms";

/// Headings as they are found in the wild, folded, with the section that they open.
const HEADINGS: [(&str, Part); 9] = [
    ("summary", Part::Explains(Depth::Summary)),
    ("eli5", Part::Explains(Depth::Eli5)),
    ("explainlikeimfive", Part::Explains(Depth::Eli5)),
    ("indepthexplanation", Part::Explains(Depth::InDepth)),
    ("indepth", Part::Explains(Depth::InDepth)),
    ("relatedterms", Part::Related),
    ("relatedterm", Part::Related),
    ("related", Part::Related),
    ("seealso", Part::Related),
];

/// Whether a heading opens a section.
#[must_use]
pub fn is_section(heading: &str) -> bool {
    let key = fold(heading);
    HEADINGS.iter().any(|(name, _)| *name == key)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Explains(Depth),
    Related,
}

/// Where each section's text stands in the file, in bytes, without its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sections {
    depths: [Option<Range<usize>>; 3],
    related: Option<Range<usize>>,
}

impl Sections {
    /// Finds the sections of a text whose body begins at byte `body`.
    ///
    /// A section ends at the next heading that opens one, or at a heading of its own level or above;
    /// headings below its level belong to it. Of two sections with one name, the first counts.
    #[must_use]
    pub fn find(text: &str, body: usize) -> Self {
        let headings = markdown::headings(text.get(body..).unwrap_or_default());
        let part = |heading: &markdown::Heading| {
            let key = fold(&heading.title);
            let known = HEADINGS.iter().find(|(name, _)| *name == key);
            known
                .filter(|_| (2..=4).contains(&heading.level))
                .map(|(_, part)| *part)
        };
        let mut found = Self::default();
        for (number, heading) in headings.iter().enumerate() {
            let Some(opened) = part(heading) else {
                continue;
            };
            let end = headings[number + 1..]
                .iter()
                .find(|next| next.level <= heading.level || part(next).is_some())
                .map_or(text.len(), |next| body + next.start);
            let slot = match opened {
                Part::Explains(depth) => &mut found.depths[depth as usize],
                Part::Related => &mut found.related,
            };
            if slot.is_none() {
                *slot = Some(body + heading.end..end);
            }
        }
        found
    }

    /// Whether there is a section that explains.
    #[must_use]
    pub fn explain(&self) -> bool {
        self.depths.iter().any(Option::is_some)
    }

    /// The text of a body without its sections, with their headings.
    #[must_use]
    pub fn outside(&self, text: &str, body: usize) -> String {
        let ranges = self.depths.iter().flatten().chain(&self.related);
        let mut ranges: Vec<&Range<usize>> = ranges.collect();
        ranges.sort_by_key(|range| range.start);
        let mut outside = String::new();
        let mut at = body;
        for range in ranges {
            outside.push_str(text.get(at..range.start).unwrap_or_default());
            outside.push('\n');
            at = at.max(range.end);
        }
        outside + text.get(at..).unwrap_or_default()
    }

    /// Sections at known places, for entries that were read before.
    #[must_use]
    pub fn at(depths: [Option<Range<usize>>; 3], related: Option<Range<usize>>) -> Self {
        Self { depths, related }
    }

    /// Where a depth's section stands.
    #[must_use]
    pub fn of(&self, depth: Depth) -> Option<Range<usize>> {
        self.depths[depth as usize].clone()
    }

    /// Where the related terms stand.
    #[must_use]
    pub fn related(&self) -> Option<Range<usize>> {
        self.related.clone()
    }
}
