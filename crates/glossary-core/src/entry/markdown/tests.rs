use super::*;

/// Blocks in a short notation: `p` a paragraph, `h` a heading, `c` code, `ul`/`ol` lists with their
/// items in brackets, `q` a quote, `t` a table; `*bold*`, `/italic/`, `` `code` ``, `text@link`.
fn notation(blocks: &[Block]) -> String {
    let run = |run: &Run| {
        let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
        let marks = [
            mark(run.style.bold, "*"),
            mark(run.style.italic, "/"),
            mark(run.style.code, "`"),
        ];
        let text = run.text.replace('\n', "\u{23ce}");
        let closing: String = marks.iter().rev().copied().collect();
        let link = run
            .link
            .as_ref()
            .map(|link| format!("@{link}"))
            .unwrap_or_default();
        [marks.concat(), text, closing, link].concat()
    };
    let runs = |runs: &[Run]| runs.iter().map(run).collect::<String>();
    let block = |block: &Block| match block {
        Block::Paragraph(text) => format!("p({})", runs(text)),
        Block::Heading(text) => format!("h({})", runs(text)),
        Block::Code(text) => format!("c({text})"),
        Block::Quote(inner) => format!("q({})", notation(inner)),
        Block::Rule => "rule".to_string(),
        Block::List { first, items } => {
            let name = first.map_or("ul".to_string(), |first| format!("ol{first}"));
            let items: Vec<String> = items.iter().map(|item| notation(item)).collect();
            format!("{name}[{}]", items.join(" | "))
        }
        Block::Table(rows) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|cell| runs(cell))
                        .collect::<Vec<_>>()
                        .join(", ")
                })
                .collect();
            format!("t[{}]", rows.join(" | "))
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

#[test]
fn markdown_reads_as() {
    for (markdown, read) in [
        ("a\nb", "p(a b)"),
        ("a  \nb\\\nc", "p(a⏎b⏎c)"),
        ("a<br>b<br/>c", "p(a⏎b⏎c)"),
        (
            "_a_ __b__ ***c*** snake_case_name",
            "p(/a/ *b* */c/* snake_case_name)",
        ),
        ("un**friggin**believable", "p(un*friggin*believable)"),
        ("``a ` b``", "p(`a ` b`)"),
        ("~~~rust\nlet a;\n~~~", "c(let a;)"),
        ("```\n\tif x:\n```", "c(    if x:)"),
        ("- a\n    - b\n        - c", "ul[p(a) ul[p(b) ul[p(c)]]]"),
        ("- a\n  still a\n- b", "ul[p(a still a) | p(b)]"),
        ("- a\n\n  more\n\n- b", "ul[p(a) p(more) | p(b)]"),
        ("- a\n\n- b", "ul[p(a) | p(b)]"),
        ("3. a\n4. b\n   ```\n   c\n   ```", "ol3[p(a) | p(b) c(c)]"),
        ("-\n- b", "ul[ | p(b)]"),
        (
            "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
            "ul[p(x) t[a, b | 1, 2]]",
        ),
        ("| a | b |\n|--|--|\n| `x` |", "t[a, b | `x`, ]"),
        ("> a\n>> b", "q(p(a) q(p(b)))"),
        ("Title\n=====\ntext", "h(Title) p(text)"),
        ("text\n---\nmore", "p(text) rule p(more)"),
        ("## Title ##", "h(Title)"),
        (
            "AT&amp;T &lt;tag&gt; &copy; &nbsp;x",
            "p(AT&T <tag> © \u{a0}x)",
        ),
        (r"\* \_ \# \[x\]", "p(* _ # [x])"),
        (
            "[GAN](gan) <https://a.b> <me@a.b>",
            "p(GAN@gan https://a.b@https://a.b me@a.b@mailto:me@a.b)",
        ),
        (
            "[a *b*][r]\n\n[r]: http://x.y",
            "p(a @http://x.y/b/@http://x.y)",
        ),
        ("![a picture](x.png)", "p(a picture)"),
        (
            "H<sub>2</sub>O and the <pad> token <!-- not this -->",
            "p(H2O and the <pad> token)",
        ),
        (
            "<div>\nkept <b>text</b>\n<!-- not\nthis -->\n</div>",
            "p(kept text)",
        ),
        ("- a\n  <p>b</p>\n- c", "ul[p(a) p(b) | p(c)]"),
        (
            "a\u{1b}[31mb\u{202e}c &#27;[0m d\u{9b}e",
            "p(a[31mbc [0m de)",
        ),
        ("* * *", "rule"),
        ("", ""),
    ] {
        assert_eq!(notation(&parse(markdown)), read, "{markdown:?}");
    }
}

#[test]
fn hostile_text_is_read_whole_and_shallowly() {
    for part in [
        "> ", "- ", "1. ", "> - ", "**a ", "[", "` ` ", "` `` ", "<", "<!--", "![](", "&", "|",
        "\\\n",
    ] {
        let blocks = parse(&part.repeat(40_000 / part.len()));
        assert!(depth(&blocks) <= MAX_DEPTH, "{part:?}");
    }
    let line = "word ".repeat(200_000);
    assert_eq!(one_line(&parse(&line)), line.trim_end());
}

fn depth(blocks: &[Block]) -> usize {
    let inner = |block: &Block| match block {
        Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote(inner) => 1 + depth(inner),
        _ => 0,
    };
    blocks.iter().map(inner).max().unwrap_or(0)
}
