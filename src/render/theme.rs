//! The look of each part of a page. Only this file names a style or a color.
//!
//! A style is bold, dim, italic, underlined, or one of the sixteen colors of the terminal's theme. A color
//! only repeats what words, position, or another attribute say already.
//!
//! The escape codes are written here rather than by crossterm, which reads `NO_COLOR` on its own: by the
//! time a theme is chosen, that has been decided.

use std::fmt::Write as _;

use termimad::CompoundStyle;
use termimad::crossterm::style::{Attribute, Color};

use super::sanitize;

/// The role of a piece of text on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Text without a style.
    Text,
    /// The name of an entry.
    Title,
    /// The heading of a section.
    Heading,
    /// Strongly emphasized text.
    Strong,
    /// Emphasized text.
    Emphasis,
    /// Verbatim text: a formula, a name in a program.
    Code,
    /// A link.
    Link,
    /// The bar next to a quotation.
    QuoteBar,
    /// The bullet or number of a list item.
    Bullet,
    /// The lines of a table or a tree, and the line between two parts of a text.
    Rule,
    /// A detail such as a source, a count, or a slug.
    Note,
    /// A word that was searched for.
    Match,
    /// A message about the answer, or a warning.
    Warning,
    /// An error.
    Error,
}

/// Whether there are styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Attributes and colors.
    Styled,
    /// No escape codes.
    Unstyled,
}

impl Theme {
    /// The text in the style of its role, without control characters and so on one line.
    #[must_use]
    pub fn paint(self, role: Role, text: &str) -> String {
        let mut out = String::new();
        self.write(&[role], text, &mut out);
        out
    }

    /// Writes the text in the style that its roles make together. The style ends where the text ends.
    pub fn write(self, roles: &[Role], text: &str, out: &mut String) {
        let text = sanitize(text);
        let codes = match self {
            Self::Styled if !text.is_empty() => codes(roles),
            _ => String::new(),
        };
        if codes.is_empty() {
            out.push_str(&text);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "\x1b[{codes}m{text}\x1b[0m");
        }
    }
}

/// The style of a role.
fn style(role: Role) -> CompoundStyle {
    let (attributes, color): (&[Attribute], _) = match role {
        Role::Text => (&[], None),
        Role::Title | Role::Strong => (&[Attribute::Bold], None),
        Role::Heading => (&[Attribute::Bold], Some(Color::DarkCyan)),
        Role::Emphasis => (&[Attribute::Italic], None),
        Role::Code => (&[], Some(Color::DarkCyan)),
        Role::Link => (&[Attribute::Underlined], None),
        Role::QuoteBar | Role::Bullet | Role::Rule | Role::Note => (&[Attribute::Dim], None),
        Role::Match => (&[Attribute::Bold, Attribute::Underlined], None),
        Role::Warning => (&[Attribute::Bold], Some(Color::DarkMagenta)),
        Role::Error => (&[Attribute::Bold], Some(Color::DarkRed)),
    };
    CompoundStyle::new(color, None, attributes.into())
}

/// The parameters of the escape sequence (SGR, ECMA-48) that begins a style.
fn codes(roles: &[Role]) -> String {
    let mut whole = CompoundStyle::default();
    for &role in roles {
        whole.overwrite_with(&style(role));
    }
    let attributes = [
        (Attribute::Bold, "1"),
        (Attribute::Dim, "2"),
        (Attribute::Italic, "3"),
        (Attribute::Underlined, "4"),
    ];
    let set = attributes
        .into_iter()
        .filter(|&(attribute, _)| whole.has_attr(attribute));
    let codes = set
        .map(|(_, code)| code)
        .chain(whole.get_fg().and_then(foreground));
    codes.collect::<Vec<_>>().join(";")
}

/// The code of a color that a role has; `None` for any other color.
fn foreground(color: Color) -> Option<&'static str> {
    match color {
        Color::DarkRed => Some("31"),
        Color::DarkMagenta => Some("35"),
        Color::DarkCyan => Some("36"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_ends_where_its_text_ends() {
        assert_eq!(Theme::Styled.paint(Role::Title, "GAN"), "\x1b[1mGAN\x1b[0m");
        assert_eq!(
            Theme::Styled.paint(Role::Error, "error"),
            "\x1b[1;31merror\x1b[0m"
        );
        assert_eq!(Theme::Styled.paint(Role::Title, ""), "");
        assert_eq!(Theme::Unstyled.paint(Role::Title, "GAN"), "GAN");
    }

    #[test]
    fn roles_add_up() {
        let mut out = String::new();
        Theme::Styled.write(&[Role::Strong, Role::Link, Role::Code], "x", &mut out);
        assert_eq!(out, "\x1b[1;4;36mx\x1b[0m");
        out.clear();
        Theme::Styled.write(&[], "x", &mut out);
        assert_eq!(out, "x");
    }

    #[test]
    fn painted_text_cannot_drive_the_terminal() {
        for (text, printed) in [
            ("a\x1b[2Jb", "a[2Jb"),
            ("a\tb\r\nc", "a b  c"),
            ("a\u{9b}31mb\x7f\0", "a31mb"),
            ("a\u{202e}b\u{2066}c", "abc"),
            ("naïve 猫 👩‍🔬 ∂", "naïve 猫 👩‍🔬 ∂"),
        ] {
            assert_eq!(Theme::Unstyled.paint(Role::Note, text), printed);
        }
    }

    #[test]
    fn every_color_in_use_is_a_theme_color() {
        let roles = [
            Role::Title,
            Role::Heading,
            Role::Strong,
            Role::Emphasis,
            Role::Code,
            Role::Link,
            Role::QuoteBar,
            Role::Bullet,
            Role::Rule,
            Role::Note,
            Role::Match,
            Role::Warning,
            Role::Error,
        ];
        for role in roles {
            let color = style(role).get_fg();
            assert_eq!(
                color.is_some(),
                color.and_then(foreground).is_some(),
                "{role:?}"
            );
            assert!(!codes(&[role]).is_empty(), "{role:?}");
        }
    }
}
