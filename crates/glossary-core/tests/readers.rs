//! The forms of glossaries, each by an example: what goes in, and which entries come out.

use std::fs;
use std::path::{Path, PathBuf};

use glossary_core::corpus::select::select;
use glossary_core::entry::Entry;
use glossary_core::entry::markdown::{one_line, parse};
use glossary_core::entry::sections::Depth;
use glossary_core::readers::{Way, read, resolve};

/// What files hold, an entry a line: `line slug: Title = names | summary | in-depth | related`.
fn shown(files: &[(&str, &str)]) -> String {
    let way = if files.len() == 1 {
        Way::Named
    } else {
        Way::InFolder
    };
    let read = |&(path, text): &(&str, &str)| {
        let path = PathBuf::from(path);
        let reading = read(&path, "glossary", text.as_bytes(), way);
        (path, reading)
    };
    let (entries, problems) = resolve(files.iter().map(read).collect());
    let text = |entry: &Entry, depth| {
        entry
            .section(depth)
            .map(|text| one_line(&parse(text)))
            .unwrap_or_default()
    };
    let mut lines = Vec::new();
    for resolved in &entries {
        let entry = &resolved.entry;
        let parts = [
            entry.front.aliases.join(", "),
            text(entry, Depth::Summary),
            text(entry, Depth::InDepth),
            entry.related.join(", "),
        ];
        lines.push(format!(
            "{} {}: {} = {}",
            resolved.line,
            entry.slug,
            entry.front.title,
            parts.join(" | ")
        ));
    }
    for (_, problem) in problems {
        lines.push(format!(
            "{} {}: {}",
            problem.place.line,
            problem.rule.id(),
            problem.message
        ));
    }
    lines.join("\n")
}

#[track_caller]
fn assert_read(path: &str, text: &str, expected: &[&str]) {
    assert_eq!(shown(&[(path, text)]), expected.join("\n"), "{text}");
}

#[test]
fn a_page_has_a_title_a_summary_and_the_rest() {
    assert_read(
        "ferry-day.md",
        "---\nTitle: Ferry Day\naka: Boat Day; FD\nrelated: [crossing.md, Toll House]\n---\n\n# Ferry Day\n\nThe day of the ferry.\n\n## Why\n\nTo cross.\n",
        &[
            "1 ferry-day: Ferry Day = Boat Day, FD | The day of the ferry. | Why To cross. | crossing, Toll House",
        ],
    );
    assert_read(
        "ferry_day.md",
        "A day.\n\nMore.\n",
        &["1 ferry_day: Ferry day =  | A day. | More. | "],
    );
    assert_read(
        "x.md",
        "+++\ntitle = 'What is a Tug?'\n+++\nA small boat.",
        &["1 x: What is a Tug? = Tug | A small boat. |  | "],
    );
    assert_read(
        "x.md",
        "{\"title\": \"Tug\", \"definition\": \"A boat.\"}\n\nIt pulls.",
        &["1 x: Tug =  | A boat. | It pulls. | "],
    );
    assert_read(
        "x.md",
        "---\ntitle: Tug\ndescription: A boat.\n---\nA boat.\n\n![A tug](tug.png)\n",
        &["1 x: Tug =  | A boat. | A tug | "],
    );
    assert_read("x.md", "---\ntitle: Tug\ndraft: yes\n---\nA boat.", &[""]);
}

#[test]
fn the_native_layout_keeps_its_text() {
    let native = "---\ntitle: Tug\n---\n### Summary\nA boat.\n";
    assert_read("tug.md", native, &["1 tug: Tug =  | A boat. |  | "]);
    let with_more = format!("{native}\n## History\n\nOld.\n");
    assert_read(
        "tug.md",
        &with_more,
        &["1 tug: Tug =  | A boat. | History Old. | "],
    );
}

