//! The `glossary` program, as a library so that its tests can call it.
//!
//! - [`cli`], [`error`]: the words of the command line, and what can go wrong;
//! - [`embedded`]: the built-in glossary;
//! - [`config`], [`input`], [`output`], [`editor`]: flags, environment, and terminal as settings; texts
//!   that are read; the writers; the editor;
//! - [`render`]: answers as text, for the eye, for pipes, and for programs;
//! - [`commands`]: what each subcommand does;
//! - [`completion`], [`manual`]: what shells and `man` need to know of the command line.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod cli;
pub mod commands;
pub mod completion;
pub mod config;
pub mod editor;
pub mod embedded;
pub mod error;
pub mod input;
pub mod manual;
pub mod output;
pub mod render;
