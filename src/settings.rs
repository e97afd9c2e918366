//! From flags, environment variables, and the terminal to settings.
//!
//! Only this file reads environment variables and asks what the terminal is.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::cli::{DisplayArgs, SourceArgs, When};
use crate::embedded::BUILT_IN;
use crate::render::{Hyperlinks, Layout, OutputStyle, Theme};
use glossary_core::corpus::embedded::Embedded;
use glossary_core::corpus::{Origin, SourceSpec};

/// Pages are at most this wide, however wide the terminal is: longer lines are hard to read.
const MAX_WIDTH: usize = 88;

/// The width of a terminal that does not say how wide it is.
const DEFAULT_WIDTH: usize = 80;

/// The pager unless the environment names another.
const PAGER: &str = "less";

/// Options for `less`, unless the user has set some: quit if the text fits on a screen, pass colors
/// through, and leave the text on the screen.
const LESS: (&str, &str) = ("LESS", "FRX");

/// The editor unless the environment names another.
const EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The name of our folders among the user's data, everyone's data, and the user's cache.
const DATA: &str = "glossary";

/// The folders with data for all users when `XDG_DATA_DIRS` is not set.
const DATA_DIRS: &str = if cfg!(unix) {
    "/usr/local/share:/usr/share"
} else {
    ""
};

/// How output looks, and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// How an answer looks when it is text.
    pub(crate) style: OutputStyle,
    /// How messages on standard error look.
    pub(crate) message_style: OutputStyle,
    /// The pager for answers that are taller than the screen.
    pub(crate) pager: Option<PagerSettings>,
    /// Whether standard output and standard error are both a terminal, so that messages and answers
    /// appear together.
    pub(crate) shares_terminal: bool,
}

/// How to run the pager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PagerSettings {
    /// Its command line, as a shell would take it.
    pub(crate) command_line: String,
    /// Environment variables to set for it.
    pub(crate) variables: Vec<(&'static str, &'static str)>,
    /// The number of lines on the screen.
    pub(crate) height: usize,
}

/// Facts about the terminal.
#[derive(Debug, Clone, Default)]
pub(crate) struct TerminalInfo {
    /// Whether standard output is a terminal.
    pub(crate) is_stdout: bool,
    /// Whether standard error is a terminal.
    pub(crate) is_stderr: bool,
    /// The columns and lines of the terminal, if there is one and they are known.
    pub(crate) size: Option<(usize, usize)>,
}

impl TerminalInfo {
    /// Asks the system.
    #[must_use]
    pub(crate) fn detect() -> Self {
        let is_stdout = io::stdout().is_terminal();
        let is_stderr = io::stderr().is_terminal();
        let size = if is_stdout {
            terminal_size::terminal_size_of(io::stdout())
        } else if is_stderr {
            terminal_size::terminal_size_of(io::stderr())
        } else {
            None
        };
        Self {
            is_stdout,
            is_stderr,
            size: size.map(|(width, height)| (usize::from(width.0), usize::from(height.0))),
        }
    }
}

impl Settings {
    /// The settings that the flags and the terminal make. A flag takes precedence over the environment.
    #[must_use]
    pub(crate) fn new(display: &DisplayArgs, terminal: &TerminalInfo) -> Self {
        let by_terminal = |is_terminal| {
            if is_terminal && !is_dumb() {
                Theme::Styled
            } else {
                Theme::Unstyled
            }
        };
        let chosen = chosen_theme(display.color);
        let theme = chosen.unwrap_or_else(|| by_terminal(terminal.is_stdout));
        Self {
            style: style(display, terminal, theme),
            message_style: if terminal.is_stderr {
                let theme = chosen.unwrap_or_else(|| by_terminal(true));
                OutputStyle::Page {
                    layout: layout(display, terminal, theme),
                    theme,
                }
            } else {
                OutputStyle::Plain { width: None }
            },
            pager: pager(display, terminal),
            shares_terminal: terminal.is_stdout && terminal.is_stderr,
        }
    }
}

/// The sources that flags name, then those of `GLOSSARY_PATH`, the user's data, and everyone's data.
pub(crate) fn sources(args: &SourceArgs) -> Vec<SourceSpec> {
    if args.built_in {
        return Vec::new();
    }
    let named = env::var_os("GLOSSARY_PATH").unwrap_or_default();
    let data_home = etcetera::choose_base_strategy().map(|strategy| strategy.data_dir().join(DATA));
    let data_dirs = env::var_os("XDG_DATA_DIRS")
        .filter(|dirs| !dirs.is_empty())
        .unwrap_or_else(|| DATA_DIRS.into());
    let from = |origin| move |path: PathBuf| SourceSpec { path, origin };
    let flags = args.glossary.iter().cloned().map(from(Origin::Flag));
    if is_only(args) && !args.glossary.is_empty() {
        return flags.collect();
    }
    let named = env::split_paths(&named)
        .filter(|path| !path.as_os_str().is_empty())
        .map(from(Origin::Environment));
    // The XDG Base Directory Specification says to ignore relative paths.
    let data_dirs = env::split_paths(&data_dirs)
        .filter(|path| path.is_absolute())
        .map(|path| path.join(DATA))
        .map(from(Origin::DataDirs));
    flags
        .chain(named)
        .chain(data_home.ok().map(from(Origin::DataHome)))
        .chain(data_dirs)
        .collect()
}