#[test]
fn sections_and_labels_give_names_and_relations() {
    assert_read(
        "tug.md",
        "# Tug\n\n_Also known as Puller or Tow boat_\n\n![A tug](a.png)\n\nA boat.\n\n## See also\n\n- [Barge](barge.md)\n- [Docks](https://a.example)\n",
        &["1 tug: Tug = Puller, Tow boat | A boat. | A tug See also Barge Docks | Barge"],
    );
    assert_read(
        "tug.md",
        "# Tug\n\n**Definition:** A boat.\n**Synonyms:** Puller\n**Context:** The port.\n\nSee also: Barge, Pier.\n",
        &["1 tug: Tug = Puller | A boat. | Context: The port. | Barge, Pier"],
    );
    assert_read(
        "tug.md",
        "# Tug\n\nMore.\n\n## Definition\n\nA boat.\n\n### Synonyms\n\n- Puller\n",
        &["1 tug: Tug = Puller | A boat. | More. | "],
    );
    assert_read(
        "tug.md",
        "# Tug\n\nA boat.\n\n<!--more-->\n\nIt pulls.[^1]\n\n[^1]: Hard.\n",
        &["1 tug: Tug =  | A boat. | It pulls. Hard. | "],
    );
}

#[test]
fn one_file_has_many_terms() {
    assert_read(
        "glossary.md",
        "# Glossary\n\nWords.\n\n## Tug\n\nA boat. See [barge](#barge).\n\n### Example\n\nOne.\n\n## Barge (BG)\n\nFlat.\n\n## References\n\n- None.\n",
        &[
            "5 tug: Tug =  | A boat. See barge. | Example One. | Barge (BG)",
            "13 barge: Barge (BG) =  | Flat. |  | ",
        ],
    );
    assert_read(
        "glossary.md",
        "# Words\n\n## B\n\n### Barge\nFlat.\n\n## T\n\n### Tug / Tow\nA boat.\n",
        &[
            "5 barge: Barge =  | Flat. |  | ",
            "10 tug-tow: Tug / Tow = Tug, Tow | A boat. |  | ",
        ],
    );
    assert_read(
        "glossary.md",
        "# Glossary\n\n| Term | Meaning | Also called |\n|-|-|-|\n| **Tug** | A boat. | Puller |\n",
        &["5 tug: Tug = Puller | A boat. |  | "],
    );
    assert_read(
        "glossary.md",
        "# Glossary\n\n## In port\n\nThe words:\n\n- **Tug** (TG) — a boat.\n  - It pulls.\n- **Barge:** flat.\n",
        &[
            "7 tug: Tug (TG) =  | a boat. | It pulls. | ",
            "9 barge: Barge =  | flat. |  | ",
        ],
    );
    assert_read(
        "glossary.md",
        "# Glossary\n\nTug\nPuller\n: A boat.\n\n  It pulls.\n\nBarge\n: Flat.\n",
        &[
            "3 tug: Tug = Puller | A boat. | It pulls. | ",
            "9 barge: Barge =  | Flat. |  | ",
        ],
    );
    assert_read(
        "glossary.md",
        "**Tug**\nA boat.\n\n> Not a barge.\n\n**Barge** - Flat.\n",
        &[
            "1 tug: Tug =  | A boat. | Not a barge. | ",
            "6 barge: Barge =  | Flat. |  | ",
        ],
    );
    assert_read(
        "words.md",
        "```{glossary}\n:sorted:\n\nTug\n: A {term}`boat <Barge>`.\n\nBarge\n: Flat.\n```\n",
        &[
            "4 tug: Tug =  | A boat. |  | Barge",
            "7 barge: Barge =  | Flat. |  | ",
        ],
    );
}

