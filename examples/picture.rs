//! Makes the picture of the README: what a terminal shows, as SVG.
//!
//! `cargo run --quiet --example picture > docs/glossary.svg` runs the program of the same build.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::num::NonZeroU16;
use std::process::Command;

/// What is typed in the picture.
const LINES: [&[&str]; 3] = [
    &["generative-ai"],
    &["--eli5", "GAN"],
    &["learn", "latent space", "--depth", "1"],
];

const COLUMNS: u16 = 84;
const FONT_SIZE: f32 = 14.0;
const CELL_WIDTH: f32 = 8.43;
const LINE_HEIGHT: f32 = 19.0;
const MARGIN: f32 = 16.0;

/// The sixteen colors of a terminal theme, and what is written in none of them.
const THEME: [&str; 16] = [
    "#45475a", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#cba6f7", "#94e2d5", "#bac2de",
    "#585b70", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#cba6f7", "#94e2d5", "#a6adc8",
];
const INK: &str = "#cdd6f4";
const PAPER: &str = "#1e1e2e";

fn main() -> io::Result<()> {
    let program = std::env::current_exe()?.with_file_name("../glossary");
    let mut shown = Vec::new();
    for arguments in LINES {
        write!(
            shown,
            "\x1b[1;32m$\x1b[0m glossary {}\n\n",
            arguments.join(" ")
        )?;
        let width = COLUMNS.to_string();
        let output = Command::new(&program)
            .args(arguments)
            .args(["--color", "always", "--width", &width])
            .output()?;
        shown.extend(output.stdout);
        shown.push(b'\n');
    }
    let text = String::from_utf8_lossy(&shown).replace('\n', "\r\n");
    let lines = u16::try_from(text.trim_end().lines().count()).map_err(io::Error::other)?;
    let size = (NonZeroU16::new(lines.max(1)), NonZeroU16::new(COLUMNS));
    let (Some(rows), Some(columns)) = size else {
        return Ok(());
    };
    let mut parser = vt100::Parser::new(rows, columns, 0);
    parser.process(text.trim_end().as_bytes());
    io::stdout().write_all(svg(parser.screen(), lines).as_bytes())
}

fn svg(screen: &vt100::Screen, lines: u16) -> String {
    let width = f32::from(COLUMNS) * CELL_WIDTH + 2.0 * MARGIN;
    let height = f32::from(lines) * LINE_HEIGHT + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\"{FONT_SIZE}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..lines {
        let y = MARGIN + f32::from(row) * LINE_HEIGHT + FONT_SIZE;
        let mut column = 0;
        while column < COLUMNS {
            let Some(style) = screen.cell(row, column).map(style) else {
                break;
            };
            let start = column;
            let mut text = String::new();
            while let Some(cell) = screen
                .cell(row, column)
                .filter(|cell| self::style(cell) == style)
            {
                text.push_str(if cell.has_contents() {
                    cell.contents()
                } else {
                    " "
                });
                column += 1;
            }
            if !text.trim().is_empty() {
                let x = MARGIN + f32::from(start) * CELL_WIDTH;
                let length = f32::from(column - start) * CELL_WIDTH;
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                let _ = writeln!(
                    out,
                    "<text xml:space=\"preserve\" x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" {style}>{text}</text>"
                );
            }
        }
    }
    out + "</svg>\n"
}

fn style(cell: &vt100::Cell) -> String {
    let color = match cell.fgcolor() {
        vt100::Color::Idx(number) => THEME.get(usize::from(number)).copied().unwrap_or(INK),
        _ => INK,
    };
    let mut style = format!("fill=\"{color}\"");
    for (on, attribute) in [
        (cell.bold(), " font-weight=\"bold\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.underline(), " text-decoration=\"underline\""),
        (cell.dim(), " opacity=\"0.6\""),
    ] {
        if on {
            style.push_str(attribute);
        }
    }
    style
}
