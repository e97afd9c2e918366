//! `glossary TERM`: what a term is.

use std::io::{self, BufRead};

use super::Context;
use crate::config::Format;
use crate::error::{Error, Result, Status};
use crate::render::{json, page, source};
use glossary_core::query::resolve::Answer;

/// Reads terms from standard input, one a line.
const STANDARD_INPUT: &str = "-";

/// Shows the entries of a term.
pub fn run(term: &[String], context: &mut Context<'_>) -> Result<Status> {
    if term == [STANDARD_INPUT] {
        return each_line(context);
    }
    one(&term.join(" "), context)
}

fn one(query: &str, context: &mut Context<'_>) -> Result<Status> {
    let answer = context.resolve(query)?;
    print(&answer, context)?;
    Ok(Status::from_results(&answer.found))
}

fn print(answer: &Answer, context: &mut Context<'_>) -> Result<()> {
    let (corpus, settings) = (context.corpus, context.settings);
    if settings.format == Format::Json {
        let text = json::answer(corpus, answer)?;
        return context.write(&text);
    }
    for (number, &id) in answer.found.iter().enumerate() {
        if number > 0 {
            context.write("\n")?;
        }
        let text = match settings.format {
            Format::Markdown => source(&corpus.entry(id)?.text).into_owned(),
            _ => page::of(corpus, id, &settings.depths, &settings.look)?,
        };
        context.write(&text)?;
    }
    Ok(())
}

/// Looks up each line of standard input; blank ones are passed over. Something is found if any is.
fn each_line(context: &mut Context<'_>) -> Result<Status> {
    let mut status = Status::NotFound;
    let mut shown = false;
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line).map_err(Error::Input)? > 0 {
        let query = String::from_utf8_lossy(&line).trim().to_string();
        line.clear();
        if query.is_empty() {
            continue;
        }
        let answer = context.resolve(&query)?;
        if !answer.found.is_empty() {
            if shown && context.settings.format != Format::Json {
                context.write("\n")?;
            }
            shown = true;
            status = Status::Found;
        }
        print(&answer, context)?;
        // Whoever writes terms down a pipe may wait for each answer.
        context.out.flush().map_err(Error::Output)?;
    }
    Ok(status)
}
