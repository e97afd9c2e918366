//! Addresses on the web: which links have one, and how a reader gets at it.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Hyperlinks;
use glossary_core::entry::markdown::{Cell, Run};

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The longest address, in bytes, that terminals take in a hyperlink.
const HYPERLINK_MAX: usize = 2083;

/// The address of a link to the web, with everything that does not belong into an address encoded
/// (RFC 3986, section 2.1), and so without spaces and control characters.
pub(super) fn on_the_web(link: &str) -> Option<String> {
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

/// The address to put behind a run's text as a hyperlink.
pub(super) fn behind(run: &Run, hyperlinks: Hyperlinks) -> Option<String> {
    let link = run
        .link
        .as_deref()
        .filter(|_| hyperlinks == Hyperlinks::On)?;
    on_the_web(link).filter(|address| address.len() <= HYPERLINK_MAX)
}

/// The runs with the address after each link to the web that is not its own address and that no
/// hyperlink leads to.
pub(super) fn spelled_out(runs: &[Run], hyperlinks: Hyperlinks) -> Cow<'_, [Run]> {
    let to_spell = |run: &Run| match behind(run, hyperlinks) {
        Some(_) => None,
        None => run.link.as_deref().and_then(on_the_web),
    };
    if !runs.iter().any(|run| to_spell(run).is_some()) {
        return Cow::Borrowed(runs);
    }
    let mut spelled = Vec::with_capacity(runs.len() + 1);
    for part in runs.chunk_by(|a, b| a.link == b.link) {
        spelled.extend_from_slice(part);
        let Some(address) = part.first().and_then(to_spell) else {
            continue;
        };
        let text: String = part.iter().map(|run| run.text.as_str()).collect();
        if bare(&text) != bare(&address) {
            spelled.push(Run {
                text: format!(" <{address}>"),
                ..Run::default()
            });
        }
    }
    Cow::Owned(spelled)
}

/// The same for each cell of a table.
pub(super) fn spelled_out_in_table(rows: &[Vec<Cell>], hyperlinks: Hyperlinks) -> Vec<Vec<Cell>> {
    let row = |row: &Vec<Cell>| {
        row.iter()
            .map(|cell| spelled_out(cell, hyperlinks).into_owned())
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
            assert_eq!(on_the_web(link).as_deref(), address, "{link}");
        }
    }
}
