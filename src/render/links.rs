//! Web addresses: which links have one, and how it is shown.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Hyperlinks;
use glossary_core::entry::markdown::{Cell, Run};

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The longest address, in bytes, that terminals accept in a hyperlink.
const MAX_HYPERLINK: usize = 2083;

/// The address of a link to the web, with all other characters percent-encoded (RFC 3986, section 2.1),
/// and so without spaces and control characters.
pub(super) fn web_address(link: &str) -> Option<String> {
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

/// The address that a run links to as a hyperlink.
pub(super) fn hyperlink(run: &Run, hyperlinks: Hyperlinks) -> Option<String> {
    let link = run
        .link
        .as_deref()
        .filter(|_| hyperlinks == Hyperlinks::On)?;
    web_address(link).filter(|address| address.len() <= MAX_HYPERLINK)
}

/// The runs with the address after each web link, except where a hyperlink or the link's text shows it.
pub(super) fn with_addresses(runs: &[Run], hyperlinks: Hyperlinks) -> Cow<'_, [Run]> {
    let to_show = |run: &Run| match hyperlink(run, hyperlinks) {
        Some(_) => None,
        None => run.link.as_deref().and_then(web_address),
    };
    if !runs.iter().any(|run| to_show(run).is_some()) {
        return Cow::Borrowed(runs);
    }
    let mut shown = Vec::with_capacity(runs.len() + 1);
    for part in runs.chunk_by(|a, b| a.link == b.link) {
        shown.extend_from_slice(part);
        let Some(address) = part.first().and_then(to_show) else {
            continue;
        };
        let text: String = part.iter().map(|run| run.text.as_str()).collect();
        if bare(&text) != bare(&address) {
            shown.push(Run::plain(format!(" <{address}>")));
        }
    }
    Cow::Owned(shown)
}

/// The cells of a table with addresses.
pub(super) fn with_addresses_in_table(
    rows: &[Vec<Cell>],
    hyperlinks: Hyperlinks,
) -> Vec<Vec<Cell>> {
    let row = |row: &Vec<Cell>| {
        row.iter()
            .map(|cell| with_addresses(cell, hyperlinks).into_owned())
            .collect()
    };
    rows.iter().map(row).collect()
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
