//! Markdown blocks, laid out for a terminal or as plain text.
//!
//! Each line closes the styles and the hyperlink that it opens, has no spaces at its end, and fits the
//! width unless a single character does not. Plain text has no escape codes, boxes, or Markdown marks.

use super::links::spans;
use super::margin::{Edge, Margin};
use super::theme::{Role, Theme};
use super::wrap::Span;
use super::{OutputStyle, sanitize, table};
use glossary_core::entry::markdown::{Block, Cell, Run};

const RULE: &str = "─";
const HANGING_INDENT: usize = 2;

/// The room for text, and how links are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The columns of a line.
    pub width: usize,
    /// How a link to the web is shown.
    pub hyperlinks: Hyperlinks,
}

/// How a link to the web is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyperlinks {
    /// The text is clickable (OSC 8).
    On,
    /// The address follows the text.
    Off,
}

/// Appends blocks, with a blank line between two. Each line is indented and ends with a newline.
pub fn write(blocks: &[Block], indent: usize, style: &OutputStyle, out: &mut String) {
    let (hyperlinks, marks) = match style {
        OutputStyle::Page { layout, .. } => (layout.hyperlinks, &ON_A_PAGE),
        OutputStyle::Plain { .. } => (Hyperlinks::Off, &IN_PLAIN_TEXT),
    };
    let theme = style.theme();
    let mut writer = BlockWriter {
        hyperlinks,
        theme,
        marks,
        out,
    };
    writer.blocks(blocks, Spacing::Loose, &mut Margin::new(style, indent));
}

/// Blocks as plain text that is not wrapped.
pub(super) fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    write(blocks, 0, &OutputStyle::Plain { width: None }, &mut text);
    text.truncate(text.trim_end().len());
    text
}

/// The marks that show what a block is.
struct Marks {
    bullet: &'static str,
    quote: &'static str,
    code_indent: usize,
    /// Whether tables are boxes, and rules are drawn.
    has_lines: bool,
}

const ON_A_PAGE: Marks = Marks {
    bullet: "• ",
    quote: "│",
    code_indent: 2,
    has_lines: true,
};

const IN_PLAIN_TEXT: Marks = Marks {
    bullet: "- ",
    quote: " ",
    code_indent: 4,
    has_lines: false,
};

/// The space between the blocks of a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// A blank line.
    Loose,
    /// None, as in an item that is a line of text, perhaps with a list below it.
    Tight,
}

impl Spacing {
    /// Loose if any of the items of a list has more than a paragraph with lists below it.
    fn within(items: &[Vec<Block>]) -> Self {
        let mut below = items.iter().flat_map(|item| item.iter().skip(1));
        if below.all(|block| matches!(block, Block::List { .. })) {
            Self::Tight
        } else {
            Self::Loose
        }
    }
}

struct BlockWriter<'a> {
    hyperlinks: Hyperlinks,
    theme: Theme,
    marks: &'static Marks,
    out: &'a mut String,
}

