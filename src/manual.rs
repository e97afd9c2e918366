//! The manual page, made from the definitions of the command line.
//!
//! Owns what a manual has and a help text has not: the environment, the files. It must not repeat
//! what a flag says of itself.

use std::io;

use clap::{Arg, CommandFactory};
use clap_mangen::Man;
use roff::{Inline, Roff, bold, italic, roman};

use crate::cli::{Cli, EXAMPLES};
use crate::error::{EXIT_STATUS, Error, Result};

/// The environment variables that are read.
const ENVIRONMENT: [(&str, &str); 10] = [
    (
        "GLOSSARY_PATH",
        "folders of entries, and packs, to consult besides the built-in ones, separated as in PATH",
    ),
    (
        "XDG_DATA_HOME, XDG_DATA_DIRS",
        "where a folder `glossary` is consulted, too; ~/.local/share, /usr/local/share and /usr/share unless set",
    ),
    (
        "XDG_CACHE_HOME",
        "where folders that were read are kept, in a folder `glossary`; ~/.cache unless set",
    ),
    ("VISUAL, EDITOR", "what opens an entry; vi(1) unless set"),
    (
        "GLOSSARY_PAGER, PAGER",
        "what shows an answer that is taller than the screen; less(1) unless set",
    ),
    ("NO_COLOR", "no colors, when it is not empty"),
    (
        "CLICOLOR_FORCE",
        "colors even where there is no terminal, when it is neither empty nor 0",
    ),
    ("COLUMNS", "how wide the terminal is"),
    ("TERM", "no colors and no pager when it is dumb"),
    ("LESS", "passed to less(1); FRX unless set"),
];

/// The files that are read and written beside those that are named.
const FILES: [(&str, &str); 2] = [
    (
        "$XDG_DATA_HOME/glossary",
        "one's own entries, and those that are copied to be edited",
    ),
    (
        "$XDG_CACHE_HOME/glossary",
        "folders that were read before, packed; can be deleted at any time",
    ),
];

/// The page in roff.
pub fn page() -> Result<String> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    write(&command, &mut page).map_err(Error::Output)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn write(command: &clap::Command, out: &mut Vec<u8>) -> io::Result<()> {
    let page = Man::new(command.clone())
        .section("1")
        .manual("General Commands Manual");
    page.render_title(out)?;
    page.render_name_section(out)?;
    synopsis(command).to_writer(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    commands(command).to_writer(out)?;
    list("ENVIRONMENT", &ENVIRONMENT).to_writer(out)?;
    list("FILES", &FILES).to_writer(out)?;
    list("EXIT STATUS", &EXIT_STATUS).to_writer(out)?;
    list("EXAMPLES", &EXAMPLES).to_writer(out)
}

fn synopsis(command: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    let name = command.get_name();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([
        bold(name),
        roman(" ["),
        italic("OPTIONS"),
        roman("] "),
        italic("TERM"),
        roman("…"),
    ]);
    roff.control("br", []);
    roff.text([
        bold(name),
        roman(" ["),
        italic("OPTIONS"),
        roman("] "),
        italic("COMMAND"),
        roman(" …"),
    ]);
    roff
}

/// Each subcommand with its own arguments; the flags that all of them take stand under OPTIONS.
fn commands(command: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for subcommand in command
        .get_subcommands()
        .filter(|subcommand| !subcommand.is_hide_set())
    {
        let own: Vec<&Arg> = subcommand
            .get_arguments()
            .filter(|argument| !argument.is_global_set() && !argument.is_hide_set())
            .filter(|argument| argument.get_id() != "help")
            .collect();
        let mut line = vec![bold(format!(
            "{} {}",
            command.get_name(),
            subcommand.get_name()
        ))];
        line.extend(own.iter().flat_map(|argument| usage(argument)));
        roff.control("TP", []).text(line);
        roff.text([roman(
            subcommand
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default(),
        )]);
        for argument in own {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            roff.control("RS", [])
                .control("TP", [])
                .text(usage(argument))
                .text([roman(help)])
                .control("RE", []);
        }
    }
    roff
}

fn usage(argument: &Arg) -> Vec<Inline> {
    let values: Vec<String> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect();
    let takes_value = argument.get_action().takes_values();
    let mut parts = vec![roman(" ")];
    if let Some(long) = argument.get_long() {
        parts.push(bold(format!("--{long}")));
        if takes_value {
            parts.push(roman(" "));
        }
    }
    if takes_value {
        parts.push(italic(values.join(" ")));
    }
    parts
}

fn list(title: &str, items: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    for (name, meaning) in items {
        roff.control("TP", [])
            .text([bold(*name)])
            .text([roman(*meaning)]);
    }
    roff
}
