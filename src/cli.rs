//! Every subcommand and flag, spelled out.
//!
//! Owns the words of the command line. It does nothing with them: help, completions and the manual
//! are made from these definitions, and `config` turns them into settings.

use std::ffi::OsString;
use std::mem;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};

use crate::error::EXIT_STATUS;
use glossary_core::entry::check::RESERVED;

/// What `--version` says behind the name.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("GLOSSARY_ENTRIES"),
    " entries)"
);

/// What to type first, with what it gives; the help opens with them and the manual closes.
pub const EXAMPLES: [(&str, &str); 4] = [
    ("glossary generative-ai", "what it is, in a sentence or two"),
    ("glossary --eli5 GAN", "for a ten-year-old"),
    ("glossary --in-depth transformer", "for an engineer"),
    ("glossary related VAE", "what to read next"),
];

const SEARCHES: &str = "\
Examples:
  glossary search model forgets what it learned before
  glossary search '\"chain rule\" gradients' --limit 3";

const TEMPLATE: &str = "{about}

{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// How many steps `related` goes unless it is told.
const RELATED_DEPTH: u8 = 1;

/// How many entries `search` lists unless it is told.
const SEARCH_LIMIT: u16 = 10;

const DEPTH: &str = "How deep";
const OUTPUT: &str = "What comes out";
const ENTRIES: &str = "Which entries";

/// A glossary of artificial intelligence: any term at three depths, offline.
#[derive(Debug, Parser)]
#[command(
    name = "glossary",
    version = VERSION,
    before_help = before_help(),
    help_template = TEMPLATE,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_long_help = after_long_help()
)]
pub struct Cli {
    /// What to do, when it is not looking a term up.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The term; its words need no quotes, and `-` reads one a line
    #[arg(value_name = "TERM")]
    pub term: Vec<String>,

    /// The flags that every command takes.
    #[command(flatten)]
    pub options: Options,
}

/// The flags that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches on the command line; `config` turns them into choices"
)]
pub struct Options {
    /// In one or two sentences (the default)
    #[arg(short, long, global = true, help_heading = DEPTH)]
    pub summary: bool,
    /// Explained to a ten-year-old
    #[arg(short, long, global = true, help_heading = DEPTH)]
    pub eli5: bool,
    /// Explained to an engineer
    #[arg(short = 'd', long, global = true, help_heading = DEPTH)]
    pub in_depth: bool,
    /// All three
    #[arg(short, long, global = true, help_heading = DEPTH)]
    pub all: bool,

    /// Consult a folder or a pack, too; may be repeated
    ///
    /// What is named first is nearest. `GLOSSARY_PATH`, the data folders and the built-in entries
    /// follow; `glossary paths` lists them all.
    #[arg(long, global = true, value_name = "PATH", help_heading = ENTRIES)]
    pub glossary: Vec<PathBuf>,
    /// Consult the built-in entries alone
    #[arg(long, global = true, conflicts_with = "glossary", help_heading = ENTRIES, hide_short_help = true)]
    pub built_in: bool,

    /// Find names only, no near misses
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub exact: bool,
    /// Print JSON, schema 1
    #[arg(long, global = true, help_heading = OUTPUT, conflicts_with = "markdown")]
    pub json: bool,
    /// Print the entry's source
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub markdown: bool,
    /// Whether to color
    ///
    /// Unless it is given, `NO_COLOR` and `CLICOLOR_FORCE` decide, and then whether there is a terminal.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = OUTPUT, hide_short_help = true)]
    pub color: When,
    /// Whether to make web addresses clickable
    ///
    /// Unless it is given, they are clickable on terminals that are known to show them so; elsewhere
    /// the address follows the text.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = OUTPUT, hide_short_help = true)]
    pub hyperlinks: When,
    /// Wrap at N columns
    ///
    /// Unless it is given, `COLUMNS` decides and then the terminal, up to 88 columns; in a pipe nothing
    /// is wrapped.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = OUTPUT, hide_short_help = true)]
    pub width: Option<u16>,
    /// Never start a pager
    ///
    /// Unless it is given, an answer that is taller than the screen goes through `GLOSSARY_PAGER`,
    /// `PAGER` or `less`.
    #[arg(long, global = true, help_heading = OUTPUT, hide_short_help = true)]
    pub no_pager: bool,
}

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// As the terminal and the environment suggest.
    #[default]
    Auto,
    /// Whatever they say.
    Always,
    /// Not at all.
    Never,
}

