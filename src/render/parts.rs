//! Lines of text in several roles, such as a title and the slug after it.

use super::margin::{Edge, Margin};
use super::wrap::Span;
use super::{OutputStyle, Role, sanitize};

/// A piece of text and its role.
pub(super) type StyledText<'t> = (Role, &'t str);

/// Appends text, wrapped at the width of the style. The first line starts with `mark`, and the others are
/// indented by as much.
pub(super) fn write(parts: &[StyledText<'_>], mark: &str, style: &OutputStyle, out: &mut String) {
    write_after(mark, parts, mark.chars().count(), style, out);
}

/// Appends text of which all lines but the first are indented.
pub(super) fn write_hanging(
    parts: &[StyledText<'_>],
    indent: usize,
    style: &OutputStyle,
    out: &mut String,
) {
    write_after("", parts, indent, style, out);
}

fn write_after(
    mark: &str,
    parts: &[StyledText<'_>],
    indent: usize,
    style: &OutputStyle,
    out: &mut String,
) {
    let mark = Edge {
        text: mark.to_string(),
        width: mark.chars().count(),
    };
    let parts = parts.iter();
    let spans = parts.map(|(role, text)| Span::new(sanitize(text), [*role]));
    let spans: Vec<Span<'_>> = spans.collect();
    let mut margin = Margin::new(style, 0).inside(&mark, &Edge::blank(indent));
    margin.write(&spans, style.theme(), out);
}
