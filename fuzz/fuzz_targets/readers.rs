//! Any file of a glossary is read, and what comes out are entries of the native layout. The first byte
//! says which form the file has.
#![no_main]

use std::path::{Path, PathBuf};

use glossary_core::entry::Entry;
use glossary_core::readers::{Way, read, resolve};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 8] = [
    "term.md", "glossary.md", "index.mdx", "README.md", "terms.yml", "terms.json", "terms.csv", "terms.tsv",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let reading = read(Path::new(name), "folder", text, Way::Named);
    let (entries, _) = resolve(vec![(PathBuf::from(name), reading)]);
    for resolved in entries {
        let entry = resolved.entry;
        let again = Entry::parse(&entry.slug, &entry.text).expect("an entry of the native layout");
        assert_eq!(again.front.title, entry.front.title);
        assert_eq!(again.front.aliases, entry.front.aliases);
    }
});