/// What can be done besides looking a term up.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Look a term up that has the name of a command
    Show {
        /// The term
        #[arg(required = true)]
        term: Vec<String>,
    },
    /// What to read next, and what leads here
    Related {
        /// The term
        #[arg(required = true)]
        term: Vec<String>,
        /// How many steps to go
        #[arg(long, value_name = "N", default_value_t = RELATED_DEPTH, value_parser = clap::value_parser!(u8).range(1..))]
        depth: u8,
    },
    /// What to read first, in order
    Learn {
        /// The term
        #[arg(required = true)]
        term: Vec<String>,
        /// How many steps to go back; all of them unless given
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
        depth: Option<u8>,
    },
    /// Find the term for what you can only describe
    #[command(after_help = SEARCHES)]
    Search {
        /// What it is about; words in double quotes must stand together
        #[arg(required = true)]
        words: Vec<String>,
        /// How many entries at most
        #[arg(long, value_name = "N", default_value_t = SEARCH_LIMIT, value_parser = clap::value_parser!(u16).range(1..))]
        limit: u16,
        /// The topic
        #[arg(long, value_name = "TOPIC")]
        tag: Option<String>,
    },
    /// Every entry, or those of a topic
    List {
        /// The topic
        #[arg(long, value_name = "TOPIC")]
        tag: Option<String>,
        #[arg(hide = true)]
        #[expect(missing_docs, reason = "see `reading`")]
        rest: Vec<String>,
    },
    /// The topics, with the number of their entries
    Tags {
        #[arg(hide = true)]
        #[expect(missing_docs, reason = "see `reading`")]
        rest: Vec<String>,
    },
    /// An entry by chance
    Random {
        /// The topic
        #[arg(long, value_name = "TOPIC")]
        tag: Option<String>,
        #[arg(hide = true)]
        #[expect(missing_docs, reason = "see `reading`")]
        rest: Vec<String>,
    },
    /// The terms that a text uses
    ///
    /// Where each stands first, how often, and what it is; with `--markdown` as the glossary of a
    /// report, with `--each` every use, as soon as it is met. Code, addresses and front matter are
    /// passed over. Words that are everyday English as well count only near a term that can mean
    /// nothing else.
    Scan {
        /// The text; standard input when there is none, or for `-`
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Count words that are everyday English as well wherever they stand
        #[arg(long)]
        all_words: bool,
        /// Print each use as it is met, not each term once when all is read
        #[arg(long, conflicts_with = "markdown")]
        each: bool,
    },
    /// Whether one's own entries can be read, and read well
    Check {
        /// Folders and files; all of one's own folders unless given
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Fail on warnings, too
        #[arg(long)]
        strict: bool,
        /// What findings are printed as
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: Findings,
        /// Say why a rule is there
        #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "strict"])]
        explain: Option<String>,
    },
    /// Begin an entry of one's own
    New {
        /// The term, with its short name in parentheses
        #[arg(required = true)]
        term: Vec<String>,
        /// The folder; one's own unless given
        #[arg(long = "in", value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Open it in VISUAL or EDITOR
        #[arg(long)]
        edit: bool,
    },
    /// Open an entry of one's own, or a copy of another, in VISUAL or EDITOR
    Edit {
        /// The term
        #[arg(required = true)]
        term: Vec<String>,
    },
    /// Make one file of folders of entries, which stands wherever a folder may stand
    ///
    /// Entries of the folder that is named first replace and hide those of the others. What cannot be
    /// used is left out.
    Pack {
        /// The folders, the nearest first
        #[arg(required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
        folders: Vec<PathBuf>,
        /// The file, which replaces the one of this name as soon as it is whole
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Which glossaries are consulted, and why
    Paths,
    /// The script that makes a shell complete commands, flags and terms
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The manual page
    Man,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// The friendly interactive shell.
    Fish,
    /// `PowerShell`.
    #[value(name = "powershell")]
    PowerShell,
    /// Elvish.
    Elvish,
}

fn before_help() -> String {
    let widest = EXAMPLES
        .iter()
        .map(|(line, _)| line.len())
        .max()
        .unwrap_or(0);
    let lines = EXAMPLES
        .iter()
        .map(|(line, gives)| format!("\n  {line:widest$}   {gives}"));
    format!("Examples:{}", lines.collect::<String>())
}

fn after_long_help() -> String {
    let codes = EXIT_STATUS.map(|(code, meaning)| format!("{code} {meaning}"));
    format!("Exit status: {}.", codes.join("; "))
}

/// What a check's findings are printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Findings {
    /// A line each, as compilers print them.
    #[default]
    Text,
    /// JSON for programs.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
}

