//! A pack in which bytes were changed answers as before or is refused; an index in which bytes were
//! changed behind the back of all checksums is read without a panic.
#![no_main]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use glossary_core::corpus::indexing::{index_entries, read_files};
use glossary_core::corpus::folder::Listing;
use glossary_core::corpus::pack;
use glossary_core::entry::normalize::fold;
use glossary_core::index::Error;
use glossary_core::index::schema::{
    BACKLINKS, Field, HIDDEN, NAME_WORDS, NAMES, Payload, TAGS, TERMS,
};
use glossary_core::index::segment::Segment;
use glossary_core::index::writer::SegmentWriter;
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
    let listing = Listing::open(&folder).expect("a folder");
    let (entries, _) = read_files(&listing, &mut |_, _| {});
    let mut writer = SegmentWriter::new(Vec::new()).expect("memory");
    index_entries(&entries, &mut writer).expect("an index");
    let index = writer.finish(&[]).expect("an index");
    pack::pack(std::slice::from_ref(&folder), &pack, &mut |_, _| {}).expect("a pack");
    Packed {
        bytes: fs::read(&pack).expect("a pack"),
        index,
        answers: answers(pack::open(&pack)).expect("answers"),
        pack,
    }
});

/// What an index answers, as text.
fn answers(segment: Result<Segment, Error>) -> Result<Vec<String>, Error> {
    let segment = segment?;
    let mut answers = Vec::new();
    for number in 0..segment.entry_count().min(100) {
        answers.push(format!("{:?}", segment.head(number)?.tags()?));
        let (entry, location) = segment.entry(number)?;
        answers.push(format!("{entry:?} {} {location:?}", entry.gloss()));
    }
    answer_field(&segment, NAMES, &mut answers)?;
    answer_field(&segment, NAME_WORDS, &mut answers)?;
    answer_field(&segment, BACKLINKS, &mut answers)?;
    answer_field(&segment, TAGS, &mut answers)?;
    answer_field(&segment, TERMS, &mut answers)?;
    answer_field(&segment, HIDDEN, &mut answers)?;
    answers.push(format!("{:?}", segment.norms()?));
    Ok(answers)
}

fn answer_field<P: Payload + std::fmt::Debug>(
    segment: &Segment,
    field: Field<P>,
    answers: &mut Vec<String>,
) -> Result<(), Error> {
    let dictionary = segment.dictionary(field)?;
    for key in ["flux", "fluxwidget", "part"] {
        answers.push(format!("{:?}", dictionary.get(key)?.to_vec()?));
        answers.push(format!("{:?}", dictionary.prefix_scan(key, 8, 10)?));
        dictionary.fuzzy_candidates(key, 2, usize::MAX, &mut |number| {
            answers.push(dictionary.key(number)?.into_owned());
            Ok(())
        })?;
    }
    Ok(())
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
    let _ = answers(Segment::open(Box::new(changed(&packed.index)), None));

    let mut file = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&packed.pack)
        .expect("a pack");
    file.write_all(&changed(&packed.bytes)).expect("a pack");
    if let Ok(answers) = answers(pack::open(&packed.pack)) {
        assert_eq!(answers, packed.answers);
    }
});
