//! `glossary check [PATH…]`: whether one's entries can be read and read well.

use std::path::{Path, PathBuf};

use super::Context;
use crate::cli::Findings;
use crate::config::Format;
use crate::error::{Error, Result, Status};
use crate::render::findings;
use glossary_core::corpus::{inspect, user_folder};
use glossary_core::entry::rule::{Rule, Severity};

/// When findings make the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// When there are errors.
    Warnings,
    /// When there are findings.
    Nothing,
}

/// Checks the paths, or all of one's own folders.
pub fn run(
    paths: &[PathBuf],
    form: Findings,
    tolerance: Tolerance,
    context: &mut Context<'_>,
) -> Result<Status> {
    let own: Vec<PathBuf> = user_folder::folders(context.corpus)
        .map(Path::to_path_buf)
        .collect();
    let paths = if paths.is_empty() { &own } else { paths };
    if paths.is_empty() {
        context
            .notes
            .say("no folder of your own to check; name one: `glossary check DIR`");
    }
    let report = inspect::inspect(paths, context.corpus)?;
    let text = match (context.settings.format, form) {
        (Format::Json, _) | (_, Findings::Json) => findings::json(&report),
        (_, Findings::Github) => findings::github(&report),
        (_, Findings::Text) => findings::text(&report),
    };
    context.write(&text)?;
    let tolerated = match tolerance {
        Tolerance::Warnings => report.count(Severity::Error) == 0,
        Tolerance::Nothing => report.findings.is_empty(),
    };
    Ok(if tolerated {
        Status::Found
    } else {
        Status::NotFound
    })
}

/// Says why a rule is there.
pub fn explain(id: &str, context: &mut Context<'_>) -> Result<Status> {
    let Some(rule) = Rule::by_id(id) else {
        let ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        return Err(Error::Usage(format!(
            "no rule `{id}`; the rules are {}",
            ids.join(", ")
        )));
    };
    context.write(&findings::rule(rule, &context.settings.look))?;
    Ok(Status::Found)
}