impl BlockWriter<'_> {
    fn blocks(&mut self, blocks: &[Block], spacing: Spacing, margin: &mut Margin) {
        let mut before = None;
        let is_shown = |block: &&Block| self.marks.has_lines || **block != Block::Rule;
        for block in blocks.iter().filter(is_shown) {
            if spacing == Spacing::Loose
                && before.is_some_and(|before| !matches!(before, &Block::Heading(_)))
            {
                margin.write_blank(self.out);
            }
            self.block(block, margin);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, margin: &mut Margin) {
        match block {
            Block::Paragraph(runs) => self.text(runs, &[], margin),
            Block::Heading(runs) => self.text(runs, &[Role::Strong], margin),
            Block::Code(text) => self.code(text, margin),
            Block::List { first, items } => self.list(*first, items, margin),
            Block::Quote(inner) => {
                let bar = Edge {
                    text: self.theme.paint(Role::QuoteBar, self.marks.quote) + " ",
                    width: 2,
                };
                self.blocks(inner, Spacing::Loose, &mut margin.inside(&bar, &bar));
            }
            Block::Table(rows) => self.table(rows, margin),
            Block::Rule => {
                let line = RULE.repeat(margin.room().first);
                margin.write_line(&self.theme.paint(Role::Rule, &line), self.out);
            }
        }
    }

    /// Running text in some roles, in addition to the emphasis of its runs.
    fn text(&mut self, runs: &[Run], roles: &[Role], margin: &mut Margin) {
        margin.write(&spans(runs, roles, self.hyperlinks), self.theme, self.out);
    }

    /// A program or a formula. What does not fit on a line is cut and indented further.
    fn code(&mut self, text: &str, margin: &mut Margin) {
        let indent = Edge::blank(self.marks.code_indent);
        let mut margin = margin.inside(&indent, &indent);
        for line in text.split('\n') {
            let line = sanitize(line);
            let body = line.trim_matches(' ');
            if body.is_empty() {
                margin.write_line("", self.out);
                continue;
            }
            let room = margin.room().rest;
            let indent = line.find(body).unwrap_or_default().min(room / 3);
            let rest = indent + HANGING_INDENT.min(room / 4);
            margin
                .inside(&Edge::blank(indent), &Edge::blank(rest))
                .write(&[Span::new(body, [Role::Code])], self.theme, self.out);
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], margin: &mut Margin) {
        let spacing = Spacing::within(items);
        let marks = list_marks(first, items.len(), self.marks.bullet);
        for (index, (item, mark)) in items.iter().zip(marks).enumerate() {
            if index > 0 && spacing == Spacing::Loose {
                margin.write_blank(self.out);
            }
            let width = mark.chars().count();
            let number = mark.trim_start();
            let edge = Edge {
                text: " ".repeat(mark.len() - number.len())
                    + &self.theme.paint(Role::Bullet, number.trim_end())
                    + " ",
                width,
            };
            let mut inside = margin.inside(&edge, &Edge::blank(width));
            if item.is_empty() {
                inside.write_line("", self.out);
            }
            let spacing = Spacing::within(std::slice::from_ref(item));
            self.blocks(item, spacing, &mut inside);
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>], margin: &mut Margin) {
        let mut shown: Vec<Vec<table::Cell<'_>>> = Vec::new();
        for row in rows {
            let roles: &[Role] = if shown.is_empty() {
                &[Role::Strong]
            } else {
                &[]
            };
            let cells = row.iter().map(|cell| spans(cell, roles, self.hyperlinks));
            shown.push(cells.collect());
        }
        let room = margin.room();
        let width = room.first.min(room.rest);
        let fitting = if self.marks.has_lines {
            table::grid(&shown, width, self.theme)
        } else {
            table::columns(&shown, width)
        };
        if let Some(fitting) = fitting {
            for line in fitting.lines() {
                margin.write_line(line, self.out);
            }
            return;
        }
        for (index, record) in table::records(&shown).iter().enumerate() {
            if index > 0 {
                margin.write_blank(self.out);
            }
            for cell in record {
                let mut hanging = margin.inside(&Edge::default(), &Edge::blank(HANGING_INDENT));
                hanging.write(cell, self.theme, self.out);
            }
        }
    }
}