/// The command line that `arguments` make, or what to print in its place: an error, help, the version.
pub fn parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    match plain(&arguments) {
        Some(cli) => Ok(cli),
        None => parse_whole(arguments),
    }
}

/// The same by the parser, which reads all that there is.
fn parse_whole(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let short = arguments.len() <= 1 || arguments.iter().any(|argument| argument == "-h");
    let command = if short {
        brief(Cli::command())
    } else {
        Cli::command()
    };
    let name = arguments.first().cloned();
    // Of a flag that is global, clap keeps what stands behind a subcommand alone.
    let (mut arguments, rest) = layer_flags(arguments);
    arguments.extend(rest);
    let matches = command.try_get_matches_from(arguments)?;
    let cli = Cli::from_arg_matches(&matches).map(reading)?;
    // Flags alone ask for no more than nothing does.
    if cli.command.is_none() && cli.term.is_empty() {
        return parse(Vec::from_iter(name));
    }
    Ok(cli)
}

/// What an unfinished command line says of the glossaries that are consulted.
#[must_use]
pub fn layer_options(words: Vec<OsString>) -> Options {
    let (words, _) = layer_flags(words);
    let command = Cli::command().ignore_errors(true);
    let matches = command.try_get_matches_from(words).ok();
    matches
        .and_then(|matches| Options::from_arg_matches(&matches).ok())
        .unwrap_or_default()
}

/// The name of the program with the flags that say which glossaries are consulted, and what else
/// there is.
fn layer_flags(arguments: Vec<OsString>) -> (Vec<OsString>, Vec<OsString>) {
    let mut arguments = arguments.into_iter();
    let (mut flags, mut rest) = (Vec::from_iter(arguments.next()), Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.to_string_lossy().as_ref() {
            "--" => {
                rest.push(argument);
                break;
            }
            "--glossary" => match arguments.next() {
                Some(path) => flags.extend([argument, path]),
                None => rest.push(argument),
            },
            flag if flag == "--built-in" || flag.starts_with("--glossary=") => flags.push(argument),
            _ => rest.push(argument),
        }
    }
    rest.extend(arguments);
    (flags, rest)
}

/// A command line of words and of the flags that are given most: a term, or one of the commands that
/// are asked for most.
///
/// Setting up the parser costs more than everything else that a look-up does, and there is nothing
/// here that needs it: whatever it would refuse is left to it.
fn plain(arguments: &[OsString]) -> Option<Cli> {
    let mut options = Options::default();
    let mut words = Vec::new();
    let mut unread = arguments.iter().skip(1);
    while let Some(argument) = unread.next() {
        match argument.to_str()? {
            "--glossary" => {
                let path = unread.next()?.to_str()?;
                if path.is_empty() || path.starts_with('-') {
                    return None;
                }
                options.glossary.push(path.into());
            }
            flag if flag.starts_with('-') => {
                let switch = switch(&mut options, flag)?;
                if mem::replace(switch, true) {
                    return None;
                }
            }
            word => words.push(word),
        }
    }
    if options.json && options.markdown || options.built_in && !options.glossary.is_empty() {
        return None;
    }
    let (first, rest) = words.split_first()?;
    // Behind a flag, the name of a command is one even where a term has begun.
    let has_flags = arguments.len() > 1 + words.len();
    if has_flags && rest.iter().any(|word| RESERVED.contains(word)) {
        return None;
    }
    let own = |words: &[&str]| words.iter().map(ToString::to_string).collect();
    let command = match *first {
        "related" if !rest.is_empty() => Some(Command::Related {
            term: own(rest),
            depth: RELATED_DEPTH,
        }),
        "learn" if !rest.is_empty() => Some(Command::Learn {
            term: own(rest),
            depth: None,
        }),
        "search" if !rest.is_empty() => Some(Command::Search {
            words: own(rest),
            limit: SEARCH_LIMIT,
            tag: None,
        }),
        "list" if rest.is_empty() => Some(Command::List {
            tag: None,
            rest: Vec::new(),
        }),
        first if RESERVED.contains(&first) => return None,
        _ => None,
    };
    let term = if command.is_some() {
        Vec::new()
    } else {
        own(&words)
    };
    Some(Cli {
        command,
        term,
        options,
    })
}

/// What a flag switches on that is given often.
fn switch<'o>(options: &'o mut Options, flag: &str) -> Option<&'o mut bool> {
    Some(match flag {
        "-s" | "--summary" => &mut options.summary,
        "-e" | "--eli5" => &mut options.eli5,
        "-d" | "--in-depth" => &mut options.in_depth,
        "-a" | "--all" => &mut options.all,
        "--built-in" => &mut options.built_in,
        "--exact" => &mut options.exact,
        "--json" => &mut options.json,
        "--markdown" => &mut options.markdown,
        "--no-pager" => &mut options.no_pager,
        _ => return None,
    })
}

