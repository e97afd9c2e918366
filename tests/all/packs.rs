//! Glossaries packed into one file: they answer as their folders do, and say so when they cannot.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::support::{Place, Run, entry};
use glossary_core::corpus::folder::Listing;
use glossary_core::corpus::indexing::{index_entries, read_files};
use glossary_core::corpus::{Corpus, CorpusOptions, Origin, SourceSpec, pack};
use glossary_core::error::Error;
use glossary_core::index;
use glossary_core::index::schema::{
    BACKLINKS, Field, HIDDEN, NAME_WORDS, NAMES, Payload, TAGS, TERMS, VERSION,
};
use glossary_core::index::segment::Segment;
use glossary_core::index::writer::SegmentWriter;
use glossary_core::query::graph;
use glossary_core::query::resolve::{NearMisses, resolve};
use glossary_core::query::search::{SearchOptions, search};

const PACK: &str = "team.glossary";

/// A folder `team` of entries that name, require and hide one another, and enough text for several
/// pages.
fn team() -> Place {
    let place = Place::with(
        "team/flux-widget.md",
        "---\ntitle: Flux Widget (FW)\ntags: [our-parts]\naliases: [whirligig]\nrequires: [flux]\n---\n\n\
         ### Summary\n\nA part that turns flux into motion.\n\n### ELI5\n\nA wheel.\n\n\
         ### Related terms\n\nFlux\nDropout\n",
    );
    place
        .write("team/flux.md", entry("Flux", "What a widget turns."))
        .write("team/deep/gadget.md", entry("Gadget", "It uses flux."))
        .write("team/epoch.md", "---\nhidden: true\n---\n")
        .write(
            "team/draft.md",
            entry("Sketch", "No.").replace("---\n\n", "draft: true\n---\n\n"),
        )
        .write(
            "text.txt",
            "Put a flux widget into the gadget, not into an epoch.\n",
        );
    for number in 0..40 {
        let sentence = "It turns slowly and says so at length, as parts do. ".repeat(6);
        place.write(
            format!("team/part-{number}.md"),
            entry(&format!("Part Number {number}"), &sentence),
        );
    }
    place
}

fn packed(place: &Place) -> Run {
    place.run(&["pack", "team", "-o", PACK])
}

#[test]
fn a_pack_answers_as_its_folder_does() {
    let place = team();
    let run = packed(&place);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (0, "team.glossary: 43 entries\n", "")
    );
    for arguments in [
        ["flux widget"].as_slice(),
        &["fw", "--all"],
        &["whirligig", "--markdown"],
        &["flux widgte"],
        &["part number 77"],
        &["epoch", "--exact"],
        &["sketch", "--exact"],
        &["flux widget", "--json"],
        &["related", "flux widget"],
        &["related", "dropout"],
        &["learn", "flux widget"],
        &["list"],
        &["list", "--tag", "our-parts"],
        &["list", "--json"],
        &["tags"],
        &["search", "turns into motion"],
        &["search", "what turns slowly", "--json"],
        &["search", "slwoly"],
        &["scan", "text.txt"],
        &["scan", "text.txt", "--json"],
    ] {
        let of = |glossary| place.run(&[&["--glossary", glossary], arguments].concat());
        let (folder, pack) = (of("team"), of(PACK));
        for (folder, pack) in [(folder.stdout, pack.stdout), (folder.stderr, pack.stderr)] {
            let folder = folder
                .replace("from team\n", "from team.glossary\n")
                .replace(r#""source":"team""#, r#""source":"team.glossary""#);
            assert_eq!(folder, pack, "{arguments:?}");
        }
        assert_eq!(folder.status, pack.status, "{arguments:?}");
    }
}

