//! Folders that are kept in the cache: every answer is that of the files as they are now, whatever was
//! kept of them and whatever became of it.
#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::support::{Place, Run, entry, finish};
use proptest::collection::vec;
use proptest::prelude::*;

/// Enough for a folder to be kept.
const FILES: usize = 20;

/// Where nothing can be kept.
const NO_CACHE: &str = "/dev/null/none";

/// A larger folder.
const MANY: usize = 80;

/// The questions that a folder answers.
const QUESTIONS: [&[&str]; 12] = [
    &["list", "--json"],
    &["list", "--tag", "odd"],
    &["paths", "--json"],
    &["-", "--json"],
    &["-", "--exact"],
    &["related", "part 7", "--json"],
    &["related", "dropout"],
    &["search", "turns slwoly", "--json"],
    &["search", "another text", "--tag", "odd", "--json"],
    &["scan", "terms.txt", "--json"],
    &["tags"],
    &["check", "team"],
];

/// Terms that are looked up line by line.
const TERMS: &str =
    "part 7\nprat 7\nnumber prat 7\ndropout\ndroput\npiece\nthe pieces\npeice\nodd part\n";

/// A folder `team` of enough entries.
fn team() -> Place {
    team_of(FILES)
}

fn team_of(files: usize) -> Place {
    let place = Place::with("terms.txt", TERMS);
    for number in 0..files {
        place.write(
            format!("team/{}/part-{number}.md", number % 3),
            part(number),
        );
    }
    place
}

fn part(number: usize) -> String {
    entry(
        &format!("Part {number}"),
        "It turns slowly and says so, as parts do.",
    )
}

impl Place {
    /// Asks with the cache where it is by itself.
    fn ask(&self, question: &[&str]) -> Run {
        self.ask_keeping("home/.cache", question)
    }

    fn ask_keeping(&self, cache: &str, question: &[&str]) -> Run {
        let mut command = self.command(&[&["--glossary", "team"], question].concat());
        command
            .env("XDG_CACHE_HOME", self.path(cache))
            .stdin(File::open(self.path("terms.txt")).unwrap());
        finish(command.output().unwrap())
    }

    /// Makes a cache for a user who may not read everything.
    fn cache_for_all(&self) {
        self.folder("cache");
        fs::set_permissions(self.path("cache"), Permissions::from_mode(0o777)).unwrap();
    }

    /// Asks as such a user, with that cache.
    fn ask_as_user(&self, question: &[&str]) -> Run {
        let mut command = self.command_as_user(&[&["--glossary", "team"], question].concat());
        command.env("XDG_CACHE_HOME", self.path("cache"));
        finish(command.output().unwrap())
    }

    /// The files in the cache.
    fn kept(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.path("home/.cache/glossary"));
        let files = files.into_iter().flatten();
        files.map(|file| file.unwrap().path()).collect()
    }

    /// The one file in the cache.
    fn pack(&self) -> PathBuf {
        let mut kept = self.kept();
        assert_eq!(kept.len(), 1, "{kept:?}");
        kept.remove(0)
    }

    /// What tells a pack from one that was rebuilt.
    fn made(&self) -> (u64, i64) {
        made(&self.pack())
    }

    #[track_caller]
    fn assert_fresh(&self) {
        for question in QUESTIONS {
            let (kept, read) = (self.ask(question), self.ask_keeping(NO_CACHE, question));
            assert_eq!(kept.stdout, read.stdout, "{question:?}");
            assert_eq!(kept.stderr, read.stderr, "{question:?}");
            assert_eq!(kept.status, read.status, "{question:?}");
        }
    }
}

/// What tells a file from one that took its place.
fn made(path: &Path) -> (u64, i64) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.ino(), metadata.ctime_nsec())
}

#[test]
fn a_folder_is_kept_once_and_used_again() {
    let place = team();
    let first = place.ask(&["list"]);
    assert_eq!((first.status, first.stderr.as_str()), (0, ""));
    let made = place.made();
    let permissions = fs::metadata(place.pack()).unwrap().permissions().mode();
    assert_eq!(permissions & 0o777, 0o600);
    place.assert_fresh();
    assert_eq!(place.made(), made);
    // However the folder is called.
    let run = place.run(&["--glossary", "./home/../team", "list"]);
    assert_eq!(run.stdout, first.stdout);
    assert_eq!(place.made(), made);
}

