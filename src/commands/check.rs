//! `glossary check [PATH…]`: errors and style in your own entries.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::Context;
use crate::cli::{CommonArgs, JsonArgs};
use crate::error::{Result, Status};
use crate::render::findings;
use glossary_core::corpus::policy::Policy;
use glossary_core::corpus::{Glossary, inspect};
use glossary_core::entry::rule::Rule;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders, files, and packs; by default all your own folders and files
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Also report house style: lengths, reading grade, and the like
    #[arg(long)]
    pub(crate) style: bool,
    /// Also fail on warnings
    #[arg(long)]
    pub(crate) strict: bool,
    /// Do not report a rule; can be repeated
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(crate) allow: Vec<Rule>,
    /// Report a rule as an error; can be repeated
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(crate) deny: Vec<Rule>,
    /// Print text, JSON, or annotations for GitHub
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        conflicts_with = "json"
    )]
    pub(crate) format: FindingsFormat,
    /// Explain a rule
    #[arg(long, value_name = "RULE", value_parser = rule, conflicts_with_all = ["paths", "strict"])]
    pub(crate) explain: Option<Rule>,
    #[command(flatten)]
    pub(crate) json: JsonArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// The form of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FindingsFormat {
    #[default]
    Text,
    Json,
    Github,
}

impl Check {
    /// Checks the paths, or all your own folders and files.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        if let Some(rule) = self.explain {
            context.print(&findings::rule(rule, &context.settings.style))?;
            return Ok(Status::Found);
        }
        let corpus = super::open(&self.common.sources)?;
        let own = corpus.glossaries().filter_map(Glossary::source_path);
        let own: Vec<PathBuf> = own.map(Path::to_path_buf).collect();
        let paths = if self.paths.is_empty() {
            &own
        } else {
            &self.paths
        };
        if paths.is_empty() {
            context
                .messages
                .note("no glossary of your own to check; name one: `glossary check PATH`");
        }
        let policy = Policy {
            style: self.style,
            strict: self.strict,
            allow: self.allow.clone(),
            deny: self.deny.clone(),
        };
        let report = inspect::inspect(paths, &corpus, &policy)?;
        let text = match self.format {
            _ if self.json.json => findings::json(&report),
            FindingsFormat::Json => findings::json(&report),
            FindingsFormat::Github => findings::github(&report),
            FindingsFormat::Text => findings::text(&report, &context.settings.style),
        };
        context.print(&text)?;
        Ok(if report.is_failed {
            Status::NotFound
        } else {
            Status::Found
        })
    }
}

/// The rule with a name.
fn rule(id: &str) -> std::result::Result<Rule, String> {
    Rule::by_id(id).ok_or_else(|| Rule::unknown(id))
}
