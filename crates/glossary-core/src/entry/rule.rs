//! The rules for entries: their names, severities, and reasons.

/// The severity of breaking a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The entry is served, but something is better changed.
    Warning,
    /// The entry, or a part of it, cannot be used.
    Error,
}

/// Whose entries are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// The built-in glossary, whose house style is part of its contract.
    House,
    /// The user's own files, where house style is advice.
    Own,
}

/// The severity of a rule in the built-in glossary and in the user's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// An error in both: reading breaks.
    Always,
    /// An error, or a warning: something leads nowhere, or to more than one entry.
    Leads,
    /// A warning in both: something that was written is not shown.
    Lost,
    /// An error, or advice: house style.
    House,
    /// A warning, or advice: house style.
    Advice,
}

macro_rules! rules {
    ($($name:ident $id:literal $weight:ident $why:literal)*) => {
        /// A rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $why] $name,)*
        }

        impl Rule {
            /// All rules, in the order in which `--explain` lists them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The rule's name in findings and on the command line.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The reason for the rule, and what it requires.
            #[must_use]
            pub fn why(self) -> &'static str {
                match self { $(Self::$name => $why,)* }
            }

            fn weight(self) -> Weight {
                match self { $(Self::$name => Weight::$weight,)* }
            }
        }
    };
}

rules! {
    Unreadable "unreadable" Always
        "A file must be UTF-8 text of at most 1 MiB. Anything else with a name that ends in .md is probably a mistake."
    FrontMatter "front-matter" Always
        "An entry begins with YAML between two lines of `---`, with at least a title. Hugo sites can read it, too."
    Sections "sections" Always
        "An entry explains its term under the headings Summary, ELI5, or In-depth explanation. Without any of them, there is nothing to show."
    Text "no-text" Always
        "A glossary file must explain at least one term. Without any text, there is nothing to show."
    Data "data" Always
        "YAML, JSON, CSV, and TSV are glossaries if they have keys or columns for terms and their texts, such as `term` and `definition`. A file that is named like a glossary but has neither is probably broken."
    Skipped "skipped" Lost
        "An item, row, or heading without a term or text cannot be shown. The rest of the file is shown."
    DuplicateSlug "duplicate-slug" Always
        "The file's stem is the entry's slug. If two files in a folder have the same slug, only the first can be shown."
    RequiresCircle "requires-circle" Always
        "`glossary learn` puts terms in the order given by `requires`. Terms that require each other have no order."
    MissingSection "missing-section" House
        "Readers choose between three depths, so every entry has a Summary, an ELI5, and an In-depth explanation."
    MissingKey "missing-key" House
        "The front matter of an entry has the keys title, draft, type, and layout, and its topic as the first of its tags."
    UnknownKey "unknown-key" Lost
        "A key that is almost a known one is probably a typo, and its value would be ignored."
    Slug "slug" House
        "The slug is what a person would type: lower-case letters, digits, and hyphens. It is the stem of the file's name; a different `slug` key is misleading."
    ReservedSlug "reserved-slug" Leads
        "If a slug is the name of a subcommand, only `glossary show` can look it up."
    NameTaken "name-taken" Leads
        "A name leads to one entry. If the field uses a name for two things, both entries list it under `homonyms`, and a lookup shows both."
    UnusedHomonym "unused-homonym" Advice
        "`homonyms` declares names that this entry shares with another. A name that no other entry has is out of date."
    SummaryLength "summary-length" House
        "The summary is one or two sentences of 12 to 45 words: fewer do not set the term apart from its neighbors, and more are not a summary."
    SummaryCircular "summary-circular" House
        "The summary could stand in for the term. If it uses the term, it explains nothing to people who do not know it."
    Eli5Length "eli5-length" House
        "The ELI5 has 35 to 120 words: one picture from daily life, and what the computer does."
    Eli5Grade "eli5-grade" House
        "The ELI5 is for a bright ten-year-old: at most Flesch-Kincaid grade 9, not counting the term itself."
    Eli5Hard "eli5-hard" Advice
        "The ELI5 should be at Flesch-Kincaid grade 7 or below. Use shorter sentences and words."
    Eli5Formula "eli5-formula" House
        "The ELI5 has no formula and no code. Use words or a picture instead."
    InDepthLength "in-depth-length" House
        "The in-depth explanation has 150 to 450 words, or 500 in an entry that covers five or more names; tables and code are not counted."
    CodeWidth "code-width" House
        "Code and formulas are at most 76 columns wide, so that they fit a terminal with 80."
    FormulaOutsideCode "formula-outside-code" House
        "Formulas are in code spans or blocks. Elsewhere, Markdown reads asterisks and underscores as emphasis."
    Latex "latex" House
        "Formulas are Unicode rather than LaTeX, so that they are readable both in a terminal and on a web page."
    RequiresUnknown "requires-unknown" Leads
        "`requires` lists slugs of entries. If one does not exist, `glossary learn` has a gap."
    RequiresCount "requires-count" House
        "`requires` lists at most four direct prerequisites. `glossary learn` adds their prerequisites."
    SourceForm "source-form" House
        "A source has authors, title, and year, with commas between: `Vaswani et al., Attention Is All You Need, 2017`."
    RelatedCount "related-count" House
        "Three to nine related terms are enough to go on reading, and few enough to choose from."
    RelatedUnknown "related-unknown" Leads
        "A related term is the title or a name of an entry, so that the reader can go there."
    RelatedAmbiguous "related-ambiguous" Leads
        "If a related term is a name of several entries, use the title of the one that you mean."
    RelatedSelf "related-self" House
        "An entry is not related to itself."
    Orphan "orphan" House
        "Readers find an entry through others that list it as related, so at least one should."
    OneSided "one-sided" Advice
        "If an entry lists another as related, the other should usually list it, too, if its list has room."
    BannedPhrase "banned-phrase" House
        "Advertising and filler say nothing about the term."
    PercentSpace "percent-space" House
        "American English writes 15%, without a space."
    Eli5Name "eli5-name" House
        "A reader of the ELI5 sees nothing else, so it names the term or one of its aliases."
    PlainOpening "plain-opening" House
        "A newcomer reads the first sentences of the In-depth explanation right after the Summary. They have no formula, code, table, list, or year."
    CoversUndefined "covers-undefined" House
        "A covered name is in bold in the passage that defines it. Looking it up shows that passage."
    LinkUnknown "link-unknown" Leads
        "A link without a scheme leads to another entry by its slug; if it does not exist, the link leads nowhere."
}

impl Rule {
    /// The rule with this name.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// What to say of a name that no rule has.
    #[must_use]
    pub fn unknown(id: &str) -> String {
        let ids: Vec<&str> = Self::ALL.iter().map(|rule| rule.id()).collect();
        format!("no rule `{id}`; the rules are {}", ids.join(", "))
    }

    /// Whether the rule is house style, which other glossaries need not follow.
    #[must_use]
    pub fn is_style(self) -> bool {
        matches!(self.weight(), Weight::House | Weight::Advice)
    }

    /// The severity of breaking the rule in entries of this standard.
    #[must_use]
    pub fn severity(self, standard: Standard) -> Severity {
        match (self.weight(), standard) {
            (Weight::Always, _) | (Weight::House | Weight::Leads, Standard::House) => {
                Severity::Error
            }
            _ => Severity::Warning,
        }
    }
}
