//! From flags, environment and terminal to settings.
//!
//! Owns every decision that depends on where the program runs; the only reader of environment
//! variables and of what the terminal is. It must not know what is done with a setting.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::cli::{Options, When};
use crate::render::{Hyperlinks, Layout, Look, Theme};
use glossary_core::corpus::{Origin, SourceSpec};
use glossary_core::entry::sections::Depth;
use glossary_core::query::resolve::NearMisses;

/// Pages are laid out no wider than this, however wide the terminal: longer lines are hard to read.
const WIDEST: usize = 88;

/// Where nothing says how wide the terminal is.
const USUAL_WIDTH: usize = 80;

/// What shows a long answer when nothing else was chosen.
const PAGER: &str = "less";

/// The options of `less` where the reader has chosen none: quit if it fits after all, pass colors
/// through, leave the text on the screen.
const PAGER_OPTIONS: (&str, &str) = ("LESS", "FRX");

/// What opens a file when nothing else was chosen.
const EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The folders of one's own and of all users' entries, in the folders for data, and that in the cache.
const DATA: &str = "glossary";

/// Where data for all users lie when `XDG_DATA_DIRS` does not say.
const DATA_DIRS: &str = if cfg!(unix) {
    "/usr/local/share:/usr/share"
} else {
    ""
};

/// How the program is to behave.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The depths that were asked for, in the order of the page.
    pub depths: Vec<Depth>,
    /// What an answer is printed as.
    pub format: Format,
    /// How a page looks, when it is text.
    pub look: Look,
    /// Whether near misses are shown.
    pub near_misses: NearMisses,
    /// Where the output goes.
    pub destination: Destination,
    /// Where glossaries may lie besides the built-in one, the nearest first.
    pub sources: Vec<SourceSpec>,
    /// Where what was read is kept.
    pub cache: Option<PathBuf>,
    /// The command line of the editor.
    pub editor: String,
}

/// What an answer is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page for people.
    Text,
    /// JSON for programs.
    Json,
    /// The entry's file.
    Markdown,
}

/// Where the output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To standard output as it comes.
    Direct,
    /// To a terminal, through a pager when it is taller than the screen.
    Paged {
        /// The pager's command line.
        pager: String,
        /// An environment variable to set for it.
        options: Option<(&'static str, &'static str)>,
        /// The lines on the screen.
        height: usize,
    },
}

/// Where the program runs: what is asked of the system, asked once.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Whether standard output is a terminal.
    pub on_terminal: bool,
    /// The terminal's columns and lines, where known.
    pub size: Option<(usize, usize)>,
}

impl Surroundings {
    /// Asks the system.
    #[must_use]
    pub fn detect() -> Self {
        let on_terminal = io::stdout().is_terminal();
        let size = if on_terminal {
            terminal_size::terminal_size_of(io::stdout())
                .map(|(width, height)| (usize::from(width.0), usize::from(height.0)))
        } else {
            None
        };
        Self { on_terminal, size }
    }
}

impl Settings {
    /// The settings that flags and surroundings make; a flag beats the environment.
    #[must_use]
    pub fn new(options: &Options, surroundings: &Surroundings) -> Self {
        let format = match (options.json, options.markdown) {
            (true, _) => Format::Json,
            (_, true) => Format::Markdown,
            _ => Format::Text,
        };
        Self {
            depths: depths(options),
            format,
            look: look(options, surroundings),
            near_misses: if options.exact {
                NearMisses::Off
            } else {
                NearMisses::Shown
            },
            destination: destination(options, surroundings),
            sources: sources(options),
            cache: cache(),
            editor: text("VISUAL")
                .or_else(|| text("EDITOR"))
                .unwrap_or_else(|| EDITOR.to_string()),
        }
    }
}

/// The places that flags name, then those of `GLOSSARY_PATH`, the user's data and everybody's data.
pub(crate) fn sources(options: &Options) -> Vec<SourceSpec> {
    if options.built_in {
        return Vec::new();
    }
    let named = env::var_os("GLOSSARY_PATH").unwrap_or_default();
    let data_home = etcetera::choose_base_strategy().map(|strategy| strategy.data_dir().join(DATA));
    let data_dirs = env::var_os("XDG_DATA_DIRS")
        .filter(|dirs| !dirs.is_empty())
        .unwrap_or_else(|| DATA_DIRS.into());
    let from = |origin| move |path: PathBuf| SourceSpec { path, origin };
    options
        .glossary
        .iter()
        .cloned()
        .map(from(Origin::Flag))
        .chain(
            env::split_paths(&named)
                .filter(|path| !path.as_os_str().is_empty())
                .map(from(Origin::Environment)),
        )
        .chain(data_home.ok().map(from(Origin::DataHome)))
        .chain(
            // A relative path is to be ignored, says the XDG Base Directory Specification.
            env::split_paths(&data_dirs)
                .filter(|path| path.is_absolute())
                .map(|path| path.join(DATA))
                .map(from(Origin::DataDirs)),
        )
        .collect()
}