#[test]
fn data_has_keys_or_columns() {
    for (path, text) in [
        (
            "terms.yml",
            "- term: Tug\n  definition: |\n    A boat.\n\n    It pulls.\n  aka: Puller\n  example: Here.\n- term: Barge\n  see: Tug\n",
        ),
        (
            "terms.json",
            "{\"terms\": [{\"term\": \"Tug\", \"definition\": \"A boat.\\n\\nIt pulls.\", \"synonyms\": [\"Puller\", null], \"example\": \"Here.\"},\n\n\n\n\n\n\n{\"term\": \"Barge\", \"related\": [\"tug\"]}]}",
        ),
        (
            "terms.csv",
            "Term,Definition,Synonyms,See also,example\nTug,\"A boat.\n\nIt pulls.\",Puller,,Here.\n\n\n\n\nBarge,,,Tug,\n",
        ),
    ] {
        let lines = shown(&[(path, text)]);
        let lines: Vec<&str> = lines
            .lines()
            .map(|line| line.split_once(' ').map_or("", |(_, line)| line))
            .collect();
        assert_eq!(
            lines,
            [
                "tug: Tug = Puller | A boat. | It pulls. example: Here. | ",
                "barge: Barge =  | See Tug. |  | Tug"
            ],
            "{path}"
        );
    }
    assert_read(
        "words.yaml",
        "Tug: A boat.\nBarge:\n  definition: Flat.\n7.50: A fee.\n",
        &[
            "1 tug: Tug =  | A boat. |  | ",
            "2 barge: Barge =  | Flat. |  | ",
            "4 7-50: 7.50 =  | A fee. |  | ",
        ],
    );
    assert_read(
        "words.yml",
        "- slug: tug\n  de: {term: Schlepper, def: Ein Boot.}\n  en: {term: tug, def: A boat.}\n",
        &["1 tug: tug = Schlepper | A boat. |  | "],
    );
}

