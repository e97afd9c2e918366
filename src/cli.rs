//! The command line: the subcommands, and the flags that several of them share.
//!
//! Each subcommand defines its own arguments in `commands`. Help, completions, and the manual are made
//! from these definitions.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::commands::{
    check::Check, completions::Completions, edit::Edit, learn::Learn, list::List, new::New,
    pack::Pack, paths::Paths, random::Random, related::Related, scan::Scan, search::Search,
    show::Show, tags::Tags,
};
use glossary_core::entry::sections::Depth;
use glossary_core::query::resolve::NearMisses;

/// The text after the name in `--version`.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("GLOSSARY_ENTRIES"),
    " entries)"
);

const EXAMPLES: &str = "\
Examples:
  glossary generative-ai            what it is, in a sentence or two
  glossary --eli5 GAN               for a ten-year-old
  glossary --in-depth transformer   for an engineer
  glossary related VAE              what to read next";

const MORE: &str = "\
Exit status: 0 if something was found; 1 if nothing was, or a check found errors;
2 if the usage was wrong, or something could not be read or written.

Each command has its own help: glossary COMMAND --help";

/// The end of the short help.
const COMMANDS: &str = "\
Commands: show, related, learn, search, list, tags, random, scan, check, new,
          edit, pack, paths, completions, man
More help: glossary --help, glossary COMMAND --help";

const TEMPLATE: &str = "{about}

{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// The help for a screen of 24 lines.
const SHORT_TEMPLATE: &str = "{about}

{before-help}{usage-heading} {usage}

Options:
{options}{after-help}";

const USAGE: &str = "glossary [OPTIONS] TERM...
       glossary COMMAND [OPTIONS] ...";

/// Subcommands without words of their own. A term may start with their names: `glossary random forest`
/// asks for the random forest.
const WITHOUT_WORDS: [&str; 4] = ["random", "tags", "paths", "man"];

const HELP: &str = "help";
const SHOW: &str = "show";

/// A glossary of artificial intelligence: any term at three depths, offline
#[derive(Debug, Parser)]
#[command(
    name = "glossary",
    version = VERSION,
    before_help = EXAMPLES,
    help_template = TEMPLATE,
    override_usage = USAGE,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_negates_reqs = true,
    after_help = MORE
)]
pub(crate) struct Cli {
    /// The subcommand; without one, the help is that of looking up a term.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) show: Show,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Look up a term, even one that is named like a command
    Show(Show),
    /// Show related terms, and which entries name this one
    Related(Related),
    /// Show which terms to learn first, in order
    Learn(Learn),
    /// Find a term by describing it
    Search(Search),
    /// List all entries, or those of a topic
    List(List),
    /// List the topics, with the number of their entries
    Tags(Tags),
    /// Show a random entry
    Random(Random),
    /// Find the terms that a text uses
    Scan(Scan),
    /// Check your own entries for errors and style
    Check(Check),
    /// Start an entry of your own
    New(New),
    /// Open an entry in your editor
    Edit(Edit),
    /// Pack folders into one file that can be used instead of a folder
    Pack(Pack),
    /// List the glossaries that are consulted, and why
    Paths(Paths),
    /// Print a script that lets your shell complete commands, flags, and terms
    Completions(Completions),
    /// Print the manual page
    Man,
}

// How deep an explanation goes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Depth")]
#[expect(clippy::struct_excessive_bools, reason = "flags that can be combined")]
pub(crate) struct DepthArgs {
    /// Explain in one or two sentences (the default)
    #[arg(short, long)]
    pub(crate) summary: bool,
    /// Explain to a ten-year-old
    #[arg(short, long)]
    pub(crate) eli5: bool,
    /// Explain to an engineer
    #[arg(short = 'd', long)]
    pub(crate) in_depth: bool,
    /// Explain at all three depths
    #[arg(short, long)]
    pub(crate) all: bool,
}

impl DepthArgs {
    /// The depths in the order of the page.
    pub(crate) fn depths(&self) -> Vec<Depth> {
        let asked = [
            (Depth::Summary, self.summary),
            (Depth::Eli5, self.eli5),
            (Depth::InDepth, self.in_depth),
        ];
        let chosen = asked
            .into_iter()
            .filter(|(_, is_asked)| self.all || *is_asked);
        let chosen: Vec<Depth> = chosen.map(|(depth, _)| depth).collect();
        if chosen.is_empty() {
            vec![Depth::Summary]
        } else {
            chosen
        }
    }
}

// What every command takes that reads glossaries and prints an answer.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct CommonArgs {
    #[command(flatten)]
    pub(crate) display: DisplayArgs,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

// Whether names must match exactly.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct MatchArgs {
    /// Match names only, without guessing
    #[arg(long)]
    pub(crate) exact: bool,
}

impl MatchArgs {
    /// Whether near misses count.
    pub(crate) fn near_misses(&self) -> NearMisses {
        if self.exact {
            NearMisses::Off
        } else {
            NearMisses::Shown
        }
    }
}

