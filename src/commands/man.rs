//! `glossary man`: the manual page.

use super::Context;
use crate::error::{Error, Result, Status};
use crate::manual;

/// Prints the manual page in roff.
pub(crate) fn run(context: &mut Context) -> Result<Status> {
    context.print(&manual::page().map_err(Error::Output)?)?;
    Ok(Status::Found)
}