#[test]
fn macros_and_marks_become_text() {
    for (markdown, text) in [
        (
            "{{< glossary_tooltip text=\"pods\" term_id=\"pod\" >}} {{< note >}}a{{< /note >}}{{< toc >}}",
            "pods a",
        ),
        (
            "{{< glossary_tooltip term_id=\"node-pool\" >}}",
            "node pool",
        ),
        (
            "x {{Glossary(\"Pod\", \"pods\")}} {{domxref('A.b')}}",
            "x pods A.b",
        ),
        (
            "{{ page.berth }} {{ \"x\" | upcase }}{% if a %}y{% endif %}{% comment %}n{% endcomment %}",
            "north xy",
        ),
        ("{% raw %}{{ a }}{% endraw %} `{{ b }}`", "{{ a }} {{ b }}"),
        ("[[a/Pod#x|pods]] [[a/Pod]] ![[pod.png]]", "pods Pod"),
        (
            "[a][r], ~~b~~ c{:.x} <kbd>d</kbd> <pad> &mdash; <!-- no -->\n\n[r]: https://a.example",
            "a, b c d <pad> —",
        ),
        (
            "{term}`pods <Pod>` {py:class}`~a.b.C` {math}`x = 1`",
            "pods C x = 1",
        ),
        ("- [x] a\n- [ ] b", "a b"),
        ("> [!NOTE] Title\n> a", "Title a"),
        (":::tip[Title]\na\n:::", "Title a"),
        ("import A from 'a';\n\n<Tab id=\"a\">\n\nb\n\n</Tab>", "b"),
        ("{/* no */}a %%no%%", "a"),
    ] {
        let file = format!("---\ntitle: T\nberth: north\n---\n{markdown}");
        let reading = read(Path::new("t.md"), "", file.as_bytes(), Way::Named);
        let (entries, problems) = resolve(vec![(PathBuf::from("t.md"), reading)]);
        let texts = entries.iter().flat_map(|resolved| {
            Depth::ALL.map(|depth| {
                resolved
                    .entry
                    .section(depth)
                    .map(|text| one_line(&parse(text)))
                    .unwrap_or_default()
            })
        });
        assert_eq!(
            texts.collect::<Vec<_>>().join(" ").trim(),
            text,
            "{markdown} {problems:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    for (path, text, problem) in [
        ("a.md", "", "1 unreadable: empty"),
        (
            "a.md",
            "---\ntitle: A\n\nText.",
            "1 front-matter: front matter is not closed",
        ),
        (
            "a.md",
            "---\ntitle: a: b\n---\nText.",
            "2 front-matter: invalid YAML: mapping values are not allowed in this context; quote the value: it holds a colon",
        ),
        (
            "a.md",
            "Here:\n\n---\ntitle: A\n---\nText.",
            "3 front-matter: text before the front matter",
        ),
        (
            "a.md",
            "---\n- a\n---\nText.",
            "1 front-matter: the front matter is not a map",
        ),
        (
            "a.md",
            "---\ntitle: A\n---\n\n<!-- later -->\n",
            "1 no-text: no text",
        ),
        ("---.md", "Text.", "1 front-matter: no title"),
        (
            "glossary.md",
            "# Glossary\n\nNothing yet.\n",
            "1 no-text: no term",
        ),
        ("terms.json", "{\n\"a\" 1}", "2 data: invalid JSON"),
        ("terms.csv", "a,b\n1,2\n", "1 data: no header"),
        ("a.txt", "Text.", "1 unreadable: no form that is read"),
        ("terms.yml", "- term: A\n", "1 data: no glossary"),
        (
            "terms.yml",
            "- term: A\n  def: x\n- term: B\n",
            "3 skipped: “B” has no text",
        ),
        (
            "terms.csv",
            "term,def\nA,x,y\n",
            "2 skipped: 3 fields, 2 in the header",
        ),
    ] {
        let said = shown(&[(path, text)]);
        let said = said.lines().last().unwrap_or_default();
        assert!(said.starts_with(problem), "{text:?}: {said}");
    }
}

#[test]
fn a_list_of_links_makes_no_page_a_glossary() {
    let text = "A boat.\n\n## See also\n\n- Harbor: [tugs](https://a.example)\n- Museum: [boats](https://b.example)\n";
    let shown = shown(&[("tug/index.md", text), ("barge.md", "Flat.")]);
    assert!(
        shown.starts_with("1 tug: Tug =  | A boat. | See also "),
        "{shown}"
    );
}

#[test]
fn slugs_are_unique() {
    let files = [
        ("a/tug.md", "# Tug\nOne."),
        ("b/tug.md", "# Tug\nTwo."),
        ("a/barge/css.md", "# Barge (CSS)\nSix."),
        ("css.md", "---\ntitle: CSS\n---\n### Summary\nSeven.\n"),
        (
            "glossary.md",
            "## Tug\n\nThree.\n\n## C++ (a)\n\nFour.\n\n## C++ (b)\n\nFive.\n",
        ),
    ];
    let shown = shown(&files);
    let slugs: Vec<&str> = shown
        .lines()
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect();
    assert_eq!(
        slugs,
        [
            "1 tug",
            "1 css",
            "1 tug-2",
            "5 c++",
            "9 c++-b",
            "1 barge",
            "1 duplicate-slug"
        ]
    );
}

#[test]
fn other_files_of_a_folder_are_passed_over() {
    let paths = [
        "README.md",
        "LICENSE.md",
        "_sidebar.md",
        "tug.md",
        "x/index.md",
        "x/tug.md",
        "y/index.md",
        "node_modules/a.md",
        "a.txt",
        "z/README.md",
    ];
    let paths = paths.map(PathBuf::from);
    let selected: Vec<String> = select(&paths)
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    assert_eq!(
        selected,
        ["tug.md", "x/tug.md", "y/index.md", "z/README.md"]
    );
    for (path, text) in [
        ("package.json", "{\"name\": \"a\", \"description\": \"b\"}"),
        ("data.csv", "date,tons\n1,2\n"),
        ("broken.json", "{"),
        ("README.md", "# Tug\n\nHow to.\n"),
        ("page.md", "---\nlayout: list\n---\n{% include a.html %}\n"),
    ] {
        assert_eq!(
            shown(&[(path, text), ("tug.md", "")]).lines().count(),
            1,
            "{path}"
        );
    }
}

#[test]
fn built_in_entries_are_read_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../entries");
    for file in fs::read_dir(folder).expect("the entries") {
        let path = file.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        let slug = path
            .file_stem()
            .expect("a stem")
            .to_string_lossy()
            .into_owned();
        let reading = read(&path, "entries", text.as_bytes(), Way::InFolder);
        let (mut entries, problems) = resolve(vec![(path, reading)]);
        assert_eq!((entries.len(), problems.len()), (1, 0), "{slug}");
        let resolved = entries.remove(0);
        assert!(resolved.is_native, "{slug}");
        assert_eq!(Ok(resolved.entry), Entry::parse(&slug, &text));
    }
}
