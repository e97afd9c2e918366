//! Your own entries beside the built-in ones: whose names count, whose sections are shown, and which words of
//! any script are found.

use crate::support::{Place, entry};

#[test]
fn ones_own_names_win_in_any_form() {
    let place = Place::with(
        "terms.md",
        "## Nodes\nMachines of ours.\n\n## Foundation Models\nOur own.\n\n## Back-Prop / Learning-Rate\nOurs.\n",
    );
    for (query, title, also) in [
        ("node", "Nodes", "also: Artificial Neuron, built in\n"),
        ("NODE", "Nodes", "built in\n"),
        (
            "foundation model",
            "Foundation Models",
            "also: Foundation Model, built in\n",
        ),
        (
            "learning rates",
            "Back-Prop / Learning-Rate",
            "also: Learning Rate, built in\n",
        ),
        (
            "Learning Rate",
            "Back-Prop / Learning-Rate",
            "also: Learning Rate, built in\n",
        ),
    ] {
        let run = place.run(&["--glossary", "terms.md", query]);
        assert!(run.stdout.starts_with(title), "{query}: {}", run.stdout);
        assert!(run.stdout.ends_with(also), "{query}: {}", run.stdout);
        let only = place.run(&["--glossary", "terms.md", "--only", query]);
        assert!(!only.stdout.contains("also:"), "{query}: {}", only.stdout);
    }
    let related = place.run(&["--glossary", "terms.md", "related", "node"]);
    assert_eq!(related.status, 1, "{}", related.stdout);
}

#[test]
fn sections_come_from_the_entry_beneath() {
    let place = Place::with("team/dropout.md", "# Dropout\n\nWhat we call dropout.\n");
    let ask = |arguments: &[&str]| {
        place
            .run(&[&["--glossary", "team"], arguments, &["dropout"]].concat())
            .stdout
    };
    let built_in = place.run(&["--json", "dropout"]).stdout;
    assert!(!ask(&[]).contains("built-in"));
    let simply = ask(&["--eli5"]);
    assert!(
        simply.starts_with("Dropout  from team\n\nELI5  from built-in\n"),
        "{simply}"
    );
    let all = ask(&["--all"]);
    assert!(all.contains("\nSummary\nWhat we call dropout.\n"), "{all}");
    assert!(
        all.contains("\nIn-depth explanation  from built-in\n"),
        "{all}"
    );
    let json = ask(&["--json"]);
    assert!(json.contains(r#""summary":"What we call dropout.","eli5":"","in_depth":"","beneath":[{"depth":"eli5","text":""#), "{json}");
    let text = built_in.split(r#""eli5":""#).nth(1).unwrap();
    assert!(json.contains(&text[..40]), "{json}");
    assert!(ask(&["--only", "--eli5"]).ends_with("\n\nSummary\nWhat we call dropout.\n"));
}

#[test]
fn a_missing_depth_falls_back_to_what_there_is() {
    let place = Place::with("team/widget.md", entry("Widget", "A part."));
    place.write(
        "team/gadget.md",
        "---\ntitle: Gadget\n---\n\n### In-depth explanation\n\nA thing.\n\nOf parts.\n",
    );
    for (arguments, shown) in [
        (&["widget", "--all"][..], "Summary\nA part.\n"),
        (&["widget", "--eli5"], "Summary\nA part.\n"),
        (&["widget", "--in-depth"], "Summary\nA part.\n"),
        (&["gadget"], "In-depth explanation\nA thing.\n\nOf parts.\n"),
        (&["gadget", "-d"], "A thing.\n\nOf parts.\n"),
    ] {
        let run = place.run(&[&["--glossary", "team"], arguments].concat());
        let (_, text) = run.stdout.split_once("  from team\n\n").unwrap();
        assert_eq!(text, shown, "{arguments:?}");
    }
    let list = place.run(&["--glossary", "team", "--only", "list"]).stdout;
    assert_eq!(list, "gadget\tGadget\tA thing.\nwidget\tWidget\tA part.\n");
}

#[test]
fn any_script_is_found() {
    let place = Place::with(
        "terms.yml",
        "- {term: バッチ, def: まとめ。}\n- {term: 機械学習, def: データから学ぶ。}\n- {term: شَبَكَة, def: متصلة}\n- {term: בְּדִיקָה, def: מבחן}\n- {term: क्षेत्र, def: जगह}\n- {term: 기계 학습, def: 데이터}\n",
    );
    let ask = |arguments: &[&str]| {
        let run =
            place.run(&[&["--glossary", "terms.yml", "--only", "--exact"], arguments].concat());
        run.stdout.lines().next().unwrap_or_default().to_string()
    };
    for (query, title) in [
        ("バッチ", "バッチ"),
        ("パッチ", ""),
        ("機械学習", "機械学習"),
        ("شبكة", "شَبَكَة"),
        ("בדיקה", "בְּדִיקָה"),
        ("क्षेत्र", "क्षेत्र"),
        ("कषेतर", ""),
        ("기계학습", "기계 학습"),
    ] {
        assert_eq!(ask(&[query]).split("  from").next(), Some(title), "{query}");
    }
    assert!(ask(&["search", "学習"]).starts_with("機械学習\t機械学習\t"));
    assert!(ask(&["search", "기계"]).starts_with("기계-학습\t"));
}

#[test]
fn a_text_is_scanned_for_all_names_of_ones_own_terms() {
    let place = Place::with(
        "terms.md",
        "## Cluster\nMachines.\n\n## Node\nOne of them.\n\n## What is a Tensor Core?\nA unit.\n",
    );
    place
        .write("gpu/warp-lane.md", "# Part of a Warp\nA lane.\n")
        .write(
            "cjk.yml",
            "機械学習: 学ぶ。\n기계 학습: 배움.\nमशीन लर्निंग: सीखना।\n",
        )
        .write(
            "text.txt",
            "The nodes of a cluster have tensor cores, and each warp lane.\n",
        )
        .write(
            "cjk.txt",
            "これは機械学習です。그는 기계 학습을 한다. मशीन लर्निंग।\n",
        );
    let scan = |glossaries: &[&str], text: &str| {
        let run = place.run(&[glossaries, &["scan", "--each", text]].concat());
        let lines = run.stdout.lines();
        let titles = lines.map(|line| line.split('\t').nth(2).unwrap().to_string());
        (titles.collect::<Vec<_>>(), run.stderr)
    };
    let own = ["--glossary", "terms.md", "--glossary", "gpu"];
    let (titles, note) = scan(&own, "text.txt");
    let expected = [
        "Node",
        "Cluster",
        "What is a Tensor Core?",
        "Part of a Warp",
    ];
    assert_eq!(
        (titles, &*note),
        (expected.map(str::to_string).to_vec(), "")
    );
    place.write("everyday.txt", "A node weighs its weight.\n");
    let (titles, note) = scan(&["--glossary", "terms.md"], "everyday.txt");
    assert_eq!(titles, ["Node"]);
    assert_eq!(
        note,
        "glossary: left out 1 everyday word that may not be meant as a term; `--all-words` counts every one\n"
    );
    let (titles, note) = scan(&["--glossary", "cjk.yml", "--only"], "cjk.txt");
    assert_eq!(titles, ["機械学習", "기계 학습", "मशीन लर्निंग"]);
    assert_eq!(note, "");
}