/// The built-in glossary; `None` if it is left out.
pub(crate) fn built_in(args: &SourceArgs) -> Option<Embedded> {
    Some(BUILT_IN).filter(|_| !is_only(args))
}

/// Whether only the user's glossaries are consulted: a flag or `GLOSSARY_ONLY` says so.
fn is_only(args: &SourceArgs) -> bool {
    let by_default = || text("GLOSSARY_ONLY").is_some_and(|value| value != "0");
    !args.built_in && (args.only || by_default())
}

/// A path whose leading `~` is replaced by the home folder, as shells do.
pub(crate) fn expand(path: &Path) -> PathBuf {
    let home = || etcetera::home_dir().ok();
    let below = path.strip_prefix("~").ok();
    let expanded = below.and_then(|below| Some(home()?.join(below)));
    expanded.unwrap_or_else(|| path.to_path_buf())
}

/// Our folder in the user's cache; `None` if the environment does not say where that is.
pub(crate) fn cache() -> Option<PathBuf> {
    if cfg!(unix) && text("XDG_CACHE_HOME").is_none() {
        text("HOME")?;
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join(DATA))
}

/// The command line of the editor.
pub(crate) fn editor() -> String {
    text("VISUAL")
        .or_else(|| text("EDITOR"))
        .unwrap_or_else(|| EDITOR.to_string())
}

/// Plain text in a pipe, a page on a terminal or where color is forced.
fn style(display: &DisplayArgs, terminal: &TerminalInfo, theme: Theme) -> OutputStyle {
    if !terminal.is_stdout && theme == Theme::Unstyled {
        let width = display.width.map(usize::from);
        return OutputStyle::Plain { width };
    }
    OutputStyle::Page {
        layout: layout(display, terminal, theme),
        theme,
    }
}

fn layout(display: &DisplayArgs, terminal: &TerminalInfo, theme: Theme) -> Layout {
    let columns = number("COLUMNS")
        .filter(|&columns| columns > 0)
        .or(terminal.size.map(|(width, _)| width))
        .filter(|&columns| columns > 0)
        .unwrap_or(DEFAULT_WIDTH);
    let hyperlinks = match display.hyperlinks {
        When::Always => Hyperlinks::On,
        When::Auto
            if terminal.is_stdout
                && theme == Theme::Styled
                && supports_hyperlinks::supports_hyperlinks() =>
        {
            Hyperlinks::On
        }
        _ => Hyperlinks::Off,
    };
    Layout {
        width: display.width.map_or(columns.min(MAX_WIDTH), usize::from),
        hyperlinks,
    }
}

/// The theme that the flag, `NO_COLOR`, or `CLICOLOR_FORCE` chooses; `None` leaves it to the terminal.
fn chosen_theme(color: When) -> Option<Theme> {
    match color {
        When::Always => Some(Theme::Styled),
        When::Never => Some(Theme::Unstyled),
        When::Auto if text("NO_COLOR").is_some() => Some(Theme::Unstyled),
        When::Auto if text("CLICOLOR_FORCE").is_some_and(|value| value != "0") => {
            Some(Theme::Styled)
        }
        When::Auto => None,
    }
}

fn is_dumb() -> bool {
    text("TERM").is_none_or(|term| term == "dumb")
}

fn pager(display: &DisplayArgs, terminal: &TerminalInfo) -> Option<PagerSettings> {
    let height = terminal.size.map_or(0, |(_, height)| height);
    if display.no_pager || !terminal.is_stdout || height == 0 || is_dumb() {
        return None;
    }
    let named = env::var("GLOSSARY_PAGER").or_else(|_| env::var("PAGER"));
    let command_line = named.unwrap_or_else(|_| PAGER.to_string());
    let mut variables = Vec::new();
    if text(LESS.0).is_none() {
        variables.push(LESS);
    }
    if text("LESSCHARSET").is_none() && !has_locale() {
        variables.push(("LESSCHARSET", "utf-8"));
    }
    // An empty variable turns the pager off.
    let is_named = !command_line.trim().is_empty();
    is_named.then_some(PagerSettings {
        command_line,
        variables,
        height,
    })
}

/// Whether the environment names a locale, and so the encoding of the terminal.
fn has_locale() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text);
    locale.is_some_and(|locale| !matches!(locale.as_str(), "C" | "POSIX"))
}

/// An environment variable; an empty one counts as not set.
fn text(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

fn number(variable: &str) -> Option<usize> {
    text(variable)?.parse().ok()
}