/// The mark before each item of a list. Numbers end in the same column.
fn list_marks(first: Option<u64>, items: usize, bullet: &str) -> Vec<String> {
    let Some(first) = first else {
        return vec![bullet.to_string(); items];
    };
    let numbers = (0..items as u64).map(|item| first.saturating_add(item).to_string());
    let numbers: Vec<String> = numbers.collect();
    let digits = numbers.last().map_or(0, String::len);
    numbers
        .iter()
        .map(|number| format!("{number:>digits$}. "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use glossary_core::entry::markdown;
    use unicode_width::UnicodeWidthStr;

    fn rendered(markdown: &str, width: usize, hyperlinks: Hyperlinks, theme: Theme) -> String {
        let mut out = String::new();
        let style = page(width, hyperlinks, theme);
        write(&markdown::parse(markdown), 0, &style, &mut out);
        out
    }

    fn page(width: usize, hyperlinks: Hyperlinks, theme: Theme) -> OutputStyle {
        OutputStyle::Page {
            layout: Layout { width, hyperlinks },
            theme,
        }
    }

    fn plain(markdown: &str, width: Option<usize>) -> String {
        let mut out = String::new();
        let style = OutputStyle::Plain { width };
        write(&markdown::parse(markdown), 0, &style, &mut out);
        out
    }

    fn unstyled(markdown: &str, width: usize) -> String {
        rendered(markdown, width, Hyperlinks::Off, Theme::Unstyled)
    }

    #[test]
    fn blocks_are_laid_out() {
        for (markdown, expected) in [
            ("soft\nwrapped\ntext", "soft wrapped text\n"),
            ("one  \ntwo\\\nthree", "one\ntwo\nthree\n"),
            ("_a_ __b__ snake_case ``a ` b``", "a b snake_case a ` b\n"),
            ("a\n\nb", "a\n\nb\n"),
            ("#### Head\ntext", "Head\ntext\n"),
            ("Head\n====\ntext", "Head\ntext\n"),
            (
                "- one two three four five\n- six",
                "• one two three four\n  five\n• six\n",
            ),
            (
                "- a\n    - b\n        - c\n          goes on and on\n- d",
                "• a\n  • b\n    • c goes on and\n      on\n• d\n",
            ),
            ("9. a\n10. b\n    - c", " 9. a\n10. b\n    • c\n"),
            ("- a\n\n  more\n- b\n  - c", "• a\n\n  more\n\n• b\n  • c\n"),
            ("- a\n\n- b", "• a\n• b\n"),
            ("-\n- b", "•\n• b\n"),
            ("- 1. x", "• 1. x\n"),
            ("- > q\n- `c`", "• │ q\n• c\n"),
            (
                "> one two three four five\n>\n> > six\n",
                "│ one two three four\n│ five\n│\n│ │ six\n",
            ),
            (
                "~~~rust\nfn f() {\n\n\tg()\n}\n~~~",
                "  fn f() {\n\n      g()\n  }\n",
            ),
            (
                "```\nlet sum = first + second\n```",
                "  let sum = first +\n    second\n",
            ),
            ("a\n\n---\n\nb", "a\n\n────────────────────\n\nb\n"),
            ("[GAN](gan)", "GAN\n"),
            ("[x](https://a.b/c)", "x <https://a.b/c>\n"),
            ("<https://a.b/c>", "https://a.b/c\n"),
            ("[a.b](https://a.b/)", "a.b\n"),
            ("<me@a.b>", "me@a.b\n"),
            ("", ""),
        ] {
            assert_eq!(unstyled(markdown, 20), expected, "{markdown:?}");
        }
    }

    #[test]
    fn tables_fit() {
        let table = "| Type | Bits | Use |\n|---|---|---|\n| INT8 | 8 | `x / s` on servers |\n| FP16 | 16 | |";
        for (width, expected) in [
            (
                80,
                "\
┌──────┬──────┬──────────────────┐
│ Type │ Bits │ Use              │
├──────┼──────┼──────────────────┤
│ INT8 │ 8    │ x / s on servers │
│ FP16 │ 16   │                  │
└──────┴──────┴──────────────────┘
",
            ),
            (
                26,
                "\
┌──────┬──────┬──────────┐
│ Type │ Bits │ Use      │
├──────┼──────┼──────────┤
│ INT8 │ 8    │ x / s on │
│      │      │ servers  │
├──────┼──────┼──────────┤
│ FP16 │ 16   │          │
└──────┴──────┴──────────┘
",
            ),
            (
                20,
                "\
┌────┬────┬────────┐
│Type│Bits│Use     │
├────┼────┼────────┤
│INT8│8   │x / s on│
│    │    │servers │
├────┼────┼────────┤
│FP16│16  │        │
└────┴────┴────────┘
",
            ),
            (
                14,
                "\
Type: INT8
Bits: 8
Use: x / s on
  servers

Type: FP16
Bits: 16
",
            ),
        ] {
            assert_eq!(unstyled(table, width), expected, "at {width}");
        }
    }

    #[test]
    fn a_table_of_any_shape_is_shown() {
        let columns = 1000;
        let wide = [
            "| h ".repeat(columns) + "|",
            "|---".repeat(columns) + "|",
            "| c ".repeat(columns) + "|",
        ];
        let shown = unstyled(&wide.join("\n"), 40);
        assert_eq!(shown.matches("h: c\n").count(), columns);
        assert_eq!(unstyled("| a |\n|---|", 40), "┌───┐\n│ a │\n└───┘\n");
        for rows in [vec![], vec![vec![]], vec![vec![], vec![]]] {
            let mut out = String::new();
            let style = page(40, Hyperlinks::Off, Theme::Styled);
            write(&[Block::Table(rows)], 0, &style, &mut out);
            assert_eq!(out, "");
        }
    }

    #[test]
    fn styles_and_links_end_with_their_line() {
        let styled = |markdown, width| rendered(markdown, width, Hyperlinks::On, Theme::Styled);
        for (markdown, width, expected) in [
            ("**one two**", 5, "\x1b[1mone\x1b[0m\n\x1b[1mtwo\x1b[0m\n"),
            ("a ***b*** `c`", 9, "a \x1b[1;3mb\x1b[0m \x1b[36mc\x1b[0m\n"),
            (
                "[latent space](latent-space)",
                20,
                "\x1b[4mlatent space\x1b[0m\n",
            ),
            (
                "[a **b**\nc](https://x.y/ü)",
                3,
                "\x1b]8;;https://x.y/%C3%BC\x1b\\\x1b[4ma \x1b[0m\x1b[1;4mb\x1b[0m\x1b]8;;\x1b\\\n\
                 \x1b]8;;https://x.y/%C3%BC\x1b\\\x1b[4mc\x1b[0m\x1b]8;;\x1b\\\n",
            ),
            ("- a", 9, "\x1b[2m•\x1b[0m a\n"),
            ("> a", 9, "\x1b[2m│\x1b[0m a\n"),
            (
                "|[a](http://b)|\n|---|",
                9,
                "\x1b[2m┌───┐\x1b[0m\n\
                 \x1b[2m│ \x1b[0m\x1b]8;;http://b\x1b\\\x1b[1;4ma\x1b[0m\x1b]8;;\x1b\\\x1b[2m │\x1b[0m\n\
                 \x1b[2m└───┘\x1b[0m\n",
            ),
        ] {
            assert_eq!(styled(markdown, width), expected, "{markdown:?}");
        }
    }

    #[test]
    fn an_address_too_long_for_a_hyperlink_is_with_addresses() {
        let long = format!("https://a.b/{}", "c".repeat(3000));
        let shown = rendered(&format!("[x]({long})"), 40, Hyperlinks::On, Theme::Unstyled);
        assert_eq!(shown.replace('\n', ""), format!("x<{long}>"));
    }

    #[test]
    fn control_characters_do_not_pass() {
        let run = Run {
            text: "a\x1b[2Jb \u{202e}c\u{9b}d".to_string(),
            link: Some("https://a.b/\x1b\\ \u{7}".into()),
            ..Run::default()
        };
        let style = page(40, Hyperlinks::On, Theme::Styled);
        let mut out = String::new();
        let cell = vec![vec![vec![run.clone()]]];
        let blocks = [
            Block::Paragraph(vec![run.clone()]),
            Block::Code(run.text),
            Block::Table(cell),
        ];
        write(&blocks, 0, &style, &mut out);
        let (text, balanced) = without_escapes(&out);
        assert!(balanced && !text.contains(|c: char| c != '\n' && markdown::is_unprintable(c)));
        assert_eq!(text.matches("a[2Jb cd").count(), 3);
    }

    /// The text without our own escape codes, and whether each line closes what it opens.
    fn without_escapes(text: &str) -> (String, bool) {
        let mut plain = String::new();
        let (mut style, mut link, mut balanced) = (false, false, true);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("\x1b]8;;") {
                let (address, tail) = after.split_once("\x1b\\").expect("a hyperlink ends");
                link = !address.is_empty();
                rest = tail;
            } else if let Some(after) = rest.strip_prefix("\x1b[") {
                let (codes, tail) = after.split_once('m').expect("a style code ends");
                style = codes != "0";
                rest = tail;
            } else {
                balanced &= c != '\n' || !(style || link);
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        (plain, balanced)
    }

    const TEXTS: [&str; 6] = [
        "A **generative adversarial network** (*GAN*) trains two networks, a `generator` and a \
         [discriminator](https://example.org/d), against each other; see `min_G max_D E[log D(x)]`, \
         un**friggin**believable (*this*), 5\u{a0}km, \u{201c}quotes\u{201d} \u{2013} and more.",
        "1. First item with enough words to be wrapped\n   - nested *item with* `code in it` and more\n     \
         - third level goes on and on\n2. second\n\n   with a paragraph of its own\n10. tenth",
        "> Quoted words that go on for some time\n>\n> > and then **nested words** that do so as well\n\n- > x y z",
        "softmax(Q·Kᵀ / √d)·V and ∂L/∂w = Σᵢ (ŷᵢ − yᵢ)·xᵢ are formulas; 数学 は 難しい です, 👩‍🔬 and 🇫🇷 too.",
        "| Name | Bits | What it is for |\n|---|---|---|\n| INT8 | 8 | servers with [much](http://a.b) work |\n\
         | FP16 | 16 | `x · y` |\n\nand\n\n- | a | b |\n  |---|---|\n  | one two three | four five six |",
        "> > > > > > > > > > > > > > deep down\n\n- - - - - - - - - - - - - - - down too, with words to wrap",
    ];

    #[test]
    fn at_any_width_lines_fit_and_end_clean() {
        for text in TEXTS {
            for width in 10..=120 {
                for (hyperlinks, theme) in [
                    (Hyperlinks::On, Theme::Styled),
                    (Hyperlinks::Off, Theme::Unstyled),
                ] {
                    let (shown, balanced) =
                        without_escapes(&rendered(text, width, hyperlinks, theme));
                    assert!(balanced, "{text:?} at {width}");
                    for line in shown.lines() {
                        assert!(line.width() <= width, "{line:?} at {width}");
                        assert!(!line.ends_with(' '), "{line:?} at {width}");
                        let words = line.trim_start_matches(['│', '•', ' ']);
                        let first = words.chars().next();
                        assert!(
                            !first.is_some_and(|c| ",.;:)?".contains(c)),
                            "{line:?} at {width}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn wrapping_keeps_the_words_of_a_text_in_order() {
        for text in [TEXTS[0], TEXTS[3]] {
            let words = |text: &str| -> Vec<String> {
                text.split([' ', '\n'])
                    .filter(|word| !word.is_empty())
                    .map(str::to_string)
                    .collect()
            };
            let source = markdown::one_line(&markdown::parse(text));
            for width in 20..=120 {
                let (shown, _) =
                    without_escapes(&rendered(text, width, Hyperlinks::On, Theme::Styled));
                assert_eq!(words(&shown), words(&source), "at {width}");
            }
        }
    }

    #[test]
    fn blocks_are_plain_text() {
        for (markdown, expected) in [
            ("a\n**b** _c_ `d e`\n\nf", "a b c d e\n\nf\n"),
            ("a  \nb", "a\nb\n"),
            ("### Head\ntext", "Head\ntext\n"),
            ("- a\n  b\n  - c\n- d", "- a b\n  - c\n- d\n"),
            ("1. a\n2. b\n   - c", "1. a\n2. b\n   - c\n"),
            ("- a\n\n  b\n\n- c", "- a\n\n  b\n\n- c\n"),
            ("> a\n>> b", "  a\n\n    b\n"),
            ("```\nx = 1\n\n  y\n```", "    x = 1\n\n      y\n"),
            ("a\n\n***\n\nb", "a\n\nb\n"),
            ("***\n\na", "a\n"),
            (
                "[GAN](gan) [x](https://a.b) <https://c.d>",
                "GAN x <https://a.b> https://c.d\n",
            ),
            (
                "| a | long head | c |\n|---|---|---|\n| 1 | **2** | 3 |\n| 数学 | | x |",
                "a     long head  c\n1     2          3\n数学             x\n",
            ),
            ("a\u{1b}[31mb\u{202e}", "a[31mb\n"),
            ("", ""),
        ] {
            assert_eq!(plain(markdown, None), expected, "{markdown:?}");
        }
    }

    #[test]
    fn a_paragraph_is_one_line_unless_a_width_is_given() {
        let text = "word ".repeat(500);
        assert_eq!(plain(&text, None).lines().count(), 1);
        assert_eq!(plain("one two three", Some(10)), "one two\nthree\n");
        assert_eq!(plain("- one two three", Some(10)), "- one two\n  three\n");
        assert_eq!(
            plain("|a|b|\n|-|-|\n|one two|three four|", Some(12)),
            "a: one two\nb: three\n  four\n"
        );
    }

    #[test]
    fn one_long_cell_does_not_pad_all_rows() {
        let table = format!(
            "|a|b|\n|-|-|\n|{}|x|\n{}",
            "long ".repeat(2_000),
            "|1|2|\n".repeat(2_000)
        );
        assert!(plain(&table, None).len() < 600_000);
    }
}
