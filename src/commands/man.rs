//! `glossary man`: the manual page.

use super::Context;
use crate::error::{Result, Status};
use crate::manual;

/// Prints the manual page in roff.
pub fn run(context: &mut Context<'_>) -> Result<Status> {
    let page = manual::page()?;
    context.write(&page)?;
    Ok(Status::Found)
}
