//! Which module may use which: the map in `src/lib.rs`, held to.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each module with the modules of the crate that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("entry", &["entry"]),
    ("index", &["entry", "index"]),
    ("error", &["index"]),
    ("cli", &["entry", "error"]),
    ("corpus", &["corpus", "entry", "error", "index"]),
    ("query", &["corpus", "entry", "error", "index", "query"]),
    (
        "render",
        &["corpus", "entry", "error", "index", "query", "render"],
    ),
    ("config", &["cli", "corpus", "entry", "query", "render"]),
    ("output", &["config", "render"]),
    ("input", &["error"]),
    ("editor", &["error"]),
    ("completion", &["cli", "config", "corpus", "error"]),
    ("manual", &["cli", "error"]),
    (
        "commands",
        &[
            "cli",
            "commands",
            "completion",
            "config",
            "corpus",
            "editor",
            "entry",
            "error",
            "index",
            "input",
            "manual",
            "output",
            "query",
            "render",
        ],
    ),
];

/// Where outside crates may be named that would otherwise spread.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("serde_yaml", &["src/entry/front_matter.rs"]),
    ("pulldown_cmark", &["src/entry/markdown.rs"]),
    ("etcetera", &["src/config.rs"]),
    ("tempfile", &["src/corpus/whole.rs"]),
    ("crc32fast", &["src/corpus/pack.rs"]),
    ("env::var", &["src/config.rs"]),
    ("io::stdout", &["src/config.rs", "src/output.rs"]),
    ("io::stderr", &["src/output.rs"]),
];

#[test]
fn modules_use_only_what_the_map_allows() {
    for (module, allowed) in MAY_USE {
        for (path, text) in sources(module) {
            let used: BTreeSet<&str> = text
                .match_indices("crate::")
                .map(|(at, name)| &text[at + name.len()..])
                .map(|rest| {
                    &rest[..rest
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .unwrap_or(rest.len())]
                })
                .collect();
            for name in used {
                assert!(
                    allowed.contains(&name),
                    "{path} uses crate::{name}; {module} may use {allowed:?}"
                );
            }
        }
    }
}

#[test]
fn the_map_names_every_module() {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(
            MAY_USE.iter().any(|(name, _)| *name == module),
            "{module} is missing here"
        );
        assert!(
            lib.contains(&format!("[`{module}`]")),
            "{module} is missing in the map of src/lib.rs"
        );
    }
}

#[test]
fn outside_crates_and_the_system_are_named_in_one_place() {
    let all = fs::read_dir("src")
        .unwrap()
        .map(|file| file.unwrap().file_name());
    for module in all {
        let module = module.to_string_lossy().trim_end_matches(".rs").to_string();
        for (path, text) in sources(&module) {
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            for (name, places) in ONLY_IN {
                assert!(
                    !code.contains(name) || places.contains(&path.as_str()),
                    "{path} names {name}; only {places:?} may"
                );
            }
        }
    }
}

/// The files of a module with their text.
fn sources(module: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let file = format!("src/{module}.rs");
    if Path::new(&file).exists() {
        found.push((file.clone(), fs::read_to_string(&file).unwrap()));
    }
    let mut folders = vec![format!("src/{module}")];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(&folder).into_iter().flatten() {
            let path = file.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(name);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no module {module}");
    found
}
