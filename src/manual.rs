//! The manual page, made from the definitions of the command line.

use std::io::{self, Write};

use clap::{Arg, Command};
use clap_mangen::Man;

use crate::cli;

const DESCRIPTION: &str = "\
glossary explains a term of artificial intelligence in a sentence, to a ten-year-old, or to an engineer. \
The entries are part of the program, so it needs no network.

A term is found by any of its names: case, accents, hyphens, plurals, and British spelling make no \
difference, and words need no quotes. If the match is not exact, a note on standard error says so.

On a terminal, answers are laid out and colored. In a pipe they are plain text, and lists are \
tab-separated.";

/// The sections about what no flag describes: environment, files, exit status, examples.
const LAST_SECTIONS: &str = include_str!("manual.roff");

/// The page in roff.
pub(crate) fn page() -> io::Result<String> {
    let mut root = cli::root()
        .version(env!("CARGO_PKG_VERSION"))
        .long_about(DESCRIPTION);
    root.build();
    let root = described(root, &[]);
    let man = Man::new(root.clone())
        .title("GLOSSARY")
        .manual("General Commands Manual");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let shared: Vec<&str> = root.get_arguments().filter_map(Arg::get_long).collect();
    writeln!(
        page,
        ".SH COMMANDS\nCommands also take the options above that apply to them."
    )?;
    for command in root.get_subcommands() {
        let about = command.get_about().map(ToString::to_string);
        let (name, about) = (command.get_name(), about.unwrap_or_default());
        writeln!(page, ".SS glossary {name}\n{about}.")?;
        let mut options = Vec::new();
        Man::new(described(command.clone(), &shared)).render_options_section(&mut options)?;
        let options = String::from_utf8_lossy(&options);
        page.extend(options.replace(".SH OPTIONS\n", "").bytes());
    }
    page.extend(LAST_SECTIONS.bytes());
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// A command whose arguments are in one section, without those that are described elsewhere.
fn described(command: Command, elsewhere: &[&str]) -> Command {
    command.mut_args(|argument| {
        let long = argument.get_long();
        let is_elsewhere = long.is_some_and(|long| elsewhere.contains(&long));
        argument.help_heading(None::<&str>).hide(is_elsewhere)
    })
}
