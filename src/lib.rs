//! A command-line glossary of artificial intelligence: any term at three depths, offline.
//!
//! The modules in reading order; each may use those above it, and nothing below `commands` knows of
//! flags, environment or terminals:
//!
//! - [`entry`]: what an entry is, how its file is read, and the rules that it is held to;
//! - [`index`]: a glossary in bytes that can be read where they lie;
//! - [`corpus`]: which entries there are, in layers;
//! - [`query`]: questions about them: a name, what is related, what to read first;
//! - [`render`]: answers as text, for the eye, for pipes and for programs;
//! - [`cli`], [`error`]: the words of the command line, and what can go wrong; they use nothing;
//! - [`config`], [`input`], [`output`], [`editor`]: flags, environment and terminal as settings; texts
//!   that are read; the writers; the editor;
//! - [`commands`]: what each subcommand does;
//! - [`completion`], [`manual`]: what shells and `man` make of the words of the command line.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod cli;
pub mod commands;
pub mod completion;
pub mod config;
pub mod corpus;
pub mod editor;
pub mod entry;
pub mod error;
pub mod index;
pub mod input;
pub mod manual;
pub mod output;
pub mod query;
pub mod render;
