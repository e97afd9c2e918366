//! A pack in which bytes were changed answers as before or is refused; an index in which bytes were
//! changed behind the back of all checksums is read without a panic.
#![no_main]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use glossary_core::corpus::folder;
use glossary_core::corpus::pack::{self, Pack};
use glossary_core::entry::key::fold;
use glossary_core::index::builder::{Builder, Texts};
use glossary_core::index::reader::Index;
use glossary_core::index::{Error, Section};
use libfuzzer_sys::fuzz_target;

/// A folder with a pack beside it, and the index that the pack holds.
struct Packed {
    pack: PathBuf,
    bytes: Vec<u8>,
    index: Vec<u8>,
    answers: Vec<String>,
}

static PACKED: LazyLock<Packed> = LazyLock::new(|| {
    let root = std::env::temp_dir().join(format!("glossary-fuzz-{}", std::process::id()));
    let folder = root.join("terms");
    fs::create_dir_all(&folder).expect("a folder");
    for title in ["Flux", "Flux Widget", "Gadget"] {
        let text = format!(
            "---\ntitle: {title}\ntags: [part]\n---\n\n### Summary\n\nOf {title}.\n\n### Related terms\n\nFlux\n"
        );
        fs::write(folder.join(format!("{}.md", fold(title))), text).expect("an entry");
    }
    let pack = root.join("pack");
    let files = folder::list(&folder).expect("a folder").files;
    let builder = Builder::new(Vec::new(), Texts::Inside).expect("memory");
    let index = folder::index(&folder, &files, builder, &mut |_, _| {});
    pack::pack(std::slice::from_ref(&folder), &pack, &mut |_, _| {}).expect("a pack");
    Packed {
        bytes: fs::read(&pack).expect("a pack"),
        index: index.expect("an index").0,
        answers: answers(Pack::open(&pack).and_then(|pack| Index::open(Box::new(pack), None)))
            .expect("answers"),
        pack,
    }
});

/// What is asked of an index, as text.
fn answers(index: Result<Index, Error>) -> Result<Vec<String>, Error> {
    let index = index?;
    let mut answers = Vec::new();
    for number in 0..index.len().min(100) {
        answers.push(format!("{:?}", index.head(number)?.tags()?));
        let (entry, path) = index.entry(number)?;
        answers.push(format!("{entry:?} {} {path}", entry.gloss()));
    }
    for section in Section::DICTIONARIES {
        let dictionary = index.dictionary(section)?;
        for key in ["flux", "fluxwidget", "part"] {
            answers.push(format!("{:?}", dictionary.get(key)?));
            answers.push(format!("{:?}", dictionary.starting_with(key, 8, 10)?));
            dictionary.maybe_within(key, 2, usize::MAX, &mut |number| {
                answers.push(dictionary.key(number)?.into_owned());
                Ok(())
            })?;
        }
    }
    answers.push(format!("{:?}", index.lengths()?));
    Ok(answers)
}

fuzz_target!(|input: (Vec<(u16, u8)>, u16)| {
    let (changes, cut) = input;
    let packed = &*PACKED;
    let changed = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        for &(at, byte) in &changes {
            let length = bytes.len();
            bytes[usize::from(at) % length] = byte;
        }
        bytes.truncate(bytes.len() - usize::from(cut) % bytes.len());
        bytes
    };
    let _ = answers(Index::open(Box::new(changed(&packed.index)), None));

    let mut file = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&packed.pack)
        .expect("a pack");
    file.write_all(&changed(&packed.bytes)).expect("a pack");
    let opened = Pack::open(&packed.pack).and_then(|pack| Index::open(Box::new(pack), None));
    if let Ok(answers) = answers(opened) {
        assert_eq!(answers, packed.answers);
    }
});
