//! The rules that entries are held to: their names, how much they weigh, and why they are there.
//!
//! Owns the list of rules. It must not know how a rule is checked (`check`).

/// How much breaking a rule weighs.
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
    /// Somebody's own folder, where house style is advice.
    Own,
}

/// When breaking a rule is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Everywhere: reading breaks.
    Always,
    /// In the built-in glossary only.
    House,
    /// Nowhere: it is advice.
    Never,
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

            /// Why the rule is there, and what it asks for.
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
        "A file is read as UTF-8 text of at most 1 MiB; anything else under a name that ends in .md is most likely there by mistake."
    FrontMatter "front-matter" Always
        "An entry begins with YAML between two lines of `---` that holds at least a title. It is what a Hugo site reads, too."
    Sections "sections" Always
        "An entry explains its term under the headings Summary, ELI5 or In-depth explanation. Without any of them there is nothing to show."
    Text "no-text" Always
        "A file of a glossary says what terms mean. One that names a term and says nothing of it, or is called a glossary and has no term, has nothing to show."
    Data "data" Always
        "YAML, JSON, CSV, and TSV are glossaries if they have keys or columns for terms and their texts, such as `term` and `definition`. A file that is called a glossary and is none is most likely broken."
    Skipped "skipped" Never
        "An item, row, or heading without a term or text cannot be shown; the rest of its file is."
    DuplicateSlug "duplicate-slug" Always
        "The file's stem is the entry's slug. Of two files with one slug in one folder only the first can be shown."
    RequiresCircle "requires-circle" Always
        "`requires` says what to understand first, and `glossary learn` puts it in order. Terms that require one another have no order."
    MissingSection "missing-section" House
        "Readers choose between three depths, and every entry answers at each: Summary, ELI5 and In-depth explanation, then Related terms."
    MissingKey "missing-key" House
        "The front matter of an entry holds title, draft, type and layout, and its topic as the first of its tags."
    UnknownKey "unknown-key" Never
        "A key that is almost one that we read is most likely a slip of the pen, and what it holds would be lost without a word."
    Slug "slug" House
        "The slug is what a person would type: lower-case letters, digits and hyphens. It is the file's stem; a `slug` key that says otherwise misleads."
    ReservedSlug "reserved-slug" House
        "A slug that is the name of a subcommand cannot be looked up by it alone; only `glossary show` reaches it."
    NameTaken "name-taken" House
        "A name leads to one entry. Where the field uses one name for two things, each of the entries lists it under `homonyms`, and a look-up shows them all."
    UnusedHomonym "unused-homonym" Never
        "`homonyms` declares names that this entry shares with another. One that is shared with none is out of date."
    SummaryLength "summary-length" House
        "The summary is one or two sentences of 12 to 45 words: less does not tell the thing from its neighbors, more is not a summary."
    SummaryCircular "summary-circular" House
        "The summary could stand in for the term. One that leans on the term explains nothing to whoever does not know it."
    Eli5Length "eli5-length" House
        "The simple explanation has 35 to 120 words: one picture, carried through, and how it maps back."
    Eli5Grade "eli5-grade" House
        "The simple explanation is for a bright ten-year-old: Flesch-Kincaid grade 9 at most, the term itself not counted."
    Eli5Hard "eli5-hard" Never
        "The simple explanation should read at Flesch-Kincaid grade 7 or below: shorter sentences, shorter words."
    Eli5Formula "eli5-formula" House
        "The simple explanation holds no formula and no code; a picture does their work."
    InDepthLength "in-depth-length" House
        "The in-depth explanation has 150 to 450 words, or 500 in an entry that covers five or more names; tables and code are not counted."
    CodeWidth "code-width" House
        "Code and formulas are at most 76 columns wide, so that they stand unbroken in a terminal of 80."
    FormulaOutsideCode "formula-outside-code" House
        "Formulas stand in code spans or blocks: Markdown would read their asterisks and underscores as emphasis."
    Latex "latex" House
        "Formulas are Unicode, not LaTeX: they must read in a terminal and on a web page alike."
    RequiresUnknown "requires-unknown" House
        "`requires` lists slugs of entries; one that does not exist leaves a hole in the course that `glossary learn` lays out."
    RequiresCount "requires-count" House
        "`requires` lists the direct prerequisites, at most four; theirs follow by themselves."
    SourceForm "source-form" House
        "A source is authors, title and year, with commas between: `Vaswani et al., Attention Is All You Need, 2017`."
    RelatedCount "related-count" House
        "Three to nine related terms: fewer strand the reader, more are no choice."
    RelatedUnknown "related-unknown" House
        "A related term is the title or a name of an entry, so that the reader can go there."
    RelatedAmbiguous "related-ambiguous" House
        "A related term that is a name of several entries does not say which of them is meant; use the title."
    RelatedSelf "related-self" House
        "An entry is not related to itself."
    Orphan "orphan" House
        "An entry that no other entry names is found by nobody who reads on."
    OneSided "one-sided" Never
        "If one entry names another as related, the other usually should name it in turn, as long as its own list has room."
    BannedPhrase "banned-phrase" House
        "Advertising and filler say nothing about the term."
    PercentSpace "percent-space" House
        "American English writes 15%, without a space."
    Eli5Name "eli5-name" House
        "A reader of the ELI5 sees nothing else, so it names the term or one of its aliases."
    PlainOpening "plain-opening" House
        "A newcomer reads the first sentences of the In-depth explanation right after the Summary. They have no formula, code, table, list, or year."
    CoversUndefined "covers-undefined" House
        "A name under `covers` occurs in the text, in bold where it is defined; looking it up shows that passage."
    LinkUnknown "link-unknown" House
        "A link without a scheme leads to another entry by its slug; one that does not exist leads nowhere."
}

impl Rule {
    /// The rule with this name.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// How much breaking the rule weighs in entries of this standard.
    #[must_use]
    pub fn severity(self, standard: Standard) -> Severity {
        match (self.weight(), standard) {
            (Weight::Always, _) | (Weight::House, Standard::House) => Severity::Error,
            (Weight::House, Standard::Own) | (Weight::Never, _) => Severity::Warning,
        }
    }
}
