//! Runs of Markdown as spans: emphasis as roles, and web addresses as hyperlinks or after their link.

use std::fmt::Write as _;

use super::wrap::Span;
use super::{Hyperlinks, Role};
use glossary_core::entry::markdown::Run;

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The longest address, in bytes, that terminals accept in a hyperlink.
const MAX_HYPERLINK: usize = 2083;

/// The spans of runs that have some roles in addition to their emphasis. The address of a web link comes
/// after it, except where a hyperlink or the link's text shows it.
pub(super) fn spans<'r>(runs: &'r [Run], roles: &[Role], hyperlinks: Hyperlinks) -> Vec<Span<'r>> {
    let mut spans = Vec::with_capacity(runs.len());
    for part in runs.chunk_by(|a, b| a.link == b.link) {
        let address = part[0].link.as_deref().and_then(web_address);
        let is_clickable =
            |address: &String| hyperlinks == Hyperlinks::On && address.len() <= MAX_HYPERLINK;
        let clickable = address.clone().filter(is_clickable);
        spans.extend(part.iter().map(|run| Span {
            address: clickable.clone(),
            ..Span::new(&*run.text, [roles, &emphasis(run)].concat())
        }));
        let text: String = part.iter().map(|run| run.text.as_str()).collect();
        if let Some(address) = address.filter(|_| clickable.is_none())
            && bare(&text) != bare(&address)
        {
            spans.push(Span::new(format!(" <{address}>"), roles));
        }
    }
    spans
}

fn emphasis(run: &Run) -> Vec<Role> {
    let roles = [
        (run.style.bold, Role::Strong),
        (run.style.italic, Role::Emphasis),
        (run.style.code, Role::Code),
        (run.link.is_some(), Role::Link),
    ];
    let roles = roles.into_iter();
    roles.filter_map(|(is, role)| is.then_some(role)).collect()
}

/// The address of a link to the web, with all other characters percent-encoded (RFC 3986, section 2.1),
/// and so without spaces and control characters.
fn web_address(link: &str) -> Option<String> {
    let begins = |scheme: &&str| {
        link.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.iter().find(|scheme| begins(scheme))?;
    let mut address = String::with_capacity(link.len());
    for byte in link.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"') {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    Some(address)
}

/// An address as people write it.
fn bare(address: &str) -> &str {
    let rest = SCHEMES
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    rest.unwrap_or(address).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_on_the_web_and_safe_to_print() {
        for (link, address) in [
            ("https://a.b/c?d=1&e=%20", Some("https://a.b/c?d=1&e=%20")),
            ("HTTP://a.b", Some("HTTP://a.b")),
            ("mailto:me@a.b", Some("mailto:me@a.b")),
            (
                "https://a.b/ü \x1b\\<x>\"",
                Some("https://a.b/%C3%BC%20%1B\\%3Cx%3E%22"),
            ),
            ("latent-space", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("http", None),
            ("", None),
        ] {
            assert_eq!(web_address(link).as_deref(), address, "{link}");
        }
    }
}
