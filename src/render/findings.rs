//! What a check found: for people and editors, for programs, for GitHub's annotations.
//!
//! Owns the three forms. It must not know how anything was found.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Look, Role, json, safe};
use glossary_core::corpus::inspect::{Report, severity_of};
use glossary_core::entry::markdown::{Block, Run};
use glossary_core::entry::rule::{Rule, Severity, Standard};

/// A line for each finding, `path:line:column: rule: what to do`, and how many there are.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let mark = match severity_of(finding) {
            Severity::Error => "",
            Severity::Warning => " (warning)",
        };
        let _ = writeln!(out, "{}{mark}", safe(&finding.to_string()));
    }
    let _ = writeln!(out, "{}", summary(report));
    out
}

/// Workflow commands, which GitHub shows beside the lines they are about.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let problem = &finding.problem;
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},title={}::{}",
            name(severity_of(finding)),
            property(&finding.path.to_string_lossy()),
            problem.place.line,
            problem.place.column,
            property(problem.rule.id()),
            data(&problem.message)
        );
    }
    let _ = writeln!(out, "{}", summary(report));
    out
}

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    files: usize,
    errors: usize,
    warnings: usize,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    path: String,
    line: usize,
    column: usize,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
}

/// An object, on a line: how many `files`, `errors` and `warnings`, and the `findings`, each with
/// `path`, `line`, `column`, `rule`, `severity` ("error" or "warning") and `message`.
#[must_use]
pub fn json(report: &Report) -> String {
    let findings = report.findings.iter().map(|finding| JsonFinding {
        path: finding.path.to_string_lossy().into_owned(),
        line: finding.problem.place.line,
        column: finding.problem.place.column,
        rule: finding.problem.rule.id(),
        severity: name(severity_of(finding)),
        message: &finding.problem.message,
    });
    json::line(&Json {
        schema: json::SCHEMA,
        files: report.files,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        findings: findings.collect(),
    })
}

/// Why a rule is there.
#[must_use]
pub fn rule(rule: Rule, look: &Look) -> String {
    let weight = match rule.severity(Standard::Own) {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
    };
    let mut out = look.paint(Role::Title, rule.id());
    out.push_str(&look.paint(Role::Note, &format!("  {weight}")));
    out.push_str("\n\n");
    let why = Run {
        text: rule.why().to_string(),
        ..Run::default()
    };
    look.blocks(&[Block::Paragraph(vec![why])], 0, &mut out);
    out
}

fn summary(report: &Report) -> String {
    let files = counted(report.files, "file");
    let errors = counted(report.count(Severity::Error), "error");
    let warnings = counted(report.count(Severity::Warning), "warning");
    format!("{files}: {errors}, {warnings}")
}

/// `1 file`, `2 files`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A message of a workflow command: line ends and percent signs are escaped.
fn data(text: &str) -> String {
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    safe(&escaped).into_owned()
}

/// A property of a workflow command, which colons and commas end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