#[test]
fn after_an_edit_the_cache_is_rebuilt_once() {
    let place = team_of(MANY);
    place.ask(&["list"]);
    for round in 0..3 {
        let text = format!("It turns for the {round}th time.");
        let old = place.made();
        place.write("team/2/part-8.md", entry("Part 8", &text));
        place.write(format!("team/new-{round}.md"), entry("New", "A new part."));
        assert!(place.ask(&["part 8"]).stdout.contains(&text));
        let new = place.made();
        assert_ne!(new, old);
        place.assert_fresh();
        assert_eq!(place.made(), new);
    }
}

#[test]
fn a_small_folder_is_not_kept() {
    let place = team_of(3);
    assert_eq!(place.ask(&["part 2"]).status, 0);
    assert_eq!(place.kept(), Vec::<PathBuf>::new());
}

#[test]
fn what_changes_between_two_commands_shows_at_once() {
    let place = team();
    let write = |path: &str, text: &str| {
        place.write(path, text);
    };
    let old = entry("Part 7", "The old text.");
    let new = entry("Part 7", "The new text.");
    write("team/1/part-7.md", &old);
    assert!(place.ask(&["part 7"]).stdout.contains("The old text."));

    // As long and as old as before.
    let path = place.path("team/1/part-7.md");
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    write("team/1/part-7.md", &new);
    File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .set_modified(written)
        .unwrap();
    assert!(place.ask(&["part 7"]).stdout.contains("The new text."));

    // Another file of the same times, size and name.
    fs::remove_file(&path).unwrap();
    write("other", &old);
    File::open(place.path("other"))
        .unwrap()
        .set_modified(written)
        .unwrap();
    fs::rename(place.path("other"), &path).unwrap();
    assert!(place.ask(&["part 7"]).stdout.contains("The old text."));

    // Again and again, faster than the clock ticks.
    for count in 0..5 {
        write(
            "team/1/part-7.md",
            &entry("Part 7", &format!("Text {count}.")),
        );
        let shown = place.ask(&["part 7"]).stdout;
        assert!(shown.contains(&format!("Text {count}.")), "{shown}");
    }

    fs::rename(&path, place.path("team/1/piece.md")).unwrap();
    assert_eq!(
        place.ask(&["part-7", "--exact"]).stdout,
        place.ask(&["piece"]).stdout
    );
    fs::remove_file(place.path("team/1/piece.md")).unwrap();
    assert_eq!(place.ask(&["piece", "--exact"]).status, 1);
    place.assert_fresh();
}

#[test]
fn a_link_is_what_it_leads_to_now() {
    let place = team();
    place
        .write("one.txt", entry("Linked", "The first."))
        .write("two.txt", entry("Linked", "The other."));
    let link = place.path("team/linked.md");
    symlink(place.path("one.txt"), &link).unwrap();
    assert!(place.ask(&["linked"]).stdout.contains("The first."));
    place.write("one.txt", entry("Linked", "The third."));
    assert!(place.ask(&["linked"]).stdout.contains("The third."));
    fs::remove_file(&link).unwrap();
    symlink(place.path("two.txt"), &link).unwrap();
    assert!(place.ask(&["linked"]).stdout.contains("The other."));
    fs::remove_file(place.path("two.txt")).unwrap();
    assert!(place.ask(&["paths"]).stderr.contains("1 file of team"));
    fs::create_dir(place.path("two.txt")).unwrap();
    assert_eq!(place.ask(&["paths"]).stderr, "");
    place.assert_fresh();
}

#[test]
fn another_folder_in_the_same_place_is_another() {
    let place = team();
    place.ask(&["list"]);
    fs::rename(place.path("team"), place.path("old")).unwrap();
    place.folder("team");
    assert_eq!(place.ask(&["part 7", "--exact"]).status, 1);
    fs::remove_dir(place.path("team")).unwrap();
    fs::rename(place.path("old"), place.path("team")).unwrap();
    place.assert_fresh();
}