#[test]
fn a_pack_stands_in_the_environment_and_is_a_layer_like_others() {
    let place = team();
    packed(&place);
    place.write("mine/flux.md", entry("My Flux", "Mine."));
    let mut command = place.command(&["--glossary", "mine", "flux", "--json"]);
    command.env("GLOSSARY_PATH", PACK);
    let run = crate::support::finish(command.output().unwrap());
    assert!(run.stdout.contains(r#""source":"mine""#), "{}", run.stdout);
    assert!(!run.stdout.contains("What a widget turns"));
    let mut command = place.command(&["gadget", "--json"]);
    command.env("GLOSSARY_PATH", PACK);
    let run = crate::support::finish(command.output().unwrap());
    assert!(
        run.stdout.contains(r#""source":"team.glossary""#),
        "{}",
        run.stdout
    );
}

#[test]
fn paths_shows_what_is_packed() {
    let place = team();
    packed(&place);
    let paths = |more: &[&str]| {
        place
            .run(&[&["--glossary", PACK, "--glossary", "team", "paths"], more].concat())
            .stdout
    };
    assert!(
        paths(&[]).starts_with(
            "team.glossary\t--glossary\t43\t0\tpack\nteam\t--glossary\t43\t0\tfolder\n"
        ),
        "{}",
        paths(&[])
    );
    assert!(
        paths(&["--width", "80"]).starts_with("team.glossary\n  --glossary: 43 entries, packed\n"),
        "{}",
        paths(&["--width", "80"])
    );
    assert!(paths(&["--json"]).contains(r#""form":"pack"}"#));
}

#[test]
fn a_folder_that_reads_badly_is_said_to() {
    let place = Place::with("team/one.md", "");
    place.write("team/two.md", "---\ntitle: [\n---\n\nA part.\n");
    let run = place.run(&["pack", "team", "-o", "x"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "glossary: no entry in team could be packed: 2 files cannot be used; `glossary check` says why\n"
    );
    assert!(!place.path("x").exists());
}

#[test]
fn an_entry_from_a_pack_is_edited_as_a_copy() {
    let place = team();
    packed(&place);
    let mut command = place.command(&["--glossary", PACK, "edit", "flux"]);
    command.env("VISUAL", crate::support::APPENDING_EDITOR);
    let run = crate::support::finish(command.output().unwrap());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("copied the entry from team.glossary to "),
        "{}",
        run.stderr
    );
    assert_eq!(
        place.read("home/.local/share/glossary/flux.md"),
        place.read("team/flux.md") + "changed\n"
    );
}

#[test]
fn the_same_entries_make_the_same_bytes() {
    let place = team();
    packed(&place);
    let first = fs::read(place.path(PACK)).unwrap();
    packed(&place);
    assert_eq!(fs::read(place.path(PACK)).unwrap(), first);
}

#[test]
fn the_folder_that_is_named_first_replaces_and_hides() {
    let place = team();
    place
        .write("near/Flux.md", entry("Near Flux", "Near."))
        .write("near/gadget.md", "---\nhidden: true\n---\n")
        .write("near/part-1.md", "broken")
        .write(
            "near/part-2.md",
            entry("Part", "No.").replace("---\n\n", "draft: true\n---\n\n"),
        );
    let run = place.run(&["pack", "near", "team", "-o", PACK]);
    assert_eq!(run.stdout, "team.glossary: 42 entries\n", "{}", run.stderr);
    let list = |glossaries: &[&str]| {
        let mut arguments: Vec<&str> = Vec::new();
        for glossary in glossaries {
            arguments.extend(["--glossary", glossary]);
        }
        arguments.push("list");
        place.run(&arguments).stdout
    };
    assert_eq!(list(&[PACK]), list(&["near", "team"]));
}

#[test]
fn what_cannot_be_used_is_left_out_with_a_note() {
    let place = team();
    place.write("team/broken.md", "");
    let run = packed(&place);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "team.glossary: 43 entries\n")
    );
    assert_eq!(
        run.stderr,
        "glossary: 1 file of team cannot be used; `glossary check team` says why\n"
    );
    assert_eq!(place.run(&["--glossary", PACK, "flux"]).stderr, "");
}

#[test]
fn a_pack_that_is_there_is_replaced_as_soon_as_the_new_one_is_whole() {
    let place = team();
    packed(&place);
    let corpus = open(&place.path(PACK)).unwrap();
    place.write("team/novelty.md", entry("Novelty", "New."));
    assert_eq!(packed(&place).status, 0);
    assert_eq!(
        place
            .run(&["--glossary", PACK, "novelty", "--exact"])
            .status,
        0
    );
    assert_eq!(
        place.run(&["--glossary", PACK, "gadget", "--exact"]).status,
        0
    );
    // Who reads the old one goes on reading it.
    assert!(
        corpus
            .by_name("Gadget")
            .is_ok_and(|found| !found.is_empty())
    );
    assert!(
        corpus
            .by_name("Novelty")
            .is_ok_and(|found| found.is_empty())
    );
}

#[test]
fn what_cannot_be_packed_is_an_error_and_leaves_nothing_behind() {
    let place = team();
    place
        .folder("empty")
        .folder("out")
        .write("notes.md", "mine");
    for (arguments, expected) in [
        (["empty", "-o", PACK].as_slice(), "no entry in empty"),
        (&["missing", "-o", PACK], "cannot read missing: "),
        (&["team", "-o", "out"], "cannot write out: is a directory"),
        (&["team", "-o", "nowhere/x"], "cannot write nowhere/x: "),
        (
            &["team", "-o", "notes.md"],
            "cannot write notes.md: it is not a packed glossary",
        ),
        (&["team"], "--output <FILE>"),
        (&["-o", PACK], "<DIR>..."),
    ] {
        let run = place.run(&[&["pack"], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            run.stderr.contains(expected),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    assert_eq!(place.read("notes.md"), "mine");
    let mut left: Vec<_> = fs::read_dir(place.path("."))
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(
        left,
        ["empty", "home", "notes.md", "out", "team", "text.txt"]
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_neither_read_nor_replaced() {
    let place = team();
    let run = place.run(&["pack", "team", "-o", "/dev/null"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("cannot write /dev/null: not a regular file"),
        "{}",
        run.stderr
    );
    let run = place.run(&["--glossary", "/dev/null", "flux"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("cannot read /dev/null: neither"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_no_pack_says_so() {
    let place = team();
    packed(&place);
    let whole = fs::read(place.path(PACK)).unwrap();
    let mut newer = whole.clone();
    newer[8] += 1;
    let mut longer = whole.clone();
    longer.push(0);
    for (name, bytes, expected) in [
        ("empty", &[][..], "empty: empty, not a packed glossary"),
        ("foreign", b"PK\x03\x04", "foreign: not a packed glossary"),
        (
            "text",
            b"---\ntitle: x\n---\n",
            "text: not a packed glossary",
        ),
        (
            "newer",
            &newer,
            &format!(
                "newer: packed in format {}, this program reads format {VERSION}",
                VERSION + 1
            ),
        ),
        (
            "longer",
            &longer,
            "longer: damaged (more than was packed); pack it again",
        ),
        (
            "short",
            &whole[..whole.len() - 1],
            "short: damaged (cut short); pack it again",
        ),
        (
            "head",
            &whole[..5],
            "head: damaged (cut short); pack it again",
        ),
    ] {
        place.write(name, bytes);
        let run = place.run(&["--glossary", name, "dropout"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}");
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
        // In the environment it is left out, as a folder would be that cannot be read.
        let mut command = place.command(&["dropout"]);
        command.env("GLOSSARY_PATH", name);
        let run = crate::support::finish(command.output().unwrap());
        assert_eq!(run.status, 0, "{name}");
        assert!(
            run.stderr.contains("(GLOSSARY_PATH) is not consulted: "),
            "{name}: {}",
            run.stderr
        );
    }
}

#[test]
fn damage_that_an_answer_meets_is_an_error() {
    let place = team();
    packed(&place);
    let mut bytes = fs::read(place.path(PACK)).unwrap();
    let title = b"title: Flux Widget";
    let at = bytes
        .windows(title.len())
        .position(|bytes| bytes == title)
        .unwrap();
    bytes[at + 7] ^= 1;
    place.write(PACK, bytes);
    let run = place.run(&["--glossary", PACK, "flux widget"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert_eq!(
        run.stderr,
        "glossary: team.glossary: damaged (a page is not as it was packed); pack it again\n"
    );
}

/// The corpus of a pack alone, over the built-in one.
fn open(path: &Path) -> Result<Corpus, Error> {
    let source = SourceSpec {
        path: path.to_path_buf(),
        origin: Origin::Flag,
    };
    Corpus::open(
        &[source],
        Some(glossary_cli::embedded::BUILT_IN),
        &mut CorpusOptions::default(),
    )
}

/// Everything that commands ask, as text.
fn answers(path: &Path) -> Result<Vec<String>, Error> {
    let corpus = open(path)?;
    let mut answers = Vec::new();
    let glossary = |error| Error::Glossary {
        name: String::new(),
        error,
    };
    let segment = pack::open(path).map_err(glossary)?;
    for number in 0..segment.entry_count() {
        answers.push(format!("{:?}", segment.head(number).map_err(glossary)?));
        answers.push(format!("{:?}", segment.entry(number).map_err(glossary)?));
    }
    for query in [
        "flux widget",
        "flux widgte",
        "dropout",
        "epoch",
        "what is a gadget",
    ] {
        let answer = resolve(&corpus, query, NearMisses::Shown)?;
        for id in answer.ids() {
            answers.push(format!("{:?}", graph::related(&corpus, id)?));
        }
        answers.push(format!("{answer:?}"));
    }
    answers.push(format!("{:?}", corpus.tagged("our-parts")?));
    let among = SearchOptions {
        limit: 3,
        topic: None,
        near_misses: NearMisses::Shown,
    };
    answers.push(format!(
        "{:?}",
        search(&corpus, "what turns slwoly", among)?
    ));
    Ok(answers)
}

/// A pack of few entries, so that all of its bytes can be tried.
fn small() -> (Place, PathBuf, Vec<String>) {
    let place = team();
    for number in 0..40 {
        fs::remove_file(place.path(format!("team/part-{number}.md"))).unwrap();
    }
    packed(&place);
    let path = place.path(PACK);
    let right = answers(&path).unwrap();
    (place, path, right)
}

/// A pack that was changed may answer as it did, or report that it cannot.
fn assert_right_or_refused(path: &Path, right: &[String], what: &str) -> bool {
    match answers(path) {
        Ok(given) => assert_eq!(given, right, "{what}"),
        Err(Error::Glossary { .. }) => return false,
        Err(other) => panic!("{what}: {other}"),
    }
    true
}

#[test]
fn no_flipped_byte_makes_a_wrong_answer() {
    let (_place, path, right) = small();
    let bytes = fs::read(&path).unwrap();
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    let mut put = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    let mut refused = 0;
    // Every byte would take a minute.
    let tried = || bytes.iter().enumerate().step_by(7);
    for (at, &byte) in tried() {
        put(at, byte ^ 1 << (at % 8));
        refused += usize::from(!assert_right_or_refused(
            &path,
            &right,
            &format!("byte {at}"),
        ));
        put(at, byte);
    }
    // Everything is asked, so every page is read.
    assert_eq!(refused, tried().count());
    assert_eq!(answers(&path).unwrap(), right);
}

#[test]
fn no_length_but_the_whole_is_accepted() {
    let (_place, path, right) = small();
    let whole = fs::read(&path).unwrap();
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    for length in (0..whole.len()).rev() {
        file.set_len(length as u64).unwrap();
        assert!(
            !assert_right_or_refused(&path, &right, &format!("{length} bytes")),
            "{length} bytes"
        );
    }
}

#[test]
fn pages_that_changed_places_are_refused() {
    const PAGE: usize = 4096;
    let place = team();
    packed(&place);
    let path = place.path(PACK);
    let right = answers(&path).unwrap();
    let whole = fs::read(&path).unwrap();
    place.write("team/flux.md", entry("Flux", "What a gadget turns."));
    packed(&place);
    let other = fs::read(&path).unwrap();
    assert_eq!(whole.len(), other.len());
    let pages = whole.len() / PAGE;
    assert!(pages > 5);
    let page = |bytes: &[u8], number: usize| bytes[number * PAGE..(number + 1) * PAGE].to_vec();
    for number in 0..pages {
        let next = (number + 1) % pages;
        let mut exchanged = whole.clone();
        exchanged[number * PAGE..(number + 1) * PAGE].copy_from_slice(&page(&whole, next));
        exchanged[next * PAGE..(next + 1) * PAGE].copy_from_slice(&page(&whole, number));
        let mut mixed = whole.clone();
        mixed[number * PAGE..(number + 1) * PAGE].copy_from_slice(&page(&other, number));
        for bytes in [exchanged, mixed] {
            fs::write(&path, bytes).unwrap();
            let what = format!("page {number}");
            assert!(!assert_right_or_refused(&path, &right, &what), "{what}");
        }
    }
}

/// The bytes behind the checksums are not trusted either: they may have been written with intent.
#[test]
fn no_changed_byte_of_an_index_makes_its_reader_panic() {
    let (place, _, _) = small();
    let team = place.path("team");
    let listing = Listing::open(&team).unwrap();
    let (entries, _) = read_files(&listing, &mut |_, _| {});
    let mut writer = SegmentWriter::new(Vec::new()).unwrap();
    index_entries(&entries, &mut writer).unwrap();
    let index = writer.finish(b"cache").unwrap();
    for at in (0..index.len()).step_by(3) {
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            let mut changed = index.clone();
            changed[at] = byte;
            // Any answer will do, as long as there is one.
            let _ = read_all(changed);
        }
    }
}

/// Reads all that is in an index.
fn read_all(bytes: Vec<u8>) -> Result<(), index::Error> {
    let segment = Segment::open(Box::new(bytes), None)?;
    for number in 0..segment.entry_count().min(100) {
        segment.head(number)?.tags()?;
        let (entry, _) = segment.entry(number)?;
        drop(entry.gloss());
    }
    read_dictionary(&segment, NAMES)?;
    read_dictionary(&segment, NAME_WORDS)?;
    read_dictionary(&segment, BACKLINKS)?;
    read_dictionary(&segment, TAGS)?;
    read_dictionary(&segment, TERMS)?;
    read_dictionary(&segment, HIDDEN)?;
    segment.cache()?;
    segment.norms().map(drop)
}

fn read_dictionary<P: Payload>(segment: &Segment, field: Field<P>) -> Result<(), index::Error> {
    let dictionary = segment.dictionary(field)?;
    dictionary.get("flux")?.to_vec()?;
    dictionary.prefix_scan("flux", 8, 10)?;
    dictionary.fuzzy_candidates("fluxwidget", 2, usize::MAX, &mut |number| {
        dictionary.key(number)?;
        dictionary.postings(number)?.to_vec().map(drop)
    })
}

#[test]
fn an_index_longer_than_a_run_of_pages_is_read_whole() {
    let place = Place::new();
    let text = "A long text, in which no word is rare. ".repeat(4000);
    place.write("team/long.md", entry("Long", &text));
    pack::pack(&[place.path("team")], &place.path(PACK), &mut |_, _| {}).unwrap();
    let corpus = open(&place.path(PACK)).unwrap();
    let id = corpus.by_name("Long").unwrap()[0].id;
    assert_eq!(corpus.entry(id).unwrap().text, place.read("team/long.md"));
    assert_eq!(corpus.head(id).unwrap().gloss, text.trim());
}

/// A file without a name is left to nobody, not even when the program is killed outright.
#[test]
#[cfg(target_os = "linux")]
fn a_pack_that_is_killed_leaves_nothing_behind() {
    for signal in ["INT", "KILL"] {
        let place = Place::new();
        for number in 0..2000 {
            let text = entry(&format!("Widget {number}"), &"A part. ".repeat(50));
            place.write(format!("team/widget-{number}.md"), text);
        }
        place.folder("out");
        let script = format!(
            "\"$0\" pack team -o out/team.glossary & sleep 0.2; kill -{signal} $!; wait $!; ls -A out"
        );
        let output = place.script(&script);
        let left = String::from_utf8(output.stdout).unwrap();
        assert!(
            left.is_empty() || left.starts_with("out/team.glossary: 2000 entries"),
            "{signal}: {left}"
        );
    }
}
