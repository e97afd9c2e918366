//! The manual page, made from the definitions of the command line.

use clap::{Arg, Command};
use roff::{Inline, Roff, bold, italic, roman};

use crate::cli;

const DESCRIPTION: [&str; 3] = [
    "glossary explains a term of artificial intelligence in a sentence, to a ten-year-old, or to an engineer. \
     The entries are part of the program, so it needs no network.",
    "A term is found by any of its names: case, accents, hyphens, plurals, and British spelling make no \
     difference, and words need no quotes. If the match is not exact, a note on standard error says so.",
    "On a terminal, answers are laid out and colored. In a pipe they are plain text, and lists are \
     tab-separated.",
];

/// The sections about what no flag describes: environment, files, exit status, examples.
const LAST_SECTIONS: &str = include_str!("manual.roff");

/// The page in roff.
pub(crate) fn page() -> String {
    let mut command = cli::root();
    command.build();
    let mut roff = Roff::new();
    let version = format!("glossary {}", env!("CARGO_PKG_VERSION"));
    roff.control(
        "TH",
        ["GLOSSARY", "1", "", &version, "General Commands Manual"],
    );
    let about = command.get_about().map(ToString::to_string);
    let about = format!("glossary - {}", about.unwrap_or_default());
    roff.control("SH", ["NAME"]).text([roman(about)]);
    write_synopsis(&mut roff);
    roff.control("SH", ["DESCRIPTION"]);
    for paragraph in DESCRIPTION {
        roff.control("PP", []).text([roman(paragraph)]);
    }
    roff.control("SH", ["OPTIONS"]);
    for argument in own_arguments(&command) {
        write_argument(argument, &mut roff);
    }
    write_commands(&command, &mut roff);
    roff.to_roff() + LAST_SECTIONS
}

fn write_synopsis(roff: &mut Roff) {
    let line = |word: &str| {
        [
            bold("glossary"),
            roman(" ["),
            italic("OPTIONS"),
            roman("] "),
            italic(word),
            roman("…"),
        ]
    };
    roff.control("SH", ["SYNOPSIS"]);
    roff.text(line("TERM"));
    roff.control("br", []);
    roff.text([
        bold("glossary "),
        italic("COMMAND"),
        roman(" ["),
        italic("OPTIONS"),
        roman("] …"),
    ]);
}

/// Each subcommand with its own arguments, and the names of those that OPTIONS describes.
fn write_commands(command: &Command, roff: &mut Roff) {
    roff.control("SH", ["COMMANDS"]);
    for subcommand in command.get_subcommands() {
        let name = format!("glossary {}", subcommand.get_name());
        let is_shared = |argument: &&Arg| {
            command.get_arguments().any(|shared| {
                shared.get_long().is_some() && shared.get_long() == argument.get_long()
            })
        };
        let (shared, own): (Vec<&Arg>, Vec<&Arg>) = own_arguments(subcommand).partition(is_shared);
        let mut line = vec![bold(name)];
        for argument in own.iter().filter(|argument| argument.is_positional()) {
            line.push(roman(" "));
            line.extend(usage(argument));
        }
        roff.control("TP", []).text(line);
        let about = subcommand.get_about().map(ToString::to_string);
        roff.text([roman(format!("{}.", about.unwrap_or_default()))]);
        for argument in own {
            roff.control("RS", []);
            write_argument(argument, roff);
            roff.control("RE", []);
        }
        if !shared.is_empty() {
            let names = shared.iter().filter_map(|argument| argument.get_long());
            let names: Vec<String> = names.map(|name| format!("--{name}")).collect();
            roff.control("RS", []);
            roff.text([roman("Also: "), bold(names.join(", ")), roman(".")]);
            roff.control("RE", []);
        }
    }
}

fn own_arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    let arguments = command.get_arguments();
    arguments.filter(|argument| !argument.is_hide_set() && argument.get_id() != "help")
}

fn write_argument(argument: &Arg, roff: &mut Roff) {
    let help = argument.get_long_help().or(argument.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    roff.control("TP", []).text(usage(argument));
    let mut paragraphs = help.split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    roff.text([roman(format!("{first}."))]);
    for paragraph in paragraphs {
        roff.control("IP", []).text([roman(paragraph)]);
    }
    let values = argument.get_possible_values();
    let values = values.iter().filter(|value| !value.is_hide_set());
    let values: Vec<&str> = values.map(clap::builder::PossibleValue::get_name).collect();
    if argument.get_action().takes_values() && !values.is_empty() {
        let values = format!("Values: {}.", values.join(", "));
        roff.control("IP", []).text([roman(values)]);
    }
}

/// `-s, --long VALUE`.
fn usage(argument: &Arg) -> Vec<Inline> {
    let mut parts = Vec::new();
    if let Some(short) = argument.get_short() {
        parts.push(bold(format!("-{short}")));
        parts.push(roman(", "));
    }
    if let Some(long) = argument.get_long() {
        parts.push(bold(format!("--{long}")));
        parts.push(roman(" "));
    }
    if argument.get_action().takes_values() {
        let names = argument.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        parts.push(italic(names.join(" ")));
    }
    parts
}