/// A term may begin with the name of a command that takes no words: `glossary random forest` asks for
/// the random forest.
fn reading(mut cli: Cli) -> Cli {
    let (name, rest) = match &mut cli.command {
        Some(Command::Random { rest, .. }) => ("random", rest),
        Some(Command::List { rest, .. }) => ("list", rest),
        Some(Command::Tags { rest }) => ("tags", rest),
        _ => return cli,
    };
    if rest.is_empty() {
        return cli;
    }
    let mut term = vec![name.to_string()];
    term.append(rest);
    Cli {
        command: None,
        term,
        ..cli
    }
}

/// The short help fits a screen: it names the commands on a line and leaves the rest to `--help`.
fn brief(command: clap::Command) -> clap::Command {
    let mut command = command;
    command.build();
    let names: Vec<String> = command
        .get_subcommands()
        .filter(|subcommand| !subcommand.is_hide_set())
        .map(|subcommand| subcommand.get_name().to_string())
        .collect();
    let mut list = String::from("Commands: ");
    let mut column = list.len();
    for (number, name) in names.iter().enumerate() {
        if column + name.len() > 76 {
            list.push_str("\n          ");
            column = 10;
        }
        list.push_str(name);
        list.push_str(if number + 1 < names.len() { ", " } else { "" });
        column += name.len() + 2;
    }
    for name in names {
        command = command.mut_subcommand(name, |subcommand| subcommand.hide(true));
    }
    command.after_help(format!(
        "{list}\n\n`glossary --help` says more, `glossary COMMAND --help` all of it."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_reserved_names_are_those_of_the_commands() {
        let mut command = Cli::command();
        command.build();
        let mut names: Vec<&str> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let mut reserved = RESERVED.to_vec();
        names.sort_unstable();
        reserved.sort_unstable();
        assert_eq!(names, reserved);
    }

    #[test]
    fn a_plain_line_is_what_the_parser_makes_of_it() {
        for line in [
            "glossary GAN",
            "glossary latent space",
            "glossary a list",
            "glossary what is a GAN?",
            "glossary é",
            "glossary related VAE",
            "glossary related latent space",
            "glossary learn GAN",
            "glossary search many trees",
            "glossary list",
            "glossary GAN --json --exact",
            "glossary -s GAN -e -d -a",
            "glossary --summary --eli5 --in-depth --all GAN",
            "glossary --built-in --no-pager latent --markdown space",
            "glossary --glossary team --glossary other GAN",
            "glossary related --glossary team GAN --json",
            "glossary --json search many trees",
        ] {
            let plain = plain(&arguments(line)).map(|cli| format!("{cli:?}"));
            let parsed = Cli::try_parse_from(arguments(line)).map(|cli| format!("{cli:?}"));
            assert_eq!(plain, parsed.ok(), "{line}");
        }
        for line in [
            "glossary",
            "glossary related",
            "glossary search",
            "glossary list of terms",
            "glossary random",
            "glossary -se GAN",
            "glossary --json",
            "glossary GAN --json --json",
            "glossary GAN --json --markdown",
            "glossary GAN --built-in --glossary team",
            "glossary GAN --glossary",
            "glossary GAN --glossary -e",
            "glossary GAN --glossary=team",
            "glossary GAN --width 40",
            "glossary GAN --help",
            "glossary GAN --json list",
            "glossary -- list",
            "glossary -",
        ] {
            assert!(plain(&arguments(line)).is_none(), "{line}");
        }
    }

    #[test]
    fn whatever_is_read_without_the_parser_is_read_as_it_would() {
        let words = [
            "",
            "GAN",
            "list",
            "search",
            "random",
            "-",
            "-s",
            "--json",
            "--built-in",
            "--glossary",
        ];
        let mut lines = vec![vec!["glossary"]];
        for _ in 0..3 {
            lines = lines
                .iter()
                .flat_map(|line| words.map(|word| [&line[..], &[word]].concat()))
                .collect();
            for line in &lines {
                let line: Vec<OsString> = line.iter().map(Into::into).collect();
                if let Some(plain) = plain(&line) {
                    let whole = parse_whole(line.clone()).map(|cli| format!("{cli:?}"));
                    assert_eq!(Some(format!("{plain:?}")), whole.ok(), "{line:?}");
                }
            }
        }
    }
}
