//! The `glossary` command.
fn main() {}