#[test]
fn what_may_not_be_read_any_more_is_left_out_and_comes_back() {
    let place = team();
    place.cache_for_all();
    let note = |place: &Place| place.ask_as_user(&["paths"]).stderr;
    let allow = |path: &str, mode| {
        fs::set_permissions(place.path(path), Permissions::from_mode(mode)).unwrap();
    };
    assert_eq!(note(&place), "");
    assert_eq!(
        fs::read_dir(place.path("cache/glossary")).unwrap().count(),
        1
    );
    allow("team/1/part-7.md", 0o000);
    allow("team/2", 0o000);
    for _ in 0..2 {
        assert!(note(&place).contains("2 files of team cannot be used"));
    }
    allow("team/1/part-7.md", 0o644);
    allow("team/2", 0o755);
    assert_eq!(note(&place), "");
}

#[test]
fn a_folder_that_cannot_be_looked_into_any_more_is_told() {
    let place = team_of(MANY);
    place.write("team/deeper/piece.md", entry("Piece", "A piece."));
    place.cache_for_all();
    let note = |place: &Place| place.ask_as_user(&["paths"]).stderr;
    assert_eq!(note(&place), "");
    fs::set_permissions(place.path("team/deeper"), Permissions::from_mode(0o000)).unwrap();
    for _ in 0..2 {
        assert!(note(&place).contains("1 file of team cannot be used"));
    }
    fs::set_permissions(place.path("team/deeper"), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(note(&place), "");
}

#[test]
fn without_a_cache_the_folder_is_read() {
    let place = team();
    let expected = place.ask_keeping(NO_CACHE, &["list"]);
    assert_eq!((expected.status, expected.stderr.as_str()), (0, ""));
    let assert_same = |run: Run| {
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert_eq!(run.stdout, expected.stdout);
    };

    let mut homeless = place.command(&["--glossary", "team", "list"]);
    homeless.env_remove("HOME");
    // Not that of the user who runs the tests.
    homeless.env("XDG_DATA_HOME", place.path("data"));
    assert_same(finish(homeless.output().unwrap()));

    place.folder("closed");
    fs::set_permissions(place.path("closed"), Permissions::from_mode(0o555)).unwrap();
    let mut command = place.command_as_user(&["--glossary", "team", "list"]);
    command.env("XDG_CACHE_HOME", place.path("closed"));
    assert_same(finish(command.output().unwrap()));

    // A limit on the size of files stands in for a disk that is full after so many blocks.
    for blocks in [0, 1, 8] {
        let full = place.script(&format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --glossary team list"
        ));
        assert_same(finish(full));
        assert_eq!(place.kept(), Vec::<PathBuf>::new(), "{blocks}");
    }
}

/// What may become of a file: it is cut short, a bit of a page is another, or it is something else.
fn damaged(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut damaged: Vec<Vec<u8>> = [0, 1, 7, 100, 4096, whole.len() / 2, whole.len() - 1]
        .map(|length| whole[..length].to_vec())
        .into();
    for page in 0..whole.len() / 4096 {
        let mut flipped = whole.to_vec();
        flipped[page * 4096 + 1000] ^= 1;
        damaged.push(flipped);
    }
    damaged.push([whole, b"more"].concat());
    damaged.push(b"something else".to_vec());
    damaged
}

