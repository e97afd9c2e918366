//! The findings of a check: for people and editors, for programs, and as GitHub annotations.

use std::fmt::Write as _;

use serde_json::json;

use super::{OutputStyle, Role, blocks, counted, json, parts, sanitize};
use glossary_core::corpus::inspect::Report;
use glossary_core::entry::markdown::{Block, Run};
use glossary_core::entry::rule::{Rule, Severity, Standard};

/// Spaces before the rest of a wrapped finding.
const INDENT: usize = 4;

/// A line for each finding, `path:line:column: rule: what to do`, and how many there are. On a page,
/// the severity stands out, and long lines are wrapped.
#[must_use]
pub fn text(report: &Report, style: &OutputStyle) -> String {
    let mut out = String::new();
    for (finding, severity) in &report.findings {
        if style.is_tabular() {
            let mark = match severity {
                Severity::Error => "",
                Severity::Warning => " (warning)",
            };
            let _ = writeln!(out, "{}{mark}", sanitize(&finding.to_string()));
            continue;
        }
        let problem = &finding.problem;
        let place = problem.place;
        let (path, rule) = (finding.path.display(), problem.rule.id());
        let place = format!("{path}:{}:{}: ", place.line, place.column);
        let message = format!(": {}", problem.message);
        let rule = format!(" [{rule}]");
        let line = [
            (Role::Text, place.as_str()),
            (severity_role(*severity), name(*severity)),
            (Role::Text, &message),
            (Role::Note, &rule),
        ];
        parts::write_hanging(&line, INDENT, style, &mut out);
    }
    let role = match report.count(Severity::Error) {
        0 => Role::Text,
        _ => Role::Error,
    };
    if !style.is_tabular() && !report.findings.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", style.paint(role, &summary(report)));
    out
}

fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
    }
}

/// Workflow commands, which GitHub shows next to the lines that they are about.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for (finding, severity) in &report.findings {
        let problem = &finding.problem;
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},title={}::{}",
            name(*severity),
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

/// An object, on one line: how many `files`, `errors`, and `warnings` there are, and the `findings`, each with
/// `path`, `line`, `column`, `rule`, `severity` ("error" or "warning"), and `message`.
#[must_use]
pub fn json(report: &Report) -> String {
    let findings = report.findings.iter().map(|(finding, severity)| {
        json!({
            "path": finding.path.to_string_lossy(),
            "line": finding.problem.place.line,
            "column": finding.problem.place.column,
            "rule": finding.problem.rule.id(),
            "severity": name(*severity),
            "message": finding.problem.message,
        })
    });
    json::line(&json!({
        "schema": json::SCHEMA,
        "files": report.files,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "findings": findings.collect::<Vec<_>>(),
    }))
}

/// The explanation of a rule.
#[must_use]
pub fn rule(rule: Rule, style: &OutputStyle) -> String {
    let weight = match rule.severity(Standard::Own) {
        Severity::Error => "  an error",
        Severity::Warning if rule.is_style() => "  reported with --style",
        Severity::Warning => "  a warning",
    };
    let mut out = String::new();
    parts::write(
        &[(Role::Title, rule.id()), (Role::Note, weight)],
        "",
        style,
        &mut out,
    );
    out.push('\n');
    let why = Block::Paragraph(vec![Run::plain(rule.why())]);
    blocks::write(&[why], 0, style, &mut out);
    out
}

fn summary(report: &Report) -> String {
    let files = counted(report.files, "file");
    let errors = counted(report.count(Severity::Error), "error");
    let warnings = counted(report.count(Severity::Warning), "warning");
    format!("{files}: {errors}, {warnings}")
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A message of a workflow command, with line ends and percent signs escaped.
fn data(text: &str) -> String {
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    sanitize(&escaped).into_owned()
}

/// A property of a workflow command, with colons and commas escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
