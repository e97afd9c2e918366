//! `glossary check [PATH…]`: errors and style in your own entries.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::Context;
use crate::cli::{CommonArgs, JsonArgs};
use crate::error::{Error, Result, Status};
use crate::render::findings;
use glossary_core::corpus::{inspect, user_folder};
use glossary_core::entry::rule::{Rule, Severity};

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders, files, and packs; by default all your own folders
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Also fail on warnings
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print text, JSON, or annotations for GitHub
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        conflicts_with = "json"
    )]
    pub(crate) format: FindingsFormat,
    /// Explain a rule
    #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "strict"])]
    pub(crate) explain: Option<String>,
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
    /// Checks the paths, or all your own folders.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        if let Some(rule) = &self.explain {
            return explain(rule, context);
        }
        let corpus = super::open(&self.common.sources)?;
        let own: Vec<PathBuf> = user_folder::folders(&corpus)
            .map(Path::to_path_buf)
            .collect();
        let paths = if self.paths.is_empty() {
            &own
        } else {
            &self.paths
        };
        if paths.is_empty() {
            context
                .messages
                .note("no folder of your own to check; name one: `glossary check DIR`");
        }
        let report = inspect::inspect(paths, &corpus)?;
        let text = match self.format {
            _ if self.json.json => findings::json(&report),
            FindingsFormat::Json => findings::json(&report),
            FindingsFormat::Github => findings::github(&report),
            FindingsFormat::Text => findings::text(&report, &context.settings.style),
        };
        context.print(&text)?;
        let is_passed = if self.strict {
            report.findings.is_empty()
        } else {
            report.count(Severity::Error) == 0
        };
        Ok(if is_passed {
            Status::Found
        } else {
            Status::NotFound
        })
    }
}

fn explain(id: &str, context: &mut Context) -> Result<Status> {
    let Some(rule) = Rule::by_id(id) else {
        let ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        return Err(Error::Usage(format!(
            "no rule `{id}`; the rules are {}",
            ids.join(", ")
        )));
    };
    context.print(&findings::rule(rule, &context.settings.style))?;
    Ok(Status::Found)
}