// The glossaries to consult.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Sources")]
pub(crate) struct SourceArgs {
    /// Also consult a folder or a pack; can be repeated
    #[arg(long, value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub(crate) glossary: Vec<PathBuf>,
    /// Leave the built-in entries out; with `--glossary`, consult only these paths
    #[arg(long)]
    pub(crate) only: bool,
    /// Consult only the built-in entries
    #[arg(long, conflicts_with_all = ["glossary", "only"])]
    pub(crate) built_in: bool,
}

// Whether an answer is for people or for programs.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

// The form of an answer that is a graph of terms.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct GraphFormatArgs {
    /// Print a list, JSON, or a diagram for Graphviz or Mermaid
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: GraphFormat,
    /// Print JSON
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

impl GraphFormatArgs {
    /// The format that was asked for.
    pub(crate) fn format(&self) -> GraphFormat {
        if self.json {
            GraphFormat::Json
        } else {
            self.format
        }
    }
}

// What a command takes whose answer is a graph of terms.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct GraphArgs {
    /// The term
    #[arg(required = true)]
    pub(crate) term: Vec<String>,
    #[command(flatten)]
    pub(crate) format: GraphFormatArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// The form of a graph of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum GraphFormat {
    #[default]
    Text,
    Json,
    Dot,
    Mermaid,
}

// The form of an answer that has entries in full.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArgs {
    /// Print JSON
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// Print Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
}

// How an answer looks on a terminal.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct DisplayArgs {
    /// When to use color
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// When to make links clickable
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) hyperlinks: When,
    /// Wrap lines at N columns; by default, at the terminal's width, up to 88
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) width: Option<u16>,
    /// Print long answers without a pager
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// When to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum When {
    #[default]
    Auto,
    Always,
    Never,
}

/// The command that the arguments ask for, and how its answer looks. The error may be help or the
/// version, which are answers, too.
pub(crate) fn parse(arguments: Vec<OsString>) -> clap::error::Result<(Command, DisplayArgs)> {
    let mut root = root();
    let mut flags = arguments.iter().take_while(|argument| *argument != "--");
    if arguments.len() == 1 || flags.any(|argument| argument == "-h") {
        root = with_short_help(root);
    }
    let arguments = with_command_first(arguments, &root);
    let matches = root
        .try_get_matches_from_mut(&arguments)
        .map_err(|error| explain(error, &root, &arguments))?;
    match Cli::from_arg_matches(&matches)?.command {
        Some(command) => Ok((command, shared_args(&matches, "color"))),
        // Flags alone ask for as much as nothing does: for help.
        None => parse(vec![root.get_name().into()]),
    }
}

/// The glossaries that an unfinished command line consults.
pub(crate) fn sources_of(arguments: Vec<OsString>) -> SourceArgs {
    let root = root();
    let arguments = with_command_first(arguments, &root);
    let Ok(matches) = root.ignore_errors(true).try_get_matches_from(arguments) else {
        return SourceArgs::default();
    };
    shared_args(&matches, "glossary")
}

/// Arguments that several subcommands share, one of which has a known id; the defaults for a subcommand
/// without them.
fn shared_args<A: FromArgMatches + Default>(matches: &ArgMatches, id: &str) -> A {
    let matches = matches.subcommand().map_or(matches, |(_, own)| own);
    match matches.try_contains_id(id) {
        Ok(_) => A::from_arg_matches(matches).unwrap_or_default(),
        Err(_) => A::default(),
    }
}

/// The words of a term on an unfinished command line.
pub(crate) fn term_words(arguments: Vec<OsString>) -> Vec<String> {
    let root = root();
    let arguments = with_command_first(arguments, &root);
    let words = words(&arguments, &root).into_iter().skip(1);
    words
        .map(|at| arguments[at].to_string_lossy().into_owned())
        .collect()
}

/// The definition of the whole command line.
pub(crate) fn root() -> clap::Command {
    Cli::command().mut_arg("term", |term| term.required(false))
}

/// The names of the subcommands.
pub(crate) fn command_names() -> Vec<String> {
    let root = Cli::command();
    let commands = root.get_subcommands();
    commands
        .map(|command| command.get_name().to_string())
        .collect()
}

/// Moves the subcommand to the front, and names it where it is left out. So flags can be given before
/// it, and a term may contain the name of a subcommand.
fn with_command_first(mut arguments: Vec<OsString>, root: &clap::Command) -> Vec<OsString> {
    let words = words(&arguments, root);
    let name = |word: usize| arguments[word].to_str().unwrap_or_default();
    let exists = |word: usize| root.find_subcommand(name(word)).is_some();
    let first = match *words {
        [] => return arguments,
        [help] if name(help) == HELP => {
            arguments[help] = "--help".into();
            return arguments;
        }
        [help, command] if name(help) == HELP && exists(command) => {
            arguments[help] = "--help".into();
            arguments.remove(command)
        }
        [first, _, ..] if WITHOUT_WORDS.contains(&name(first)) => SHOW.into(),
        [first, ..] if exists(first) => arguments.remove(first),
        _ => SHOW.into(),
    };
    arguments.insert(1, first);
    arguments
}