/// A path with the home folder in the place of a `~` before it, as shells expand it.
pub(crate) fn expand(path: &Path) -> PathBuf {
    let home = || etcetera::home_dir().ok();
    let below = path.strip_prefix("~").ok();
    let expanded = below.and_then(|below| Some(home()?.join(below)));
    expanded.unwrap_or_else(|| path.to_path_buf())
}

/// The folder in the user's cache; none where nothing says whose that is.
pub(crate) fn cache() -> Option<PathBuf> {
    if cfg!(unix) && text("XDG_CACHE_HOME").is_none() {
        text("HOME")?;
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join(DATA))
}

fn depths(options: &Options) -> Vec<Depth> {
    let asked = |depth| match depth {
        Depth::Summary => options.summary,
        Depth::Eli5 => options.eli5,
        Depth::InDepth => options.in_depth,
    };
    let chosen: Vec<Depth> = Depth::ALL
        .into_iter()
        .filter(|&depth| options.all || asked(depth))
        .collect();
    if chosen.is_empty() {
        vec![Depth::Summary]
    } else {
        chosen
    }
}

/// Plain text in a pipe, a page on a terminal or where color is insisted on.
fn look(options: &Options, surroundings: &Surroundings) -> Look {
    let theme = theme(options.color, surroundings);
    let width = options.width.map(usize::from);
    if !surroundings.on_terminal && theme == Theme::Unstyled {
        return Look::Plain { width };
    }
    let columns = number("COLUMNS").or(surroundings.size.map(|(width, _)| width));
    let width = width.unwrap_or_else(|| {
        columns
            .filter(|&width| width > 0)
            .unwrap_or(USUAL_WIDTH)
            .min(WIDEST)
    });
    let hyperlinks = match options.hyperlinks {
        When::Always => Hyperlinks::On,
        When::Auto
            if surroundings.on_terminal && theme == Theme::Styled && supports_hyperlinks() =>
        {
            Hyperlinks::On
        }
        _ => Hyperlinks::Off,
    };
    Look::Page {
        layout: Layout {
            width,
            indent: 0,
            hyperlinks,
        },
        theme,
    }
}

/// The flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal.
fn theme(color: When, surroundings: &Surroundings) -> Theme {
    let styled = match color {
        When::Always => true,
        When::Never => false,
        When::Auto if text("NO_COLOR").is_some() => false,
        When::Auto if text("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        When::Auto => surroundings.on_terminal && !is_dumb(),
    };
    if styled {
        Theme::Styled
    } else {
        Theme::Unstyled
    }
}

fn is_dumb() -> bool {
    text("TERM").is_none_or(|term| term == "dumb")
}

/// Terminals that are known to show OSC 8 hyperlinks and to be left unharmed by them; there is no way
/// to ask.
fn supports_hyperlinks() -> bool {
    let known = |variable: &str, names: &[&str]| {
        text(variable).is_some_and(|value| names.iter().any(|name| value.contains(name)))
    };
    let new_vte = number("VTE_VERSION").is_some_and(|version| version >= 5000);
    let marked = [
        "KITTY_WINDOW_ID",
        "WT_SESSION",
        "KONSOLE_VERSION",
        "DOMTERM",
        "WEZTERM_PANE",
    ]
    .iter()
    .any(|variable| text(variable).is_some());
    known(
        "TERM",
        &[
            "kitty",
            "alacritty",
            "foot",
            "wezterm",
            "ghostty",
            "contour",
        ],
    ) || known(
        "TERM_PROGRAM",
        &["iTerm", "WezTerm", "vscode", "ghostty", "Hyper", "rio"],
    ) || new_vte
        || marked
}

fn destination(options: &Options, surroundings: &Surroundings) -> Destination {
    let height = surroundings.size.map_or(0, |(_, height)| height);
    if options.no_pager || !surroundings.on_terminal || height == 0 || is_dumb() {
        return Destination::Direct;
    }
    let pager = text("GLOSSARY_PAGER")
        .or_else(|| text("PAGER"))
        .unwrap_or_else(|| PAGER.to_string());
    let options = text(PAGER_OPTIONS.0).is_none().then_some(PAGER_OPTIONS);
    Destination::Paged {
        pager,
        options,
        height,
    }
}

/// An environment variable; one that is empty counts as unset.
fn text(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

fn number(variable: &str) -> Option<usize> {
    text(variable)?.parse().ok()
}