#[test]
fn a_damaged_pack_is_made_anew() {
    let place = team();
    let expected = place.ask(&["list"]).stdout;
    let path = place.pack();
    let whole = fs::read(&path).unwrap();
    for bytes in damaged(&whole) {
        fs::write(&path, &bytes).unwrap();
        let run = place.ask(&["list"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert_eq!(run.stdout, expected);
    }
    fs::write(&path, &whole[..5000]).unwrap();
    place.assert_fresh();
    assert_eq!(fs::read(place.pack()).unwrap(), whole);
}

#[test]
fn a_cache_that_is_not_a_file_is_not_waited_for() {
    let place = team();
    place.ask(&["list"]);
    let path = place.pack();
    let file = path.display();
    for make in ["mkfifo", "ln -s /dev/zero", "mkdir"] {
        let made = place.script(&format!("rm -rf {file}; {make} {file}"));
        assert!(made.status.success());
        let run = place.ask(&["part 8"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.contains("It turns slowly"), "{}", run.stdout);
    }
}

#[test]
fn changes_show_where_they_cannot_be_kept() {
    let place = team_of(MANY);
    place.cache_for_all();
    let allow = |mode| {
        for folder in ["cache", "cache/glossary"] {
            fs::set_permissions(place.path(folder), Permissions::from_mode(mode)).unwrap();
        }
    };
    place.ask_as_user(&["list"]);
    allow(0o555);
    for round in 0..3 {
        let text = format!("The {round}th text.");
        place.write("team/2/part-8.md", entry("Part 8", &text));
        let run = place.ask_as_user(&["part 8"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.contains(&text), "{}", run.stdout);
    }
    assert_eq!(
        fs::read_dir(place.path("cache/glossary")).unwrap().count(),
        1
    );
    allow(0o755);
}

#[test]
fn commands_at_once_and_commands_that_are_ended_leave_whole_packs() {
    let place = team();
    let expected = place.ask_keeping(NO_CACHE, &["list"]).stdout;
    let start = || {
        let mut command = place.command(&["--glossary", "team", "list"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    for _ in 0..3 {
        for mut ended in [start(), start()] {
            ended.kill().unwrap();
            ended.wait().unwrap();
        }
        let running = [start(), start(), start()];
        for child in running {
            let run = finish(child.wait_with_output().unwrap());
            assert_eq!((run.status, run.stderr.as_str()), (0, ""));
            assert_eq!(run.stdout, expected);
        }
        for pack in place.kept() {
            fs::remove_file(pack).unwrap();
        }
    }
}

#[test]
fn commands_that_meet_changes_at_once_and_are_ended_answer_right() {
    let place = team_of(MANY);
    place.ask(&["list"]);
    for round in 0..20 {
        let text = format!("Text {round}.");
        place.write("team/2/part-8.md", entry("Part 8", &text));
        place.write(
            format!("team/1/part-{}.md", 7 + 3 * (round % 20)),
            part(round),
        );
        let mut running: Vec<_> = (0..4)
            .map(|_| {
                let mut command = place.command(&["--glossary", "team", "part-8"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let mut ended = running.remove(round % 4);
        ended.kill().unwrap();
        ended.wait().unwrap();
        for child in running {
            let run = finish(child.wait_with_output().unwrap());
            assert_eq!((run.status, run.stderr.as_str()), (0, ""));
            assert!(run.stdout.contains(&text), "{}", run.stdout);
        }
    }
    place.assert_fresh();
}

#[test]
fn what_an_ended_command_left_behind_is_cleared_away() {
    let place = team();
    let folder = "home/.cache/glossary";
    place
        .write(format!("{folder}/.tmpold"), "half")
        .write(format!("{folder}/.tmpnew"), "half")
        .write(format!("{folder}/other"), "not ours");
    let long_ago = SystemTime::now() - Duration::from_secs(24 * 3600);
    for name in [".tmpold", "other"] {
        let file = File::options()
            .append(true)
            .open(place.path(folder).join(name));
        file.unwrap().set_modified(long_ago).unwrap();
    }
    assert_eq!(place.ask(&["list"]).status, 0);
    let left: Vec<_> = place
        .kept()
        .iter()
        .filter(|path| path.extension().is_none_or(|kind| kind != "glossary"))
        .map(|path| path.file_name().unwrap().to_owned())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(!left.contains(&".tmpold".into()), "{left:?}");
}

#[test]
fn packs_of_folders_that_are_gone_are_cleared_away() {
    let place = team();
    place.ask(&["list"]);
    let first = place.pack();
    fs::rename(place.path("team"), place.path("moved")).unwrap();
    assert_eq!(place.run(&["--glossary", "moved", "list"]).status, 0);
    assert_ne!(place.pack(), first);
    // While a folder is there, its pack stays.
    fs::create_dir(place.path("team")).unwrap();
    for number in 0..FILES {
        place.write(format!("team/part-{number}.md"), part(number));
    }
    place.ask(&["list"]);
    assert_eq!(place.kept().len(), 2);
}

/// What may become of the files of entries.
#[derive(Debug, Clone)]
enum Edit {
    Write(&'static str, &'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Link(&'static str, &'static str),
}

/// Files that are there, others of the same slugs and of slugs that read alike, and some that hide or
/// replace built-in entries.
const PATHS: [&str; 14] = [
    "0/part-0.md",
    "0/part-3.md",
    "1/part-7.md",
    "2/part-8.md",
    "2/part-77.md",
    "deeper/part-0.md",
    "deeper/part-7.md",
    "deeper/Part_7.md",
    "deeper/part.md",
    "deeper/---.md",
    "dropout.md",
    "deeper/drop-out.md",
    "deeper/dropout.md",
    "index.md",
];

const HIDDEN: &str = "---\nhidden: true\n---\n";
const PIECE: &str = "---\ntitle: Piece\ntags: [odd]\n---\n\n### Summary\n\nA piece turns.\n\n### Related terms\n\nPart 7, Dropout\n";

const TEXTS: [&str; 9] = [
    "---\ntitle: Other\ntags: [odd]\n---\n\n### Summary\n\nAnother text.\n",
    PIECE,
    "---\ntitle: Part of Some Other Text\naliases: [piece]\n---\n\n### Summary\n\nSlowly, another piece turns.\n",
    "---\ntitle: Dropped\n---\n\n### Summary\n\nIt was dropped.\n\n### Related terms\n\nPart 8, Piece, Other\n",
    HIDDEN,
    "---\ntitle: Draft\ndraft: true\n---\n\n### Summary\n\nText.\n",
    "no entry",
    "nul \0",
    "",
];

/// What may stand in a folder before it is packed: what hides an entry, twice, what cannot be read, and
/// a slug that another file has.
const BEFORE: [(&str, &str); 5] = [
    ("dropout.md", HIDDEN),
    ("deeper/drop-out.md", HIDDEN),
    ("2/part-77.md", "no entry"),
    ("deeper/part-7.md", PIECE),
    ("2/part-8.md", PIECE),
];

fn edits() -> impl Strategy<Value = Edit> {
    let path = || prop::sample::select(&PATHS[..]);
    let text = prop::sample::select(&TEXTS[..]);
    prop_oneof![
        4 => (path(), text).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => path().prop_map(Edit::Remove),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Link(from, to)),
    ]
}

/// A file may be gone by an earlier edit: then nothing happens.
fn apply(place: &Place, edit: &Edit) {
    let path = |path: &str| place.path("team").join(path);
    let _ = match edit {
        Edit::Write(to, text) => fs::write(path(to), text),
        Edit::Remove(of) => fs::remove_file(path(of)),
        Edit::Rename(from, to) => fs::rename(path(from), path(to)),
        Edit::Link(from, to) => symlink(path(from), path(to)),
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_cache_answers_as_the_files_do(
        before in prop::sample::subsequence(&BEFORE, 0..=BEFORE.len()),
        steps in vec(vec(edits(), 1..4), 1..4),
    ) {
        let place = team_of(MANY);
        place.folder("team/deeper");
        for (path, text) in before {
            apply(&place, &Edit::Write(path, text));
        }
        place.ask(&["list"]);
        for (number, step) in steps.iter().enumerate() {
            for edit in step {
                apply(&place, edit);
            }
            let empty = format!("empty-{number}");
            let read = place.ask_keeping(NO_CACHE, &["list", "--json"]);
            prop_assert_eq!(place.ask_keeping(&empty, &["list", "--json"]).stdout, read.stdout);
            for question in QUESTIONS {
                let kept = place.ask(question);
                let read = place.ask_keeping(&empty, question);
                prop_assert_eq!(&kept.stdout, &read.stdout, "{:?}", question);
                prop_assert_eq!(&kept.stderr, &read.stderr, "{:?}", question);
                prop_assert_eq!(kept.status, read.status, "{:?}", question);
            }
        }
    }
}

#[test]
fn a_limit_on_the_size_of_files_costs_only_time() {
    let place = Place::new();
    for number in 0..50 {
        let text = entry(&format!("Widget {number}"), &"A part. ".repeat(200));
        place.write(format!("team/widget-{number}.md"), text);
    }
    let output = place.script("ulimit -f 8; exec \"$0\" --glossary team widget 7");
    let run = finish(output);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.starts_with("Widget 7  from team\n"),
        "{}",
        run.stdout
    );
}