/// The positions of the words among the arguments: all but the flags and their values.
fn words(arguments: &[OsString], root: &clap::Command) -> Vec<usize> {
    let takes_value = |flag: &str| {
        flag.strip_prefix("--").is_some_and(|name| {
            let mut flags = root.get_arguments();
            let is_named = |flag: &Arg| flag.get_long() == Some(name);
            name == "tag" || flags.any(|flag| is_named(flag) && flag.get_action().takes_values())
        })
    };
    let mut words = Vec::new();
    let mut at = 1;
    while let Some(argument) = arguments.get(at) {
        match argument.to_string_lossy().as_ref() {
            "--" => {
                words.extend(at..arguments.len());
                break;
            }
            flag if takes_value(flag) => at += 1,
            flag if flag.starts_with('-') && flag.len() > 1 => {}
            _ => words.push(at),
        }
        at += 1;
    }
    words
}

/// Arguments that only the full help shows.
const RARE: [&str; 8] = [
    "exact",
    "markdown",
    "color",
    "hyperlinks",
    "width",
    "no_pager",
    "only",
    "built_in",
];

/// The command line with help that fits on a screen of 24 lines.
fn with_short_help(mut root: clap::Command) -> clap::Command {
    // Before that, the subcommands have no arguments.
    root.build();
    let shorten = |command: clap::Command| {
        command.mut_args(|argument| {
            let is_rare = RARE.contains(&argument.get_id().as_str());
            argument.hide(is_rare)
        })
    };
    shorten(root)
        .mut_subcommands(shorten)
        .help_template(SHORT_TEMPLATE)
        .after_help(COMMANDS)
}

/// Says of a flag that other commands take that it does not apply to this one.
fn explain(error: clap::Error, root: &clap::Command, arguments: &[OsString]) -> clap::Error {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    let is_known = root.get_arguments().any(|argument| {
        let long = argument.get_long().map(|long| format!("--{long}"));
        let short = argument.get_short().map(|short| format!("-{short}"));
        [long, short].iter().flatten().any(|name| name == flag)
    });
    let command = arguments.get(1).map(|command| command.to_string_lossy());
    match command {
        Some(command) if error.kind() == ErrorKind::UnknownArgument && is_known => {
            let message = format!(
                "'{flag}' does not apply to '{command}'; see `glossary {command} --help` for what does"
            );
            Cli::command().error(ErrorKind::UnknownArgument, message)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glossary_core::entry::check::RESERVED;

    fn parsed(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from).collect();
        parse(arguments).map_or_else(
            |error| error.render().to_string(),
            |(command, _)| format!("{command:?}"),
        )
    }

    #[test]
    fn the_reserved_names_are_those_of_the_commands() {
        let mut names = command_names();
        names.push(HELP.to_string());
        names.sort_unstable();
        let mut reserved = RESERVED.to_vec();
        reserved.sort_unstable();
        assert_eq!(names, reserved);
    }

    #[test]
    fn the_definitions_are_sound() {
        root().debug_assert();
    }

    #[test]
    fn flags_may_come_before_the_command() {
        for (one, other) in [
            ("glossary GAN --json", "glossary --json show GAN"),
            (
                "glossary --glossary team list --json",
                "glossary list --json --glossary team",
            ),
            ("glossary --tag x random -e", "glossary random -e --tag x"),
            ("glossary random forest", "glossary show random forest"),
            ("glossary a list", "glossary -- a list"),
            ("glossary help me", "glossary show help me"),
        ] {
            assert_eq!(parsed(one), parsed(other), "{one}");
        }
        assert!(parsed("glossary --json random").starts_with("Random"));
        assert!(parsed("glossary --json list").starts_with("List"));
    }

    #[test]
    fn a_flag_that_does_not_apply_is_an_error() {
        for line in [
            "glossary -e list",
            "glossary related --eli5 VAE",
            "glossary man --json",
        ] {
            assert!(parsed(line).contains("does not apply to"), "{line}");
        }
    }

    #[test]
    fn help_is_found_where_people_look_for_it() {
        for (line, usage) in [
            ("glossary help", "glossary [OPTIONS] TERM..."),
            ("glossary help search", "glossary search [OPTIONS]"),
            ("glossary help random", "glossary random [OPTIONS]"),
            ("glossary search --help", "glossary search [OPTIONS]"),
            ("glossary --json search -h", "glossary search [OPTIONS]"),
            ("glossary -h", "glossary [OPTIONS] TERM..."),
        ] {
            assert!(parsed(line).contains(usage), "{line}: {}", parsed(line));
        }
    }

    #[test]
    fn the_short_help_names_every_command() {
        let names: Vec<&str> = COMMANDS.split([' ', ',', '\n']).collect();
        for name in command_names() {
            assert!(names.contains(&&*name), "{name}");
        }
    }

    #[test]
    fn the_short_help_fits_on_a_screen() {
        let names = command_names().into_iter();
        for line in names
            .map(|name| format!("glossary {name} -h"))
            .chain(["glossary -h".into()])
        {
            let help = parsed(&line);
            assert!(help.lines().count() <= 24, "{help}");
            assert!(help.lines().all(|line| line.len() <= 100), "{help}");
        }
    }
}
