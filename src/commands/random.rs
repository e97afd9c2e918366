//! `glossary random`: an entry by chance.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::{Context, list, show};
use crate::error::{Result, Status};

/// Shows an entry by chance, of a topic if one is given.
pub fn run(tag: Option<&str>, context: &mut Context<'_>) -> Result<Status> {
    let entries = list::entries(tag, context)?;
    // The seed of the standard library's hash maps is random, and chance enough for this.
    let chance = RandomState::new().build_hasher().finish();
    let count = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let Some(number) = chance
        .checked_rem(count)
        .and_then(|number| usize::try_from(number).ok())
    else {
        return Ok(Status::NotFound);
    };
    show::run(&[entries[number].1.slug.to_string()], context)
}
