//! Which rules a check applies to the user's own files: what flags and the `glossary.toml` of a folder say.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::folder::cannot;
use crate::entry::diagnostic::Place;
use crate::entry::rule::{Rule, Severity, Standard};
use crate::error::{Error, Result};

/// The file with the policy of a folder.
const FILE: &str = "glossary.toml";

/// Which findings are reported, and how much they weigh.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Whether house rules are reported, as warnings.
    pub style: bool,
    /// Whether a check with warnings fails.
    pub strict: bool,
    /// Rules that are not reported.
    pub allow: Vec<Rule>,
    /// Rules that are errors.
    pub deny: Vec<Rule>,
}

/// The contents of a `glossary.toml`. Other tables are left to other programs.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PolicyFile {
    check: CheckTable,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CheckTable {
    style: bool,
    strict: bool,
    allow: Vec<String>,
    deny: Vec<String>,
}

impl Policy {
    /// The policy of a folder, as far as flags do not say otherwise.
    ///
    /// # Errors
    /// The folder's `glossary.toml` cannot be read.
    pub fn of_folder(folder: &Path, flags: &Self) -> Result<Self> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(flags.clone()),
            Err(error) => return Err(cannot("read", &path, error)),
        };
        let fail = |line: usize, reason: &str| {
            Error::Request(format!("{}:{line}: {reason}", path.display()))
        };
        let file: PolicyFile = toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            fail(Place::at(&text, start).line, error.message())
        })?;
        let rules = |ids: Vec<String>, others: &[Rule]| {
            let mut rules = Vec::new();
            for id in ids {
                let rule = Rule::by_id(&id).ok_or_else(|| {
                    let line = text.lines().position(|line| line.contains(&id));
                    fail(line.unwrap_or(0) + 1, &Rule::unknown(&id))
                })?;
                rules.extend(Some(rule).filter(|rule| !others.contains(rule)));
            }
            Ok(rules)
        };
        Ok(Self {
            style: file.check.style || flags.style,
            strict: file.check.strict || flags.strict,
            allow: [rules(file.check.allow, &flags.deny)?, flags.allow.clone()].concat(),
            deny: [rules(file.check.deny, &flags.allow)?, flags.deny.clone()].concat(),
        })
    }

    /// How much breaking a rule weighs; `None` if it is not reported.
    #[must_use]
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        if self.deny.contains(&rule) {
            return Some(Severity::Error);
        }
        let is_reported = !self.allow.contains(&rule) && (self.style || !rule.is_style());
        is_reported.then(|| rule.severity(Standard::Own))
    }
}
