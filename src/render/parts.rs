//! Lines of text in several roles, such as a title and the slug after it.

use unicode_width::UnicodeWidthStr;

use super::margin::{Edge, Margin};
use super::wrap::wrap;
use super::{OutputStyle, Role, sanitize};
use glossary_core::entry::markdown::Run;

/// A piece of text and its role.
pub(super) type StyledText<'t> = (Role, &'t str);

/// Appends text, wrapped at the width of the style. The first line starts with `mark`, and the others are
/// indented by as much.
pub(super) fn write(parts: &[StyledText<'_>], mark: &str, style: &OutputStyle, out: &mut String) {
    let mark = Edge {
        text: mark.to_string(),
        width: mark.chars().count(),
    };
    write_between(parts, &mark, &Edge::blank(mark.width), style, out);
}

/// Appends text of which all lines but the first are indented.
pub(super) fn write_hanging(
    parts: &[StyledText<'_>],
    indent: usize,
    style: &OutputStyle,
    out: &mut String,
) {
    write_between(parts, &Edge::default(), &Edge::blank(indent), style, out);
}

fn write_between(
    parts: &[StyledText<'_>],
    first: &Edge,
    rest: &Edge,
    style: &OutputStyle,
    out: &mut String,
) {
    let mut margin = Margin::new(style.width(), 0).inside(first, rest);
    let runs: Vec<Run> = parts
        .iter()
        .map(|(_, text)| Run::plain(sanitize(text)))
        .collect();
    let theme = style.theme();
    let width: usize = runs.iter().map(|run| run.text.width()).sum();
    // Wrapping makes one space of several, so a line that fits is left as it is.
    if width <= margin.room().first {
        let mut line = String::new();
        for (role, text) in parts {
            theme.write(&[*role], text, &mut line);
        }
        return margin.write(&line, out);
    }
    for line in wrap(&runs, margin.room()) {
        let mut painted = String::new();
        for pieces in line.chunk_by(|a, b| a.run == b.run) {
            let text: String = pieces.iter().map(|piece| piece.text).collect();
            let part = pieces.first().and_then(|piece| parts.get(piece.run));
            theme.write(
                &[part.map_or(Role::Text, |(role, _)| *role)],
                &text,
                &mut painted,
            );
        }
        margin.write(&painted, out);
    }
}
